/**
 * Reads and judges the pid file of a PostgreSQL server. After a kill the file stays, still saying
 * `ready`, so a server counts as running only if the pid in it is alive and serves that very folder.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineNow } from "../clock/index.ts";

/** What the pid file says, if the process it names is alive and serves the folder. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly port: number;
  readonly ready: boolean;
}

/** The server that runs on a data folder now, or undefined. */
export function runningPostmaster(pgdata: string): Postmaster | undefined {
  const lines = pidFileLines(pgdata);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !serves(pid, pgdata)) return undefined;
  return {
    pid,
    port: Number(lines[3]),
    socketFolder: lines[4] ?? "",
    ready: lines[7]?.trim() === "ready",
  };
}

function pidFileLines(pgdata: string): string[] {
  try {
    return readFileSync(join(pgdata, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** True if the process is alive. A zombie has no command line and counts as dead in `serves`. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function serves(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false;
  const command = commandLine(pid);
  return command.includes("postgres") && command.includes(realOr(pgdata));
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    }
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Makes leftovers of a dead server harmless. PostgreSQL itself clears a pid file whose process is
 * gone, after checking that no orphaned backend still holds the shared memory; only when the number
 * was given to a stranger since does it refuse. Then our own pid is written into the file: a server
 * trusts that its parent is no rival, and its check of the shared memory stays in force.
 */
export function clearStale(pgdata: string, socketFolder: string): void {
  const lines = pidFileLines(pgdata);
  const pid = Number(lines[0]);
  clearEmpty(pgdata, lines);
  if (lines.length > 1 && isAlive(pid) && !serves(pid, pgdata)) {
    lines[0] = String(process.pid);
    writeFileSync(join(pgdata, "postmaster.pid"), lines.join("\n"));
  }
  for (const name of [".s.PGSQL.5432.lock", ".s.PGSQL.5432"]) {
    try {
      unlinkSync(join(socketFolder, name));
    } catch {
      // Nothing was left behind.
    }
  }
}

/** A starting server writes its pid file within moments; one that stays empty is a dead one's. */
const EMPTY_MS_MAX = 2_000;

/** PostgreSQL refuses to start beside an empty pid file, since it cannot tell whose it is. */
function clearEmpty(pgdata: string, lines: readonly string[]): void {
  if (lines.length !== 1 || lines[0] !== "") return;
  const path = join(pgdata, "postmaster.pid");
  if (machineNow() - statSync(path).mtimeMs > EMPTY_MS_MAX) unlinkSync(path);
}
