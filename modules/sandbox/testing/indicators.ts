/**
 * Indicators as a test says them, and the contract that every reader of them keeps: the fake here
 * and the real one beside it are held to the same sentences.
 */
import assert from "node:assert/strict";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { IndicatorReader } from "../ports.ts";

const FIRST = fromIso("2026-11-24T00:00:00Z");
const WINDOW_MS = 60_000;

export interface FakeIndicators extends IndicatorReader {
  /** The windows of an indicator, oldest first, a minute each. */
  say(pilot: string, indicator: string, values: readonly bigint[]): void;
}

export function fakeIndicators(): FakeIndicators {
  const said = new Map<string, readonly bigint[]>();
  return {
    say: (pilot, indicator, values) => void said.set(`${pilot} ${indicator}`, values),
    async latest(pilot, indicator, windows) {
      const values = said.get(`${pilot} ${indicator}`) ?? [];
      const readings = values.map((value, at) => ({
        value,
        from: (FIRST + at * WINDOW_MS) as Instant,
        to: (FIRST + (at + 1) * WINDOW_MS) as Instant,
      }));
      return readings.toReversed().slice(0, windows);
    },
  };
}

/** Holds a reader to its contract, given an indicator that has three windows at least. */
export async function keepsIndicatorContract(
  reader: IndicatorReader,
  of: { readonly pilot: string; readonly indicator: string },
): Promise<void> {
  const { pilot, indicator } = of;
  const three = await reader.latest(pilot, indicator, 3);
  assert.equal(three.length, 3, "as many windows as were asked for, where there are");
  for (const { from, to } of three) assert.ok(from < to, "a window has a length");
  assert.equal(three[0]?.from, three[1]?.to, "newest first, without a gap");
  assert.equal(three[1]?.from, three[2]?.to, "newest first, without a gap");
  assert.deepEqual(await reader.latest(pilot, indicator, 2), three.slice(0, 2), "the latest ones");
  const all = await reader.latest(pilot, indicator, 100);
  assert.deepEqual(all.slice(0, 3), three, "fewer where there are not so many");
  assert.deepEqual(await reader.latest(pilot, "nobody_computes_this", 3), []);
  assert.deepEqual(await reader.latest("no-such-pilot", indicator, 3), []);
}
