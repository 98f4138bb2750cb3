/** The tokens: contrast computed for every pair that carries text or means something, in both faces. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mantineTheme } from "./theme.ts";
import { type Colour, dark, light, tokensCss } from "./tokens.ts";

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [luminance(one), luminance(other)].toSorted((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

const texts: readonly (readonly [Colour, Colour])[] = [
  ...(["ink", "ink-2", "ink-3", "tide", "tide-deep", "ok", "warn", "stop"] as const).flatMap(
    (ink) => (["ground", "surface", "sunken"] as const).map((under) => [ink, under] as const),
  ),
  ["on-tide", "tide"],
  ["tide-deep", "tide-soft"],
  ["ink", "tide-soft"],
  ["ok", "ok-soft"],
  ["ink", "ok-soft"],
  ["warn", "warn-soft"],
  ["ink", "warn-soft"],
  ["stop", "stop-soft"],
  ["ink", "stop-soft"],
];

const shapes: readonly (readonly [Colour, Colour])[] = [
  ["edge", "surface"],
  ["edge", "ground"],
  ["water", "sand"],
  ["ink", "sand"],
  ["water", "surface"],
];

for (const [face, colours] of [
  ["light", light],
  ["dark", dark],
] as const) {
  test(`every text of the ${face} face has a contrast of at least 4.5`, () => {
    for (const [ink, under] of texts) {
      const got = contrast(colours[ink], colours[under]);
      assert.ok(got >= 4.5, `${ink} on ${under}: ${got.toFixed(2)}`);
    }
  });
  test(`every shape that means something in the ${face} face has a contrast of at least 3`, () => {
    for (const [shape, under] of shapes) {
      const got = contrast(colours[shape], colours[under]);
      assert.ok(got >= 3, `${shape} on ${under}: ${got.toFixed(2)}`);
    }
  });
}

test("tokens.css says what tokens.ts says", () => {
  // The formatter breaks long lines of the stylesheet; the values are what counts.
  const squeezed = (text: string) => text.replace(/\s+/g, " ");
  const written = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
  assert.equal(squeezed(written), squeezed(tokensCss()));
});

test("the theme's primary shades are the tide of both faces", () => {
  const theme = mantineTheme("zh");
  assert.equal(theme.colors.tide[theme.primaryShade.light], light.tide);
  assert.equal(theme.colors.tide[theme.primaryShade.dark], dark.tide);
});
