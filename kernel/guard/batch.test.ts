/** What a batch keeps of supervision where it is easily lost: approvals, rollbacks, names, policies. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, uuidv7 } from "../clock/index.ts";
import { readLeaves } from "../evidence/index.ts";
import { balances } from "../ledger/index.ts";
import type { Store } from "../store/index.ts";
import { runBatch, type Served } from "./batch.ts";
import type { Command, Outcome } from "./command.ts";
import { startGuard } from "./guard.ts";
import type { Admitted } from "./admitted.ts";
import { openPartition } from "./partition.store.ts";
import { APPROVER, type Bed, CUSTOMER, OFFICER, roomyPolicy, sampleBed } from "./sample/bed.ts";
import { open, put, sampleCommands } from "./sample/sample.ts";

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

const usual = { classes: ["USE"], window: "none", clause: "1.10" } as const;
const policy = roomyPolicy({
  limits: [
    { ...usual, id: "pilot_customers", measure: "customers", classes: ["OPEN"], ...of("pilot", 2) },
    { ...usual, id: "pilot_amount", measure: "amount", ...of("pilot", 1000) },
    { ...usual, id: "own_amount", measure: "amount", ...of("customer", 1000) },
  ],
});

function of(scope: "pilot" | "customer", cap: number) {
  return { scope, cap: String(cap) };
}

describe("supervision within a batch", () => {
  let bed: Bed;
  before(async () => {
    bed = await sampleBed(policy);
  });
  after(() => bed.end());

  const served = (store: Store): Served => ({
    ...{ partition: 1, supervised: true, store, policies: new Map() },
    totals: { moved: new Set(), stated: 0 as Instant, begun: true },
    kept: undefined,
  });
  const admitted = (command: Command, content: object): Admitted => ({
    call: { partition: 1, id: uuidv7(), command: command.name, content, principal: CUSTOMER },
    ...{ command, content, facts: undefined, digest: new Uint8Array(32), act: uuidv7() },
  });
  const used = async (key: string) => {
    const [row] = await balances(bed.readings, 1, key);
    return row ? row.debits + row.pending_debits - row.credits : 0n;
  };

  test("approving is of the class of what is approved, in limits too; rejecting is a service", async () => {
    const byTwo: Command = {
      ...open,
      name: "sample.open_by_two",
      fourEyes: { approvers: ["supervisor_approver"] },
      may: ["supervisor_officer"],
    };
    const guard = await startGuard({
      commands: [...sampleCommands, byTwo],
      stores: new Map([["sample", bed.store]]),
      mode: "demo",
    });
    const openings = ["a", "b", "c"].map(async (jar) => {
      const content = { jar, customer: `customer-${jar}` };
      const call = { partition: 1, command: byTwo.name, id: `by-two-${jar}` };
      const parked = await guard.act({ ...call, content, principal: OFFICER });
      assert.ok(parked.kind === "parked");
      return parked.task;
    });
    const decide = async (verb: "approve" | "reject", task: string) => {
      const call = { partition: 1, command: `guard.${verb}_task`, id: uuidv7() };
      return codeOf(await guard.act({ ...call, content: { task }, principal: APPROVER }));
    };
    const [one = "", two = "", three = ""] = await Promise.all(openings);
    assert.equal(await decide("approve", one), "accepted");
    assert.equal(await decide("approve", two), "accepted");
    assert.equal(await decide("approve", three), "customers_cap_reached");
    assert.equal(await used("limit/pilot_customers/pilot/all"), 2n);
    const classes = { OPEN: false, USE: true, SERVICE: true };
    await bed.put({ ...policy, version: 2, classes });
    assert.equal(await decide("approve", three), "class_closed");
    assert.equal(await decide("reject", three), "accepted");
    await guard.close();
  });

  test("totals that a failing batch was to state are still owed afterwards", async () => {
    const failing: Store = {
      ...bed.store,
      transaction: (work) =>
        bed.store.transaction(async (tx) => {
          await work(tx);
          throw new Error("lost before the commit");
        }),
    };
    const owing = served(failing);
    owing.totals.moved.add("limit/pilot_customers/pilot/all");
    await assert.rejects(runBatch(owing, []), /lost before the commit/);
    assert.deepEqual([...owing.totals.moved], ["limit/pilot_customers/pilot/all"]);
    assert.equal(owing.totals.stated, 0);
  });

  test("whoever is called `pilot` has no limit of his own published", async () => {
    await bed.store.query({
      name: "t.jar",
      text: "insert into sample.jar values (1,'pilot',0,'')",
    });
    const [outcome] = await runBatch(served(bed.store), [
      admitted(put, { jar: "pilot", coins: "70" }),
    ]);
    assert.ok(outcome && codeOf(outcome) === "accepted");
    const leaves = await readLeaves(bed.readings, 1, { first: 0, most: 100 });
    const stated = leaves
      .map(({ body }) => JSON.parse(body))
      .findLast((leaf) => leaf.t === "totals");
    assert.deepEqual(
      stated.totals.map((total: { limit: string }) => total.limit),
      ["pilot_amount"],
    );
  });

  test("where nothing supervises, a customer may come twice", async () => {
    const row = { partition: 9, pilot: "sample", module: "sample", role: "sandbank_sample" };
    const origin = "test.sandbank/sample/9";
    await openPartition(bed.owner, { ...row, supervised: false, origin });
    await bed.guard.refresh();
    for (const jar of ["one", "two"]) {
      const outcome = await bed.act("sample.open", { jar, customer: "c1" }, { partition: 9 });
      assert.equal(codeOf(outcome), "accepted");
    }
  });
});
