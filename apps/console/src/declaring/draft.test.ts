/** A declaration goes into the fields of its form and out of them unchanged; faults name their field. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Declaration, declarationContract } from "@sandbank/sandbox/contract";
import {
  clauseFor,
  DECLARATION,
  declarationOf,
  draftFaults,
  pathsOf,
  sectionOf,
  SECTIONS,
  typedDraft,
} from "./draft.ts";
import { blankOf, type Node, nodeAt, withAt } from "./node.ts";

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

test("the next item of a list is numbered by the form", () => {
  assert.equal(clauseFor(["technology"], 2), "1.6.2");
  assert.equal(clauseFor(["form", "caps"], 3), "1.10-C3");
  assert.equal(clauseFor(["form", "risks"], 1), "5.1.1");
});
