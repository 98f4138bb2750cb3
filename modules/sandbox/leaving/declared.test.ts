/** A pilot that was drafted here leaves by the plan of its own declaration, version by version. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { planLeaf, planOf } from "../exit/plan.ts";
import { SYSTEM } from "../testing/bed.ts";
import { DRAFTED } from "../testing/declared.ts";
import { CLOSES, codeOf, DRAFTER, tested, type Walk, walk } from "../testing/walk.ts";

const pilot = DRAFTED;
const DAY = 86_400_000;
const text = { zh: "演示用说明", en: "a text of the test" };
const evidence = "a1".repeat(32);
const STRANGER: Principal = { ...DRAFTER, id: "operator-sun", organisation: "sandbar-bank" };

/** The beginning of a day in Beijing, counted from the end of the consultation. */
const midnight = (days: number) => toIso((CLOSES + days * DAY) as Instant);

const PLAN_LEAVES = statement(
  "test.exit_plan_leaves",
  `select body::jsonb as leaf from evidence.leaf
    where partition = 0 and body like '%"t":"exit_plan"%' order by idx`,
);

/** The same declaration with ten days for its second step, which are three more. */
const slower = (body: Declaration): Declaration => {
  const plan = body.form?.exitPlan;
  assert.ok(body.form && plan);
  const steps = plan.steps.map((step, at) => (at === 1 ? { ...step, days: 10 } : step));
  return { ...body, form: { ...body.form, exitPlan: { ...plan, steps } } };
};

describe("S6: a pilot that was drafted here leaves by its own plan", () => {
  let one: Walk;
  const leaves = async () => {
    const rows = await one.bed.database.owner.query<{ leaf: { seq: string } }>(PLAN_LEAVES);
    return rows.map(({ leaf: { seq: _, ...leaf } }) => leaf);
  };
  const standing = () => one.bed.sandbox.exits.standing(pilot);
  const close = (step: string, by: Principal, more: object = {}) =>
    one.ask("sandbox.close_exit_step", { pilot, step, evidence, ...more }, by);

  before(async () => {
    one = await walk();
    await tested(one);
  });
  after(() => one.end());

  test("arming puts the hash of the plan into the log, and a dry run knows its days and cost", async () => {
    const plan = planOf({ slug: pilot, declaration: 1, body: one.body });
    assert.ok(plan);
    assert.deepEqual(await leaves(), [planLeaf(plan)]);
    const dry = await one.bed.sandbox.exits.dryRun(pilot);
    assert.deepEqual([dry?.begun, dry?.planDays, dry?.planCostFen], [false, 35, "0"]);
  });

  test("three days more are a material change, and once adopted the exit is that of version 2", async () => {
    await one.revise(slower(one.body));
    const asked = await one.signed("request_change");
    assert.ok(asked.kind === "accepted", codeOf(asked));
    const { change, weights } = asked.answer as { change: string; weights: string[] };
    assert.deepEqual(weights, ["exit_weakened"]);
    assert.equal((await one.bed.sandbox.exits.dryRun(pilot))?.planDays, 35, "not adopted yet");
    await one.turn(CLOSES + 8 * DAY);
    assert.equal(await one.byTwo("sandbox.adopt_change", { pilot, change }), "accepted");
    assert.equal((await leaves()).length, 2);
    assert.equal((await one.bed.sandbox.exits.dryRun(pilot))?.planDays, 38);
    assert.equal(
      await one.byTwo("sandbox.begin_exit", { pilot, reason: text, notice: text }),
      "accepted",
    );
    const at = await standing();
    assert.deepEqual(
      [at?.planFrom, at?.planVersion, at?.steps.map(({ id }) => id)],
      ["declared", 2, ["stop", "settle", "delete_data", "people", "archive"]],
    );
    const stated = (await leaves()) as { hash: string }[];
    assert.deepEqual(
      stated.slice(1).map(({ hash }) => hash),
      [at?.planHash, at?.planHash],
      "the log says the same of the change and of the beginning",
    );
  });

  test("a step is due at the end of its last day in Beijing, counted from its opening", async () => {
    assert.equal(await close("stop", STRANGER), "exit_of_another_institution");
    assert.equal(
      await close("stop", DRAFTER),
      "exit_obligations_outstanding",
      "it must stop first",
    );
    const at = midnight(8);
    const obeys = { pilot, version: 4, served: 9, at };
    assert.equal(await one.ask("sandbox.acknowledge_policy", obeys, SYSTEM), "accepted");
    assert.equal(await close("stop", DRAFTER), "accepted");
    const [first, second] = (await standing())?.steps ?? [];
    assert.ok(first && second);
    assert.deepEqual([first.days, first.dueBy], [7, midnight(16)]);
    assert.deepEqual([second.days, second.dueBy, second.state], [10, midnight(19), "open"]);
    assert.equal((await one.bed.sandbox.exits.dryRun(pilot))?.planDays, 31, "a step less");
  });

  test("its own items are asked for, of its own kinds", async () => {
    assert.equal(await close("settle", DRAFTER), "accepted");
    const kind = "certificate";
    const report = (item: object) => one.ask("sandbox.report_exit_item", { pilot, item }, DRAFTER);
    const listed = { event: "list", kind, ref: "c-1" };
    assert.equal(await report({ ...listed, kind: "scene" }), "exit_item_kind_unknown");
    assert.equal(await report(listed), "accepted");
    const compliance: Principal = { ...DRAFTER, id: "he", roles: ["compliance_officer"] };
    const closing = () => close("delete_data", compliance, { items: 1 });
    assert.equal(await closing(), "exit_obligations_outstanding");
    assert.equal(await report({ event: "finish", kind, ref: "c-1", evidence }), "accepted");
    assert.equal(await closing(), "accepted");
  });
});
