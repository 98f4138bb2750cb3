/**
 * SQL of compensation: terms, claims and payouts, and what the ledger says of the pool. Every command
 * that touches a pool writes the key of that pool, so what is loaded here stands until its commit.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { loadBalancesIn, position, used } from "@sandbank/kernel/ledger";
import { type Fen, fen } from "@sandbank/kernel/money";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { ClaimState, CompensationTerms } from "./compensation.contract.ts";
import { insurerAccount, lossKey, type Means, poolAccount } from "./postings.ts";

export interface TermsRow {
  readonly pilot: string;
  readonly version: number;
  readonly body: CompensationTerms;
  readonly at: Instant;
}

export interface ClaimRow {
  readonly id: string;
  /** "P-2026-0007": its place among all claims raised in its year in Beijing. */
  readonly number: string;
  readonly pilot: string;
  readonly state: ClaimState;
  readonly institution: string;
  readonly complaint: string | null;
  readonly incident: string | null;
  readonly claimed: bigint;
  readonly admitted: bigint | null;
  readonly paid: bigint;
  readonly raised_by: string;
  readonly raised_at: Instant;
  readonly judged_by: string | null;
  readonly judged_at: Instant | null;
  readonly paid_at: Instant | null;
  readonly wording: string | null;
}

export interface PayoutRow {
  readonly id: string;
  readonly claim: string;
  readonly amount: bigint;
  readonly from_pool: bigint;
  readonly from_insurer: bigint;
  readonly from_institution: bigint;
  readonly at: Instant;
  readonly paid_by: string;
  readonly approved_by: string | null;
}

const TERMS = statement(
  "sandbox.latest_compensation_terms",
  `select distinct on (pilot) pilot, version, body, at from sandbox.compensation_terms
    where partition = $1 and pilot = any($2::text[]) order by pilot, version desc`,
);

const CLAIM_COLUMNS = `id::text as id,
  'P-' || year || '-' || lpad(nth::text, greatest(4, length(nth::text)), '0') as number,
  pilot, state, institution, complaint::text as complaint, incident::text as incident, claimed,
  admitted, paid, raised_by, raised_at, judged_by, judged_at, paid_at, wording::text as wording`;

const CLAIMS = statement(
  "sandbox.claims_by_id",
  `select ${CLAIM_COLUMNS} from sandbox.claim where partition = $1 and id = any($2::uuid[])`,
);

const CLAIMED_FOR = statement(
  "sandbox.claims_of_complaints",
  `select complaint::text as complaint from sandbox.claim
    where partition = $1 and complaint = any($2::uuid[])`,
);

const LISTED = statement(
  "sandbox.claims_listed",
  `select ${CLAIM_COLUMNS} from sandbox.claim
    where partition = $1 and ($2::text is null or pilot = $2)
      and ($3::text is null or institution = $3)
    order by state in ('refused', 'paid'), raised_at, id limit $4`,
);

const PAYOUTS = statement(
  "sandbox.payouts_of_claim",
  `select id::text as id, claim::text as claim, amount, from_pool, from_insurer, from_institution,
          at, paid_by, approved_by
     from sandbox.payout where partition = $1 and claim = $2 order by at, id limit 1000`,
);

const PAID_BY = statement(
  "sandbox.paid_by",
  `select coalesce(sum(p.from_pool), 0)::int8 as pool,
          coalesce(sum(p.from_insurer), 0)::int8 as insurer,
          coalesce(sum(p.from_institution), 0)::int8 as institution
     from sandbox.payout p join sandbox.claim c on c.partition = p.partition and c.id = p.claim
    where p.partition = $1 and c.pilot = $2`,
);

/** The terms in force of these pilots. */
export async function termsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<Map<string, TermsRow>> {
  const rows = await tx.query<TermsRow>(TERMS, [partition, [...new Set(pilots)]]);
  return new Map(rows.map((row) => [row.pilot, row]));
}

