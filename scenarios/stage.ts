/**
 * The stage of a scenario: dated steps with the clock in hand, people with a key each, and what they
 * do at the front door. Every command id is derived from the scenario's own key and the step, so that
 * a step that is done again is done once.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { toIso } from "@sandbank/kernel/clock";
import { pause, SandbankClient, type Tried } from "@sandbank/world";
import type { Check } from "./check.ts";
import { bodyOf, turnClock } from "./front-door.ts";
import type { Lasting, Progress } from "./progress.ts";
import type { Server } from "./server.ts";

/** Something that happened, for the report. */
export interface Happened {
  readonly at: string;
  readonly pilot: string;
  readonly zh: string;
  readonly en: string;
}

/** What a staged scenario keeps beside what every scenario does. */
export interface StageKept extends Lasting {
  /** What the bank calls something that a later step needs, by our own name for it. */
  readonly names: Readonly<Record<string, string>>;
  /** What happened, for the report: instants and sentences. */
  readonly events: readonly Happened[];
}

/** What a stage has kept before its first step. */
export const NOTHING_YET = {
  ...{ done: 0, checks: [], names: {}, events: [], seconds: 0, runs: 0 },
} as const satisfies Omit<StageKept, "seed">;

export interface Stage {
  /** The beginning of every command id. */
  readonly key: string;
  readonly server: Server;
  readonly progress: Progress<StageKept>;
  /** Told of every try of everybody, where somebody writes them down. */
  readonly onTried?: (tried: Tried) => void;
}

/** Something that happens at an instant. */
export interface Step<On extends Stage> {
  readonly name: string;
  readonly at: Instant;
  run(stage: On): Promise<void>;
}

/** Lives the steps in the order of their instants, from the first that is not done. */
export async function liveThrough<On extends Stage>(
  stage: On,
  of: {
    readonly steps: readonly Step<On>[];
    /** Told after each step, with its name. */
    readonly onProgress: (done: number, of: number, step: string) => void;
  },
): Promise<void> {
  const { onProgress } = of;
  const steps = of.steps.toSorted((a, b) => a.at - b.at);
  const from = stage.progress.kept.done;
  for (let at = from; at < steps.length; at++) {
    const step = steps[at];
    if (!step) break;
    const before = steps[at - 1]?.at;
    if (step.at !== before || at === from) await turnTo(stage, step, before ?? step.at);
    await step.run(stage);
    stage.progress.write({ done: at + 1 });
    onProgress(at + 1, steps.length, step.name);
  }
}

/** Much falls due in a long time: turned in strides, each is answered before a caller gives up. */
const STRIDE_MS = 14 * 86_400_000;

async function turnTo<On extends Stage>(
  stage: On,
  { at, name }: Step<On>,
  from: Instant,
): Promise<void> {
  const clock = as(stage, "platform clock");
  const key = `${stage.key}.at-${name}`;
  for (let to = from + STRIDE_MS; to < at; to += STRIDE_MS) {
    await turnClock(clock, to as Instant, `${key}.${to}`);
  }
  await turnClock(clock, at, key);
}

/** A scenario is not as foretold. */
export class NotAsForetold extends Error {
  override readonly name = "NotAsForetold";
}

export function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new NotAsForetold(otherwise);
}

/** Somebody of an organisation, by the name of his key: `supervisor officer`. */
export type Who = `${string} ${string}`;

export function as({ server, onTried }: Pick<Stage, "server" | "onTried">, who: Who) {
  const [organisation = "", name = ""] = who.split(" ");
  const { origin } = server;
  const told = onTried === undefined ? {} : { onTried };
  return new SandbankClient({ origin, key: server.key(organisation, name), ...told });
}

/** What is asked for, by whom and under which of the scenario's own names. */
export interface Asking {
  readonly who: Who;
  readonly path: string;
  /** Ends the command's id. */
  readonly key: string;
  readonly body?: unknown;
}

/** Acts; anything but a "yes" ends the scenario. */
export async function act<Body>(stage: Stage, { who, path, key, body }: Asking): Promise<Body> {
  const id = `${stage.key}.${key}`;
  return bodyOf<Body>(await as(stage, who).post(path, id, body), `${who} at ${path}`);
}

/** Acts where a "no" is foretold; answers with its code, or `yes`. */
export async function tried(stage: Stage, { who, path, key, body }: Asking): Promise<string> {
  const heard = await as(stage, who).post(path, `${stage.key}.${key}`, body);
  return heard.said === "no" ? heard.code : "yes";
}

/** Proposed by one, approved by another. */
export async function byTwo<Answer>(
  stage: Stage,
  asking: Asking & { readonly second: Who },
): Promise<Answer> {
  const proposed = await act<{ task: string }>(stage, asking);
  const approval = { who: asking.second, path: `/api/tasks/${proposed.task}/approve` };
  const key = `${asking.key}.second`;
  const done = await act<{ answer: Answer }>(stage, { ...approval, key, body: {} });
  return done.answer;
}

export async function read<Body>(stage: Stage, path: string, who: Who = "auditor auditor") {
  return bodyOf<Body>(await as(stage, who).get(path), `reading ${path}`);
}

/** The supervisor's two, as `byTwo` takes them. */
export const SUPERVISORS = { who: "supervisor officer", second: "supervisor approver" } as const;

const WAITS_MAX = 1_200;
const WAIT_MS = 50;

/**
 * Asks until something is there, for a minute unless told so many times that; a scenario that waits
 * in vain ends.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  minutes = 1,
): Promise<T> {
  for (let waits = 0; waits < WAITS_MAX * minutes; waits++) {
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

export function pilotPage(stage: Stage, pilot: string): Promise<PilotPage> {
  return read<PilotPage>(stage, `/api/pilots/${pilot}`);
}

/** Waits until a pilot is in a state and every partition obeys its latest policy. */
export function settled(stage: Stage, pilot: string, state: string): Promise<PilotPage> {
  return waitFor(`${pilot} is ${state}`, async () => {
    const page = await pilotPage(stage, pilot);
    return page.state === state && page.policy?.effective ? page : undefined;
  });
}

export function note(stage: Stage, name: string, value: string): string {
  const { names } = stage.progress.kept;
  stage.progress.write({ names: { ...names, [name]: value } });
  return value;
}

export function noted(stage: Stage, name: string): string {
  const found = stage.progress.kept.names[name];
  if (found === undefined) throw new Error(`no earlier step noted ${name}`);
  return found;
}

/** Writes a check down once; a run that comes by again keeps the first. */
export function check(stage: Stage, made: Check): void {
  const { checks } = stage.progress.kept;
  if (checks.some(({ name }) => name === made.name)) return;
  stage.progress.write({ checks: [...checks, made] });
}

/** Something that the report tells, once. */
export function tell(
  stage: Stage,
  of: { readonly at: Instant; readonly pilot: string; readonly zh: string; readonly en: string },
): void {
  const { events } = stage.progress.kept;
  const event = { ...of, at: toIso(of.at) };
  if (events.some((one) => one.at === event.at && one.en === event.en)) return;
  stage.progress.write({ events: [...events, event] });
}
