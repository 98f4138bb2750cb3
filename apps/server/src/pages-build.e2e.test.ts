/** Building the pages of the applications: once, in the background, and not at all when nothing changed. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type BuiltPages, builtPages } from "./pages-build.ts";

const folder = mkdtempSync(join(tmpdir(), "sandbank-pages-"));
const own = { dataFolder: folder };
after(() => rmSync(folder, { recursive: true, force: true }));

type Face = "console" | "bank";

async function shown(
  { pages }: BuiltPages,
  lang: "zh" | "en",
  face: Face = "console",
): Promise<string> {
  const found = pages.find((one) => one.path === `/{lang}/${face}/{rest*}`);
  const answer = await found?.handle({ lang } as Parameters<typeof found.handle>[0]);
  assert.ok(answer !== undefined && "html" in answer);
  return answer.html;
}

test("an ended build leaves nothing behind, and its page says that it is not there", async () => {
  const cold = builtPages(own);
  assert.match(await shown(cold, "en"), /0 % done.*This page reloads itself/);
  assert.match(await shown(cold, "zh"), /http-equiv="refresh"/);
  cold.end();
  assert.equal(await cold.built, false);
  assert.deepEqual(readdirSync(join(folder, "web")), []);
  assert.doesNotMatch(await shown(cold, "en"), /refresh/);
});

test("the first start builds, the second finds what was built and starts nothing", async () => {
  const cold = builtPages(own);
  assert.equal(await cold.built, true);
  const warm = builtPages(own);
  for (const face of ["console", "bank"] as const) {
    const page = await shown(warm, "zh", face);
    assert.match(page, /<html lang="zh-Hans">/);
    assert.match(await shown(warm, "en", face), /<html lang="en">/);
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son[a-z]+=/);
    const [script] = /page-assets\/[\w.-]+\.js/.exec(page) ?? [];
    assert.ok(script);
    assert.ok(readFileSync(join(warm.assets.folder, "..", script)).length > 0);
  }
  assert.equal(readdirSync(join(folder, "web")).length, 1);
});

test("servers that share a folder build once, and whoever is late takes what is there", async () => {
  const shared = { dataFolder: folder, pagesFolder: join(folder, "shared") };
  const earlier = join(shared.pagesFolder, "pages-0123456789abcdef");
  mkdirSync(earlier, { recursive: true });
  const two = [builtPages(shared), builtPages(shared)];
  assert.deepEqual(await Promise.all(two.map(({ built }) => built)), [true, true]);
  const names = readdirSync(shared.pagesFolder);
  assert.equal(names.length, 2, names.join(" "));
  assert.ok(existsSync(earlier), "another version's pages may be in use");
  for (const one of two) assert.match(await shown(one, "en"), /page-assets/);
});

/** What the bank's app loads before it shows anything, compressed as it travels; in kB. */
const OPENING_KB_MAX = 110;

test("the bank's app opens with little: its scripts and styles, compressed", async () => {
  const { assets, ...warm } = builtPages(own);
  const page = await shown({ assets, ...warm }, "zh", "bank");
  const files = [...page.matchAll(/\/page-assets\/([\w.-]+\.(?:js|css))/g)].map(([, name]) => name);
  assert.ok(files.length >= 2);
  const bytes = new Set(files).values().map((name) => {
    return gzipSync(readFileSync(join(assets.folder, name ?? ""))).length;
  });
  const kilobytes = bytes.reduce((sum, one) => sum + one, 0) / 1000;
  assert.ok(kilobytes <= OPENING_KB_MAX, `${kilobytes} kB`);
});
