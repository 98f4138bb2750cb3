/** A vault of the demonstration on a database of its own, for tests: cards made up from a number. */
import assert from "node:assert/strict";
import { after } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { type MemoryCustody, memoryCustody } from "./custody.fixture.ts";
import { luhnDigit } from "./number.ts";
import { type BoundCard, openVault, type Vault } from "./vault.ts";
import { vaultMigrations, vaultRole } from "./vault.store.ts";

const NOW = fromIso("2026-11-24T10:00:00+08:00");
/** Software that routes payments: it may see numbers. */
export const ROUTER: Principal = systemPrincipal("router");
/** The partition of every holder here. */
export const HOME = 4;

export interface VaultBed {
  readonly database: TestDatabase;
  readonly store: Store;
  readonly clock: { now: Instant };
  readonly custody: MemoryCustody;
  readonly vault: Vault;
  /** Another process's vault over the same rows, over another store if told. */
  open(over?: Store): Promise<Vault>;
}

export async function vaultBed(
  more: { uses_max?: bigint; index?: "sha256" | "sm3"; durable?: boolean } = {},
): Promise<VaultBed> {
  const { durable = false, ...settings } = more;
  const database = await testDatabase({
    ...{ migrations: [vaultMigrations], roles: [vaultRole], durable },
  });
  after(() => database.end());
  const store = database.as("sandbank_vault");
  const clock = { now: NOW };
  const custody = memoryCustody();
  const open = (over = store) =>
    openVault({ store: over, mode: "demo", custody, now: () => clock.now, ...settings });
  return { database, store, clock, custody, open, vault: await open() };
}

/** A credit card of the demonstration, made up from a number. */
export function cardNumber(n: number, head = "999902"): string {
  const start = `${head}${String(n).padStart(15 - head.length, "0")}`;
  return start + luhnDigit(start);
}

export function bind(vault: Vault, n: number, more: { holder?: string; expiry?: string } = {}) {
  const { holder = "wang-min", expiry = "2028-09" } = more;
  return vault.bindCard({ number: cardNumber(n), expiry, holder, home: HOME });
}

export async function bound(answer: Promise<BoundCard | { refused: true }>): Promise<BoundCard> {
  const card = await answer;
  assert.ok(!isRefusal(card), JSON.stringify(card));
  return card as BoundCard;
}

/** Binds the cards made up from `from` onwards. */
export function bindMany(vault: Vault, from: number, count: number): Promise<BoundCard[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => bound(bind(vault, from + i))));
}

/** Fails unless these cards open to the numbers that they were made up from, in order. */
export async function opensTo(vault: Vault, cards: readonly BoundCard[], from: number) {
  for (let at = 0; at < cards.length; at += 100) {
    const some = cards.slice(at, at + 100);
    const seen = await vault.detokenise({
      ...{ cards: some, purpose: "network_routing", principal: ROUTER },
    });
    assert.ok(!isRefusal(seen));
    const numbers = some.map((_, i) => cardNumber(from + at + i));
    assert.deepEqual(
      seen.map(({ number }) => number),
      numbers,
    );
  }
}

export async function codeOf(answer: Promise<unknown>): Promise<string> {
  const refusal = await answer;
  assert.ok(isRefusal(refusal), JSON.stringify(refusal));
  return refusal.code;
}
