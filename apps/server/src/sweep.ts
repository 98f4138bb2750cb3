/**
 * What is done again and again while the server is up, in no hurry: windows of limits that are over
 * for good are dropped. A sweep that fails is logged, and the next one tries again.
 */
import { dropOverWindows } from "@sandbank/kernel/guard";
import type { Logger } from "@sandbank/kernel/http";
import type { Reading } from "./joins/readings.ts";

const SWEEP_MS = 3_600_000;

export interface Sweeps {
  /** Takes up no further sweep and waits for the one that runs. */
  end(): Promise<void>;
}

/** Starts the sweeps; the first comes at once. */
export function startSweeps({ guard, store }: Reading, log: Logger): Sweeps {
  let running = Promise.resolve();
  const sweep = () => {
    running = dropOverWindows(guard, store).then(
      () => undefined,
      (error: unknown) => log.error({ err: error }, "Old windows could not be dropped."),
    );
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await running;
    },
  };
}
