/**
 * What an auditor and the supervisor may take with them: the books of a pilot as they stood, and
 * the facts file that opens the commitments of its log. Both are read page by page.
 */
import { fromIso, type Instant, instantText, toIso } from "@sandbank/kernel/clock";
import { factsLine } from "@sandbank/kernel/evidence";
import { openings, partitionHeads } from "@sandbank/kernel/guard";
import { type Route, route } from "@sandbank/kernel/http";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { differingAccounts, trialBalance } from "@sandbank/kernel/ledger";
import { declareRefusals, isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { businessNow, type Reading } from "./joins/readings.ts";

const refuse = declareRefusals("audit", {
  auditors_only: {
    category: "forbidden",
    text: {
      zh: "只有审计人员和监管人员可以查看。",
      en: "Only auditors and supervisors may see this.",
    },
    remedy: { zh: "用审计或监管账户登录。", en: "Sign in as an auditor or a supervisor." },
  },
  pilot_not_served_here: {
    category: "absent",
    text: { zh: "本系统没有运行这个试点。", en: "This installation does not run that pilot." },
    remedy: { zh: "在试点名录中核对名称。", en: "Check the name in the register of pilots." },
  },
});

const READERS: readonly Role[] = ["auditor", "supervisor_officer", "supervisor_approver"];
const FACTS_MOST = 2_000;

const pilot = z.strictObject({ slug: z.string().max(60) });
const digits = z.string().regex(/^(0|[1-9][0-9]{0,17})$/);
const count = z.string();
const sums = { debits: count, credits: count, pending_debits: count, pending_credits: count };

/** Routes for auditors, over every partition of a pilot. */
export function auditRoutes(reading: Reading): Route[] {
  return [booksRoute(reading), factsRoute(reading)];
}

/** Partitions that serve a pilot, if this principal may look into them. */
function opened({ guard }: Reading, principal: Principal, slug: string): number[] | Refusal {
  if (!READERS.some((role) => principal.roles.includes(role))) return refuse("auditors_only");
  const rows = guard.partitions.filter((row) => row.pilot === slug);
  return rows.length === 0 ? refuse("pilot_not_served_here") : rows.map((row) => row.partition);
}

function booksRoute(reading: Reading): Route {
  const { store } = reading;
  return route({
    method: "GET",
    path: "/api/pilots/{slug}/books",
    summary: { zh: "试算平衡与核对", en: "Trial balance and its check" },
    auth: "any",
    params: pilot,
    query: z.strictObject({ at: instantText.optional() }),
    answer: z.object({
      at: z.string(),
      books: z.array(z.object({ partition: z.number().int(), book: z.string(), ...sums })),
      /** Accounts that are not the sum of their history: none, ever. */
      differing: z.array(z.string()),
    }),
    async handle({ params: { slug }, query, principal }) {
      const partitions = opened(reading, principal, slug);
      if (isRefusal(partitions)) return partitions;
      const at = query.at === undefined ? await latest(store) : fromIso(query.at);
      const books = await Promise.all(
        partitions.map(async (partition) =>
          (await trialBalance(store, partition, at)).map((row) => ({
            partition,
            book: row.book,
            debits: row.debits.toString(),
            credits: row.credits.toString(),
            pending_debits: row.pending_debits.toString(),
            pending_credits: row.pending_credits.toString(),
          })),
        ),
      );
      const differing = await Promise.all(partitions.map((one) => differingAccounts(store, one)));
      return { at: toIso(at), books: books.flat(), differing: differing.flat() };
    },
  });
}

/** Now, or the last act where a clock that was set back stands before it. */
async function latest(store: Reading["store"]): Promise<Instant> {
  const [now, heads] = await Promise.all([businessNow(store), partitionHeads(store)]);
  return heads.reduce((last, { at }) => (at > last ? at : last), now);
}

function factsRoute(reading: Reading): Route {
  const { store } = reading;
  return route({
    method: "GET",
    path: "/api/pilots/{slug}/facts",
    summary: { zh: "审计用事实文件", en: "The facts file for auditors" },
    auth: "any",
    params: pilot,
    query: z.strictObject({ partition: digits.optional(), after: digits.optional() }),
    answer: z.object({
      partition: z.number().int(),
      /** Lines of the file, in the order of the acts. */
      lines: z.array(z.string()),
      /** What to ask `after` with next, or null at the end. */
      after: z.string().nullable(),
    }),
    async handle({ params: { slug }, query, principal }) {
      const partitions = opened(reading, principal, slug);
      if (isRefusal(partitions)) return partitions;
      const wanted = query.partition === undefined ? partitions[0] : Number(query.partition);
      if (wanted === undefined || !partitions.includes(wanted))
        return refuse("pilot_not_served_here");
      const page = { after: BigInt(query.after ?? "0"), most: FACTS_MOST };
      const rows = await openings(store, wanted, page);
      const last = rows.at(-1)?.seq.toString() ?? null;
      const more = rows.length === FACTS_MOST;
      return { partition: wanted, lines: rows.map(factsLine), after: more ? last : null };
    },
  });
}
