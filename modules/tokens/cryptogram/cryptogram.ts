/**
 * A cryptogram lets a token pay once: one amount, one currency, one scene of one requestor, within
 * five minutes. It is a code (HMAC-SHA-256, 128 bits) under a key of the token that the vault derives,
 * over all of that and a counter that only rises (EMV: application transaction counter). The holder's
 * app asks for it and hands it to the requestor, who can neither make nor change one.
 *
 * A genuine one is spent by the first authorisation that it is shown to, whatever becomes of that.
 * A forged one spends nothing, or anybody could spend a holder's by guessing its counter.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Failed } from "@sandbank/kernel/words";
import type { Authorisation } from "../contract.ts";
import type { TokenCodes } from "../ports.ts";
import type { TokensRefusal } from "../refusals.ts";
import { macHolds } from "../vault/derive.ts";

/** How long a cryptogram is good. */
export const CRYPTOGRAM_MS = 5 * 60_000;
/** Last counter of a token; it is never begun anew. */
export const COUNTER_MAX = 999_999_999;

/** What a cryptogram is bound to, beside its token. */
export interface Bound {
  readonly counter: number;
  readonly scene: string;
  /** Of the requestor. */
  readonly organisation: string;
  /** Fen. */
  readonly amount: bigint;
  readonly currency: string;
}

/** A cryptogram that was made, as decisions see it. */
export interface Cryptogram extends Bound {
  readonly expires: Instant;
  readonly spent: boolean;
}

/**
 * What an authorisation brought, as far as the keys can tell; `before` for a payment that is raised,
 * which brought its own when it was authorised.
 */
export type Presented = "none" | "genuine" | "wrong" | "before";

/** The text that a cryptogram is the code of. None of its parts holds a line break. */
function textOf(token: string, bound: Bound): string {
  const { counter, scene, organisation, amount, currency } = bound;
  const parts = [token, counter, amount, currency, scene, organisation];
  return `sandbank-cryptogram-1\n${parts.join("\n")}\n`;
}

/** The code of a cryptogram, 32 hexadecimal digits. */
export function codeOf(codes: TokenCodes, token: string, bound: Bound): string {
  return Buffer.from(codes.cryptogramOf(token, textOf(token, bound))).toString("hex");
}

/** Whether what an authorisation brought is the code of that very authorisation. */
export function presentedBy(
  codes: TokenCodes,
  asked: Authorisation,
  organisation: string,
): Presented {
  const { token, scene, amount, currency, cryptogram } = asked;
  if (!cryptogram) return "none";
  const counter = Number(cryptogram.counter);
  const bound = { counter, scene, organisation, amount: BigInt(amount), currency };
  const expected = codes.cryptogramOf(token, textOf(token, bound));
  return macHolds(expected, Buffer.from(cryptogram.code, "hex")) ? "genuine" : "wrong";
}

/** What stands against a payment by what it brought; `needed` where it had to bring one. */
export function objectionTo(
  brought: {
    readonly presented: Presented;
    readonly made: Cryptogram | undefined;
    readonly bound: Omit<Bound, "counter">;
  },
  { needed, now }: { readonly needed: boolean; readonly now: Instant },
): Failed[] {
  const { presented, made, bound } = brought;
  const no = (code: TokensRefusal): Failed[] => [{ code }];
  if (presented === "before") return [];
  if (presented === "none") return needed ? no("cryptogram_missing") : [];
  if (!made) return no("cryptogram_wrong");
  if (presented === "wrong") {
    return no(isFor(made, bound) ? "cryptogram_wrong" : "cryptogram_of_another_payment");
  }
  if (made.spent) return no("cryptogram_spent");
  return made.expires <= now ? no("cryptogram_expired") : [];
}

/** True if a genuine one is shown for the first time: whatever becomes of the payment, it is spent. */
export function spends(presented: Presented, made: Cryptogram | undefined): made is Cryptogram {
  return presented === "genuine" && made?.spent === false;
}

function isFor(made: Cryptogram, bound: Omit<Bound, "counter">): boolean {
  return (
    made.scene === bound.scene &&
    made.organisation === bound.organisation &&
    made.amount === bound.amount &&
    made.currency === bound.currency
  );
}
