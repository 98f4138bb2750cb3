/**
 * `node tools/docs.ts` writes the pages of the reference that are made from the code;
 * `node tools/docs.ts --check` writes nothing and ends with 1 if one of them is not current.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { limitsPage, refusalsPage } from "./pages.ts";
import { loadRefusals } from "./registry.ts";
import { ROOT } from "./suite.ts";
import { REFUSAL_PAGE } from "./tidy/laws/refusals.ts";

const check = process.argv.includes("--check");
const pages: readonly (readonly [string, string])[] = [
  [REFUSAL_PAGE, refusalsPage(await loadRefusals())],
  ["docs/reference/limits.md", limitsPage()],
];

let stale = 0;
for (const [path, text] of pages) {
  const file = join(ROOT, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale += 1;
  if (check) {
    console.log(`${path} is not current: run node tools/docs.ts`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
process.exit(check && stale > 0 ? 1 : 0);
