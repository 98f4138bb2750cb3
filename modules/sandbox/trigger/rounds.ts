/**
 * Keeps watch for as long as the server runs: a round, a pause, the next round, on machine time. A
 * round that fails is said and ends no later one.
 */
import type { Watch } from "./watch.ts";

/** Pause between two rounds: with the carrying of the policy well below a second. */
const PAUSE_MS = 250;

/** Where a round says what went wrong. pino fits. */
export interface WatchLog {
  error(facts: object, sentence: string): void;
}

export interface WatchRounds {
  /** Waits for what is under way and ends. */
  end(): Promise<void>;
}

/** Starts the rounds. */
export function watchRounds(watch: Watch, log: WatchLog): WatchRounds {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const round = async () => {
    try {
      await watch.round();
    } catch (error) {
      log.error({ err: error }, "The triggers of the pilots could not be looked at.");
    }
  };
  const pause = () => {
    if (ended) return;
    timer = setTimeout(() => void (running = round()).then(pause), PAUSE_MS);
    timer.unref();
  };
  pause();
  return {
    async end() {
      ended = true;
      clearTimeout(timer);
      await running;
    },
  };
}
