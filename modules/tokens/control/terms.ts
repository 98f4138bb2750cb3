/**
 * What one party's controls say, as decisions read them. Kept as JSON text that never changes, so a
 * text that was read lately is not read again. Pure; what a payment breaks stands in `control.ts`.
 */
import { isCalendarDate, isZone } from "@sandbank/kernel/clock";
import { orderedText } from "./confirm.contract.ts";
import type { Controls, HolidayRule, Lists } from "./control.contract.ts";

/** The bounds that count or sum, each in fen or payments. Their order is that of all lists of them. */
export const CAPS = [
  ...(["paymentAmount", "dayAmount", "dayCount", "weekAmount", "weekCount"] as const),
  ...(["monthAmount", "monthCount", "lifeAmount", "lifeCount"] as const),
] as const;
export type Cap = (typeof CAPS)[number];

/** Null does not bound. */
export type Bounds = Readonly<Record<Cap, bigint | null>>;

/** What a payment is tried against, by the name of its list. */
export const LISTED = [
  ...(["scenes", "merchants", "mccs", "countries", "channels", "currencies"] as const),
] as const;
export type Listed = (typeof LISTED)[number];

/** One party's controls; null and empty do not bound. */
export interface Terms extends Bounds {
  readonly paymentMin: bigint | null;
  readonly singleUse: boolean;
  /** 168 of `0` and `1`, Monday 00:00 first. */
  readonly hours: string | null;
  readonly zone: string;
  readonly holidays: HolidayRule | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly allow: Lists | null;
  readonly deny: Lists | null;
  readonly stepUpAmount: bigint | null;
  readonly cryptogram: boolean;
  readonly sceneBounds: ReadonlyMap<string, Bounds>;
}

/** Where the hours are read unless a zone is told. */
export const HOME_ZONE = "Asia/Shanghai";
/** Terms that are kept in memory; most tokens share few. */
const KNOWN_MAX = 10_000;

const known = new Map<string, Terms>();

const amountOf = (text: string | undefined) => (text === undefined ? null : BigInt(text));

function boundsOf(of: { readonly [cap in Cap]?: string | undefined }): Bounds {
  return Object.fromEntries(CAPS.map((cap) => [cap, amountOf(of[cap])])) as Bounds;
}

/** Controls as they arrived, read. */
export function termsOf(controls: Controls): Terms {
  const { hours, zone, holidays, firstDay, lastDay, allow, deny, sceneBounds = [] } = controls;
  return {
    ...boundsOf(controls),
    paymentMin: amountOf(controls.paymentMin),
    singleUse: controls.singleUse ?? false,
    hours: hours ?? null,
    zone: zone ?? HOME_ZONE,
    holidays: holidays ?? null,
    firstDay: firstDay ?? null,
    lastDay: lastDay ?? null,
    allow: allow ?? null,
    deny: deny ?? null,
    stepUpAmount: amountOf(controls.stepUpAmount),
    cryptogram: controls.cryptogram ?? false,
    sceneBounds: new Map(sceneBounds.map(({ scene, ...bounds }) => [scene, boundsOf(bounds)])),
  };
}

/** Controls as they are kept: JSON with its members in order, so that equal ones are one text. */
export function textOf(controls: Controls): string {
  return orderedText(controls);
}

/** Reads what `textOf` wrote. */
export function termsIn(text: string): Terms {
  const kept = known.get(text);
  if (kept) return kept;
  const terms = termsOf(JSON.parse(text) as Controls);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(text, terms);
  return terms;
}

/**
 * True if the days are days of the calendar and in order, the least payment is no more than the
 * largest, the zone is one, and no scene is bounded twice.
 */
export function agree(controls: Controls): boolean {
  const { firstDay, lastDay, paymentMin, paymentAmount, zone, sceneBounds = [] } = controls;
  if (firstDay !== undefined && !isCalendarDate(firstDay)) return false;
  if (lastDay !== undefined && !isCalendarDate(lastDay)) return false;
  if (firstDay !== undefined && lastDay !== undefined && firstDay > lastDay) return false;
  const [least, most] = [amountOf(paymentMin), amountOf(paymentAmount)];
  if (least !== null && most !== null && least > most) return false;
  if (zone !== undefined && !isZone(zone)) return false;
  return new Set(sceneBounds.map(({ scene }) => scene)).size === sceneBounds.length;
}

/** True if the lists of one kind let a value through; a kind that no list names lets through all. */
export function admits(terms: Pick<Terms, "allow" | "deny">, kind: Listed, value: string): boolean {
  const [allowed, denied] = [terms.allow?.[kind], terms.deny?.[kind]];
  if (allowed !== undefined && !lists(allowed, kind, value)) return false;
  return denied === undefined || !lists(denied, kind, value);
}

/** Category codes have four digits, so they compare as text. */
function lists(entries: readonly string[], kind: Listed, value: string): boolean {
  if (kind !== "mccs") return entries.includes(value);
  return entries.some((range) => range.slice(0, 4) <= value && value <= range.slice(-4));
}
