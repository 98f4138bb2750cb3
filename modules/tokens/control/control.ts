/**
 * What stands against one payment in the controls of its token: those of the holder and those of the
 * issuer, who bounds the holder. Both are judged, so the strictest wins. Pure. Windows are limits of
 * the ledger; this file only says which caps there are, and by whose version.
 * P4.3: central management of allowed times and amounts.
 */
import {
  type CalendarDate,
  type Instant,
  isPublicHoliday,
  publishedYears,
  shanghaiDate,
  shanghaiHourOfWeek,
  type WallClock,
  wallClock,
} from "@sandbank/kernel/clock";
import type { Failed } from "@sandbank/kernel/words";
import type { Controls, Party } from "./control.contract.ts";
import type { ControlRefusal } from "./control.refusals.ts";
import { admits, type Bounds, type Cap, HOME_ZONE, type Listed, type Terms } from "./terms.ts";
import { termsIn, textOf } from "./terms.ts";

/** A version of a token's controls: what both parties have set. */
export interface Control {
  readonly version: number;
  readonly holder: Terms;
  readonly issuer: Terms;
  /** As they are kept. */
  readonly texts: Readonly<Record<Party, string>>;
}

/** A version as it is kept. */
export function controlIn(version: number, texts: Readonly<Record<Party, string>>): Control {
  return { version, texts, holder: termsIn(texts.holder), issuer: termsIn(texts.issuer) };
}

/** A version of what both parties say. */
export function controlOf(version: number, said: Readonly<Record<Party, Controls>>): Control {
  return controlIn(version, { holder: textOf(said.holder), issuer: textOf(said.issuer) });
}

/** What a party has set, as callers see it. */
export function saidBy(control: Pick<Control, "texts">, party: Party): Controls {
  return JSON.parse(control.texts[party]) as Controls;
}

/** How decisions cite a version. */
export function clauseOf({ version }: Pick<Control, "version">, party: Party): string {
  return party === "holder" ? `control v${version}` : `issuer control v${version}`;
}

/** What of a payment controls look at. */
export interface Tried {
  /** Fen. */
  readonly amount: bigint;
  readonly scene: string;
  readonly merchant: string;
  readonly mcc: string;
  readonly country: string;
  readonly channel: string;
  readonly currency: string;
  /** Whether it brought a cryptogram that holds. */
  readonly cryptogram: boolean;
  readonly now: Instant;
}

/** A cap with who set it. */
export interface StrictCap {
  readonly cap: bigint;
  readonly clause: string;
}

/**
 * The strictest cap of both parties, of the token or within a scene, or undefined where none bounds.
 * Of two equal ones the holder's is cited.
 */
export function strictest(control: Control, cap: Cap, scene?: string): StrictCap | undefined {
  const holder = capIn(control.holder, cap, scene);
  const issuer = capIn(control.issuer, cap, scene);
  if (holder === null && issuer === null) return undefined;
  if (issuer === null || (holder !== null && holder <= issuer)) {
    return { cap: holder ?? 0n, clause: clauseOf(control, "holder") };
  }
  return { cap: issuer, clause: clauseOf(control, "issuer") };
}

/** A token for single use is one that may pay once in its life. */
function capIn(terms: Terms, cap: Cap, scene: string | undefined): bigint | null {
  if (scene !== undefined) return terms.sceneBounds.get(scene)?.[cap] ?? null;
  return cap === "lifeCount" && terms.singleUse ? 1n : terms[cap];
}

/** The largest payment that needs no confirmation of the holder, or undefined where all do without. */
export function confirmedAbove({ holder, issuer }: Control): bigint | undefined {
  const [first, second] = [holder.stepUpAmount, issuer.stepUpAmount];
  if (first === null) return second ?? undefined;
  return second !== null && second < first ? second : first;
}

/** Whose threshold `confirmedAbove` is, as decisions cite it. */
export function confirmationClause(control: Control): string {
  const { stepUpAmount } = control.holder;
  const holders = stepUpAmount !== null && stepUpAmount === confirmedAbove(control);
  return clauseOf(control, holders ? "holder" : "issuer");
}

/** Every bound that one payment breaks by itself, the holder's first, each party's in fixed order. */
export function brokenBy(control: Control, tried: Tried): Failed[] {
  const failed: Failed[] = [];
  pushBroken(failed, control.holder, { tried, clause: clauseOf(control, "holder") });
  pushBroken(failed, control.issuer, { tried, clause: clauseOf(control, "issuer") });
  return failed;
}

interface Trying {
  readonly tried: Tried;
  readonly clause: string;
}

