/**
 * Starts and stops the embedded PostgreSQL on a folder. The server outlives a killed program: the
 * next start finds it and adopts it. It listens on a unix socket only. This file knows processes and
 * files; what is inside the database is the business of database.ts.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import {
  folderProblem,
  isInitialised,
  keepPasswords,
  openFolder,
  refuseForeignFiles,
  type StoreFolder,
  versionOf,
} from "./folder.ts";
import { clearStale, isAlive, runningPostmaster } from "./postmaster.ts";
import { StoreProblem } from "./problem.ts";
import { chooseRunner } from "./runner.ts";
import { serverArguments } from "./settings.ts";
import { stopWithProcess } from "./shutdown.ts";

/** The role that initdb makes: it creates the database and its owner, and copies for backups. */
export const SUPERUSER = "sandbank_root";
/** The unix socket's name carries a port; each folder has its own socket, so it is always the same. */
export const SOCKET_PORT = 5432;

const POLL_MS = 10;
/** Recovery after a crash replays up to `max_wal_size`; a live server is given this long. */
const READY_POLLS_MAX = 60_000;
const STOP_POLLS_MAX = 3_000;
/** Orphans of a killed server leave within moments; a start that finds them is tried again. */
const ORPHAN_TRIES_MAX = 40;

export interface ServerOptions {
  readonly folder: string;
  /** Writes through to the disk before commits are acknowledged. Only tests may say false. */
  readonly durable: boolean;
  /** Lets every role in without a password: for tests, whose socket nobody else can reach. */
  readonly trust?: boolean;
}

/** A running embedded server. */
export interface Server {
  readonly folder: StoreFolder;
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** True if it was already running when asked for. */
  readonly adopted: boolean;
  /** Fast shutdown: open transactions roll back, files are closed, nothing stays behind. */
  stop(): Promise<void>;
  /** Leaves the server running when this program ends: another one takes care of it. */
  leave(): void;
}

