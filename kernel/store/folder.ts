/**
 * The folder of an embedded store: `postgres/` holds the rows, `postgres.log` what the server says,
 * `roles.json` the passwords of its roles, readable by the owner only.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { randomBytes } from "../clock/index.ts";
import { errnoOf, StoreProblem } from "./problem.ts";

/** Unix sockets take 107 bytes on Linux and 103 on macOS, name and closing zero included. */
const SOCKET_PATH_MAX = 100;
const SOCKET_NAME = "/.s.PGSQL.5432";
const LOG_BYTES_MAX = 16 * 1024 * 1024;

/** The paths of one embedded store. */
export interface StoreFolder {
  readonly root: string;
  readonly pgdata: string;
  readonly log: string;
  readonly passwords: string;
  readonly socketFolder: string;
}

/** Opens the folder, making it if need be. Throws `folder_not_writable`, `disk_full`, `folder_not_empty`. */
export function openFolder(path: string): StoreFolder {
  const root = resolve(path);
  try {
    makeFolder(root);
    accessSync(root, constants.W_OK | constants.X_OK);
    const folder = {
      root,
      pgdata: join(root, "postgres"),
      log: join(root, "postgres.log"),
      passwords: join(root, "roles.json"),
      socketFolder: socketFolderOf(root),
    };
    makeFolder(folder.socketFolder);
    refuseForeignSocketFolder(folder.socketFolder);
    turnLog(folder.log);
    return folder;
  } catch (error) {
    throw folderProblem(root, error);
  }
}

/** Makes a folder and its parents step by step: Node's own way never ends below such places as /proc. */
function makeFolder(path: string, mode = 0o700): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, 0o755);
  mkdirSync(path, { mode });
}

/** True once initdb has finished in the folder. */
export function isInitialised(folder: StoreFolder): boolean {
  return statSync(join(folder.pgdata, "PG_VERSION"), { throwIfNoEntry: false }) !== undefined;
}

/** The major version that made the folder's rows. */
export function versionOf(folder: StoreFolder): string {
  return readFileSync(join(folder.pgdata, "PG_VERSION"), "utf8").trim();
}

/**
 * Refuses to turn a folder with somebody's files into a store. `keys` may be there before it: who
 * runs a live installation puts a key there that nothing of ours makes. So may `web`: pages that were
 * built before serve any rows.
 */
export function refuseForeignFiles(folder: StoreFolder): void {
  const ours = /^(postgres\.log(\.1)?|postgres\.making|roles\.json.*|run|process|keys|web)$/;
  const foreign = readdirSync(folder.root).filter((name) => !ours.test(name));
  if (foreign.length > 0) throw new StoreProblem("folder_not_empty", { folder: folder.root });
}

/** Sorts a system error about the folder into the sentence for it; others pass unchanged. */
export function folderProblem(folder: string, error: unknown): unknown {
  const errno = errnoOf(error);
  if (error instanceof StoreProblem || errno === undefined) return error;
  if (errno === "ENOSPC" || errno === "EDQUOT") {
    return new StoreProblem("disk_full", { folder }, error);
  }
  return new StoreProblem("folder_not_writable", { folder, reason: errno }, error);
}

/** A deep folder gets a short place under the system's temporary folder, named after its path. */
function socketFolderOf(root: string): string {
  const inside = join(root, "run");
  if (Buffer.byteLength(inside + SOCKET_NAME) <= SOCKET_PATH_MAX) return inside;
  const digest = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return join(tmpdir(), `sandbank-${process.getuid?.() ?? 0}-${digest}`);
}

/** Somebody else could have made the short folder first and be waiting there for passwords. */
function refuseForeignSocketFolder(path: string): void {
  const found = lstatSync(path);
  const uid = process.getuid?.() ?? 0;
  if (!found.isDirectory() || (found.uid !== uid && uid !== 0)) {
    throw new StoreProblem("folder_not_writable", { folder: path, reason: "not ours" });
  }
}

function turnLog(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(log, `${log}.1`);
}

/** The passwords of the folder's roles by name; empty before the first start. */
export function readPasswords(folder: StoreFolder): Record<string, string> {
  try {
    return JSON.parse(readFileSync(folder.passwords, "utf8")) as Record<string, string>;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return {};
    throw error;
  }
}

/** The password of each named role, drawing and keeping those that are absent. */
export function keepPasswords(
  folder: StoreFolder,
  roles: readonly string[],
): Record<string, string> {
  const kept = readPasswords(folder);
  const absent = roles.filter((role) => kept[role] === undefined);
  if (absent.length === 0) return kept;
  for (const role of absent) kept[role] = drawPassword();
  const next = `${folder.passwords}.next`;
  writeFileSync(next, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, folder.passwords);
  return kept;
}

/** 192 random bits as text. */
export function drawPassword(): string {
  return Buffer.from(randomBytes(24)).toString("base64url");
}
