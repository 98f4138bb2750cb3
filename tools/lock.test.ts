/** What `npm ci` asks of the lock file, asked before anybody has to install: every workspace is in it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./suite.ts";

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}

test("every workspace is locked under its own name and version", () => {
  const { workspaces } = read("package.json") as { readonly workspaces: readonly string[] };
  const { packages } = read("package-lock.json") as { readonly packages: object };
  const folders = workspaces
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: ROOT }))
    .map((path) => path.replaceAll("\\", "/").replace(/\/package\.json$/, ""))
    .toSorted();
  assert.ok(folders.length > 10);
  for (const folder of folders) {
    const own = read(`${folder}/package.json`) as { readonly name: string };
    const locked: unknown = Reflect.get(packages, folder);
    assert.equal((locked as { readonly name?: string } | undefined)?.name, own.name, folder);
    assert.deepEqual(Reflect.get(packages, `node_modules/${own.name}`), {
      ...{ resolved: folder, link: true },
    });
  }
});
