/** What a contract says to whoever breaks it: the field, what is wrong, and the form that it takes. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { fenText } from "../money/index.ts";
import { isRefusal, type Lang } from "../words/index.ts";
import { compileContract } from "./contract.ts";
import { problemOf } from "./problem.ts";

const payment = z.object({
  amount: fenText,
  merchant: z.string().min(1).max(40),
  note: z.string().max(200).optional(),
  scene: z.enum(["ride", "shop"]).default("shop"),
  tags: z.array(z.string().max(8)).max(4).optional(),
});
const paid = { amount: "38600", merchant: "m" };

function problem(answer: unknown, lang: Lang) {
  assert.ok(isRefusal(answer));
  return problemOf(answer, { lang, instance: "1" });
}

describe("a body that breaks its contract", () => {
  const check = compileContract(payment, "body");
  const situations: [string, unknown, string, string, string][] = [
    [
      "a missing field",
      { merchant: "m" },
      "/amount",
      "is needed",
      "a decimal string of fen of 1 to 17 digits",
    ],
    [
      "a float for money",
      { ...paid, amount: 386.5 },
      "/amount",
      "is of another type",
      "a decimal string of fen",
    ],
    [
      "money with a sign",
      { ...paid, amount: "-5" },
      "/amount",
      "is not written as it must be",
      "a decimal string of fen",
    ],
    [
      "an unknown field",
      { ...paid, admin: true },
      "/admin",
      "is not a field of this request",
      "left out (there are amount, merchant, note, scene, tags)",
    ],
    [
      "too long a text",
      { ...paid, merchant: "x".repeat(41) },
      "/merchant",
      "is too long",
      "text of 1 to 40 characters",
    ],
    [
      "a choice of its own",
      { ...paid, scene: "fly" },
      "/scene",
      "is not one of the choices",
      "one of ride, shop",
    ],
    [
      "a deep fault",
      { ...paid, tags: ["a", 7] },
      "/tags/1",
      "is of another type",
      "text of at most 8 characters",
    ],
    [
      "no object",
      [],
      "",
      "is of another type",
      "an object with amount, merchant, note, scene, tags",
    ],
  ];
  for (const [name, body, field, sentence, form] of situations) {
    test(`by ${name}`, () => {
      const answer = check(body);
      const english = problem(answer, "en");
      assert.deepEqual([english.code, english.field], ["contract_not_met", field]);
      assert.ok(english.detail.includes(`: ${sentence}; it must be ${form}`), english.detail);
      assert.ok(english.expected?.startsWith(form), english.detail);
      assert.doesNotMatch(
        JSON.stringify(english),
        /\p{Script=Han}|invalid input|expected string/iu,
      );
      const chinese = problem(answer, "zh");
      for (const text of [chinese.detail, chinese.remedy, chinese.expected ?? ""]) {
        assert.match(text, /\p{Script=Han}/u);
      }
    });
  }

  test("in a branch of a choice is told of that branch", () => {
    const directive = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("lift"), of: z.uuid() }),
      z.object({ kind: z.literal("close"), classes: z.array(z.enum(["OPEN", "USE"])).min(1) }),
    ]);
    const told = (body: unknown) => problem(compileContract(directive, "body")(body), "en").detail;
    assert.match(
      told({ kind: "close", classes: [] }),
      /^\/classes: has too few items; it must be a list/,
    );
    assert.match(told({ kind: "lift" }), /^\/of: is needed; it must be a UUID such as/);
    assert.match(told({ kind: "raise" }), /^\/kind: .*; it must be one of lift, close\.$/);
    assert.match(told({ kind: "lift", of: "0".repeat(36), more: 1 }), /^\/of: is not written/);
  });
});

test("what arrives as text is read as text, and told where it stands", () => {
  const query = z.object({ page: z.number().int().min(1).max(9), all: z.boolean().optional() });
  const check = compileContract(query, "query");
  assert.deepEqual(check({ page: "3", all: "true" }), { value: { page: 3, all: true } });
  const { field, detail } = problem(check({ page: "10" }), "en");
  assert.equal(field, "/query/page");
  assert.equal(detail, "/query/page: is too large; it must be a whole number of 1 to 9.");
  const missing = problem(check({}), "zh");
  assert.equal(missing.detail, "/query/page：必须填写，应为1 到 9 的整数。");
});
