/**
 * Keeps the counters up to date for as long as the server runs: a round over every partition, a
 * pause, the next round. A round that fails is said and ends no later one. Machine time: a round is
 * about this process, not about business.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Follower } from "./follow.ts";

/** Pause between two rounds; with the round itself the most that a quiet figure lies behind. */
const PAUSE_MS = 500;

/** Where a round says what went wrong. pino fits. */
export interface RoundLog {
  error(facts: object, sentence: string): void;
}

export interface FollowRounds {
  /** A round now instead of within the pause: for turned clocks and tests. */
  now(): Promise<void>;
  /** Waits for what is under way and ends. */
  end(): Promise<void>;
}

export interface FollowSettings {
  readonly follower: Follower;
  partitions(): readonly number[];
  /** Business time, for the days that are over. */
  now(): Promise<Instant>;
  readonly log: RoundLog;
}

/** Starts the rounds. */
export function followRounds(settings: FollowSettings): FollowRounds {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const now = () => (running = running.then(() => round(settings)));
  const pause = () => {
    if (ended) return;
    timer = setTimeout(() => void now().then(pause), PAUSE_MS);
    timer.unref();
  };
  pause();
  return {
    now,
    async end() {
      ended = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function round({ follower, partitions, now, log }: FollowSettings): Promise<void> {
  for (const partition of partitions()) {
    try {
      await follower.catchUp(partition);
      const wrong = await follower.compare(partition, await now());
      if (wrong.length > 0) {
        log.error({ partition, days: wrong }, "Counters of indicators differ from the journal.");
      }
    } catch (error) {
      log.error({ err: error, partition }, "A partition's journal was not followed.");
    }
  }
}
