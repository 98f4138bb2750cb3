/**
 * `npm test`: every test of the project in one process, with node's own summary at the end.
 * `npm test -- --long` adds the long ones, `npm test -- kernel/money` runs a part. Ends with 0 only
 * if tests were found and none failed.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { ROOT, environment, testArguments, testFiles } from "./suite.ts";

const options = process.argv.slice(2);
const long = options.includes("--long");
const paths = options.filter((option) => !option.startsWith("--"));
const passed = options.filter((option) => option.startsWith("--test-"));
const files = testFiles({ long, e2e: true, paths });

if (files.length === 0) {
  console.error(`no test file begins with ${paths.join(" or ") || "any known folder"}`);
  process.exit(1);
}
const result = spawnSync(process.execPath, testArguments(files, passed), {
  cwd: ROOT,
  stdio: "inherit",
  env: environment(long ? { SANDBANK_LONG: "1" } : {}),
});
process.exit(result.status ?? 1);
