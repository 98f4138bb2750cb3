/**
 * Servers as processes of their own, started the way `npm start` starts them, for tests that end
 * them in every way. What a test leaves running is killed with the test's process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runningPostmaster } from "@sandbank/kernel/store";

const MAIN = new URL("./main.ts", import.meta.url).pathname;
const CLI = new URL("../../cli/src/main.ts", import.meta.url).pathname;

/** How far the pages of the applications are; said beside whatever else is to be said. */
const PROGRESS = /^(The pages of the applications .*| {2}\d+ %)\n/gm;

/** What a process said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** Said so far, on both streams. */
  readonly said: () => string;
  readonly ended: Promise<Ended>;
}

interface Demo {
  readonly origin: string;
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly key: string;
  }[];
}

/** A server that answers. */
export interface Served extends Child {
  readonly pid: number;
  readonly folder: string;
  readonly origin: string;
  /** The demonstration's key, as `organisation/name`. */
  key(of: string): string;
  /** Ends it with a signal and tells how that went. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

const folders: string[] = [];
const running = new Set<ChildProcess>();
process.once("exit", endChildren);

/** Whatever still runs on our folders dies, and the folders go. */
export function endChildren(): void {
  for (const one of running) one.kill("SIGKILL");
  for (const folder of folders) {
    for (const pid of processesOf(folder)) killQuietly(pid);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  folders.length = 0;
}

/** A folder that goes with the tests. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-server-"));
  folders.push(folder);
  return folder;
}

function child(args: readonly string[], env: Readonly<Record<string, string>>): Child {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const started = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(started);
  let [out, err] = ["", ""];
  started.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  started.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(started, "close").then(([code, signal]) => {
    running.delete(started);
    return {
      code: code as number | null,
      signal: signal as string | null,
      out,
      err: err.replaceAll(PROGRESS, ""),
    };
  });
  return { process: started, ended, said: () => out + err };
}

/** Starts the server program with these settings, unfurnished unless told. It may well not start. */
export function launch(env: Readonly<Record<string, string>>): Child {
  const usual = { PORT: "0", SANDBANK_MODE: "demo", SANDBANK_DEMO: "empty" };
  return child([MAIN], { ...usual, ...env });
}

/** Runs the command line to its end. */
export function runCli(args: readonly string[], folder: string): Promise<Ended> {
  return child([CLI, ...args], { SANDBANK_DATA: folder, SANDBANK_MODE: "demo" }).ended;
}

/** Starts a server and waits until it answers. Throws its own words if it does not start. */
export async function serve(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const made = launch({ ...env, SANDBANK_DATA: folder });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    made.process.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Ctrl-C")) resolve();
    });
    void made.ended.then(({ out, err }) => reject(new Error(`did not start: ${out}${err}`)));
  });
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Demo;
  return {
    ...made,
    ...{ folder, origin: demo.origin, pid: made.process.pid ?? 0 },
    key(of) {
      const found = demo.keys.find((one) => `${one.organisation}/${one.name}` === of);
      if (!found) throw new Error(`no key ${of}`);
      return found.key;
    },
    end(signal = "SIGINT") {
      made.process.kill(signal);
      return made.ended;
    },
  };
}

/** Every living process that works in or was told of a folder, from /proc; empty elsewhere. */
export function processesOf(folder: string): number[] {
  const numbers = processNumbers().filter((pid) => pid !== process.pid);
  return numbers.filter((pid) => {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) return false;
      const told = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
      return told || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

function processNumbers(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Kills PostgreSQL with all its backends, as a crash of the machine would. */
export function killDatabase(folder: string): void {
  const postmaster = runningPostmaster(join(folder, "postgres"));
  if (!postmaster) throw new Error(`no PostgreSQL runs in ${folder}`);
  for (const pid of [...childrenOf(postmaster.pid), postmaster.pid]) killQuietly(pid);
}

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
