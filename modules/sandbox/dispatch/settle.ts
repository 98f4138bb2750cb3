/**
 * `sandbox.dispatch_letter` finds the contacts of a letter and asks for a job each;
 * `sandbox.settle_dispatch` says what became of one, `sandbox.settle_code` of a code. All are acts of
 * Sandbank itself.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Job } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { NOT_SENT } from "./attempt.ts";
import { codeDispatchesIn, settleCodeRow } from "./code.store.ts";
import { after, DISPATCH_EVENTS, type DispatchState } from "./dispatch.ts";
import { refuse } from "./dispatch.refusals.ts";
import {
  addDispatch,
  contactsForIn,
  type DispatchRow,
  dispatchesIn,
  settleDispatchRow,
} from "./dispatch.store.ts";

/** The job that sends one letter to one contact. */
export const SEND_LETTER = "sandbox.send_letter";

type Pair = Pick<DispatchRow, "letter" | "contact">;

/** Each letter once: the act's id is the letter's, so a job that runs twice adds nothing. */
export const dispatchLetter: Command<{ readonly letter: string }, readonly Pair[]> = {
  name: "sandbox.dispatch_letter",
  class: "SERVICE",
  contract: z.strictObject({ letter: z.uuid() }),
  may: ["system"],
  keys: ({ letter }) => ({ reads: ["contacts"], writes: [`letter/${letter}`] }),
  async load(tx, partition, questions) {
    const letters = questions.map(({ command }) => command.letter);
    const rows = await contactsForIn(tx, partition, letters);
    return letters.map((letter) => rows.filter((pair) => pair.letter === letter));
  },
  decide({ state, now }) {
    const job = (payload: Pair): Job => ({ task: SEND_LETTER, payload: { ...payload } });
    return {
      entries: [],
      changes: state.map((pair) => change(addDispatch, { ...pair, at: toIso(now) })),
      jobs: state.map(job),
      answer: { contacts: state.length },
    };
  },
};

const settleContract = z.strictObject({
  ...{ letter: z.uuid(), contact: z.uuid(), event: z.enum(DISPATCH_EVENTS) },
  /** Why it was not sent, a code of ours; null where it was. */
  reason: z.enum(NOT_SENT).nullable(),
});

/** Refuses dispatch_unknown, dispatch_settled. */
export const settleDispatch: Command<
  Readonly<z.infer<typeof settleContract>>,
  DispatchRow | undefined
> = {
  name: "sandbox.settle_dispatch",
  class: "SERVICE",
  contract: settleContract.refine(({ event, reason }) => (event === "send") === (reason === null)),
  may: ["system"],
  keys: ({ letter, contact }) => ({ reads: [], writes: [`dispatch/${letter}/${contact}`] }),
  async load(tx, partition, questions) {
    const pairs = questions.map(({ command }) => command);
    const rows = await dispatchesIn(tx, partition, pairs);
    return pairs.map(({ letter, contact }) =>
      rows.find((row) => row.letter === letter && row.contact === contact),
    );
  },
  decide({ state, command: { letter, contact, event, reason }, now }) {
    if (state === undefined) return refuse("dispatch_unknown");
    const to = after(state.state, event);
    if (isRefusal(to)) return to;
    return {
      entries: [],
      changes: [change(settleDispatchRow, { letter, contact, state: to, reason, at: toIso(now) })],
      answer: { letter, contact, state: to },
    };
  },
};

const settleCodeContract = z.strictObject({
  ...{ code: z.uuid(), event: z.enum(DISPATCH_EVENTS), reason: z.enum(NOT_SENT).nullable() },
});

/** Refuses dispatch_unknown, dispatch_settled. */
export const settleCode: Command<
  Readonly<z.infer<typeof settleCodeContract>>,
  { readonly state: DispatchState } | undefined
> = {
  name: "sandbox.settle_code",
  class: "SERVICE",
  contract: settleCodeContract.refine(
    ({ event, reason }) => (event === "send") === (reason === null),
  ),
  may: ["system"],
  keys: ({ code }) => ({ reads: [], writes: [`contact_code/${code}`] }),
  async load(tx, partition, questions) {
    const codes = questions.map(({ command }) => command.code);
    const rows = await codeDispatchesIn(tx, partition, codes);
    return codes.map((code) => rows.get(code));
  },
  decide({ state, command: { code, event, reason }, now }) {
    if (state === undefined) return refuse("dispatch_unknown");
    const to = after(state.state, event);
    if (isRefusal(to)) return to;
    return {
      entries: [],
      changes: [change(settleCodeRow, { code, state: to, reason, at: toIso(now) })],
      answer: { code, state: to },
    };
  },
};
