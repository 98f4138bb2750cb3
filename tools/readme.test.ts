/** What the first pages say is so: their links lead somewhere, their commands and counts exist. */
import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examplesOf, fencesOf, linksOf, PAGES, patternOf, readPage, scriptsOf } from "./readme.ts";
import { ROOT, testFiles } from "./suite.ts";

const DECISIONS = globSync("docs/decisions/*.md", { cwd: ROOT }).map((path) =>
  path.replaceAll("\\", "/"),
);
const MODULES = globSync("modules/*/README.md", { cwd: ROOT }).map((path) =>
  path.replaceAll("\\", "/"),
);
const manifest = JSON.parse(readPage("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

test("every link of the first pages and of the decisions leads to a file", () => {
  const lost = [...PAGES, ...DECISIONS, ...MODULES].flatMap((path) =>
    linksOf(path, readPage(path))
      .filter((link) => !existsSync(join(ROOT, link)))
      .map((link) => `${path} links to ${link}`),
  );
  assert.deepEqual(lost, []);
});

test("every command that the pages name is a script", () => {
  for (const path of PAGES) {
    for (const name of scriptsOf(readPage(path))) {
      assert.ok(manifest.scripts[name], `${path} names npm run ${name}`);
    }
  }
});

test("fences are commands, output, or examples that are run", () => {
  const marks = PAGES.flatMap((path) => fencesOf(readPage(path)).map(({ mark }) => mark));
  assert.deepEqual([...new Set(marks)].toSorted(), ["sh", "sh run", "text"]);
});

test("README counts the run-time dependencies aloud and names each", () => {
  const page = readPage("README.md");
  const names = Object.keys(manifest.dependencies);
  assert.match(page, new RegExp(`^Run-time dependencies: ${names.length}\\.`, "m"));
  for (const name of names) assert.ok(page.includes(`\`${name}\``), `README is silent on ${name}`);
});

test("decisions are numbered without a gap and each says what was given up", () => {
  const numbers = DECISIONS.toSorted().map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => at + 1),
  );
  for (const path of DECISIONS) {
    const page = readPage(path);
    for (const part of ["The old way.", "The choice.", "What we gave up."]) {
      assert.ok(page.includes(`**${part}**`), `${path} lacks “${part}”`);
    }
  }
});

test("every test that SECURITY.md names exists and says what is quoted of it", () => {
  const tests = testFiles({ long: true, e2e: true, paths: [] });
  const lost: string[] = [];
  for (const row of readPage("SECURITY.md").split("\n")) {
    for (const [, name = "", after = ""] of row.matchAll(/`([a-z.]+\.test\.ts)`([^`|;]*)/g)) {
      const texts = tests.filter((path) => path.endsWith(`/${name}`)).map(readPage);
      const quoted = [...after.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
      for (const words of quoted.length > 0 ? quoted : [""]) {
        if (!texts.some((text) => text.includes(words))) lost.push(`${name} ${words}`);
      }
    }
  }
  assert.deepEqual(lost, []);
});

test("an example without its output is a fault of the page", () => {
  assert.throws(() => examplesOf("```sh run\necho a\n```\n"), /shows no output/);
  assert.throws(() => fencesOf("```sh\necho a\n"), /not closed/);
  const [example] = examplesOf("```sh run\necho a\n```\nso:\n```text\na\n```\n");
  assert.deepEqual(example, { commands: "echo a", output: "a", line: 1 });
});

test("three dots stand for anything and everything else for itself", () => {
  assert.match("took 3 s (of 4)", patternOf("took … s (of …)"));
  assert.match("a\nb\nc", patternOf("a\n…\nc"));
  assert.doesNotMatch("took 3 s or 4", patternOf("took … s (of …)"));
  assert.doesNotMatch("axb", patternOf("a.b"));
});
