/** Which commands may go together, and that order is kept wherever it can be seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { takeBatch, type Waiting } from "./queue.ts";

const command = (reads: string[], writes: string[], barrier = false) => ({
  reads,
  writes,
  barrier,
  alongside: true,
});

test("commands that touch different keys go together", () => {
  const waiting = [command([], ["a"]), command(["x"], ["b"]), command(["x"], ["c"])];
  assert.equal(takeBatch(waiting, 10).length, 3);
  assert.equal(waiting.length, 0);
});

test("a command that writes what an earlier one reads waits for the next batch", () => {
  const waiting = [command(["x"], []), command([], ["x"])];
  assert.equal(takeBatch(waiting, 10).length, 1);
  assert.deepEqual(waiting, [command([], ["x"])]);
});

test("whoever conflicts with a waiting command waits behind it", () => {
  const [first, second, third] = [command([], ["a"]), command([], ["a", "b"]), command([], ["b"])];
  const waiting = [first, second, third];
  assert.deepEqual(takeBatch(waiting, 10), [first]);
  assert.deepEqual(takeBatch(waiting, 10), [second]);
  assert.deepEqual(takeBatch(waiting, 10), [third]);
});

test("a barrier goes alone, after what came before it and before what came after", () => {
  const [before, barrier, after] = [command([], ["a"]), command([], [], true), command([], ["b"])];
  const waiting = [before, barrier, after];
  assert.deepEqual(takeBatch(waiting, 10), [before]);
  assert.deepEqual(takeBatch(waiting, 10), [barrier]);
  assert.deepEqual(takeBatch(waiting, 10), [after]);
});

test("a batch is never larger than told", () => {
  const waiting = Array.from({ length: 7 }, (_, i) => command([], [`k${i}`]));
  assert.equal(takeBatch(waiting, 3).length, 3);
  assert.equal(waiting.length, 4);
});

test("taking batches until nothing waits keeps the order of every pair that conflicts", () => {
  const keys = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 2 });
  const commands = fc.array(
    fc.record({
      ...{ reads: keys, writes: keys, barrier: fc.boolean(), alongside: fc.constant(true) },
    }),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(commands, fc.integer({ min: 1, max: 8 }), (all, most) => {
      const numbered = all.map((one, n) => ({ ...one, n }));
      const waiting = [...numbered];
      const place = new Map<number, number>();
      for (let batch = 0; waiting.length > 0; batch++) {
        const taken = takeBatch(waiting, most);
        assert.ok(taken.length > 0, "something is always taken");
        for (const one of taken) place.set(one.n, batch);
      }
      for (const [i, x] of numbered.entries()) {
        for (const y of numbered.slice(i + 1)) {
          if (mustKeepOrder(x, y)) assert.ok((place.get(x.n) ?? 0) < (place.get(y.n) ?? 0));
        }
      }
    }),
  );
});

function mustKeepOrder(x: Waiting, y: Waiting): boolean {
  if (x.barrier || y.barrier) return true;
  const written = (one: Waiting, key: string) => one.writes.includes(key);
  return (
    y.writes.some((key) => written(x, key) || x.reads.includes(key)) ||
    y.reads.some((key) => written(x, key))
  );
}
