/** What stands in the way of each act of winding up, in the order in which they follow each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEFT_KINDS } from "@sandbank/tokens/contract";
import { sayIn } from "../setting.ts";
import { endingWords as words, LEFT_WORDS } from "../words/ending.words.ts";
import { type EndingAct, inTheWay, summed } from "./acts.ts";

const left = (...kinds: (typeof LEFT_KINDS)[number][]) =>
  kinds.map((what) => ({ what, ref: null, unit: "count", amount: "1", ends: null }) as const);
const all = left("holders_untold", "payments_open", "tokens_live", "cards_bound", "keys_kept");

for (const [act, state, of, why] of [
  ["notices", "exiting", all, undefined],
  ["notices", "testing", all, words.not_leaving],
  ["notices", "exiting", left("tokens_live"), words.nothing],
  ["tokens", "exiting", all, words.in_flight],
  ["tokens", "exiting", left("tokens_live", "cards_bound"), undefined],
  ["cards", "exiting", left("tokens_live", "cards_bound"), words.tokens_first],
  ["cards", "exiting", left("cards_bound", "keys_kept"), undefined],
  ["keys", "exiting", left("cards_bound", "keys_kept"), words.cards_first],
  ["keys", "exiting", left("keys_kept"), undefined],
  ["keys", "exited", left("keys_kept"), words.not_leaving],
  ["keys", "exiting", left(), words.nothing],
] as const) {
  test(`${act} of a pilot that is ${state}, ${of.length} left: ${why?.en ?? "open"}`, () => {
    const found = inTheWay(act satisfies EndingAct, { pilot: { state }, left: of }, sayIn("en"));
    assert.equal(found, why?.en);
  });
}

test("many of one kind are told together, with their sum and the end of the last", () => {
  const payment = (n: number) => ({
    ...({ what: "payments_open", ref: `p-${n}`, unit: "fen", amount: String(n) } as const),
    ends: `2026-12-0${n}T00:00:00.000Z`,
  });
  const some = [1, 2, 3, 4, 5].map(payment);
  assert.deepEqual(summed(some), some);
  const more = [...some, payment(6), ...left("tokens_live")];
  assert.deepEqual(summed(more), [
    { ...payment(6), ref: null, amount: "21" },
    ...left("tokens_live"),
  ]);
});

test("whatever can be left has its words", () => {
  assert.deepEqual(Object.keys(LEFT_WORDS), [...LEFT_KINDS]);
});
