/** Texts for people are plain: they neither beg nor call anybody's input illegal. */
import { at, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax } from "../tree.ts";

// 请求, 请款, 申请, 邀请 and their kind are nouns and verbs of the field; 请 alone begs.
const BEGS: Readonly<Record<string, RegExp>> = {
  zh: /(?<![申邀聘提报恳])请(?![求示假款])|非法/u,
  en: /\b(please|invalid|illegal)\b/i,
};

export const texts: Law = {
  name: "texts",
  sentence: "Texts say what is and what to do, without 请, 非法, please or invalid.",
  instead: "say what was expected: “6 位数字”, “6 digits”",
  check(tree) {
    return tree.scripts.flatMap(inScript);
  },
};

function inScript(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  walk(script.program, (node) => {
    if (node.type !== "Property" || node["computed"] === true) return;
    const lang = nameOf(node["key"]) ?? "";
    const rule = BEGS[lang];
    const text = stringOf(node["value"] as Syntax);
    if (!rule || text === undefined) return;
    const word = rule.exec(text)?.[0];
    if (word !== undefined) found.push(at(script, node, `${lang} text says ${word}`));
  });
  return found;
}

function stringOf(node: Syntax): string | undefined {
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node["quasis"] as readonly { value: { cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join(" ");
}
