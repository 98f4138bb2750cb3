/**
 * A hook outside of every group belongs to all the tests that share its process: it runs before the
 * first of them, what it opened stays until the last has run, and where it fails they all do.
 */
import { at, nameOf } from "../law.ts";
import type { Law } from "../law.ts";
import type { Syntax } from "../tree.ts";

const HOOK = /^(before|after|beforeEach|afterEach)$/;
/** Runs in a process of its own. */
const APART = /\.e2e\.test\.ts$/;

export const hooks: Law = {
  name: "hooks",
  sentence: "A hook of tests that share a process stands in a group.",
  instead: "put it with the tests that need it into a describe",
  check(tree) {
    return tree.scripts
      .filter(({ path, test }) => test && !APART.test(path))
      .flatMap((script) =>
        (script.program["body"] as readonly Syntax[])
          .map((statement) => statement["expression"] as Syntax | undefined)
          .filter((call) => call?.type === "CallExpression")
          .filter((call) => HOOK.test(nameOf(call?.["callee"]) ?? ""))
          .map((call) => at(script, call as Syntax, `${nameOf(call?.["callee"])} of every test`)),
      );
  },
};
