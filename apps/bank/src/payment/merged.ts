/** Payments and declines as one list, newest first; and what a decline fell short by. Pure. */
import type { DeclineAnswer, HeldPayment } from "@sandbank/tokens/contract";

export type Entry =
  | { readonly kind: "paid"; readonly at: string; readonly payment: HeldPayment }
  | { readonly kind: "declined"; readonly at: string; readonly decline: DeclineAnswer };

/** Both lists as one, newest first; instants of the API sort as text. */
export function merged(
  payments: readonly HeldPayment[],
  declines: readonly DeclineAnswer[],
): readonly Entry[] {
  const paid = payments.map((payment): Entry => ({ kind: "paid", at: payment.at, payment }));
  const declined = declines.map((decline): Entry => {
    return { kind: "declined", at: decline.at, decline };
  });
  return [...paid, ...declined].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** Figures of the limit that a payment did not fit under. */
export interface Gap {
  readonly unit: "fen" | "count";
  readonly cap: bigint;
  readonly used: bigint;
  readonly left: bigint;
  readonly asked: bigint;
  readonly short: bigint;
}

/** By how much a payment did not fit; undefined where no figure stood in the way. */
export function gapOf({ failed }: Pick<DeclineAnswer, "failed">): Gap | undefined {
  const [first] = failed;
  if (first?.cap === undefined || first.asked === undefined) return undefined;
  const [cap, used] = [BigInt(first.cap), BigInt(first.used ?? "0")];
  const asked = BigInt(first.asked);
  const left = cap > used ? cap - used : 0n;
  if (asked <= left) return undefined;
  return { unit: first.unit ?? "fen", cap, used, left, asked, short: asked - left };
}
