/** Names that say nothing are not given to files, folders, functions or classes. */
import { at, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script } from "../tree.ts";
import { functionName } from "./lengths.ts";

const WHOLE =
  /^(utils?|helpers?|common|shared|misc|managers?|handlers?|data|info|base|core2|new)$/i;
/** Words that empty a longer name too: a tokenManager manages what? */
const LAST = /^(utils?|helpers?|misc|managers?|handlers?)$/i;

export const names: Law = {
  name: "names",
  sentence: "No file, folder, function or class is called util, helper, manager, data or the like.",
  instead: "name it by its noun or by the verb of the business; without a name it has no home yet",
  check(tree) {
    return [...tree.paths.flatMap(inPath), ...tree.scripts.flatMap(inScript)];
  },
};

function inPath(path: string): readonly Offence[] {
  for (const segment of path.split("/")) {
    const parts = segment.split(".");
    const word = parts.find((part) => isBanned(part));
    if (word !== undefined) return [{ path, line: 1, what: `called ${word}` }];
  }
  return [];
}

function inScript(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  walk(script.program, (node, above) => {
    const isNamed = /Function|^TSMethodSignature$|^Class(Declaration|Expression)$/.test(node.type);
    if (!isNamed) return;
    const name = node.type.startsWith("Class") ? nameOf(node["id"]) : functionName(node, above);
    if (name !== undefined && isBanned(name)) found.push(at(script, node, `called ${name}`));
  });
  return found;
}

function isBanned(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[\s_-]+/);
  return WHOLE.test(name) || (words.length > 1 && LAST.test(words.at(-1)!));
}
