/** A Sandbank as a process of its own: timed from its spawn, or kept; and what its parts cost alone. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "@sandbank/kernel/store";

const MAIN = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));
const POLL_MS = 10;
const START_MS_MAX = 60_000;
const END_MS_MAX = 15_000;

export interface Started {
  /** Seconds from the spawn to the first 200 of the public site. */
  readonly site: number;
  /** Seconds from the spawn until the pages of the applications were built; NaN unless waited for. */
  readonly pages: number;
}

/** Starts a server on a folder, times it, and ends it as Ctrl-C would. */
export async function startOnce(
  folder: string,
  { untilBuilt }: { readonly untilBuilt: boolean },
): Promise<Started> {
  const { child, origin, since } = await spawned(folder);
  try {
    const building = untilBuilt ? built(child, since) : Promise.resolve(NaN);
    building.catch(() => undefined);
    child.stdout?.resume();
    await answers(`${origin}/zh/`, child);
    const site = since();
    return { site, pages: await building };
  } finally {
    await end(child);
  }
}

export interface Running {
  readonly origin: string;
  end(): Promise<void>;
}

/** Starts a demonstration on a folder and waits until nothing of its start is still at work. */
export async function startWhole(folder: string): Promise<Running> {
  const { child, origin, since } = await spawned(folder);
  try {
    await Promise.all([ready(child), built(child, since)]);
  } catch (fault) {
    await end(child);
    throw fault;
  }
  return { origin, end: () => end(child) };
}

interface Spawned {
  readonly child: ChildProcess;
  readonly origin: string;
  /** Seconds since the spawn. */
  since(): number;
}

async function spawned(folder: string): Promise<Spawned> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      ...{ PORT: String(port), SANDBANK_DATA: folder, SANDBANK_MODE: "demo" },
      // Its own cache of compiled code too: a first start has none.
      NODE_COMPILE_CACHE: `${folder}.compiled`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const since = () => (performance.now() - start) / 1000;
  return { child, origin: `http://localhost:${port}`, since };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (const start = performance.now(); performance.now() - start < START_MS_MAX;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const reply = await fetch(url, { signal: AbortSignal.timeout(START_MS_MAX) }).catch(
      () => undefined,
    );
    await reply?.arrayBuffer();
    if (reply?.status === 200) return;
    await sleep(POLL_MS);
  }
  throw new Error("the server did not answer");
}

/** Waits for the last line that a server says of its start. */
async function ready(child: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (!line.includes("Ctrl-C")) continue;
    child.stdout?.resume();
    return;
  }
  throw new Error(`the server ended with ${child.exitCode}`);
}

/** Waits for the line by which the server says that the pages are there, or that they are not. */
async function built(child: ChildProcess, since: () => number): Promise<number> {
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr! })) {
    said.push(line);
    const [, how] =
      /^The pages of the applications (are built|could not be built)/.exec(line) ?? [];
    if (how === undefined) continue;
    const seconds = since();
    child.stderr?.resume();
    if (how === "are built") return seconds;
    break;
  }
  throw new Error(`the pages were not built: ${said.join("\n")}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const cut = setTimeout(() => child.kill("SIGKILL"), END_MS_MAX);
  await ended;
  clearTimeout(cut);
}

/** Seconds that Node itself needs to start and to end. */
export async function bareNode(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ["-e", ""], { stdio: "ignore" }), "exit");
  return (performance.now() - start) / 1000;
}

/** Seconds to make a database cluster and to have its server ready. */
export async function emptyPostgres(folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const start = performance.now();
  const server = await startServer({ folder, durable: true });
  const seconds = (performance.now() - start) / 1000;
  await server.stop();
  return seconds;
}
