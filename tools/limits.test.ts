/** A limit that nobody reads promises what nothing keeps: every one of the table has a reader. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { LIMIT_NAMES } from "@sandbank/kernel/config";

test("every limit of kernel/config is read somewhere", () => {
  const root = new URL("..", import.meta.url).pathname;
  const files = globSync("{kernel,modules,apps}/**/*.ts", {
    cwd: root,
    exclude: (path) =>
      path.includes("node_modules") || path.includes(".test.") || path.startsWith("kernel/config"),
  });
  const code = files.map((file) => readFileSync(`${root}${file}`, "utf8")).join("\n");
  const unread = LIMIT_NAMES.filter((name) => !code.includes(`limits.${name}`));
  assert.deepEqual(unread, []);
});
