/**
 * The clock closes consultations: a round that is due is a state row with `next_at`, and closing it
 * is a command like any other, under an id that makes closing it twice one act.
 */
import { businessClock, toIso } from "@sandbank/kernel/clock";
import { clockRow, type DueSource, type Guard } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { SANDBOX_PARTITION } from "../ports.ts";
import { nextClosing, readDue } from "./consultation.store.ts";

/** Rounds that close at an instant. */
export function dueConsultations(store: Store, guard: Guard): DueSource {
  const partition = SANDBOX_PARTITION;
  return {
    next: (until) => nextClosing(store, partition, toIso(until)),
    async fire() {
      const now = businessClock(await clockRow(store)).now();
      for (const { pilot, round } of await readDue(store, partition, toIso(now))) {
        await guard.act({
          ...{ partition, principal: systemPrincipal("sandbox") },
          ...{ id: `close-${pilot}-${round}`, command: "sandbox.close_consultation" },
          content: { pilot, round },
        });
      }
    },
  };
}
