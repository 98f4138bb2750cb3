/** Requestors: every state against every step, in code and in the database, and what it stops. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { RequestorDetail, RequestorsAnswer, RequestorState } from "../contract.ts";
import { requestorStateContract } from "../contract.ts";
import { declinesOf } from "../payment/decline.ts";
import { SCENE_EVENTS } from "../scene/scene.ts";
import { asker } from "../testing/asker.ts";
import { type Bed, CUSTOMERS, ENROLLED, furnishedBed, HOLDER, ISSUER } from "../testing/bed.ts";
import { payment, RISK, SHOPS, TRAVEL, TRID } from "../testing/bed.ts";
import { journalOf } from "../testing/readings.ts";
import { REQUESTOR, REQUESTOR_EVENTS } from "./requestor.ts";

/** Rows: state; columns: activate, suspend, resume, end. */
const LIFE: Readonly<Record<RequestorState, readonly string[]>> = {
  applied: ["active", "!requestor_not_active", "!requestor_not_suspended", "ended"],
  active: ["!requestor_admitted_already", "suspended", "!requestor_not_suspended", "ended"],
  suspended: ["!requestor_admitted_already", "!requestor_suspended_already", "active", "ended"],
  ended: ["!requestor_ended", "!requestor_ended", "!requestor_ended", "!requestor_ended"],
};
const STATES = requestorStateContract.options;
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const issuer = { principal: ISSUER };

test("every step of a requestor has one answer in every state", () => {
  const drawn = Object.entries(REQUESTOR).map(([state, row]) => {
    const steps = REQUESTOR_EVENTS.map((event) => row[event]);
    return [state, steps.map((step) => ("to" in step ? step.to : `!${step.no}`))];
  });
  assert.deepEqual(Object.fromEntries(drawn), LIFE);
});

