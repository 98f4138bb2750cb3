/**
 * Readings of limits since the page was opened, kept in this tab and nowhere else. The plot shows
 * what was read, not what happened between two readings.
 */
import type { LimitsAnswer } from "@sandbank/sandbox/contract";

export interface Point {
  /** Business time of the reading, milliseconds since 1970. */
  readonly at: number;
  readonly used: string;
}

/** About ten minutes of a reading every two seconds. */
const POINTS_MAX = 300;

const kept = new Map<string, Point[]>();

const keyOf = (pilot: string, limit: string) => `${pilot}/${limit}`;

/** Keeps a reading. The same instant twice, or one before the last, is no new point. */
export function keep(answer: LimitsAnswer): void {
  if (answer.at === null) return;
  const at = Date.parse(answer.at);
  for (const limit of answer.limits) {
    if (limit.used === null) continue;
    const key = keyOf(answer.pilot, limit.id);
    const points = kept.get(key) ?? [];
    const last = points.at(-1);
    if (last !== undefined && last.at >= at) continue;
    kept.set(key, [...points, { at, used: limit.used }].slice(-POINTS_MAX));
  }
}

export function pointsOf(pilot: string, limit: string): readonly Point[] {
  return kept.get(keyOf(pilot, limit)) ?? [];
}
