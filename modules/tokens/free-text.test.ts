/** No card number comes in where none belongs, and none that is refused is kept or shown whole. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { explain, isRefusal } from "@sandbank/kernel/words";
import { rowsWith } from "@sandbank/kernel/testing";
import { type Bed, CUSTOMERS, HOLDER, ISSUER, payment, roomy, tokensBed } from "./testing/bed.ts";
import { TRAVEL, TRID } from "./testing/bed.ts";
import { luhnDigit } from "./vault/number.ts";
import { cardNumberIn } from "./vault/recognise.ts";

const checked = (head: string) => head + luhnDigit(head);
const wrong = (number: string) => number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);

const VISA = checked("411111111111111");
const UNIONPAY = "6222021234567890123";
const OURS = checked("999902000000001");

describe("a card number in a text", () => {
  const found: readonly [string, string, string][] = [
    ["UnionPay, 19 digits, need not check", UNIONPAY, UNIONPAY],
    ["UnionPay, 16 digits", "6221558812340000", "6221558812340000"],
    ["Visa", VISA, VISA],
    ["Mastercard, first of its old range", checked("510000000000000"), checked("510000000000000")],
    ["Mastercard, first of its new range", checked("222100000000000"), checked("222100000000000")],
    ["Mastercard, last of its new range", checked("272099999999999"), checked("272099999999999")],
    ["American Express", checked("37828224631000"), checked("37828224631000")],
    ["JCB", checked("352800000000000"), checked("352800000000000")],
    ["our demonstration's own", OURS, OURS],
    ["with spaces", "6222 0212 3456 7890 123", UNIONPAY],
    ["with hyphens", `card ${VISA.replaceAll(/(.{4})(?=.)/g, "$1-")} of mine`, VISA],
    ["inside words", `order${VISA}x`, VISA],
    ["in full-width words around it", `订单${UNIONPAY}号`, UNIONPAY],
    ["beside another number", `1234 ${VISA}`, VISA],
    ["before its expiry", `${VISA.replaceAll(/(.{4})(?=.)/g, "$1 ")} 12/28`, VISA],
    ["with points", VISA.replaceAll(/(.{4})(?=.)/g, "$1."), VISA],
    ["in full-width digits", "６２２２０２１２３４５６７８９０１２３", UNIONPAY],
  ];
  for (const [situation, text, digits] of found) {
    test(`${situation}: found`, () => assert.equal(cardNumberIn(text), digits));
  }
  const none: readonly [string, string][] = [
    ["one digit short of UnionPay", "622202123456789"],
    ["Visa that does not check", wrong(VISA)],
    ["a Mastercard range's neighbour", checked("222099999999999")],
    ["a Mastercard range's other neighbour", checked("272100000000000")],
    ["a token of ours", checked("999988010000001")],
    ["a date and a running number", "20261126000012345678"],
    ["an amount", "10000000"],
    ["a TRID", TRID],
    ["twenty digits", `${UNIONPAY}4`],
    ["nothing", ""],
  ];
  for (const [situation, text] of none) {
    test(`${situation}: none`, () => assert.equal(cardNumberIn(text), undefined));
  }
});

describe("every route of the module", () => {
  let bed: Bed;
  before(async () => {
    bed = await tokensBed();
    await bed.put(roomy);
  });
  after(() => bed.end());

  const name = { zh: "远帆", en: "Farsail" };
  const ask = async (route: string, asked: { [part: string]: unknown }) => {
    const found = bed.tokens.routes.find((one) => `${one.method} ${one.path}` === route);
    assert.ok(found, route);
    const usual = { params: {}, query: {}, body: {}, principal: CUSTOMERS, lang: "en", id: "id-1" };
    return found.handle({ ...usual, ...asked } as never);
  };
  const lists = { merchants: [], mccs: [], channels: [] };
  const places: readonly [string, { [part: string]: unknown }, string][] = [
    [
      "POST /api/requestors",
      {
        principal: ISSUER,
        body: { trid: TRID, organisation: "farsail", name: { ...name, zh: `远帆${UNIONPAY}` } },
      },
      "/name/zh",
    ],
    [
      "POST /api/scenes",
      {
        principal: ISSUER,
        body: { id: "travel", trid: TRID, ...lists, name: { ...name, en: VISA } },
      },
      "/name/en",
    ],
    [
      "POST /api/scenes",
      {
        principal: ISSUER,
        body: { id: "travel", trid: TRID, ...lists, merchants: ["a", VISA], name },
      },
      "/merchants/1",
    ],
    [
      "POST /api/authorisations",
      {
        principal: TRAVEL,
        body: payment("9999880100000012", "100", { reference: `order-${VISA}` }),
      },
      "/reference",
    ],
    [
      "POST /api/cards",
      { body: { holder: UNIONPAY, number: OURS, expires: "2069-12" } },
      "/holder",
    ],
    ["GET /api/tokens", { query: { holder: OURS } }, "/holder"],
    ["POST /api/holders/{holder}/erasure", { params: { holder: VISA } }, "/holder"],
    [
      "POST /api/cards",
      { id: VISA, body: { holder: HOLDER, number: OURS, expires: "2069-12" } },
      "/id",
    ],
  ];
  for (const [route, asked, field] of places) {
    test(`${route} refuses it at ${field}, shows four digits, and keeps nothing`, async () => {
      const refusal = await ask(route, asked);
      assert.ok(isRefusal(refusal));
      assert.deepEqual([refusal.code, refusal.field], ["card_number_in_text", field]);
      for (const lang of ["zh", "en"] as const) {
        const { sentence } = explain(refusal, lang);
        assert.match(sentence, /\*{4} \d{4}/);
        assert.doesNotMatch(sentence, /\d{5}/);
      }
      assert.deepEqual(await rowsWith(bed.owner, [VISA, UNIONPAY, OURS]), []);
    });
  }

  test("where a number belongs it passes, and an id that was drawn is no number", async () => {
    const body = { holder: HOLDER, number: OURS, expires: "2069-12" };
    const id = "pay-41111111-1111-1111-8111-111111111111";
    assert.ok(!isRefusal(await ask("POST /api/cards", { body, id })));
  });

  test("no route of the module is without it", () => {
    for (const { method, path, refusals } of bed.tokens.routes) {
      assert.ok(refusals?.includes("card_number_in_text"), `${method} ${path}`);
    }
  });
});
