/** A file has at most 500 lines, a function 60, and a parameter list 3. */
import { at, nameOf } from "../law.ts";
import type { Law, Offence } from "../law.ts";
import { walk } from "../tree.ts";
import type { Script, Syntax, Tree } from "../tree.ts";

export const FILE_LINES_MAX = 500;
export const FUNCTION_LINES_MAX = 60;
export const PARAMETERS_MAX = 3;

const FUNCTION = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const SIGNATURE = /^(TSMethodSignature|TSDeclareFunction|TSEmptyBodyFunctionExpression)$/;

export const lengths: Law = {
  name: "lengths",
  sentence: "A file has at most 500 lines, a function 60 lines and 3 positional parameters.",
  instead: "give a part its own name and file; pass one object whose fields say what they are",
  check(tree) {
    return [...tree.scripts.flatMap(functions), ...files(tree)];
  },
};

function files({ scripts, migrations }: Tree): readonly Offence[] {
  return [...scripts, ...migrations].flatMap(({ path, text }) => {
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    return lines > FILE_LINES_MAX ? [{ path, line: 1, what: `${lines} lines in the file` }] : [];
  });
}

function functions(script: Script): readonly Offence[] {
  const found: Offence[] = [];
  walk(script.program, (node, above) => {
    const isFunction = FUNCTION.test(node.type);
    if (!isFunction && !SIGNATURE.test(node.type)) return;
    const name = functionName(node, above);
    const lines = script.lineOf(node.end) - script.lineOf(node.start) + 1;
    if (isFunction && lines > FUNCTION_LINES_MAX && !isGroup(above[0])) {
      found.push(at(script, node, `${lines} lines in ${name ?? "a function"}`));
    }
    const parameters = (node["params"] as readonly Syntax[]).filter(
      (each) => nameOf(each) !== "this",
    );
    // A callback takes what its caller passes; only functions with a name choose their own.
    if (name !== undefined && parameters.length > PARAMETERS_MAX) {
      found.push(at(script, node, `${parameters.length} positional parameters of ${name}`));
    }
  });
  return found;
}

/** The name of a function: its own, or that of the constant, field or method that it is. */
export function functionName(node: Syntax, above: readonly Syntax[]): string | undefined {
  const own = nameOf(node["id"]);
  if (own !== undefined) return own;
  if (node.type === "TSMethodSignature") return nameOf(node["key"]);
  const parent = above[0];
  if (parent?.type === "VariableDeclarator") return nameOf(parent["id"]);
  if (parent && /^(MethodDefinition|PropertyDefinition)$/.test(parent.type)) {
    return nameOf(parent["key"]);
  }
  return undefined;
}

function isGroup(parent: Syntax | undefined): boolean {
  if (parent?.type !== "CallExpression") return false;
  return /^(describe|suite)$/.test(nameOf(parent["callee"]) ?? "");
}
