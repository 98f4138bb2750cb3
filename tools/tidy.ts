/**
 * `node tools/tidy.ts`: judges the tree by every law and names each offence with its place,
 * the law and what to do instead. Ends with 1 if any law is broken. Takes prefixes of paths to
 * report on, and judges the whole tree all the same.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { loadRefusals } from "./registry.ts";
import { ROOT } from "./suite.ts";
import { LAWS } from "./tidy/laws/index.ts";
import { REFUSAL_PAGE } from "./tidy/laws/refusals.ts";
import { readTree } from "./tidy/tree.ts";

const prefixes = process.argv.slice(2);
const page = join(ROOT, REFUSAL_PAGE);
const tree = {
  ...readTree(ROOT),
  refusals: await loadRefusals(),
  refusalPage: existsSync(page) ? readFileSync(page, "utf8") : "",
};

let broken = 0;
for (const law of LAWS) {
  const offences = law
    .check(tree)
    .filter(({ path }) => prefixes.length === 0 || prefixes.some((each) => path.startsWith(each)));
  if (offences.length === 0) continue;
  broken += offences.length;
  console.log(`\n${law.name}: ${law.sentence}\n  instead: ${law.instead}`);
  for (const { path, line, what } of offences) console.log(`  ${path}:${line}  ${what}`);
}
const judged = `${tree.scripts.length} scripts and ${tree.migrations.length} migrations`;
console.log(broken === 0 ? `${judged} keep ${LAWS.length} laws` : `\n${broken} offences`);
process.exit(broken === 0 ? 0 : 1);
