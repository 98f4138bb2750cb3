/** The tables of an evaluation, every state against every event; and when a criterion is met. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "@sandbank/kernel/words";
import { countOf, ratioOf } from "../testing/measures.ts";
import * as contract from "./evaluation.contract.ts";
import { LEGAL } from "./moves.fixture.ts";
import {
  dimensionCriteria,
  failedOf,
  median,
  type Threshold,
  thresholdCriterion,
  thresholdsOf,
} from "./criterion.ts";
import {
  after,
  DIMENSION_NAMES,
  EVALUATION_EVENTS,
  EVALUATION_STATES,
  EVALUATION_TABLE,
  EXPERT_EVENTS,
  EXPERT_STATES,
  EXPERT_TABLE,
  EXTENSION_EVENTS,
  EXTENSION_STATES,
  EXTENSION_TABLE,
  REPORT_EVENTS,
  REPORT_STATES,
  REPORT_TABLE,
  STAGES,
} from "./evaluation.ts";
import type { EvaluationRefusal } from "./evaluation.refusals.ts";
import type { Table } from "../table/table.ts";

const CODES: Readonly<Record<string, string>> = {
  evaluation: "evaluation_is_",
  report: "evaluation_report_is_",
  expert: "evaluation_expert_is_",
  extension: "extension_is_",
};

function exhaust<S extends string, E extends string>(
  of: string,
  table: Table<S, E, EvaluationRefusal>,
  all: { readonly states: readonly S[]; readonly events: readonly E[] },
): void {
  for (const from of all.states) {
    for (const event of all.events) {
      const legal = LEGAL.find((row) => row[0] === of && row[1] === from && row[2] === event);
      const answer = after(table, from, event);
      if (legal !== undefined) assert.equal(answer, legal[3], `${of} ${from} ${event}`);
      else {
        const stage = (STAGES as readonly string[]).includes(from) ? "at_" : "";
        assert.ok(isRefusal(answer), `${of} ${from} ${event} is refused`);
        assert.equal(answer.code, `${CODES[of]}${stage}${from}`);
        assert.equal(answer.category, "conflicting");
      }
    }
  }
}

test("each event in each state has the answer of the tables, and every state its own code", () => {
  const evaluation = { states: EVALUATION_STATES, events: EVALUATION_EVENTS };
  exhaust("evaluation", EVALUATION_TABLE, evaluation);
  exhaust("report", REPORT_TABLE, { states: REPORT_STATES, events: REPORT_EVENTS });
  exhaust("expert", EXPERT_TABLE, { states: EXPERT_STATES, events: EXPERT_EVENTS });
  exhaust("extension", EXTENSION_TABLE, { states: EXTENSION_STATES, events: EXTENSION_EVENTS });
});

test("自测自评、审计、专家论证、结果确认: no stage can be passed over", () => {
  for (const [place, stage] of STAGES.entries()) {
    const nexts = EVALUATION_EVENTS.map((event) => EVALUATION_TABLE[stage][event]);
    const later = nexts.flatMap((next) => ("to" in next ? [next.to] : []));
    const skipped = later.filter((to) => (STAGES as readonly string[]).indexOf(to) > place + 1);
    assert.deepEqual(skipped, [], stage);
    if (stage !== "confirm") assert.ok(!later.includes("passed") && !later.includes("failed"));
  }
});

test("the browser's states and dimensions are those of the table", () => {
  assert.deepEqual(contract.evaluationStateContract.options, EVALUATION_STATES);
  assert.deepEqual(contract.evaluatedDimensionContract.options, DIMENSION_NAMES);
  assert.deepEqual(Object.keys(contract.selfTestContract.shape.dimensions.shape), DIMENSION_NAMES);
  assert.equal(DIMENSION_NAMES.length, 8);
});

const label = { zh: "测试用标准", en: "a threshold of the test" };
const threshold = (
  comparator: Threshold["comparator"],
  value: string,
  unit: Threshold["unit"] = "basis_point",
): Threshold => ({ indicator: "x_bp", comparator, value, unit, label, clause: "1.9" });

describe("S5: a threshold is computed, exactly", () => {
  const ROWS = [
    // A success rate of at least 99.00 %.
    ["atLeast", "9900", 9_900n, 10_000n, true, 990_000n],
    ["atLeast", "9900", 9_899n, 10_000n, false, 989_900n],
    // One failure more than allowed in a hundred million: the rounded figure is 98.9999 %.
    ["atLeast", "9900", 98_999_999n, 100_000_000n, false, 989_999n],
    ["atLeast", "9900", 99_000_000n, 100_000_000n, true, 990_000n],
    // A bad-loan ratio of at most 1.50 %: what lies above by less than a millionth is above.
    ["atMost", "150", 150n, 10_000n, true, 15_000n],
    ["atMost", "150", 151n, 10_000n, false, 15_100n],
    ["atMost", "150", 1_500_001n, 100_000_000n, false, 15_000n],
    ["atMost", "150", 1_499_999n, 100_000_000n, true, 14_999n],
    ["atMost", "0", 0n, 7n, true, 0n],
    ["atMost", "0", 1n, 9_999_999n, false, 0n],
    // A third is no 33.33 % and no 33.34 %.
    ["atLeast", "3333", 1n, 3n, true, 333_333n],
    ["atLeast", "3334", 1n, 3n, false, 333_333n],
  ] as const;

  for (const [comparator, value, sums, over, met, shown] of ROWS) {
    test(`${comparator} ${value} bp of ${sums}/${over} is ${met ? "met" : "missed"}`, () => {
      const of = threshold(comparator, value);
      const found = thresholdCriterion(of, 1, ratioOf("x_bp", sums, over));
      assert.deepEqual(
        [found.met, found.measured, found.required, found.unit, found.lacks],
        [met, shown, BigInt(value) * 100n, "ppm", null],
      );
    });
  }

  test("counts are compared as they are", () => {
    const rows = [
      ["atMost", "2", 2n, true],
      ["atMost", "2", 3n, false],
      ["atLeast", "150000", 149_999n, false],
      ["atLeast", "150000", 150_000n, true],
    ] as const;
    for (const [comparator, value, measured, met] of rows) {
      const found = thresholdCriterion(
        threshold(comparator, value, "count"),
        1,
        countOf("x_bp", measured),
      );
      assert.deepEqual([found.met, found.sums, found.over], [met, null, null]);
    }
  });

  test("no figure is no pass: nobody computes it, there was nothing, or it is in another unit", () => {
    const of = threshold("atMost", "150");
    const lacks = (figure: Parameters<typeof thresholdCriterion>[2]) => {
      const found = thresholdCriterion(of, 1, figure);
      return [found.met, found.measured, found.lacks];
    };
    assert.deepEqual(lacks(undefined), [false, null, "nobody_computes"]);
    assert.deepEqual(lacks(ratioOf("x_bp", 0n, 0n)), [false, null, "nothing_measured"]);
    assert.deepEqual(lacks(countOf("x_bp", 0n)), [false, null, "unit_differs"]);
  });

  test("a ratio is met exactly if its fraction is, whatever its size", () => {
    const size = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 10_000 }), (one, other, basisPoints) => {
        const [sums, over] = one <= other ? [one, other] : [other, one];
        const value = String(basisPoints);
        const figure = ratioOf("x_bp", sums, over);
        const least = thresholdCriterion(threshold("atLeast", value), 1, figure).met;
        const most = thresholdCriterion(threshold("atMost", value), 1, figure).met;
        assert.equal(least, sums * 10_000n >= BigInt(value) * over);
        assert.equal(most, sums * 10_000n <= BigInt(value) * over);
      }),
    );
  });

  test("what the declaration states comes first, then what the terms add", () => {
    const [declared, added] = [threshold("atLeast", "9900"), threshold("atMost", "1", "count")];
    const graduation = { clause: "1.9", from: "design" as const, text: label };
    const body = { graduation: { ...graduation, thresholds: [declared] } };
    assert.deepEqual(thresholdsOf({ body, admission: null }), [declared]);
    const terms = { graduation: [added] };
    assert.deepEqual(thresholdsOf({ body, admission: terms }), [declared, added]);
  });
});

describe("八个维度: the median of the experts decides", () => {
  test("the middle score, and of two middle ones the lower", () => {
    assert.equal(median([]), null);
    assert.equal(median([70n]), 70n);
    assert.equal(median([90n, 10n, 60n]), 60n);
    assert.equal(median([61n, 59n, 100n, 0n]), 59n);
  });

  test("60 is enough and 59 is not; without an opinion there is nothing", () => {
    const opinion = (score: number) => ({
      scores: Object.fromEntries(
        DIMENSION_NAMES.map((name) => [name, { score, evidence: "a".repeat(64) }]),
      ) as contract.ExpertOpinion["scores"],
    });
    assert.ok(dimensionCriteria([opinion(60)]).every(({ met }) => met));
    const missed = dimensionCriteria([opinion(59), opinion(59), opinion(100)]);
    assert.ok(missed.every(({ met, measured }) => !met && measured === 59n));
    const [first] = failedOf(missed);
    assert.deepEqual(first, {
      code: "evaluation_dimension_not_met",
      ...{ limit: "innovation", cap: 60n, used: 59n, clause: "1.2" },
    });
    assert.ok(dimensionCriteria([]).every(({ lacks }) => lacks === "nothing_measured"));
  });
});
