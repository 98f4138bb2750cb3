/** Arrays as text: what we write PostgreSQL reads, and what it writes we read. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { type Instant, toIso } from "../clock/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import {
  boolArray,
  byteaArray,
  int8Array,
  statement,
  textArray,
  timestamptz,
  timestamptzArray,
  uuidArray,
} from "./index.ts";
import { readTimestamptz } from "./wire.ts";

describe("arrays as text", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.end());

  const RUNS = { numRuns: 120 };
  const int8 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const instant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
  /** Characters that the array format gives a meaning, and words that look like nothing. */
  const awkward = fc.oneof(
    fc.constantFrom(
      "",
      "NULL",
      "null",
      "\\",
      '"',
      "{",
      "}",
      ",",
      "{}",
      '\\"',
      " ",
      "\n",
      "\t",
      "智令",
    ),
    fc.string({
      unit: fc.constantFrom('"', "\\", "{", "}", ",", " ", "a", "N", "U", "L", "𝒳", "账"),
    }),
    fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
  );

  const ECHO = {
    int8: statement("test.echo_int8", "select $1::int8[] as back, cardinality($1::int8[]) as n"),
    text: statement("test.echo_text", "select $1::text[] as back, cardinality($1::text[]) as n"),
    uuid: statement("test.echo_uuid", "select $1::uuid[] as back, cardinality($1::uuid[]) as n"),
    bytea: statement(
      "test.echo_bytea",
      "select $1::bytea[] as back, cardinality($1::bytea[]) as n",
    ),
    bool: statement("test.echo_bool", "select $1::bool[] as back, cardinality($1::bool[]) as n"),
    time: statement(
      "test.echo_time",
      "select $1::timestamptz[] as back, cardinality($1::timestamptz[]) as n",
    ),
  };

  const JSON_OF = statement("test.json_of", "select to_json($1::text[]) as json");

  /** What comes back when an array goes to PostgreSQL, both as an array and row by row. */
  async function echo(kind: keyof typeof ECHO, encoded: string): Promise<unknown> {
    const [row] = await database.owner.query<{ back: unknown[]; n: number }>(ECHO[kind], [encoded]);
    assert.equal(row?.n, row?.back.length);
    return row?.back;
  }

  function holds<T>(
    kind: keyof typeof ECHO,
    element: fc.Arbitrary<T>,
    encode: (values: (T | null)[]) => string,
  ): () => Promise<void> {
    return () =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.option(element), { maxLength: 40 }), async (values) => {
          assert.deepEqual(await echo(kind, encode(values)), values);
        }),
        RUNS,
      );
  }

  test("int8 arrays come back as they went, with nulls", holds("int8", int8, int8Array));
  test("text arrays come back whatever they hold", holds("text", awkward, textArray));
  test("text arrays mean the same to PostgreSQL's own JSON, which our reader has no part in", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.option(awkward), { maxLength: 40 }), async (values) => {
        const [row] = await database.owner.query<{ json: unknown }>(JSON_OF, [textArray(values)]);
        assert.deepEqual(row?.json, values);
      }),
      RUNS,
    ));
  test("uuid arrays come back as they went", holds("uuid", fc.uuid(), uuidArray));
  test("bool arrays come back as they went", holds("bool", fc.boolean(), boolArray));
  test(
    "bytea arrays come back as they went",
    holds(
      "bytea",
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      byteaArray,
    ),
  );
  test(
    "instants come back to the millisecond, from year 1 to 9999",
    holds("time", instant as fc.Arbitrary<Instant>, timestamptzArray),
  );

  test("numbers are taken where they are whole and safe", () => {
    assert.equal(int8Array([1, 2n, null, -3]), "{1,2,NULL,-3}");
    assert.throws(() => int8Array([1.5]), RangeError);
    assert.throws(() => int8Array([Number.NaN]), RangeError);
    assert.throws(() => int8Array([2 ** 53]), RangeError);
  });

  test("text that PostgreSQL cannot hold is a bug of the caller", () => {
    assert.throws(() => textArray(["a\0b"]), RangeError);
    assert.throws(() => textArray(["\ud800"]), RangeError);
  });

  test("an instant is written by RFC 3339 and read back from PostgreSQL's form", () => {
    fc.assert(
      fc.property(instant, (ms) => {
        assert.equal(timestamptz(ms as Instant), toIso(ms as Instant));
      }),
    );
    assert.equal(
      readTimestamptz("2026-11-24 18:28:55.123456+08"),
      Date.UTC(2026, 10, 24, 10, 28, 55, 123),
    );
    assert.equal(
      readTimestamptz("2026-11-24 10:28:55.1-03:30"),
      Date.UTC(2026, 10, 24, 13, 58, 55, 100),
    );
    assert.equal(readTimestamptz("0001-01-01 00:00:00+00"), -62_135_596_800_000);
    assert.throws(() => readTimestamptz("infinity"), RangeError);
    assert.throws(() => timestamptz(0.5 as Instant), RangeError);
    assert.throws(() => timestamptz(253_402_300_800_000 as Instant), RangeError);
  });

  test("columns arrive as the types that the project works with", async () => {
    const COLUMNS = statement(
      "test.columns",
      `select 9007199254740993::int8 as int8, 7::int4 as int4, '2026-11-24'::date as date,
            '2026-11-24T10:00:00.5Z'::timestamptz as time, '\\x00ff'::bytea as bytea,
            1.10::numeric as numeric, '{"a":1}'::jsonb as json, '{2026-01-01,NULL}'::date[] as dates,
            '3 days'::interval as interval, null::timestamptz as nothing`,
    );
    const [row] = await database.owner.query(COLUMNS);
    assert.deepEqual(
      { ...row },
      {
        int8: 9_007_199_254_740_993n,
        int4: 7,
        date: "2026-11-24",
        time: Date.UTC(2026, 10, 24, 10, 0, 0, 500),
        bytea: Buffer.from([0, 255]),
        numeric: "1.10",
        json: { a: 1 },
        dates: ["2026-01-01", null],
        interval: "3 days",
        nothing: null,
      },
    );
  });
});
