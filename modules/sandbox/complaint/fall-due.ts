/**
 * What becomes of a complaint by time alone: it is late, which is public, or the time for a re-check
 * is over and it is closed. Nothing else happens by itself, and nothing happens before its instant.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuse } from "./complaint.refusals.ts";
import { ABOUT_ONE, type Found, take } from "./take.ts";

const contract = z.strictObject({ complaint: z.uuid() });

/** Refuses complaint_unknown, complaint_not_due. Each lateness is a leaf for all the world. */
export const fallDue: Command<Readonly<z.infer<typeof contract>>, Found> = {
  ...{ ...ABOUT_ONE, name: "sandbox.complaint_falls_due", contract, may: ["system"] },
  decide({ state: of, principal, now }) {
    if (of === undefined) return refuse("complaint_unknown");
    const at = of.next_at;
    if (at === null || now < at) return refuse("complaint_not_due");
    const step = { side: "clock", principal, now } as const;
    const recheck = of.state === "rechecking";
    if (!recheck && of.state !== "received" && of.state !== "accepted") {
      return take(of, { ...step, event: "close" });
    }
    const patch = recheck ? { recheck_overdue: at } : { overdue_since: at };
    const late = take(of, { ...step, event: "fall_overdue", detail: { recheck }, patch });
    if (isRefusal(late)) return late;
    const since = toIso(at);
    const leaf = { t: "complaint_overdue", pilot: of.pilot, number: of.number, recheck, since };
    return { ...late, leaves: [leaf] };
  },
};
