/** A declaration goes into the fields of its form and out of them unchanged; faults name their field. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Declaration, declarationContract, planContract } from "@sandbank/sandbox/contract";
import {
  clauseFor,
  DECLARATION,
  declarationOf,
  draftFaults,
  flawsTyped,
  pathsOf,
  PLAN,
  sectionOf,
  SECTIONS,
  typedDraft,
  typedPlan,
} from "./draft.ts";
import { blankOf, type Node, nodeAt, swapped, type Typed, valueAt, withAt } from "./node.ts";

const WHOLE = new URL("../../../../scenarios/regulator-year/harbour-pay.json", import.meta.url);
const whole = declarationContract.parse(JSON.parse(readFileSync(WHOLE, "utf8"))) as Declaration;

test("what is typed in becomes the same declaration again", () => {
  assert.deepEqual(declarationOf(typedDraft(whole)), whole);
  assert.deepEqual(draftFaults(whole), []);
});

test("what nobody has said stays unsaid: no region is not the whole country", () => {
  const form = { ...whole.form, regions: null, partners: null, hours: null } as Declaration["form"];
  const part = { ...whole, form };
  assert.deepEqual(declarationOf(typedDraft(part)), part);
});

test("an empty draft says what the contract asks for, by field", () => {
  const faults = draftFaults(declarationOf(typedDraft()));
  const named = faults.map(({ path, kind }) => `${path.join(".")} ${kind}`);
  assert.ok(named.includes("pilot empty"));
  assert.ok(named.includes("name.zh empty"));
  assert.ok(named.includes("institutions few"));
  assert.equal(
    faults.some(({ path }) => path[0] === "compensation"),
    false,
    "a provision may still be silent",
  );
});

test("a credit code that does not check is named by its field", () => {
  const path = ["institutions", "0", "uscc"];
  const typed = withAt(typedDraft(whole), path, "91990000MA00DEMA78");
  assert.deepEqual(draftFaults(declarationOf(typed)), [{ path, kind: "uscc" }]);
  const short = withAt(typedDraft(whole), path, "91990000");
  assert.deepEqual(draftFaults(declarationOf(short)), [{ path, kind: "form" }]);
});

test("a part that is begun from nothing has what nobody can choose: the currency of a pledge", () => {
  const path = ["form", "pledge"];
  const node = nodeAt(DECLARATION, path);
  assert.ok(node.kind === "maybe");
  const begun = withAt(typedDraft(whole), path, blankOf(node.inner));
  const { form } = declarationOf(begun) as Declaration;
  assert.equal(form?.pledge?.currency, "CNY");
});

test("every section has its fields, and every field its section", () => {
  const kinds = (node: Node): boolean => node.kind !== "kept";
  for (const section of SECTIONS) {
    for (const path of pathsOf(section)) {
      assert.ok(kinds(nodeAt(DECLARATION, path)), `${section} has no field ${path.join(".")}`);
      assert.equal(sectionOf(path), section);
    }
  }
});

test("a template goes into the fields, and what it leaves open is said before anybody submits", () => {
  const shipped = new URL("../../../../modules/sandbox/plans/phone-pos.json", import.meta.url);
  const { pilot, from, label, ...plan } = planContract.parse(
    JSON.parse(readFileSync(shipped, "utf8")),
  );
  assert.deepEqual([pilot, from, label.zh.length > 0], ["phone-pos", "source", true]);
  const typed = withAt(typedDraft(whole), PLAN, typedPlan(plan));
  const { form } = declarationOf(typed) as Declaration;
  assert.deepEqual(form?.exitPlan, plan);
  assert.deepEqual(draftFaults(declarationOf(typed)), []);
  const codes = flawsTyped(typed).map(({ code }) => code);
  assert.deepEqual(new Set(codes), new Set(["exit_leaves_data_kept", "exit_step_without_term"]));
  assert.deepEqual(flawsTyped(typedDraft(whole)), []);
});

test("steps change places, and a step that is moved before the close is a flaw", () => {
  const path = [...PLAN, "steps"];
  const typed = typedDraft(whole);
  const steps = valueAt(typed, path) as readonly Typed[];
  const moved = swapped(swapped(steps, 2, 1), 1, 0);
  const ids = (list: readonly Typed[]) => list.map((one) => valueAt(one, ["id"]));
  assert.deepEqual(ids(moved).slice(0, 3), ["settle", "stop", "tell"]);
  const [flaw] = flawsTyped(withAt(typed, path, moved));
  assert.equal(flaw?.code, "exit_step_before_the_close");
  const node = nodeAt(DECLARATION, path);
  assert.ok(node.kind === "list" && node.isOrdered);
  const caps = nodeAt(DECLARATION, ["form", "caps"]);
  assert.ok(caps.kind === "list" && !caps.isOrdered);
});

test("the next item of a list is numbered by the form", () => {
  assert.equal(clauseFor(["technology"], 2), "1.6.2");
  assert.equal(clauseFor(["form", "caps"], 3), "1.10-C3");
  assert.equal(clauseFor(["form", "risks"], 1), "5.1.1");
});
