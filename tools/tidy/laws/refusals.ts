/** Every refusal says in both languages what is refused and what to do, and stands on the page. */
import type { Law } from "../law.ts";
import type { DeclaredRefusal } from "../../registry.ts";

export const REFUSAL_PAGE = "docs/reference/refusals.md";

const CODE = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
const NAMES = /\{([a-z][a-z0-9_]*)\}/g;
/** What the limit itself can fill in, so that one language may leave it out. */
const FIGURES = new Set(["used", "cap", "asked", "left", "limit", "clause"]);

export const refusals: Law = {
  name: "refusals",
  sentence: "Every refusal code is a sentence in snake_case, told in zh and en, and documented.",
  instead: "write the missing text in its table, then run node tools/docs.ts",
  check({ refusals: declared = [], refusalPage = "" }) {
    return declared.flatMap((each) => [
      ...wrong(each).map((what) => ({ path: each.part, line: 1, what: `${each.code}: ${what}` })),
      ...(refusalPage.includes(`\`${each.code}\``)
        ? []
        : [{ path: REFUSAL_PAGE, line: 1, what: `${each.code} is not listed` }]),
    ]);
  },
};

function wrong({ code, text, remedy }: DeclaredRefusal): readonly string[] {
  const found: string[] = [];
  if (!CODE.test(code)) found.push("is no sentence of two words or more in snake_case");
  for (const [what, both] of [
    ["text", text],
    ["remedy", remedy],
  ] as const) {
    if (!/\p{Script=Han}|_zh\}/u.test(both.zh)) found.push(`zh ${what} is not Chinese`);
    if (!/[a-z]/i.test(both.en) || /\p{Script=Han}/u.test(both.en)) {
      found.push(`en ${what} is not English`);
    }
    const [zh, en] = [namesIn(both.zh), namesIn(both.en)];
    if (zh !== en) found.push(`zh ${what} names {${zh}}, en names {${en}}`);
  }
  return found;
}

function namesIn(text: string): string {
  // `{rule_zh}` and `{rule_en}` are one thing in two languages.
  const names = new Set(
    [...text.matchAll(NAMES)].map(([, name]) => name!.replace(/_(zh|en)$/, "")),
  );
  return [...names]
    .filter((name) => !FIGURES.has(name))
    .toSorted()
    .join(", ");
}
