/** Erasing a customer: what opened the acts is gone from every table, and every proof stays. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant } from "../clock/index.ts";
import { differingAccounts } from "../ledger/index.ts";
import { statement } from "../store/index.ts";
import { rowsWith } from "../testing/index.ts";
import type { Outcome } from "./command.ts";
import { journalPage, tasks } from "./reads.store.ts";
import { APPROVER, type Bed, OFFICER, roomyPolicy, sampleBed } from "./sample/bed.ts";
import { factsOf, leavesOf, proof } from "./sample/proof.ts";

const NOON = fromIso("2060-03-01T12:00:00+08:00");
const SECRETS = statement(
  "test.secrets_of",
  `select encode(o.salts, 'hex') as secret from guard.opening o where o.subject = $1
   union all select encode(m.key, 'hex') from guard.member m where m.customer = $1`,
);

const limit = (id: string, scope: string) =>
  ({
    id,
    scope,
    measure: "amount",
    classes: ["USE"],
    window: "day",
    cap: "900",
    clause: "1",
  }) as never;
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

describe("erasing a customer", () => {
  let bed: Bed;
  let secrets: string[];
  let leaves: string[];
  let erased = 0;
  const forget = (id?: string) =>
    bed.act("sample.forget", { jar: "honey" }, id === undefined ? {} : { id });

  before(async () => {
    const limits = [limit("pilot_day_amount", "pilot"), limit("customer_day_amount", "customer")];
    bed = await sampleBed(roomyPolicy({ limits }));
    await bed.turn(NOON);
    for (const jar of ["honey", "salt"]) {
      await bed.act("sample.open", { jar, customer: jar });
      await bed.act("sample.put", { jar, coins: "70" }, { id: `put-${jar}` });
    }
    // A refusal, a hold that ends by itself, a proposal that waits: all of them are about the jar.
    assert.equal(
      codeOf(await bed.act("sample.put", { jar: "honey", coins: "901" })),
      "pilot_limit_exceeded",
    );
    await bed.act("sample.reserve", { jar: "honey", coins: "30" });
    await bed.act("sample.clear", { jar: "honey" }, { principal: OFFICER });
    leaves = await leavesOf(bed.readings, 1);
  });
  after(() => bed.end());

  test("is refused while something is held or left, and erases nothing", async () => {
    assert.equal(codeOf(await forget()), "account_not_empty");
    await bed.turn((NOON + 7_200_000) as Instant);
    await bed.guard.tick(1);
    assert.equal(codeOf(await forget()), "account_not_empty");
    const [opened] = (await factsOf(bed.readings, 1)).filter((line) => line.includes("honey"));
    assert(opened);
  });

  test("takes salts, key, bytes and name out of every table", async () => {
    const spent = await bed.act("sample.reserve", { jar: "honey", coins: "70" });
    assert.ok(spent.kind === "accepted");
    const { hold } = spent.answer as { hold: string };
    await bed.act("sample.finish", { jar: "honey", hold, coins: "70" });
    const rows = await bed.owner.query<{ secret: string }>(SECRETS, ["honey"]);
    secrets = rows.map(({ secret }) => secret);
    assert.equal(secrets.length, 9 + 1, "nine acts about the jar, and the member's key");
    assert.notEqual((await rowsWith(bed.owner, ["honey"])).length, 0);
    const outcome = await forget("forget-honey");
    assert.ok(outcome.kind === "accepted", codeOf(outcome));
    erased = (outcome.answer as { erased: number }).erased;
    assert.equal(erased, 9 + 1, "the same, and the end of the hold that ran out");
    // What the caller itself chose as an id of the request is not ours to change.
    const left = await rowsWith(bed.owner, ["honey", ...secrets]);
    assert.deepEqual(
      left.filter((row) => !/put-honey|forget-honey/.test(row)),
      [],
    );
  });

  test("the log says how many and a commitment, and its records are those of before", async () => {
    const now = await leavesOf(bed.readings, 1);
    assert.deepEqual(now.slice(0, leaves.length), leaves);
    const said = now.map((body) => JSON.parse(body)).findLast(({ t }) => t === "erasure");
    assert.deepEqual(Object.keys(said).toSorted(), ["acts", "commitment", "seq", "t"]);
    assert.equal(said.acts, `${erased}`);
    assert.match(said.commitment, /^[0-9a-f]{64}$/);
  });

  test("the log verifies; erased acts are counted, and the pilot's totals still add up", async () => {
    // Totals are stated within a second, also where nothing more happens.
    const stated = (body: string) => body.includes('"used":"210"');
    for (let tries = 0; tries < 100; tries++) {
      if ((await leavesOf(bed.readings, 1)).some(stated)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const seen = await proof(bed.readings, 1);
    assert.deepEqual(seen.findings, []);
    const { opened, ...closed } = seen.replayed ?? {};
    assert.deepEqual(closed, { unopened: 0, erased: erased + 1 });
    assert.equal((opened ?? 0) + erased + 1, seen.acts);
    assert.equal(seen.totals.get("pilot_day_amount 2060-03-01")?.used, 210n);
    const others = (await factsOf(bed.readings, 1)).filter((line) => line.includes("salt"));
    assert.notEqual(others.length, 0, "acts of others open as before");
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
  });

  test("the journal keeps that the acts took place; their ids are not free again", async () => {
    const [line] = (await journalPage(bed.readings, 1, { before: 1_000n, most: 500 })).filter(
      ({ id }) => id === "put-honey",
    );
    assert.equal(line?.outcome, "accepted");
    const again = await bed.act("sample.put", { jar: "honey", coins: "70" }, { id: "put-honey" });
    assert.equal(codeOf(again), "act_erased");
    assert.equal(codeOf(await forget("forget-honey")), "act_erased");
    assert.equal(codeOf(await forget()), "jar_absent");
  });

  test("a proposal about the customer is emptied and cannot be approved", async () => {
    const [task] = await tasks(bed.readings, "rejected");
    assert.equal(task?.content, "{}");
    const approval = { task: task?.id };
    const outcome = await bed.act("guard.approve_task", approval, { principal: APPROVER });
    assert.equal(codeOf(outcome), "task_decided");
  });

  test("whoever comes back is a new customer with limits of his own", async () => {
    await bed.act("sample.open", { jar: "honey", customer: "honey" });
    assert.equal(codeOf(await bed.act("sample.put", { jar: "honey", coins: "400" })), "accepted");
    const members = (await leavesOf(bed.readings, 1)).filter((body) => body.includes('"member"'));
    assert.equal(members.length, 3, "honey, salt, and honey again under another key");
    assert.deepEqual((await proof(bed.readings, 1)).findings, []);
  });
});
