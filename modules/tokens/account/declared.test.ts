/**
 * A pilot whose terms follow from its declaration asks every act which channel it comes by and what
 * its customers are. What this module does at the bank, at scenes and of requestors states it.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome, Policy } from "@sandbank/kernel/guard";
import { type Bed, cardOf, furnishedBed, HOLDER, payment, roomy, TRAVEL } from "../testing/bed.ts";

const OPEN_AND_USE = ["OPEN", "USE"] as const;
const under = (channels: readonly string[], customers: readonly string[]): Policy => ({
  ...{ ...roomy, version: 2 },
  checks: [
    { kind: "channel", allowed: channels, classes: OPEN_AND_USE, clause: "2.1-C1" },
    { kind: "customer_type", allowed: customers, classes: ["OPEN"], clause: "2.3-C2" },
  ],
});
const failedOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.failed.map(({ code }) => code) : outcome.kind;

describe("P4.2: under declared channels and customers", () => {
  let bed: Bed;
  // Requestors, their admission, scenes and a card are taken under these terms, or this throws.
  before(async () => {
    bed = await furnishedBed("100000", under(["bank_app", "app"], ["person"]));
  });
  after(() => bed.end());

  test("a token is issued in the bank's app and pays in the scene's channel", async () => {
    const { number } = await bed.issue();
    const requestor = { principal: TRAVEL };
    await bed.done("tokens.authorise", payment(number, "100"), requestor);
    const web = payment(number, "100", { channel: "web", reference: "order-2" });
    const refused = await bed.act("tokens.authorise", web, requestor);
    assert.deepEqual(failedOf(refused), ["channel_not_declared"]);
  });

  test("where the bank's app or persons are not declared, nothing is added", async () => {
    await bed.put({ ...under(["app", "web"], ["enterprise"]), version: 3 });
    const card = cardOf("0199a000-0000-7000-8000-0000000000bb", HOLDER);
    assert.deepEqual(failedOf(await bed.act("tokens.add_card", card)), [
      ...["channel_not_declared", "customer_type_not_declared"],
    ]);
  });
});