function pushBroken(failed: Failed[], terms: Terms, trying: Trying): void {
  const { tried, clause } = trying;
  pushAmounts(failed, terms, trying);
  pushTimes(failed, terms, trying);
  if (terms.allow !== null || terms.deny !== null) pushListed(failed, terms, trying);
  if (terms.cryptogram && !tried.cryptogram) {
    failed.push(no("token_cryptogram_required", { limit: "token_cryptogram", clause }));
  }
}

function pushAmounts(failed: Failed[], terms: Terms, { tried, clause }: Trying): void {
  const { amount, scene } = tried;
  const { paymentMin, paymentAmount } = terms;
  const unit = "fen" as const;
  if (paymentMin !== null && amount < paymentMin) {
    const bound = { limit: "token_payment_min", unit, cap: paymentMin, asked: amount };
    failed.push(no("token_payment_below_least", { ...bound, clause }));
  }
  if (paymentAmount !== null && amount > paymentAmount) {
    const bound = { limit: "token_payment_amount", unit, used: 0n, cap: paymentAmount };
    failed.push(no("token_payment_amount_exceeded", { ...bound, asked: amount, clause }));
  }
  const within: Bounds | undefined = terms.sceneBounds.get(scene);
  const cap = within?.paymentAmount ?? null;
  if (cap !== null && amount > cap) {
    const bound = { limit: "token_scene_payment_amount", unit, used: 0n, cap };
    failed.push(no("token_scene_payment_amount_exceeded", { ...bound, asked: amount, clause }));
  }
}

function pushTimes(failed: Failed[], terms: Terms, { tried, clause }: Trying): void {
  const { hours, holidays, firstDay, lastDay } = terms;
  if (hours === null && holidays === null && firstDay === null && lastDay === null) return;
  const wall = wallOf(terms.zone, tried.now);
  const { date } = wall;
  const hour = hourToday(terms, wall);
  if (hour === "closed") {
    failed.push(no("token_holiday_closed", { limit: "token_holidays", clause }));
  } else if (hours !== null && hours[hour] !== "1") {
    failed.push(no("token_hour_closed", { limit: "token_hours", clause }));
  }
  if (firstDay !== null && date < firstDay) {
    failed.push(no("token_before_first_day", { limit: "token_first_day", clause }));
  }
  if (lastDay !== null && date > lastDay) {
    failed.push(no("token_after_last_day", { limit: "token_last_day", clause }));
  }
}

/** Most controls are read in Asia/Shanghai, where it is one addition. */
function wallOf(zone: string, now: Instant): WallClock {
  if (zone !== HOME_ZONE) return wallClock(now, zone);
  return { date: shanghaiDate(now), hourOfWeek: shanghaiHourOfWeek(now) };
}

const SUNDAY = 6 * 24;

/**
 * The hour of the grid that holds: on a public holiday that of Sunday, or none at all. Of a year
 * whose holidays are not published yet none is known, and its weekdays hold.
 */
function hourToday({ holidays }: Terms, { date, hourOfWeek }: WallClock): number | "closed" {
  if (holidays === null || !isPublicHoliday(date, "weekends")) return hourOfWeek;
  return holidays === "closed" ? "closed" : SUNDAY + (hourOfWeek % 24);
}

/** True if a holiday rule looks at a day of a year of which no holidays are known. */
export function holidaysUnknown(control: Control, now: Instant): boolean {
  return [control.holder, control.issuer].some(({ holidays, zone }) => {
    return holidays !== null && !isPublished(wallOf(zone, now).date);
  });
}

function isPublished(date: CalendarDate): boolean {
  return publishedYears().includes(Number(date.slice(0, 4)));
}

const LISTED_CODES: Readonly<Record<Listed, ControlRefusal>> = {
  scenes: "token_scene_not_allowed",
  merchants: "token_merchant_not_allowed",
  mccs: "token_mcc_not_allowed",
  countries: "token_country_not_allowed",
  channels: "token_channel_not_allowed",
  currencies: "token_currency_not_allowed",
};

function pushListed(failed: Failed[], terms: Terms, { tried, clause }: Trying): void {
  const { scene, merchant, mcc, country, channel, currency } = tried;
  const push = (kind: Listed, value: string) => {
    if (admits(terms, kind, value)) return;
    failed.push(no(LISTED_CODES[kind], { limit: `token_${kind}`, clause }));
  };
  push("scenes", scene);
  push("merchants", merchant);
  push("mccs", mcc);
  push("countries", country);
  push("channels", channel);
  push("currencies", currency);
}

function no(code: ControlRefusal, rest: Omit<Failed, "code">): Failed {
  return { code, ...rest };
}
