/** The ports that read journal and ledger, over a store of the reading role, for tests. */
import { refusedActs } from "@sandbank/kernel/guard";
import { balances } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import type { Books, JournalReader, RefusedAuthorisation } from "../ports.ts";

/** Refused authorisations but for those that the module declined itself. */
export function journalOf(store: Store): JournalReader {
  return {
    async refused({ partition, most }) {
      const asked = { command: "tokens.authorise", most };
      const acts = await refusedActs(store, partition, asked);
      return acts.flatMap(({ act, at, organisation, refusal, content }) => {
        if (refusal.code === "payment_declined" || content === undefined) return [];
        const { code, failed } = refusal;
        const said = content as RefusedAuthorisation["content"];
        return [{ act, at, organisation, code, failed, content: said }];
      });
    },
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
