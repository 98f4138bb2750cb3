/**
 * Indicators about the machine, and the grade that is made of all: told by the API and held against a
 * recount between two tellings that agree, since knocks and requests go on meanwhile.
 */
import {
  addMonths,
  type CalendarDate,
  type Instant,
  shanghaiMidnight,
  shanghaiMonth,
} from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { machineNow } from "@sandbank/world";
import { differencesOf, RECOUNTED, type Series, seriesOf, type Told } from "./compare.ts";
import { gradeFigures } from "./grade-recount.ts";
import { availability, type Bounds, impossible, latency, triesOf } from "./machine-recount.ts";
import type { Figure } from "./recount.ts";
import { answeredFor, knockedAt } from "./recount.store.ts";
import { read, waitFor } from "../stage.ts";
import type { Year } from "./year.ts";

const OF_MACHINE = ["I1", "I2", "I3"] as const;
const ALL = [...OF_MACHINE, ...RECOUNTED, "I32"];
/** A server adds its answers up every five seconds: later than this it is not behind, but wrong. */
const BEHIND_MS_MAX = 20_000;

interface Asked {
  readonly year: Year;
  readonly pilot: string;
  readonly store: Store;
}

type Telling = ReadonlyMap<string, Series>;

/** Everything in which I1 to I3, I32 and their recount differ, as sentences; empty is well. */
export function compareMachine(asked: Asked): Promise<string[]> {
  return waitFor(`the figures about the machine of ${asked.pilot} stand still`, async () => {
    const told = await tellingOf(asked, ALL);
    const success = differInSuccess(asked, told);
    if (success.length > 0 && isBehind(asked)) return undefined;
    const found = [
      ...(await differInKnocks(asked, told)),
      ...success,
      ...(await differInLatency(asked, told)),
      ...differInGrade(told),
      ...(await notCompared(asked)),
    ];
    const again = await tellingOf(asked, OF_MACHINE);
    return OF_MACHINE.every((one) => isSame(told.get(one), again.get(one))) ? found : undefined;
  });
}

function isSame(one: Series | undefined, other: Series | undefined): boolean {
  return JSON.stringify(one?.windows) === JSON.stringify(other?.windows);
}

function isBehind({ year }: Asked): boolean {
  const latest = year.heard.tries().at(-1)?.at ?? 0;
  return machineNow() - latest < BEHIND_MS_MAX;
}

async function tellingOf({ year, pilot }: Asked, indicators: readonly string[]): Promise<Telling> {
  const told = new Map<string, Series>();
  for (const one of indicators) told.set(one, await seriesOf(year, pilot, one));
  return told;
}

interface MachineWindow {
  readonly figures: readonly Told[];
  /** The month of machine time that it stands for: the latest is the one that goes on now. */
  readonly month: string;
  readonly begins: Instant;
}

function machineWindows(told: Telling, indicator: string): MachineWindow[] {
  const windows = told.get(indicator)?.windows ?? [];
  const now = `${shanghaiMonth(machineNow() as Instant)}-01` as CalendarDate;
  return windows.map(({ figures }, at) => {
    const first = addMonths(now, at - (windows.length - 1));
    return { figures, month: first.slice(0, 7), begins: shanghaiMidnight(first) };
  });
}

async function differInKnocks({ pilot, store }: Asked, told: Telling): Promise<string[]> {
  const knocked = await knockedAt(store, pilot);
  return machineWindows(told, "I1").flatMap(({ figures, month, begins }) => {
    const own = knocked.find((one) => one.month === begins);
    const again = knocked.length === 0 ? [] : availability(own);
    return differencesOf(figures, again).map((one) => `I1 ${month} ${one}`);
  });
}

/** Within what callers wrote down; to the last digit where every try was answered and heard. */
function differInSuccess({ year, pilot }: Asked, told: Telling): string[] {
  const all = year.heard.tries();
  return machineWindows(told, "I2").flatMap((window) => {
    const { figures, month } = window;
    const { done, failed } = triesOf(all, { pilot, month });
    const success = figures.find(({ figure }) => figure === "success");
    const failures = figures.find(({ figure }) => figure === "failures");
    const [sums, over, bad] = [success?.sums, success?.over, failures?.value].map(Number);
    const share = over === 0 ? null : String((BigInt(sums ?? 0) * 1_000_000n) / BigInt(over ?? 1));
    const said = [
      ...(isWithin(sums, done) ? [] : [`told ${sums} done, heard ${textOf(done)}`]),
      ...(isWithin(bad, failed) ? [] : [`told ${bad} failures, heard ${textOf(failed)}`]),
      ...((sums ?? 0) + (bad ?? 0) === over ? [] : [`told ${sums} + ${bad} = ${over}`]),
      ...(success?.value === share ? [] : [`told ${success?.value} ppm, counted ${share}`]),
    ];
    return said.map((one) => `I2 ${month} ${one}`);
  });
}

function isWithin(count: number | undefined, { least, most }: Bounds): boolean {
  return count !== undefined && count >= least && count <= most;
}

function textOf({ least, most }: Bounds): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

async function differInLatency({ year, pilot, store }: Asked, told: Telling): Promise<string[]> {
  const answered = await answeredFor(store, pilot);
  const all = year.heard.tries();
  return machineWindows(told, "I3").flatMap(({ figures, month, begins }) => {
    const own = answered.filter((one) => one.month === begins);
    const again: Figure[] = own.length === 0 ? [] : latency(own);
    const tries = triesOf(all, { pilot, month });
    const differing = [...differencesOf(figures, again), ...impossible(again, tries)];
    return differing.map((one) => `I3 ${month} ${one}`);
  });
}

function differInGrade(told: Telling): string[] {
  const grades = told.get("I32")?.windows ?? [];
  return grades.flatMap(({ figures }, at) => {
    const graded = [...told].flatMap(([id, { dimension, windows }]) =>
      id === "I32" ? [] : [{ id, dimension, figures: windows[at]?.figures ?? [] }],
    );
    const again = gradeFigures(graded);
    return differencesOf(figures, again).map((one) => `I32 ${one}`);
  });
}

interface Board {
  readonly indicators: readonly { readonly id: string }[];
}

/** Whatever the board shows is compared. */
async function notCompared({ year, pilot }: Asked): Promise<string[]> {
  const { indicators } = await read<Board>(year, `/api/pilots/${pilot}/indicators?span=month`);
  return indicators.flatMap(({ id }) =>
    ALL.includes(id) ? [] : [`${id} is shown and compared by nobody`],
  );
}
