/** One act on the token of an id, wherever it lives; an id that is none answers like a foreign one. */
import { answerOf, type Parked } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { findPlace } from "./token.store.ts";

/** Acts, and answers with what the command answered. */
export async function actOnToken<Answer>(
  { guard, partitions, store }: Pick<TokensPorts, "guard" | "partitions" | "store">,
  asked: {
    /** Of the token. */
    readonly token: string;
    /** Of the act. */
    readonly id: string;
    readonly principal: Principal;
    readonly command: `tokens.${string}`;
    readonly content: object;
  },
): Promise<Answer | Refusal | Parked> {
  const place = await findPlace(store, partitions.all, asked.token);
  if (!place) return refuse("token_absent");
  const { partition, number } = place;
  const { id, principal, command } = asked;
  const content = { ...asked.content, token: number };
  const outcome = await guard.act({ partition, id, principal, command, content });
  return answerOf(outcome, (answer) => answer as Answer);
}
