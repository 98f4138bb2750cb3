/** A holder reads what he has: money, payments and what was done; others read nothing of it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import type * as contract from "../contract.ts";
import { cardOf, CUSTOMERS, furnishedBed, HOLDER, ISSUER, payment } from "../testing/bed.ts";
import { type Bed, CARD, TRAVEL } from "../testing/bed.ts";

const OTHER = "li-na";
const requestor = { principal: TRAVEL };
/** Somebody who signed in himself. */
const person = (id: string): Principal => ({
  ...{ kind: "person", id, organisation: "customers", roles: ["customer"] },
});

describe("P4.3: what a holder has, in one place", () => {
  let bed: Bed;
  let token: { number: string; id: string };

  const ask = async <Answer>(
    path: string,
    asked: { readonly query?: object; readonly params?: object; readonly of?: Principal } = {},
  ): Promise<Answer> => {
    const found = bed.tokens.routes.find((one) => `${one.method} ${one.path}` === `GET ${path}`);
    assert.ok(found, path);
    const answer = await found.handle({
      params: found.params?.parse(asked.params ?? {}),
      query: found.query?.parse(asked.query ?? {}),
      body: undefined,
      ...{ principal: asked.of ?? person(HOLDER), lang: "zh", id: "holding" },
    });
    if (isRefusal(answer)) return answer.code as Answer;
    return found.answer.parse(JSON.parse(JSON.stringify(answer))) as Answer;
  };
  const query = { holder: HOLDER };
  const pay = (amount: string, reference: string) =>
    bed.done<{ payment: string }>(
      "tokens.authorise",
      payment(token.number, amount, { reference }),
      requestor,
    );

  before(async () => {
    bed = await furnishedBed("100000");
    token = await bed.issue({ dayAmount: "50000", dayCount: "3", monthAmount: "60000" });
    const first = await pay("20000", "order-1");
    await pay("10000", "order-2");
    const taking = { payment: first.payment, amount: "15000", final: true };
    await bed.done("tokens.capture", taking, requestor);
    await bed.act("tokens.authorise", payment(token.number, "30000"), requestor);
  });
  after(() => bed.end());

  test("his cards, with what is left after what was paid and what is held", async () => {
    const { cards } = await ask<{ cards: contract.HeldCard[] }>("/api/cards", { query });
    assert.deepEqual(
      cards.map(({ id, available, held, state }) => [id, available, held, state]),
      [[CARD, "75000", "10000", "open"]],
    );
    await bed.done("tokens.add_card", cardOf("0199a000-0000-7000-8000-000000000002", OTHER));
    const poor = await ask<{ cards: contract.HeldCard[] }>("/api/cards", {
      ...{ query: { holder: OTHER }, of: person(OTHER) },
    });
    assert.deepEqual(
      poor.cards.map(({ available, held }) => [available, held]),
      [["0", "0"]],
    );
  });

  test("his payments, newest first, as they stand; what was declined is none", async () => {
    const { payments, next } = await ask<{ payments: contract.HeldPayment[]; next: unknown }>(
      "/api/payments",
      { query },
    );
    assert.deepEqual(
      payments.map(({ reference, state, amount, captured, token: of }) => [
        ...[reference, state, amount, captured, of === token.id],
      ]),
      [
        ["order-2", "authorised", "10000", "0", true],
        ["order-1", "captured", "20000", "15000", true],
      ],
    );
    assert.equal(next, null);
  });

  test("what was done, by himself and by the bank, newest first", async () => {
    const stricter = { dayAmount: "100", dayCount: "3", monthAmount: "60000" };
    const tightened = { holder: HOLDER, token: token.number, controls: stricter };
    await bed.done("tokens.change_controls", tightened);
    const blocked = { token: token.number, cause: "issuer" };
    await bed.done("tokens.suspend_token", blocked, { principal: ISSUER });
    const asked = { query, of: CUSTOMERS };
    const { acts } = await ask<{ acts: contract.HolderAct[] }>("/api/acts", asked);
    assert.deepEqual(
      acts.map(({ kind, own, token: of, cause }) => [kind, own, of === token.id, cause]),
      [
        ["token_suspended", false, true, "issuer"],
        ["controls_changed", true, true, null],
        ["token_issued", true, true, null],
        ["card_funded", false, false, null],
        ["card_added", true, false, null],
      ],
    );
  });

  test("what the issuer's core says of his card", async () => {
    const event = { event: "core-1", card: CARD, seq: "1", kind: "lost" };
    await bed.done("tokens.hear_card_event", event, { principal: ISSUER });
    const { acts } = await ask<{ acts: contract.HolderAct[] }>("/api/acts", { query });
    const [latest] = acts;
    assert.deepEqual([latest?.kind, latest?.own, latest?.card], ["card_lost", false, CARD]);
    const { cards } = await ask<{ cards: contract.HeldCard[] }>("/api/cards", { query });
    assert.equal(cards[0]?.state, "lost");
  });

  test("another reads nothing of it, and a requestor no more", async () => {
    const refused = "for_holder_and_issuer_only";
    for (const path of ["/api/cards", "/api/payments", "/api/acts"]) {
      assert.equal(await ask(path, { query, of: person(OTHER) }), refused, path);
      assert.equal(await ask(path, { query, of: TRAVEL }), refused, path);
      assert.notEqual(await ask(path, { query, of: ISSUER }), refused, path);
    }
  });
});
