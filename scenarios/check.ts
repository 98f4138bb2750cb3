/** What a scenario holds against what it expected: written down once, and counted at its end. */

/** One thing that has to be so, with what was expected and seen. */
export interface Check {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly expected: string;
  readonly seen: string;
}

/** The checks that do not agree. */
export function failed(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ expected, seen }) => expected !== seen);
}

type Lang = "zh" | "en";

/** How many checks there were, and whether all agree, in one sentence. */
export function verdictOf(checks: readonly Check[], lang: Lang): string {
  const [all, bad] = [checks.length, failed(checks).length];
  if (lang === "zh") {
    return bad === 0 ? `${all} 项核对全部一致。` : `${all} 项核对中有 ${bad} 项不一致。`;
  }
  return bad === 0 ? `All ${all} checks agree.` : `${bad} of ${all} checks do not agree.`;
}

/** One line of a report: what was seen, and where it is not what was expected, both. */
export function checkLine(one: Check, lang: Lang): string {
  const agrees = one.expected === one.seen;
  const figures = agrees ? one.seen : `${one.expected} ≠ ${one.seen}`;
  return `- ${agrees ? "✓" : "✗"} ${one[lang]}: ${figures}`;
}
