/** The life of a pilot, every state against every event. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHASES } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { EVENTS, move, phaseOf, STATES, TRANSITIONS, type Event, type State } from "./pilot.ts";

/** Written a second time by hand, from reference/sandbox §4: from, event, to. */
const LEGAL: readonly (readonly [State, Event, State])[] = [
  ["draft", "submit", "submitted"],
  ["draft", "withdraw", "withdrawn"],
  ["submitted", "return", "draft"],
  ["submitted", "accept", "review"],
  ["submitted", "withdraw", "withdrawn"],
  ["review", "publish", "consultation"],
  ["review", "refuse", "refused"],
  ["review", "withdraw", "withdrawn"],
  ["consultation", "refuse", "refused"],
  ["consultation", "withdraw", "withdrawn"],
  ["consultation", "close_consultation", "answering"],
  ["answering", "amend_materially", "consultation"],
  ["answering", "amend_editorially", "answering"],
  ["answering", "register", "registered"],
  ["answering", "withdraw", "withdrawn"],
  ["registered", "arm", "ready"],
  ["registered", "withdraw", "withdrawn"],
  ["ready", "start", "testing"],
  ["ready", "withdraw", "withdrawn"],
  ["testing", "restrict", "restricted"],
  ["testing", "suspend", "suspended"],
  ["testing", "request_change", "testing"],
  ["testing", "request_end", "evaluation"],
  ["testing", "begin_exit", "exiting"],
  ["testing", "end_period", "exiting"],
  ["testing", "extend", "testing"],
  ["restricted", "restrict", "restricted"],
  ["restricted", "suspend", "suspended"],
  ["restricted", "resume_in_part", "restricted"],
  ["restricted", "resume", "testing"],
  ["restricted", "begin_exit", "exiting"],
  ["restricted", "end_period", "exiting"],
  ["restricted", "extend", "restricted"],
  ["suspended", "restrict", "suspended"],
  ["suspended", "suspend", "suspended"],
  ["suspended", "resume_in_part", "restricted"],
  ["suspended", "resume", "testing"],
  ["suspended", "begin_exit", "exiting"],
  ["suspended", "end_period", "exiting"],
  ["suspended", "extend", "suspended"],
  ["evaluation", "restrict", "restricted"],
  ["evaluation", "suspend", "suspended"],
  ["evaluation", "pass", "passed"],
  ["evaluation", "fail", "failed"],
  ["passed", "restrict", "restricted"],
  ["passed", "suspend", "suspended"],
  ["passed", "graduate", "graduated"],
  ["failed", "begin_exit", "exiting"],
  ["failed", "test_again", "testing"],
  ["failed", "extend", "testing"],
  ["exiting", "complete_exit", "exited"],
  ["graduated", "require_exit", "exiting"],
];

test("S6: each event in each state has the answer that the table of the design gives", () => {
  const legal = new Map(LEGAL.map(([from, event, to]) => [`${from} ${event}`, to]));
  for (const from of STATES) {
    for (const event of EVENTS) {
      const answer = move(from, event);
      const expected = legal.get(`${from} ${event}`);
      if (expected === undefined) {
        assert.ok(isRefusal(answer), `${from} ${event} is refused`);
        assert.equal(answer.category, "conflicting");
        assert.match(answer.code, /^pilot_(is|has|was)_/);
      } else assert.equal(answer, expected, `${from} ${event}`);
    }
  }
});

test("a state refuses by its own code, and no two states share one", () => {
  const codes = STATES.map((state) => {
    const refused = EVENTS.map((event) => TRANSITIONS[state][event]).flatMap((next) =>
      "refusal" in next ? [next.refusal] : [],
    );
    assert.equal(new Set(refused).size, 1, state);
    return refused[0];
  });
  assert.equal(new Set(codes).size, STATES.length);
});

test("refused, withdrawn and exited are terminal, and graduated but for what its watch requires", () => {
  for (const state of ["refused", "withdrawn", "graduated", "exited"] as const) {
    for (const event of EVENTS) {
      if (state === "graduated" && event === "require_exit") continue;
      assert.ok(isRefusal(move(state, event)), `${state} ${event}`);
    }
  }
});

test("every state that is not terminal reaches an end", () => {
  const ends = new Set<State>(["refused", "withdrawn", "graduated", "exited"]);
  for (let round = 0; round < STATES.length; round++) {
    for (const state of STATES) {
      const nexts = EVENTS.map((event) => TRANSITIONS[state][event]);
      if (nexts.some((next) => "to" in next && ends.has(next.to))) ends.add(state);
    }
  }
  assert.deepEqual([...ends].sort(), [...STATES].sort());
});

test("every state has a phase that the guard knows, and every phase is a state", () => {
  for (const state of STATES) assert.ok(PHASES.includes(phaseOf(state)));
  for (const phase of PHASES) assert.ok((STATES as readonly string[]).includes(phase));
});
