/**
 * A claim: what somebody harmed is owed out of an upheld complaint or an incident. One total table;
 * the database holds the legal moves a second time (sandbox.claim_transition).
 *
 *   raised ── admit ──▶ admitted ── pay_rest ──▶ paid
 *      │                  └─ pay_part stays
 *      └── refuse ──▶ refused
 */
import { daysBetween, shanghaiDate } from "@sandbank/kernel/clock";
import { type Fen, fen, max, ZERO } from "@sandbank/kernel/money";
import type { Refusal } from "@sandbank/kernel/words";
import { type Table, row as tableRow } from "../table/table.ts";
import type { ClaimState, CompensationTerms } from "./compensation.contract.ts";
import { type CompensationRefusal, refuse } from "./compensation.refusals.ts";
import type { ClaimRow } from "./compensation.store.ts";

export const CLAIM_EVENTS = ["admit", "refuse", "pay_part", "pay_rest"] as const;
export type ClaimEvent = (typeof CLAIM_EVENTS)[number];

const row = (refusal: CompensationRefusal, legal: Partial<Record<ClaimEvent, ClaimState>>) =>
  tableRow(CLAIM_EVENTS, refusal, legal);

/** The whole life of a claim. */
export const CLAIM: Table<ClaimState, ClaimEvent, CompensationRefusal> = {
  raised: row("claim_is_raised", { admit: "admitted", refuse: "refused" }),
  admitted: row("claim_is_admitted", { pay_part: "admitted", pay_rest: "paid" }),
  refused: row("claim_is_refused", {}),
  paid: row("claim_is_paid", {}),
};

/** The state after `event`, or the refusal of the state that does not know it. */
export function moveClaim(from: ClaimState, event: ClaimEvent): ClaimState | Refusal {
  const next = CLAIM[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

const MILLION = 1_000_000n;

/** How large the pool must be; a share is rounded up, so that it never falls short by rounding. */
export function requiredOf({ required }: CompensationTerms, exposure: Fen): Fen {
  if (required.kind === "fixed") return fen(BigInt(required.amount));
  const share = (exposure * BigInt(required.ppm) + MILLION - 1n) / MILLION;
  return max(fen(share), fen(BigInt(required.least)));
}

/** Beyond a thousand times what is required, how much more says nothing. */
const ADEQUACY_MAX = 1000n * MILLION;

/** Free as parts per million of what is required, rounded down; null where nothing is required. */
export function adequacyOf(free: Fen, required: Fen): number | null {
  if (required === ZERO) return null;
  const share = (free * MILLION) / required;
  return Number(share < ADEQUACY_MAX ? share : ADEQUACY_MAX);
}

/** Middle of the days from claim to last payout; null before the first. */
export function medianDaysOf(claims: readonly ClaimRow[]): number | null {
  const days = claims
    .flatMap(({ raised_at, paid_at }) =>
      paid_at === null ? [] : [daysBetween(shanghaiDate(raised_at), shanghaiDate(paid_at))],
    )
    .toSorted((one, other) => one - other);
  return days[Math.floor((days.length - 1) / 2)] ?? null;
}
