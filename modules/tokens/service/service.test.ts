/** Serving a holder: who is found by which words, what is shown of him, and that each look is an act. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { shanghaiDate } from "@sandbank/kernel/clock";
import { journalPage } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { NewService, ServedAnswer } from "../contract.ts";
import { asker } from "../testing/asker.ts";
import { type Bed, CARD, cardOf, CUSTOMERS, furnishedBed, HOLDER } from "../testing/bed.ts";
import { ISSUER, payment, RISK, TRAVEL, TUESDAY } from "../testing/bed.ts";
import { isEnough, LOOKS_DAY_MAX } from "./service.ts";

const NEWEST = 9_223_372_036_854_775_807n;
const day = shanghaiDate(TUESDAY);
const PAID = { merchant: "farsail-air", amount: "700", day };
const DESK: Principal = {
  ...{
    kind: "person",
    id: "desk",
    organisation: ISSUER.organisation,
    roles: ["complaint_handler"],
  },
};

for (const [said, enough] of [
  [{ holder: HOLDER }, true],
  [{ card: "4321", token: "0001" }, true],
  [{ card: "4321", payment: PAID }, true],
  [{ token: "0001", payment: PAID }, true],
  [{ card: "4321" }, false],
  [{ token: "0001" }, false],
  [{ payment: PAID }, false],
  [{}, false],
] as const) {
  test(`${Object.keys(said).join(" and ") || "nothing"} is ${enough ? "enough" : "too little"}`, () => {
    assert.equal(isEnough(said), enough);
  });
}

describe("a holder who asks", () => {
  let bed: Bed;
  let ask: ReturnType<typeof asker>;
  let number: string;
  const look = (said: NewService["said"], principal: Principal = DESK) =>
    ask<ServedAnswer>("POST /api/service-looks", {
      body: { purpose: "enquiry", reference: "call-1", said },
      principal,
    });
  async function looks(): Promise<string[]> {
    const lines = await journalPage(bed.readings, 1, { before: NEWEST, most: 500 });
    return lines
      .filter(({ command }) => command === "tokens.serve_holder")
      .map(({ outcome }) => outcome);
  }

  before(async () => {
    bed = await furnishedBed();
    ask = asker(bed);
    number = (await bed.issue({ paymentAmount: "5000" })).number;
    const travel = { principal: TRAVEL };
    await bed.done("tokens.authorise", payment(number, "700"), travel);
    await bed.act("tokens.authorise", payment(number, "5001"), travel);
    // Another with a card that ends alike.
    await bed.done("tokens.add_card", cardOf("0199a000-0000-7000-8000-0000000000aa", "li-nalin"));
  });
  after(() => bed.end());

  test("is found by his number, or by two things that he knows", async () => {
    const token = number.slice(-4);
    for (const said of [
      { holder: HOLDER },
      { card: "4321", token },
      { card: "4321", payment: PAID },
      { token, payment: PAID },
      { holder: HOLDER, card: "4321", token, payment: PAID },
    ]) {
      assert.equal((await look(said)).holder, "w****n", JSON.stringify(said));
    }
    for (const said of [
      { holder: "nobody" },
      { holder: HOLDER, card: "9999" },
      { card: "4321", token: token === "0000" ? "1111" : "0000" },
      { card: "4321", payment: { ...PAID, amount: "701" } },
      { card: "4321", payment: { ...PAID, day: "2060-11-24" } },
      { card: "4321", payment: { ...PAID, day: "2060-02-30" } },
    ]) {
      assert.equal(await look(said), "service_nobody" as unknown, JSON.stringify(said));
    }
    assert.equal(await look({ card: "4321" }), "service_said_too_little" as unknown);
  });

  test("is not told from another by words that fit both", async () => {
    const other = { holder: "li-nalin", card: "0199a000-0000-7000-8000-0000000000aa" };
    const { number: same } = await bed.issue({}, ["travel"], other);
    await bed.done("tokens.fund_card", { card: other.card, amount: "9000" }, { principal: ISSUER });
    await bed.done("tokens.authorise", payment(same, "700"), { principal: TRAVEL });
    assert.equal(await look({ card: "4321", payment: PAID }), "service_several" as unknown);
    assert.equal((await look({ holder: "li-nalin" })).holder, "l****n");
  });

  test("is shown what he has and why he was declined, and no number, name or order", async () => {
    const served = await look({ holder: HOLDER });
    assert.deepEqual(
      served.cards.map(({ number: shown, state }) => [shown, state]),
      [["**** 4321", "open"]],
    );
    assert.deepEqual(
      served.tokens.map(({ number: shown, state, scenes }) => [shown, state, scenes]),
      [[`**** ${number.slice(-4)}`, "active", ["travel"]]],
    );
    assert.deepEqual(
      served.payments.map(({ merchant, amount, state }) => [merchant, amount, state]),
      [["farsail-air", "700", "authorised"]],
    );
    assert.equal(served.declines.length, 1);
    assert.match(served.declines[0]?.says ?? "", /单笔金额超过设定的上限/);
    const figures = "上限¥50.00，已用¥0.00，本次¥50.01，剩余¥50.00";
    assert.equal(served.declines[0]?.figures, figures);
    const said = JSON.stringify(served);
    for (const secret of [HOLDER, number, number.slice(0, -4), CARD, "order-1"]) {
      assert.ok(!said.includes(secret), secret);
    }
  });

  test("is looked at by an act each time, also where nobody was found", async () => {
    const before = await looks();
    await look({ holder: HOLDER });
    await look({ holder: "nobody" });
    const made = (await looks()).slice(0, 2);
    assert.deepEqual(made, ["service_nobody", "accepted"]);
    assert.equal((await looks()).length, before.length + 2);
  });

  test("is nobody's to look at who does not serve holders, and no other bank's", async () => {
    for (const principal of [RISK, CUSTOMERS, TRAVEL]) {
      const code: unknown = await look({ holder: HOLDER }, principal);
      assert.ok(code === "role_may_not" || code === "for_issuer_only", String(code));
    }
    const other: Principal = { ...DESK, organisation: "harbour-bank" };
    assert.equal(await look({ holder: HOLDER }, other), "for_issuer_only" as unknown);
  });

  test("is looked at 200 times a day by one person and not once more", async () => {
    const busy: Principal = { ...DESK, id: "busy" };
    const all = await Promise.all(
      Array.from({ length: Number(LOOKS_DAY_MAX) + 1 }, () => look({ holder: HOLDER }, busy)),
    );
    const codes: unknown[] = all.filter((one) => typeof one === "string");
    assert.deepEqual(codes, ["service_looks_spent"]);
    assert.equal((await look({ holder: HOLDER })).holder, "w****n");
  });
});
