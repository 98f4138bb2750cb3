/** A busy life with card numbers in it, for tests of where they end up. Everybody is fictional. */
import assert from "node:assert/strict";
import type { Principal } from "@sandbank/kernel/identity";
import { uuidv7 } from "@sandbank/kernel/clock";
import { cardNumber } from "../vault/vault.fixture.ts";
import { CONSENT, ISSUER, payment, RISK, roomy, TRAVEL, TRID } from "./bed.ts";
import { vaultedBed, type VaultedBed } from "./vaulted.ts";

/** Numbers that the life is about begin here; a thief's guesses begin at 0. */
export const FIRST = 70_000;
const HOLDERS = ["wang-min", "li-na", "zhao-yu", "sun-jie"];

export interface BusyLife {
  readonly bed: VaultedBed;
  /** Every number that anybody typed anywhere. */
  readonly numbers: readonly string[];
}

/** Cards bound, paid with, seen, lost, replaced and erased; keys turned; numbers typed where none belongs. */
export async function busyLife(): Promise<BusyLife> {
  const bed = await vaultedBed();
  await bed.put(roomy);
  const numbers = Array.from({ length: 24 }, (_, n) => cardNumber(FIRST + n));
  const name = { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" };
  const issuer = { principal: ISSUER };
  await bed.ask("POST /api/requestors", {
    body: { trid: TRID, organisation: "farsail", name },
    ...issuer,
  });
  await bed.byTwo("tokens.activate_requestor", { trid: TRID });
  const lists = { merchants: [], mccs: [], channels: [] };
  await bed.ask("POST /api/scenes", {
    body: { id: "travel", trid: TRID, ...lists, name },
    ...issuer,
  });
  const cards: string[] = [];
  for (const [n, number] of numbers.slice(0, 16).entries()) {
    const holder = HOLDERS[n % 4] ?? "";
    const body = { holder, number, expires: "2069-12" };
    const { id } = await bed.ask<{ id: string }>("POST /api/cards", { body });
    cards.push(id);
    if (n < 8) await spend(bed, id, holder);
  }
  await look(bed, cards.slice(0, 5));
  await mistype(bed, numbers.slice(16, 20));
  await hear(bed, cards, numbers);
  for (const kind of ["index", "card"] as const) await bed.vault.rotate({ id: uuidv7(), kind });
  await bed.vault.rotate({ id: uuidv7(), kind: "kek", kek: bed.custody.make() });
  await leave(bed);
  await bed.deliver();
  return { bed, numbers };
}

async function spend(bed: VaultedBed, card: string, holder: string): Promise<void> {
  await bed.ask("POST /api/cards/{id}/funds", {
    ...{ params: { id: card }, body: { amount: "50000" }, principal: ISSUER },
  });
  const controls = { dayAmount: "20000" };
  const token = await bed.ask<{ number: string }>("POST /api/tokens", {
    body: { holder, card, scenes: ["travel"], controls, consent: CONSENT },
  });
  const travel = { principal: TRAVEL };
  const astray = payment(token.number, "100", { scene: "nowhere" });
  await bed.ask("POST /api/authorisations", { body: astray, ...travel });
  for (const amount of ["9000", "30000"]) {
    const body = payment(token.number, amount, { reference: `order-${card.slice(-4)}` });
    const paid = await bed.ask<{ payment?: string }>("POST /api/authorisations", {
      body,
      ...travel,
    });
    const params = { id: paid.payment };
    if (paid.payment === undefined) continue;
    await bed.ask("POST /api/authorisations/{id}/captures", {
      ...{ params, body: { amount: "9000", final: true }, ...travel },
    });
    await bed.ask("POST /api/authorisations/{id}/refunds", {
      ...{ params, body: { amount: "1000" }, ...travel },
    });
  }
}

async function look(bed: VaultedBed, cards: readonly string[]): Promise<void> {
  const body = { cards, purpose: "dispute", reference: "dispute-1" };
  const seen = await bed.ask<{ cards: readonly object[] }>("POST /api/looks", {
    ...{ body, principal: RISK },
  });
  assert.equal(seen.cards.length, cards.length);
}

/** Numbers where none belongs, and numbers that are none of ours. */
async function mistype(bed: VaultedBed, numbers: readonly string[]): Promise<void> {
  const [first = "", second = "", third = "", fourth = ""] = numbers;
  const typed: readonly (readonly [string, object, Principal | undefined])[] = [
    ["POST /api/authorisations", payment("9999880100000012", "100", { reference: first }), TRAVEL],
    ["POST /api/cards", { holder: second, number: third, expires: "2069-12" }, undefined],
    [
      "POST /api/cards",
      { holder: "wang-min", number: `${fourth}0`, expires: "2069-12" },
      undefined,
    ],
  ];
  for (const [route, body, principal] of typed) {
    const code = await bed.ask<string>(route, { body, ...(principal ? { principal } : {}) });
    assert.match(code, /^card_number_/);
  }
}

/** The issuer's core: one card lost, that and another replaced, a third closed. */
async function hear(bed: VaultedBed, cards: readonly string[], numbers: readonly string[]) {
  const words = [
    { event: "e-1", card: cards[1], seq: "1", kind: "lost" },
    { event: "e-2", card: cards[1], seq: "2", kind: "replaced", number: numbers[20] },
    { event: "e-3", card: cards[2], seq: "1", kind: "replaced", number: numbers[21] },
    { event: "e-4", card: cards[3], seq: "1", kind: "closed" },
  ];
  for (const word of words) {
    const body = word.kind === "replaced" ? { ...word, expires: "2070-06" } : word;
    const heard = await bed.ask<{ effect: string }>("POST /api/card-events", {
      ...{ body, principal: ISSUER },
    });
    assert.equal(heard.effect, "applied");
  }
}

/** A holder who never paid leaves; the receipt's second half comes with the job. */
async function leave(bed: VaultedBed): Promise<void> {
  const holder = "liu-fang";
  const body = { holder, number: cardNumber(FIRST + 22), expires: "2069-12" };
  await bed.ask("POST /api/cards", { body });
  const principal: Principal = {
    ...{ kind: "person", id: holder, organisation: "customers", roles: ["customer"] },
  };
  const { erased } = await bed.ask<{ erased: number }>("POST /api/holders/{holder}/erasure", {
    ...{ params: { holder }, principal },
  });
  assert.equal(erased, 1);
}
