/** Addresses are called by kernel/outside, which looks where a name points before it goes there. */
import { at } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax } from "../tree.ts";

/** What runs on our machines; a browser calls from its own. */
const JUDGED = /^(kernel|lending|modules|apps\/(server|cli))\//;
/** The way out itself, and what tests start and call. */
const LEFT_OUT = /^kernel\/(outside|testing)\/|\/testing\/|\.fixture\.ts$/;
const CALLERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["http", new Set(["request", "get"])],
  ["https", new Set(["request", "get"])],
  ["http2", new Set(["connect"])],
  ["net", new Set(["connect", "createConnection"])],
  ["tls", new Set(["connect"])],
]);

export const calls: Law = {
  name: "calls",
  sentence: "Only kernel/outside calls an address.",
  instead: "take an Outside and use its `call`, or its `pin` where a library makes the connection",
  check(tree) {
    return tree.scripts
      .filter(({ path, test }) => !test && JUDGED.test(path) && !LEFT_OUT.test(path))
      .flatMap(callsOf);
  },
};

function callsOf(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  for (const { specifier, names, line } of script.imports) {
    const callers = CALLERS.get(specifier.replace(/^node:/, ""));
    for (const name of names.filter((each) => each === "*" || callers?.has(each))) {
      if (callers === undefined) continue;
      found.push({ path: script.path, line, what: `imports ${name} from ${specifier}` });
    }
  }
  walk(script.program, (node) => {
    const callee = node.type === "CallExpression" ? (node["callee"] as Syntax) : undefined;
    if (callee?.type === "Identifier" && callee["name"] === "fetch") {
      found.push(at(script, node, "fetch(…)"));
    }
  });
  return found;
}
