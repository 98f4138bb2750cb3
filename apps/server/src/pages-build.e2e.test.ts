/** Building the console's pages: once, in the background, and not at all when nothing changed. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type ConsolePages, consolePages } from "./pages-build.ts";

const folder = mkdtempSync(join(tmpdir(), "sandbank-pages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function shown({ pages }: ConsolePages, lang: "zh" | "en"): Promise<string> {
  const found = pages.find((one) => one.path.endsWith("{rest*}"));
  const answer = await found?.handle({ lang } as Parameters<typeof found.handle>[0]);
  assert.ok(answer !== undefined && "html" in answer);
  return answer.html;
}

test("an ended build leaves nothing behind, and its page says that it is not there", async () => {
  const cold = consolePages(folder);
  assert.match(await shown(cold, "en"), /0 % done.*This page reloads itself/);
  assert.match(await shown(cold, "zh"), /http-equiv="refresh"/);
  cold.end();
  assert.equal(await cold.built, false);
  assert.deepEqual(readdirSync(join(folder, "web")), []);
  assert.doesNotMatch(await shown(cold, "en"), /refresh/);
});

test("the first start builds, the second finds what was built and starts nothing", async () => {
  const cold = consolePages(folder);
  assert.equal(await cold.built, true);
  const warm = consolePages(folder);
  const page = await shown(warm, "zh");
  assert.match(page, /<html lang="zh-Hans">/);
  assert.match(await shown(warm, "en"), /<html lang="en">/);
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son[a-z]+=/);
  const [script] = /console-assets\/[\w.-]+\.js/.exec(page) ?? [];
  assert.ok(script);
  assert.ok(readFileSync(join(warm.assets.folder, "..", script)).length > 0);
  assert.equal(readdirSync(join(folder, "web")).length, 1);
});
