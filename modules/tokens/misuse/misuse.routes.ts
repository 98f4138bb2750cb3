/** Misuse over HTTP, for whoever oversees the pilot: the sums of a span of days, and the tries behind. */
import { addDays, type CalendarDate, isCalendarDate, toIso } from "@sandbank/kernel/clock";
import { shanghaiMidnight } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import { explain, type Lang } from "@sandbank/kernel/words";
import { oversees } from "../oversight.ts";
import { failedShown } from "../payment/decline.ts";
import { refuse } from "../refusals.ts";
import {
  type DeclineCause,
  MISUSE_DAYS,
  misuseContract,
  misuseQuery,
  triesContract,
  triesQuery,
} from "../misuse.contract.ts";
import { misuseOver, NEWEST } from "./overview.ts";
import { type Ports, readTries, type Tried } from "./tried.ts";

/** What lies on a card is its holder's business, and no part of why this was tried. */
const FUNDS = "funds_insufficient";

/** Tries of one page. */
const PAGE = 100;
/** Declines read at once, and at most to fill a page: a page that is not full says where to go on. */
const READ_AT_ONCE = 500;
const READ_MAX = 5_000;

/** GET /api/misuse, GET /api/misuse/tries. */
export function misuseRoutes(ports: Ports): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/misuse",
      summary: { zh: "被拒支付与误用（I26）", en: "Declined payments and misuse of tokens (I26)" },
      auth: "any",
      query: misuseQuery,
      answer: misuseContract,
      refusals: ["for_issuer_and_supervisor_only"],
      async handle({ query: { days }, principal }) {
        if (!oversees(ports, principal)) return refuse("for_issuer_and_supervisor_only");
        return misuseOver(ports, days === undefined ? MISUSE_DAYS.usual : Number(days));
      },
    }),
    route({
      method: "GET",
      path: "/api/misuse/tries",
      summary: { zh: "某日的被拒支付，逐笔", en: "The declined payments of a day, one by one" },
      auth: "any",
      query: triesQuery,
      answer: triesContract,
      refusals: ["for_issuer_and_supervisor_only"],
      async handle({ query: { day, before, ...filter }, principal, lang }) {
        if (!oversees(ports, principal)) return refuse("for_issuer_and_supervisor_only");
        if (!isCalendarDate(day)) return { tries: [], next: null };
        const { tries, next } = await triesOf(ports, { day, from: placeOf(before), filter });
        return { tries: tries.map((one) => shown(one, lang)), next };
      },
    }),
  ];
}

interface Place {
  /** Which of the partitions. */
  readonly at: number;
  readonly before: bigint;
}

function placeOf(cursor: string | undefined): Place {
  const [at = "0", before] = cursor?.split(".") ?? [];
  return { at: Number(at), before: before === undefined ? NEWEST : BigInt(before) };
}

interface Filter {
  readonly cause?: DeclineCause | undefined;
  readonly scene?: string | undefined;
  readonly token?: string | undefined;
}

/** Partition by partition, each newest first, until a page is full or enough was read. */
async function triesOf(
  ports: Ports,
  asked: { readonly day: CalendarDate; readonly from: Place; readonly filter: Filter },
): Promise<{ readonly tries: readonly Tried[]; readonly next: string | null }> {
  const { day, filter } = asked;
  const since = shanghaiMidnight(day);
  const until = shanghaiMidnight(addDays(day, 1));
  const { all } = ports.partitions;
  const tries: Tried[] = [];
  let { at, before } = asked.from;
  for (let read = 0; at < all.length && read < READ_MAX; read += READ_AT_ONCE) {
    const span = { partition: all[at] ?? 0, since, until, before, most: READ_AT_ONCE };
    const page = await readTries(ports, span);
    for (const one of page.tries) {
      if (fits(one, filter)) tries.push(one);
      if (tries.length === PAGE) return { tries, next: `${at}.${one.seq}` };
    }
    before = page.last ?? NEWEST;
    if (page.last === undefined) at += 1;
  }
  return { tries, next: at < all.length ? `${at}.${before}` : null };
}

function fits({ cause, scene, token }: Tried, filter: Filter): boolean {
  if (filter.cause !== undefined && filter.cause !== cause) return false;
  if (filter.scene !== undefined && filter.scene !== scene) return false;
  return filter.token === undefined || filter.token === token;
}

function shown({ seq: _, at, failed, ...tried }: Tried, lang: Lang) {
  const [first] = failed;
  const code = first?.code ?? "payment_declined";
  const told = explain({ refused: true, category: "conflicting", code, failed }, lang);
  return {
    ...tried,
    at: toIso(at),
    failed: failed.map((one, n) => {
      const { sentence = one.code, figures = "" } = told.failed[n] ?? {};
      if (one.code === FUNDS) return { code: FUNDS, says: sentence, figures: "" };
      return { ...failedShown(one), says: sentence, figures };
    }),
  };
}
