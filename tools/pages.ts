/** The pages of the reference that are made from the code, as text. Pure: nothing is read here. */
import { LIMITS, LIMIT_NAMES, limitVariable } from "@sandbank/kernel/config";
import { formatCount, formatDuration } from "@sandbank/kernel/words";
import type { Category } from "@sandbank/kernel/words";
import type { DeclaredRefusal } from "./registry.ts";

/** What each category means and which status it becomes at the edge of HTTP. */
const CATEGORIES: Readonly<Record<Category, string>> = {
  invalid: "the request does not say what its contract asks for · 不符合约定",
  unauthenticated: "nobody, or nobody we know, is asking · 未识别身份",
  forbidden: "this one may not, or may not now · 不允许",
  absent: "there is no such thing for this one · 不存在",
  conflicting: "it contradicts what is already so · 与现状冲突",
  exhausted: "a limit is used up · 限额已用尽",
};

const MADE = "<!-- Written by tools/docs.ts from the code; change it there. -->";

/** Every refusal by the part that declares it, in order of precedence. */
export function refusalsPage(refusals: readonly DeclaredRefusal[]): string {
  const parts = [...new Set(refusals.map(({ part }) => part))].toSorted();
  const lines = [
    "# Refusals",
    MADE,
    "",
    "A refusal is the expected “no” of the business. Its code is a sentence and never changes; the",
    "first code of a part that applies is the one that is returned. The category alone decides the",
    "status at the edge.",
    "",
    "| category | meaning |",
    "|---|---|",
    ...Object.entries(CATEGORIES).map(([name, meaning]) => `| ${name} | ${meaning} |`),
  ];
  for (const part of parts) {
    lines.push("", `## ${part}`, "", "| code | category | text | remedy |", "|---|---|---|---|");
    for (const each of refusals.filter((refusal) => refusal.part === part)) {
      const text = `${each.text.zh}<br>${each.text.en}`;
      const remedy = `${each.remedy.zh}<br>${each.remedy.en}`;
      lines.push(`| \`${each.code}\` | ${each.category} | ${cell(text)} | ${cell(remedy)} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Every limit of the system with its bounds and the variable that changes it. */
export function limitsPage(): string {
  const rows = LIMIT_NAMES.map((name) => {
    const { usual, least, most, unit, meaning } = LIMITS[name];
    const shown = (value: number): string =>
      unit === "ms" ? formatDuration(value, "en") : `${formatCount(value, "en")} ${unit}`;
    const told = cell(`${meaning.zh}<br>${meaning.en}`);
    const bounds = `${shown(least)} – ${shown(most)}`;
    return `| ${told} | ${shown(usual)} | ${bounds} | \`${limitVariable(name)}\` (${unit}) |`;
  });
  return [
    "# Limits of the system",
    MADE,
    "",
    "Everything has a limit. These are the limits of the machinery; those of a pilot stand in its",
    "declaration and are enforced by the ledger. A variable of the environment changes a limit.",
    "",
    "| limit | usual | bounds | variable |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
