/** What is masked in a comment, what stays, and the code by which its author follows it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maskNumbersIn } from "./masking.ts";
import { receiptHash, receiptOf } from "./receipt.ts";

const TABLE: readonly (readonly [string, string, string])[] = [
  ["a card by its check digit", "卡号4111111111111111。", "卡号**** 1111。"],
  ["a card in groups", "my card 4111 1111 1111 1111, thanks", "my card **** 1111, thanks"],
  ["a UnionPay card whatever its check digit", "6222021234567890123", "**** 0123"],
  ["a card of the demonstration", "9999020000000010", "**** 0010"],
  ["in full-width digits", "４１１１１１１１１１１１１１１１", "**** 1111"],
  ["an identity number", "身份证110105194912310020", "身份证1****0"],
  ["an identity number that ends in x", "11010519491231002x", "1****x"],
  ["a mobile number", "电话13812345678", "电话138****5678"],
  ["a credit code stays", "机构91990000MA00DEMA79", "机构91990000MA00DEMA79"],
  ["a credit code of digits alone stays", "911100001000054748", "911100001000054748"],
  ["an amount stays", "100000000000元", "100000000000元"],
  ["a year and a clause stay", "2026-11-26，见1.10-C1", "2026-11-26，见1.10-C1"],
];

test("card, identity and mobile numbers are masked, codes of institutions and amounts stay", () => {
  for (const [why, text, expected] of TABLE) assert.equal(maskNumbersIn(text), expected, why);
});

test("masking twice changes nothing more", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789 -xX一a") }), (text) => {
      const once = maskNumbersIn(text);
      assert.equal(maskNumbersIn(once), once);
    }),
  );
});

test("a receipt is the same for the same command, another for another, and read however typed", () => {
  const code = receiptOf("comment-1");
  assert.match(code, /^[A-HJKMNP-TV-Z2-9]{4}(-[A-HJKMNP-TV-Z2-9]{4}){3}$/);
  assert.equal(receiptOf("comment-1"), code);
  assert.notEqual(receiptOf("comment-2"), code);
  const kept = receiptHash(code);
  assert.match(kept ?? "", /^[0-9a-f]{64}$/);
  assert.equal(receiptHash(code.toLowerCase().replaceAll("-", " ")), kept);
  for (const wrong of ["", code.slice(1), `${code}A`, code.replace(/^./, "0")]) {
    assert.equal(receiptHash(wrong), undefined, wrong);
  }
});
