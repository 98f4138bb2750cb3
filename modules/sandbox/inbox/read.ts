/** `sandbox.read_letter`: a person has read a letter that is for him. Reading it again changes nothing. */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { isFor, READERS } from "./inbox.ts";
import { refuse } from "./inbox.refusals.ts";
import { lettersIn, type LetterRow, markRead } from "./inbox.store.ts";

/** Refuses with letter_unknown, also for letters of others. */
export const readLetter: Command<{ readonly letter: string }, LetterRow | undefined> = {
  name: "sandbox.read_letter",
  class: "SERVICE",
  contract: z.strictObject({ letter: z.uuid() }),
  may: READERS,
  keys: ({ letter }) => ({ reads: [], writes: [`letter/${letter}`] }),
  load: (tx, partition, questions) =>
    lettersIn(
      tx,
      partition,
      questions.map(({ command, principal }) => ({
        ...{ letter: command.letter, person: principal.id },
      })),
    ),
  decide({ state, command: { letter }, principal, now }) {
    if (state === undefined || !isFor(state, principal)) return refuse("letter_unknown");
    const read = { letter, person: principal.id, at: toIso(now) };
    const changes = state.read ? [] : [change(markRead, read)];
    return { entries: [], changes, answer: { letter } };
  },
};
