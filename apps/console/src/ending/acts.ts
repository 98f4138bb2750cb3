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

/** Why the act would be refused or change nothing now, or undefined. */
export function inTheWay(
  act: EndingAct,
  { pilot, left }: { readonly pilot: Pick<Leaver, "state">; readonly left: LeftAnswer["left"] },
  say: Saying,
): string | undefined {
  const has = (what: string) => left.some((one) => one.what === what);
  if (pilot.state !== "exiting") return say(words.not_leaving);
  if (!has(NAMES[act])) return say(words.nothing);
  if (act === "tokens" && has("payments_open")) return say(words.in_flight);
  if (act === "cards" && has("tokens_live")) return say(words.tokens_first);
  if (act === "keys" && has("cards_bound")) return say(words.cards_first);
  return undefined;
}
