/** What a crowd of readers costs, and that nobody hears of a time before their question. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedByCrowd } from "./crowd.ts";

/** A reading that ends when the test says so. */
function slowReading() {
  const ends: ((value: number | Error) => void)[] = [];
  const read = sharedByCrowd(
    () =>
      new Promise<number>((resolve, reject) => {
        ends.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
      }),
  );
  return { ends, read };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a thousand who come during a reading share the next, and none gets the one under way", async () => {
  const { ends, read } = slowReading();
  const first = read("a");
  const crowd = Array.from({ length: 1_000 }, () => read("a"));
  assert.equal(ends.length, 1);
  ends[0]?.(1);
  assert.equal(await first, 1);
  await settled();
  assert.equal(ends.length, 2);
  const late = read("a");
  ends[1]?.(2);
  assert.deepEqual(new Set(await Promise.all(crowd)), new Set([2]));
  await settled();
  ends[2]?.(3);
  assert.equal(await late, 3);
});

test("a reading that fails fails for whoever asked for it, and the next begins", async () => {
  const { ends, read } = slowReading();
  const first = read("a");
  const next = read("a");
  ends[0]?.(new Error("lost"));
  await assert.rejects(first, /lost/);
  await settled();
  ends[1]?.(2);
  assert.equal(await next, 2);
});

test("different keys are read side by side, and after a quiet while afresh", async () => {
  const { ends, read } = slowReading();
  const both = [read("a"), read("b")];
  assert.equal(ends.length, 2);
  ends[0]?.(1);
  ends[1]?.(2);
  assert.deepEqual(await Promise.all(both), [1, 2]);
  await settled();
  void read("a");
  assert.equal(ends.length, 3);
});
