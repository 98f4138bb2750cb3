/**
 * Issuing a token: the one binding there is, made at the bank and never in a third party's app
 * (P4.2), for one or several scenes (P4.4).
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { actsFor, type Card } from "../account/account.ts";
import { cardsIn } from "../account/account.store.ts";
import { newTokenContract } from "../contract.ts";
import { controlOf, daysAgree } from "../control/control.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { refuse } from "../refusals.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { drawNumbers } from "./number.ts";
import { addToken, numbersTakenIn } from "./token.store.ts";

/** `slot` comes from the partition: the route knows it, and the number tells it ever after. */
const content = newTokenContract.extend({ slot: z.int().min(0).max(99) });
export type Issuing = z.infer<typeof content>;

interface Found {
  readonly card: Card | undefined;
  /** The first scene that is not registered. */
  readonly missing: string | undefined;
  /** The first drawn number that is free. */
  readonly number: string | undefined;
}

/**
 * Issues a token that lives as long as its card. Refuses `holder_is_another`, `card_unknown` (also
 * for another holder's card), `card_closed`, `card_expired`, `scene_unknown`, `controls_contradict`,
 * `token_numbers_taken`.
 */
export const issueToken: Command<Issuing, Found, readonly string[]> = {
  name: "tokens.issue_token",
  class: "OPEN",
  contract: content,
  may: ["customer"],
  keys: ({ card, scenes }) => ({
    reads: [`card/${card}`, ...scenes.map((scene) => `scene/${scene}`)],
    writes: [],
  }),
  subject: (_state, { holder }) => holder,
  prepare: async ({ slot, controls }) =>
    daysAgree(controls) ? drawNumbers(slot) : refuse("controls_contradict", { field: "/controls" }),
  async load(tx, partition, questions) {
    const [cards, scenes, taken] = await Promise.all([
      cardsIn(
        tx,
        partition,
        questions.map(({ command }) => command.card),
      ),
      scenesIn(
        tx,
        partition,
        questions.flatMap(({ command }) => command.scenes),
      ),
      numbersTakenIn(
        tx,
        partition,
        questions.flatMap(({ facts }) => facts),
      ),
    ]);
    return questions.map(({ command, facts }) => {
      const number = facts.find((drawn) => !taken.has(drawn));
      // Two issues of one batch may have drawn the same.
      if (number !== undefined) taken.add(number);
      const missing = command.scenes.find((scene) => !scenes.has(scene));
      return { card: cards.get(command.card), missing, number };
    });
  },
  decide({ state, command, principal, now, id }) {
    const { holder, controls } = command;
    const { card, missing, number } = state;
    if (!actsFor(principal, holder)) return refuse("holder_is_another");
    if (!card || card.holder !== holder) return refuse("card_unknown");
    if (card.state === "closed") return refuse("card_closed");
    if (card.expires <= now) return refuse("card_expired");
    if (missing !== undefined) return refuse("scene_unknown", { params: { scene: missing } });
    if (number === undefined) return refuse("token_numbers_taken");
    const at = toIso(now);
    const scenes = [...new Set(command.scenes)].join(" ");
    const row = { number, id, card: card.id, holder, scenes, expires: toIso(card.expires), at };
    return {
      entries: [],
      counts: { as: "use", customer: holder },
      changes: [
        change(addToken, row),
        change(addControl, controlRow(id, controlOf(controls, 1), at)),
      ],
      answer: { token: id },
    };
  },
};
