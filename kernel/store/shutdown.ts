/**
 * Servers must not outlive a program that ends in an orderly way, whichever way that is. Programs
 * stop their store themselves; this is the net below: at process exit, and at Ctrl-C where nobody
 * else listens, every server still registered is told to stop.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runningPostmaster } from "./postmaster.ts";

const EXIT_WAIT_MS = 20;
const EXIT_WAITS_MAX = 150;

const running = new Map<number, string>();
const afterwards = new Set<() => void>();
let installed = false;

/** Registers a server to be stopped with the process; the returned function takes it off again. */
export function stopWithProcess(pid: number, pgdata: string): () => void {
  install();
  running.set(pid, pgdata);
  return () => void running.delete(pid);
}

/** Runs `work` (without waiting for anything) after the servers have stopped at process exit. */
export function afterServersStopped(work: () => void): void {
  install();
  afterwards.add(work);
}

function install(): void {
  if (installed) return;
  installed = true;
  process.on("exit", stopAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const last = (): void => {
      if (process.listenerCount(signal) > 1) return;
      stopAll();
      process.removeListener(signal, last);
      process.kill(process.pid, signal);
    };
    process.on(signal, last);
  }
}

/**
 * Signals all, then waits for their pid files to go: at exit nothing asynchronous runs any more. The
 * number of a server that was killed may be a stranger's by now, who gets no signal from us.
 */
function stopAll(): void {
  for (const [pid, pgdata] of running) {
    if (runningPostmaster(pgdata)?.pid === pid) signal(pid);
    else running.delete(pid);
  }
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; waits < EXIT_WAITS_MAX; waits += 1) {
    const left = [...running.values()].some((pgdata) => existsSync(join(pgdata, "postmaster.pid")));
    if (!left) break;
    Atomics.wait(pause, 0, 0, EXIT_WAIT_MS);
  }
  running.clear();
  for (const work of afterwards) work();
  afterwards.clear();
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It has left by itself.
  }
}
