/**
 * After a busy life no number that anybody typed stands anywhere, in no usual form, and no blind index
 * outside the vault; and who takes a copy of the database without the key guesses no number from it.
 */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { openings } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import { type BusyLife, busyLife, FIRST } from "./testing/busy.ts";
import { CARELESS, dumpOf, opened } from "./testing/thief.ts";
import { cardNumber } from "./vault/vault.fixture.ts";

/** A tenth of what `npm run test:long` tries. */
const GUESSES = 100_000;

const INDEXES = statement(
  "secrecy_test.indexes",
  "select encode(index, 'hex') as index from vault.claim",
);
const SEALED = statement(
  "secrecy_test.sealed",
  "select encode(sealed, 'hex') as sealed, commitment from vault.card",
);

describe("after a busy life", () => {
  let life: BusyLife;
  let dump = "";
  before(async () => {
    life = await busyLife();
    dump = await dumpOf(life.bed.owner);
  });
  after(() => life.bed.end());

  test("the copy has what happened in it: cards, acts, declines, looks, events, receipts", () => {
    for (const table of [
      ...["vault.card", "vault.claim", "vault.sight", "vault.rotation", "vault.erasure"],
      ...["tokens.card", "tokens.token", "tokens.decline", "tokens.card_event", "tokens.erasure"],
      ...["guard.journal", "evidence.leaf", "ledger.account"],
    ]) {
      assert.ok(dump.includes(`\n${table}`) || dump.startsWith(table), table);
    }
  });

  test("no number stands in it, as digits, in bytes or as an unkeyed hash, nor its first twelve", () => {
    for (const number of life.numbers) {
      const bytes = Buffer.from(number);
      const forms = [number, number.slice(0, 12), number.slice(4)];
      forms.push(bytes.toString("hex"), bytes.toString("base64"), [...number].reverse().join(""));
      for (const name of ["sha1", "sha256", "sha512", "md5", "sm3"]) {
        forms.push(hash(name, number), hash(name, number, "base64"));
      }
      const spaced = number.replaceAll(/(.{4})(?=.)/g, "$1 ");
      for (const form of [...forms, spaced, spaced.replaceAll(" ", "-")]) {
        assert.ok(!dump.includes(form), `found ${form} of a number`);
      }
    }
  });

  test("outside the vault there is no blind index, no sealed number and no commitment", async () => {
    const indexes = await life.bed.owner.query<{ index: string }>(INDEXES);
    const sealed = await life.bed.owner.query<{ sealed: string; commitment: string }>(SEALED);
    assert.ok(indexes.length >= 16 && sealed.length === indexes.length);
    const outside = dump.split("\n").filter((row) => !row.startsWith("vault."));
    const text = outside.join("\n");
    assert.ok(outside.length > 200, "most rows are outside");
    const secrets = [
      ...indexes.map(({ index }) => index),
      ...sealed.flatMap((one) => [one.sealed, one.commitment]),
    ];
    for (const secret of secrets) assert.ok(!text.includes(secret));
  });

  test("no opening of an act, which an auditor is given, holds a number", async () => {
    const rows = await openings(life.bed.readings, 1, { after: 0n, most: 5_000 });
    const text = JSON.stringify(rows, (_, value) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    assert.ok(text.includes("order-"), "openings are there");
    for (const number of life.numbers) assert.ok(!text.includes(number));
  });

  const guesses = function* () {
    for (let n = 0; n < GUESSES; n += 1) yield cardNumber(n);
  };

  test(`a thief without the key gets none of them by ${GUESSES.toLocaleString("en")} guesses`, (t) => {
    assert.ok(FIRST + life.numbers.length < GUESSES, "all of them are among the guesses");
    assert.deepEqual(opened(dump, guesses(), { keyed: 2 }), []);
    t.diagnostic(`${dump.length.toLocaleString("en")} characters were searched`);
  });

  for (const [way, keep] of Object.entries(CARELESS)) {
    test(`the same thief finds ${way}`, () => {
      const [number = ""] = life.numbers;
      const careless = `${dump}\nvault.careless: (${keep(number, dump)})`;
      const near = Array.from({ length: 50 }, (_, n) => cardNumber(FIRST - 10 + n));
      assert.deepEqual(opened(careless, near, { keyed: 2 }), [number]);
    });
  }
});
