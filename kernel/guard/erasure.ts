/**
 * Erasing a customer: the openings of every act about the customer, the member's key and the
 * customer's names go; journal, ledger and log stay as they were, so every proof still holds. Which
 * acts those are is known only from the openings themselves (`subject` of a command), and is gone
 * with them. The act that erases keeps no opening of itself. What a module has of the customer in
 * its own tables it erases in the same act, by its own changes.
 */
import { commit } from "../evidence/index.ts";
import { change, type Decision, type Json } from "./command.ts";
import { type Belonging, eraseSubject } from "./erasure.store.ts";

export { type Belonging, belongingsIn } from "./erasure.store.ts";

export interface Erasing {
  readonly customer: string;
  /** What `belongingsIn` found of the customer. */
  readonly belongings: readonly Belonging[];
  /** Keys of the customer's own accounts: only acts about the customer have touched them. */
  readonly accounts: readonly string[];
  /** 16 bytes drawn for the commitment, hex; whoever gets them can show what was erased. */
  readonly salt: string;
}

/** The part of a decision that erases: its change, its leaf, and the mark that it keeps nothing. */
export function erasure(of: Erasing): Pick<Decision, "changes" | "leaves" | "forgets"> {
  const { customer, accounts } = of;
  return {
    changes: [change(eraseSubject, { subject: customer, accounts: accounts.join(" ") })],
    leaves: [erasureLeaf(of)],
    forgets: true,
  };
}

/** The list that the leaf commits to: the places of the erased acts, in order. */
export function erasedText(belongings: readonly Belonging[]): string {
  const seqs = belongings.map(({ seq }) => seq).toSorted((a, b) => (a < b ? -1 : 1));
  return JSON.stringify(seqs.map(String));
}

/** How many acts were erased, and a commitment to which; nothing that links them. */
function erasureLeaf({ belongings, salt }: Erasing): Json {
  return {
    t: "erasure",
    acts: `${belongings.length}`,
    commitment: commit(Buffer.from(salt, "hex"), erasedText(belongings)),
  };
}
