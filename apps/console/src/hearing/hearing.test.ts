/** The order of the comments desk and its progress. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf, progressOf, type StaffComment } from "./hearing.ts";

const answer = { id: "a", text: { zh: "已改", en: "Changed" }, changes: true, at: "" };
const comment = (number: number, state: string, more: object = {}) =>
  ({
    ...{ id: `c${number}`, round: 1, number, state, answer: null, original: null, ...more },
  }) as unknown as StaffComment;

const comments = [
  comment(1, "admitted", { answer }),
  comment(2, "duplicate", { original: "c1" }),
  comment(3, "admitted"),
  comment(4, "set_aside"),
  comment(5, "waiting"),
];

test("what is to be done comes first, and a duplicate stands with what it repeats", () => {
  const groups = groupsOf(comments);
  assert.deepEqual(
    groups.map((one) => one.comment.number),
    [5, 3, 1, 4],
  );
  assert.deepEqual(
    groups.find((one) => one.comment.number === 1)?.duplicates.map((one) => one.number),
    [2],
  );
});

test("progress counts admitted comments; duplicates and what is set aside ask for no answer", () => {
  assert.deepEqual(progressOf(comments), { waiting: 1, admitted: 2, answered: 1 });
  assert.deepEqual(progressOf([]), { waiting: 0, admitted: 0, answered: 0 });
});
