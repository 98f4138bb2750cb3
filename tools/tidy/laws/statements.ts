/** SQL stands in *.store.ts and in migrations, under one name, and never asks what time it is. */
import { at, excused, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax } from "../tree.ts";
import { NOW } from "./schema.ts";

/** Who runs statements may declare his own where he needs them; so may what only tests use. */
const OPEN = /^kernel\/store\/|\/(testing|sample)\/|\.fixture\.ts$|^(bench|scenarios)\//;
const NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;

export const statements: Law = {
  name: "statements",
  sentence: 'SQL is declared by statement("schema.name", …) in *.store.ts and never calls now().',
  instead: "move it to the noun's store file; pass the guard's `now` as a parameter",
  check(tree) {
    return tree.scripts.filter(({ test, path }) => !test && !OPEN.test(path)).flatMap(inScript);
  },
};

function inScript(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  const isStore = script.path.endsWith(".store.ts");
  walk(script.program, (node) => {
    if (node.type !== "CallExpression" || nameOf(node["callee"]) !== "statement") return;
    if (!isStore) found.push(at(script, node, "a statement outside a *.store.ts"));
    const [name, text] = node["arguments"] as readonly Syntax[];
    const named = name?.type === "Literal" ? String(name["value"]) : undefined;
    if (named !== undefined && !NAME.test(named)) {
      found.push(at(script, node, `statement name ${named} is not schema.name`));
    }
    const sql = text ? script.text.slice(text.start, text.end) : "";
    const call = NOW.exec(sql.replace(/--.*$/gm, ""))?.[0];
    if (call !== undefined && !excused(script, script.lineOf(node.start), "machine time")) {
      found.push(at(script, node, `SQL calls ${call}`));
    }
  });
  return found;
}
