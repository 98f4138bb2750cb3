/**
 * The follower: reads each partition's journal behind a watermark, in bounded steps, and keeps the
 * counters that indicators are computed from. A step commits its counts and its watermark together,
 * so that a process that dies in the middle counts nothing twice and leaves nothing out. It decides
 * nothing, and the counters may be thrown away at any time.
 *
 *   journal  ──────────────●───────────▶ head
 *                     watermark   └─ behind: the acts that no figure knows yet
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import {
  countIn,
  differingIn,
  forgetIn,
  noteRecountIn,
  type Reach,
  reachIn,
  uncheckedDays,
} from "./follow.store.ts";

/** Most acts that one step counts: a few hundred milliseconds of work. */
const STEP_ACTS = 20_000;
/** Most days that one round compares, so that a long rest does not hold the follower up. */
const DAYS_AT_ONCE = 3;

export interface Follower {
  /** One bounded step. Answers how far it came; `behind` acts are left. */
  step(
    partition: number,
    most?: number,
  ): Promise<{ readonly seq: bigint; readonly behind: bigint }>;
  /** Steps until nothing is left of what was there when it began to look. */
  catchUp(partition: number): Promise<void>;
  /** Throws the counters away and counts from the first act again. */
  rebuild(partition: number): Promise<void>;
  /**
   * Compares days that are over at `now` with a recount of the journal, each once, and notes the
   * result. Answers with the days that differ: none, ever.
   */
  compare(partition: number, now: Instant): Promise<Instant[]>;
}

/** A follower over a store that logs in as `sandbank_follower`. */
export function openFollower(store: Store): Follower {
  const step: Follower["step"] = (partition, most = STEP_ACTS) =>
    store.transaction(async (tx) => {
      const reach: Reach | undefined = await reachIn(tx, partition);
      if (reach === undefined || reach.seq >= reach.head)
        return { seq: reach?.seq ?? 0n, behind: 0n };
      const far = reach.seq + BigInt(most);
      const upto = far < reach.head ? far : reach.head;
      await countIn(tx, partition, { seq: reach.seq, upto });
      return { seq: upto, behind: reach.head - upto };
    });
  const catchUp: Follower["catchUp"] = async (partition) => {
    for (let left = 1n; left > 0n;) left = (await step(partition)).behind;
  };
  return {
    ...{ step, catchUp },
    async rebuild(partition) {
      await store.transaction((tx) => forgetIn(tx, partition));
      await catchUp(partition);
    },
    async compare(partition, now) {
      const before = toIso(shanghaiMidnight(shanghaiDate(now)));
      const days = await uncheckedDays(store, partition, { before, most: DAYS_AT_ONCE });
      const wrong: Instant[] = [];
      for (const day of days) {
        if ((await compareDay(store, partition, { day, now })) > 0n) wrong.push(day);
      }
      return wrong;
    },
  };
}

async function compareDay(
  store: Store,
  partition: number,
  { day, now }: { readonly day: Instant; readonly now: Instant },
): Promise<bigint> {
  const begins = toIso(day);
  const ends = toIso(shanghaiMidnight(addDays(shanghaiDate(day), 1)));
  return store.transaction(async (tx) => {
    const differing = await differingIn(tx, partition, { begins, ends });
    await noteRecountIn(tx, partition, { day: begins, at: toIso(now), differing });
    return differing;
  });
}
