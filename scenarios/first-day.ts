/**
 * The first day of the payment tokens' pilot, through the front door: two strangers, some hundred
 * customers, a suspension at midday, and a daily cap that is reached to the fen. Killed anywhere and
 * run again on the same folder it goes on, and ends in the same books.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addDays,
  type CalendarDate,
  shanghaiDate,
  shanghaiHourOfWeek,
  shanghaiMidnight,
} from "@sandbank/kernel/clock";
import { heldOf, machineNow, owedOf } from "@sandbank/world";
import { type Check, failed } from "./check.ts";
import { checkEvening, checkExpiry, checkNextDay } from "./first-day/checks.ts";
import { type Day, liveThrough, openDay, sellTheRest, setUp } from "./first-day/day.ts";
import { planDay, STEPS } from "./first-day/plan.ts";
import { type Lang, reportOf } from "./first-day/report.ts";
import { startServer } from "./server.ts";

export interface FirstDayAsked {
  /** Folder of everything that the day keeps. */
  readonly data: string;
  readonly seed: number;
  /** 100 to 100,000. */
  readonly payments: number;
  readonly lang: Lang;
  /** Requests under way at once; 32 unless told. */
  readonly lanes?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface FirstDayEnd {
  readonly report: string;
  readonly checks: readonly Check[];
  /** Checks that do not agree; empty is well. */
  readonly failed: readonly Check[];
  /** The strangers' books without what differs by machine: a text to compare runs by. */
  readonly books: string;
}

const LANES = 32;

/** Lives the day, or what is left of it. Throws where it is not as foretold. */
export async function firstDay(asked: FirstDayAsked): Promise<FirstDayEnd> {
  const { data, seed, payments, lang, lanes = LANES } = asked;
  const began = machineNow();
  mkdirSync(data, { recursive: true });
  const plan = planDay({ seed, payments });
  const server = await startServer(data);
  const interrupted = () => void server.end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  try {
    const onProgress = asked.onProgress ?? (() => undefined);
    const day = openDay({ plan, server, data, nextMonday: nextMonday(), lanes, onProgress });
    await live(day);
    const seconds = Math.round((machineNow() - began) / 1_000);
    const total = day.progress.kept.seconds + seconds;
    day.progress.write({ seconds: total });
    const report = reportOf(day, { lang, seconds: total });
    const books = booksOf(day);
    writeFileSync(join(data, "report.md"), report);
    writeFileSync(join(data, "books.json"), books);
    const { checks } = day.progress.kept;
    return { report, checks, failed: failed(checks), books };
  } finally {
    process.removeListener("SIGINT", interrupted);
    await server.end();
  }
}

/** The parts after the steps are steps too: each is done whole, or again. */
async function live(day: Day): Promise<void> {
  await setUp(day);
  await liveThrough(day);
  const parts = [sellTheRest, checkEvening, checkNextDay, checkExpiry];
  for (const [at, part] of parts.entries()) {
    if (day.progress.kept.done > STEPS + at) continue;
    await part(day);
    day.progress.write({ done: STEPS + at + 1 });
  }
}

/** The Monday after tomorrow: the first turn of the clock goes forward wherever we are. */
function nextMonday(): CalendarDate {
  const today = shanghaiDate(machineNow() as Parameters<typeof shanghaiDate>[0]);
  let date = addDays(today, 2);
  while (shanghaiHourOfWeek(shanghaiMidnight(date)) !== 0) date = addDays(date, 1);
  return date;
}

function booksOf(day: Day): string {
  const books = day.shops.map(({ front, book }) => ({
    shop: front.id,
    orders: book.all().map((order) => ({
      ...{ number: order.number, state: order.state, code: order.code },
      ...{ amount: String(order.amount), article: order.article },
      ...{ owed: String(owedOf(order)), held: String(heldOf(order)) },
      deeds: Object.entries(order.deeds)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, deed]) => {
          return `${key} ${deed.verb} ${deed.amount} ${deed.code ?? "done"}`;
        }),
    })),
  }));
  const { readings, checks } = day.progress.kept;
  const seen = checks.map(({ name, seen: figure }) => `${name}: ${figure}`);
  return `${JSON.stringify({ books, readings, seen }, null, 1)}\n`;
}
