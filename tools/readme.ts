/**
 * Reads the pages that people start with: their links, the commands they name, and the fences whose
 * commands are run. It changes no page and runs nothing by itself.
 */
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { ROOT } from "./suite.ts";

/** Pages whose links and commands must hold. */
export const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  "GLOSSARY.md",
  "SECURITY.md",
  "CHANGES.md",
] as const;

/** A fenced block: what it is marked as, and its text. */
export interface Fence {
  readonly mark: string;
  readonly text: string;
  readonly line: number;
}

/** What to run and what it must print; `…` stands for anything. */
export interface Example {
  readonly commands: string;
  readonly output: string;
  readonly line: number;
}

export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The fences of a page in order. One that is not closed is a fault of the page and throws. */
export function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; from: number } | undefined;
  const lines = page.split("\n");
  for (const [at, line] of lines.entries()) {
    const mark = /^```(.*)$/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (open === undefined) {
      open = { mark, from: at + 1 };
      continue;
    }
    fences.push({ mark: open.mark, text: lines.slice(open.from, at).join("\n"), line: open.from });
    open = undefined;
  }
  if (open !== undefined) throw new Error(`the fence of line ${open.from} is not closed`);
  return fences;
}

/** Each fence marked `sh run` with the `text` fence that follows it. */
export function examplesOf(page: string): readonly Example[] {
  const fences = fencesOf(page);
  return fences.flatMap(({ mark, text, line }, at) => {
    if (mark !== "sh run") return [];
    const shown = fences[at + 1];
    if (shown?.mark !== "text") throw new Error(`line ${line} is run and shows no output`);
    return [{ commands: text, output: shown.text, line }];
  });
}

/** The pattern that an output fence stands for: its lines, with `…` for anything. */
export function patternOf(output: string): RegExp {
  const parts = output.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*?")}$`);
}

/** Paths of our own that a page links to, relative to the root, without their anchors. */
export function linksOf(path: string, page: string): readonly string[] {
  const found = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return found
    .filter((link) => !/^(https?:|#)/.test(link))
    .map((link) => posix.join(dirname(path), link.split("#", 1)[0] ?? ""));
}

/** Names of scripts that a page tells people to run, as in `npm run check` or `npm test`. */
export function scriptsOf(page: string): readonly string[] {
  const named = [...page.matchAll(/\bnpm run (?:-s )?([a-z:]+)/g)].map((match) => match[1] ?? "");
  const short = [...page.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? "");
  return [...new Set([...named, ...short])];
}
