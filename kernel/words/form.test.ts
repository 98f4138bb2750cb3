/** What forms and breaches of contracts are called, and that no code of the library goes unsaid. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { brokenBy, formOf, nodesAt, pointerOf } from "./index.ts";

const schemaOf = (contract: z.ZodType) =>
  z.toJSONSchema(contract, { io: "input", unrepresentable: "any" }) as Record<string, unknown>;

describe("a form is said in words", () => {
  const own = { zh: "年月", en: "a month" };
  const rows: [z.ZodType, string, string][] = [
    [z.string(), "text", "文本"],
    [z.string().min(1).max(80), "text of 1 to 80 characters", "1 到 80 个字符的文本"],
    [z.string().max(8), "text of at most 8 characters", "至多 8 个字符的文本"],
    [z.string().length(4), "text of 4 characters", "4 个字符的文本"],
    [
      z.string().regex(/^[1-9][0-9]{0,17}$/),
      "a whole number above 0 of 1 to 18 digits, as text",
      "大于 0 的整数，1 到 18 位，写成文本",
    ],
    [
      z.string().regex(/^(0|[1-9][0-9]{0,16})$/),
      "a whole number of 1 to 17 digits, as text",
      "整数，1 到 17 位，写成文本",
    ],
    [
      z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/),
      "1 to 80 characters of A–Z a–z 0–9 _ . : -",
      "1 到 80 个字符，可用 A–Z a–z 0–9 _ . : -",
    ],
    [
      z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
      "2 to 40 characters of a–z 0–9 -, the first of a–z",
      "2 到 40 个字符，可用 a–z 0–9 -，首字符为 a–z",
    ],
    [z.string().regex(/^[0-9]{11}$/), "11 characters of 0–9", "11 个字符，可用 0–9"],
    [z.string().regex(/^\d{4}$/), "4 characters of 0–9", "4 个字符，可用 0–9"],
    [z.string().regex(/^a|b$/), "text of the form ^a|b$", "符合 ^a|b$ 的文本"],
    [
      z
        .string()
        .regex(/^20[0-9]{2}$/)
        .meta({ "x-form": own }),
      "a month",
      "年月",
    ],
    [
      z.uuid(),
      "a UUID such as 0199a3c4-7d1e-7c3a-9b5e-2f6d8e1a4b70",
      "UUID，如 0199a3c4-7d1e-7c3a-9b5e-2f6d8e1a4b70",
    ],
    [z.number().int(), "a whole number", "整数"],
    [z.number().int().min(1).max(9), "a whole number of 1 to 9", "1 到 9 的整数"],
    [z.number().min(2), "a number of at least 2", "至少 2 的数"],
    [z.boolean(), "true or false", "true 或 false"],
    [z.literal("CNY"), "CNY", "CNY"],
    [z.enum(["OPEN", "USE"]), "one of OPEN, USE", "以下之一：OPEN、USE"],
    [
      z
        .array(z.enum(["a", "b"]))
        .min(1)
        .max(2),
      "a list of 1 to 2 items, each one of a, b",
      "1 到 2 项的列表，每项为以下之一：a、b",
    ],
    [z.object({ zh: z.string(), en: z.string() }), "an object with zh, en", "对象，可含 zh, en"],
    [
      z.string().max(3).nullable(),
      "text of at most 3 characters, or null",
      "至多 3 个字符的文本，或null",
    ],
  ];
  for (const [contract, en, zh] of rows) {
    test(en, () => assert.deepEqual(formOf(schemaOf(contract)), { zh, en }));
  }
});

const directive = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lift"), of: z.uuid() }),
  z.strictObject({ kind: z.literal("close"), classes: z.array(z.enum(["OPEN", "USE"])).min(1) }),
]);

describe("a breach names its field, what is wrong and what is expected", () => {
  const rows: [string, z.ZodType, unknown, string, string, string][] = [
    [
      "invalid_type",
      z.object({ a: z.string().max(3) }),
      {},
      "/a",
      "is needed",
      "text of at most 3 characters",
    ],
    ["invalid_type", z.object({ a: z.string() }), { a: 1 }, "/a", "is of another type", "text"],
    [
      "invalid_value",
      z.object({ a: z.enum(["x", "y"]) }),
      { a: "z" },
      "/a",
      "is not one of the choices",
      "one of x, y",
    ],
    [
      "invalid_format",
      z.object({ a: z.uuid() }),
      { a: "z" },
      "/a",
      "is not written as it must be",
      "a UUID such as",
    ],
    [
      "invalid_union",
      directive,
      { kind: "raise" },
      "/kind",
      "is not one of the choices",
      "one of lift, close",
    ],
    [
      "invalid_value",
      directive,
      { kind: "close", classes: ["ALL"] },
      "/classes/0",
      "is not one of the choices",
      "one of OPEN, USE",
    ],
    [
      "invalid_union",
      z.union([z.string(), z.number()]),
      true,
      "",
      "is not one of the choices",
      "text, or a number",
    ],
    [
      "invalid_key",
      z.record(z.string().max(1), z.number()),
      { ab: 1 },
      "/ab",
      "has a name that is not taken",
      "a number",
    ],
    [
      "too_small",
      z.object({ a: z.string().min(2) }),
      { a: "" },
      "/a",
      "is too short",
      "text of at least 2 characters",
    ],
    [
      "too_small",
      z.array(z.string()).min(1),
      [],
      "",
      "has too few items",
      "a list of at least 1 items",
    ],
    ["too_small", z.number().min(2), 1, "", "is too small", "a number of at least 2"],
    ["too_big", z.string().max(2), "abc", "", "is too long", "text of at most 2 characters"],
    [
      "too_big",
      z.array(z.string()).max(1),
      ["a", "b"],
      "",
      "has too many items",
      "a list of at most 1 items",
    ],
    ["too_big", z.number().max(2), 3, "", "is too large", "a number of at most 2"],
    [
      "not_multiple_of",
      z.number().multipleOf(5),
      3,
      "",
      "is not a multiple that is taken",
      "a number",
    ],
    [
      "unrecognized_keys",
      z.strictObject({ a: z.string() }),
      { a: "", b: 1 },
      "/b",
      "is not a field of this request",
      "left out (there are a)",
    ],
    ["custom", z.string().refine(() => false), "x", "", "does not meet the contract", "text"],
  ];
  for (const [code, contract, value, field, rule, form] of rows) {
    test(`${code}: ${rule}`, () => {
      const { error } = contract.safeParse(value);
      const schema = schemaOf(contract);
      const broken = brokenBy(error?.issues[0], { schema, value });
      assert.deepEqual([broken.field, broken.rule.en], [field, rule]);
      assert.ok(broken.form.en.startsWith(form), broken.form.en);
      assert.doesNotMatch(broken.rule.en + broken.form.en, /invalid|expected|received/i);
      assert.match(broken.rule.zh, /\p{Script=Han}/u);
    });
  }

  test("without an issue there are words all the same", () => {
    const { field, rule } = brokenBy(undefined, { schema: {}, value: 1 });
    assert.deepEqual([field, rule.zh], ["", "不符合约定"]);
  });
});

test("a place in a choice has the forms of every branch that has it", () => {
  const schema = schemaOf(directive);
  assert.deepEqual(
    nodesAt(schema, ["kind"]).map((one) => one["const"]),
    ["lift", "close"],
  );
  assert.equal(nodesAt(schema, ["classes", "3"]).length, 1);
  assert.deepEqual(nodesAt(schema, ["nothing", "here"]), []);
});

test("a pointer escapes what pointers escape, and is never longer than 400 characters", () => {
  assert.equal(pointerOf(["a/b", "c~d"]), "/a~1b/c~0d");
  assert.equal(pointerOf(Array.from({ length: 99 }, () => "x".repeat(99))).length, 400);
});
