/**
 * A law is one sentence, what to do instead, and a function that finds who breaks it. Laws judge a
 * tree and change nothing; each has its own file and a bad sample in the test.
 */
import type { Script, Syntax, Tree } from "./tree.ts";

/** One place that breaks a law. */
export interface Offence {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface Law {
  readonly name: string;
  readonly sentence: string;
  /** What to do instead. */
  readonly instead: string;
  check(tree: Tree): readonly Offence[];
}

/** An offence at a node of a script. */
export function at(script: Script, node: Syntax, what: string): Offence {
  return { path: script.path, line: script.lineOf(node.start), what };
}

/** The name of an identifier, or of the last part of `a.b.name`; undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  const syntax = node as Syntax | null | undefined;
  if (syntax?.type === "Identifier" || syntax?.type === "PrivateIdentifier") {
    return syntax["name"] as string;
  }
  if (syntax?.type === "MemberExpression" && syntax["computed"] === false) {
    return nameOf(syntax["property"]);
  }
  if (syntax?.type === "TSNonNullExpression") return nameOf(syntax["expression"]);
  return undefined;
}

/** `a.b` as text if the node is a plain member of a plain identifier. */
export function memberOf(node: unknown): string | undefined {
  const syntax = node as Syntax | null | undefined;
  if (syntax?.type !== "MemberExpression" || syntax["computed"] !== false) return undefined;
  const object = syntax["object"] as Syntax;
  if (object.type !== "Identifier") return undefined;
  return `${object["name"] as string}.${nameOf(syntax["property"]) ?? ""}`;
}

/** True if the line, or a comment line right above, says `tidy: <topic>, because <reason>`. */
export function excused(script: Script, line: number, topic: string): boolean {
  const excuse = new RegExp(`tidy: ${topic}, because \\S`);
  if (excuse.test(script.line(line))) return true;
  for (let above = line - 1; /^\s*(\/\/|\*|\/\*)/.test(script.line(above)); above--) {
    if (excuse.test(script.line(above))) return true;
  }
  return false;
}
