/**
 * The table of a parked task: the code answers every event in every state, acts by it before and after
 * expiry, and the database makes the same moves and no other.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Instant } from "../clock/index.ts";
import { statement } from "../store/index.ts";
import { testDatabase, type TestDatabase, triedMoves } from "../testing/index.ts";
import { evidenceMigrations } from "../evidence/index.ts";
import { jobsMigrations } from "../jobs/index.ts";
import { ledgerMigrations } from "../ledger/index.ts";
import { refusalEntry } from "../words/index.ts";
import { guardMigrations } from "./guard.store.ts";
import { standingOfTask, TASK_EVENTS, TASK_STANDINGS, TASK_TABLE } from "./task.ts";

const KEPT = {
  open: { state: "open", proposed_by: "officer-li" },
  approved: { state: "approved", proposed_by: "officer-li", decided_by: "approver-zhao" },
  rejected: { state: "rejected", proposed_by: "officer-li", decided_by: "approver-zhao" },
};

test("every event has an answer in every state", () => {
  assert.deepEqual(Object.keys(TASK_TABLE), [...TASK_STANDINGS]);
  for (const standing of TASK_STANDINGS) {
    assert.deepEqual(Object.keys(TASK_TABLE[standing]), [...TASK_EVENTS], standing);
    for (const event of TASK_EVENTS) {
      const cell = TASK_TABLE[standing][event];
      const known = "to" in cell ? Object.hasOwn(KEPT, cell.to) : refusalEntry(cell.refusal);
      assert.ok(known, `${standing} ${event}`);
    }
  }
});

test("an open task expires at its instant, and what was decided does not", () => {
  const expires = 1_000 as Instant;
  const at = (state: "open" | "approved", now: number) =>
    standingOfTask({ state, expires }, now as Instant);
  assert.deepEqual([at("open", 999), at("open", 1_000)], ["open", "expired"]);
  assert.equal(at("approved", 1_001), "approved");
});

describe("the second lock", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase({
      migrations: [ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
      roles: [],
    });
  });
  after(() => database.end());

  test("the database makes the moves of the table and no other", async () => {
    const legal = TASK_STANDINGS.flatMap((from) =>
      TASK_EVENTS.flatMap((event) => {
        const cell = TASK_TABLE[from][event];
        return "to" in cell && from !== "expired" && cell.to !== from
          ? [`${from} → ${cell.to}`]
          : [];
      }),
    );
    const tried = await triedMoves(database.owner, "guard.task", KEPT);
    assert.deepEqual(tried.toSorted(), [...new Set(["nothing → open", ...legal])].toSorted());
  });

  test("nobody approves in no name, begins with a decision, or changes who decided", async () => {
    const moves = (rows: Parameters<typeof triedMoves>[2]) =>
      triedMoves(database.owner, "guard.task", rows);
    const nameless = { ...KEPT, approved: { state: "approved" } };
    assert.ok(!(await moves(nameless)).includes("open → approved"));
    assert.deepEqual(await moves({ begun: { state: "open", decided_by: "approver-zhao" } }), []);
    const other = { ...KEPT.approved, decided_by: "approver-qian" };
    assert.deepEqual(await moves({ approved: KEPT.approved, other }), []);
  });

  test("what was decided may lose its content, as an erasure asks", async () => {
    const run = (name: string, text: string) => database.owner.query(statement(name, text));
    await run(
      "test.park",
      `insert into guard.task (partition, id, command, content, facts, shown, proposer, proposed_by,
         at, expires, state) values (0, gen_random_uuid(), 'sample.clear', '{"jar":"honey"}', 'null',
         '', '{}', 'officer-li', now(), now(), 'open')`,
    );
    await run("test.decide", "update guard.task set state = 'rejected', decided_by = 'approver'");
    await run("test.erase", "update guard.task set content = '{}', proposed_by = ''");
    await assert.rejects(
      run("test.again", "update guard.task set state = 'approved'"),
      /is rejected: it was decided/,
    );
  });
});
