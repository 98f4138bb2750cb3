/**
 * The institutions of a year and what each of them does month by month: new business drawn from the
 * seed, and what earlier months give back. Pure: it also foretells every answer and every balance.
 */
import {
  type Business,
  businessOfMonth,
  EAVES,
  FURROW,
  HARBOUR,
  HARROW,
  type InstitutionFront,
  PEBBLE,
  type PermitAct,
  TRELLIS,
} from "@sandbank/world";

/** An institution with the months, counted from 1, in which it does new business. */
export interface House {
  readonly front: InstitutionFront;
  readonly from: number;
  readonly until: number;
  /** Months in which its systems stand still. */
  readonly quiet?: readonly number[];
  /** Its share of the year's size, in hundredths. */
  readonly share: number;
}

/** Pilots begin one after the other; those that leave do no new business from then on. */
export const HOUSES: readonly House[] = [
  { front: HARROW, from: 1, until: 8, share: 100 },
  { front: FURROW, from: 1, until: 12, share: 50 },
  { front: EAVES, from: 2, until: 12, share: 15 },
  { front: TRELLIS, from: 3, until: 7, share: 120 },
  { front: PEBBLE, from: 3, until: 10, quiet: [7, 8], share: 120 },
  { front: HARBOUR, from: 4, until: 12, share: 80 },
];

export function houseOf(pilot: string): House {
  const found = HOUSES.find(({ front }) => front.pilot === pilot);
  if (!found) throw new Error(`nobody runs ${pilot} by permits`);
  return found;
}

/** One month of one house. */
export interface HouseMonth {
  readonly nth: number;
  readonly business: readonly Business[];
  /** Repayments and closures of what earlier months left. */
  readonly returns: readonly PermitAct[];
  /** What the limit that the house counts by has used after the month, or on its day. */
  readonly used: bigint;
  /** New money lent or taken in the month, in fen. */
  readonly taken: bigint;
}

/** A house's year, and what closes whatever it leaves open. */
export interface HouseYear {
  readonly house: House;
  readonly months: readonly HouseMonth[];
  readonly closures: readonly PermitAct[];
}

interface Loan {
  readonly permit: string;
  readonly nth: number;
  readonly isUse: boolean;
  readonly counts: boolean;
  left: bigint;
  parts: number;
}

/** Months after which a drawdown is repaid in half, a drawdown closed and a credit line closed. */
const AFTER = { repaid: 1, closed: 3, line: 4 } as const;

/** Whether a permit of this product stands in a limit without a window until it is given back. */
const STOCKS: readonly string[] = ["trade_finance", "drawdown", "line"];

export function yearOf(
  house: House,
  of: { readonly seed: number; readonly size: number; readonly months: readonly string[] },
): HouseYear {
  const count = Math.max(4, Math.floor((of.size * house.share) / 100));
  const loans: Loan[] = [];
  const months: HouseMonth[] = [];
  for (const [at, month] of of.months.entries()) {
    const nth = at + 1;
    const isOpen = doesBusiness(house, nth);
    const seed = of.seed * 1_000 + nth * 10 + HOUSES.indexOf(house);
    const business = isOpen ? businessOfMonth(house.front, { month, seed, count }) : [];
    const returns = nth <= house.until ? returnsOf(loans, nth) : [];
    loans.push(...business.flatMap((one) => loanOf(one, nth)));
    const { stock } = house.front.counts;
    const used = stock ? outstandingOf(loans) : takingsOf(business);
    months.push({ nth, business, returns, used, taken: takenOf(business) });
  }
  const open = loans.filter(({ left }) => left > 0n);
  return { house, months, closures: open.map((loan) => closureOf(loan)) };
}

/** Whether a house does new business in a month. */
export function doesBusiness({ from, until, quiet = [] }: House, nth: number): boolean {
  return nth >= from && nth <= until && !quiet.includes(nth);
}

/** What is given back at the beginning of a month; the loans are changed by it. */
function returnsOf(loans: readonly Loan[], nth: number): PermitAct[] {
  const acts: PermitAct[] = [];
  for (const [at, loan] of loans.entries()) {
    const age = nth - loan.nth;
    if (loan.left === 0n) continue;
    if (age === (loan.isUse ? AFTER.closed : AFTER.line)) {
      acts.push(closureOf(loan));
      loan.left = 0n;
      continue;
    }
    const half = loan.left / 2n;
    if (!loan.isUse || age !== AFTER.repaid || at % 2 === 1 || half === 0n) continue;
    loan.parts += 1;
    acts.push({ act: "repayment", id: loan.permit, part: loan.parts, amount: String(half) });
    loan.left -= half;
  }
  return acts;
}

function closureOf({ permit, parts }: Loan): PermitAct {
  return { act: "closure", id: permit, part: parts + 1 };
}

function loanOf(one: Business, nth: number): Loan[] {
  const { facts, ending, later, number: permit } = one;
  if (one.refusedBy !== undefined || ending !== "confirm") return [];
  if (!STOCKS.includes(facts.product ?? "")) return [];
  const isClosed = later.some(({ why }) => why === "closure");
  const given = later.reduce((sum, { amount }) => sum + amount, 0n);
  const left = isClosed ? 0n : (one.amount ?? BigInt(facts.amount ?? "0")) - given;
  const isUse = facts.class === "USE";
  return [{ permit, nth, isUse, counts: isUse, left, parts: later.length }];
}

function outstandingOf(loans: readonly Loan[]): bigint {
  return loans.reduce((sum, { left, counts }) => (counts ? sum + left : sum), 0n);
}

/** Takings of the day, once what nobody confirmed has been let go of. */
function takingsOf(business: readonly Business[]): bigint {
  return business.reduce((sum, one) => {
    if (one.refusedBy !== undefined || one.ending !== "confirm") return sum;
    if (one.facts.class !== "USE") return sum;
    const refunds = one.later.filter(({ why }) => why === "refund");
    const back = refunds.reduce((total, { amount }) => total + amount, 0n);
    return sum + BigInt(one.facts.amount ?? "0") - back;
  }, 0n);
}

function takenOf(business: readonly Business[]): bigint {
  return business.reduce((sum, { facts, refusedBy, ending }) => {
    if (refusedBy !== undefined || ending === "cancel" || facts.class !== "USE") return sum;
    return sum + BigInt(facts.amount ?? "0");
  }, 0n);
}

/** How many acts the journal of a house's pilot counts for a month, and how many of them refused. */
export function askedOf({ business, returns }: Pick<HouseMonth, "business" | "returns">): {
  readonly asked: number;
  readonly refused: number;
} {
  const refused = business.filter(({ refusedBy }) => refusedBy !== undefined);
  const granted = business.filter(({ refusedBy }) => refusedBy === undefined);
  const later = granted.map((one) => {
    if (one.ending === "silence") return 0;
    return one.ending === "cancel" ? 1 : 1 + one.later.length;
  });
  const finished = later.reduce((sum, one) => sum + one, 0);
  return { asked: business.length + finished + returns.length, refused: refused.length };
}
