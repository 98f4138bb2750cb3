/**
 * A refusal made readable: the sentence, what to do about it, and every limit that failed with its
 * figures, in the caller's language. It shows all that the refusal holds; who may see how much is
 * decided at the edge, before this is called.
 */
import { fill, say } from "./fill.ts";
import { formatCount, formatMoney } from "./figures.ts";
import { refusalEntry } from "./refusal.ts";
import type { Failed, Refusal } from "./refusal.ts";
import type { Lang, Text } from "./text.ts";

/** One limit or check that failed, with figures as people read them. */
export interface ExplainedFailure {
  readonly code: string;
  readonly sentence: string;
  readonly limit?: string;
  readonly used?: string;
  readonly cap?: string;
  readonly asked?: string;
  /** What the cap leaves: cap − used, never below 0. */
  readonly left?: string;
  readonly clause?: string;
  /** The figures in one line, empty if there are none. */
  readonly figures: string;
}

export interface Explained {
  readonly code: string;
  readonly sentence: string;
  readonly remedy: string;
  /** JSON pointer of the field at fault, where one is. */
  readonly field?: string;
  readonly failed: readonly ExplainedFailure[];
}

const FIGURES: Readonly<Record<"cap" | "used" | "asked" | "left", Text>> = {
  cap: { zh: "上限{n}", en: "limit {n}" },
  used: { zh: "已用{n}", en: "used {n}" },
  asked: { zh: "本次{n}", en: "asked {n}" },
  left: { zh: "剩余{n}", en: "left {n}" },
};

/**
 * Explains a refusal. `{used}`, `{cap}`, `{asked}`, `{left}`, `{limit}` and `{clause}` in its texts
 * take the figures of the first failure unless `params` names them. A code that this process has
 * not declared stands for its own sentence.
 */
export function explain(refusal: Refusal, lang: Lang): Explained {
  const failed = refusal.failed.map((failure) => explainFailure(failure, lang));
  const params = { ...named(failed[0]), ...refusal.params };
  const entry = refusalEntry(refusal.code);
  return {
    code: refusal.code,
    sentence: entry ? say(entry.text, lang, params) : refusal.code,
    remedy: entry ? say(entry.remedy, lang, params) : "",
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    failed,
  };
}

function explainFailure(failure: Failed, lang: Lang): ExplainedFailure {
  const figures = figuresOf(failure, lang);
  const line = (["cap", "used", "asked", "left"] as const)
    .filter((name) => figures[name] !== undefined)
    .map((name) => say(FIGURES[name], lang, { n: figures[name]! }))
    .join(lang === "zh" ? "，" : ", ");
  const explained = {
    code: failure.code,
    ...figures,
    ...(failure.limit === undefined ? {} : { limit: failure.limit }),
    ...(failure.clause === undefined ? {} : { clause: failure.clause }),
    figures: line,
  };
  const entry = refusalEntry(failure.code);
  const sentence = entry ? fill(entry.text[lang], named(explained)) : failure.code;
  return { ...explained, sentence };
}

function figuresOf(
  failure: Failed,
  lang: Lang,
): { used?: string; cap?: string; asked?: string; left?: string } {
  const format = failure.unit === "fen" ? formatMoney : formatCount;
  const { used, cap, asked } = failure;
  const left = used === undefined || cap === undefined ? undefined : cap > used ? cap - used : 0n;
  return {
    ...(used === undefined ? {} : { used: format(used, lang) }),
    ...(cap === undefined ? {} : { cap: format(cap, lang) }),
    ...(asked === undefined ? {} : { asked: format(asked, lang) }),
    ...(left === undefined ? {} : { left: format(left, lang) }),
  };
}

function named(failure: Omit<ExplainedFailure, "sentence"> | undefined): Record<string, string> {
  const params: Record<string, string> = {};
  for (const name of ["used", "cap", "asked", "left", "limit", "clause"] as const) {
    const value = failure?.[name];
    if (value !== undefined) params[name] = value;
  }
  return params;
}
