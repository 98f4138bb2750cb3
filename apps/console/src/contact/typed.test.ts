/** Codes and addresses as people type them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, readCode } from "./typed.ts";

test("a code is read however it is grouped and typed, and nothing else is", () => {
  for (const typed of ["012345", " 012 345 ", "012-345", "０１２３４５", "012\u3000345"]) {
    assert.equal(readCode(typed), "012345", typed);
  }
  for (const typed of ["", "12345", "0123456", "01234a", "一二三四五六", "012.345"]) {
    assert.equal(readCode(typed), undefined, typed);
  }
});

test("an address is read by its kind", () => {
  assert.equal(readAddress("mail", " officer@supervisor.example "), "officer@supervisor.example");
  assert.equal(readAddress("sms", "+86 139-0000-0000"), "+8613900000000");
  assert.equal(readAddress("sms", "＋８６１３９００００００００"), "+8613900000000");
  for (const typed of ["", "officer", "officer@", "@x.example", "a b@c.example", "a@b"]) {
    assert.equal(readAddress("mail", typed), undefined, typed);
  }
  for (const typed of ["", "13900000000", "+0139000000", "+86", "officer@supervisor.example"]) {
    assert.equal(readAddress("sms", typed), undefined, typed);
  }
});
