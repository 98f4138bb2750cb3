/**
 * Issuing a token: the one binding there is, made at the bank and never in a third party's app
 * (P4.2), for one or several scenes (P4.4). Its holder agrees to the bank's text, and the token lives
 * no longer than that consent.
 */
import { fromIso, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Question } from "@sandbank/kernel/guard";
import { steppedUp } from "@sandbank/kernel/identity";
import { z } from "zod";
import { actsFor, AT_THE_BANK, type Card } from "../account/account.ts";
import { cardsIn } from "../account/account.store.ts";
import { currentText, endOf, isCurrent } from "../consent/consent.ts";
import { refuseConsent } from "../consent/consent.refusals.ts";
import { addConsent } from "../consent/consent.store.ts";
import { type Assurance, newTokenContract } from "../contract.ts";
import { controlOf } from "../control/control.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { agree } from "../control/terms.ts";
import { refuse } from "../refusals.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { assuranceOf, endingOf, KINDS } from "./kind.ts";
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

interface Facts {
  /** Numbers that were drawn, of which the first that is free is taken. */
  readonly numbers: readonly string[];
  readonly assurance: Assurance;
}

/**
 * Issues a token for one of the holder's cards. Refuses `controls_contradict`, `holder_is_another`,
 * `card_unknown` (also for another holder's card), `card_closed`, `card_expired`, `scene_unknown`,
 * `consent_text_not_current`, `consent_over_already`, `token_expiry_out_of_range`,
 * `token_numbers_taken`.
 */
export const issueToken: Command<Issuing, Found, Facts> = {
  name: "tokens.issue_token",
  class: "OPEN",
  contract: content,
  may: ["customer"],
  keys: ({ card, scenes }) => ({
    reads: [`card/${card}`, ...scenes.map((scene) => `scene/${scene}`)],
    writes: [],
  }),
  subject: (_state, { holder }) => holder,
  prepare: async ({ slot, controls }, principal) => {
    if (!agree(controls)) return refuseControl("controls_contradict", { field: "/controls" });
    const assurance = assuranceOf(principal.kind, steppedUp(principal, machineNow()));
    return { numbers: drawNumbers(slot), assurance };
  },
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
        questions.flatMap(({ facts }) => facts.numbers),
      ),
    ]);
    return questions.map(({ command, facts }) => {
      const number = facts.numbers.find((drawn) => !taken.has(drawn));
      // Two issues of one batch may have drawn the same.
      if (number !== undefined) taken.add(number);
      const missing = command.scenes.find((scene) => !scenes.has(scene));
      return { card: cards.get(command.card), missing, number };
    });
  },
  decide(question) {
    const { state, command, principal, now } = question;
    const { holder } = command;
    const { card, missing, number } = state;
    if (!actsFor(principal, holder)) return refuse("holder_is_another");
    if (!card || card.holder !== holder) return refuse("card_unknown");
    if (card.state !== "open") return refuse("card_closed");
    if (card.expires <= now) return refuse("card_expired");
    if (missing !== undefined) return refuse("scene_unknown", { params: { scene: missing } });
    if (!isCurrent(command.consent)) return refuseConsent("consent_text_not_current");
    const expires = endingFor(command, card, now);
    if (typeof expires !== "number") return expires;
    if (number === undefined) return refuse("token_numbers_taken");
    return issued(question, { number, expires });
  },
};

/** When the token will end, or why it cannot be issued. */
function endingFor({ type = "on_file", expires, consent }: Issuing, card: Card, now: Instant) {
  const until = endOf(consent);
  const unread = consent.until !== undefined && until === undefined;
  if (unread || (until !== undefined && until <= now)) return refuseConsent("consent_over_already");
  const asked = expires === undefined ? undefined : fromIso(expires);
  const ending = endingOf(type, { card: card.expires, consent: until, asked, now });
  return ending ?? refuse("token_expiry_out_of_range", { field: "/expires" });
}

function issued(
  { command, facts, now, id }: Question<Issuing, Found, Facts>,
  { number, expires }: { readonly number: string; readonly expires: Instant },
): Decision {
  const { holder, card, controls, consent, type = "on_file" } = command;
  const at = toIso(now);
  const scenes = [...new Set(command.scenes)].join(" ");
  const { assurance } = facts;
  const token = { number, id, card, holder, scenes, type, assurance, expires: toIso(expires), at };
  const control = controlOf(1, { holder: controls, issuer: KINDS[type].bounds });
  const { version, hash } = consent;
  const { purpose } = currentText();
  return {
    entries: [],
    counts: { as: "use", customer: holder, ...AT_THE_BANK },
    changes: [
      change(addToken, token),
      change(addControl, controlRow(id, control, { by: "holder", at })),
      change(addConsent, {
        ...{ token: id, version, hash, purpose },
        until: toIso(endOf(consent) ?? expires),
        given: at,
      }),
    ],
    answer: { token: id },
  };
}
