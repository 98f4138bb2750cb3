/**
 * `npm run bench` measures every promise, `npm run bench NAME…` the ones named. A promise is a file
 * of this folder that exports `bench`. Each is measured in a process of its own, so that none finds
 * the heap or the database of another; one that fails is named, and the others go on.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Bench, report, stateMachine } from "./measure.ts";
import { stateYardstick, yardsticks } from "./yardstick.ts";

const NOT_PROMISES = new Set(["run.ts", "measure.ts", "yardstick.ts"]);
/** What takes seconds first; whatever is not named here comes after, by its name. */
const ORDER = [
  "start",
  "page",
  "suspension",
  "verify",
  "ending",
  "vault",
  "permit",
  "ledger",
  "act",
];
/** Measures one, in this process. */
const ALONE = "--alone";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !NOT_PROMISES.has(file))
  .map((file) => file.slice(0, -".ts".length))
  .sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));

function placeOf(name: string): number {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}

async function alone(name: string): Promise<void> {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  process.stderr.write(`\n${bench.name}: ${bench.promise}\n`);
  const results = await bench.run((line) => process.stderr.write(`  ${line}\n`));
  process.stdout.write(`\n${report(bench, results)}\n`);
}

async function each(chosen: readonly string[], command: string): Promise<void> {
  process.stdout.write(`${stateMachine(command)}\n`);
  for (const one of yardsticks()) process.stdout.write(`${stateYardstick(one)}\n`);
  const failed: string[] = [];
  for (const name of chosen) {
    const args = [fileURLToPath(import.meta.url), ALONE, name];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    const start = performance.now();
    const [code] = (await once(child, "exit")) as [number | null];
    process.stderr.write(`${name}: ${Math.round((performance.now() - start) / 1000)} s\n`);
    if (code === 0) continue;
    failed.push(name);
    process.stdout.write(`\n${name}: failed\n`);
  }
  if (failed.length === 0) return;
  process.stderr.write(`\nfailed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

const asked = process.argv.slice(2);
const chosen = asked.filter((name) => name !== ALONE);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(", ")}; there are: ${names.join(", ")}\n`);
  process.exitCode = 1;
} else if (asked[0] === ALONE && chosen[0] !== undefined) await alone(chosen[0]);
else await each(chosen.length > 0 ? chosen : names, ["npm run bench", ...chosen].join(" "));
