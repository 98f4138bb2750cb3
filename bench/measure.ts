/**
 * How every promise is measured: rounds in which all contenders take turns, so that a noisy
 * neighbour hits each of them; the median of the rounds; and the ratio to a baseline of the same
 * run. It asserts nothing: a figure of another machine or hour is not comparable, a ratio nearly is.
 */
import { cpus, totalmem } from "node:os";

/** One figure. `ratio` is to the value of the contender named by `baseline`. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: string;
  readonly ratio?: number;
  /** What the promise asks for, in words, for the reader of the table. */
  readonly target?: string;
}

/** A file of this folder: what it measures and how. */
export interface Bench {
  readonly name: string;
  /** The promise, in one sentence. */
  readonly promise: string;
  run(say: Say): Promise<readonly Result[]>;
}

/** Progress, on stderr, so that stdout stays a report. */
export type Say = (line: string) => void;

/** One way to do the work. A round answers how much it did and in how many milliseconds. */
export interface Contender {
  readonly name: string;
  round(): Promise<{ readonly count: number; readonly ms: number }>;
}

/** Lets the contenders take turns and gives the median rate of each, in things per second. */
export async function takeTurns(
  contenders: readonly Contender[],
  { rounds, say }: { readonly rounds: number; readonly say: Say },
): Promise<Map<string, number>> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, round: run } of contenders) {
      const { count, ms } = await run();
      const rate = (count / ms) * 1000;
      rates.get(name)?.push(rate);
      say(`round ${round}/${rounds}  ${name}: ${grouped(rate)}/s`);
    }
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]));
}

/** The middle value; of an even number the mean of both in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? NaN, sorted[Math.floor(half)] ?? NaN];
  return (low + high) / 2;
}

/** Repeats `work` for about `ms` milliseconds and says how much came of it. */
export async function during(
  ms: number,
  work: () => Promise<number>,
): Promise<{ count: number; ms: number }> {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ms) count += await work();
  return { count, ms: performance.now() - start };
}

/** The head of a report: what ran, where, and with what. */
export function stateMachine(command: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `command  ${command}`,
    `machine  ${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${memory} GiB, ${process.platform} ${process.arch}`,
    `runtime  Node ${process.versions.node}`,
  ].join("\n");
}

/** A table for people, then one line of JSON for each result. */
export function report(bench: Bench, results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    `${grouped(result.value)} ${result.unit}`,
    result.ratio === undefined ? "" : `${result.ratio.toFixed(2)} × ${result.baseline}`,
    result.target ?? "",
  ]);
  const head = ["", "median", "ratio", "promise"];
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  const json = results.map(({ name, value, unit, baseline, ratio }) =>
    JSON.stringify({ name, value, unit, baseline: baseline ?? null, ratio: ratio ?? null }),
  );
  return [`${bench.name}: ${bench.promise}`, line(head), ...rows.map(line), "", ...json].join("\n");
}

function grouped(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 2 : 0 });
}
