/** The guard on a real database: one act after another, four eyes, and exactness under load. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "./command.ts";
import { limits } from "../config/index.ts";
import { readLeaves } from "../evidence/index.ts";
import { differingAccounts } from "../ledger/index.ts";
import { journalPage } from "./reads.store.ts";
import { startGuard } from "./guard.ts";
import { APPROVER, type Bed, CUSTOMER, OFFICER, roomyPolicy } from "./sample/bed.ts";
import { sampleBed, SYSTEM } from "./sample/bed.ts";
import { open } from "./sample/sample.ts";

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

describe("one command after another", () => {
  let bed: Bed;
  before(async () => {
    bed = await sampleBed();
  });
  after(() => bed.end());

  test("an accepted act has its place, its answer, and comes back the same for the same id", async () => {
    const content = { jar: "honey", customer: "c1" };
    const first = await bed.act("sample.open", content, { id: "open-honey" });
    assert.equal(first.kind, "accepted");
    const again = await bed.act("sample.open", content, { id: "open-honey" });
    assert.deepEqual(again, first);
  });

  test("same id, other content: conflicting, and nothing is written", async () => {
    const other = await bed.act(
      "sample.open",
      { jar: "salt", customer: "c1" },
      { id: "open-honey" },
    );
    assert.equal(codeOf(other), "command_id_reused");
    assert.equal(codeOf(await bed.act("sample.put", { jar: "salt", coins: "1" })), "jar_absent");
  });

  test("same id, another principal of the organisation: conflicting", async () => {
    const content = { jar: "honey", customer: "c1" };
    const principal = { ...CUSTOMER, id: "somebody-else" };
    const other = await bed.act("sample.open", content, { id: "open-honey", principal });
    assert.equal(codeOf(other), "command_id_of_another");
  });

  test("same id of another organisation is another act", async () => {
    const principal = { ...CUSTOMER, organisation: "others" };
    const content = { jar: "pepper", customer: "c2" };
    const other = await bed.act("sample.open", content, { id: "open-honey", principal });
    assert.equal(other.kind, "accepted");
  });

  test("a role that may not is refused, journalled, and the refusal comes back for its id", async () => {
    const content = { jar: "x", customer: "c1" };
    const call = { id: "not-mine", principal: OFFICER };
    const first = await bed.act("sample.open", content, call);
    assert.equal(codeOf(first), "role_may_not");
    assert.ok(first.kind === "refused" && first.seq !== undefined);
    assert.deepEqual(await bed.act("sample.open", content, call), first);
    const [line] = await journalPage(bed.readings, 1, { before: 1_000_000n, most: 1 });
    assert.equal(line?.outcome, "role_may_not");
  });

  test("content that does not keep the contract names its field and writes nothing", async () => {
    const journalled = await journalPage(bed.readings, 1, { before: 1_000_000n, most: 500 });
    const outcome = await bed.act("sample.put", { jar: "honey", coins: "1.5" });
    assert.ok(outcome.kind === "refused" && outcome.seq === undefined);
    assert.equal(outcome.refusal.field, "/coins");
    const then = await journalPage(bed.readings, 1, { before: 1_000_000n, most: 500 });
    assert.equal(then.length, journalled.length);
  });

  test("unknown commands, partitions and malformed ids leave no trace", async () => {
    const content = { jar: "honey", customer: "c1" };
    assert.equal(codeOf(await bed.act("sample.fly", content)), "command_unknown");
    assert.equal(codeOf(await bed.act("tokens.pay", content)), "command_unknown");
    assert.equal(
      codeOf(await bed.act("sample.open", content, { partition: 9 })),
      "partition_unknown",
    );
    assert.equal(
      codeOf(await bed.act("sample.open", content, { id: "ä" })),
      "command_id_malformed",
    );
  });

  test("nobody may take the id under which the guard will end a hold", async () => {
    const content = { jar: "x", customer: "c1" };
    const id = "expire:01890000-0000-7000-8000-000000000000";
    const outcome = await bed.act("sample.open", content, { id, principal: SYSTEM });
    assert.equal(codeOf(outcome), "command_id_malformed");
  });

  test("a hold is taken, captured in part, and cannot be taken again", async () => {
    await bed.act("sample.put", { jar: "honey", coins: "1000" });
    const reserved = await bed.act("sample.reserve", { jar: "honey", coins: "400" });
    assert.ok(reserved.kind === "accepted");
    const { hold } = reserved.answer as { hold: string };
    assert.equal(
      codeOf(await bed.act("sample.finish", { hold, coins: "401" })),
      "capture_above_hold",
    );
    assert.equal(codeOf(await bed.act("sample.finish", { hold, coins: "300" })), "accepted");
    assert.equal(codeOf(await bed.act("sample.finish", { hold })), "hold_ended");
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
  });

  test("funds bound a reservation exactly: 700 are left, 701 is refused and says so", async () => {
    const refused = await bed.act("sample.reserve", { jar: "honey", coins: "701" });
    assert.ok(refused.kind === "refused");
    assert.deepEqual(refused.refusal.failed, [
      { code: "funds_insufficient", unit: "fen", used: -700n, cap: 0n, asked: 701n },
    ]);
    assert.equal(
      codeOf(await bed.act("sample.reserve", { jar: "honey", coins: "700" })),
      "accepted",
    );
  });
});

test("the log states totals of pilot-wide limits within about a second of the last act", async () => {
  const limit = { id: "pilot_day_amount", measure: "amount", classes: ["USE"], scope: "pilot" };
  const rule = { ...limit, window: "day", cap: "1000", clause: "1.10" } as never;
  const bed = await sampleBed(roomyPolicy({ limits: [rule] }));
  try {
    await bed.act("sample.open", { jar: "honey", customer: "c1" });
    await bed.act("sample.put", { jar: "honey", coins: "70" });
    await bed.act("sample.put", { jar: "honey", coins: "7" });
    let stated: unknown;
    for (let tries = 0; tries < 100 && stated === undefined; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const leaves = await readLeaves(bed.readings, 1, { first: 0, most: 100 });
      stated = leaves.map(({ body }) => JSON.parse(body)).findLast((leaf) => leaf.t === "totals");
    }
    const { seq, totals } = stated as { seq: string; totals: Record<string, string>[] };
    assert.equal(seq, "4");
    const [total] = totals;
    assert.deepEqual(
      [total?.["limit"], total?.["used"], total?.["cap"]],
      ["pilot_day_amount", "77", "1000"],
    );
  } finally {
    await bed.end();
  }
});

test("what is still being prepared when the guard closes is not done afterwards", async () => {
  const bed = await sampleBed();
  try {
    const { promise: prepared, resolve: goOn } = Promise.withResolvers<null>();
    const slow = { ...open, name: "sample.open_slowly", prepare: () => prepared };
    const guard = await startGuard({
      commands: [slow],
      stores: new Map([["sample", bed.store]]),
      mode: "demo",
    });
    const content = { jar: "late", customer: "c1" };
    const call = { partition: 1, id: "late", command: slow.name, content, principal: CUSTOMER };
    const acting = guard.act(call);
    await guard.close();
    goOn(null);
    assert.equal(codeOf(await acting), "queue_full");
  } finally {
    await bed.end();
  }
});

describe("four eyes", () => {
  let bed: Bed;
  before(async () => {
    bed = await sampleBed();
    await bed.act("sample.open", { jar: "honey", customer: "c1" });
    await bed.act("sample.put", { jar: "honey", coins: "5" });
  });
  after(() => bed.end());

  const propose = async () => {
    const parked = await bed.act("sample.clear", { jar: "honey" }, { principal: APPROVER });
    assert.ok(parked.kind === "parked");
    return parked.task;
  };

  test("the proposer cannot approve, a stranger to the role cannot, another approver can, once", async () => {
    const task = await propose();
    const other = { ...APPROVER, id: "approver-qian" };
    const approve = (principal: typeof APPROVER) =>
      bed.act("guard.approve_task", { task }, { principal });
    assert.equal(codeOf(await approve(APPROVER)), "task_own_proposal");
    assert.equal(codeOf(await approve(CUSTOMER)), "role_may_not");
    assert.equal(codeOf(await approve(other)), "accepted");
    assert.equal(codeOf(await approve(other)), "task_decided");
  });

  test("what was shown has changed: refused, and it can be rejected", async () => {
    const task = await propose();
    const principal = { ...APPROVER, id: "approver-qian" };
    await bed.act("sample.put", { jar: "honey", coins: "1" });
    assert.equal(
      codeOf(await bed.act("guard.approve_task", { task }, { principal })),
      "task_out_of_date",
    );
    assert.equal(codeOf(await bed.act("guard.reject_task", { task }, { principal })), "accepted");
  });

  test("a proposer who lost the role meanwhile proposes nothing any more", async () => {
    const task = await propose();
    const principal = { ...APPROVER, id: "approver-qian" };
    const approve = () => bed.act("guard.approve_task", { task }, { principal });
    for (const roles of [[], ["auditor" as const]]) {
      bed.present.set(APPROVER.id, roles);
      assert.equal(codeOf(await approve()), "proposer_lost_role");
    }
    bed.present.set(APPROVER.id, ["supervisor_officer", "auditor"]);
    assert.equal(codeOf(await approve()), "accepted", "the role it takes is there");
    bed.present.clear();
  });

  test("a role gained since does not help a proposal, and rejecting asks for none", async () => {
    const task = await propose();
    bed.present.set(APPROVER.id, []);
    const principal = { ...APPROVER, id: "approver-qian" };
    assert.equal(codeOf(await bed.act("guard.reject_task", { task }, { principal })), "accepted");
    bed.present.clear();
  });

  test("a task that does not exist is absent", async () => {
    const task = "01890000-0000-7000-8000-000000000000";
    const outcome = await bed.act("guard.approve_task", { task }, { principal: APPROVER });
    assert.equal(codeOf(outcome), "task_absent");
  });
});

describe("under concurrency", () => {
  const day = (cap: string) => ({
    ...{ id: "pilot_day_amount", measure: "amount", classes: ["USE"], scope: "pilot" },
    ...{ window: "day", cap, clause: "1.10" },
  });

  test("CNY 1,000,000.00 a day takes exactly 300 of 500 payments of 3,333.33, then 1.00, not 0.01", async () => {
    const bed = await sampleBed(roomyPolicy({ limits: [day("100000000") as never] }));
    try {
      const jars = Array.from({ length: 500 }, (_, i) => `j${i}`);
      await Promise.all(jars.map((jar) => bed.act("sample.open", { jar, customer: jar })));
      const paid = await Promise.all(
        jars.map((jar) => bed.act("sample.put", { jar, coins: "333333" })),
      );
      const codes = Map.groupBy(paid, codeOf);
      assert.equal(codes.get("accepted")?.length, 300);
      assert.equal(codes.get("pilot_limit_exceeded")?.length, 200);
      assert.equal(codeOf(await bed.act("sample.put", { jar: "j0", coins: "100" })), "accepted");
      const last = await bed.act("sample.put", { jar: "j0", coins: "1" });
      assert.ok(last.kind === "refused");
      assert.deepEqual(last.refusal.failed, [
        {
          ...{ code: "pilot_limit_exceeded", limit: "pilot_day_amount", unit: "fen" },
          ...{ used: 100_000_000n, cap: 100_000_000n, asked: 1n, clause: "1.10" },
        },
      ]);
      assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    } finally {
      await bed.end();
    }
  });

  test("G3 · a cap of 180 customers takes exactly 180 of 200 who arrive together, some twice", async () => {
    const limit = {
      id: "pilot_customers",
      measure: "customers",
      classes: ["OPEN"],
      scope: "pilot",
    };
    const cap = { ...limit, window: "none", cap: "180", clause: "1.10" };
    const bed = await sampleBed(roomyPolicy({ limits: [cap as never] }));
    try {
      const arrivals = Array.from({ length: 400 }, (_, i) => ({
        jar: `j${i}`,
        customer: `c${i % 200}`,
      }));
      const outcomes = await Promise.all(
        arrivals.map((content) => bed.act("sample.open", content)),
      );
      const customers = new Set(
        arrivals.filter((_, i) => outcomes[i]?.kind === "accepted").map(({ customer }) => customer),
      );
      assert.equal(customers.size, 180);
      const refused = outcomes.filter((outcome) => codeOf(outcome) === "customers_cap_reached");
      assert.equal(refused.length, 40, "the twenty who were too late, twice each");
    } finally {
      await bed.end();
    }
  });

  test("a suspension under load: after its commit nothing of OPEN or USE is accepted, SERVICE goes on", async () => {
    const bed = await sampleBed();
    try {
      const jars = Array.from({ length: 200 }, (_, i) => `j${i}`);
      await Promise.all(jars.map((jar) => bed.act("sample.open", { jar, customer: jar })));
      await Promise.all(jars.map((jar) => bed.act("sample.put", { jar, coins: "100" })));
      const reserved = await bed.act("sample.reserve", { jar: "j0", coins: "40" });
      assert.ok(reserved.kind === "accepted");
      const { hold } = reserved.answer as { hold: string };
      const load = async (jar: string) => {
        const outcomes: Outcome[] = [];
        for (let i = 0; i < 10; i++)
          outcomes.push(await bed.act("sample.put", { jar, coins: "1" }));
        return outcomes;
      };
      const under = Promise.all(jars.map(load));
      const classes = { OPEN: false, USE: false, SERVICE: true };
      const suspended = await bed.put(roomyPolicy({ version: 2, phase: "suspended", classes }));
      assert.ok(suspended.kind === "accepted");
      const outcomes = (await under).flat();
      const accepted = outcomes.filter((outcome) => outcome.kind === "accepted");
      assert.ok(accepted.length > 0 && accepted.length < outcomes.length);
      for (const outcome of accepted) assert.ok(outcome.seq < suspended.seq);
      const closed = outcomes.filter((outcome) => codeOf(outcome) === "class_closed");
      assert.equal(accepted.length + closed.length, outcomes.length);
      assert.equal(codeOf(await bed.act("sample.finish", { hold, coins: "40" })), "accepted");
    } finally {
      await bed.end();
    }
  });

  test("one poison command in 1,000: the other 999 succeed and the culprit is named", async () => {
    const bed = await sampleBed();
    try {
      const acts = Array.from({ length: 1_000 }, (_, i) =>
        i === 617
          ? bed.act("sample.poison", { jar: "poison", customer: "c" })
          : bed.act("sample.open", { jar: `j${i}`, customer: `c${i}` }),
      );
      const settled = await Promise.allSettled(acts);
      const good = settled.filter(
        (one) => one.status === "fulfilled" && one.value.kind === "accepted",
      );
      assert.equal(good.length, 999);
      assert.equal(settled[617]?.status, "rejected");
      assert.equal(bed.faults.length, 1);
    } finally {
      await bed.end();
    }
  });

  test("a command that fails at every try is parked: not run again, and the others are none the worse", async () => {
    const bed = await sampleBed();
    try {
      const call = { id: "poisoned" };
      const content = { jar: "poison", customer: "c" };
      const tries = Array.from({ length: limits.faultTries }, (_, n) => n + 1);
      for (const n of tries) {
        await assert.rejects(bed.act("sample.poison", content, call), `try ${n}`);
      }
      assert.equal(bed.faults.length, tries.length + 1, "each fault, and that it is parked");
      assert.match(bed.faults.at(-1)?.message ?? "", /poisoned .*is parked/);
      assert.equal(codeOf(await bed.act("sample.poison", content, call)), "act_parked");
      assert.equal(bed.faults.length, tries.length + 1, "it was not run");
      const others = { principal: { ...CUSTOMER, organisation: "others" }, id: "poisoned" };
      const good = { jar: "honey", customer: "c1" };
      assert.equal(codeOf(await bed.act("sample.open", good, others)), "accepted");
      await assert.rejects(bed.act("sample.poison", content, { id: "another" }));
    } finally {
      await bed.end();
    }
  });

  test("three partitions keep three orders, three logs and three sets of books", async () => {
    const bed = await sampleBed(roomyPolicy(), 3);
    try {
      const acts = Array.from({ length: 90 }, (_, i) =>
        bed.act("sample.open", { jar: "same", customer: `c${i}` }, { partition: (i % 3) + 1 }),
      );
      const outcomes = await Promise.all(acts);
      assert.equal(outcomes.filter((outcome) => outcome.kind === "accepted").length, 3);
      for (const partition of [1, 2, 3]) {
        const page = await journalPage(bed.readings, partition, { before: 1_000n, most: 100 });
        assert.deepEqual(
          page.map((line) => line.seq).toReversed(),
          Array.from({ length: 31 }, (_, i) => BigInt(i + 1)),
        );
      }
    } finally {
      await bed.end();
    }
  });
});
