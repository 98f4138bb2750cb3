/**
 * Which files are tests, and how they run: many in one node process, so that one database server
 * and one load of the sources serve them all. Long tests run only when asked for.
 */
import { globSync, mkdirSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { machineNow } from "@sandbank/kernel/clock";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The folders that hold sources, in the order in which their tests run. */
export const FOLDERS = [
  "kernel",
  "ui",
  "lending",
  "modules",
  "apps",
  "world",
  "tools",
  "bench",
  "scenarios",
] as const;

/** Test names: `noun.test.ts`, `noun.long.test.ts`, `noun.e2e.test.ts`, `noun.db.test.ts`. */
const TEST_FILE = /\.test\.ts$/;
const LONG_FILE = /\.long\.test\.ts$/;
const E2E_FILE = /\.e2e\.test\.ts$/;

/** No test takes this long; one that does hangs, and is named instead of waited for. */
const TEST_TIMEOUT_MS = 300_000;
/** A long test does, where the machine is slow or has other work: only one that hangs is named. */
const LONG_TEST_TIMEOUT_MS = 3_600_000;

export interface Choice {
  /** Long tests too. */
  readonly long: boolean;
  /** Tests that drive a browser or a whole server. */
  readonly e2e: boolean;
  /** Only paths that begin with one of these; all if empty. */
  readonly paths: readonly string[];
}

/** The test files of a choice, sorted within each folder, relative to the root. */
export function testFiles(choice: Choice, root: string = ROOT): readonly string[] {
  const found = FOLDERS.flatMap((folder) =>
    globSync(`${folder}/**/*.test.ts`, {
      cwd: root,
      exclude: (name) => name.endsWith("node_modules"),
    }).toSorted(),
  );
  return found
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => TEST_FILE.test(path))
    .filter((path) => choice.long || !LONG_FILE.test(path))
    .filter((path) => choice.e2e || !isE2e(path))
    .filter((path) => choice.paths.length === 0 || matches(path, choice.paths));
}

/** True for the tests that drive a browser or a whole server. */
export function isE2e(path: string): boolean {
  return E2E_FILE.test(path);
}

/**
 * How a part runs. `together`: in one process, so that one database server and one load of the
 * sources serve them all; `patient` with long tests among them. `apart`: each file in a process of
 * its own, so that no server of a file that has ended, or not begun, is in the way; two at a time,
 * since what drives a browser mostly waits for it.
 */
export type Manner = "together" | "patient" | "apart";

/** Apart, node counts the time of a whole file. */
const FILE_TIMEOUT_MS = 12 * 3_600_000;

const MANNERS: Readonly<Record<Manner, readonly string[]>> = {
  together: ["--test-isolation=none", `--test-timeout=${TEST_TIMEOUT_MS}`],
  patient: ["--test-isolation=none", `--test-timeout=${LONG_TEST_TIMEOUT_MS}`],
  apart: ["--test-isolation=process", "--test-concurrency=2", `--test-timeout=${FILE_TIMEOUT_MS}`],
};

/** The arguments of node that run these files. */
export function testArguments(
  files: readonly string[],
  more: readonly string[] = [],
  manner: Manner = "together",
): string[] {
  return [
    "--test",
    "--test-reporter=spec",
    ...MANNERS[manner],
    "--disable-warning=ExperimentalWarning",
    ...more,
    ...files,
  ];
}

/** Beside the packages: what tests compile and build once and take again, also in the next run. */
const KEPT = join(ROOT, "node_modules", ".cache", "sandbank");

/** It grows with every change of a source: after this it begins anew. */
const KEPT_MS_MAX = 7 * 86_400_000;

/** Forgets what was kept for too long. For the beginning of a run, before anything needs it. */
export function forgetKept(folder: string = KEPT, now: number = machineNow()): void {
  mkdirSync(folder, { recursive: true });
  if (now - statSync(folder).birthtimeMs > KEPT_MS_MAX) rmSync(folder, { recursive: true });
}

/**
 * The environment of our programs: the pinned Node comes first on the path, and whatever is started
 * takes the code that one before it compiled and the pages that one before it built.
 */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const bin = join(ROOT, "node_modules", ".bin");
  return {
    NODE_COMPILE_CACHE: join(KEPT, "compiled"),
    SANDBANK_PAGES: join(KEPT, "pages"),
    ...process.env,
    PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    ...more,
  };
}

function matches(path: string, wanted: readonly string[]): boolean {
  return wanted.some((want) => path.startsWith(want.replace(/^\.\//, "")));
}
