/** The code by which somebody follows what he wrote, and how it is read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { receiptCode, receiptHash } from "./receipt.ts";

const SALT = new Uint8Array(16).fill(7);

test("a receipt is the same for the same salt and another for another", () => {
  const code = receiptCode(SALT);
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(receiptCode(SALT), code);
  assert.notEqual(receiptCode(new Uint8Array(16).fill(8)), code);
});

test("a receipt is read however it is typed, and nothing else is", () => {
  const code = receiptCode(SALT);
  const kept = receiptHash(code);
  assert.match(kept ?? "", /^[0-9a-f]{64}$/);
  const small = code.toLowerCase().replaceAll("-", " ");
  const misread = code.replaceAll("-", "–").replaceAll("0", "O").replaceAll("1", "l");
  for (const typed of [small, misread, ` ${code}\n`]) assert.equal(receiptHash(typed), kept, typed);
  const wrong = ["", "7K3M", code.slice(1), `${code}0`, code.replace(/.$/, "U"), "７".repeat(16)];
  for (const typed of wrong) assert.equal(receiptHash(typed), undefined, typed);
});
