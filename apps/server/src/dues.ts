/**
 * Business time that runs by itself: whatever has fallen due is done within seconds, as it would be
 * on a turn of the clock. A source that fails is told and asked again on the next round.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { DueSource } from "@sandbank/kernel/guard";

const EVERY_MS = 5_000;

export interface Following {
  /** Waits for the round that is under way. */
  end(): Promise<void>;
}

/** Asks each source every few seconds; rounds never overlap. */
export function followClock(
  sources: readonly DueSource[],
  how: { now(): Promise<Instant>; onFault(fault: unknown): void },
): Following {
  let running: Promise<void> | undefined;
  const round = async () => {
    try {
      const now = await how.now();
      for (const source of sources) if ((await source.next(now)) !== undefined) await source.fire();
    } catch (fault) {
      how.onFault(fault);
    } finally {
      running = undefined;
    }
  };
  const timer = setInterval(() => void (running ??= round()), EVERY_MS);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await running;
    },
  };
}
