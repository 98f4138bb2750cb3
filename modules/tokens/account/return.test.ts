/** What lies on a card goes back to its holder: to the fen, to nobody else, and no held money with it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "@sandbank/kernel/guard";
import { type Bed, CARD, furnishedBed, HOLDER, ISSUER, payment, TRAVEL } from "../testing/bed.ts";

const person = (id: string) => ({
  ...({ kind: "person", id, organisation: "customers", roles: ["customer"] } as const),
});
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

describe("money on a card", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed("10000");
    const { number } = await bed.issue();
    await bed.done("tokens.authorise", payment(number, "3000"), { principal: TRAVEL });
  });
  after(() => bed.end());
  const back = (amount: string, by = person(HOLDER), card = CARD) =>
    bed.act("tokens.return_funds", { card, amount }, { principal: by });

  test("is nobody else's to take, nor from a card that there is not", async () => {
    assert.equal(codeOf(await back("1", person("li-na"))), "card_unknown");
    const other = "0199a000-0000-7000-8000-0000000000ee";
    assert.equal(codeOf(await back("1", person(HOLDER), other)), "card_unknown");
    const shop = await bed.act(
      "tokens.return_funds",
      { card: CARD, amount: "1" },
      { principal: TRAVEL },
    );
    assert.equal(codeOf(shop), "role_may_not");
  });

  test("goes back to the fen, and not one that is held for a payment", async () => {
    const outcome = await back("7001");
    assert.ok(outcome.kind === "refused");
    const [failed] = outcome.refusal.failed;
    assert.equal(outcome.refusal.code, "funds_insufficient");
    assert.deepEqual([failed?.used, failed?.cap, failed?.asked], [-7000n, 0n, 7001n]);
    assert.equal(codeOf(await back("6999")), "accepted");
    assert.equal(codeOf(await back("2")), "funds_insufficient");
  });

  test("goes back by the issuer too", async () => {
    const asked = { card: CARD, amount: "1" };
    assert.equal(
      codeOf(await bed.act("tokens.return_funds", asked, { principal: ISSUER })),
      "accepted",
    );
    assert.equal(codeOf(await back("1")), "funds_insufficient");
    await bed.booksAgree();
  });
});
