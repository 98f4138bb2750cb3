/**
 * A hold reserves what an act may take later. It lives through one small machine:
 *
 *            capture (part)            release
 *           ┌────────────┐        ┌──────────────▶ released
 *           ▼            │        │
 *   ────▶ open ──────────┴────────┼──────────────▶ captured   capture (final, or nothing left)
 *                                 │
 *                                 └──────────────▶ expired    release by the guard at `expires`
 *
 * The legs of a hold either scale with what is captured (amounts) or post whole with the first
 * capture (counts); releasing gives back what was not posted, to the very accounts it came from.
 */
import type { Instant } from "../clock/index.ts";

export const HOLD_STATES = ["open", "captured", "released", "expired"] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export interface HoldLeg {
  /** Id of the account in the partition. */
  readonly account: bigint;
  readonly side: "debit" | "credit";
  readonly amount: bigint;
  readonly whole: boolean;
}

export interface Hold {
  readonly id: string;
  readonly amount: bigint;
  readonly expires: Instant;
  readonly legs: HoldLeg[];
  captured: bigint;
  state: HoldState;
}

/** What a capture or release does to one leg: `posted` moves over, `freed` goes back. */
export interface LegMovement {
  readonly leg: HoldLeg;
  readonly posted: bigint;
  readonly freed: bigint;
}

/** What is still reserved. */
export function left(hold: Hold): bigint {
  return hold.amount - hold.captured;
}

/** The movements of a capture; `final` frees what it does not post. */
export function captureMovements(hold: Hold, amount: bigint, final: boolean): LegMovement[] {
  const first = hold.captured === 0n;
  const rest = left(hold) - amount;
  const movements: LegMovement[] = [];
  for (const leg of hold.legs) {
    if (!leg.whole) movements.push({ leg, posted: amount, freed: final ? rest : 0n });
    else if (first) movements.push({ leg, posted: leg.amount, freed: 0n });
  }
  return movements;
}

/** The movements of a release: everything not yet posted goes back. */
export function releaseMovements(hold: Hold): LegMovement[] {
  const movements: LegMovement[] = [];
  for (const leg of hold.legs) {
    const freed = leg.whole ? (hold.captured === 0n ? leg.amount : 0n) : left(hold);
    if (freed > 0n) movements.push({ leg, posted: 0n, freed });
  }
  return movements;
}
