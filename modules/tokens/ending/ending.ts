/**
 * Bringing the pilot to its end, in bulk and in order: holders are told, tokens are deleted with what
 * their holders agreed to, cards are unbound. One act takes some thousands; while more are left it
 * asks for the next itself, so that whatever dies is taken up by the job where it stood.
 *
 *   told ── no payment in flight ──▶ tokens deleted ──▶ cards unbound ──▶ keys destroyed
 *
 * Scenes are cut off one by one (`scene/move.ts`), payments finished and days settled by the acts
 * that always do so. Which step of the exit waits for which is the sandbox's plan; that nothing here
 * is done before what it rests on holds whatever a plan says. That the pilot leaves at all is read by
 * the route: once it does it never stays after all.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Effect } from "@sandbank/kernel/guard";
import { z } from "zod";
import { type EndingPart, endingPartContract } from "../ending.contract.ts";
import { refuseEnding } from "./ending.refusals.ts";
import { type Counted, countLeftIn, endTokens, tellHolders, unbindCards } from "./ending.store.ts";
import { currentNotice } from "./ending.words.ts";

/** The job that goes on with what one act left. */
export const WIND_UP = "tokens.wind_up";

/** Holders, tokens or cards of one act: well below a second, so that refunds do not wait for long. */
export const SWEEP_MOST = 5_000;

const content = z.strictObject({ part: endingPartContract });
type Winding = z.infer<typeof content>;

const PARTS: Readonly<
  Record<
    EndingPart,
    {
      readonly effect: Effect<{
        readonly most: number;
        readonly at: string;
        readonly version: number;
      }>;
      left(counted: Counted): bigint;
    }
  >
> = {
  notices: { effect: tellHolders, left: ({ untold }) => untold },
  tokens: { effect: endTokens, left: ({ tokens }) => tokens },
  cards: { effect: unbindCards, left: ({ cards }) => cards },
};

/** Brings the next thousands of a part to an end. Refuses `ending_payments_open`, `ending_tokens_live`. */
export const windUp: Command<Winding, Counted> = {
  name: "tokens.wind_up",
  class: "SERVICE",
  barrier: true,
  contract: content,
  may: ["institution_operator", "compliance_officer", "system"],
  keys: ({ part }) => ({ reads: [], writes: [`ending/${part}`] }),
  async load(tx, partition, questions) {
    const counted = await countLeftIn(tx, partition);
    return questions.map(() => counted);
  },
  decide({ state, command: { part }, id, now }) {
    if (part === "tokens" && state.last !== null && state.last > now) {
      return refuseEnding("ending_payments_open");
    }
    if (part === "cards" && state.tokens > 0n) return refuseEnding("ending_tokens_live");
    const { effect, left } = PARTS[part];
    const all = Number(left(state));
    const done = Math.min(all, SWEEP_MOST);
    const sweep = { most: SWEEP_MOST, at: toIso(now), version: currentNotice() };
    return {
      entries: [],
      changes: done === 0 ? [] : [change(effect, sweep)],
      answer: { part, done, left: all - done },
      jobs: all === done ? [] : [{ task: WIND_UP, payload: { part, after: id } }],
    };
  },
};
