/**
 * Complaints through the real guard on a real database: whole lives by the clock, what the database
 * itself refuses, and that nobody's words are anywhere but where they can be erased.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, toIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import * as contract from "../contract.ts";
import {
  APPROVER,
  type Bed,
  COMPLAINTS_CHEN,
  COMPLAINTS_HE,
  CUSTOMER,
  INSTITUTION,
  OFFICER,
  PILOT,
  sandboxBed,
  SENIOR_XU,
} from "../testing/bed.ts";
import { COMPLAINT } from "../complaint/complaint.ts";
import { COMPLAINT_STATES } from "../complaint/complaint.contract.ts";

const at = (text: string) => fromIso(`${text}+08:00`);
const SECRET = "那笔冰糖葫芦的钱没有退";
const PAN = "6222021234567890123";

let bed: Bed;
let ask: ReturnType<typeof codeAskerOf>;

const params = { slug: PILOT };
const lodge = (more: object = {}, id?: string) =>
  ask("POST /api/pilots/{slug}/complaints", {
    ...{ params, principal: CUSTOMER, ...(id === undefined ? {} : { id }) },
    body: {
      category: "wrong_amount",
      text: `${SECRET}，卡号${PAN}`,
      name: "王敏（虚构）",
      ...more,
    },
  });
const handle = (id: string, body: object, principal: Principal = COMPLAINTS_CHEN) =>
  ask("POST /api/complaints/{id}/acts", { params: { id }, body, principal });
const follow = (receipt: string) => ask("POST /api/complaints/receipt", { body: { receipt } });
const byReceipt = (receipt: string, act: string, words?: string) =>
  ask("POST /api/complaints/receipt/acts", { body: { receipt, act, ...(words && { words }) } });
const numbers = async (): Promise<contract.ComplaintNumbers> =>
  ask("GET /api/pilots/{slug}/complaints", { params });
const open = (id: string, purpose: string, principal: Principal) =>
  ask("POST /api/complaints/{id}/openings", { params: { id }, body: { purpose }, principal });
const none = { interest: "none" };
const words = "理由写在这里。";

const columnOf = (table: string, column: string) =>
  statement(`test.${table}.${column}`, `select ${column}::text as text from ${table}`);
async function everything(): Promise<string> {
  const places = [
    ["guard.journal", "answer"],
    ["guard.opening", "facts"],
    ["guard.opening", "change"],
    ["guard.task", "content"],
    ["evidence.leaf", "body"],
    ["sandbox.complaint", "complaint"],
    ["sandbox.complaint_step", "complaint_step"],
  ] as const;
  const rows = await Promise.all(
    places.map(([table, column]) =>
      bed.database.owner.query<{ text: string }>(columnOf(table, column)),
    ),
  );
  return rows
    .flat()
    .map((row) => row.text)
    .join("\n");
}

describe("a complaint from receipt to its end", () => {
  let first: { complaint: string; number: string; receipt: string; due: string };
  before(async () => {
    bed = await sandboxBed();
    ask = codeAskerOf(bed.sandbox.routes, { principal: COMPLAINTS_CHEN, lang: "zh" });
    await bed.started();
    await bed.turn(at("2027-03-02T10:00:00.000"));
  });
  after(() => bed.end());

  test("is received with a number, a receipt code and a day", async () => {
    first = await lodge({}, "form-1");
    assert.equal(first.number, "C-2027-0001");
    assert.equal(first.due, toIso(at("2027-03-18T00:00:00.000")));
  });

  test("重复提交只算一次: the same form sent again is the same complaint with the same code", async () => {
    assert.deepEqual(await lodge({}, "form-1"), first);
    assert.equal(await lodge({ text: "完全不同的另一段投诉内容" }, "form-1"), "command_id_reused");
    assert.equal((await numbers()).figures.received, 1);
  });

  test("the desk lists it without words, and only its own institution's desk", async () => {
    const mine = await ask("GET /api/complaints");
    assert.deepEqual(
      mine.complaints.map((one: contract.DeskComplaint) => [one.number, one.state, one.handler]),
      [["C-2027-0001", "received", null]],
    );
    const foreign = { ...COMPLAINTS_CHEN, organisation: "other-bank" };
    assert.deepEqual((await ask("GET /api/complaints", { principal: foreign })).complaints, []);
    const path = "GET /api/complaints/{id}";
    const asked = { params: { id: first.complaint } };
    assert.equal(await ask(path, { ...asked, principal: foreign }), "complaint_unknown");
    assert.equal((await ask("GET /api/complaints", { principal: OFFICER })).complaints.length, 1);
    const customer = { principal: CUSTOMER };
    assert.equal(await ask("GET /api/complaints", customer), "staff_of_this_pilot_only");
  });

  test("按用途查看: words are opened for a purpose, masked, and the journal says who", async () => {
    const opened = await open(first.complaint, "handling", COMPLAINTS_CHEN);
    assert.equal(opened.said.text, `${SECRET}，卡号**** 0123`);
    assert.equal(opened.said.name, "王敏（虚构）");
    assert.equal(
      await open(first.complaint, "supervision", COMPLAINTS_CHEN),
      "purpose_is_not_yours",
    );
    assert.equal((await open(first.complaint, "supervision", OFFICER)).said.wish, "");
    assert.match(await everything(), /sandbox.open_complaint|purpose/);
  });

  test("被投诉人回避: who is named can neither take it up nor read it", async () => {
    const named = { act: "name_person", person: COMPLAINTS_HE.id };
    assert.equal((await handle(first.complaint, named, SENIOR_XU)).outcome, "accepted");
    const accept = { act: "accept", ...none };
    assert.equal(await handle(first.complaint, accept, COMPLAINTS_HE), "handler_is_complained_of");
    assert.equal(
      await open(first.complaint, "handling", COMPLAINTS_HE),
      "handler_is_complained_of",
    );
    assert.equal((await handle(first.complaint, accept)).answer.state, "accepted");
  });

  test("asking, adding and following: each sees the words of the other", async () => {
    const held = { act: "ask", material: "transaction_record", words: "交易记录" };
    assert.equal(await handle(first.complaint, held), "institution_holds_this_already");
    const asked = { act: "ask", material: "screenshot", words: "麻烦提供付款页面的截图说明。" };
    assert.equal((await handle(first.complaint, asked)).outcome, "accepted");
    await byReceipt(first.receipt, "add", `截图里显示 ${PAN}`);
    const seen: contract.FollowedComplaint = await follow(first.receipt.toLowerCase());
    assert.deepEqual(
      seen.steps.map((step) => [step.event, step.side, step.words ?? null, step.actor]),
      [
        ["lodge", "complainant", `${SECRET}，卡号**** 0123`, null],
        ["accept", "staff", null, null],
        ["ask", "staff", "麻烦提供付款页面的截图说明。", null],
        ["add", "complainant", "截图里显示 **** 0123", null],
      ],
    );
    assert.equal(await follow("0000-0000-0000-0000"), "receipt_unknown");
  });

  test("延期须高级管理人员批准并告知: extended by two, and the complainant reads why", async () => {
    const parked = await handle(first.complaint, { act: "extend", days: 30, words });
    assert.equal(parked.outcome, "parked");
    const approve = (principal: Principal) =>
      bed.act("guard.approve_task", { task: parked.task }, { principal });
    const codes = [];
    for (const one of [COMPLAINTS_CHEN, COMPLAINTS_HE, APPROVER, SENIOR_XU]) {
      const outcome = await approve(one);
      codes.push(outcome.kind === "refused" ? outcome.refusal.code : outcome.kind);
    }
    assert.deepEqual(codes, ["role_may_not", "role_may_not", "role_may_not", "accepted"]);
    const seen: contract.FollowedComplaint = await follow(first.receipt);
    assert.deepEqual(
      [seen.complaint.days, seen.complaint.due],
      [30, toIso(at("2027-04-02T00:00:00.000"))],
    );
    assert.equal(seen.steps.at(-1)?.words, words);
  });

  test("作出决定、核查、办结: decided, re-checked by a senior, closed by the clock", async () => {
    const outcome = { act: "decide", outcome: "rejected", words };
    assert.equal(await handle(first.complaint, outcome, COMPLAINTS_HE), "handler_is_complained_of");
    assert.equal((await handle(first.complaint, outcome)).answer.state, "decided");
    assert.equal(await byReceipt(first.receipt, "withdraw"), "complaint_is_decided");
    assert.equal((await byReceipt(first.receipt, "escalate")).outcome, "accepted");
    assert.equal((await follow(first.receipt)).may.erase, false);
    const early = { body: { receipt: first.receipt } };
    const refused = await ask("POST /api/complaints/receipt/erasure", early);
    assert.equal(refused, "complaint_not_ended");
    assert.equal(
      (await byReceipt(first.receipt, "request_recheck", "没有看监控")).outcome,
      "accepted",
    );
    const recheck = { act: "decide_recheck", outcome: "upheld", ...none, words };
    assert.equal((await handle(first.complaint, recheck, SENIOR_XU)).answer.state, "rechecked");
    await bed.turn(at("2027-04-01T23:59:59.999"));
    assert.equal((await follow(first.receipt)).complaint.state, "rechecked");
    await bed.turn(at("2027-04-02T00:00:00.000"));
    assert.equal((await follow(first.receipt)).complaint.state, "closed");
    const { figures } = await numbers();
    assert.deepEqual(
      [figures.decided, figures.upheld, figures.rechecked, figures.changed, figures.escalated],
      [1, 1, 1, 1, 1],
    );
  });

  test("投诉内容不入日志: words and numbers stand nowhere but in their own table", async () => {
    const all = await everything();
    assert.match(all, /lodge_complaint|commitment/);
    for (const word of [SECRET, PAN, "王敏", words, "没有看监控", "**** 0123", first.receipt]) {
      assert.equal(all.includes(word), false, word);
    }
  });

  test("删除后证明仍在: erased by receipt, and nothing but the words is gone", async () => {
    assert.equal((await follow(first.receipt)).may.erase, true);
    const erase = { params: { id: first.complaint }, body: { receipt: first.receipt } };
    const byCode = (receipt: string) =>
      ask("POST /api/complaints/receipt/erasure", { body: { receipt } });
    assert.equal(await byCode("0000-0000-0000-0000"), "receipt_unknown");
    assert.equal((await byCode(first.receipt)).outcome, "accepted");
    assert.equal(await byCode(first.receipt), "complaint_was_erased");
    assert.equal(await ask("POST /api/complaints/{id}/erasure", erase), "complaint_was_erased");
    const seen: contract.FollowedComplaint = await follow(first.receipt);
    assert.equal(seen.may.erase, false);
    assert.ok(seen.steps.every((step) => step.words === undefined || step.words === null));
    assert.equal(await open(first.complaint, "handling", COMPLAINTS_CHEN), "complaint_was_erased");
    const rows = await bed.database.owner.query<{ text: string }>(
      columnOf("sandbox.wording", "wording"),
    );
    assert.equal(
      rows.some((row) => row.text.includes(SECRET)),
      false,
    );
    assert.equal(await lodge({}, "form-1"), "command_id_reused");
  });
});

describe("lateness", () => {
  before(async () => {
    bed = await sandboxBed();
    ask = codeAskerOf(bed.sandbox.routes, { principal: COMPLAINTS_CHEN, lang: "zh" });
    await bed.started();
    await bed.turn(at("2027-03-02T10:00:00.000"));
  });
  after(() => bed.end());

  test("第15日24时仍为按期，第16日逾期: one turn past all of it stops at each instant", async () => {
    const early = await lodge();
    const late = await lodge();
    const both = [early, late] as const;
    for (const one of both) await handle(one.complaint, { act: "accept", ...none });
    await bed.turn(at("2027-03-17T23:59:59.999"));
    await handle(early.complaint, { act: "decide", outcome: "partly", words });
    assert.equal((await numbers()).figures.overdueNow, 0);
    const { stops } = await bed.turn(at("2027-05-01T00:00:00.000"));
    assert.equal(stops, 2, "one lateness, one end of the time for a re-check");
    const { figures, complaints } = await numbers();
    assert.deepEqual([figures.overdueNow, figures.onTime_ppm], [1, 500_000]);
    assert.deepEqual(
      complaints.map((one) => [one.number, one.state, one.inTime]),
      [
        [late.number, "accepted", false],
        [early.number, "closed", true],
      ],
    );
    const leaves = await bed.database.owner.query<{ text: string }>(
      columnOf("evidence.leaf", "body"),
    );
    const overdue = leaves.filter((leaf) => leaf.text.includes("complaint_overdue"));
    assert.equal(overdue.length, 1);
    assert.match(
      overdue[0]?.text ?? "",
      /"number":"C-2027-0002".*"since":"2027-03-17T16:00:00.000Z"/,
    );
    await handle(late.complaint, { act: "decide", outcome: "upheld", words });
    assert.equal((await numbers()).figures.overdueNow, 0);
    assert.equal((await numbers()).figures.everOverdue, 1);
  });

  test("an approval that comes after the time is over extends nothing", async () => {
    const one = await lodge();
    await handle(one.complaint, { act: "accept", ...none });
    await bed.turn(at("2027-05-16T23:00:00.000"));
    const parked = await handle(one.complaint, { act: "extend", days: 30, words });
    await bed.turn(at("2027-05-17T00:00:00.000"));
    const asked = { task: parked.task };
    const outcome = await bed.act("guard.approve_task", asked, { principal: SENIOR_XU });
    assert.equal(outcome.kind === "refused" && outcome.refusal.code, "extension_comes_too_late");
  });
});

describe("what the database refuses by itself", () => {
  before(async () => {
    bed = await sandboxBed();
    ask = codeAskerOf(bed.sandbox.routes, { principal: COMPLAINTS_CHEN, lang: "zh" });
    await bed.started();
  });
  after(() => bed.end());

  test("every wrong state, a handler who is its subject, a term made up, an answer undone", async () => {
    const { complaint } = await lodge();
    const put = (name: string, set: string) =>
      bed.store.query(
        statement(`test.put_${name}`, `update sandbox.complaint set ${set} where id = $1`),
        [complaint],
      );
    const refused = async (name: string, set: string) =>
      assert.rejects(put(name, set), /cannot go from|check constraint|not undone/, set);
    for (const state of COMPLAINT_STATES) {
      if (Object.values(COMPLAINT.received).some((next) => "to" in next && next.to === state))
        continue;
      await refused(`to_${state}`, `state = '${state}'`);
    }
    await put("accept", "state = 'accepted', handler = 'chen'");
    await refused("subject", `concerns = '["chen"]'`);
    await refused("interested", `interests = '["chen"]'`);
    await refused("sixty", "days = 60, due = due + interval '45 days'");
    await refused("longer", "due = due + interval '1 day'");
    await put("thirty", "days = 30, due = due + interval '15 days'");
    await refused("shorter", "days = 15, due = due - interval '15 days'");
    await refused("silent", "state = 'decided'");
    const answered = "answered_at = received_at, next_at = due";
    await put("decide", `state = 'decided', outcome = 'rejected', ${answered}`);
    await refused("otherwise", "outcome = 'upheld'");
    await refused("unanswered", "answered_at = null, outcome = null");
    const ending = "ended_at = received_at, next_at = null";
    await refused("unended", "state = 'closed'");
    await put("close", `state = 'closed', ${ending}`);
    await refused("reopen", "state = 'decided', ended_at = null");
    await refused("change", "handler = 'he'");
  });

  test("words that no act claims are swept after a day, and claimed ones stay", async () => {
    const of = { pilot: PILOT, principal: CUSTOMER, id: "refused-1" };
    const lodging = { category: "fees" as const, text: "手续费比说明书上写的多", persons: 9 };
    const refusal = await bed.sandbox.complaints.lodge({ ...of, lodging });
    assert.ok("outcome" in refusal && refusal.outcome.kind === "refused");
    const words = statement("test.wordings", "select command, claimed from sandbox.wording");
    const unclaimed = async () =>
      (await bed.database.owner.query<{ command: string; claimed: boolean }>(words)).filter(
        (row) => !row.claimed,
      ).length;
    assert.equal(await unclaimed(), 1);
    const age = statement(
      "test.age",
      "update sandbox.wording set kept_at = kept_at - interval '2 days'",
    );
    await bed.store.query(age);
    await lodge();
    assert.equal(await unclaimed(), 0);
    assert.equal((await numbers()).figures.received, 2);
  });

  test("a pilot that nobody runs here takes no complaint, and an unknown one neither", async () => {
    const path = "POST /api/pilots/{slug}/complaints";
    const body = { category: "other", text: "想投诉另一个试点的服务" };
    const of = (slug: string) => ask(path, { params: { slug }, body, principal: CUSTOMER });
    assert.equal(await of("phone-pos"), "pilot_takes_no_complaints_here");
    assert.equal(await of("no-such-pilot"), "pilot_unknown");
    const staff = { params, body, principal: COMPLAINTS_CHEN };
    assert.equal(await ask(path, staff), "role_may_not");
    assert.equal(INSTITUTION, COMPLAINTS_CHEN.organisation);
  });
});

describe("sixty-four at once", () => {
  before(async () => {
    bed = await sandboxBed();
    ask = codeAskerOf(bed.sandbox.routes, { principal: COMPLAINTS_CHEN, lang: "zh" });
    await bed.started();
  });
  after(() => bed.end());

  test("64 complaints get 64 numbers without a gap, and one of 64 handlers takes one up", async () => {
    const made = await Promise.all(Array.from({ length: 64 }, () => lodge()));
    const taken = made.map((one) => Number(one.number.slice(-4))).toSorted((a, b) => a - b);
    assert.deepEqual(
      taken,
      Array.from({ length: 64 }, (_, at) => at + 1),
    );
    const [{ complaint }] = made;
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, nth) => {
        const principal = { ...COMPLAINTS_CHEN, id: `handler-${nth}` };
        return handle(complaint, { act: "accept", ...none }, principal);
      }),
    );
    const accepted = outcomes.filter((one) => typeof one !== "string");
    assert.equal(accepted.length, 1);
    const refused = outcomes.filter((one) => one === "complaint_is_accepted");
    assert.equal(refused.length, 63);
  });
});