describe("a requestor", () => {
  let bed: Bed;
  let token: string;
  const pay = (amount = "100") =>
    bed.act("tokens.authorise", payment(token, amount), { principal: TRAVEL });
  const reasons = async () => {
    const { store, partitions, readings } = bed;
    const ports = { store, partitions, journal: journalOf(readings) };
    const { declines } = await declinesOf(ports, { holder: HOLDER });
    return declines[0]?.failed.map(({ code }) => code);
  };

  before(async () => {
    bed = await furnishedBed();
    token = (await bed.issue({}, ["travel", "shopping"])).number;
  });
  after(() => bed.end());

  test("takes no step in the database that the table does not know", async () => {
    const PUT = statement(
      "test.put_requestor",
      "update tokens.requestor set state = $3 where partition = $1 and trid = $2",
    );
    const ADD = statement(
      "test.add_requestor",
      `insert into tokens.requestor (partition, trid, organisation, name_zh, name_en, domains, at, state)
       values (1, $1, 'o', 'o', 'o', '{}', '2060-01-01Z', $2)`,
    );
    const way: Readonly<Record<RequestorState, readonly RequestorState[]>> = {
      applied: [],
      active: ["active"],
      suspended: ["active", "suspended"],
      ended: ["ended"],
    };
    let n = 0;
    for (const from of STATES) {
      const known = REQUESTOR_EVENTS.map((event) => REQUESTOR[from][event]).flatMap((step) =>
        "to" in step ? [step.to] : [],
      );
      for (const to of STATES) {
        const trid = `888${String(++n).padStart(8, "0")}`;
        await bed.owner.query(ADD, [trid, "applied"]);
        for (const state of way[from]) await bed.owner.query(PUT, [1, trid, state]);
        const put = bed.owner.query(PUT, [1, trid, to]);
        if (known.includes(to)) await put;
        else await assert.rejects(put, { sqlState: "23514" }, `${from} → ${to}`);
      }
      if (from === "applied") continue;
      const trid = `888${String(++n).padStart(8, "0")}`;
      await assert.rejects(bed.owner.query(ADD, [trid, from]), { sqlState: "23514" });
    }
  });

  test("is admitted by two, never by one, and pays only from then on", async () => {
    const name = { zh: "新商户（虚构）", en: "New firm (fictional)" };
    const trid = "99900000007";
    const asked = { trid, organisation: "farsail", name, domains: ["pay.farsail.example"] };
    await bed.done("tokens.register_requestor", asked, issuer);
    const lists = { merchants: [], mccs: [], channels: [] };
    await bed.done("tokens.register_scene", { id: "early", trid, ...lists, name }, issuer);
    token = (await bed.issue({}, ["travel", "shopping", "early"])).number;
    const early = () =>
      bed.act("tokens.authorise", payment(token, "100", { scene: "early" }), {
        principal: TRAVEL,
      });
    assert.equal(codeOf(await early()), "payment_declined");
    assert.deepEqual(await reasons(), ["requestor_not_active"]);
    const proposed = await bed.act("tokens.activate_requestor", { trid }, issuer);
    assert(proposed.kind === "parked");
    const own = await bed.act("guard.approve_task", { task: proposed.task }, issuer);
    assert.equal(codeOf(own), "role_may_not");
    assert.equal(codeOf(await early()), "payment_declined");
    await bed.byTwo("tokens.activate_requestor", { trid });
    assert.equal(codeOf(await early()), "accepted");
    const again = await bed.act("tokens.activate_requestor", { trid }, issuer);
    assert.equal(codeOf(again), "requestor_admitted_already");
  });

  test("once suspended stops every token in its scenes, and no token's row is touched", async () => {
    const ROWS = statement("test.tokens", "select number, causes, xmin::text from tokens.token");
    const rows = await bed.owner.query(ROWS);
    const { payment: held } = await bed.done<{ payment: string }>(
      "tokens.authorise",
      payment(token, "500"),
      { principal: TRAVEL },
    );
    await bed.done("tokens.suspend_requestor", { trid: TRID }, { principal: RISK });
    assert.equal(codeOf(await pay()), "payment_declined");
    assert.deepEqual(await reasons(), ["requestor_not_active"]);
    assert.deepEqual(await bed.owner.query(ROWS), rows);
    const shopping = payment(token, "100", { scene: "shopping" });
    const other = await bed.act("tokens.authorise", shopping, { principal: SHOPS });
    assert.equal(codeOf(other), "accepted");
    const taking = { payment: held, amount: "500", final: true };
    await bed.done("tokens.capture", taking, { principal: TRAVEL });
    const alone = await bed.act("tokens.resume_requestor", { trid: TRID }, { principal: RISK });
    assert.equal(codeOf(alone), "role_may_not");
    await bed.byTwo("tokens.resume_requestor", { trid: TRID });
    assert.equal(codeOf(await pay()), "accepted");
  });

  test("that has ended stays so, and takes no new scene", async () => {
    const trid = "99900000002";
    await bed.done("tokens.end_requestor", { trid }, issuer);
    const resumed = await bed.act("tokens.resume_requestor", { trid }, issuer);
    assert.equal(codeOf(resumed), "requestor_ended");
    const name = { zh: "另一场景", en: "Another scene" };
    const scene = { id: "late", trid, merchants: [], mccs: [], channels: [], name };
    assert.equal(codeOf(await bed.act("tokens.register_scene", scene, issuer)), "requestor_ended");
  });

  test("is shown with its scenes and keys to itself and to whoever oversees it, and to nobody else", async () => {
    const ask = asker(bed);
    const { publicKey } = generateKeyPairSync("ed25519");
    ENROLLED.set("f".repeat(64), { key: publicKey, of: TRAVEL });
    const one = (principal: Principal) =>
      ask<RequestorDetail>("GET /api/requestors/{trid}", { params: { trid: TRID }, principal });
    const officer: Principal = {
      ...{ kind: "person", id: "o", organisation: "supervisor", roles: ["supervisor_officer"] },
    };
    for (const principal of [ISSUER, RISK, officer, TRAVEL]) {
      const { state, scenes, keys, domains } = await one(principal);
      assert.deepEqual([state, domains], ["active", []]);
      assert.deepEqual(
        scenes.map(({ id, state: of }) => [id, of]),
        [["travel", "open"]],
      );
      const { id, name, state: of } = keys.at(-1) ?? {};
      assert.deepEqual([id, name, of], ["f".repeat(64), "key-travel", "in_use"]);
    }
    const other: Principal = { ...ISSUER, organisation: "harbour-bank" };
    for (const principal of [SHOPS, CUSTOMERS, other]) {
      assert.equal(await one(principal), "requestor_unknown" as unknown);
    }
    const list = (principal: Principal) =>
      ask<RequestorsAnswer>("GET /api/requestors", { principal });
    const own = (await list(TRAVEL)).requestors;
    assert.ok(own.every(({ organisation }) => organisation === "farsail"));
    assert.ok((await list(officer)).requestors.length > own.length);
    for (const principal of [CUSTOMERS, other]) {
      assert.equal(await list(principal), "for_bank_and_requestor_only" as unknown);
    }
  });

  test("is no business of another bank's people, nor are its scenes", async () => {
    const ask = asker(bed);
    const principal: Principal = { ...ISSUER, organisation: "harbour-bank" };
    const name = { zh: "别家（虚构）", en: "Another's (fictional)" };
    const body = { trid: "99900000077", organisation: "farsail", name };
    assert.equal(await ask("POST /api/requestors", { body, principal }), "for_issuer_only");
    const params = { trid: TRID };
    for (const event of REQUESTOR_EVENTS) {
      const path = `POST /api/requestors/{trid}/${event}`;
      assert.equal(await ask(path, { params, principal }), "for_issuer_only");
    }
    const lists = { merchants: [], mccs: [], channels: [] };
    const scene = { id: "theirs", trid: TRID, ...lists, name };
    assert.equal(await ask("POST /api/scenes", { body: scene, principal }), "for_issuer_only");
    for (const event of SCENE_EVENTS) {
      const asked = { params: { scene: "travel" }, principal };
      assert.equal(await ask(`POST /api/scenes/{scene}/${event}`, asked), "for_issuer_only");
    }
    assert.equal(codeOf(await pay()), "accepted");
  });

  test("cannot be moved by a requestor, nor where there is none", async () => {
    const foreign = await bed.act(
      "tokens.suspend_requestor",
      { trid: TRID },
      { principal: TRAVEL },
    );
    assert.equal(codeOf(foreign), "role_may_not");
    const nobody = await bed.act("tokens.suspend_requestor", { trid: "99900000099" }, issuer);
    assert.equal(codeOf(nobody), "requestor_unknown");
  });
});
