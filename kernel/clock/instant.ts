/**
 * Business time is an instant in milliseconds; business days are calendar days in Asia/Shanghai.
 * Nothing outside kernel/clock reads the machine's clock or draws randomness.
 */
declare const instantBrand: unique symbol;
declare const dateBrand: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z, whole. In SQL `timestamptz`, in JSON RFC 3339. */
export type Instant = number & { readonly [instantBrand]: "instant" };

/** A calendar day `YYYY-MM-DD`, read in Asia/Shanghai. */
export type CalendarDate = string & { readonly [dateBrand]: "date" };

/** Where business time comes from. The guard asks once per batch. */
export interface Clock {
  now(): Instant;
}
