/** Compiling: targets stay out, the tightest wins, every limit cites its clause and rehearses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { policyHash, type LimitRule, type Policy } from "@sandbank/kernel/guard";
import { hashOf } from "../declaration/declaration.ts";
import { shippedAdmissions } from "../admission/admission.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import { phaseOf, STATES, type State } from "../pilot/pilot.ts";
import { livingClasses } from "./classes.ts";
import { compile, limitOfScale, type Sources, type Tightening } from "./policy.ts";
import { admits, rehearse } from "./rehearsal.ts";

const declaration = shippedDeclarations().find((one) => one.pilot === "payment-tokens");
const admission = shippedAdmissions().find((one) => one.pilot === "payment-tokens");
assert.ok(declaration && admission);
const period = { from: "2026-11-24T00:00:00.000Z", to: "2028-11-23T16:00:00.000Z" };
const sources: Sources = {
  ...{ declaration, admission, period },
  state: "testing",
  tightenings: [],
  version: 2,
};
const compiled = (more: Partial<Sources> = {}): Policy => compile({ ...sources, ...more });
const capOf = (policy: Policy, id: string) => policy.limits.find((rule) => rule.id === id);
const order = (more: Partial<Tightening>): Tightening => ({
  number: 1,
  closes: [],
  lowers: [],
  ...more,
});

test("S7: P4's target of 10,000,000 users is no limit; the admitted caps are, each with its clause", () => {
  const { limits, checks } = compiled();
  assert.deepEqual(
    limits.map(({ id, cap, clause }) => [id, cap, clause]),
    [
      ["pilot_customers", "180000", "1.10-C1"],
      ["payment_amount", "500000", "1.10-C2"],
      ["customer_day_amount", "2000000", "1.10-C3"],
      ["pilot_day_amount", "100000000", "1.10-C4"],
      ["pilot_outstanding_amount", "20000000000", "1.10-C5"],
    ],
  );
  assert.deepEqual(
    checks.map((check) => [check.kind, check.clause]),
    [["currency", "1.10-C6"]],
  );
});

test("S7: none of the six declarations states a cap of its own", () => {
  for (const { scale } of shippedDeclarations()) {
    assert.deepEqual(
      scale.flatMap((item) => limitOfScale(item) ?? []),
      [],
    );
  }
});

test("a declared cap becomes a limit that counts what its unit says", () => {
  const [users] = declaration.scale;
  assert.ok(users);
  const cap = { ...users, role: "cap" as const, comparator: "atMost" as const };
  const shape = (item: typeof cap | LimitRule) => {
    const rule = "measure" in item ? item : limitOfScale(item);
    return rule && [rule.measure, rule.window, rule.classes.join(), rule.clause];
  };
  const flow = { ...cap, kind: "flow" as const, unit: "fen" as const, window: "year" as const };
  const stock = { ...cap, kind: "stock" as const, unit: "terminal" as const };
  assert.deepEqual(shape(cap), ["customers", "none", "OPEN", "1.10"]);
  assert.deepEqual(shape(flow), ["amount", "year", "OPEN,USE", "1.10"]);
  assert.deepEqual(shape(stock), ["count", "none", "OPEN,USE", "1.10"]);
  assert.equal(limitOfScale({ ...cap, role: "trigger" }), undefined);
});

test("the tightest wins, whoever says it and in whatever order", () => {
  const caps = fc.array(fc.integer({ min: 1, max: 200_000_000 }), { maxLength: 6 });
  fc.assert(
    fc.property(caps, fc.integer({ min: 1, max: 200_000_000 }), (lowered, admitted) => {
      const terms = {
        ...admission,
        caps: admission.caps.map((cap) =>
          cap.id === "pilot_day_amount" ? { ...cap, cap: String(admitted) } : cap,
        ),
      };
      const tightenings = lowered.map((cap, place) =>
        order({ number: place + 1, lowers: [{ limit: "pilot_day_amount", cap: String(cap) }] }),
      );
      const rule = capOf(compiled({ admission: terms, tightenings }), "pilot_day_amount");
      assert.equal(rule?.cap, String(Math.min(admitted, ...lowered)));
      const lowest = Math.min(...lowered);
      const by = lowest < admitted ? `/D${lowered.indexOf(lowest) + 1}` : "";
      assert.equal(rule?.clause, `1.10-C4${by}`);
    }),
  );
});

test("a declared cap and an admitted one of the same limit: the lower, with its own clause", () => {
  const [users] = declaration.scale;
  assert.ok(users);
  const item = {
    ...users,
    id: "pilot_customers",
    role: "cap" as const,
    comparator: "atMost" as const,
  };
  const rule = (value: string) => {
    const stated = { ...declaration, scale: [{ ...item, value }] };
    return capOf(compiled({ declaration: stated }), "pilot_customers");
  };
  assert.deepEqual([rule("179999")?.cap, rule("179999")?.clause], ["179999", "1.10"]);
  assert.deepEqual([rule("180001")?.cap, rule("180001")?.clause], ["180000", "1.10-C1"]);
});

/** State, useRunsOn: which of OPEN, USE, SERVICE live (reference/sandbox §6). */
const MATRIX: Readonly<Record<State, readonly [string, string]>> = {
  draft: ["---", "---"],
  submitted: ["---", "---"],
  review: ["---", "---"],
  consultation: ["---", "---"],
  answering: ["---", "---"],
  registered: ["---", "---"],
  ready: ["---", "---"],
  testing: ["OUS", "OUS"],
  restricted: ["OUS", "OUS"],
  suspended: ["--S", "--S"],
  evaluation: ["-US", "-US"],
  passed: ["-US", "-US"],
  failed: ["--S", "--S"],
  exiting: ["--S", "-US"],
  graduated: ["OUS", "OUS"],
  exited: ["--S", "--S"],
  refused: ["---", "---"],
  withdrawn: ["---", "---"],
};

