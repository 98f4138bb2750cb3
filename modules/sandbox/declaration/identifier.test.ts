/** The identifiers' arithmetic on real published codes and on every single wrong character. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { leiChecks, numberChecks, usccChecks } from "./identifier.ts";

const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

test("a unified social credit code is right only with its own check character", () => {
  const table: [string, boolean, string][] = [
    ["911100001000054748", true, "as published in a declaration number"],
    ["911100001000054749", false, "check character one up"],
    ["911100001000054784", false, "last two exchanged"],
    ["91110000100005474", false, "17 characters"],
    ["91110000100005474I", false, "the letter I is not in the alphabet"],
    ["", false, "empty"],
  ];
  for (const [code, expected, why] of table) assert.equal(usccChecks(code), expected, why);
});

test("an LEI is right only when mod 97 gives 1: the published zero fails, the letter O passes", () => {
  const table: [string, boolean, string][] = [
    ["549300E7TSGLC0VSY746", false, "as published with the digit 0"],
    ["549300E7TSGLCOVSY746", true, "as published with the letter O"],
    ["549300E7TSGLCOVSY764", false, "check digits exchanged"],
    ["549300e7tsglcovsy746", false, "small letters"],
    ["549300E7TSGLCOVSY74", false, "19 characters"],
  ];
  for (const [code, expected, why] of table) assert.equal(leiChecks(code), expected, why);
});

test("a pilot's number carries a right credit code, a year and a sequence from 0001", () => {
  assert.equal(numberChecks("911100001000054748-2020-0002"), true);
  assert.equal(numberChecks("911100001000054748-2020-0000"), false);
  assert.equal(numberChecks("911100001000054749-2020-0002"), false);
  assert.equal(numberChecks("911100001000054748-20-0002"), false);
});

test("any single wrong character of a right credit code is noticed", () => {
  const right = "911100001000054748";
  const change = fc.tuple(fc.nat(17), fc.nat(30));
  fc.assert(
    fc.property(change, ([place, letter]) => {
      const wrong = right.slice(0, place) + USCC_ALPHABET[letter] + right.slice(place + 1);
      assert.equal(usccChecks(wrong), wrong === right);
    }),
  );
});
