/**
 * Every refusal that the project declares. The files that declare some are imported, which runs
 * nothing but their tables; tests and samples declare codes of their own, which are not ours.
 */
import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { allRefusals } from "@sandbank/kernel/words";
import type { RefusalEntry } from "@sandbank/kernel/words";
import { FOLDERS, ROOT } from "./suite.ts";

/** One code as its table states it, with the part that declares it. */
export interface DeclaredRefusal extends RefusalEntry {
  readonly code: string;
  readonly part: string;
}

const NOT_OURS = /\.test\.ts$|\/(sample|testing|node_modules)\/|^(tools|bench|scenarios|world)\//;
const DECLARES = /\bdeclareRefusals\(\s*"/;

/** The files that declare refusals, relative to the root, sorted. */
export function declaringFiles(root: string = ROOT): readonly string[] {
  return globSync(`{${FOLDERS.join(",")}}/**/*.ts`, {
    cwd: root,
    exclude: (name) => name.endsWith("node_modules"),
  })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !NOT_OURS.test(path))
    .filter((path) => DECLARES.test(readFileSync(join(root, path), "utf8")))
    .toSorted();
}

/** Imports the tables and gives every code, in the order of the files and of each table. */
export async function loadRefusals(): Promise<readonly DeclaredRefusal[]> {
  for (const path of declaringFiles()) await import(pathToFileURL(join(ROOT, path)).href);
  return allRefusals();
}
