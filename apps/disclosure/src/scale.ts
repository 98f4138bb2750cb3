/** The scale of a pilot as bars: target, cap and actual figure, each with where it comes from. */
import { type Lang, formatDate, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, type ScaleBar, figureShort, scaleBar } from "@sandbank/ui";
import type { ScaleLine } from "./ports.ts";
import { RELATIONS, SOURCES, words } from "./words.ts";

/** A bar as the register shows it: thin, without its sources. */
export function cardScale(slug: string, line: ScaleLine, lang: Lang): Omit<ScaleBar, "lang"> {
  const { target, ...rest } = line;
  const undated = target && { ...target, by: undefined };
  return {
    ...barOf(`${slug}-${line.id}`, undated ? { ...rest, target: undated } : line, lang),
    thin: true,
  };
}

/** A bar as the pilot's page shows it, with as-of time and sources. */
export function fullScale(line: ScaleLine, lang: Lang): Html {
  return scaleBar({ ...barOf(line.id, line, lang), lang, level: 3, notes: sources(line, lang) });
}

function barOf(id: string, line: ScaleLine, lang: Lang): Omit<ScaleBar, "lang"> {
  return {
    id,
    label: line.label[lang],
    unit: line.unit,
    actual: line.actual?.value,
    target: line.target?.value,
    cap: line.cap?.value,
    ...(line.target === undefined ? {} : { targetWords: targetWords(line, lang) }),
  };
}

function targetWords(line: ScaleLine, lang: Lang): string {
  const { target } = line;
  if (target === undefined) return "";
  const n = figureShort(target.value, line.unit, lang);
  const stated = say(RELATIONS[target.relation], lang, { n });
  if (target.by === undefined) return stated;
  return say(words.target_by, lang, { target: stated, date: formatDate(target.by, lang) });
}

function sources(line: ScaleLine, lang: Lang): readonly string[] {
  const { actual, target, cap } = line;
  return [
    actual &&
      say(words.as_of, lang, {
        time: formatInstant(actual.asOf),
        source: say(SOURCES[actual.source], lang),
      }),
    target &&
      say(target.origin === "reported" ? words.target_reported : words.target_declared, lang),
    cap && say(words.cap_clause, lang, { clause: cap.clause }),
  ].filter((part) => part !== undefined);
}
