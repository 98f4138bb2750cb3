/** Which files count as tests, what the pages say, and that old Nodes are led to the pinned one. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { runParts, summaryOf } from "./parts.ts";
import { limitsPage, refusalsPage } from "./pages.ts";
import { ROOT, environment, forgetKept, testArguments, testFiles } from "./suite.ts";

const FILES = [
  "kernel/money/money.test.ts",
  "kernel/money/money.ts",
  "kernel/store/pool.db.test.ts",
  "modules/pos/pos.long.test.ts",
  "apps/bank/bank.e2e.test.ts",
  "world/node_modules/x/x.test.ts",
  "elsewhere/x.test.ts",
];

test("tests are the files that say so; long and browser tests come when asked for", (t) => {
  const root = mkdtempSync(join(tmpdir(), "suite-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const path of FILES) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
  const [money, , pool, pos, bank] = FILES;
  const all = { long: true, e2e: true, paths: [] };
  assert.deepEqual(testFiles(all, root), [money, pool, pos, bank]);
  assert.deepEqual(testFiles({ ...all, long: false }, root), [money, pool, bank]);
  assert.deepEqual(testFiles({ ...all, e2e: false, long: false }, root), [money, pool]);
  assert.deepEqual(testFiles({ ...all, paths: ["./kernel/money"] }, root), [money]);
});

test("what runs keep for those to come is forgotten after a week, and there may be nothing", (t) => {
  const folder = join(mkdtempSync(join(tmpdir(), "kept-")), "kept");
  t.after(() => rmSync(dirname(folder), { recursive: true }));
  forgetKept(folder);
  const born = statSync(folder).birthtimeMs;
  forgetKept(folder, born + 7 * 86_400_000);
  assert.ok(existsSync(folder));
  forgetKept(folder, born + 7 * 86_400_000 + 1);
  assert.ok(!existsSync(folder));
});

test("the tests of a part run in one process", () => {
  const [first, reporter, isolation] = testArguments(["a.test.ts"]);
  assert.equal(first, "--test");
  assert.equal(isolation, "--test-isolation=none");
  assert.equal(reporter, "--test-reporter=spec");
  const [, , same, hour] = testArguments(["a.test.ts"], [], "patient");
  assert.deepEqual([same, hour], [isolation, "--test-timeout=3600000"]);
  const [, , apart] = testArguments(["a.test.ts"], [], "apart");
  assert.equal(apart, "--test-isolation=process");
});

test("parts are told in their order and counted together", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "parts-"));
  t.after(() => rmSync(root, { recursive: true }));
  const part = (name: string, body: string) => {
    const file = join(root, `${name}.test.ts`);
    writeFileSync(
      file,
      `import { test } from "node:test";\ntest("${name}", (t) => { ${body} });\n`,
    );
    return { files: [file], more: [], env: environment(), manner: "together" } as const;
  };
  const slow = part("slow", "return new Promise((resolve) => setTimeout(resolve, 1_500));");
  const failing = part("failing", 't.diagnostic("tests 3"); throw new Error("so it is meant");');
  const told: string[] = [];
  const ended = await runParts([slow, failing], (line) => told.push(line));
  assert.deepEqual(
    ended.map(({ status, counts }) => [status, counts.tests, counts.pass, counts.fail]),
    [
      [0, 1, 1, 0],
      [1, 1, 0, 1],
    ],
  );
  const first = told.findIndex((line) => line.includes("slow"));
  const second = told.findIndex((line) => line.includes("failing"));
  assert.ok(first >= 0 && first < second, told.join("\n"));
  const summary = summaryOf(
    ended.map(({ counts }) => counts),
    7,
  );
  assert.equal(
    summary,
    "ℹ tests 2\nℹ suites 0\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 7",
  );
});

test("a part that has no test is told so, and fails", () => {
  const { status, stderr } = spawnSync(process.execPath, ["tools/test.ts", "nowhere/"], {
    cwd: ROOT,
    env: environment(),
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.match(stderr, /no test file begins with nowhere\//);
});

test("a script is run by the pinned Node whichever Node started it", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["tools/pinned.mjs", "-p", "process.versions.node"],
    { cwd: ROOT, encoding: "utf8" },
  );
  assert.equal(status, 0);
  assert.equal(stdout.trim(), process.versions.node);
});

test("the page of refusals lists each with both texts, by part and precedence", () => {
  const page = refusalsPage([
    {
      code: "token_not_active",
      part: "tokens",
      category: "conflicting",
      text: { zh: "令牌未启用", en: "The token | is not active" },
      remedy: { zh: "启用后再试", en: "Activate it" },
    },
  ]);
  assert.match(page, /^## tokens$/m);
  assert.match(
    page,
    /^\| `token_not_active` \| conflicting \| 令牌未启用<br>The token \\\| is not active \| 启用后再试<br>Activate it \|$/m,
  );
});

test("the page of limits shows what is usual, the bounds and the variable", () => {
  assert.match(
    limitsPage(),
    /^\| 复核任务的有效期<br>.* \| 7 days \| 1 minute – 365 days \| `SANDBANK_LIMIT_TASK_LIFETIME_MS` \(ms\) \|$/m,
  );
});

test("the pages made from the code are current", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/docs.ts", "--check"], {
    cwd: ROOT,
    env: environment(),
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
