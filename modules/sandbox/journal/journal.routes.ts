/**
 * The journal of a pilot for staff: which acts were taken, in what order, with what outcome and under
 * which policy. Never whose act it was, and no amount.
 */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { journalContract, journalQueryContract, pilotParams } from "../contract.ts";
import { findPilot, readServed } from "../pilot/pilot.store.ts";
import { type JournalReader, SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { isStaff } from "../task/task.ts";

const PAGE_USUAL = 50;
const PAGE_MAX = 200;

/** GET /api/pilots/{slug}/journal?before=&n=&partition=. */
export function journalRoutes(store: Store, journal: JournalReader): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/journal",
      summary: { zh: "试点的操作日志", en: "The journal of a pilot" },
      auth: "any",
      params: pilotParams,
      query: journalQueryContract,
      answer: journalContract,
      async handle({ params, query, principal }) {
        if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
        const pilot = await findPilot(store, SANDBOX_PARTITION, params.slug);
        if (pilot === undefined) return refuse("pilot_unknown");
        const served = await readServed(store, SANDBOX_PARTITION, params.slug);
        const partition = query.partition === undefined ? served[0] : Number(query.partition);
        if (partition === undefined) return { partition: null, entries: [], before: null };
        if (!served.includes(partition)) {
          const wrong = { partition: String(partition) };
          return refuse("partition_not_of_this_pilot", { params: wrong });
        }
        const most = Math.min(Number(query.n ?? PAGE_USUAL), PAGE_MAX);
        const before = query.before === undefined ? undefined : BigInt(query.before);
        const page = await journal.page({ partition, before, most });
        const entries = page.map(({ partition: _, seq, at, ...entry }) => {
          return { ...entry, seq: String(seq), at: toIso(at) };
        });
        const last = entries.length < most ? undefined : entries.at(-1)?.seq;
        return { partition, entries, before: last === undefined || last === "1" ? null : last };
      },
    }),
  ];
}
