/** The search for card numbers finds each way in which somebody could have kept one, and nothing else. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { cardNumber } from "../customer.ts";
import { foundIn, formsOf } from "./leaks.ts";

const NUMBER = cardNumber(7);
const NEEDLES = formsOf([cardNumber(6), NUMBER]);

const KEPT: Readonly<Record<string, string>> = {
  "as digits": NUMBER,
  "among more digits": `1${NUMBER}2`,
  "in fours": NUMBER.replaceAll(/(.{4})(?=.)/g, "$1 "),
  "with hyphens": NUMBER.replaceAll(/(.{4})(?=.)/g, "$1-"),
  backwards: [...NUMBER].toReversed().join(""),
  "in bytes": `\\x00${Buffer.from(NUMBER).toString("hex")}ff`,
  "in base64": Buffer.from(NUMBER).toString("base64"),
  "as a hash": hash("sha256", NUMBER),
  "as a hash in capitals": hash("sm3", NUMBER).toUpperCase(),
  "as a hash in base64": hash("sha512", NUMBER, "base64"),
  "as a hash in base64url": hash("sha1", NUMBER, "base64url"),
};

for (const [way, text] of Object.entries(KEPT)) {
  test(`a number kept ${way} is found`, () => {
    assert.equal([...foundIn(`{"note":"${text}"}`, NEEDLES)].length, 1);
  });
}

test("another number, its hash, and what is shown of a number are not", () => {
  const other = cardNumber(8);
  const text = [other, hash("sha256", other), `**** ${NUMBER.slice(-4)}`, NUMBER.slice(0, 8)];
  assert.deepEqual([...foundIn(text.join(" "), NEEDLES)], []);
});
