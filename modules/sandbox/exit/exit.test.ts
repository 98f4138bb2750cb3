/** The four tables of an exit, every state against every event; and every plan that ships. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { isRefusal } from "@sandbank/kernel/words";
import { predicateContract } from "../declaration/declaration.contract.ts";
import { planFlaws } from "../declaration/exit-plan.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import {
  after,
  ARCHIVE_EVENTS,
  ARCHIVE_STATES,
  ARCHIVE_TABLE,
  EXIT_EVENTS,
  EXIT_STATES,
  EXIT_TABLE,
  ITEM_EVENTS,
  ITEM_STATES,
  ITEM_TABLE,
  STEP_EVENTS,
  STEP_STATES,
  STEP_TABLE,
} from "./exit.ts";
import type { ExitRefusal } from "./exit.refusals.ts";
import type { Table } from "../table/table.ts";
import { declared } from "../testing/declared.ts";
import { exitContract } from "./exit.contract.ts";
import { factsOf, failedOf, openOf, openOfAll, type Reality, told } from "./obligation.ts";
import { compilePlan, planLeaf, shippedPlans } from "./plan.ts";

/** Written a second time by hand: of, from, event, to. */
const LEGAL = [
  ["exit", "running", "close_step", "running"],
  ["exit", "running", "close_last_step", "drained"],
  ["exit", "drained", "confirm", "confirmed"],
  ["exit", "confirmed", "send_back", "drained"],
  ["exit", "confirmed", "complete", "completed"],
  ["step", "waiting", "open", "open"],
  ["step", "open", "close", "closed"],
  ["item", "listed", "finish", "finished"],
  ["item", "listed", "transfer", "transferred"],
  ["archive", "requested", "write", "written"],
  ["archive", "written", "restore", "verified"],
] as const;

function exhaust<S extends string, E extends string>(
  of: string,
  table: Table<S, E, ExitRefusal>,
  all: { readonly states: readonly S[]; readonly events: readonly E[] },
): void {
  for (const from of all.states) {
    for (const event of all.events) {
      const legal = LEGAL.find((row) => row[0] === of && row[1] === from && row[2] === event);
      const answer = after(table, from, event);
      if (legal !== undefined) assert.equal(answer, legal[3], `${of} ${from} ${event}`);
      else {
        assert.ok(isRefusal(answer), `${of} ${from} ${event} is refused`);
        assert.equal(answer.code, `exit_${of === "exit" ? "" : `${of}_`}is_${from}`);
      }
    }
  }
}

test("S6: each event in each state of exit, step, item and archive has the answer of the tables", () => {
  exhaust("exit", EXIT_TABLE, { states: EXIT_STATES, events: EXIT_EVENTS });
  exhaust("step", STEP_TABLE, { states: STEP_STATES, events: STEP_EVENTS });
  exhaust("item", ITEM_TABLE, { states: ITEM_STATES, events: ITEM_EVENTS });
  exhaust("archive", ARCHIVE_TABLE, { states: ARCHIVE_STATES, events: ARCHIVE_EVENTS });
});

test("the browser's states of an exit are those of the table", () => {
  assert.deepEqual(exitContract.shape.state.options, EXIT_STATES);
});

/** The plan that ships for a pilot. */
const planFor = (slug: string) => shippedPlans().find(({ pilot }) => pilot === slug);

test("P1.8 to P6.7: every declared pilot has a plan without a flaw, said to be design where it is", () => {
  for (const { pilot, exit } of shippedDeclarations()) {
    const plan = planFor(pilot);
    assert.ok(plan, pilot);
    assert.deepEqual(planFlaws(plan), [], pilot);
    assert.equal(plan.from, exit.from, pilot);
    assert.equal(plan.runOffDays > 0, exit.useRunsOn, pilot);
    const closes = plan.steps.flatMap((step) => step.closes.classes);
    assert.ok(closes.includes("OPEN") && closes.includes("USE"), pilot);
  }
  assert.equal(shippedPlans().length, shippedDeclarations().length);
});

test("P3.6: the general segment closes USE later than the segments at risk and bad", () => {
  const steps = planFor("mortgage-credit")?.steps ?? [];
  const closing = (segment: string) =>
    steps.findIndex(
      ({ closes }) => closes.classes.includes("USE") && closes.segments.includes(segment),
    );
  assert.ok(closing("risk") < closing("general") && closing("bad") < closing("general"));
});

