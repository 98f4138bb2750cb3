/**
 * What the institution does with a complaint: takes it up or says why not, asks, extends by two,
 * decides, re-checks. Nobody handles a complaint about himself or one that touches his interest, and
 * every handler says so of each complaint.
 */
import type { Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { wordingContract } from "../wording/wording.ts";
import {
  complaintOutcomeContract,
  groundContract,
  interestContract,
  materialContract,
} from "./complaint.contract.ts";
import { HELD, isOpen, lateFrom, NEXT_TERM } from "./complaint.ts";
import { refuse } from "./complaint.refusals.ts";
import type { ComplaintRow } from "./complaint.store.ts";
import { ABOUT_ONE, conflictOf, type Found, inHand, noted, onDesk, stand, take } from "./take.ts";

const complaint = z.uuid().toLowerCase();
const interest = interestContract;
const wording = wordingContract;

const taking = z.strictObject({ complaint, interest });
const answering = z.strictObject({ complaint, interest, ground: groundContract, wording });
const asking = z.strictObject({ complaint, material: materialContract, wording });
const extending = z.strictObject({
  complaint,
  days: z.union([z.literal(30), z.literal(60)]),
  wording,
});
const deciding = z.strictObject({ complaint, outcome: complaintOutcomeContract, wording });
const rechecking = deciding.extend({ interest });
const naming = z.strictObject({ complaint, person: z.string().min(1).max(80) });
const declaring = z.strictObject({ complaint });

type Of<C extends z.ZodType> = Readonly<z.infer<C>>;
type About<C extends z.ZodType> = Command<Of<C>, Found>;

const DESK = { ...ABOUT_ONE, may: ["complaint_handler"] } as const;

/** Who declares a direct interest is refused, and the declaration stays on record. */
function interested(of: ComplaintRow, question: Parameters<About<typeof taking>["decide"]>[0]) {
  const { principal, now } = question;
  const interests = [...new Set([...of.interests, principal.id])];
  const handler = of.handler === principal.id ? null : of.handler;
  return {
    refusal: refuse("handler_has_direct_interest"),
    onRefusal: [
      stand({ ...of, interests, handler }),
      noted(of.id, { event: "declare_interest", side: "staff", principal, now }),
    ],
  };
}

/**
 * Takes a received complaint up. Refuses complaint_unknown, the state's code,
 * handler_is_complained_of, handler_has_direct_interest.
 */
export const accept: About<typeof taking> = {
  ...{ ...DESK, name: "sandbox.accept_complaint", contract: taking },
  decide(question) {
    const { state, command, principal, now } = question;
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const patch = { handler: principal.id };
    const taken = take(of, { event: "accept", side: "staff", principal, now, patch });
    if (isRefusal(taken)) return taken;
    const conflict = conflictOf(of, principal.id);
    if (conflict !== undefined) return conflict;
    return command.interest === "direct" ? interested(of, question) : taken;
  },
};

/** Takes over what somebody else handled. Refuses as accepting does, and already_your_complaint. */
export const takeOver: About<typeof taking> = {
  ...{ ...DESK, name: "sandbox.take_over_complaint", contract: taking },
  decide(question) {
    const { state, command, principal, now } = question;
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const patch = { handler: principal.id };
    const taken = take(of, { event: "take_over", side: "staff", principal, now, patch });
    if (isRefusal(taken)) return taken;
    const conflict = conflictOf(of, principal.id);
    if (conflict !== undefined) return conflict;
    if (of.handler === principal.id) return refuse("already_your_complaint");
    return command.interest === "direct" ? interested(of, question) : taken;
  },
};

/** Says that a complaint is not taken up, on one of four grounds. Refuses as accepting does. */
export const findInadmissible: About<typeof answering> = {
  ...{ ...DESK, name: "sandbox.find_complaint_inadmissible", contract: answering },
  decide(question) {
    const { state, command, principal, now } = question;
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const { ground, wording: words } = command;
    const taken = take(of, {
      ...{ event: "find_inadmissible", side: "staff", principal, now, wording: words },
      detail: { ground },
      patch: { handler: principal.id, ground, answered_at: now },
    });
    if (isRefusal(taken)) return taken;
    const conflict = conflictOf(of, principal.id);
    if (conflict !== undefined) return conflict;
    return command.interest === "direct" ? interested(of, question) : taken;
  },
};

/** Asks the complainant for something that only he has. Refuses institution_holds_this_already. */
export const askComplainant: About<typeof asking> = {
  ...{ ...DESK, name: "sandbox.ask_complainant", contract: asking },
  decide({ state, command, principal, now }) {
    const of = inHand(state, principal);
    if (isRefusal(of)) return of;
    const { material, wording: words } = command;
    if (HELD[material]) return refuse("institution_holds_this_already");
    const step = { event: "ask", side: "staff", principal, now, wording: words } as const;
    return take(of, { ...step, detail: { material } });
  },
};

/**
 * Extends the time to decide, with a notice to the complainant that says why. A senior of the
 * institution approves, who may not be complained of either. Refuses extension_comes_too_late, also
 * where the approval comes too late, and extension_is_not_the_next.
 */
export const extend: About<typeof extending> = {
  ...{ ...DESK, name: "sandbox.extend_complaint", contract: extending },
  fourEyes: { approvers: ["institution_approver"] },
  shown: (found) => (found === undefined ? "unknown" : `${found.state} ${found.days}`),
  decide({ state, command, principal, approver, now }) {
    const of = inHand(state, principal);
    if (isRefusal(of)) return of;
    if (approver !== undefined) {
      const senior = onDesk(state, approver);
      if (isRefusal(senior)) return senior;
      const conflict = conflictOf(of, approver.id);
      if (conflict !== undefined) return conflict;
    }
    const { days, wording: words } = command;
    const due = lateFrom(of.received_at, days);
    const step = { event: "extend", side: "staff", principal, now, wording: words } as const;
    const taken = take(of, { ...step, detail: { days }, patch: { days, due } });
    if (isRefusal(taken)) return taken;
    if (now >= of.due || of.overdue_since !== null) return refuse("extension_comes_too_late");
    return NEXT_TERM[of.days] === days ? taken : refuse("extension_is_not_the_next");
  },
};

/** Decides, in time or not. Refuses complaint_unknown, handler_is_another and the state's code. */
export const decideComplaint: About<typeof deciding> = {
  ...{ ...DESK, name: "sandbox.decide_complaint", contract: deciding },
  decide({ state, command, principal, now }) {
    const of = inHand(state, principal);
    if (isRefusal(of)) return of;
    const { outcome, wording: words } = command;
    return take(of, {
      ...{ event: "decide", side: "staff", principal, now, wording: words },
      detail: { outcome },
      patch: { outcome, answered_at: now, overdue_since: lateAt(of, now) },
    });
  },
};

/** Lateness is a matter of instants, whether or not the clock has been round to note it. */
function lateAt(of: ComplaintRow, now: ComplaintRow["due"]): ComplaintRow["overdue_since"] {
  return of.overdue_since ?? (isOpen(of.state) && now >= of.due ? of.due : null);
}

/**
 * A senior of the institution, who did not handle it, re-checks the answer. Refuses
 * recheck_by_first_person, handler_is_complained_of, handler_has_direct_interest.
 */
export const decideRecheck: About<typeof rechecking> = {
  ...{ ...ABOUT_ONE, name: "sandbox.decide_recheck", contract: rechecking },
  may: ["institution_approver"],
  decide(question) {
    const { state, command, principal, now } = question;
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const { outcome, wording: words } = command;
    const late = of.recheck_due !== null && now >= of.recheck_due ? of.recheck_due : null;
    const taken = take(of, {
      ...{ event: "decide_recheck", side: "staff", principal, now, wording: words },
      detail: { outcome },
      patch: {
        recheck_outcome: outcome,
        recheck_at: now,
        recheck_overdue: of.recheck_overdue ?? late,
      },
    });
    if (isRefusal(taken)) return taken;
    const conflict = conflictOf(of, principal.id);
    if (conflict !== undefined) return conflict;
    if (of.handler === principal.id) return refuse("recheck_by_first_person");
    return command.interest === "direct" ? interested(of, question as never) : taken;
  },
};

/** Puts on record who of the staff is complained of; he no longer handles it. */
export const namePerson: About<typeof naming> = {
  ...{ ...ABOUT_ONE, name: "sandbox.name_person_complained_of", contract: naming },
  may: ["complaint_handler", "institution_approver"],
  decide({ state, command: { person }, principal, now }) {
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const handler = of.handler === person ? null : of.handler;
    const patch = { concerns: [...of.concerns, person], handler };
    const step = { event: "name_person", side: "staff", principal, now } as const;
    const taken = take(of, { ...step, detail: { person }, patch });
    if (isRefusal(taken)) return taken;
    return of.concerns.includes(person) ? refuse("person_already_named") : taken;
  },
};

/** Whoever finds an interest later says so, and lets go of the complaint. */
export const declareInterest: About<typeof declaring> = {
  ...{ ...ABOUT_ONE, name: "sandbox.declare_interest", contract: declaring },
  may: ["complaint_handler", "institution_approver"],
  decide({ state, principal, now }) {
    const of = onDesk(state, principal);
    if (isRefusal(of)) return of;
    const handler = of.handler === principal.id ? null : of.handler;
    const interests = [...new Set([...of.interests, principal.id])];
    const step = { event: "declare_interest", side: "staff", principal, now } as const;
    return take(of, { ...step, patch: { interests, handler } });
  },
};
