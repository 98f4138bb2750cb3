/**
 * Chinese glyphs for a browser on a machine without Chinese fonts: the faces of Noto Sans SC are
 * added to every stylesheet that a page loads and served under the page's own address, so that the
 * page's content policy stays as it is. Only the slices that a page needs are read.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { BrowserContext } from "playwright-core";

const PREFIX = "/fonts-for-tests/";

let faces: Promise<string> | undefined;

function folder(): string {
  return dirname(
    createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-sc/package.json"),
  );
}

/** The @font-face rules under the names that the font stacks ask for. */
async function fontFaces(): Promise<string> {
  const rules = await readFile(join(folder(), "index.css"), "utf8");
  return rules
    .replaceAll("'Noto Sans SC Variable'", "'Noto Sans SC'")
    .replaceAll("url(./files/", `url(${PREFIX}`)
    .replaceAll("font-display: swap", "font-display: block");
}

export async function serveFonts(context: BrowserContext): Promise<void> {
  faces ??= fontFaces();
  const rules = await faces;
  await context.route("**/*.css", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${await answer.text()}\n${rules}` });
  });
  await context.route(`**${PREFIX}*`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(PREFIX.length);
    if (!/^[a-z0-9-]+\.woff2$/.test(name)) return route.abort();
    return route.fulfill({
      body: await readFile(join(folder(), "files", name)),
      contentType: "font/woff2",
    });
  });
}
