/**
 * After an erasure the vault forgets the cards: a message to its own role, told until it is done. What
 * it destroyed then becomes an act, which is the receipt's second half.
 */
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import type { TokensPorts } from "../ports.ts";
import { FORGET_CARDS } from "./erasure.ts";

type Payload = {
  readonly erasure: string;
  readonly cards: readonly string[];
  readonly home: number;
};

export function forgetCards({ vault, guard }: Pick<TokensPorts, "vault" | "guard">): Task {
  return task<Payload>({
    task: FORGET_CARDS,
    async run({ erasure, cards, home }) {
      const places = cards.map((cardRef) => ({ cardRef, home }));
      const { cards: sealed, claims } = await vault.forget(erasure, places);
      const outcome = await guard.act({
        ...{ partition: home, id: `confirm-erasure.${erasure}` },
        ...{ principal: systemPrincipal("vault"), command: "tokens.confirm_erasure" },
        content: { erasure, sealed, claims },
      });
      if (outcome.kind !== "accepted") {
        throw new Error(`an erasure could not be confirmed: ${outcome.kind}`);
      }
    },
  });
}
