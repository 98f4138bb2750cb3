/**
 * What the complainant does, known by the receipt code alone: adds words, withdraws, turns to the
 * self-regulatory body, asks for a re-check. A wrong code answers like a complaint that is not there.
 */
import type { Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { wordingContract } from "../wording/wording.ts";
import { lateFrom, RECHECK_DAYS, recheckUntil } from "./complaint.ts";
import { refuse } from "./complaint.refusals.ts";
import type { ComplaintRow } from "./complaint.store.ts";
import { ABOUT_ONE, type Found, take } from "./take.ts";

const contract = z.strictObject({
  complaint: z.uuid().toLowerCase(),
  receipt: z.string().regex(/^[0-9a-f]{64}$/),
  wording: wordingContract.optional(),
});
type Following = Readonly<z.infer<typeof contract>>;
type Follow = Command<Following, Found>;

const BY_RECEIPT = { ...ABOUT_ONE, contract, may: ["customer", "system"] } as const;

function byReceipt(found: Found, { receipt }: Following): ComplaintRow | Refusal {
  return found?.receipt === receipt ? found : refuse("receipt_unknown");
}

/** The complainant adds to what was said, asked or not. */
export const addWords: Follow = {
  ...{ ...BY_RECEIPT, name: "sandbox.add_to_complaint" },
  contract: contract.required(),
  decide({ state, command, principal, now }) {
    const of = byReceipt(state, command);
    if (isRefusal(of)) return of;
    const { wording } = command;
    return take(of, { event: "add", side: "complainant", principal, now, wording });
  },
};

/** The complainant withdraws; the procedure ends with this act. */
export const withdraw: Follow = {
  ...{ ...BY_RECEIPT, name: "sandbox.withdraw_complaint" },
  decide({ state, command, principal, now }) {
    const of = byReceipt(state, command);
    if (isRefusal(of)) return of;
    const { wording } = command;
    return take(of, { event: "withdraw", side: "complainant", principal, now, wording });
  },
};

/** The complainant turns to the self-regulatory body beside it. Refuses already_escalated. */
export const escalate: Follow = {
  ...{ ...BY_RECEIPT, name: "sandbox.escalate_complaint" },
  decide({ state, command, principal, now }) {
    const of = byReceipt(state, command);
    if (isRefusal(of)) return of;
    const step = { event: "escalate", side: "complainant", principal, now } as const;
    const { wording } = command;
    const taken = take(of, { ...step, wording, patch: { escalated_at: of.escalated_at ?? now } });
    if (isRefusal(taken)) return taken;
    return of.escalated_at === null ? taken : refuse("already_escalated");
  },
};

/** The complainant asks for a re-check within 30 days. Refuses recheck_time_is_over. */
export const requestRecheck: Follow = {
  ...{ ...BY_RECEIPT, name: "sandbox.request_recheck" },
  decide({ state, command, principal, now }) {
    const of = byReceipt(state, command);
    if (isRefusal(of)) return of;
    const { wording } = command;
    const step = { event: "request_recheck", side: "complainant", principal, now } as const;
    const patch = { recheck_asked_at: now, recheck_due: lateFrom(now, RECHECK_DAYS) };
    const taken = take(of, { ...step, wording, patch });
    if (isRefusal(taken)) return taken;
    const over = of.answered_at === null || now >= recheckUntil(of.answered_at);
    return over ? refuse("recheck_time_is_over") : taken;
  },
};
