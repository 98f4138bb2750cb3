/**
 * The design tokens: calm water against a shore line. Ink on a pale ground, *tide* for what can be
 * pressed and what has been used, *sand* for the room that is left; red only for "act now" or loss,
 * amber for "soon or unsure", green for "kept". This file is the source; tokens.css is written from
 * it by `node ui/tokens.write.ts` and a test holds the two together. Sizes are in rem everywhere, so
 * that the elder view is one rule.
 */

/** Colours of the light face. Pairs that carry text keep WCAG AA; tokens.test.ts computes them. */
export const light = {
  ground: "#f4f6f5",
  surface: "#ffffff",
  sunken: "#e9edec",
  ink: "#13252c",
  "ink-2": "#43555c",
  "ink-3": "#566870",
  line: "#d5dcdb",
  edge: "#75868c",
  tide: "#0a5c6b",
  "tide-deep": "#06434f",
  "tide-soft": "#e0eef0",
  "on-tide": "#ffffff",
  water: "#11707f",
  sand: "#ecdfc3",
  shore: "#b9a474",
  ok: "#155c33",
  "ok-soft": "#e3f1e7",
  warn: "#764800",
  "warn-soft": "#fbeed6",
  stop: "#a3231d",
  "stop-soft": "#fbe7e4",
} as const;

export type Colour = keyof typeof light;

/** Colours of the dark face: the same roles, night water. */
export const dark = {
  ground: "#0d171b",
  surface: "#142127",
  sunken: "#0f1b20",
  ink: "#e9eff0",
  "ink-2": "#b4c2c6",
  "ink-3": "#98a9ae",
  line: "#2a3a41",
  edge: "#7a8c92",
  tide: "#76c9d6",
  "tide-deep": "#a3dde6",
  "tide-soft": "#17363d",
  "on-tide": "#06262d",
  water: "#4db2c2",
  sand: "#4c4430",
  shore: "#8b7a50",
  ok: "#7fd19c",
  "ok-soft": "#14301f",
  warn: "#f0bd6a",
  "warn-soft": "#35280f",
  stop: "#ff9f96",
  "stop-soft": "#3d1a18",
} as const satisfies Record<Colour, string>;

const han = [
  '"PingFang SC"',
  '"HarmonyOS Sans SC"',
  "MiSans",
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  '"Noto Sans SC"',
];

/** Faces that every system has; nothing is downloaded. Latin first on English pages. */
export const fonts = {
  zh: [...han, "sans-serif"].join(", "),
  en: [
    "-apple-system",
    "BlinkMacSystemFont",
    '"Segoe UI"',
    "Roboto",
    '"Noto Sans"',
    '"Open Sans"',
    ...han,
    "sans-serif",
  ].join(", "),
  mono: [
    "ui-monospace",
    '"SF Mono"',
    "Menlo",
    "Consolas",
    '"DejaVu Sans Mono"',
    '"Noto Sans Mono CJK SC"',
    ...han,
    "monospace",
  ].join(", "),
} as const;

/** Sizes, spaces and the smallest side of anything that can be pressed. */
export const sizes = {
  "text-s": "0.875rem",
  "text-m": "1rem",
  "text-l": "1.125rem",
  "text-xl": "1.375rem",
  "text-2xl": "1.75rem",
  "text-3xl": "2.25rem",
  "text-amount": "3.5rem",
  leading: "1.7",
  "leading-tight": "1.3",
  s1: "0.25rem",
  s2: "0.5rem",
  s3: "0.75rem",
  s4: "1rem",
  s5: "1.5rem",
  s6: "2rem",
  s7: "3rem",
  s8: "4.5rem",
  radius: "0.375rem",
  "radius-l": "0.75rem",
  target: "2.75rem",
  measure: "42rem",
} as const;

/** Where a phone's one column becomes a desk's two; `em`, so that zooming counts. */
export const breakpoints = { phone: "30em", tablet: "48em", desk: "64em" } as const;

function declarations(values: Readonly<Record<string, string>>, indent: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${indent}--${name}: ${value};\n`)
    .join("");
}

/** The text of tokens.css. */
export function tokensCss(): string {
  return `/* Written by tokens.write.ts from tokens.ts; change it there. */
:root {
  --font: ${fonts.zh};
  --mono: ${fonts.mono};
${declarations(sizes, "  ")}${declarations(light, "  ")}  --overlay: 0 8px 32px rgb(19 37 44 / 0.18);
}
:root:lang(en) {
  --font: ${fonts.en};
  --leading: 1.55;
}
@media (prefers-color-scheme: dark) {
  :root {
${declarations(dark, "    ")}    --overlay: 0 8px 32px rgb(0 0 0 / 0.5);
  }
}
@media (prefers-contrast: more) {
  :root {
    --ink-2: var(--ink);
    --ink-3: var(--ink);
    --line: var(--edge);
  }
}
@media print {
  :root {
${declarations(light, "    ")}    --ground: #ffffff;
  }
}
[data-view="elder"] {
  font-size: 125%;
  --target: 3.75rem;
}
`;
}
