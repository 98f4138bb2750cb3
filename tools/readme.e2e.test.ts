/**
 * README's examples, run as a visitor would: one Sandbank on an empty folder, and every fence marked
 * `sh run` in one shell, in order. Only the port and the data folder differ from what is printed.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { examplesOf, fencesOf, patternOf, readPage } from "./readme.ts";
import { environment, ROOT } from "./suite.ts";

const SHOWN_ORIGIN = "http://localhost:8080";
const SHOWN_FOLDER = ".sandbank";
const READY = "  Ctrl-C ends it.\n";
const BETWEEN = "--- next example ---";
const SHELL_MS_MAX = 120_000;

const page = readPage("README.md");
const lacking = ["bash", "curl"].filter(
  (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).status !== 0,
);
const skip = lacking.length > 0 ? `the examples need ${lacking.join(" and ")}` : false;

interface Started {
  readonly child: ChildProcess;
  readonly said: string;
}

async function startIn(folder: string): Promise<Started> {
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: ROOT,
    env: environment({ PORT: "0", SANDBANK_DATA: folder }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [said, complained] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (complained += chunk));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.endsWith(READY)) resolve();
    });
    child.once("close", (code, signal) =>
      reject(new Error(`it ended before it was ready, ${code ?? signal}: ${complained}`)),
    );
  });
  return { child, said };
}

/** Runs all examples in one shell; answers with what each printed. */
function runAll(scripts: readonly string[]): { readonly printed: string[]; readonly said: string } {
  const { stdout, stderr } = spawnSync("bash", ["-c", scripts.join(`\necho '${BETWEEN}'\n`)], {
    cwd: ROOT,
    env: environment(),
    encoding: "utf8",
    timeout: SHELL_MS_MAX,
  });
  return { printed: stdout.split(`${BETWEEN}\n`).map((text) => text.trimEnd()), said: stderr };
}

test("README's examples print what README shows", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  const { child, said } = await startIn(folder);
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const origin = /http:\/\/localhost:\d+/.exec(said)?.[0] ?? "";
  const asShown = (text: string) =>
    text.replaceAll(origin, SHOWN_ORIGIN).replaceAll(folder, SHOWN_FOLDER);

  const shown = fencesOf(page).find(({ text }) => text.includes(READY.trim()))?.text ?? "";
  const told = shown.slice(shown.indexOf("Sandbank 沙岸"));
  assert.match(asShown(said).trimEnd(), patternOf(told), "what npm start prints");

  const examples = examplesOf(page);
  const { printed, said: complaints } = runAll(
    examples.map(({ commands }) =>
      commands.replaceAll(SHOWN_ORIGIN, origin).replaceAll(SHOWN_FOLDER, folder),
    ),
  );
  for (const [at, { output, line }] of examples.entries()) {
    const what = `the example of line ${line}\n${complaints}`;
    assert.match(asShown(printed[at] ?? ""), patternOf(output), what);
  }
});
