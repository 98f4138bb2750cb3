/** The user statement from its sources, what asks customers again, and consents on a real guard. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import type { CheckRule } from "@sandbank/kernel/guard";
import { VISITOR } from "@sandbank/kernel/http";
import { askerOf } from "@sandbank/kernel/http/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { shippedAdmissions } from "../admission/admission.ts";
import { hashOf } from "../declaration/declaration.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import { type Bed, PILOT, sandboxBed } from "../testing/bed.ts";
import { codeOf, type PermitBed, permitBed } from "../testing/permits.ts";
import { isMaterial, restate, type Stated, statementOf } from "./statement.ts";
import {
  type StatementBody,
  statementBodyContract,
  statementsContract,
} from "./statement.contract.ts";

const admission = shippedAdmissions().find((one) => one.pilot === "mortgage-credit")!;
const declaration = shippedDeclarations().find((one) => one.pilot === "mortgage-credit")!;
const period = { from: "2026-11-24T00:00:00.000Z", to: "2028-11-23T16:00:00.000Z" };
const stated: Stated = { declaration, version: 1, hash: hashOf(declaration), admission, period };
const body = statementOf(stated);
const NOW = fromIso("2026-11-24T00:00:00Z");

test("用户明示: everything that a customer must be told, in both languages, from declaration and terms", () => {
  statementBodyContract.parse(body);
  assert.match(body.test.zh, /测试/);
  assert.deepEqual(
    body.limits.map(({ id, clause }) => [id, clause]),
    [["customer_outstanding", "1.10-C3"]],
  );
  assert.deepEqual(body.purposes, ["this_loan"]);
  assert.deepEqual(body.operators, [
    { role: "lender", name: { zh: "檐下银行（虚构）", en: "Eaves Bank (fictional)" } },
  ]);
  assert.equal(body.declaration.hash, hashOf(declaration));
  assert.deepEqual(body.compensation, declaration.compensation.text);
  assert.equal(body.rights.length, 5);
});

test("what asks the customers again, and what does not", () => {
  const [limit] = body.limits;
  assert.ok(limit);
  const text = { zh: "另一种说法", en: "put otherwise" };
  const partner = {
    role: "partner",
    name: { zh: "候鸟旅居（虚构）", en: "Swallow Stays (fictional)" },
  };
  const rows: readonly (readonly [string, Partial<StatementBody>, boolean])[] = [
    ["another partner", { operators: [...body.operators, partner] }, true],
    ["a partner less", { operators: [] }, false],
    ["another purpose", { purposes: ["this_loan", "marketing"] }, true],
    ["a purpose less", { purposes: [] }, false],
    ["a higher limit", { limits: [{ ...limit, cap: "1000000001" }] }, true],
    ["a limit less", { limits: [] }, true],
    ["a lower limit", { limits: [{ ...limit, cap: "999999999" }] }, false],
    ["a limit more", { limits: [limit, { ...limit, id: "another" }] }, false],
    ["other compensation", { compensation: text }, true],
    ["another exit", { exit: text }, true],
    ["a longer test", { period: { ...body.period, days: 731 } }, true],
    [
      "a later test as long",
      { period: { ...body.period, from: "2026-12-01T00:00:00.000Z" } },
      false,
    ],
    ["another wording of the risks", { risks: text }, false],
    ["a declaration of the same sense", { declaration: { version: 2, hash: "0" } }, false],
  ];
  for (const [name, more, material] of rows) {
    assert.equal(isMaterial(body, { ...body, ...more }), material, name);
  }
});

test("versions count up; consents count from the last material one on", () => {
  const first = restate(null, stated, NOW);
  assert.deepEqual([first.material, first.changes.length], [1, 1]);
  const row = { version: 1, material: 1, hash: hashOf(body), body };
  assert.deepEqual(restate(row, stated, NOW), { material: 1, changes: [], leaves: [] });
  const editorial = restate(row, { ...stated, version: 2 }, NOW);
  assert.deepEqual([editorial.material, editorial.changes[0]?.row["version"]], [1, 2]);
  const longer = { ...stated, admission: { ...admission, periodDays: 731 } };
  const material = restate({ ...row, version: 2 }, longer, NOW);
  assert.deepEqual([material.material, material.changes[0]?.row["version"]], [3, 3]);
  assert.deepEqual(material.leaves, [
    {
      t: "user_statement",
      pilot: "mortgage-credit",
      version: 3,
      material: 3,
      hash: hashOf(statementOf(longer)),
    },
  ]);
});

describe("a statement is published with the policy that it belongs to", () => {
  let bed: Bed;
  before(async () => {
    bed = await sandboxBed();
    await bed.started();
  });
  after(() => bed.end());

  test("for everybody, with version and a hash that anybody can compute", async () => {
    const ask = askerOf(bed.sandbox.routes, { principal: VISITOR });
    const told: unknown = await ask("GET /api/pilots/{slug}/statements", {
      params: { slug: PILOT },
    });
    const { versions, consentRequired } = statementsContract.parse(told);
    assert.equal(consentRequired, false);
    const [latest] = versions;
    assert.ok(latest);
    assert.equal(latest.hash, hashOf(latest.statement));
    assert.equal(latest.material, 1, "that the dates of the test were fixed asks nobody again");
  });
});

const RESERVE = "POST /api/permits/{slug}";
const CONSENTS = "POST /api/permits/{slug}/consents";

describe("consents", () => {
  let bed: PermitBed;
  let count = 0;
  const hashes = ["a".repeat(64), "b".repeat(64)];
  const reserve = (cls: string, customer: string) =>
    bed.ask(RESERVE, { body: { id: `n-${++count}`, class: cls, customer } });
  const consent = (customer: string, version: number) => {
    const one = { customer, version, hash: hashes[version - 1], channel: "app" };
    return bed.ask(CONSENTS, { body: { consents: [{ ...one, at: "2026-11-25T00:00:00Z" }] } });
  };
  const held = (version: number): CheckRule => ({
    ...{ kind: "consent", version, classes: ["OPEN", "USE"], clause: "6" },
  });

  before(async () => {
    bed = await permitBed();
    await bed.turn("2026-11-26T02:00:00.000Z");
    await bed.state(hashes);
    await bed.policy({ checks: [held(1)] });
  });
  after(() => bed.end());

  test("without one neither OPEN nor USE is granted; SERVICE always is", async () => {
    assert.equal(codeOf(await reserve("OPEN", "c-1")), "consent_not_current");
    assert.equal(codeOf(await reserve("USE", "c-1")), "consent_not_current");
    assert.equal(codeOf(await reserve("SERVICE", "c-1")), "reserved");
  });

  test("a consent to what was shown counts, told twice it is one, and only for its customer", async () => {
    const accepted = { results: [{ customer: "c-1", outcome: "accepted" }] };
    assert.deepEqual(await consent("c-1", 1), accepted);
    assert.deepEqual(await consent("c-1", 1), accepted);
    assert.equal(codeOf(await reserve("OPEN", "c-1")), "reserved");
    assert.equal(codeOf(await reserve("USE", "c-2")), "consent_not_current");
  });

  test("what was never published cannot be consented to, nor tomorrow today", async () => {
    const one = { customer: "c-3", version: 1, hash: "c".repeat(64), channel: "app" };
    const wrong = { ...one, at: "2026-11-25T00:00:00Z" };
    assert.equal(
      codeOf(await bed.ask(CONSENTS, { body: { consents: [wrong] } })),
      "statement_unknown",
    );
    const early = { ...one, hash: hashes[0], at: "2026-11-27T00:00:00Z" };
    assert.deepEqual(await bed.ask(CONSENTS, { body: { consents: [early] } }), {
      results: [{ customer: "c-3", outcome: "refused", code: "consent_from_the_future" }],
    });
  });

  test("a material version stops OPEN and USE of whoever has not renewed, at one instant for 64 clients", async () => {
    await Promise.all(Array.from({ length: 64 }, (_, n) => consent(`k-${n}`, 1)));
    const asking = Array.from({ length: 64 }, (_, n) => reserve("USE", `k-${n}`));
    await bed.policy({ checks: [held(2)] });
    const answers = await Promise.all(asking);
    assert.ok(answers.every((one) => !isRefusal(one) || one.code === "consent_not_current"));
    const again = await Promise.all(Array.from({ length: 64 }, (_, n) => reserve("USE", `k-${n}`)));
    assert.ok(again.every((one) => codeOf(one) === "consent_not_current"));
    assert.equal(codeOf(await reserve("SERVICE", "k-0")), "reserved");
    await consent("k-0", 2);
    assert.equal(codeOf(await reserve("USE", "k-0")), "reserved");
    assert.equal(codeOf(await reserve("OPEN", "k-1")), "consent_not_current");
  });
});
