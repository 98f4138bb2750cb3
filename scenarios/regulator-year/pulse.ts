/**
 * The heart of an institution's monitoring: it beats every so often by the machine's clock, as real
 * monitoring would, whatever the business's clock says and whatever the year is busy with. It beats in
 * a thread of its own; whoever stops it falls silent.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const BEATS = new URL("./beats.ts", import.meta.url);

/** For whom it beats, and with which key of its institution. */
export interface Heart {
  readonly origin: string;
  readonly key: string;
  readonly pilot: string;
}

export interface Pulse {
  /** The first beat has been heard once this is done; throws if it was refused. */
  start(): Promise<void>;
  /** No beat is under way once this is done. */
  stop(): Promise<void>;
}

export function pulseOf(heart: Heart): Pulse {
  let worker: Worker | undefined;
  return {
    async start() {
      if (worker) return;
      worker = new Worker(BEATS, { workerData: heart });
      worker.unref();
      await once(worker, "message");
    },
    async stop() {
      const beating = worker;
      if (!beating) return;
      worker = undefined;
      const ended = once(beating, "exit");
      beating.postMessage("stop");
      await ended;
    },
  };
}
