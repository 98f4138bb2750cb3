/**
 * The types of tokens and what each brings along: bounds of the issuer from its first version on,
 * and how long it lives. EMV Payment Tokenisation restricts a token to its domain; these are ours.
 */
import { type Instant } from "@sandbank/kernel/clock";
import type { Assurance, Controls, TokenType } from "../contract.ts";

interface Kind {
  /** What the issuer bounds such a token by when it is issued. */
  readonly bounds: Controls;
  /** How long it lives at most, or null for as long as its card. */
  readonly life_ms: number | null;
}

/** Channels as scenes name them: a code that is shown, and a tap. */
const CODE = "qr";
const TAP = "nfc";

export const KINDS: Readonly<Record<TokenType, Kind>> = {
  on_file: { bounds: {}, life_ms: null },
  qr: { bounds: { allow: { channels: [CODE] } }, life_ms: null },
  hce: { bounds: { allow: { channels: [TAP] }, cryptogram: true }, life_ms: null },
  one_time: { bounds: { singleUse: true }, life_ms: 86_400_000 },
};

/**
 * When a token ends: with the earliest of its card, its consent, the life of its type and what was
 * asked for. Undefined if what was asked for is past, or later than all the others allow.
 */
export function endingOf(
  type: TokenType,
  of: {
    readonly card: Instant;
    readonly consent: Instant | undefined;
    readonly asked: Instant | undefined;
    readonly now: Instant;
  },
): Instant | undefined {
  const { card, consent, asked, now } = of;
  const { life_ms } = KINDS[type];
  const life = life_ms === null ? card : now + life_ms;
  const latest = Math.min(card, life, consent ?? card) as Instant;
  if (asked === undefined) return latest;
  return asked > now && asked <= latest ? asked : undefined;
}

/** How well the holder was known: a program vouches for him, or he signed in, or confirmed lately. */
export function assuranceOf(kind: "person" | "key" | "system", steppedUp: boolean): Assurance {
  if (kind !== "person") return "institution";
  return steppedUp ? "second_factor" : "signed_in";
}
