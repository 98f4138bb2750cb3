/**
 * Opening the words of a complaint, and erasing them. Opening is an act of its own, so that the
 * journal says who read them and for what; erasing takes words and salts, and leaves every proof.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Loading } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import { z } from "zod";
import { eraseWording } from "../wording/wording.store.ts";
import { PURPOSES, purposeContract } from "./complaint.contract.ts";
import { refuse } from "./complaint.refusals.ts";
import { complaintsIn, type ComplaintRow, wordingsOfIn } from "./complaint.store.ts";
import { ABOUT_ONE, conflictOf, type Found, noted } from "./take.ts";

const opening = z.strictObject({ complaint: z.uuid().toLowerCase(), purpose: purposeContract });

/** Who may read for what. Whoever is not of the institution or the supervisor finds nothing. */
const READERS: Readonly<Record<(typeof PURPOSES)[number], Role>> = {
  handling: "complaint_handler",
  recheck: "institution_approver",
  supervision: "supervisor_officer",
};

function mayRead(of: ComplaintRow, principal: Principal): boolean {
  return of.institution === principal.organisation || principal.roles.includes(READERS.supervision);
}

/**
 * Refuses complaint_unknown, purpose_is_not_yours, handler_is_complained_of,
 * handler_has_direct_interest: who may not handle a complaint may not read it either.
 */
export const openWords: Command<Readonly<z.infer<typeof opening>>, Found> = {
  ...{ ...ABOUT_ONE, name: "sandbox.open_complaint", contract: opening },
  may: ["complaint_handler", "institution_approver", "supervisor_officer"],
  decide({ state: of, command: { purpose }, principal }) {
    if (of === undefined || !mayRead(of, principal)) return refuse("complaint_unknown");
    if (!principal.roles.includes(READERS[purpose])) return refuse("purpose_is_not_yours");
    const conflict = conflictOf(of, principal.id);
    if (conflict !== undefined) return conflict;
    return { entries: [], changes: [], answer: { complaint: of.id, purpose } };
  },
};

const erasing = z.strictObject({
  complaint: z.uuid().toLowerCase(),
  /** By receipt, for the complainant; staff of the institution need none. */
  receipt: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
type Erasing = Readonly<z.infer<typeof erasing>>;

interface Erasable {
  readonly of: ComplaintRow;
  readonly wordings: readonly string[];
}

/**
 * Erases the words of a complaint that has ended, on the complainant's own demand or by compliance
 * staff. Refuses receipt_unknown, complaint_unknown, complaint_not_ended, complaint_was_erased.
 */
export const eraseWords: Command<Erasing, Erasable | undefined> = {
  name: "sandbox.erase_complaint",
  class: "SERVICE",
  contract: erasing,
  may: ["customer", "system", "compliance_officer"],
  keys: ABOUT_ONE.keys,
  async load(tx: Tx, partition: number, questions: readonly Loading<Erasing, unknown>[]) {
    const ids = questions.map(({ command }) => command.complaint);
    const [found, wordings] = await Promise.all([
      complaintsIn(tx, partition, ids),
      wordingsOfIn(tx, partition, ids),
    ]);
    return ids.map((id) => {
      const of = found.get(id);
      return of && { of, wordings: wordings.get(id) ?? [] };
    });
  },
  decide({ state, command, principal, now }) {
    const { receipt } = command;
    const staff = principal.roles.includes("compliance_officer");
    const own = staff && state?.of.institution === principal.organisation;
    const theirs = receipt !== undefined && state?.of.receipt === receipt;
    if (state === undefined || !(own || theirs)) {
      return refuse(staff ? "complaint_unknown" : "receipt_unknown");
    }
    const { of, wordings } = state;
    if (of.ended_at === null) return refuse("complaint_not_ended");
    if (wordings.length === 0) return refuse("complaint_was_erased");
    const side = theirs ? ("complainant" as const) : ("staff" as const);
    return {
      entries: [],
      changes: [
        ...wordings.map((id) => change(eraseWording, { id, at: toIso(now) })),
        noted(of.id, { event: "erase", side, principal, now }),
      ],
      answer: { complaint: of.id, erased: wordings.length },
    };
  },
};
