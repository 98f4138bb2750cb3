/**
 * `npm run bench` measures every promise, `npm run bench NAME…` the ones named. A promise is a file
 * of this folder that exports `bench`; nothing here needs to know which there are.
 */
import { readdirSync } from "node:fs";
import { type Bench, report, stateMachine } from "./measure.ts";

const NOT_PROMISES = new Set(["run.ts", "measure.ts"]);

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !NOT_PROMISES.has(file))
  .map((file) => file.slice(0, -".ts".length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(", ")}; there are: ${names.join(", ")}`);
  process.exit(1);
}

console.log(stateMachine(["npm run bench", ...asked].join(" ")));
for (const name of asked.length > 0 ? asked : names) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  console.error(`\n${bench.name}: ${bench.promise}`);
  const results = await bench.run((line) => console.error(`  ${line}`));
  console.log(`\n${report(bench, results)}`);
}
