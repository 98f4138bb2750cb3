/**
 * `npm run check`: the whole judgement in one command. One line a step; it stops at the first that
 * fails, shows what that step said, and ends with 1. Tests that drive a browser are left to
 * `npm test`, so that a check is over within three minutes.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { ROOT, environment, testArguments, testFiles } from "./suite.ts";

interface Step {
  readonly name: string;
  readonly command: string;
  readonly options: readonly string[];
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const bin = (name: string): string => join(ROOT, "node_modules", ".bin", name);
const files = testFiles({ long: false, e2e: false, paths: [] });

const STEPS: readonly Step[] = [
  { name: "laws", command: process.execPath, options: ["tools/tidy.ts"] },
  { name: "docs", command: process.execPath, options: ["tools/docs.ts", "--check"] },
  { name: "types", command: bin("tsc"), options: ["-p", "."] },
  { name: "lint", command: bin("oxlint"), options: ["--type-aware"] },
  { name: "format", command: bin("oxfmt"), options: ["--check"] },
  { name: "dead code", command: bin("knip"), options: ["--no-progress", "--no-config-hints"] },
  { name: "tests", command: process.execPath, options: testArguments(files) },
];

const started = performance.now();
for (const step of STEPS) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(step.command, step.options, {
    cwd: ROOT,
    env: environment(),
    encoding: "utf8",
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  const line = `${step.name.padEnd(10)} ${seconds(began).padStart(7)} s`;
  if (status !== 0) {
    console.log(`✖ ${line}\n\n${stdout}${stderr}`);
    process.exit(1);
  }
  console.log(`✔ ${line}`);
}
console.log(`✔ everything holds, in ${seconds(started)} s`);

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
