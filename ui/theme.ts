/**
 * The tokens as a theme for Mantine, so that the React pages and the server-rendered pages are one
 * product. It is a plain object in the shape that `createTheme` takes and imports nothing of
 * Mantine; values stay readable for computations of contrast, which is why they are no variables.
 */
import { dark, fonts, light, sizes } from "./tokens.ts";
import type { Lang } from "@sandbank/kernel/words";

type Ten = [string, string, string, string, string, string, string, string, string, string];

/** Ten shades each, light to dark; the token of the light face and of the dark face are among them. */
export const shades = {
  tide: [
    light["tide-soft"],
    "#c2e0e5",
    dark["tide-deep"],
    dark.tide,
    dark.water,
    "#2a93a4",
    light.water,
    light.tide,
    light["tide-deep"],
    "#042f38",
  ],
  sand: [
    "#faf5ea",
    "#f3ead6",
    light.sand,
    "#dccba3",
    light.shore,
    "#a08b5b",
    dark.shore,
    "#6b5b3a",
    dark.sand,
    "#332d20",
  ],
  ok: [
    light["ok-soft"],
    "#c6e4cf",
    "#a2d8b3",
    dark.ok,
    "#4fae73",
    "#2f8a52",
    "#206f3e",
    light.ok,
    "#0f4526",
    dark["ok-soft"],
  ],
  warn: [
    light["warn-soft"],
    "#f7dfb2",
    "#f4ce8c",
    dark.warn,
    "#d99a39",
    "#b87d1c",
    "#946009",
    light.warn,
    "#5a3700",
    dark["warn-soft"],
  ],
  stop: [
    light["stop-soft"],
    "#f9cfca",
    "#fcb8b1",
    dark.stop,
    "#e8766c",
    "#d1504a",
    "#bb342d",
    light.stop,
    "#821a15",
    dark["stop-soft"],
  ],
  gray: [
    light.ground,
    light.sunken,
    light.line,
    dark["ink-2"],
    dark["ink-3"],
    light.edge,
    light["ink-3"],
    light["ink-2"],
    dark.line,
    light.ink,
  ],
  dark: [
    dark.ink,
    dark["ink-2"],
    dark["ink-3"],
    dark.edge,
    dark.line,
    "#1d2d34",
    dark.surface,
    dark.ground,
    "#0b1418",
    "#070d10",
  ],
} as const satisfies Record<string, Readonly<Ten>>;

/** What `createTheme({...mantineTheme(lang)})` needs; the caller adds component defaults. */
export function mantineTheme(lang: Lang) {
  const colors = Object.fromEntries(
    Object.entries(shades).map(([name, ten]) => [name, [...ten] as Ten]),
  ) as Record<keyof typeof shades, Ten>;
  return {
    fontFamily: fonts[lang],
    fontFamilyMonospace: fonts.mono,
    primaryColor: "tide" as const,
    primaryShade: { light: 7, dark: 3 } as const,
    autoContrast: true,
    luminanceThreshold: 0.35,
    white: light.surface,
    black: light.ink,
    colors,
    defaultRadius: "sm" as const,
    radius: {
      xs: "0.25rem",
      sm: sizes.radius,
      md: sizes.radius,
      lg: sizes["radius-l"],
      xl: "1rem",
    },
    spacing: { xs: sizes.s2, sm: sizes.s3, md: sizes.s4, lg: sizes.s5, xl: sizes.s6 },
    fontSizes: {
      xs: sizes["text-s"],
      sm: sizes["text-s"],
      md: sizes["text-m"],
      lg: sizes["text-l"],
      xl: sizes["text-xl"],
    },
    lineHeights: { xs: "1.6", sm: "1.6", md: lang === "zh" ? "1.7" : "1.55", lg: "1.5", xl: "1.3" },
    headings: {
      fontFamily: fonts[lang],
      fontWeight: "600",
      sizes: {
        h1: { fontSize: sizes["text-2xl"], lineHeight: sizes["leading-tight"] },
        h2: { fontSize: sizes["text-xl"], lineHeight: sizes["leading-tight"] },
        h3: { fontSize: sizes["text-m"], lineHeight: sizes["leading-tight"] },
      },
    },
    breakpoints: { xs: "30em", sm: "40em", md: "48em", lg: "64em", xl: "80em" },
    focusRing: "auto" as const,
    cursorType: "pointer" as const,
    respectReducedMotion: true,
    other: { light, dark, target: sizes.target, measure: sizes.measure },
  };
}
