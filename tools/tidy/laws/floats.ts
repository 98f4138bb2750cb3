/** Amounts are whole fen in bigint; nothing that makes or rounds a float comes near them. */
import { at, excused, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax } from "../tree.ts";

/** Where amounts live, and every float is near one. */
const MONEYED = /^(kernel\/(money|words|ledger|guard)|lending|modules)\//;
/** The two parts whose business is to divide amounts and to show them. */
const DIVIDERS = /^kernel\/(money|words)\//;
const AMOUNT = /(_fen|Fen|_amount|Amount)$|^(fen|amount)$/;

export const floats: Law = {
  name: "floats",
  sentence: "No float comes near money: no float literal, parseFloat, toFixed or plain division.",
  instead:
    "use share, fraction, rateOf or allocate from @sandbank/kernel/money and ppm for rates; " +
    "`// tidy: float, because …` excuses a line that counts no money",
  check(tree) {
    return tree.scripts.filter(({ test }) => !test).flatMap(floating);
  },
};

function floating(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  const moneyed = MONEYED.test(script.path);
  walk(script.program, (node) => {
    const what = onAmount(node, script.path) ?? (moneyed ? anyFloat(node) : undefined);
    if (what === undefined || excused(script, script.lineOf(node.start), "float")) return;
    found.push(at(script, node, what));
  });
  return found;
}

function onAmount(node: Syntax, path: string): string | undefined {
  if (node.type === "BinaryExpression" || node.type === "AssignmentExpression") {
    const isDivision = node["operator"] === "/" || node["operator"] === "/=";
    const amount = [node["left"], node["right"]].map(nameOf).find(isAmount);
    if (!isDivision || amount === undefined || DIVIDERS.test(path)) return undefined;
    return `division of ${amount}`;
  }
  if (node.type === "UnaryExpression" && node["operator"] === "+") {
    const amount = nameOf(node["argument"]);
    return isAmount(amount) ? `+${amount}` : undefined;
  }
  if (node.type !== "CallExpression") return undefined;
  const [callee, [first]] = [node["callee"] as Syntax, node["arguments"] as readonly Syntax[]];
  const called = callee.type === "Identifier" ? nameOf(callee) : undefined;
  const amount = called === "Number" || called === "parseFloat" ? nameOf(first) : undefined;
  return isAmount(amount) ? `${called}(${amount})` : undefined;
}

function anyFloat(node: Syntax): string | undefined {
  if (node.type === "Literal" && typeof node["value"] === "number") {
    return Number.isInteger(node["value"]) ? undefined : `float literal ${String(node["raw"])}`;
  }
  if (node.type !== "CallExpression") return undefined;
  const called = nameOf(node["callee"]);
  return called === "parseFloat" || called === "toFixed" ? called : undefined;
}

function isAmount(name: string | undefined): name is string {
  return name !== undefined && AMOUNT.test(name);
}
