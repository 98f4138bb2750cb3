/** After an erasure the vault forgets the cards: a message to its own role, told until it is done. */
import { task, type Task } from "@sandbank/kernel/jobs";
import type { TokensPorts } from "../ports.ts";
import { FORGET_CARDS } from "./erasure.ts";

type Payload = { readonly cards: readonly string[]; readonly home: number };

export function forgetCards({ vault }: Pick<TokensPorts, "vault">): Task {
  return task<Payload>({
    task: FORGET_CARDS,
    run: ({ cards, home }) => vault.forget(cards.map((cardRef) => ({ cardRef, home }))),
  });
}
