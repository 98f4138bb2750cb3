/** What the grammar of structured fields allows and what it does not, one row for each rule. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Bare, type Item, readDictionary, stringText } from "./structured.ts";

const bareOf = (field: string): Bare | undefined => {
  const member = readDictionary(`a=${field}`)?.get("a");
  return member === undefined || "list" in member ? undefined : member.bare;
};

describe("an item", () => {
  const read: readonly (readonly [string, Bare["kind"], Bare["value"]])[] = [
    ["0", "integer", 0],
    ["-0", "integer", -0],
    ["00", "integer", 0],
    ["999999999999999", "integer", 999_999_999_999_999],
    ["-12.125", "decimal", -12.125],
    ["123456789012.1", "decimal", 123_456_789_012.1],
    ['""', "string", ""],
    [String.raw`"a\"b\\c"`, "string", String.raw`a"b\c`],
    ["a:b/*", "token", "a:b/*"],
    ["*t", "token", "*t"],
    ["::", "bytes", Buffer.alloc(0)],
    [":aGVsbG8=:", "bytes", Buffer.from("hello")],
    ["?1", "boolean", true],
    ["?0", "boolean", false],
    ["@1659578233", "date", 1_659_578_233],
    ["@-1", "date", -1],
  ];
  for (const [field, kind, value] of read) {
    test(`${field} is read`, () => assert.deepEqual(bareOf(field), { kind, value }));
  }

  const refused = [
    ...["1000000000000000", "1234567890123.1", "1.1234", "1.", ".1", "--1", "+1", "1..2", "1.2.3"],
    ...['"', '"a', String.raw`"\a"`, '"é"', '"\u007f"', '"a\nb"', "'a'"],
    ...[":a:", ":aGVsbG8:", ":aGVsbG9=:", ":aGVs bG8=:", ":aGVsbG8=", ":_-==:"],
    ...["?", "?2", "?true", "@", "@1.5", "@a", '%"a"', "", " ", "(", ")", "é"],
  ];
  for (const field of refused) {
    test(`${JSON.stringify(field)} is not`, () => assert.equal(bareOf(field), undefined));
  }
});

describe("a dictionary", () => {
  test("has members in their order, each with its parameters", () => {
    const read = readDictionary('  sig1=("a" "b";x);created=1;keyid="k" ,\tb;q=?0,c  ');
    assert.deepEqual([...(read?.keys() ?? [])], ["sig1", "b", "c"]);
    const list = read?.get("sig1");
    assert.ok(list !== undefined && "list" in list);
    assert.deepEqual(
      list.list.map(({ bare }) => bare.value),
      ["a", "b"],
    );
    assert.deepEqual([...list.parameters.keys()], ["created", "keyid"]);
    assert.deepEqual([...(list.list[1]?.parameters.keys() ?? [])], ["x"]);
    const b = read?.get("b") as Item;
    assert.deepEqual([b.bare.value, b.parameters.get("q")?.value], [true, false]);
  });

  test("may be empty, and an inner list too", () => {
    assert.equal(readDictionary("")?.size, 0);
    const list = readDictionary("a=( )")?.get("a");
    assert.ok(list !== undefined && "list" in list && list.list.length === 0);
  });

  const refused = [
    ...["a=1,", ",a=1", "a=1,,b=2", "a=1 b=2", "a =1", "a= 1", "A=1", "1=1", "a=1;", "a=1; =2"],
    ...["\ta=1", 'a=("b""c")', 'a=("b"', 'a="b")', "a=(1  2", "a=1;B=2", "é=1", "a=1\n"],
    // Names that come twice: the standard takes the last, we take neither.
    ...["a=1, a=2", "a=1;b=1;b=2", "a=(1;b;b)"],
  ];
  for (const field of refused) {
    test(`${JSON.stringify(field)} is none`, () => assert.equal(readDictionary(field), undefined));
  }

  test("is read up to a length, and only from text", () => {
    assert.ok(readDictionary(`a="${"b".repeat(4_000)}"`));
    assert.equal(readDictionary(`a="${"b".repeat(5_000)}"`), undefined);
    for (const none of [undefined, null, 7, ["a=1"]]) assert.equal(readDictionary(none), undefined);
  });
});

test("a string is written as it is read, and what it cannot say is a bug", () => {
  for (const said of ["", 'a"b', String.raw`\ "\\"`]) {
    assert.equal(bareOf(stringText(said))?.value, said);
  }
  assert.throws(() => stringText("é"), /visible ASCII/);
});
