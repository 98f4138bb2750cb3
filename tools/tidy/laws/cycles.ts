/** No circle of imports between files or between folders, types included. */
import { posix } from "node:path";
import type { Law, Offence } from "../law.ts";
import { packageOf, target } from "../place.ts";
import type { Tree } from "../tree.ts";

interface Edge {
  readonly to: string;
  readonly path: string;
  readonly line: number;
}

type Graph = ReadonlyMap<string, readonly Edge[]>;

export const cycles: Law = {
  name: "cycles",
  sentence: "Imports form no circle between files or folders, of types no more than of values.",
  instead: "move what both need to a file below them, or turn one direction into a port",
  check(tree) {
    return [...circles(files(tree)), ...circles(folders(tree))];
  },
};

function files(tree: Tree): Graph {
  return graph(tree, (from, to) => [from, to]);
}

function folders(tree: Tree): Graph {
  return graph(tree, (from, to) => {
    const [above, below] = [folderOf(from), folderOf(to)];
    return above === below ? undefined : [above, below];
  });
}

// A package's root holds its door, its ports and its refusals: each of them counts for itself.
function folderOf(path: string): string {
  const folder = posix.dirname(path);
  const root = packageOf(path);
  return folder === root || folder === `${root}/src` ? path : folder;
}

function graph(
  tree: Tree,
  join: (from: string, to: string) => readonly [string, string] | undefined,
): Graph {
  const edges = new Map<string, Edge[]>();
  for (const { path, imports, test } of tree.scripts) {
    if (test) continue;
    for (const { specifier, line } of imports) {
      const to = target(tree, path, specifier);
      const ends = to === undefined ? undefined : join(path, to);
      if (!ends) continue;
      const list = edges.get(ends[0]) ?? [];
      list.push({ to: ends[1], path, line });
      edges.set(ends[0], list);
    }
  }
  return edges;
}

// Everything that can reach itself, in groups that reach each other; one offence for each group,
// told by its shortest circle.
function circles(edges: Graph): readonly Offence[] {
  const found: Offence[] = [];
  const told = new Set<string>();
  for (const node of [...edges.keys()].toSorted()) {
    if (told.has(node)) continue;
    const circle = shortestCircle(edges, node);
    if (!circle) continue;
    const group = reachable(edges, node).filter((each) => reachable(edges, each).includes(node));
    for (const each of group) told.add(each);
    const { path, line } = edges.get(circle.at(-1)!)!.find(({ to }) => to === node)!;
    const more = group.length > circle.length ? ` (one of ${group.length} that are tied)` : "";
    found.push({ path, line, what: `${[...circle, node].join(" → ")}${more}` });
  }
  return found;
}

function reachable(edges: Graph, from: string): readonly string[] {
  const seen = new Set<string>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { to } of edges.get(node) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return [...seen];
}

// Breadth first from the node until an edge leads back to it.
function shortestCircle(edges: Graph, node: string): readonly string[] | undefined {
  const seen = new Set([node]);
  let paths: readonly string[][] = [[node]];
  while (paths.length > 0) {
    const longer: string[][] = [];
    for (const path of paths) {
      for (const { to } of edges.get(path.at(-1)!) ?? []) {
        if (to === node) return path;
        if (seen.has(to)) continue;
        seen.add(to);
        longer.push([...path, to]);
      }
    }
    paths = longer;
  }
  return undefined;
}
