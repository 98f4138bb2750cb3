/**
 * Changes while a pilot is tested, and what the database refuses whoever writes: a move without what
 * it stands on, a version that nobody signed, a judgement made twice.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addDays, fromIso } from "@sandbank/kernel/clock";
import { statement } from "@sandbank/kernel/store";
import type { Declaration } from "./declaration/declaration.contract.ts";
import { commentContent } from "./testing/comments.ts";
import { DRAFTED } from "./testing/declared.ts";
import { CLOSES, codeOf, FIRST_DAY, SIGNER, tested, type Walk, walk } from "./testing/walk.ts";

const pilot = DRAFTED;
const DAY = 86_400_000;
const text = { zh: "演示用说明", en: "a text of the test" };

const higher = (body: Declaration): Declaration => ({
  ...body,
  form: body.form && {
    ...body.form,
    caps: body.form.caps.map((cap) => ({ ...cap, cap: `${cap.cap}0` })),
  },
});

describe("a change while the pilot is tested", () => {
  let one: Walk;
  let change = "";
  const detail = () => one.bed.sandbox.register.detail(pilot);
  const capOf = async () =>
    (await one.bed.sandbox.register.limits(pilot))?.limits.find(({ id }) => id === "payment_amount")
      ?.cap;

  before(async () => {
    one = await walk();
    await tested(one);
  });
  after(() => one.end());

  test("only what is on file and differs from what stands can be asked for", async () => {
    assert.equal(codeOf(await one.signed("request_change")), "version_already_in_force");
    const none = { pilot, change: "01890000-0000-7000-8000-000000000000" };
    assert.equal(await one.byTwo("sandbox.adopt_change", none), "change_unknown");
  });

  test("a raised cap is material: the public is asked while the old policy runs on", async () => {
    await one.revise(higher(one.body));
    const asked = await one.signed("request_change");
    assert.ok(asked.kind === "accepted", codeOf(asked));
    change = (asked.answer as { change: string }).change;
    assert.deepEqual((asked.answer as { weights: string[] }).weights, ["cap_raised"]);
    const now = await detail();
    assert.deepEqual(
      [now?.state, now?.declarationVersion, now?.policy?.version],
      ["testing", 1, 2],
    );
    assert.deepEqual(
      now?.declarationVersions.map(({ version }) => version),
      [2, 1],
      "both versions can be read",
    );
    assert.equal(await capOf(), "20000");
    const adopt = await one.byTwo("sandbox.adopt_change", { pilot, change });
    assert.equal(adopt, "pilot_was_never_consulted");
    const next = { declaration: { ...one.body, summary: text }, after: 2 };
    assert.equal(
      await one.ask("sandbox.revise", next, { ...SIGNER, roles: ["institution_operator"] }),
      "change_is_open",
    );
  });

  test("adopted by two after the consultation, the new caps bind from its commit", async () => {
    await one.turn(CLOSES + 8 * DAY);
    assert.equal((await detail())?.state, "testing", "its round closed beside the test");
    assert.equal(await one.byTwo("sandbox.adopt_change", { pilot, change }), "accepted");
    const now = await detail();
    assert.deepEqual([now?.declarationVersion, now?.policy?.version], [2, 3]);
    assert.equal(await capOf(), "200000");
    assert.equal(await one.byTwo("sandbox.adopt_change", { pilot, change }), "change_is_settled");
  });

  test("a longer period moves its end and not its beginning", async () => {
    const before = (await detail())?.period;
    await one.revise({ ...one.body, testPeriod: { from: FIRST_DAY, to: addDays(FIRST_DAY, 374) } });
    const asked = await one.signed("request_change");
    assert.ok(asked.kind === "accepted");
    const { change: longer } = asked.answer as { change: string };
    await one.turn(CLOSES + 17 * DAY);
    assert.equal(await one.byTwo("sandbox.adopt_change", { pilot, change: longer }), "accepted");
    const period = (await detail())?.period;
    assert.equal(period?.from, before?.from);
    assert.equal(fromIso(period?.to ?? "") - fromIso(before?.to ?? ""), 10 * DAY);
  });

  test("an editorial change goes by two alone, and a refused one says why", async () => {
    await one.revise({ ...one.body, summary: text });
    const asked = await one.signed("request_change");
    assert.ok(asked.kind === "accepted");
    const { change: other, weights } = asked.answer as { change: string; weights: string[] };
    assert.deepEqual(weights, []);
    const refused = { pilot, change: other, reasons: [text] };
    assert.equal(await one.byTwo("sandbox.refuse_change", refused), "accepted");
    assert.equal((await detail())?.declarationVersion, 3);
    await one.revise({ ...one.body, summary: { ...text, en: "again" } });
    const again = await one.signed("request_change");
    assert.ok(again.kind === "accepted");
    const last = (again.answer as { change: string }).change;
    assert.equal(await one.byTwo("sandbox.adopt_change", { pilot, change: last }), "accepted");
    const now = await detail();
    assert.deepEqual([now?.declarationVersion, now?.declaration.summary.en], [5, "again"]);
  });

  test("the applicant may take a change back, and the round with it", async () => {
    await one.revise(higher(one.body));
    const asked = await one.signed("request_change");
    assert.ok(asked.kind === "accepted");
    const own = { pilot, change: (asked.answer as { change: string }).change };
    assert.equal(await one.ask("sandbox.withdraw_change", own), "role_may_not");
    assert.equal(await one.ask("sandbox.withdraw_change", own, SIGNER), "accepted");
    assert.equal(await one.ask("sandbox.withdraw_change", own, SIGNER), "change_is_settled");
    const comment = await commentContent(one.bed.store, { pilot, n: 0 });
    const by = { ...SIGNER, roles: ["system" as const] };
    assert.equal(await one.ask("sandbox.comment", comment, by), "consultation_closed");
  });
});

describe("the database refuses by itself", () => {
  let one: Walk;
  before(async () => {
    one = await walk();
  });
  after(() => one.end());

  let n = 0;
  const run = (sql: string) => one.bed.store.query(statement(`test.raw_${++n}`, sql));
  const state = (to: string, more = "") =>
    run(`update sandbox.pilot set state = '${to}'${more} where slug = '${pilot}'`);
  const refuses = (sql: Promise<unknown>, why: RegExp) =>
    assert.rejects(sql, (error: unknown) => why.test(whole(error)));

  test("nothing is submitted unsigned, nor signed by its drafter", async () => {
    await refuses(state("submitted"), /lacks a signed declaration/);
    const by = (who: string) =>
      run(`update sandbox.filing set signed_by = '${who}', key = 'k', signature = 's',
             signed_at = '2026-11-26Z' where pilot = '${pilot}'`);
    await refuses(by("drafter-he"), /violates check constraint/);
  });

  test("nothing is consulted on without an open round, closed before its time, or under another version", async () => {
    assert.equal(codeOf(await one.signed("submit")), "accepted");
    assert.equal(await one.ask("sandbox.accept", { pilot }), "accepted");
    await refuses(state("consultation"), /lacks an open consultation/);
    const other = run(`update sandbox.pilot set declaration = 7 where slug = '${pilot}'`);
    await refuses(other, /its declaration stands/);
    assert.equal(await one.byTwo("sandbox.publish", { pilot }), "accepted");
    await refuses(state("answering"), /lacks a consultation/);
    const early = `update sandbox.consultation set next_at = null, ended = 'clock',
      closed_at = closes_at - interval '1 millisecond' where pilot = '${pilot}'`;
    await refuses(run(early), /violates check constraint/);
  });

  test("a comment is judged once and answered once, whoever writes", async () => {
    const comment = await commentContent(one.bed.store, { pilot, n: 1 });
    const by = { ...SIGNER, roles: ["system" as const] };
    assert.equal(await one.ask("sandbox.comment", comment, by), "accepted");
    const judge = (to: string) =>
      run(`update sandbox.comment set state = '${to}', moderated_by = 'officer-li',
             moderated_at = '2099-01-01Z', reason = ${to === "set_aside" ? "'{}'" : "null"}`);
    await judge("admitted");
    await refuses(judge("set_aside"), /is done/);
    await refuses(run("update sandbox.comment set clause = 'other'"), /permission denied/);
  });

  test("nothing is registered while an admitted comment has no answer, nor without a number", async () => {
    await one.turn(CLOSES);
    await refuses(state("registered"), /lacks a number/);
    const number = `insert into sandbox.registration values (0, '${pilot}', '91990000MA00DEMA79',
      2026, 1, 1, '2026-12-04Z', '2027-03-04Z')`;
    await run(number);
    await refuses(state("registered"), /lacks an answer to every admissible comment/);
    await refuses(run(number), /duplicate key/);
    const other = "update sandbox.registration set seq = 2";
    await refuses(run(other), /permission denied/);
  });

  test("bytes are kept under their own hash and no other", async () => {
    const bytes = `insert into sandbox.attachment_bytes values (0, '${"0".repeat(64)}', 'a')`;
    await refuses(run(bytes), /violates check constraint/);
  });

  test("passages and what is on file are written by nobody else, and deleted by nobody", async () => {
    for (const sql of [
      "insert into sandbox.passage values (0, 'x', 1, null, 'draft', 1, '2026-11-26Z')",
      "delete from sandbox.comment",
      "delete from sandbox.filing",
      "update sandbox.answer set text = '{}'",
      "update sandbox.ruling set reasons = '[]'",
      "update sandbox.application set organisation = 'other'",
    ]) {
      await refuses(run(sql), /permission denied/);
    }
  });
});

/** The messages of an error and of its causes. */
function whole(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message} ${error.cause === undefined ? "" : whole(error.cause)}`;
}
