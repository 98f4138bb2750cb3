/** What a bench says must be the plain truth of its rounds: medians, turns and the form of a report. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { median, report, takeTurns } from "./measure.ts";
import { stateYardstick, yardsticks } from "./yardstick.ts";

it("the median is the middle, and of an even number the mean of both in the middle", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 2, 100]), 3);
  assert.equal(median([7]), 7);
});

it("contenders take turns, and each is told by its median rate", async () => {
  const order: string[] = [];
  const contender = (name: string, counts: number[]) => ({
    name,
    round: async () => {
      order.push(name);
      return { count: counts.shift() ?? 0, ms: 100 };
    },
  });
  const contenders = [contender("a", [1, 2, 30]), contender("b", [5, 5, 5])];
  const rates = await takeTurns(contenders, { rounds: 3, say: () => {} });
  assert.deepEqual(order, ["a", "b", "a", "b", "a", "b"]);
  assert.deepEqual(
    [...rates],
    [
      ["a", 20],
      ["b", 50],
    ],
  );
});

it("a report is a table and one line of JSON for each result", () => {
  const bench = { name: "tea", promise: "hot", run: async () => [] };
  const results = [
    { name: "cup", value: 12_000, unit: "/s", baseline: "pot", ratio: 3 },
    { name: "pot", value: 4_000, unit: "/s" },
  ];
  const lines = report(bench, results).split("\n");
  assert.match(lines[2] ?? "", /^cup +12,000 \/s +3\.00 × pot$/);
  assert.deepEqual(
    lines.slice(-2).map((line) => JSON.parse(line)),
    [
      { name: "cup", value: 12_000, unit: "/s", baseline: "pot", ratio: 3 },
      { name: "pot", value: 4_000, unit: "/s", baseline: null, ratio: null },
    ],
  );
});

it("a yardstick is stated against the machine on which the promises were set", () => {
  assert.equal(
    stateYardstick({ name: "walk", micros: 5.25, promised: 2.5 }),
    "yardstick  walk: 5.3 µs, 2.1 × that of the machine on which the promises were set",
  );
  for (const { name, micros } of yardsticks()) assert.ok(micros > 0, name);
});