export async function claimsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, ClaimRow>> {
  const rows = await tx.query<ClaimRow>(CLAIMS, [partition, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those of these complaints that have a claim. */
export async function claimedForIn(
  tx: Tx,
  partition: number,
  complaints: readonly string[],
): Promise<Set<string>> {
  const values = [partition, uuidArray([...new Set(complaints)])];
  const rows = await tx.query<{ complaint: string }>(CLAIMED_FOR, values);
  return new Set(rows.map((row) => row.complaint));
}

export interface Pool extends Means {
  /** Losses paid and claimed. */
  readonly loss: bigint;
}

/** What the ledger says of these pools now. */
export async function poolsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<Map<string, Pool>> {
  const unique = [...new Set(pilots)];
  const keys = unique.flatMap((pilot) => [
    ...[poolAccount(pilot).key, insurerAccount(pilot).key, lossKey(pilot)],
  ]);
  const balances = await loadBalancesIn(tx, partition, { keys: new Set(keys), holds: new Set() });
  const lies = (key: string): Fen => {
    const account = balances.account(key);
    return account === undefined ? fen(0) : fen(-position(account) - account.pendingDebits);
  };
  return new Map(
    unique.map((pilot) => {
      const loss = balances.account(lossKey(pilot));
      const means = {
        pool: lies(poolAccount(pilot).key),
        insurer: lies(insurerAccount(pilot).key),
      };
      return [pilot, { ...means, loss: loss === undefined ? 0n : used(loss) }];
    }),
  );
}

/** One pilot's terms and pool, as one moment. */
export function readPool(
  store: Store,
  partition: number,
  pilot: string,
): Promise<{ readonly terms: TermsRow; readonly pool: Pool } | undefined> {
  return store.transaction(async (tx) => {
    const terms = (await termsIn(tx, partition, [pilot])).get(pilot);
    const pool = (await poolsIn(tx, partition, [pilot])).get(pilot);
    return terms && pool && { terms, pool };
  });
}

/** Claims, those that wait first; of one pilot or one institution where they are named. */
export function readClaims(
  store: Store,
  partition: number,
  of: {
    readonly pilot: string | undefined;
    readonly institution: string | undefined;
    readonly most: number;
  },
): Promise<ClaimRow[]> {
  const { pilot = null, institution = null, most } = of;
  return store.query<ClaimRow>(LISTED, [partition, pilot, institution, most]);
}

export async function findClaim(
  store: Store,
  partition: number,
  id: string,
): Promise<ClaimRow | undefined> {
  const [row] = await store.query<ClaimRow>(CLAIMS, [partition, uuidArray([id])]);
  return row;
}

/** What was paid on a claim, oldest first. */
export function readPayouts(store: Store, partition: number, claim: string): Promise<PayoutRow[]> {
  return store.query<PayoutRow>(PAYOUTS, [partition, claim]);
}

/** What each payer has paid for a pilot. */
export async function readPaidBy(
  store: Store,
  partition: number,
  pilot: string,
): Promise<{ readonly pool: bigint; readonly insurer: bigint; readonly institution: bigint }> {
  const [row] = await store.query<{ pool: bigint; insurer: bigint; institution: bigint }>(PAID_BY, [
    partition,
    pilot,
  ]);
  return row ?? { pool: 0n, insurer: 0n, institution: 0n };
}

/** Terms come into force. */
export const putTerms: Effect<{
  readonly pilot: string;
  readonly version: number;
  /** JSON text. */
  readonly body: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.put_compensation_terms",
    `insert into sandbox.compensation_terms (partition, pilot, version, body, at)
     select $1, * from unnest($2::text[], $3::int[], $4::jsonb[], $5::timestamptz[])`,
  ),
  columns: ["pilot", "version", "body", "at"],
};

export interface NewClaim {
  readonly id: string;
  readonly pilot: string;
  readonly year: number;
  readonly institution: string;
  readonly complaint: string | null;
  readonly incident: string | null;
  readonly claimed: bigint;
  readonly raised_by: string;
  readonly raised_at: string;
}

/** A claim is raised. It gets the next number of its year, under the partition's lock. */
export const enterClaim: Effect<NewClaim> = {
  statement: statement(
    "sandbox.enter_claim",
    `insert into sandbox.claim (partition, id, pilot, year, nth, state, institution, complaint,
       incident, claimed, raised_by, raised_at)
     select $1, u.id, u.pilot, u.year,
            coalesce((select max(c.nth) from sandbox.claim c
                       where c.partition = $1 and c.year = u.year), 0)
              + row_number() over (partition by u.year order by u.place),
            'raised', u.institution, u.complaint, u.incident, u.claimed, u.raised_by, u.raised_at
       from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::uuid[], $7::uuid[],
              $8::int8[], $9::text[], $10::timestamptz[]) with ordinality
              u(id, pilot, year, institution, complaint, incident, claimed, raised_by, raised_at,
                place)`,
  ),
  columns: [
    ...(["id", "pilot", "year", "institution", "complaint", "incident", "claimed"] as const),
    ...(["raised_by", "raised_at"] as const),
  ],
};

/** A claim stands otherwise from now on. */
export const putClaim: Effect<{
  readonly id: string;
  readonly state: ClaimState;
  readonly admitted: bigint | null;
  readonly paid: bigint;
  readonly judged_by: string | null;
  readonly judged_at: string | null;
  readonly paid_at: string | null;
  readonly wording: string | null;
}> = {
  statement: statement(
    "sandbox.put_claim",
    `update sandbox.claim c
        set state = u.state, admitted = u.admitted, paid = u.paid, judged_by = u.judged_by,
            judged_at = u.judged_at, paid_at = u.paid_at, wording = u.wording
       from unnest($2::uuid[], $3::text[], $4::int8[], $5::int8[], $6::text[], $7::timestamptz[],
              $8::timestamptz[], $9::uuid[])
              u(id, state, admitted, paid, judged_by, judged_at, paid_at, wording)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: [
    ...(["id", "state", "admitted", "paid", "judged_by", "judged_at", "paid_at"] as const),
    "wording",
  ],
};

/** A payout is written down. */
export const addPayout: Effect<Omit<PayoutRow, "at"> & { readonly at: string }> = {
  statement: statement(
    "sandbox.add_payout",
    `insert into sandbox.payout (partition, id, claim, amount, from_pool, from_insurer,
       from_institution, at, paid_by, approved_by)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::int8[], $5::int8[], $6::int8[],
       $7::int8[], $8::timestamptz[], $9::text[], $10::text[])`,
  ),
  columns: [
    ...(["id", "claim", "amount", "from_pool", "from_insurer", "from_institution"] as const),
    ...(["at", "paid_by", "approved_by"] as const),
  ],
};
