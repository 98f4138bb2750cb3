/** Which keys the reader may propose to turn now, and what stands in the way of the others. */
import type { VaultAnswer } from "@sandbank/tokens/contract";
import type { Saying } from "../setting.ts";
import { turnWords, vaultWords as words } from "../words/vault.words.ts";

const TURNS = ["kek", "card", "index"] as const;
export type Turn = (typeof TURNS)[number];

/** True for a part of an address that names one of the keys. */
export function isTurn(part: string | undefined): part is Turn {
  return TURNS.some((turn) => turn === part);
}

/** Names of keys of which both parts are at hand and under which not every key lies already. */
export function sparesOf({ kept, keys }: Pick<VaultAnswer, "kept" | "keys">): readonly string[] {
  const living = keys.filter(({ state }) => state !== "destroyed");
  return kept.map(({ name }) => name).filter((name) => living.some(({ kek }) => kek !== name));
}

/** One act as the page offers it. */
interface Offer {
  readonly turn: Turn;
  readonly name: string;
  readonly what: string;
  readonly two: boolean;
  readonly blocked: string | undefined;
}

export function turnsOf(vault: VaultAnswer, say: Saying): readonly Offer[] {
  return TURNS.map((turn) => {
    const goesOn = vault.rotations.some(({ kind, ended }) => kind === turn && ended === null);
    const noSpare = turn === "kek" && sparesOf(vault).length === 0;
    const blocked = goesOn ? say(words.going_on) : noSpare ? say(words.no_spare) : undefined;
    return {
      turn,
      name: say(turnWords[turn].name),
      what: say(turnWords[turn].what),
      ...{ two: true, blocked },
    };
  });
}
