/** Closing cards: each is looked at when it is due, and ends once nothing of it is in flight. */
import type { DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { TokensPorts } from "../ports.ts";
import { cardAccount } from "./account.ts";
import { type ClosingCard, closingCards } from "./card-event.store.ts";

type Ports = Pick<TokensPorts, "store" | "guard" | "partitions" | "books" | "now">;

export function dueClosings(ports: Ports): DueSource {
  const { store, partitions } = ports;
  return {
    async next(until) {
      const [first] = await closingCards(store, partitions.all, until);
      return first?.next_at;
    },
    async fire() {
      const now = await ports.now();
      for (const card of await closingCards(store, partitions.all, now)) await look(ports, card);
    },
  };
}

async function look({ guard, books }: Ports, card: ClosingCard): Promise<void> {
  const { partition, id, next_at } = card;
  const line = await books.read(partition, cardAccount(id).key);
  const inFlight = line !== undefined && line.pendingDebits > 0n;
  const outcome = await guard.act({
    ...{ partition, id: `end-card.${id}.${next_at}`, principal: systemPrincipal("tokens") },
    ...{ command: "tokens.end_card", content: { card: id, inFlight } },
  });
  if (outcome.kind !== "accepted") throw new Error(`a closing card was not ended: ${outcome.kind}`);
}
