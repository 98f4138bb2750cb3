/** What the issuer's core says of a card. Browser-safe. */
import { z } from "zod";
import { CARD_STATES, expiryContract } from "../contract.ts";

const told = {
  /** The core's own id of the event: told again, it is one event. */
  event: z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/),
  card: z.uuid().toLowerCase(),
  /** The place of this word among the core's words about the card, 1 to 10^15. */
  seq: z.string().regex(/^[1-9][0-9]{0,14}$/),
};

export const newCardEventContract = z.discriminatedUnion("kind", [
  z.strictObject({ ...told, kind: z.enum(["lost", "closed"]) }),
  z.strictObject({
    ...told,
    kind: z.literal("replaced"),
    number: z.string().regex(/^[0-9 -]{12,40}$/),
    expires: expiryContract,
  }),
]);
export const cardEventContract = z.object({
  card: z.string(),
  event: z.string(),
  /** Superseded: a later word had been heard, and this one changed nothing that it said. */
  effect: z.enum(["applied", "superseded"]),
  state: z.enum(CARD_STATES),
});

export type NewCardEvent = z.infer<typeof newCardEventContract>;
export type CardEventAnswer = z.infer<typeof cardEventContract>;
