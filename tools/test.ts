/**
 * `npm test`: every test of the project. Those that drive a browser or a whole server run in a
 * process beside the others, so that both processors of a small machine have something to do.
 * `npm test -- --long` adds the long ones, `npm test -- kernel/money` runs a part. Ends with 0 only
 * if tests were found and none failed.
 */
import { performance } from "node:perf_hooks";
import process from "node:process";
import { type Part, runParts, summaryOf } from "./parts.ts";
import { environment, forgetKept, isE2e, testFiles } from "./suite.ts";

const options = process.argv.slice(2);
const long = options.includes("--long");
const paths = options.filter((option) => !option.startsWith("--"));
const more = options.filter((option) => option.startsWith("--test-"));
const files = testFiles({ long, e2e: true, paths });

if (files.length === 0) {
  console.error(`no test file begins with ${paths.join(" or ") || "any known folder"}`);
  process.exit(1);
}
forgetKept();
const env = environment(long ? { SANDBANK_LONG: "1" } : {});
const sides: readonly Part[] = [
  { files: files.filter((file) => !isE2e(file)), manner: long ? "patient" : "together", more, env },
  { files: files.filter(isE2e), manner: "apart", more, env },
];
const parts = sides.filter((side) => side.files.length > 0);
const ended = await runParts(parts, (line) => console.log(line));
const counts = ended.map((one) => one.counts);
console.log(summaryOf(counts, performance.now()));
process.exitCode = ended.every(({ status }) => status === 0) ? 0 : 1;
