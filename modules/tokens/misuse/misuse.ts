/**
 * Why a payment was declined, in a word, and how much of what was tried is misuse (indicator I26:
 * tries out of scene or over a limit, in every 10,000). A try that is both is out of scene, so that
 * each counts once. Pure.
 */
import type { Failed } from "@sandbank/kernel/words";
import type { DeclineCause } from "../misuse.contract.ts";

/** Reasons of this module by their cause; whatever else refuses a payment is the pilot's. */
export const CAUSES: Readonly<Record<Exclude<DeclineCause, "pilot">, readonly string[]>> = {
  scene: [
    ...["scene_of_another_requestor", "scene_not_of_token", "merchant_outside_scene"],
    ...["mcc_outside_scene", "channel_outside_scene", "token_scene_not_allowed"],
    ...["token_merchant_not_allowed", "token_mcc_not_allowed", "token_country_not_allowed"],
    ...["token_channel_not_allowed", "token_currency_not_allowed"],
  ],
  limit: [
    ...["token_payment_below_least", "token_payment_amount_exceeded"],
    ...["token_day_amount_exceeded", "token_day_count_exceeded", "token_week_amount_exceeded"],
    ...["token_week_count_exceeded", "token_month_amount_exceeded", "token_month_count_exceeded"],
    ...["token_life_amount_exceeded", "token_life_count_exceeded", "token_scene_amount_exceeded"],
    ...["token_scene_payment_amount_exceeded", "token_scene_count_exceeded"],
  ],
  hours: [
    ...["token_hour_closed", "token_holiday_closed", "token_before_first_day"],
    "token_after_last_day",
  ],
  cryptogram: [
    ...["cryptogram_missing", "cryptogram_wrong", "cryptogram_of_another_payment"],
    ...["cryptogram_spent", "cryptogram_expired", "token_cryptogram_required"],
  ],
  confirmation: ["token_confirmation_needed"],
  state: [
    ...["token_deleted", "token_expired", "token_suspended", "card_closed"],
    ...["requestor_not_active", "scene_not_open"],
  ],
  unknown: ["token_unknown"],
  funds: ["funds_insufficient"],
  erased: ["payment_declined"],
};
const CAUSE_OF: ReadonlyMap<string, DeclineCause> = new Map(
  Object.entries(CAUSES).flatMap(([cause, codes]) =>
    codes.map((code) => [code, cause as DeclineCause] as const),
  ),
);

/** Codes that say how a payment stands which was to be raised: nothing was tried with a token. */
const ABOUT_PAYMENT: ReadonlySet<string> = new Set([
  ...["payment_unknown", "payment_captured_in_part", "payment_captured"],
  ...["payment_voided", "payment_expired"],
]);

/** The reasons that count, in their order: none where nothing was tried with a token. */
export function reasonsOf(code: string, failed: readonly Failed[]): readonly Failed[] {
  if (ABOUT_PAYMENT.has(code)) return [];
  return failed.length === 0 ? [{ code }] : failed;
}

/** Misuse wherever there is some, else the cause of the first reason. */
export function causeOf(reasons: readonly Pick<Failed, "code">[]): DeclineCause {
  const causes = reasons.map(({ code }) => CAUSE_OF.get(code) ?? "pilot");
  return (
    causes.find((cause) => cause === "scene") ??
    causes.find((cause) => cause === "limit") ??
    causes[0] ??
    "pilot"
  );
}

/** Misuse in every 10,000 tries, in thousandths, rounded half up; undefined where there was no try. */
export function per10k(misused: bigint, tries: bigint): bigint | undefined {
  return tries === 0n ? undefined : (misused * 20_000_000n + tries) / (tries * 2n);
}

/** How often; of misuse, which. */
export interface Counted {
  declined: bigint;
  scene: bigint;
  limit: bigint;
}

export const none = (): Counted => ({ declined: 0n, scene: 0n, limit: 0n });

export function count(into: Counted, cause: DeclineCause): void {
  into.declined += 1n;
  if (cause === "scene" || cause === "limit") into[cause] += 1n;
}

export const misusedOf = ({ scene, limit }: Counted): bigint => scene + limit;
