/**
 * Runs the parts of a suite at once, each in a process of its own, and tells them one after the
 * other: the first as it goes, the others from where they are when their turn comes. One summary of
 * node's form ends it, with what all parts counted.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import process from "node:process";
import { type Manner, ROOT, testArguments } from "./suite.ts";

/** What node's summary counts, in its order. */
const COUNTED = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"] as const;
const SUMMARY = new RegExp(String.raw`^ℹ (${COUNTED.join("|")}|duration_ms) ([\d.]+)$`);

export type Counts = Record<(typeof COUNTED)[number], number>;

export interface Ended {
  readonly status: number;
  readonly counts: Counts;
}

export interface Part {
  readonly files: readonly string[];
  /** More arguments for node. */
  readonly more: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly manner: Manner;
}

export function noCounts(): Counts {
  return Object.fromEntries(COUNTED.map((name) => [name, 0])) as Counts;
}

/** Takes a line of node's own summary, the last of each name. True if it is one: it is not shown. */
export function isCounted(line: string, counts: Counts): boolean {
  const [, name, number] = SUMMARY.exec(stripVTControlCharacters(line)) ?? [];
  if (name === undefined) return false;
  if (name !== "duration_ms") counts[name as keyof Counts] = Number(number);
  return true;
}

/** The summary of all parts, as node writes one. */
export function summaryOf(parts: readonly Counts[], duration_ms: number): string {
  const sum = (name: keyof Counts) => parts.reduce((all, counts) => all + counts[name], 0);
  const lines = COUNTED.map((name) => `ℹ ${name} ${sum(name)}`);
  return [...lines, `ℹ duration_ms ${duration_ms}`].join("\n");
}

/** Runs the parts at once and tells them in their order. */
export async function runParts(
  parts: readonly Part[],
  tell: (line: string) => void,
): Promise<readonly Ended[]> {
  const turns = parts.map(() => [] as string[]);
  let turn = 0;
  const flush = () => {
    for (const line of turns[turn]?.splice(0) ?? []) tell(line);
  };
  const ended = parts.map(() => false);
  return Promise.all(
    parts.map(async (part, at) => {
      const end = await runPart(part, (line) => {
        turns[at]?.push(line);
        if (at === turn) flush();
      });
      ended[at] = true;
      while (turn < parts.length && ended[turn] === true) {
        flush();
        turn += 1;
      }
      flush();
      return end;
    }),
  );
}

/** One process; its summary is kept back and counted. */
async function runPart(
  { files, more, env, manner }: Part,
  say: (line: string) => void,
): Promise<Ended> {
  const counts = noCounts();
  const child = spawn(process.execPath, testArguments(files, more, manner), {
    cwd: ROOT,
    stdio: ["inherit", "pipe", "inherit"],
    env: process.stdout.isTTY ? { FORCE_COLOR: "1", ...env } : env,
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    if (!isCounted(line, counts)) say(line);
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  return { status, counts };
}
