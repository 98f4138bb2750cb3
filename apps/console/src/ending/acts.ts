/** Acts that bring payment tokens to their end: whose they are, and what stands in the way of each. */
import type { PilotSummary } from "@sandbank/sandbox/contract";
import type { LeftAnswer } from "@sandbank/tokens/contract";
import { isOf, mayTake } from "../offices.ts";
import type { Saying, Who } from "../setting.ts";
import { endingActs, endingWords as words } from "../words/ending.words.ts";

export type EndingAct = keyof typeof endingActs;
const ACTS = Object.keys(endingActs) as readonly EndingAct[];

/** The pilot that leaves. */
type Leaver = Pick<PilotSummary, "runBy" | "state">;

export function isEndingAct(name: string | undefined): name is EndingAct {
  return name !== undefined && Object.hasOwn(endingActs, name);
}

/** The acts that are this person's office, whatever stands in their way. */
export function endingActsOf({ runBy }: Pick<Leaver, "runBy">, who: Who): readonly EndingAct[] {
  if (!isOf(who, runBy)) return [];
  return ACTS.filter((act) => mayTake(who, act === "keys" ? "destroy_keys" : "wind_up"));
}

const NAMES = {
  ...({ notices: "holders_untold", tokens: "tokens_live" } as const),
  ...({ cards: "cards_bound", keys: "keys_kept" } as const),
} as const satisfies Readonly<Record<EndingAct, string>>;

type Left = LeftAnswer["left"];

/** True if there is something that the act would bring to an end. */
export function hasWork(act: EndingAct, left: Left): boolean {
  return left.some(({ what }) => what === NAMES[act]);
}

/** Of one kind so many stand one by one; more are told together. */
const ONE_BY_ONE = 5;

/** What is left for a page: many of one kind as one sum, which ends when the last of them does. */
export function summed(left: Left): Left {
  const kinds = Map.groupBy(left, ({ what, unit }) => `${what} ${unit}`);
  return [...kinds.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || own.length <= ONE_BY_ONE) return own;
    const amount = own.reduce((sum, one) => sum + BigInt(one.amount), 0n);
    const ends =
      own
        .map((one) => one.ends ?? "")
        .toSorted()
        .at(-1) || null;
    return [{ ...first, ref: null, amount: String(amount), ends }];
  });
}

/** Why the act would be refused now, or undefined. */
export function inTheWay(
  act: EndingAct,
  { pilot, left }: { readonly pilot: Pick<Leaver, "state">; readonly left: Left },
  say: Saying,
): string | undefined {
  const has = (what: string) => left.some((one) => one.what === what);
  if (pilot.state !== "exiting") return say(words.not_leaving);
  if (!hasWork(act, left)) return say(words.nothing);
  if (act === "tokens" && has("payments_open")) return say(words.in_flight);
  if (act === "cards" && has("tokens_live")) return say(words.tokens_first);
  if (act === "keys" && has("cards_bound")) return say(words.cards_first);
  return undefined;
}
