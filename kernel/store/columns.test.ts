/** Binary columns: PostgreSQL reads what we write, in every type, null and awkward values with it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { byteaColumn, int2Column, int4Column, int8Column, statement } from "./index.ts";
import { textColumn, uuidColumn } from "./index.ts";

describe("binary columns", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.end());

  const RUNS = { numRuns: 60 };
  const same = <T>(value: T): T => value;

  /** The elements as PostgreSQL understood them, each as its text. */
  async function read(type: string, column: Buffer): Promise<(string | null)[]> {
    const asked = statement(
      `test.column_${type}`,
      `select t.v::text as v from unnest($1::${type}[]) with ordinality t(v, n) order by t.n`,
    );
    const rows = await database.owner.query<{ v: string | null }>(asked, [column]);
    return rows.map((row) => row.v);
  }

  test("texts arrive as they are, quotes, braces, NULL and every plane of Unicode among them", async () => {
    const character = fc.constantFrom(
      '"',
      "\\",
      "{",
      "}",
      ",",
      "NULL",
      "",
      " ",
      "\n",
      "沙",
      "𠮷",
      "é",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0")),
      fc.array(character).map((all) => all.join("")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async (texts) => {
        assert.deepEqual(await read("text", textColumn(texts, same)), texts);
      }),
      RUNS,
    );
  });

  test("integers arrive over their whole range", async () => {
    const int8 = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    const int4 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const int2 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(int8), fc.array(int4), fc.array(int2), async (a, b, c) => {
        const texts = a.map((value) => (value === null ? null : `${value}`));
        assert.deepEqual(await read("int8", int8Column(a, same)), texts);
        assert.deepEqual(await read("int4", int4Column(b)), b.map(String));
        assert.deepEqual(await read("int2", int2Column(c, same)), c.map(String));
      }),
      RUNS,
    );
  });

  test("ids and bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.uuid())),
        fc.array(fc.uint8Array()),
        async (ids, all) => {
          assert.deepEqual(await read("uuid", uuidColumn(ids, same)), ids);
          const hex = all.map((bytes) => `\\x${Buffer.from(bytes).toString("hex")}`);
          assert.deepEqual(await read("bytea", byteaColumn(all, same)), hex);
        },
      ),
      RUNS,
    );
  });

  test("what PostgreSQL could not hold, or would hold otherwise, is stopped before it is sent", () => {
    assert.throws(() => textColumn(["a\0b"], same), /U\+0000/);
    assert.throws(() => textColumn(["\ud800"], same), /surrogate/);
    assert.throws(() => textColumn(["沙岸"], same, 5), /a text of 6 bytes, at most 5/);
    for (const id of ["", "0199", "0199-zz", `${"0".repeat(8)}-0000-0000-0000-${"g".repeat(12)}`]) {
      assert.throws(() => uuidColumn([id], same), /not a uuid/);
    }
  });
});
