/**
 * Every way in which money of a pool moves, one function per business event. The pool belongs to the
 * pilot and not to a partition, so its accounts stand in the sandbox's own partition, whatever the
 * number of partitions that serve the pilot.
 *
 *   event                 debit                  credit             when
 *   fundPool              funder/{pilot}         pool/{pilot}       the institution puts money in
 *   promiseCover          cover/{pilot}          insurer/{pilot}    the insurer promises a sum
 *   payFromPool           pool/{pilot}           payee/{claim}      a payout, first what the pool has
 *   payFromInsurer        insurer/{pilot}        payee/{claim}      then what the insurer promised
 *   payFromInstitution    institution/{pilot}    payee/{claim}      and the rest, without a bound
 *
 *   lossIncurred          uses loss/{pilot} (book limits) under the loss cap when a claim is raised,
 *   lossSpared            gives back what was claimed and not admitted. So what is used is at any
 *                         time what was paid, what will be paid and what is claimed.
 *
 * `pool/{pilot}` and `insurer/{pilot}` lie at or below 0 and never rise above it: what lies there is
 * the negative of their position. The payee is simulated: nothing leaves this ledger.
 */
import type { AccountRef, Entry } from "@sandbank/kernel/ledger";
import { type Fen, fen, min } from "@sandbank/kernel/money";

const money = (key: string): AccountRef => ({ key, book: "money:CNY" });

/** The pool's account: what lies on it may be spent, and nothing more. */
export function poolAccount(pilot: string): AccountRef {
  return { ...money(`pool/${pilot}`), cap: 0n, owner: pilot };
}

/** What the insurer promised and has not paid. */
export function insurerAccount(pilot: string): AccountRef {
  return { ...money(`insurer/${pilot}`), cap: 0n, owner: pilot };
}

/** Key of the account that counts losses paid and claimed. */
export function lossKey(pilot: string): string {
  return `loss/${pilot}`;
}

export function fundPool(pilot: string, amount: Fen): Entry {
  return { kind: "transfer", debit: money(`funder/${pilot}`), credit: poolAccount(pilot), amount };
}

export function promiseCover(pilot: string, amount: Fen): Entry {
  const debit = money(`cover/${pilot}`);
  return { kind: "transfer", debit, credit: insurerAccount(pilot), amount };
}

export interface Paying {
  readonly pilot: string;
  readonly claim: string;
}

const SHORT = { code: "pool_short_of_money", limit: "pool", unit: "fen" } as const;

function payFromPool({ pilot, claim }: Paying, amount: Fen): Entry {
  const cites = { ...SHORT, clause: "5.2" };
  const credit = money(`payee/${claim}`);
  return { kind: "transfer", debit: poolAccount(pilot), credit, amount, cites };
}

function payFromInsurer({ pilot, claim }: Paying, amount: Fen): Entry {
  const cites = { ...SHORT, limit: "insurer", clause: "5.2" };
  const credit = money(`payee/${claim}`);
  return { kind: "transfer", debit: insurerAccount(pilot), credit, amount, cites };
}

function payFromInstitution({ pilot, claim }: Paying, amount: Fen): Entry {
  const debit = money(`institution/${pilot}`);
  return { kind: "transfer", debit, credit: money(`payee/${claim}`), amount };
}

/** What each payer has to give at this moment; the institution has no bound. */
export interface Means {
  readonly pool: Fen;
  readonly insurer: Fen;
}

export interface Shares {
  readonly pool: Fen;
  readonly insurer: Fen;
  readonly institution: Fen;
}

/** A payout in the order of payment: the pool, then the insurer, then the institution. */
export function sharesOf(amount: Fen, means: Means): Shares {
  const pool = min(amount, means.pool);
  const insurer = min(fen(amount - pool), means.insurer);
  return { pool, insurer, institution: fen(amount - pool - insurer) };
}

/** The entries of a payout; payers who give nothing have none. */
export function payOut(paying: Paying, shares: Shares): Entry[] {
  const { pool, insurer, institution } = shares;
  return [
    ...(pool > 0n ? [payFromPool(paying, pool)] : []),
    ...(insurer > 0n ? [payFromInsurer(paying, insurer)] : []),
    ...(institution > 0n ? [payFromInstitution(paying, institution)] : []),
  ];
}

/** A claim counts against the loss cap from the moment it is raised. */
export function lossIncurred(
  pilot: string,
  amount: Fen,
  under: { readonly cap: Fen; readonly clause: string },
): Entry {
  const account = { key: lossKey(pilot), book: "limits" as const, cap: under.cap, owner: pilot };
  const cites = { code: "loss_cap_exceeded", limit: "loss_cap", unit: "fen" as const };
  return { kind: "use", account, amount, cites: { ...cites, clause: under.clause } };
}

/** What was claimed and not admitted counts no more. */
export function lossSpared(pilot: string, amount: Fen): Entry {
  const account = { key: lossKey(pilot), book: "limits" as const, owner: pilot };
  return { kind: "give_back", account, amount };
}
