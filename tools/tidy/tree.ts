/**
 * The sources as the laws see them: every script parsed once, with its imports, and every migration
 * and package as text. TypeScript's own parser is not to be had from TypeScript 7, so scripts are
 * parsed by the one that comes with Vite, which keeps types and reads tsx. Nothing is run.
 */
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "vite";
import type { DeclaredRefusal } from "../registry.ts";
import { FOLDERS } from "../suite.ts";

/** A node of the syntax tree, as ESTree and its TypeScript and JSX parts have it. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One import or re-export of a script, of values or of types. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** The names it imports, `*` for all. */
  readonly names: readonly string[];
}

export interface Script {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly test: boolean;
  readonly program: Syntax;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  readonly imports: readonly Import[];
  /** The line of a position, from 1. */
  lineOf(position: number): number;
  /** The text of a line, from 1; empty beyond the end. */
  line(number: number): string;
}

export interface Sheet {
  readonly path: string;
  readonly text: string;
}

export interface Package {
  /** Its folder, such as `modules/tokens`. */
  readonly folder: string;
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
}

export interface Tree {
  readonly scripts: readonly Script[];
  readonly migrations: readonly Sheet[];
  readonly packages: readonly Package[];
  /** Every path that was read, for laws about names. */
  readonly paths: readonly string[];
  /** What the tables of refusals declare, once they were loaded. */
  readonly refusals?: readonly DeclaredRefusal[];
  /** The page that lists every refusal. */
  readonly refusalPage?: string;
}

const READ = `{${FOLDERS.join(",")}}/**/*.{ts,tsx,mjs,sql,md,css}`;

/** Reads the tree of a folder. */
export function readTree(root: string): Tree {
  const exclude = (name: string): boolean => /node_modules|\.sandbank/.test(name);
  const paths = [
    ...globSync(READ, { cwd: root, exclude }),
    ...globSync(`{${FOLDERS.join(",")}}/{,*/}package.json`, { cwd: root, exclude }),
  ];
  const texts: Record<string, string> = {};
  for (const path of paths.map((each) => each.replaceAll("\\", "/")).toSorted()) {
    texts[path] = readFileSync(join(root, path), "utf8");
  }
  return treeOf(texts);
}

/** Makes a tree of texts by path: what tests of the laws begin with. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const entries = Object.entries(texts);
  return {
    scripts: entries.filter(([path]) => /\.(tsx?|mjs)$/.test(path)).map(script),
    migrations: entries
      .filter(([path]) => path.endsWith(".sql"))
      .map(([path, text]) => ({ path, text })),
    packages: entries.filter(([path]) => path.endsWith("/package.json")).map(workspace),
    paths: entries.map(([path]) => path),
  };
}

function script([path, text]: readonly [string, string]): Script {
  const parsed = parseSync(path, text);
  const error = parsed.errors[0];
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineOf = (position: number): number => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= position) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const program = parsed.program as unknown as Syntax;
  return {
    path,
    text,
    test: /\.test\.tsx?$/.test(path),
    program,
    comments: parsed.comments,
    imports: importsOf(program, lineOf),
    lineOf,
    line: (number) => text.slice(starts[number - 1], (starts[number] ?? text.length + 1) - 1),
  };
}

function importsOf(program: Syntax, lineOf: (position: number) => number): readonly Import[] {
  const found: Import[] = [];
  walk(program, (node) => {
    const source = (node["source"] ?? node["argument"]) as Syntax | null | undefined;
    if (!source || typeof source["value"] !== "string") return;
    if (!/^(Import|ExportNamed|ExportAll)Declaration$|^(Import|TSImport)/.test(node.type)) return;
    found.push({
      specifier: source["value"],
      line: lineOf(node.start),
      names: namesOf(node),
    });
  });
  return found;
}

function namesOf(node: Syntax): readonly string[] {
  const specifiers = node["specifiers"] as readonly Syntax[] | undefined;
  if (!specifiers) return ["*"];
  return specifiers.map((specifier) => {
    const imported = (specifier["imported"] ?? specifier["local"]) as Syntax | undefined;
    return specifier.type === "ImportSpecifier" ? String(imported?.["name"] ?? "*") : "*";
  });
}

function workspace([path, text]: readonly [string, string]): Package {
  const read = JSON.parse(text) as { name?: string; exports?: unknown };
  const declared = typeof read.exports === "string" ? { ".": read.exports } : (read.exports ?? {});
  return {
    folder: posix.dirname(path),
    name: read.name ?? "",
    exports: declared as Readonly<Record<string, string>>,
  };
}

/** Visits every node, parents first; `above` leads from the parent up to the program. */
export function walk(
  node: Syntax,
  visit: (node: Syntax, above: readonly Syntax[]) => void,
  above: readonly Syntax[] = [],
): void {
  visit(node, above);
  const here = [node, ...above];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const each of value) if (isSyntax(each)) walk(each, visit, here);
    } else if (isSyntax(value)) walk(value, visit, here);
  }
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && typeof (value as Syntax).type === "string";
}
