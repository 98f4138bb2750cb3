/** Imports only go down the ranks, pass through doors, and never from module to module. */
import { builtinModules } from "node:module";
import type { Law, Offence } from "../law.ts";
import {
  KERNEL_ORDER,
  KERNEL_TESTING,
  kernelPart,
  ownPackage,
  packageOf,
  rankOf,
  target,
} from "../place.ts";
import type { Import, Script, Tree } from "../tree.ts";

/** What browsers may have of the kernel. */
const UI_KERNEL = new Set(["money", "words"]);
/** The two apps that join others: the server composes them, the command line starts them. */
const JOINERS = new Set(["apps/server", "apps/cli"]);
const ORDER: ReadonlyMap<string, number> = new Map(KERNEL_ORDER.map((part, at) => [part, at]));
const NODE = new Set(builtinModules);

export const ranks: Law = {
  name: "ranks",
  sentence: "Imports only go down the ranks and through a package's door; modules know no module.",
  instead:
    "declare a port in ports.ts and let apps/server/src/compose.ts join, or import the door " +
    "(@sandbank/kernel/<part>, ../<part>/index.ts)",
  check(tree) {
    const found: Offence[] = [];
    for (const script of tree.scripts) {
      for (const each of script.imports) {
        const what = wrong(tree, script, each);
        if (what !== undefined) found.push({ path: script.path, line: each.line, what });
      }
    }
    return [...found, ...tree.packages.flatMap(doors)];
  },
};

function wrong(tree: Tree, script: Script, { specifier }: Import): string | undefined {
  const from = packageOf(script.path);
  if (from === undefined) return undefined;
  if (specifier.startsWith("node:")) return undefined;
  if (NODE.has(specifier)) return `imports ${specifier} without node:`;
  const own = ownPackage(tree, specifier);
  const path = target(tree, script.path, specifier);
  if (!own && path === undefined) return undefined;
  if (own && !own.found) return `imports ${specifier}, which is no package of ours`;
  if (path === undefined) return `imports ${specifier}, which is no door of ${own!.found!.folder}`;
  if (path.endsWith(".tsx") && script.path.endsWith(".ts")) {
    return `imports ${path}: only .tsx imports .tsx, since node cannot run it`;
  }
  const to = packageOf(path);
  if (to === undefined) return `imports ${path}, which is in no package`;
  if (to !== from) return own ? across(script, path) : deep(path, to);
  return from === "kernel" ? withinKernel(script, path) : undefined;
}

function across(script: Script, path: string): string | undefined {
  const [from, to] = [packageOf(script.path)!, packageOf(path)!];
  const part = kernelPart(path);
  if (from === "world") {
    return to === "ui" ? undefined : `the world imports ${to}: it may share no code with us but ui`;
  }
  if (part === KERNEL_TESTING && !isTest(script)) return "imports the testing part outside tests";
  if (from === "ui" && to === "kernel" && !UI_KERNEL.has(part ?? "") && !script.test) {
    return `ui imports kernel/${part}: browsers may have money and words`;
  }
  if (JOINERS.has(from) && to.startsWith("apps/")) return undefined;
  if (rankOf(to) < rankOf(from)) return undefined;
  if (from.startsWith("modules/") && to.startsWith("modules/")) {
    return `module ${from.slice(8)} imports module ${to.slice(8)}`;
  }
  return `${from} (rank ${rankOf(from)}) imports ${to} (rank ${rankOf(to)})`;
}

function withinKernel(script: Script, path: string): string | undefined {
  const [from, to] = [kernelPart(script.path), kernelPart(path)];
  if (from === to || from === undefined || to === undefined) return undefined;
  if (!/^kernel\/[^/]+\/index\.ts$/.test(path)) return `imports ${path} past the door of ${to}`;
  if (from === KERNEL_TESTING) return undefined;
  if (to === KERNEL_TESTING) return isTest(script) ? undefined : "imports testing outside tests";
  const [above, below] = [ORDER.get(from), ORDER.get(to)];
  if (above === undefined) return `kernel/${from} has no place in the order of the kernel`;
  if (below === undefined) return `kernel/${to} has no place in the order of the kernel`;
  return below < above ? undefined : `kernel/${from} imports kernel/${to}, which stands above it`;
}

function deep(path: string, to: string): string {
  return `imports ${path} by path, past the door of ${to}`;
}

// Besides tests: the beds and fixtures that only tests import, the benches and the scenarios.
function isTest(script: Script): boolean {
  return (
    script.test || /\/(testing|sample)\/|\.fixture\.ts$|^(bench|scenarios)\//.test(script.path)
  );
}

function doors({ folder, exports }: Tree["packages"][number]): readonly Offence[] {
  if (!folder.startsWith("modules/") && folder !== "lending") return [];
  return Object.keys(exports)
    .filter((door) => door !== "." && door !== "./contract")
    .map((door) => ({
      path: `${folder}/package.json`,
      line: 1,
      what: `exports ${door}: a module has the doors "." and "./contract"`,
    }));
}
