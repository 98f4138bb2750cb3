/**
 * The heart of an institution's monitoring: it beats every so often by the machine's clock, as real
 * monitoring would, whatever the business's clock says. Who stops it falls silent.
 */
import type { SandbankClient } from "@sandbank/world";

const EVERY_MS = 1_000;

export interface Pulse {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Beats for a pilot with the key of its institution; each beat is an act of its own. */
export function pulseOf(client: SandbankClient, pilot: string): Pulse {
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<unknown> = Promise.resolve();
  const beat = async () => {
    const heard = await client.post(`/api/pilots/${pilot}/heartbeats`, undefined, undefined);
    if (heard.said === "no") throw new Error(`a beat was refused: ${heard.code}`);
  };
  return {
    async start() {
      await beat();
      // A beat that is not heard is what the supervisor is there to notice.
      timer ??= setInterval(() => (beating = beat().catch(() => undefined)), EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await beating;
    },
  };
}
