/** A holder reads every reason of a declined payment, however many others are declined meanwhile. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cardOf, CONSENT, furnishedBed, HOLDER, payment, TRAVEL } from "../testing/bed.ts";
import type { Bed } from "../testing/bed.ts";
import { journalOf } from "../testing/readings.ts";
import { declinesOf } from "./decline.ts";

const FLOOD = 1_000;
const OTHER = "li-na";
const OTHER_CARD = "0199a000-0000-7000-8000-000000000002";
const requestor = { principal: TRAVEL };

describe("P4.3: reasons of declined payments in a flood", () => {
  let bed: Bed;
  let own: { number: string; id: string };
  const read = (holder: string, before?: bigint) => {
    const { store, partitions, readings } = bed;
    const ports = { store, partitions, journal: journalOf(readings) };
    return declinesOf(ports, { holder, lang: "en", before });
  };

  before(async () => {
    bed = await furnishedBed();
    own = await bed.issue({ dayAmount: "1000", paymentAmount: "5000" });
    await bed.act("tokens.authorise", payment(own.number, "1001"), requestor);
    await bed.act("tokens.authorise", payment(own.number, "5001"), requestor);
    await bed.done("tokens.add_card", cardOf(OTHER_CARD, OTHER));
    const content = {
      holder: OTHER,
      card: OTHER_CARD,
      scenes: ["travel"],
      controls: {},
      slot: 1,
      consent: CONSENT,
    };
    await bed.done("tokens.issue_token", content);
    const number = await bed.numberOf(OTHER);
    const flood = Array.from({ length: FLOOD }, (_, n) =>
      bed.act("tokens.authorise", payment(number, "100", { reference: `flood-${n}` }), requestor),
    );
    await Promise.all(flood);
  });
  after(() => bed.end());

  test("the holder's own two stand, newest first, with nothing of the others", async () => {
    const { declines, next } = await read(HOLDER);
    assert.deepEqual(
      declines.map(({ code, token, amount }) => [code, token, amount]),
      [
        ["token_payment_amount_exceeded", own.id, "5001"],
        ["token_day_amount_exceeded", own.id, "1001"],
      ],
    );
    assert.equal(next, null);
    assert.deepEqual(
      declines.map(({ sentence }) => sentence),
      [
        "The amount is above the limit for one payment.",
        "The token's amount for the day is reached.",
      ],
    );
    assert.ok(declines.every(({ remedy }) => remedy.length > 0));
  });

  test("a thousand come page by page, each once, in order", async () => {
    const seen: string[] = [];
    for (let before: bigint | undefined, pages = 0; pages <= FLOOD / 100; pages++) {
      const { declines, next } = await read(OTHER, before);
      seen.push(...declines.map(({ reference }) => reference));
      if (next === null) break;
      before = BigInt(next);
    }
    const expected = Array.from({ length: FLOOD }, (_, n) => `flood-${FLOOD - 1 - n}`);
    assert.deepEqual(seen, expected);
  });
});
