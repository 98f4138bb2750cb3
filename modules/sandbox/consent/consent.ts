/**
 * `sandbox.record_consent`: a customer of an institution agreed to a version of the user statement.
 * It is kept beside the pilot's permits, so that whether a consent counts is judged in the very
 * transaction of the act. It refuses a consent from the future.
 */
import { fromIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { SANDBOX_PARTITION } from "../ports.ts";
import { type Consent, consentContract } from "./consent.contract.ts";
import { refuse } from "./consent.refusals.ts";
import { addConsent } from "./consent.store.ts";

/** Refuses with statement_unknown, consent_from_the_future. */
export const recordConsent: Command<Consent, null> = {
  name: "sandbox.record_consent",
  class: "SERVICE",
  // A permit names the same key, so it never sees less than was consented to before it.
  alongside: true,
  contract: consentContract,
  may: ["permit_client"],
  keys: ({ customer }) => ({ reads: [], writes: [consentKey(customer)] }),
  load: async (_tx, _partition, questions) => questions.map(() => null),
  decide({ command, principal: { organisation }, partition, now }) {
    if (partition === SANDBOX_PARTITION) return refuse("statement_unknown");
    const { customer, version, channel, at } = command;
    if (fromIso(at) > now) return refuse("consent_from_the_future");
    return {
      entries: [],
      changes: [change(addConsent, { organisation, customer, version, at, channel })],
      answer: { version },
    };
  },
};

/** Key of what a customer consented to. */
export function consentKey(customer: string): string {
  return `consent/${customer}`;
}
