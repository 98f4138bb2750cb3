/**
 * What the module has not brought to an end, as it really stands: counted from its tables, the
 * ledger's accounts and the vault, never from what somebody says. A step of the exit closes when
 * nothing of its kind is here. It holds while new business is closed, since from then on all of this
 * only falls.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { TokensPorts } from "../ports.ts";
import type { LEFT_KINDS } from "../ending.contract.ts";
import { countLeft, paymentsLeft, requestorsToPay, scenesLeft } from "./ending.store.ts";

/** Payments that are listed one by one; more are counted together. */
const LISTED_MOST = 100;

export interface Left {
  readonly what: (typeof LEFT_KINDS)[number];
  /** Which one, where it is one thing. */
  readonly ref: string | null;
  readonly unit: "fen" | "count";
  readonly amount: bigint;
  /** When it ends by its own terms, RFC 3339; null where it ends only by being done. */
  readonly ends: string | null;
}

type Ports = Pick<TokensPorts, "store" | "partitions" | "books" | "vault" | "now">;

/** Everything that is left, in the order in which it is brought to an end. */
export async function leftOf(ports: Ports): Promise<readonly Left[]> {
  const { store, partitions } = ports;
  const [counted, scenes, payments, owed, keys] = await Promise.all([
    countLeft(store, partitions.all),
    scenesLeft(store, partitions.all),
    openPayments(ports),
    owedTo(ports),
    keysKept(ports),
  ]);
  return [
    ...count("holders_untold", counted.untold),
    ...scenes.flatMap((ref) => count("scenes_open", 1n, ref)),
    ...payments,
    ...owed,
    ...count("tokens_live", counted.tokens),
    ...count("cards_bound", counted.cards),
    ...count("keys_kept", keys),
  ];
}

function count(what: Left["what"], amount: bigint, ref: string | null = null): Left[] {
  return amount === 0n ? [] : [{ what, ref, unit: "count", amount, ends: null }];
}

async function openPayments({ store, partitions, now }: Ports): Promise<Left[]> {
  const asked = { now: await now(), most: LISTED_MOST };
  const found = await paymentsLeft(store, partitions.all, asked);
  const more = (found[0]?.all ?? 0n) - BigInt(found.length);
  return [
    ...found.map(({ id: ref, amount, expires }) => ({
      ...({ what: "payments_open", ref, unit: "fen" } as const),
      ...{ amount, ends: toIso(expires) },
    })),
    ...count("payments_open", more),
  ];
}

/**
 * What requestors are still to be paid. Refunds above captures are what a requestor owes: no duty of
 * the pilot towards anybody, and so not here.
 */
async function owedTo({ store, partitions, books }: Ports): Promise<Left[]> {
  const owed: Left[] = [];
  for (const trid of await requestorsToPay(store, partitions.all)) {
    let amount = 0n;
    for (const partition of partitions.all) {
      const line = await books.read(partition, `settlement/${trid}`);
      amount += line ? line.credits - line.debits : 0n;
    }
    if (amount <= 0n) continue;
    owed.push({ what: "settlements_owed", ref: trid, unit: "fen", amount, ends: null });
  }
  return owed;
}

/** Keys of the vault that open anything, and keys above them that are whole at hand. */
async function keysKept({ vault }: Ports): Promise<bigint> {
  const { keys, kept } = await vault.overview();
  const living = keys.filter(({ state }) => state !== "destroyed");
  return BigInt(living.length + kept.length);
}
