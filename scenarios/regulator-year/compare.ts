/**
 * The indicators of the year as the API states them, month by month, held against the recount: every
 * value, sum and divisor to the last digit.
 */
import { addMonths, type CalendarDate, type Instant } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { Audited } from "../front-door.ts";
import { complaintFigures } from "./complaints-recount.ts";
import { deniedByGuard } from "./denials.ts";
import { incidentFigures, type PublicIncident } from "./incident-recount.ts";
import { DRAINED_ON, LEAVING } from "./leaving.ts";
import type { Grievance } from "../grievance.ts";
import { grievancesOf } from "./people.ts";
import { MONTHS, on } from "./plan.ts";
import { adequacy, type PoolBooks, type PoolTerms } from "./pool-recount.ts";
import {
  type ExitBooks,
  exitFigures,
  type HearingPage,
  hearingFigures,
} from "./procedure-recount.ts";
import {
  type Act,
  askedIn,
  attained,
  concentration,
  denied,
  type Figure,
  fraud,
  instantOf,
  type Limit,
  monthSpan,
  type Opened,
  readFacts,
  received,
  type Span,
  throughput,
  useOfCaps,
} from "./recount.ts";
import { type Denial, denialsOf, pooledOf } from "./recount.store.ts";
import { SILENT } from "./supervision.ts";
import { read, waitFor } from "../stage.ts";
import type { Year } from "./year.ts";

/**
 * The indicators that are computed from the journal, the facts file, public pages and the year's own
 * books. Those about the machine stand in machine-compare.ts.
 */
export const RECOUNTED = [
  ...["I4", "I6", "I7", "I8", "I9", "I11", "I12"],
  ...["I13", "I14", "I15", "I21", "I28", "I29", "I30", "I31"],
] as const;

/** A figure as the API tells it. */
export interface Told {
  readonly figure: string;
  readonly subject: string;
  readonly value: string | null;
  readonly sums: string | null;
  readonly over: string | null;
  readonly bad: "low" | "high" | null;
  readonly watch: string | null;
  readonly act: string | null;
}

/** An indicator over the months of the year and the two beside them, oldest first. */
export interface Series {
  readonly dimension: string;
  readonly behind: string;
  readonly windows: readonly {
    readonly begins: string;
    readonly ends: string;
    readonly figures: readonly Told[];
  }[];
}

/** What a comparison found: how many figures were compared, and those that differ. */
export interface Compared {
  readonly figures: number;
  readonly differing: readonly string[];
  /** Figures that differ where the recount leaves one act out: a comparison that sees has some. */
  readonly blind: number;
  /** Acts of each month of the year, and how many of them were refused. */
  readonly months: readonly { readonly acts: string; readonly refused: string }[];
}

/** Everything that a recount of one pilot looks at. */
export interface Books {
  readonly pilot: string;
  readonly acts: readonly Act[];
  readonly opened: ReadonlyMap<number, Opened>;
  readonly denials: readonly Denial[];
  readonly limits: readonly Limit[];
  readonly scale: Parameters<typeof attained>[1]["scale"];
  readonly directives: readonly {
    readonly inForceAt: string;
    readonly reason: { readonly en: string };
  }[];
  readonly incidents: readonly PublicIncident[];
  readonly pool: PoolBooks;
  readonly hearing: HearingPage;
  readonly exit: Omit<ExitBooks, "acts" | "limits"> | undefined;
  readonly own: readonly Grievance[];
  readonly now: Instant;
}

interface Entry extends Omit<Act, "seq" | "at" | "moves"> {
  readonly seq: string;
  readonly at: string;
}

const PAGE = 200;

/** The whole journal of a pilot as staff read it, oldest first, with what each act moved. */
async function journalOf(
  year: Year,
  pilot: string,
  opened: ReadonlyMap<number, Opened>,
): Promise<Act[]> {
  const acts: Act[] = [];
  for (let before = ""; ;) {
    const path = `/api/pilots/${pilot}/journal?n=${PAGE}${before}`;
    const page = await read<{ entries: readonly Entry[]; before: string | null }>(year, path);
    for (const { seq, at, command, class: cls, outcome } of page.entries) {
      const number = Number(seq);
      const act = { seq: number, at: instantOf(at), command, class: cls, outcome };
      acts.push({ ...act, moves: opened.get(number)?.moves ?? [] });
    }
    if (page.before === null) return acts.toReversed();
    before = `&before=${page.before}`;
  }
}

/** Gathers what a recount looks at, from everywhere but the indicators. */
export async function booksOf(
  year: Year,
  of: { readonly pilot: string; readonly audited: Audited; readonly store: Store },
): Promise<Books> {
  const { pilot, audited, store } = of;
  const opened = readFacts(audited.facts);
  const path = `/api/pilots/${pilot}`;
  const [acts, denials, free] = await Promise.all([
    journalOf(year, pilot, opened),
    denialsOf(store, pilot),
    pooledOf(store, pilot),
  ]);
  const { limits } = await read<{ limits: readonly Limit[] }>(year, `${path}/limits`);
  const { scale, directives } = await read<Pick<Books, "scale" | "directives">>(year, path);
  const { incidents } = await read<Pick<Books, "incidents">>(year, `${path}/incidents`);
  const { terms } = await read<{ terms: PoolTerms }>(year, `${path}/compensation`);
  const hearing = await read<HearingPage>(year, `${path}/consultations`);
  const { now } = await read<{ now: string }>(year, "/api/clock");
  const own = grievancesOf(year.plan).filter((one) => one.pilot === pilot);
  const pool = { pilot, terms, free, acts, limits };
  const exit = await exitOf(year, pilot);
  const seen = { acts, opened, denials, limits, scale, directives, incidents, hearing, exit };
  return { pilot, ...seen, pool, own, now: instantOf(now) };
}

