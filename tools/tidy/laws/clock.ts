/** Time, randomness and ids come from kernel/clock, so that one seed replays a year. */
import { at, memberOf, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax } from "../tree.ts";

/** The kernel's clock, and those of the two that may not import it. */
const DOORS = /^(kernel\/clock\/|world\/clock(\.test)?\.ts$|ui\/clock(\.test)?\.ts$)/;
const MEMBERS = new Set(["Date.now", "Math.random", "Temporal.Now"]);
const DRAWS = new Set([
  "randomBytes",
  "randomFill",
  "randomFillSync",
  "randomInt",
  "randomUUID",
  "randomUUIDv7",
  "getRandomValues",
]);

export const clock: Law = {
  name: "clock",
  sentence: "Only kernel/clock reads the machine's clock and draws randomness.",
  instead:
    "take `now` from the guard, or machineNow, uuidv7, randomBytes, toIso, fromIso from " +
    "@sandbank/kernel/clock",
  check(tree) {
    return tree.scripts.filter(({ path }) => !DOORS.test(path)).flatMap(reads);
  },
};

function reads(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  for (const { specifier, names, line } of script.imports) {
    if (!/^(node:)?crypto$/.test(specifier)) continue;
    for (const name of names.filter((each) => DRAWS.has(each))) {
      found.push({ path: script.path, line, what: `imports ${name} from ${specifier}` });
    }
  }
  walk(script.program, (node) => {
    const what = reading(node);
    if (what !== undefined) found.push(at(script, node, what));
  });
  return found;
}

function reading(node: Syntax): string | undefined {
  if (node.type === "NewExpression" || node.type === "CallExpression") {
    const callee = node["callee"] as Syntax;
    if (callee.type === "Identifier" && callee["name"] === "Date") {
      return node.type === "NewExpression" ? "new Date(…)" : "Date()";
    }
  }
  const member = memberOf(node);
  if (member !== undefined && MEMBERS.has(member)) return member;
  const name = node.type === "MemberExpression" ? nameOf(node) : undefined;
  return name !== undefined && DRAWS.has(name) ? `…${name}` : undefined;
}
