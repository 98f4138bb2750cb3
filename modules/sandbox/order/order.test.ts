/** Orders in any sequence, decided purely: what is promised after each, whatever came before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Instant } from "@sandbank/kernel/clock";
import type { Change, Command, Policy } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { shippedAdmissions } from "../admission/admission.ts";
import { hashOf } from "../declaration/declaration.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import { stateUnder } from "../directive/directive.ts";
import { type DirectiveRow, issueDirective, liftDirective } from "../directive/directive.store.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { movePilot, type PilotRow } from "../pilot/pilot.store.ts";
import { issuePolicy } from "../policy/policy.store.ts";
import { rehearse } from "../policy/rehearsal.ts";
import { restrict } from "./restrict.ts";
import { lift, resume } from "./resume.ts";
import { suspend } from "./suspend.ts";

const PILOT = "payment-tokens";
const now = Date.UTC(2026, 10, 24) as Instant;
const body = shippedDeclarations().find((one) => one.pilot === PILOT);
const admission = shippedAdmissions().find((one) => one.pilot === PILOT);
assert.ok(body && admission);
const text = { zh: "演示用说明", en: "a text of the test" };
const because = { pilot: PILOT, reason: text, notice: text, liftedWhen: text };

const pilot: PilotRow = {
  ...{ slug: PILOT, state: "testing", since: now, declaration: 1, policy: 2, admission },
  ...{ period_from: now, period_to: (now + 86_400_000) as Instant, hash: hashOf(body), body },
  statement: null,
};

type Order =
  | { readonly verb: "suspend"; readonly classes: readonly ("OPEN" | "USE")[] }
  | { readonly verb: "restrict"; readonly limit: string; readonly cap: number }
  | { readonly verb: "resume" }
  | { readonly verb: "lift"; readonly nth: number };

const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    verb: fc.constant("suspend" as const),
    classes: fc.subarray<"OPEN" | "USE">(["OPEN", "USE"], { minLength: 1 }),
  }),
  fc.record({
    verb: fc.constant("restrict" as const),
    limit: fc.constantFrom(...admission.caps.map((cap) => cap.id), "unknown"),
    cap: fc.integer({ min: 1, max: 200_000_000 }),
  }),
  fc.record({ verb: fc.constant("resume" as const) }),
  fc.record({ verb: fc.constant("lift" as const), nth: fc.nat(8) }),
);

function contentOf(one: Order, dossier: Dossier): readonly [Command, object] {
  switch (one.verb) {
    case "suspend":
      return [suspend, { ...because, classes: one.classes }];
    case "restrict":
      return [restrict, { ...because, caps: [{ limit: one.limit, cap: String(one.cap) }] }];
    case "resume":
      return [resume, because];
    case "lift":
      return [lift, { ...because, directive: dossier.directives[one.nth]?.id ?? "none" }];
  }
}

/** The dossier after the changes, as the database would have it. */
function after(dossier: Dossier, changes: readonly Change[]): Dossier {
  const rows = (effect: unknown) => changes.filter((one) => one.effect === effect);
  const [moved] = rows(movePilot);
  assert.ok(moved && dossier.pilot);
  const lifted = rows(liftDirective).map(({ row }) => row["id"]);
  const kept = dossier.directives.map((row) =>
    lifted.includes(row.id) ? { ...row, status: "lifted" as const } : row,
  );
  const added = rows(issueDirective).map(
    ({ row }) =>
      ({
        ...{ ...row, status: "in_force" },
        closes: JSON.parse(String(row["closes"])),
        lowers: JSON.parse(String(row["lowers"])),
      }) as unknown as DirectiveRow,
  );
  const state = moved.row["state"] as PilotRow["state"];
  const policy = moved.row["policy"] as number;
  return {
    ...dossier,
    pilot: { ...dossier.pilot, state, policy },
    directives: [...kept, ...added],
  };
}

test("after any orders: state and policy follow from the directives in force, and only tighten", () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), (orders) => {
      let dossier: Dossier = { pilot, directives: [], served: [], obeyed: [] };
      for (const [place, one] of orders.entries()) {
        const [command, content] = contentOf(one, dossier);
        const asked = { state: dossier, command: content, facts: undefined, now, partition: 0 };
        const principal = systemPrincipal("test");
        const decided = command.decide({ ...asked, principal, id: `order-${place}` });
        if (isRefusal(decided) || "onRefusal" in decided) continue;
        const before = dossier.pilot?.policy ?? 0;
        dossier = after(dossier, decided.changes);
        const issued = decided.changes.find((each) => each.effect === issuePolicy);
        check(dossier, issued?.row["body"] as Policy, before);
      }
    }),
  );
});

function check(dossier: Dossier, policy: Policy, before: number): void {
  const alive = dossier.directives.filter((row) => row.status !== "lifted");
  assert.equal(policy.version, before + 1);
  assert.equal(policy.phase, stateUnder(alive));
  assert.equal(dossier.pilot?.state, policy.phase);
  const closed = new Set(alive.flatMap((row) => row.closes));
  assert.deepEqual(policy.classes, {
    ...{ OPEN: !closed.has("OPEN"), USE: !closed.has("USE"), SERVICE: true },
  });
  for (const cap of admission?.caps ?? []) {
    const lowered = alive.flatMap((row) => row.lowers).filter((one) => one.limit === cap.id);
    const caps = [cap, ...lowered].map((one) => Number(one.cap));
    const rule = policy.limits.find((one) => one.id === cap.id);
    assert.equal(rule?.cap, String(Math.min(...caps)));
  }
  const numbers = dossier.directives.map((row) => row.number);
  assert.deepEqual(
    numbers,
    [...numbers.keys()].map((place) => place + 1),
  );
  assert.deepEqual(rehearse(policy), []);
}

test("an order of a pilot that is not under test is refused by the state's own code", () => {
  const rows = [
    ["registered", "pilot_is_registered"],
    ["ready", "pilot_is_ready"],
    ["failed", "pilot_has_failed"],
    ["exiting", "pilot_is_exiting"],
    ["exited", "pilot_has_exited"],
    ["graduated", "pilot_has_graduated"],
  ] as const;
  for (const [state, code] of rows) {
    const dossier = { pilot: { ...pilot, state }, directives: [], served: [], obeyed: [] };
    const asked = { state: dossier, facts: undefined, now, partition: 0, id: "x" };
    const principal = systemPrincipal("test");
    const caps = [{ limit: "payment_amount", cap: "1" }];
    const answers = [
      suspend.decide({ ...asked, principal, command: { ...because, classes: ["OPEN"] } }),
      restrict.decide({ ...asked, principal, command: { ...because, caps } }),
    ];
    for (const answer of answers) assert.equal(isRefusal(answer) && answer.code, code);
  }
});