/**
 * Starts the server of a folder, or adopts the one that runs on it. Throws StoreProblem:
 * `machine_not_supported`, `folder_not_writable`, `folder_not_empty`, `folder_of_other_version`,
 * `disk_full`, `server_did_not_start`.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const folder = openFolder(options.folder);
  try {
    const adopted = await adopt(folder);
    if (adopted) return adopted;
    if (!isInitialised(folder)) initialise(folder, options);
    refuseOtherVersion(folder);
    for (let tries = 1; ; tries += 1) {
      const started = await launch(folder, options.durable);
      if (started) return started;
      if (tries === ORPHAN_TRIES_MAX) throw startProblem(folder);
      await sleep(250);
    }
  } catch (error) {
    throw folderProblem(folder.root, error);
  }
}

async function adopt(folder: StoreFolder): Promise<Server | undefined> {
  const running = runningPostmaster(folder.pgdata);
  if (!running) return undefined;
  await untilReady(folder, running.pid, () => isAlive(running.pid));
  const ready = runningPostmaster(folder.pgdata);
  return ready?.ready ? serverOf(folder, ready.pid) : undefined;
}

function refuseOtherVersion(folder: StoreFolder): void {
  const found = versionOf(folder);
  const shipped = findBinaries().version;
  if (found !== shipped) {
    throw new StoreProblem("folder_of_other_version", { folder: folder.root, found, shipped });
  }
}

/** Makes the cluster beside its final place and moves it there whole, so a killed initdb leaves no half. */
function initialise(folder: StoreFolder, options: ServerOptions): void {
  refuseForeignFiles(folder);
  const password = keepPasswords(folder, [SUPERUSER])[SUPERUSER] ?? "";
  const making = `${folder.pgdata}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  const runner = chooseRunner();
  const passwordFile = `${folder.passwords}.making`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const args = [
    ...["--pgdata", making, "--username", SUPERUSER, "--pwfile", passwordFile],
    ...["--auth", options.trust ? "trust" : "scram-sha-256", "--encoding", "UTF8", "--locale", "C"],
    ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
    ...(options.durable ? ["--data-checksums"] : ["--no-sync", "--no-data-checksums"]),
  ];
  runner.admit(folder.root);
  runner.own(making);
  runner.own(passwordFile);
  const [command, all] = runner.command(findBinaries().initdb, args);
  const result = spawnSync(command, all, {
    ...runner.identity,
    env: serverEnvironment(),
    encoding: "utf8",
    cwd: folder.root,
  });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    writeFileSync(folder.log, `${result.stdout}${result.stderr}`, { flag: "a", mode: 0o600 });
    rmSync(making, { recursive: true, force: true });
    throw startProblem(folder);
  }
  renameSync(making, folder.pgdata);
}

/** One attempt. Undefined means that orphans of the last server still leave. */
async function launch(folder: StoreFolder, durable: boolean): Promise<Server | undefined> {
  clearStale(folder.pgdata, folder.socketFolder);
  const runner = chooseRunner();
  runner.admit(folder.root);
  runner.own(folder.pgdata);
  runner.own(folder.socketFolder);
  const said = statSync(folder.log, { throwIfNoEntry: false })?.size ?? 0;
  const args = ["-D", folder.pgdata, "-k", folder.socketFolder, "-p", String(SOCKET_PORT)];
  const log = openSync(folder.log, "a", 0o600);
  const [command, all] = runner.command(findBinaries().postgres, [
    ...args,
    ...serverArguments(durable),
  ]);
  const child = spawn(command, all, {
    ...runner.identity,
    cwd: folder.root,
    env: serverEnvironment(),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const failed = new Promise<Error>((resolve) => child.once("error", resolve));
  child.unref();
  const pid = child.pid;
  if (pid === undefined) throw startProblem(folder, (await failed).message);
  const ready = await untilReady(
    folder,
    pid,
    () => child.exitCode === null && child.signalCode === null,
  );
  if (ready) return serverOf(folder, pid, child);
  if (logSince(folder, said).includes("pre-existing shared memory block")) return undefined;
  return adoptRival(folder);
}

/** Another program may have started the same folder in the same moment: then its server is the one. */
async function adoptRival(folder: StoreFolder): Promise<Server> {
  const rival = await adopt(folder);
  if (rival) return rival;
  throw startProblem(folder);
}

/** Waits for the server of the process `pid`; a rival's file on the same folder is not its word. */
async function untilReady(
  folder: StoreFolder,
  pid: number,
  lives: () => boolean,
): Promise<boolean> {
  for (let polls = 0; polls < READY_POLLS_MAX && lives(); polls += 1) {
    const running = runningPostmaster(folder.pgdata);
    if (running?.ready && running.pid === pid) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** `child` is the server's process if this program started it; an adopted server has none. */
function serverOf(folder: StoreFolder, pid: number, child?: ChildProcess): Server {
  const release = stopWithProcess(pid, folder.pgdata);
  const gone = (): boolean =>
    child
      ? child.exitCode !== null || child.signalCode !== null
      : runningPostmaster(folder.pgdata)?.pid !== pid;
  const stop = async (): Promise<void> => {
    release();
    for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
      if (gone() || runningPostmaster(folder.pgdata)?.pid !== pid) break;
      signalQuietly(pid, signal);
      for (let polls = 0; polls < STOP_POLLS_MAX && !gone(); polls += 1) await sleep(POLL_MS);
    }
    forgetSocketFolder(folder);
  };
  const { socketFolder: host } = folder;
  const adopted = child === undefined;
  return { folder, host, port: SOCKET_PORT, pid, adopted, stop, leave: release };
}

/** A folder of the socket outside the store's own goes with the server, if nothing else is in it. */
function forgetSocketFolder(folder: StoreFolder): void {
  if (folder.socketFolder.startsWith(folder.root)) return;
  try {
    rmdirSync(folder.socketFolder);
  } catch {
    // The next server of the folder is already there.
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has left by itself.
  }
}

/** The server sees nothing of our environment but what it needs: no secrets, no stray PG* settings. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];
  const entries = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), LC_ALL: "C", TZ: "UTC" };
}

function logSince(folder: StoreFolder, offset: number): string {
  try {
    return readFileSync(folder.log).subarray(offset).toString("utf8");
  } catch {
    return "";
  }
}

/** Reads the end of the log for what is wrong, so that the sentence says more than "see the log". */
function startProblem(folder: StoreFolder, known?: string): StoreProblem {
  const size = statSync(folder.log, { throwIfNoEntry: false })?.size ?? 0;
  const tail = logSince(folder, Math.max(0, size - 4096)).trim();
  if (/No space left on device|Disk quota exceeded/.test(tail)) {
    return new StoreProblem("disk_full", { folder: folder.root });
  }
  const lines = tail.split("\n").filter((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  const reason =
    known ?? lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, "") ?? "no word";
  if (/Permission denied/.test(reason)) {
    return new StoreProblem("folder_not_writable", { folder: folder.root, reason });
  }
  return new StoreProblem("server_did_not_start", { reason, log: folder.log });
}
