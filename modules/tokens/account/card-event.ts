/**
 * What the issuer's core says of a card: lost, replaced, closed. Words come twice and in any order, so
 * what counts is not when one came but its place: of each kind the latest place is kept, and how the
 * card stands follows from these three alone, whatever came first.
 *
 *   closed at all ──────────────────────▶ closing, then closed: for good
 *   lost later than replaced ───────────▶ lost: cause `issuer` on its tokens
 *   else ───────────────────────────────▶ open: what the loss set is lifted
 *
 * A replacement gives the card another number and another end; reference, account reference and
 * tokens stay. A closed card pays nothing new; its tokens end once nothing of it is in flight.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { type CardState, expiryContract } from "../contract.ts";
import { refuse as refuseCommon } from "../refusals.ts";
import { endOfMonth } from "./account.ts";
import type { CardEventAnswer } from "./account.contract.ts";
import { refuse } from "./account.refusals.ts";
import {
  addCardEvent,
  endCard as endCardRow,
  type EventfulCard,
  eventfulCardsIn,
  letTokens,
  loseTokens,
  moveTokens,
  putCard,
} from "./card-event.store.ts";

/** How often a closing card is looked at until nothing of it is in flight. */
const LOOK_AGAIN_MS = 86_400_000;

/** The latest place of each kind of word; 0 for none. */
export interface Places {
  readonly lost: bigint;
  readonly replaced: bigint;
  readonly closed: bigint;
}

/** How a card stands by what has been heard of it. `closed` follows `closing` by an act of its own. */
export function standingBy({ lost, replaced, closed }: Places): CardState {
  if (closed > 0n) return "closing";
  return lost > replaced ? "lost" : "open";
}

/** The places once a word is heard. */
export function heard(places: Places, kind: keyof Places, seq: bigint): Places {
  return places[kind] >= seq ? places : { ...places, [kind]: seq };
}

/** True if a word changes anything, and is not superseded by what has been heard already. */
export function counts(
  card: Places & { readonly state: CardState },
  kind: keyof Places,
  seq: bigint,
): boolean {
  if (card.state === "closed" || card.closed > 0n || card[kind] >= seq) return false;
  return kind !== "lost" || seq > card.replaced;
}

const told = { event: z.string(), card: z.uuid(), seq: z.string().regex(/^[1-9][0-9]{0,14}$/) };
/** The face of the new number comes from the vault, which alone has seen it. */
const content = z.discriminatedUnion("kind", [
  z.strictObject({ ...told, kind: z.enum(["lost", "closed"]) }),
  z.strictObject({
    ...told,
    kind: z.literal("replaced"),
    last4: z.string().regex(/^[0-9]{4}$/),
    bin: z.string().regex(/^[0-9]{6,8}$/),
    expires: expiryContract,
  }),
]);
type Told = z.infer<typeof content>;

/**
 * Hears a word of the issuer's core. Refuses `issuer_system_only`, `card_unknown`,
 * `card_event_place_taken`. Alone in its batch, since it touches tokens that it does not name.
 */
export const hearCardEvent: Command<Told, EventfulCard | undefined> = {
  name: "tokens.hear_card_event",
  class: "SERVICE",
  barrier: true,
  contract: content,
  may: ["institution_operator"],
  keys: ({ card }) => ({ reads: [], writes: [`card/${card}`] }),
  subject: (card) => card?.holder,
  load: (tx, partition, questions) =>
    eventfulCardsIn(
      tx,
      partition,
      questions.map(({ command }) => command),
    ),
  decide({ state: card, command, principal, now }) {
    if (principal.kind !== "key") return refuse("issuer_system_only");
    if (!card) return refuseCommon("card_unknown");
    const { event, kind, seq } = command;
    if (card.placeTaken) return refuse("card_event_place_taken", { params: { seq } });
    const places = heard(card, kind, BigInt(seq));
    const state = card.state === "closed" ? "closed" : standingBy(places);
    const effect: CardEventAnswer["effect"] = counts(card, kind, BigInt(seq))
      ? "applied"
      : "superseded";
    const at = toIso(now);
    const answer: CardEventAnswer = { card: card.id, event, effect, state };
    return {
      entries: [],
      changes: [
        change(addCardEvent, { card: card.id, seq: BigInt(seq), event, kind, effect, at }),
        change(putCard, {
          ...{ id: card.id, state, lost_seq: places.lost, replaced_seq: places.replaced },
          closed_seq: places.closed,
          next_at: state === "closing" ? at : null,
        }),
        ...(effect === "applied" ? effects(card, { command, state, at }) : []),
      ],
      answer,
    };
  },
};

/** What a word that counts does to the card's face and its tokens. */
function effects(
  card: EventfulCard,
  heardOf: { readonly command: Told; readonly state: CardState; readonly at: string },
): Change[] {
  const { command, state, at } = heardOf;
  const changes: Change[] = [];
  if (command.kind === "replaced") {
    const { last4, bin } = command;
    const expires = toIso(endOfMonth(command.expires));
    changes.push(change(moveTokens, { card: card.id, last4, bin, expires }));
  }
  if (state === "lost" && card.state === "open")
    changes.push(change(loseTokens, { card: card.id, at }));
  if (state === "open" && card.state === "lost") changes.push(change(letTokens, { card: card.id }));
  return changes;
}

const ending = z.strictObject({ card: z.uuid(), inFlight: z.boolean() });

/**
 * Ends a closing card and its tokens, or looks again in a day while something of it is in flight: an
 * authorisation ends within days, captured, voided or by itself. Refuses `card_unknown`.
 */
export const endCard: Command<z.infer<typeof ending>, EventfulCard | undefined> = {
  name: "tokens.end_card",
  class: "SERVICE",
  barrier: true,
  contract: ending,
  may: ["system"],
  keys: ({ card }) => ({ reads: [], writes: [`card/${card}`] }),
  subject: (card) => card?.holder,
  load: (tx, partition, questions) =>
    eventfulCardsIn(
      tx,
      partition,
      questions.map(({ command }) => ({ card: command.card, seq: "0", event: "" })),
    ),
  decide({ state: card, command, now }) {
    if (!card) return refuseCommon("card_unknown");
    const answer = { card: card.id, ended: !command.inFlight };
    if (card.state !== "closing") return { entries: [], changes: [], answer };
    const { lost, replaced, closed } = card;
    const places = { lost_seq: lost, replaced_seq: replaced, closed_seq: closed };
    const next_at = toIso((now + LOOK_AGAIN_MS) as Instant);
    const changes = command.inFlight
      ? [change(putCard, { id: card.id, state: "closing", ...places, next_at })]
      : [change(endCardRow, { card: card.id, at: toIso(now) })];
    return { entries: [], changes, answer };
  },
};
