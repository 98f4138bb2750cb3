/** Indicators as a caller sees them, over acts that really took place. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, toIso } from "@sandbank/kernel/clock";
import { VISITOR } from "@sandbank/kernel/http";
import { type Asking, codeAskerOf } from "@sandbank/kernel/http/testing";
import { openFollower } from "../indicator/follow.ts";
import { indicatorOf } from "../indicator/table.ts";
import * as contract from "../contract.ts";
import { keepsIndicatorContract } from "../testing/indicators.ts";
import { NAMED } from "./named.ts";
import {
  type Bed,
  CUSTOMER,
  OFFICER,
  OPERATOR,
  PILOT,
  sandboxBed,
  SYSTEM,
} from "../testing/bed.ts";

/** Noon in Shanghai, far ahead: no window ends while the test runs. */
const NOON = fromIso("2060-11-24T12:00:00+08:00");

const text = { zh: "演示用说明", en: "a text of the test" };

describe("indicators of a pilot under test", () => {
  let bed: Bed;
  before(async () => {
    bed = await sandboxBed();
    const turned = await bed.act("guard.turn_clock", { to: toIso(NOON) }, { principal: SYSTEM });
    assert.equal(turned.kind, "accepted");
    await bed.started();
    const pay = (amount: number, verb = "pay") => {
      const to = { partition: 1, principal: CUSTOMER };
      return bed.act(`tokens.${verb}`, { customer: "c1", amount }, to);
    };
    await pay(1, "open");
    for (let i = 0; i < 7; i++) await pay(1_000 + i);
    await pay(500_001);
    await openFollower(bed.database.as("sandbank_follower")).catchUp(1);
  });
  after(() => bed.end());

  const ask = (path: string, { params = {}, ...asked }: Omit<Asking, "body" | "id"> = {}) =>
    codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" })(`GET ${path}`, {
      ...asked,
      params: { slug: PILOT, ...params },
    });
  const LIST = "/api/pilots/{slug}/indicators";
  /** Of a figure named like `I13 by_guard payment_amount`. */
  const figure = (board: unknown, wanted: string) => {
    const [id, name, subject = ""] = wanted.split(" ");
    const { indicators } = contract.boardContract.parse(board);
    const figures = indicators.find((one) => one.id === id)?.figures;
    const found = figures?.find((one) => one.figure === name && one.subject === subject);
    return [found?.value, found?.sums, found?.over, found?.standing];
  };

  test("every figure of today is that of the acts: counts, denials, caps and targets", async () => {
    const board = await ask(LIST);
    // 9 acts of the customer, and the policy that was put in force.
    assert.deepEqual(figure(board, "I4 acts"), ["10", null, null, "none"]);
    assert.deepEqual(figure(board, "I13 denied"), ["111111", "1", "9", "watch"]);
    assert.deepEqual(figure(board, "I13 by_guard payment_amount"), [
      ...["111111", "1", "9", "none"],
    ]);
    assert.deepEqual(figure(board, "I11 use pilot_day_amount"), [
      ...["70", "7021", "100000000", "good"],
    ]);
    assert.deepEqual(figure(board, "I11 days pilot_customers"), [
      ...["1259993", "179999", null, "good"],
    ]);
    assert.deepEqual(figure(board, "I12 attained users"), ["0", "1", "10000000", "none"]);
    assert.deepEqual(figure(board, "I30 received"), ["1000000", "10", "10", "good"]);
    assert.deepEqual(figure(board, "I1 availability"), [null, null, null, "absent"]);
    const { behind, asOf } = contract.boardContract.parse(board);
    assert.equal(behind, "0");
    assert.equal(asOf, toIso(NOON));
  });

  test("use of a cap is the ledger's own balance, also in the window of a month", async () => {
    const { limits } = (await bed.sandbox.register.limits(PILOT)) ?? { limits: [] };
    const board = await ask(LIST, { query: { span: "month" } });
    for (const { id, used, scope } of limits.filter((one) => one.used !== null)) {
      assert.equal(scope, "pilot");
      assert.equal(figure(board, `I11 use ${id}`)[1], used, id);
    }
  });

  test("a figure that nobody has followed yet is behind, and says by how much", async () => {
    const late = { partition: 1, principal: CUSTOMER };
    await bed.act("tokens.pay", { customer: "c1", amount: 1 }, late);
    const board = contract.boardContract.parse(await ask(LIST));
    assert.equal(board.behind, "1");
    assert.equal(board.asOf, toIso(NOON), "the instant of the last act that was followed");
    await openFollower(bed.database.as("sandbank_follower")).catchUp(1);
    assert.equal(contract.boardContract.parse(await ask(LIST)).behind, "0");
  });

  test("visitors see what is public; the rest is as if it were not there", async () => {
    const ids = (board: unknown) =>
      contract.boardContract.parse(board).indicators.map(({ id }) => id);
    const open = ids(await ask(LIST, { principal: VISITOR }));
    assert.deepEqual(
      ids(await ask(LIST)).filter((id) => !open.includes(id)),
      ["I21"],
    );
    const one = { params: { id: "I21" } };
    assert.equal(await ask(`${LIST}/{id}`, { ...one, principal: VISITOR }), "indicator_unknown");
    assert.equal(contract.seriesContract.parse(await ask(`${LIST}/{id}`, one)).id, "I21");
    const unknown = { params: { id: "I99" } };
    assert.equal(await ask(`${LIST}/{id}`, unknown), "indicator_unknown");
    assert.equal(await ask(LIST, { params: { slug: "no-such-pilot" } }), "pilot_unknown");
  });

  test("a pilot that does not run has no source, and nothing reads 0", async () => {
    const board = await ask(LIST, { params: { slug: "phone-pos" } });
    const { indicators, asOf } = contract.boardContract.parse(board);
    assert.equal(asOf, null);
    for (const { id, standing, figures } of indicators) {
      assert.equal(standing, "absent", id);
      for (const { value } of figures) assert.equal(value, null, id);
    }
  });

  test("a series has the windows that were asked for, and its last is the board's", async () => {
    const query = { span: "hour", n: "3" };
    const series = contract.seriesContract.parse(
      await ask(`${LIST}/{id}`, { params: { id: "I4" }, query }),
    );
    const acts = series.windows.map(
      ({ figures }) => figures.find((one) => one.figure === "acts")?.value,
    );
    assert.equal(acts.length, 3);
    assert.equal(
      acts.map(Number).reduce((sum, one) => sum + one),
      11,
    );
  });

  test("a trigger reads figures by name, over hours that are over", async () => {
    const { board } = bed.sandbox;
    await keepsIndicatorContract(board, { pilot: PILOT, indicator: "acts" });
    const [latest] = await board.latest(PILOT, "acts", 1);
    assert.deepEqual([latest?.value, latest?.to], [0n, NOON], "the hour that goes on is not over");
    assert.deepEqual(await board.latest(PILOT, "denial_rate_bp", 3), [], "nothing was asked then");
    for (const [name, { indicator, figure }] of Object.entries(NAMED)) {
      assert.ok(indicatorOf(indicator)?.figures[figure], name);
    }
  });

  test("each figure opens the rows it sums, for staff only", async () => {
    const begins = toIso(NOON);
    const query = { span: "day", begins };
    const open = async (id: string, more: object = {}) =>
      ask(`${LIST}/{id}/rows`, { params: { id }, query: { ...query, ...more } });
    const acts = contract.rowsContract.parse(await open("I4"));
    assert.ok(acts.kind === "acts");
    assert.deepEqual([acts.rows.length, acts.rows[0]?.seq, acts.more], [11, "11", false]);
    const earlier = contract.rowsContract.parse(await open("I4", { before: "3" }));
    assert.equal(earlier.rows.length, 2);
    const denied = contract.rowsContract.parse(await open("I13", { subject: "payment_amount" }));
    assert.ok(denied.kind === "acts");
    assert.deepEqual(
      denied.rows.map(({ outcome }) => outcome),
      ["single_amount_exceeded"],
    );
    const none = contract.rowsContract.parse(await open("I13", { subject: "another_limit" }));
    assert.equal(none.rows.length, 0);
    const uses = contract.rowsContract.parse(await open("I11", { subject: "pilot_day_amount" }));
    assert.ok(uses.kind === "uses");
    assert.deepEqual(uses.rows[0]?.moved, "7022");
    const visitor = { params: { id: "I4" }, query, principal: VISITOR };
    assert.equal(await ask(`${LIST}/{id}/rows`, visitor), "staff_of_this_pilot_only");
  });

  test("an incident is counted where it was detected, and opens as its row", async () => {
    const by = { principal: OPERATOR };
    const opening = { pilot: PILOT, category: "security", title: text };
    const opened = await bed.act("sandbox.open_incident", opening, by);
    assert.ok(opened.kind === "accepted");
    const { incident } = opened.answer as { incident: string };
    const startedAt = toIso(NOON);
    const detect = { incident, step: { event: "detect", startedAt } };
    assert.equal((await bed.act("sandbox.detect_incident", detect, by)).kind, "accepted");
    const board = await ask(LIST);
    assert.deepEqual(figure(board, "I15 events"), ["1", null, null, "watch"]);
    const query = { span: "day", begins: startedAt };
    const rows = await ask(`${LIST}/{id}/rows`, { params: { id: "I15" }, query });
    const answer = contract.rowsContract.parse(rows);
    assert.ok(answer.kind === "incidents");
    assert.deepEqual([answer.rows.length, answer.rows[0]?.category], [1, "security"]);
  });

  test("a refusal that names no limit opens by its code", async () => {
    const by = { partition: 1, principal: OFFICER };
    const refused = await bed.act("tokens.pay", { customer: "c1", amount: 1 }, by);
    assert.ok(refused.kind === "refused");
    const { code: subject } = refused.refusal;
    await openFollower(bed.database.as("sandbank_follower")).catchUp(1);
    const query = { span: "day", begins: toIso(NOON) };
    const rows = async (more: object) =>
      contract.rowsContract.parse(
        await ask(`${LIST}/{id}/rows`, { params: { id: "I13" }, query: { ...query, ...more } }),
      );
    const board = await ask(LIST);
    assert.equal(figure(board, `I13 by_guard ${subject}`)[1], "1");
    const opened = await rows({ subject });
    assert.ok(opened.kind === "acts");
    assert.deepEqual(
      opened.rows.map(({ outcome }) => outcome),
      [subject],
    );
    const accepted = await rows({ subject: "accepted" });
    assert.equal(accepted.rows.length, 0, "what was not refused is no denial");
  });
});
