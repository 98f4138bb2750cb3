/**
 * The ports that read journal and ledger, over a store of the reading role. They see every act of a
 * partition; who may see which is decided by those who ask.
 */
import { journalPage, openings } from "@sandbank/kernel/guard";
import { balances } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import type { Failed, Refusal } from "@sandbank/kernel/words";
import type { Books, JournalReader, RefusedAuthorisation } from "../ports.ts";

/** How far back one reading looks for refused acts. */
const LINES_MAX = 1000;
const NEWEST = 9_223_372_036_854_775_807n;

/** Refused authorisations among the newest thousand acts of a partition. */
export function journalOf(store: Store): JournalReader {
  return {
    async refused({ partition, most }) {
      const lines = await journalPage(store, partition, { before: NEWEST, most: LINES_MAX });
      const own = lines.filter(({ command, outcome }) => {
        const told = outcome === "accepted" || outcome === "payment_declined";
        return command === "tokens.authorise" && !told;
      });
      const oldest = own.at(-1);
      if (!oldest) return [];
      const page = { after: oldest.seq - 1n, most: LINES_MAX };
      const opened = await openings(store, partition, page);
      const factsOf = new Map(opened.map(({ seq, facts }) => [seq, facts]));
      return own.slice(0, most).flatMap((line) => {
        const facts = factsOf.get(line.seq);
        if (facts === undefined) return [];
        type Facts = Pick<RefusedAuthorisation, "content">;
        const { content } = JSON.parse(facts) as Facts;
        const { act, at, organisation, outcome: code } = line;
        const { failed } = line.answer as unknown as Refusal;
        return [{ act, at, organisation, code, failed: failed.map(withFigures), content }];
      });
    },
  };
}

/** The journal keeps figures as text. */
function withFigures(failed: Failed): Failed {
  const { used, cap, asked } = failed;
  return {
    ...failed,
    ...(used === undefined ? {} : { used: BigInt(used) }),
    ...(cap === undefined ? {} : { cap: BigInt(cap) }),
    ...(asked === undefined ? {} : { asked: BigInt(asked) }),
  };
}

/** Accounts of the ledger by key. */
export function booksOf(store: Store): Books {
  return {
    async read(partition, key) {
      const rows = await balances(store, partition, key);
      const line = rows.find((row) => row.key === key);
      if (!line) return undefined;
      const { debits, credits, pending_debits, pending_credits } = line;
      const pending = { pendingDebits: pending_debits, pendingCredits: pending_credits };
      return { debits, credits, ...pending };
    },
  };
}
