/**
 * Which bounds a change loosens: those under which something is allowed that was forbidden before. A
 * change that loosens none only tightens, and needs nobody's second look. Pure.
 */
import { admits, type Bounds, CAPS, type Cap, type Listed, LISTED, type Terms } from "./terms.ts";

/** The name of a bound that was loosened; those within a scene as `{scene}.{cap}`. */
export type Loosened = keyof Terms | Listed | `${string}.${Cap}`;

/** Which bounds `after` loosens, in fixed order. */
export function loosened(before: Terms, after: Terms): Loosened[] {
  const found: Loosened[] = [...raised(before, after)];
  const below = (was: bigint | null, is: bigint | null) => was !== null && (is ?? 0n) < was;
  if (below(before.paymentMin, after.paymentMin)) found.push("paymentMin");
  if (above(before.stepUpAmount, after.stepUpAmount)) found.push("stepUpAmount");
  if (before.singleUse && !after.singleUse) found.push("singleUse");
  if (before.cryptogram && !after.cryptogram) found.push("cryptogram");
  found.push(...timesLoosened(before, after));
  found.push(...LISTED.filter((kind) => opensListed(before, after, kind)));
  for (const [scene, bounds] of before.sceneBounds) {
    const now = after.sceneBounds.get(scene);
    for (const cap of raised(bounds, now ?? UNBOUNDED)) found.push(`${scene}.${cap}`);
  }
  return found;
}

const UNBOUNDED = Object.fromEntries(CAPS.map((cap) => [cap, null])) as Bounds;

function above(was: bigint | null, is: bigint | null): boolean {
  return was !== null && (is === null || is > was);
}

function raised(before: Bounds, after: Bounds): Cap[] {
  return CAPS.filter((cap) => above(before[cap], after[cap]));
}

/** In another zone nothing can be compared: what bounded there is loosened. */
function timesLoosened(before: Terms, after: Terms): (keyof Terms)[] {
  const { hours, holidays, firstDay, lastDay } = before;
  const bounded = hours !== null || holidays !== null || firstDay !== null || lastDay !== null;
  if (before.zone !== after.zone) return bounded ? ["zone"] : [];
  const found: (keyof Terms)[] = [];
  if (opensAnHour(before, after, "weekday")) found.push("hours");
  const ruled = holidays !== null || after.holidays !== null;
  if (ruled && opensAnHour(before, after, "holiday")) found.push("holidays");
  if (firstDay !== null && (after.firstDay ?? "") < firstDay) found.push("firstDay");
  if (lastDay !== null && (after.lastDay === null || after.lastDay > lastDay)) {
    found.push("lastDay");
  }
  return found;
}

type Day = "weekday" | "holiday";

function opensAnHour(before: Terms, after: Terms, day: Day): boolean {
  for (let hour = 0; hour < 168; hour++) {
    if (!isOpen(before, hour, day) && isOpen(after, hour, day)) return true;
  }
  return false;
}

function isOpen({ hours, holidays }: Terms, hour: number, day: Day): boolean {
  if (day === "weekday" || holidays === null) return hours === null || hours[hour] === "1";
  if (holidays === "closed") return false;
  return hours === null || hours[6 * 24 + (hour % 24)] === "1";
}

/** Lists change what they let through only at their own entries and beside the ends of their ranges. */
function opensListed(before: Terms, after: Terms, kind: Listed): boolean {
  const named = [before.allow, before.deny, after.allow, after.deny].flatMap(
    (lists) => lists?.[kind] ?? [],
  );
  const values = kind === "mccs" ? named.flatMap(codesAround) : [...named, ANY_OTHER];
  return values.some((value) => !admits(before, kind, value) && admits(after, kind, value));
}

/** What no entry names. */
const ANY_OTHER = "";

function codesAround(range: string): string[] {
  const [from, to] = [Number(range.slice(0, 4)), Number(range.slice(-4))];
  return [from - 1, from, to, to + 1]
    .filter((code) => code >= 0 && code <= 9999)
    .map((code) => String(code).padStart(4, "0"));
}
