/** What is masked in a text of the public, and what stays readable. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { usccChecks } from "../declaration/identifier.ts";
import { maskNumbersIn } from "./masking.ts";

const TABLE: readonly (readonly [string, string, string])[] = [
  ["a card by its check digit", "卡号4111111111111111。", "卡号**** 1111。"],
  ["a card without one", "4111111111111112", "**** 1112"],
  ["a UnionPay card whatever its check digit", "卡6222021234567890123被扣", "卡**** 0123被扣"],
  ["a card of the demonstration", "9999020000000010", "**** 0010"],
  ["in groups", "my card 4111 1111 1111 1111, thanks", "my card **** 1111, thanks"],
  ["with dashes", "6222-0212-3456-7890", "**** 7890"],
  ["with dashes and blanks", "6222 – 0212 – 3456 – 7890", "**** 7890"],
  ["with dots", "4111.1111·1111．1111", "**** 1111"],
  ["with signs that nobody sees", "4111\u200b1111\u00ad1111\u30001111", "**** 1111"],
  ["with commas", "4111, 1111, 1111, 1111", "**** 1111"],
  ["one group a line", "4111\n1111\n1111\n1111", "**** 1111"],
  ["in full-width digits", "全角６２２２０２１２３４５６７８９０", "全角**** 7890"],
  ["two cards", "4111111111111111和6222021234567890123", "**** 1111和**** 0123"],
  ["an identity number", "身份证110105194912310020", "身份证1****0"],
  ["an identity number that does not check", "身份证110105194912310021", "身份证1****1"],
  ["an identity number that ends in X", "身份证11010519491231002X。", "身份证1****X。"],
  ["in a small or full-width x", "11010519491231002x，11010519491231002Ｘ", "1****x，1****X"],
  ["an identity number in groups", "110105 1949-1231 002X", "1****X"],
  ["an identity number of 15 digits", "110105491231002", "1****2"],
  ["a mobile number", "电话13812345678", "电话138****5678"],
  ["a mobile number in groups", "138-1234-5678, 138 1234 5678", "138****5678, 138****5678"],
  ["a mobile number with its country", "+86 138 1234 5678", "+86 138****5678"],
  ["a mobile number in full-width digits", "１３８１２３４５６７８", "138****5678"],
  ["beside a sum", "13812345678 100元", "138****5678 100元"],
  ["beside a date", "2026-03-01 6222021234567890", "2026-03-01 **** 7890"],
  ["a number and a factor", "1234567890123 x 5", "**** 0123 x 5"],
  ["a credit code stays", "机构91990000MA00DEMA79", "机构91990000MA00DEMA79"],
  ["a credit code of digits alone stays", "911100001000054748", "911100001000054748"],
  ["a credit code after a number stays", "1. 911100001000054748", "1. 911100001000054748"],
  ["a credit code in small letters stays", "91990000ma00dema79", "91990000ma00dema79"],
  ["what is a credit code but for its check", "911100001000054749", "**** 4749"],
  ["an amount stays", "100000000000元", "100000000000元"],
  ["an amount in groups of three stays", "1,234,567,890,123.00", "1,234,567,890,123.00"],
  ["an amount beside an order", "812.50 20260302001", "812.50 20260302001"],
  ["a year and a clause stay", "2026-11-26，见1.10-C1", "2026-11-26，见1.10-C1"],
  ["an order and an amount stay", "支付812.50元，单号20260302001", "支付812.50元，单号20260302001"],
  ["a time stays", "on 2026-03-02 10:15:22", "on 2026-03-02 10:15:22"],
  ["a range of days stays", "2026.03.01-2026.03.05", "2026.03.01-2026.03.05"],
  ["a list stays", "1001, 1002, 1003, 1004", "1001, 1002, 1003, 1004"],
];

for (const [why, text, expected] of TABLE) {
  test(`卡号、证件号与手机号遮蔽: ${why}`, () => assert.equal(maskNumbersIn(text), expected));
}

/** A number of so many digits whose last one is the check digit of ISO/IEC 7812. */
const card = fc.constantFrom(16, 19).chain((length) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length - 2, maxLength: length - 2 })
    .map((middle) => {
      const digits = [4, ...middle];
      const sum = digits.toReversed().reduce((total, digit, at) => {
        const value = at % 2 === 0 ? digit * 2 : digit;
        return total + (value > 9 ? value - 9 : value);
      }, 0);
      return [...digits, (10 - (sum % 10)) % 10];
    }),
);
const gap = fc.constantFrom("", "", " ", "-", "–", " - ", "\u00a0", "\u200b", "/", "_", "·");

test("a card is masked whatever stands between its digits", () => {
  const gaps = fc.array(gap, { minLength: 19, maxLength: 19 });
  fc.assert(
    fc.property(card, gaps, fc.boolean(), (digits, between, wide) => {
      const zero = wide ? "０".charCodeAt(0) : "0".charCodeAt(0);
      const written = digits.map((digit, at) => {
        return (at === 0 ? "" : (between[at] ?? "")) + String.fromCharCode(zero + digit);
      });
      const last = digits.slice(-4).join("");
      assert.equal(maskNumbersIn(`卡${written.join("")}。`), `卡**** ${last}。`);
    }),
  );
});

test("a credit code that checks stays readable", () => {
  const sign = fc.constantFrom(..."0123456789ABCDEFGHJKLMNPQRTUWXY");
  const rest = fc.string({ unit: sign, minLength: 9, maxLength: 9 });
  const region = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 6, maxLength: 6 });
  const beside = fc.constantFrom("", "1. ", "卡4111111111111111 ", "（", "13812345678 ");
  fc.assert(
    fc.property(region, rest, beside, (at, name, before) => {
      const code = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"]
        .map((check) => `91${at}${name}${check}`)
        .find(usccChecks);
      assert.ok(code);
      // Of two readings the one that needs masking holds: a number may check as a person's too.
      fc.pre(!/^\d{6}(?:18|19|20)\d{11}[\dX]$/.test(code));
      assert.ok(maskNumbersIn(`${before}${code}。`).endsWith(`${code}。`), code);
    }),
  );
});

test("masking twice changes nothing more", () => {
  for (const signs of ["0123456789 -xX一a", "1369 2.,-*\n", "0123456789０９"]) {
    const text = fc.string({ unit: fc.constantFrom(...signs), maxLength: 60 });
    fc.assert(
      fc.property(text, (said) => {
        const once = maskNumbersIn(said);
        assert.equal(maskNumbersIn(once), once);
      }),
      { numRuns: 300 },
    );
  }
});
