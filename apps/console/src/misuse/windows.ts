/** Misuse day by day as the line of an indicator draws it. */
import type { SeriesAnswer } from "@sandbank/sandbox/contract";
import type { MisuseAnswer } from "@sandbank/tokens/contract";
import { misuseWords as words } from "../words/misuse.words.ts";

/** The one figure of the line. */
export const FIGURE = "per10k/";

/** Each day in Shanghai is a window; a day without a try has no value and no point. */
export function windowsOf(days: MisuseAnswer["days"]): SeriesAnswer["windows"] {
  return days.map(({ day, tries, outOfScene, overLimit, per10k }) => {
    const [begins, ends] = [`${day}T00:00:00+08:00`, `${day}T24:00:00+08:00`];
    const sums = String(BigInt(outOfScene) + BigInt(overLimit));
    const figure = {
      ...{ figure: "per10k", subject: "", label: words.per10k, unit: "thousandth" as const },
      ...{ value: per10k, sums, over: tries, standing: "none" as const },
      ...{ watch: null, act: null, bad: null },
    };
    return { span: "day" as const, begins, ends, figures: [figure] };
  });
}
