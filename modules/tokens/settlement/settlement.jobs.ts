/**
 * Days close by the clock: at midnight in Shanghai the day that ended is settled with every requestor,
 * whether or not anything moved in it, so that a file that is missing means a fault and not a quiet
 * day. What lies behind, after a stop, is made up for day by day, since each carries into the next.
 * Where it stands is what was settled last, so that a round that was cut short goes on from there.
 */
import { addDays, type CalendarDate, type Instant } from "@sandbank/kernel/clock";
import { shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import type { DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { TokensPorts } from "../ports.ts";
import { findUnsettled, type UnsettledDay } from "./settlement.store.ts";

type Ports = Pick<TokensPorts, "store" | "guard" | "partitions" | "now">;

/** Most days that one round makes up for with one requestor: a century. */
const DAYS_MAX = 36_525;

/** Midnight after midnight, each requestor's next day. */
export function dueSettlements({ store, guard, partitions, now }: Ports): DueSource {
  /** Refused today, so that one that cannot be settled is asked for once a day and stops no clock. */
  const refused = new Set<string>();
  const waiting = (today: CalendarDate) => findUnsettled(store, partitions.all, today);

  async function settle(one: UnsettledDay, today: CalendarDate): Promise<void> {
    const { partition, trid, day } = one;
    const id = idOf(one, today);
    const outcome = await guard.act({
      ...{ partition, id, principal: systemPrincipal("tokens") },
      ...{ command: "tokens.settle", content: { trid, day } },
    });
    if (outcome.kind === "unknown") throw new Error(`${id}: whether it was settled is unknown`);
    const code = outcome.kind === "refused" ? outcome.refusal.code : "settlement_exists";
    // Settled by somebody else meanwhile, it is done; why else it could not be is on record.
    if (code !== "settlement_exists") refused.add(id);
  }

  return {
    async next(until) {
      const at = await now();
      const today = shanghaiDate(at);
      const dues = (await waiting(shanghaiDate(until))).map((one) => {
        const over = shanghaiMidnight(addDays(one.day, 1));
        const again = shanghaiMidnight(addDays(today, 1));
        return Math.max(at, refused.has(idOf(one, today)) ? again : over);
      });
      const first = Math.min(...dues);
      return first <= until ? (first as Instant) : undefined;
    },
    async fire() {
      const today = shanghaiDate(await now());
      for (let round = 0; round < DAYS_MAX; round += 1) {
        const due = (await waiting(today)).filter((one) => !refused.has(idOf(one, today)));
        if (due.length === 0) return;
        await Promise.all(due.map((one) => settle(one, today)));
      }
      throw new Error("days are left to settle without end");
    },
  };
}

/** Says which day with whom, and when it was tried: two that try at once ask for one act. */
function idOf({ trid, day }: UnsettledDay, today: CalendarDate): string {
  return `settle-${trid}-${day}-on-${today}`;
}
