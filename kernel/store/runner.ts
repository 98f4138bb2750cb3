/**
 * As whom the server's programs run. PostgreSQL refuses to run as root; for root a user namespace of
 * one mapped user is enough and leaves all files root's own. Where namespaces are refused (some
 * containers) the programs run as `nobody`, who is then given the folders.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const NOBODY = 65534;
const NAMESPACE = ["-U", "--map-user=1000", "--map-group=1000"];

/** How to spawn one of the server's programs. */
export interface Runner {
  readonly command: (program: string, args: string[]) => [string, string[]];
  readonly identity: { uid?: number; gid?: number };
  /** Hands a file, or a folder and what is in it, to the user who runs the programs. */
  readonly own: (folder: string) => void;
  /** Lets that user pass through a folder of ours, without seeing what is in it. */
  readonly admit: (folder: string) => void;
}

const AS_IS: Runner = {
  command: (program, args) => [program, args],
  identity: {},
  own: () => {},
  admit: () => {},
};

const IN_NAMESPACE: Runner = {
  command: (program, args) => ["unshare", [...NAMESPACE, program, ...args]],
  identity: {},
  own: () => {},
  admit: () => {},
};

const AS_NOBODY: Runner = {
  command: (program, args) => [program, args],
  identity: { uid: NOBODY, gid: NOBODY },
  own: (folder) => {
    chownSync(folder, NOBODY, NOBODY);
    if (!statSync(folder).isDirectory()) return;
    for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      chownSync(join(folder, entry), NOBODY, NOBODY);
    }
  },
  admit: (folder) => chmodSync(folder, 0o711),
};

let chosen: Runner | undefined;

/** The way to run the programs here. `SANDBANK_NO_NAMESPACE=1` forces `nobody`, for trying it out. */
export function chooseRunner(): Runner {
  return (chosen ??= choose());
}

function choose(): Runner {
  if (process.getuid?.() !== 0) return AS_IS;
  if (process.env["SANDBANK_NO_NAMESPACE"] === "1") return AS_NOBODY;
  const trial = spawnSync("unshare", [...NAMESPACE, "true"], { stdio: "ignore" });
  return trial.status === 0 ? IN_NAMESPACE : AS_NOBODY;
}
