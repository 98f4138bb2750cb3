/**
 * `npm run check`: the whole judgement in one command. One line a step; it stops at the first that
 * fails, shows what that step said, and ends with 1. Tests that drive a browser or a whole
 * server are left to `npm test`, and the others run in two processes, so that a check is over within
 * three minutes.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { ROOT, environment, forgetKept, testArguments, testFiles } from "./suite.ts";

/** What is run for one line of the judgement: each run in a process of its own, all at once. */
interface Step {
  readonly name: string;
  readonly command: string;
  readonly runs: readonly (readonly string[])[];
}

const bin = (name: string): string => join(ROOT, "node_modules", ".bin", name);
const files = testFiles({ long: false, e2e: false, paths: [] });
const halves = [0, 1].map((half) => files.filter((_, at) => at % 2 === half));

const STEPS: readonly Step[] = [
  { name: "laws", command: process.execPath, runs: [["tools/tidy.ts"]] },
  { name: "docs", command: process.execPath, runs: [["tools/docs.ts", "--check"]] },
  { name: "types", command: bin("tsc"), runs: [["-p", "."]] },
  { name: "lint", command: bin("oxlint"), runs: [["--type-aware"]] },
  { name: "format", command: bin("oxfmt"), runs: [["--check"]] },
  { name: "dead code", command: bin("knip"), runs: [["--no-progress", "--no-config-hints"]] },
  { name: "tests", command: process.execPath, runs: halves.map((half) => testArguments(half)) },
];

/** Runs one command to its end and gathers what it says. */
async function said(
  command: string,
  options: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  const child = spawn(command, options, { cwd: ROOT, env: environment() });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  return { status, output: Buffer.concat(chunks).toString("utf8") };
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

forgetKept();
const started = performance.now();
for (const { name, command, runs } of STEPS) {
  const began = performance.now();
  const ended = await Promise.all(runs.map((options) => said(command, options)));
  const failed = ended.filter(({ status }) => status !== 0);
  const line = `${name.padEnd(10)} ${seconds(began).padStart(7)} s`;
  if (failed.length > 0) {
    console.log(`✖ ${line}\n\n${failed.map(({ output }) => output).join("\n")}`);
    process.exit(1);
  }
  console.log(`✔ ${line}`);
}
console.log(`✔ everything holds, in ${seconds(started)} s`);