test("P5.8: the archive is verified before data go elsewhere and resources are reclaimed", () => {
  const steps = (planFor("open-bank")?.steps ?? []).map(({ id }) => id);
  const order = ["close_partners", "finish_business", "archive", "sync_data", "reclaim"];
  assert.deepEqual(
    steps.filter((id) => order.includes(id)),
    order,
  );
});

test("S6: a declaration drafted here leaves by its own plan of the version it stands on, or by none", () => {
  const body = declared({
    ...{ hash: "0".repeat(64), name: "a.txt", type: "text/plain", bytes: 1 },
  });
  const pilot = { slug: body.pilot, declaration: 3, body };
  const plan = compilePlan(pilot);
  assert.ok(!isRefusal(plan));
  assert.deepEqual([plan.from, plan.declaration, plan.pilot], ["declared", 3, body.pilot]);
  assert.deepEqual(plan.steps, body.form?.exitPlan?.steps);
  assert.notEqual(planLeaf(plan).hash, planLeaf({ ...plan, declaration: 4 }).hash);
  assert.equal(shippedPlans().length, 6);
  const planless = {
    ...pilot,
    body: { ...body, form: body.form && { ...body.form, exitPlan: null } },
  };
  const none = compilePlan(planless);
  assert.ok(isRefusal(none));
  assert.equal(none.code, "exit_plan_missing");
  const steps = body.form?.exitPlan?.steps.slice(0, -1) ?? [];
  const exitPlan = body.form?.exitPlan && { ...body.form.exitPlan, steps };
  const flawed = compilePlan({
    ...pilot,
    body: { ...body, form: body.form && { ...body.form, exitPlan: exitPlan ?? null } },
  });
  assert.ok(isRefusal(flawed));
  assert.equal(flawed.code, "exit_plan_not_ended_by_archive");
});

const AT = fromIso("2026-11-24T10:00:00+08:00");
const done: Reality = {
  ledger: {
    at: "2026-11-24T02:00:00.000Z",
    stocks: [{ limit: "loans", unit: "fen", amount: "0" }],
    holds: { count: "0", last: null },
  },
  ...{ deaf: 0, complaints: 0n, items: [], archived: true, runOffUntil: null },
  permits: { count: 0n, amount: 0n, last: null },
  claims: { count: 0n, amount: 0n },
};
const item = {
  ...{ pilot: "x", kind: "scene", ref: "s-1", state: "listed" as const, amount: null },
  ...{ ends: null, listed_at: AT, ended_at: null, evidence: null },
};

const duty = {
  ...{ step: "cut_off", of: "scene/s-1", unit: "count" as const, amount: "1" },
  ...{ side: "to_do" as const, ends: null },
};

test("each query is true of nothing and false of the least that is left, which it names", () => {
  const holds = { count: "1", last: "2026-11-25T02:00:00.000Z" };
  const rows: readonly (readonly [
    string,
    Partial<Reality>,
    readonly (readonly [string, bigint])[],
  ])[] = [
    ["classes_closed", { deaf: 1 }, [["partitions", 1n]]],
    ["permits_finished", { permits: { count: 1n, amount: 0n, last: AT } }, [["permits", 1n]]],
    [
      "permits_finished",
      { permits: { count: 2n, amount: 1n, last: AT } },
      [
        ["permits", 2n],
        ["permits", 1n],
      ],
    ],
    ["holds_finished", { ledger: { ...done.ledger, holds } }, [["holds", 1n]]],
    [
      "stocks_zero",
      { ledger: { ...done.ledger, stocks: [{ limit: "loans", unit: "fen", amount: "1" }] } },
      [["loans", 1n]],
    ],
    ["duties_done", { ledger: { ...done.ledger, duties: [duty] } }, [["scene/s-1", 1n]]],
    ["items_finished", { items: [item] }, [["scene/s-1", 1n]]],
    ["complaints_ended", { complaints: 1n }, [["complaints", 1n]]],
    ["claims_paid", { claims: { count: 1n, amount: 1n } }, [["claims", 1n]]],
    ["archive_verified", { archived: false }, [["archive", 1n]]],
  ];
  for (const [name, change, expected] of rows) {
    const step = { id: "cut_off", until: [predicateContract.parse(name)], items: "scene" };
    assert.deepEqual(openOf(step, done), [], `${name} of nothing`);
    const found = openOf(step, { ...done, ...change });
    assert.deepEqual(
      found.map(({ of, amount }) => [of, amount]),
      expected,
      name,
    );
    const failed = failedOf(found, "5.3");
    assert.ok(
      failed.every(({ code, cap, clause }) => code === name && cap === 0n && clause === "5.3"),
    );
  }
  const names = new Set(rows.map(([name]) => name));
  assert.deepEqual(names, new Set(predicateContract.options), "every query has its row");
});

