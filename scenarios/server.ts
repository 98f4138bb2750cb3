/**
 * A real Sandbank as a process of its own, started the way `npm start` starts it, on any free port
 * and on a folder that outlives it. What a killed run left behind is ended before the next begins.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pause } from "@sandbank/world";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MAIN = join(ROOT, "apps", "server", "src", "main.ts");
const CLI = join(ROOT, "apps", "cli", "src", "main.ts");
/** What every server of the folder said, in the order in which they ran. */
const SERVER_LOG = "server.log";
const END_MS_MAX = 15_000;
const TRIES_MAX = 100;

export interface Server {
  readonly origin: string;
  /** The key that the demonstration made for an organisation, by the key's name. */
  key(organisation: string, name: string): string;
  /**
   * Somebody of an organisation as the demonstration made him, with a link that is good once: who has
   * this English name, or the first.
   */
  person(organisation: string, name?: string): DemoPerson;
  end(): Promise<void>;
}

interface DemoPerson {
  readonly id: string;
  readonly organisation: string;
  readonly name: { readonly en: string };
  readonly link: string;
}

interface Demo {
  readonly origin: string;
  readonly people: readonly DemoPerson[];
  readonly keys: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly key: string;
  }[];
}

/**
 * Starts it unfurnished on `<data>/sandbank`, with more settings where told; what it says is kept in
 * `<data>/server.log`. Throws with the server's own words if it does not start.
 */
export async function startServer(
  data: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const folder = join(data, "sandbank");
  mkdirSync(folder, { recursive: true });
  const pidFile = join(data, "server.pid");
  if (existsSync(pidFile)) await endLeft(Number(readFileSync(pidFile, "utf8")));
  const usual = { PORT: "0", SANDBANK_DATA: folder, SANDBANK_MODE: "demo", SANDBANK_DEMO: "empty" };
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...usual, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: whatever the server starts can be ended with it.
    detached: true,
  });
  writeFileSync(pidFile, String(child.pid));
  let said = "";
  const log = createWriteStream(join(data, SERVER_LOG), { flags: "a" });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const isReady = await ready(child);
  if (!isReady) throw new Error(`the server did not start: ${said}`);
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Demo;
  return {
    origin: demo.origin,
    key(organisation, name) {
      const found = demo.keys.find((one) => one.organisation === organisation && one.name === name);
      if (!found) throw new Error(`demo.json has no key ${name} of ${organisation}`);
      return found.key;
    },
    person(organisation, name) {
      const found = demo.people.find(
        (one) => one.organisation === organisation && (name ?? one.name.en) === one.name.en,
      );
      if (!found) throw new Error(`demo.json has no ${name ?? "body"} of ${organisation}`);
      return found;
    },
    end: () => endChild(child),
  };
}

async function ready(child: ChildProcess): Promise<boolean> {
  if (!child.stdout) return false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes("Ctrl-C")) {
      child.stdout.resume();
      return true;
    }
  }
  return false;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const cut = setTimeout(() => killGroup(child.pid ?? 0), END_MS_MAX);
  await ended;
  clearTimeout(cut);
}

/** Kills a server at once with everything that it started, as a power cut would. */
export function killGroup(pid: number): void {
  if (pid <= 1) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Ends the group of an earlier run's server, if it is still that and not somebody else's by now, and
 * waits a while until the machine has forgotten the dead: some of our locks take them for living.
 */
async function endLeft(pid: number): Promise<void> {
  for (let waited = 0; isOurs(pid); waited++) {
    killGroup(pid);
    if (waited > TRIES_MAX) throw new Error(`an earlier run's server does not end: ${pid}`);
    await pause(50);
  }
  for (let waited = 0; waited < TRIES_MAX && isThere(pid); waited++) await pause(50);
}

function isThere(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isOurs(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-eo", "pgid=,stat=,args="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").some((line) => {
    const [group, state = "", ...command] = line.trim().split(/\s+/);
    const own = command.includes(MAIN) || command.includes(CLI);
    return Number(group) === pid && own && !state.startsWith("Z");
  });
}

/** What `sandbank verify` says of a log, by its own JSON; `code` is 0 if everything is consistent. */
export async function verifyByCli(
  url: string,
  by: { readonly keys: readonly string[]; readonly facts: string },
): Promise<{ readonly code: number; readonly said: Verified }> {
  const vkeys = by.keys.flatMap((vkey) => ["--vkey", vkey]);
  const options = [...vkeys, "--facts", by.facts, "--json"];
  const child = spawn(process.execPath, [CLI, "verify", url, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number>((resolve) =>
    child.once("close", (end) => resolve(end ?? 1)),
  );
  if (text === "") throw new Error(`sandbank verify ${url} ended with ${code} and said nothing`);
  return { code, said: JSON.parse(text) as Verified };
}

/** The part of its answer that scenarios compare. */
export interface Verified {
  readonly size: number;
  readonly acts: number;
  readonly members: number;
  readonly signed: boolean;
  readonly witnessedBy: readonly string[];
  readonly replayed?: { readonly opened: number; readonly unopened: number };
  readonly tally: { readonly accepted: number; readonly refused: number };
  readonly totals: readonly {
    readonly limit: string;
    readonly period: string;
    readonly used: string;
    readonly cap: string;
  }[];
  readonly findings: readonly {
    readonly code: string;
    readonly params: Readonly<Record<string, string>>;
    readonly sentence: string;
  }[];
}
