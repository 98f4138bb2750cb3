/**
 * Where a file stands: its package, its part of the kernel, its rank; and which file an import
 * means. The one table of ranks that the laws on imports share.
 */
import { posix } from "node:path";
import type { Package, Tree } from "./tree.ts";

/** The parts of the kernel in the order in which they may use each other. */
export const KERNEL_ORDER = [
  "money",
  "words",
  "clock",
  "config",
  "outside",
  "store",
  "identity",
  "ledger",
  "evidence",
  "jobs",
  "guard",
  "http",
] as const;

/** The part of the kernel for tests alone; it may use every other. */
export const KERNEL_TESTING = "testing";

const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^kernel$/, 0],
  [/^(ui|lending)$/, 1],
  [/^modules\//, 2],
  [/^(apps\/|world$)/, 3],
  [/^(scenarios|bench|tools)$/, 4],
];

const PACKAGE = /^(kernel|ui|lending|world|scenarios|bench|tools|(?:modules|apps)\/[^/]+)(?:\/|$)/;

/** The folder of the package that a path is in, or undefined for a path in none. */
export function packageOf(path: string): string | undefined {
  return PACKAGE.exec(path)?.[1];
}

/** 0 for the kernel up to 4 for what nobody may import. */
export function rankOf(folder: string): number {
  const row = RANKS.find(([shape]) => shape.test(folder));
  if (!row) throw new Error(`package without a rank: ${folder}`);
  return row[1];
}

/** The part of the kernel, such as `ledger`; undefined outside and for files of no part. */
export function kernelPart(path: string): string | undefined {
  return /^kernel\/([^/]+)\//.exec(path)?.[1];
}

/** A specifier of our own workspaces, taken apart: `@sandbank/kernel/ledger`. */
export function ownPackage(
  tree: Tree,
  specifier: string,
): { readonly found: Package | undefined; readonly door: string } | undefined {
  const match = /^(@sandbank\/[^/]+)(?:\/(.+))?$/.exec(specifier);
  if (!match) return undefined;
  const found = tree.packages.find((each) => each.name === match[1]);
  return { found, door: match[2] === undefined ? "." : `./${match[2]}` };
}

/** The path of the file that an import means, or undefined for npm, node and unknown ones. */
export function target(tree: Tree, from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const own = ownPackage(tree, specifier);
  if (!own?.found) return undefined;
  const { folder, exports } = own.found;
  const exact = exports[own.door];
  if (exact !== undefined) return posix.join(folder, exact);
  for (const [pattern, file] of Object.entries(exports)) {
    const [head, tail] = pattern.split("*");
    if (tail === undefined || !own.door.startsWith(head!) || !own.door.endsWith(tail)) continue;
    const name = own.door.slice(head!.length, own.door.length - tail.length);
    return posix.join(folder, file.replace("*", name));
  }
  return undefined;
}
