/**
 * I28 computed a second time: what all postings of the ledger's history left in a pool, against what
 * its terms ask of the use that the facts file adds up to; and what the year's own book says of claims.
 */
import { CLAIM } from "./people.ts";
import { type Act, type Figure, type Limit, share, type Span } from "./recount.ts";

/** The terms of a pool as its public page states them. */
export interface PoolTerms {
  readonly required:
    | { readonly kind: "fixed"; readonly amount: string }
    | {
        readonly kind: "share_of_exposure";
        readonly ppm: number;
        readonly exposure: string;
        readonly least: string;
      };
}

/** Everything that the recount of a pool looks at. */
export interface PoolBooks {
  readonly pilot: string;
  readonly terms: PoolTerms;
  /** Fen, from the ledger's history. */
  readonly free: bigint;
  readonly acts: readonly Act[];
  readonly limits: readonly Limit[];
}

/** A pool keeps no figures of months that are over: there is nothing to measure in them. */
export function adequacy(books: PoolBooks, span: Span, now: number): Figure[] {
  if (now < span.begins || now >= span.ends)
    return [share("adequacy", 0n, 0n), share("paid", 0n, 0n)];
  const { pilot, free } = books;
  const isClaimed = pilot === CLAIM.pilot;
  const [paid, claimed] = isClaimed ? [CLAIM.admitted, CLAIM.asked] : ["0", "0"];
  return [share("adequacy", free, requiredOf(books)), share("paid", BigInt(paid), BigInt(claimed))];
}

const MILLION = 1_000_000n;

/** A sum, or so many parts per million of what is outstanding, rounded up, and never below the least. */
function requiredOf({ terms: { required }, acts, limits }: PoolBooks): bigint {
  if (required.kind === "fixed") return BigInt(required.amount);
  const { exposure, least, ppm } = required;
  // A pilot that graduated has no limits left, so nothing of it is at stake.
  const isCounted = limits.some(({ id }) => id === exposure);
  const moves = isCounted ? acts.flatMap((act) => act.moves) : [];
  const used = moves.reduce((sum, { rule, by }) => (rule === exposure ? sum + by : sum), 0n);
  const asked = (used * BigInt(ppm) + MILLION - 1n) / MILLION;
  return asked > BigInt(least) ? asked : BigInt(least);
}