interface ExitPage {
  readonly begunAt: string;
  readonly steps: readonly { readonly closedAt: string | null }[];
}

/** Undefined for a pilot that stays. */
async function exitOf(year: Year, pilot: string): Promise<Books["exit"]> {
  const leaving = LEAVING.find((one) => one.pilot === pilot);
  if (leaving === undefined) return undefined;
  const { begunAt, steps } = await read<ExitPage>(year, `/api/pilots/${pilot}/exit`);
  return {
    begun: instantOf(begunAt),
    closed: steps.map(({ closedAt }) => (closedAt === null ? undefined : instantOf(closedAt))),
    ...{ items: leaving.items, ended: on(year.plan, leaving.month, DRAINED_ON) },
  };
}

/** Compares every recounted indicator of a pilot in every month of the year. */
export async function compareIndicators(year: Year, all: Books): Promise<Compared> {
  const { pilot, acts } = all;
  const without = { ...all, acts: acts.toSpliced(Math.floor(acts.length / 2), 1) };
  const differing: string[] = [];
  let [figures, blind] = [0, 0];
  for (const indicator of RECOUNTED) {
    const { windows } = await seriesOf(year, pilot, indicator);
    for (const [at, window] of windows.entries()) {
      const first = addMonths(year.plan.first, at - (windows.length - MONTHS - 1));
      const told = window.figures.filter((one) => isRecounted(indicator, one));
      figures += told.length;
      const found = differencesOf(told, figuresOf(indicator, all, first));
      differing.push(...found.map((one) => `${indicator} ${first} ${one}`));
      blind += differencesOf(told, figuresOf(indicator, without, first)).length;
    }
  }
  return { figures, differing, blind, months: monthsOf(year, acts) };
}

function monthsOf({ plan }: Year, acts: readonly Act[]): Compared["months"] {
  return plan.months.map((_, at) => {
    const first = addMonths(plan.first, at);
    const { sums, over } = denied(acts, monthSpan(first, addMonths(first, 1)));
    return { acts: String(over), refused: String(sums) };
  });
}

/** Waits until the follower has counted every act, and reads the year with the month before it. */
export function seriesOf(year: Year, pilot: string, indicator: string): Promise<Series> {
  const path = `/api/pilots/${pilot}/indicators/${indicator}?span=month&n=${MONTHS + 2}`;
  return waitFor(`the indicators of ${pilot} are up to date`, async () => {
    const series = await read<Series>(year, path);
    return series.behind === "0" ? series : undefined;
  });
}

/** How often the follower compared itself is the follower's own. */
function isRecounted(indicator: string, { figure }: Told): boolean {
  return indicator !== "I30" || figure !== "differing";
}

/** One indicator in the month that begins on a day. */
function figuresOf(
  indicator: (typeof RECOUNTED)[number],
  books: Books,
  first: CalendarDate,
): readonly Figure[] {
  const { acts, denials, limits, scale, own, now } = books;
  const span = monthSpan(first, addMonths(first, 1));
  switch (indicator) {
    case "I4":
      return throughput(acts, span, now);
    case "I6":
    case "I15":
      return incidentFigures(books.incidents, span)[indicator];
    case "I7":
    case "I8":
    case "I9":
      return complaintFigures(own, { acts, span, now })[indicator];
    case "I11":
      return useOfCaps(acts, { span, limits, now });
    case "I12":
      return attained(useOfCaps(acts, { span, limits, now }), { scale, limits });
    case "I13": {
      const asked = BigInt(askedIn(acts, span).length);
      return [denied(acts, span), ...deniedByGuard(denials, { span, asked })];
    }
    case "I14": {
      const found = fraud(acts, span, limits);
      return found === undefined ? [] : [found];
    }
    case "I21":
      return concentration(acts, span, limits);
    case "I28":
      return adequacy(books.pool, span, now);
    case "I29":
      return hearingFigures(books.hearing, { span, now });
    case "I30":
      return [received(acts, span), ...silences(books, span)];
    case "I31":
      return exitFigures(books.exit && { ...books.exit, acts, limits }, span);
  }
}

/** I30: directives that say of themselves that a heartbeat was missing; of whom nobody listens to, none. */
function silences({ pilot, directives }: Books, { begins, ends }: Span): Figure[] {
  if (pilot !== SILENT) return [];
  const found = directives.filter(({ inForceAt, reason }) => {
    const at = instantOf(inForceAt);
    return begins <= at && at < ends && reason.en.includes("heartbeat");
  });
  return [{ figure: "gaps", subject: "", value: BigInt(found.length) }];
}

/** Figures that one of the two tells otherwise than the other, or alone. */
export function differencesOf(told: readonly Told[], counted: readonly Figure[]): string[] {
  const text = (value: bigint | string | null | undefined) =>
    value === undefined || value === null ? "–" : String(value);
  const said = new Map(
    told
      // A figure without a source says so and has no value; the recount then has none at all.
      .filter(({ value, sums, over }) => value !== null || sums !== null || over !== null)
      .map((one) => [
        `${one.figure} ${one.subject}`,
        `${text(one.value)} = ${text(one.sums)} / ${text(one.over)}`,
      ]),
  );
  const again = new Map(
    counted
      .filter(({ value, sums, over }) => value !== null || sums !== undefined || over !== undefined)
      .map((one) => [
        `${one.figure} ${one.subject}`,
        `${text(one.value)} = ${text(one.sums)} / ${text(one.over)}`,
      ]),
  );
  return [...new Set([...said.keys(), ...again.keys()])].flatMap((name) => {
    const [one, other] = [said.get(name), again.get(name)];
    return one === other
      ? []
      : [`${name}: told ${one ?? "nothing"}, counted ${other ?? "nothing"}`];
  });
}