test("S6: each state opens exactly its classes; an exit that runs on keeps USE (P3.6)", () => {
  for (const state of STATES) {
    const drawn = [false, true].map((runsOn) => {
      const { OPEN, USE, SERVICE } = livingClasses(state, runsOn);
      return `${OPEN ? "O" : "-"}${USE ? "U" : "-"}${SERVICE ? "S" : "-"}`;
    });
    assert.deepEqual(drawn, MATRIX[state], state);
    assert.equal(compiled({ state }).phase, phaseOf(state));
  }
});

test("a suspension closes its classes, names the directive that did, and never touches SERVICE", () => {
  const closed = compiled({
    state: "restricted",
    tightenings: [order({ number: 3 }), order({ number: 4, closes: ["OPEN"] })],
  });
  assert.deepEqual(closed.classes, { OPEN: false, USE: true, SERVICE: true });
  assert.equal(closed.directive, "D4");
  assert.equal(compiled().directive, undefined);
  const suspended = [order({ number: 5, closes: ["OPEN", "USE"] })];
  assert.equal(compiled({ state: "suspended", tightenings: suspended }).directive, "D5");
  const exiting = compiled({ state: "exiting", tightenings: suspended });
  assert.equal(exiting.directive, undefined, "an exit closes them by itself");
});

test("directives only tighten: no set of them opens a class or raises a cap", () => {
  const one = fc.record({
    closes: fc.subarray<"OPEN" | "USE">(["OPEN", "USE"]),
    lowers: fc.array(
      fc.record({
        limit: fc.constantFrom(...admission.caps.map((cap) => cap.id), "unknown"),
        cap: fc.bigInt({ min: 1n, max: 30_000_000_000n }).map(String),
      }),
      { maxLength: 3 },
    ),
  });
  const state = fc.constantFrom(...STATES);
  fc.assert(
    fc.property(fc.array(one, { maxLength: 5 }), state, (orders, at) => {
      const free = compiled({ state: at });
      const tightenings = orders.map((each, place) => order({ ...each, number: place + 1 }));
      const bound = compiled({ state: at, tightenings });
      for (const name of ["OPEN", "USE", "SERVICE"] as const) {
        assert.ok(free.classes[name] || !bound.classes[name]);
      }
      assert.equal(bound.classes.SERVICE, free.classes.SERVICE);
      for (const rule of free.limits) {
        assert.ok(BigInt(capOf(bound, rule.id)?.cap ?? "0") <= BigInt(rule.cap));
      }
      assert.equal(bound.limits.length, free.limits.length);
      assert.deepEqual(rehearse(bound), []);
    }),
  );
});

test("each limit accepts an act at its cap and refuses one fen or one customer above", () => {
  for (const limit of compiled().limits) {
    const cap = BigInt(limit.cap);
    assert.equal(admits(limit, 0n, cap), true, limit.id);
    assert.equal(admits(limit, 0n, cap + 1n), false, limit.id);
    if (limit.measure !== "single") assert.equal(admits(limit, cap, 1n), false, limit.id);
  }
  const single = capOf(compiled(), "payment_amount");
  assert.ok(single);
  assert.equal(
    admits(single, 10n ** 12n, 500_000n),
    true,
    "a single bounds one act, not their sum",
  );
});

test("the rehearsal finds what must not be armed", () => {
  const good = compiled();
  const [limit] = good.limits;
  assert.ok(limit);
  const rows: readonly (readonly [RegExp, Policy])[] = [
    [/period is empty/, { ...good, period: { from: period.to, to: period.from } }],
    [/period is empty/, { ...good, period: { from: period.to, to: period.to } }],
    [/does not count from 1/, { ...good, version: 0 }],
    [/no limit/, { ...good, limits: [] }],
    [/stands twice/, { ...good, limits: [limit, limit] }],
    [/no cap above zero/, { ...good, limits: [{ ...limit, cap: "0" }] }],
    [/no cap above zero/, { ...good, limits: [{ ...limit, cap: "1.5" }] }],
    [/counts no class/, { ...good, limits: [{ ...limit, classes: [] }] }],
    [/cites no clause/, { ...good, limits: [{ ...limit, clause: "" }] }],
    [/customers in a window/, { ...good, limits: [{ ...limit, window: "day" }] }],
    [
      /allows nothing/,
      { ...good, checks: [{ kind: "region", allowed: [], classes: ["USE"], clause: "2.1" }] },
    ],
    [
      /allows nothing/,
      { ...good, checks: [{ kind: "hours", from: 60, to: 60, classes: ["USE"], clause: "2.2" }] },
    ],
  ];
  assert.deepEqual(rehearse(good), []);
  for (const [problem, policy] of rows) assert.match(rehearse(policy).join("; "), problem);
});

test("our hash of a policy is the one under which the guard names it", () => {
  assert.equal(hashOf(compiled()), policyHash(compiled()));
});
