/**
 * A year as it happens: dated steps with the clock in hand, people with a key each, and what they do
 * at the front door. Every command id is derived from the plan and the step, so that a step that is
 * done again is done once.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { toIso } from "@sandbank/kernel/clock";
import { pause, SandbankClient, type Shop } from "@sandbank/world";
import type { Check } from "../check.ts";
import { type Held } from "../first-day/staff.ts";
import { bodyOf } from "../front-door.ts";
import type { Server } from "../server.ts";
import type { Heard } from "./heard.ts";
import type { Progress } from "./kept.ts";
import { keyOf, type YearPlan } from "./plan.ts";
import type { Person } from "./person.ts";
import type { Pulse } from "./pulse.ts";

export interface Year {
  readonly plan: YearPlan;
  readonly server: Server;
  readonly data: string;
  readonly progress: Progress;
  /** What the year's own callers heard, for whoever counts again. */
  readonly heard: Heard;
  readonly lanes: number;
  readonly shops: readonly Shop[];
  readonly pulse: Pulse;
  /** Who has signed in at the console in this run, by organisation. */
  readonly people: Map<string, Person>;
  tokens: readonly Held[];
}

/** Something that happens at an instant of the year. */
export interface Step {
  readonly name: string;
  readonly at: Instant;
  run(year: Year): Promise<void>;
}

/** The year is not as foretold. */
export class NotAsForetold extends Error {
  override readonly name = "NotAsForetold";
}

export function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new NotAsForetold(otherwise);
}

/** Somebody of an organisation, by the name of his key: `supervisor officer`. */
export type Who = `${string} ${string}`;

export function as({ server, heard }: Pick<Year, "server" | "heard">, who: Who): SandbankClient {
  const [organisation = "", name = ""] = who.split(" ");
  const { origin } = server;
  return new SandbankClient({
    ...{ origin, key: server.key(organisation, name), onTried: heard.onTried },
  });
}

/** What is asked for, by whom and under which of the year's own names. */
export interface Asking {
  readonly who: Who;
  readonly path: string;
  /** Ends the command's id. */
  readonly key: string;
  readonly body?: unknown;
}

/** Acts; anything but a "yes" ends the year. */
export async function act<Body>(year: Year, { who, path, key, body }: Asking): Promise<Body> {
  const id = `${keyOf(year.plan)}.${key}`;
  return bodyOf<Body>(await as(year, who).post(path, id, body), `${who} at ${path}`);
}

/** Acts where a "no" is foretold; answers with its code, or `yes`. */
export async function tried(year: Year, { who, path, key, body }: Asking): Promise<string> {
  const heard = await as(year, who).post(path, `${keyOf(year.plan)}.${key}`, body);
  return heard.said === "no" ? heard.code : "yes";
}

/** Proposed by one, approved by another. */
export async function byTwo<Answer>(
  year: Year,
  asking: Asking & { readonly second: Who },
): Promise<Answer> {
  const proposed = await act<{ task: string }>(year, asking);
  const approval = { who: asking.second, path: `/api/tasks/${proposed.task}/approve` };
  const key = `${asking.key}.second`;
  const done = await act<{ answer: Answer }>(year, { ...approval, key, body: {} });
  return done.answer;
}

export async function read<Body>(year: Year, path: string, who: Who = "auditor auditor") {
  return bodyOf<Body>(await as(year, who).get(path), `reading ${path}`);
}

/** The supervisor's two, as `byTwo` takes them. */
export const SUPERVISORS = { who: "supervisor officer", second: "supervisor approver" } as const;

const WAITS_MAX = 1_200;
const WAIT_MS = 50;

/** Asks until something is there; a year that waits in vain ends. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let waits = 0; waits < WAITS_MAX; waits++) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(WAIT_MS);
  }
  throw new NotAsForetold(`waited in vain: ${what}`);
}

interface PilotPage {
  readonly state: string;
  readonly policy: {
    readonly effective: boolean;
    readonly classes: Readonly<Record<"OPEN" | "USE" | "SERVICE", boolean>>;
  } | null;
}

export function pilotPage(year: Year, pilot: string): Promise<PilotPage> {
  return read<PilotPage>(year, `/api/pilots/${pilot}`);
}

/** Waits until a pilot is in a state and every partition obeys its latest policy. */
export function settled(year: Year, pilot: string, state: string): Promise<PilotPage> {
  return waitFor(`${pilot} is ${state}`, async () => {
    const page = await pilotPage(year, pilot);
    return page.state === state && page.policy?.effective ? page : undefined;
  });
}

export function note(year: Year, name: string, value: string): string {
  const { names } = year.progress.kept;
  year.progress.write({ names: { ...names, [name]: value } });
  return value;
}

export function noted(year: Year, name: string): string {
  const found = year.progress.kept.names[name];
  if (found === undefined) throw new Error(`no earlier step noted ${name}`);
  return found;
}

/** Writes a check down once; a run that comes by again keeps the first. */
export function check(year: Year, made: Check): void {
  const { checks } = year.progress.kept;
  if (checks.some(({ name }) => name === made.name)) return;
  year.progress.write({ checks: [...checks, made] });
}

/** Something that the report tells, once. */
export function tell(
  year: Year,
  of: { readonly at: Instant; readonly pilot: string; readonly zh: string; readonly en: string },
): void {
  const { events } = year.progress.kept;
  const event = { ...of, at: toIso(of.at) };
  if (events.some((one) => one.at === event.at && one.en === event.en)) return;
  year.progress.write({ events: [...events, event] });
}
