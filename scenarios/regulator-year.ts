/**
 * A year of the regulator's: six pilots and a seventh that is admitted in it, through the front door
 * and with the clock in hand. Killed anywhere and run again on the same folder it goes on.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CalendarDate } from "@sandbank/kernel/clock";
import { machineNow, OrderBook, Shop, type ShopFront } from "@sandbank/world";
import { nextMonth } from "./calendar.ts";
import { type Check, failed } from "./check.ts";
import { admissionSteps } from "./regulator-year/admission.ts";
import { businessSteps } from "./regulator-year/business.ts";
import { evaluationSteps } from "./regulator-year/evaluation.ts";
import { Heard } from "./regulator-year/heard.ts";
import { type Kept, openProgress } from "./regulator-year/kept.ts";
import { leavingSteps } from "./regulator-year/leaving.ts";
import { SHOPS } from "./regulator-year/payments.ts";
import { peopleSteps } from "./regulator-year/people.ts";
import { keyOf, planYear, type YearPlan } from "./regulator-year/plan.ts";
import { pulseOf } from "./regulator-year/pulse.ts";
import { reportPage } from "./regulator-year/report-page.ts";
import { type Lang, reportOf } from "./regulator-year/report.ts";
import { supervisionSteps } from "./regulator-year/supervision.ts";
import { type Server, startServer } from "./server.ts";
import type { Progress } from "./progress.ts";
import { as, liveThrough } from "./stage.ts";
import type { Step, Year } from "./regulator-year/year.ts";
import { yearEndSteps } from "./regulator-year/year-end.ts";

export interface RegulatorYearAsked {
  /** Folder of everything that the year keeps. */
  readonly data: string;
  readonly seed: number;
  /** 4 to 1,000: pieces of business of one institution in a month. */
  readonly size: number;
  readonly lang: Lang;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface RegulatorYearEnd {
  readonly report: string;
  readonly checks: readonly Check[];
  /** Checks that do not agree; empty is well. */
  readonly failed: readonly Check[];
}

const LANES = 16;

/** Lives the year, or what is left of it. Throws where it is not as foretold. */
export async function regulatorYear(asked: RegulatorYearAsked): Promise<RegulatorYearEnd> {
  const { data, seed, size, lang } = asked;
  const began = machineNow();
  mkdirSync(data, { recursive: true });
  const progress = openProgress(data, { seed, size, first: nextMonth() });
  const plan = planYear({ seed, size, first: progress.kept.first as CalendarDate });
  const server = await startServer(data);
  const interrupted = () => void server.end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  const year = openYear({ plan, server, data, progress });
  try {
    await live(year, asked.onProgress ?? (() => undefined));
    const seconds = progress.kept.seconds + Math.round((machineNow() - began) / 1_000);
    progress.write({ seconds });
    const report = reportOf(year, lang);
    writeFileSync(join(data, "report.md"), report);
    writeFileSync(join(data, "report.html"), reportPage(year, lang));
    const { checks } = progress.kept;
    return { report, checks, failed: failed(checks) };
  } finally {
    process.removeListener("SIGINT", interrupted);
    await year.pulse.stop();
    await server.end();
  }
}

function openYear(of: {
  readonly plan: YearPlan;
  readonly server: Server;
  readonly data: string;
  readonly progress: Progress<Kept>;
}): Year {
  const { server, data, progress } = of;
  const heard = new Heard(data, progress.kept.runs);
  const key = server.key("pebble-acquiring", "permits");
  const pulse = pulseOf({ origin: server.origin, key, pilot: "phone-pos" });
  const shops = SHOPS.map((front) => openShop(front, { server, data, heard }));
  const said = { key: keyOf(of.plan), heard, onTried: heard.onTried };
  return { ...of, ...said, lanes: LANES, shops, pulse, people: new Map(), tokens: [] };
}

function openShop(front: ShopFront, of: Pick<Year, "server" | "data" | "heard">): Shop {
  const organisation = front.id === "farsail" ? "farsail-travel" : "lantern-finance";
  const client = as({ server: of.server, onTried: of.heard.onTried }, `${organisation} requestor`);
  return new Shop(front, { client, book: new OrderBook(join(of.data, `${front.id}.json`)) });
}

/** Everything that happens. */
function stepsOf(plan: YearPlan): Step[] {
  const lives = [businessSteps, admissionSteps, supervisionSteps, peopleSteps];
  return [...lives, leavingSteps, evaluationSteps, yearEndSteps].flatMap((part) => part(plan));
}

async function live(year: Year, onProgress: (done: number, of: number) => void): Promise<void> {
  if (year.progress.kept.names["pulse"] === "on") await year.pulse.start();
  await liveThrough(year, { steps: stepsOf(year.plan), onProgress });
}
