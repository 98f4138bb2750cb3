/**
 * The thread of a pulse: a beat each second, each an act of its own. It says "beating" once the first
 * was heard, and ends when it is told to. A later beat that is not heard is what the supervisor is
 * there to notice.
 */
import { parentPort, workerData } from "node:worker_threads";
import { SandbankClient } from "@sandbank/world";
import type { Heart } from "./pulse.ts";

const EVERY_MS = 1_000;

const { origin, key, pilot } = workerData as Heart;
const client = new SandbankClient({ origin, key });

async function beat(): Promise<void> {
  const heard = await client.post(`/api/pilots/${pilot}/heartbeats`, undefined, undefined);
  if (heard.said === "no") throw new Error(`a beat was refused: ${heard.code}`);
}

await beat();
parentPort?.postMessage("beating");
let beating: Promise<unknown> = Promise.resolve();
const timer = setInterval(() => (beating = beat().catch(() => undefined)), EVERY_MS);
parentPort?.once("message", () => {
  clearInterval(timer);
  void beating.then(() => parentPort?.close());
});
