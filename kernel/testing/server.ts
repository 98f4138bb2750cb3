/**
 * The PostgreSQL of the tests: one real server for the whole process, started at first need in the
 * system's temporary folder and gone with the process. What a killed process left is cleared by the
 * next one. Roles log in without passwords: only who ran the tests can reach the socket.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  afterServersStopped,
  isAlive,
  runningPostmaster,
  type Server,
  startServer,
} from "../store/index.ts";

const PREFIX = "sandbank-test-";
const LEAVE_MS = 20;
const LEAVE_WAITS_MAX = 250;

/** A server of the tests that survives its own death. */
export interface TestServer {
  /** The server as it runs now; another one after a restart. */
  current(): Server;
  /** Kills the server and all its backends with SIGKILL, as a crash would, and starts it again. */
  restartAfterKill9(): Promise<void>;
}

const servers = new Map<boolean, Promise<TestServer>>();

/** The server of this process: quick, or one that writes through to the disk like the real one. */
export function testServer(durable: boolean): Promise<TestServer> {
  const known = servers.get(durable);
  if (known) return known;
  const started = start(durable);
  servers.set(durable, started);
  return started;
}

async function start(durable: boolean): Promise<TestServer> {
  clearLeftovers();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, "process"), String(process.pid));
  let server = await startServer({ folder, durable, trust: true });
  afterServersStopped(() => rmSync(folder, { recursive: true, force: true }));
  return {
    current: () => server,
    restartAfterKill9: async () => {
      await killAll(server);
      server = await startServer({ folder, durable, trust: true });
    },
  };
}

async function killAll(server: Server): Promise<void> {
  const pids = [...childrenOf(server.pid), server.pid];
  for (const pid of pids) killQuietly(pid);
  for (let waits = 0; waits < LEAVE_WAITS_MAX; waits += 1) {
    if (runningPostmaster(server.folder.pgdata) === undefined) return;
    await sleep(LEAVE_MS);
  }
  throw new Error("the server outlived SIGKILL");
}

/** On Linux the backends die by our hand; elsewhere they leave when they miss their postmaster. */
function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return list.trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has left by itself.
  }
}

/** Servers whose test process is dead are killed, and their folders removed. */
function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (isAlive(Number(readFileSync(join(folder, "process"), "utf8")))) continue;
      const left = runningPostmaster(join(folder, "postgres"));
      if (left) for (const pid of [left.pid, ...childrenOf(left.pid)]) killQuietly(pid);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or one that is just being made.
    }
  }
}
