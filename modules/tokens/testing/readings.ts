/** The ports that read journal and ledger, over a store of the reading role, for tests. */
import { acceptedActs, refusedActs, refusedBetween } from "@sandbank/kernel/guard";
import { balances } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import type { AcceptedAct, Books, JournalReader, RefusedPayment } from "../ports.ts";
import { DECLINING } from "../ports.ts";

/** Refused payments of a holder. */
export function journalOf(store: Store): JournalReader {
  return {
    async refused({ partition, command, holder, before, most }) {
      const asked = { subject: holder, command, before, most };
      const acts = await refusedActs(store, partition, asked);
      return acts.map(({ seq, act, at, organisation, refusal, content }) => ({
        ...{ seq, act, at, organisation, code: refusal.code, failed: refusal.failed },
        content: content as RefusedPayment["content"],
      }));
    },
    async accepted({ partition, holder, commands, before, most }) {
      const asked = { subject: holder, commands, before, most };
      const acts = await acceptedActs(store, partition, asked);
      return acts.map(({ content, ...act }) => ({
        ...act,
        content: content as AcceptedAct["content"],
      }));
    },
    async refusedBetween({ partition, ...span }) {
      const acts = await refusedBetween(store, partition, { commands: DECLINING, ...span });
      return acts.map(({ seq, act, at, organisation, refusal, content }) => ({
        ...{ seq, act, at, organisation, code: refusal.code, failed: refusal.failed },
        content: content as RefusedPayment["content"] | null,
      }));
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