test("an item of another kind, or one that is finished or handed over, stands against nothing", () => {
  const step = { until: ["items_finished" as const], items: "scene" };
  for (const change of [
    { kind: "node" },
    { state: "finished" },
    { state: "transferred" },
  ] as const) {
    assert.deepEqual(openOf(step, { ...done, items: [{ ...item, ...change }] }), []);
  }
});

test("P4.5: what a module has left stands against its step, no other, and against the archive", () => {
  const ends = "2026-11-25T02:00:00.000Z";
  const hold = { ...duty, step: "finish", of: "payment/p-1", unit: "fen" as const, amount: "5" };
  const duties = [duty, { ...hold, ends }, { ...duty, step: "nowhere", of: "keys", amount: "0" }];
  const reality = { ...done, ledger: { ...done.ledger, duties } };
  const found = (id: string, until: "duties_done" | "archive_verified" = "duties_done") =>
    openOf({ id, until: [until] }, reality).map(({ of, amount, ends: at }) => [of, amount, at]);
  const payment = ["payment/p-1", 5n, fromIso(ends)];
  assert.deepEqual(found("finish"), [payment]);
  assert.deepEqual(found("other"), []);
  assert.deepEqual(found("archive", "archive_verified"), [["scene/s-1", 1n, null], payment]);
  const all = openOfAll(
    [
      { id: "finish", until: ["duties_done"] },
      { id: "archive", until: ["archive_verified"] },
    ],
    reality,
  );
  assert.deepEqual(
    all.map(({ of }) => of),
    ["payment/p-1", "scene/s-1"],
  );
});

test("the world is told of what a module has left by kinds, never of one payment's amount", () => {
  const at = (hour: string) => `2026-11-25T${hour}:00:00.000Z`;
  const hold = { ...duty, step: "finish", unit: "fen" as const };
  const duties = [
    { ...hold, of: "payments_open/p-1", amount: "5", ends: at("02") },
    { ...hold, of: "payments_open/p-2", amount: "7", ends: at("04") },
    { ...duty, step: "finish", of: "payments_open", amount: "3" },
  ];
  const reality = { ...done, complaints: 2n, ledger: { ...done.ledger, duties } };
  const open = openOf({ id: "finish", until: ["duties_done", "complaints_ended"] }, reality);
  assert.deepEqual(
    told(open).map(({ of, unit, amount, ends }) => [of, unit, amount, ends]),
    [
      ["payments_open", "fen", 12n, fromIso(at("04"))],
      ["payments_open", "count", 3n, null],
      ["complaints", "count", 2n, null],
    ],
  );
});

test("what several steps ask for is listed once", () => {
  const reality = {
    ...done,
    complaints: 3n,
    permits: { count: 1n, amount: 5n, last: AT as Instant },
  };
  const until = ["complaints_ended", "permits_finished"] as const;
  const open = openOfAll([{ until }, { until }, { until: ["holds_finished"] }], reality);
  assert.deepEqual(
    open.map(({ of, unit }) => `${of} ${unit}`),
    ["complaints count", "permits count", "permits fen"],
  );
});

test("what customers owe is counted once: no granted line, and no limit that counts it again", () => {
  const limit = (id: string, scope: "pilot" | "customer", cls: "OPEN" | "USE") => ({
    ...{ id, scope, measure: "amount" as const, classes: [cls] },
  });
  const limits = [
    limit("lines", "pilot", "OPEN"),
    limit("each", "customer", "USE"),
    limit("all", "pilot", "USE"),
  ];
  const stock = (id: string, amount: bigint) => ({ limit: id, unit: "fen" as const, amount });
  const stocks = [stock("lines", 900n), stock("each", 70n), stock("all", 70n)];
  const facts = factsOf({ stocks, holds: { count: 0n, last: null } }, done.ledger.at, limits);
  const open = openOf({ until: ["stocks_zero"] }, { ...done, ledger: facts });
  assert.deepEqual(
    open.map(({ of, side }) => [of, side]),
    [
      ["lines", "to_do"],
      ["each", "to_do"],
      ["all", "owed_by_customers"],
    ],
  );
  const alone = factsOf({ stocks, holds: { count: 0n, last: null } }, done.ledger.at, [
    limit("each", "customer", "USE"),
  ]);
  assert.deepEqual(
    alone.stocks.map(({ owed }) => owed),
    [true, true, true],
  );
});
