/** In which languages and at which widths pages are looked at. */

export interface Way {
  readonly lang: "zh" | "en";
  readonly width: 360 | 1440;
}

/** Both languages and both widths once: a phone in Chinese and a desk in English. */
export const USUAL_WAYS = [
  { lang: "zh", width: 360 },
  { lang: "en", width: 1440 },
] as const satisfies readonly Way[];

/** The usual ways; a long run looks at both widths in both languages. */
export const WAYS: readonly Way[] =
  process.env["SANDBANK_LONG"] === "1"
    ? [...USUAL_WAYS, { lang: "zh", width: 1440 }, { lang: "en", width: 360 }]
    : USUAL_WAYS;
