/**
 * The guard's own commands: putting a policy in force in one partition, and turning the clock of a
 * demonstration. Both go alone in their batch, so every act is wholly before or wholly after them.
 */
import { z } from "zod";
import { fromIso } from "../clock/index.ts";
import { canonicalJson, sha256Hex } from "../evidence/index.ts";
import {
  type ClockState,
  clockStateIn,
  type PolicyState,
  policyStateIn,
  putPolicies,
  turnRow,
} from "./barriers.store.ts";
import { change, CLASSES, type Command } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { policyLeaf } from "./leaf.ts";
import { LIMIT_SCOPES, LIST_CHECKS, PHASES, type Policy } from "./policy.ts";

const clause = z.string().min(1).max(40);
const classes = z.array(z.enum(CLASSES)).max(CLASSES.length);
const names = z.array(z.string().min(1).max(80)).max(1_000);
const products = names.min(1).optional();

const limitContract = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/),
  measure: z.enum(["customers", "amount", "count", "single"]),
  classes,
  scope: z.enum(LIMIT_SCOPES),
  window: z.enum(["none", "day", "month", "year"]),
  products,
  cap: z.string().regex(/^(0|[1-9][0-9]{0,17})$/),
  clause,
});

const minute = z.int().min(0).max(1440);
const ofClasses = { classes, products, clause };
const checkContract = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(LIST_CHECKS), allowed: names, ...ofClasses }),
  z.strictObject({ kind: z.literal("hours"), from: minute, to: minute, ...ofClasses }),
  z.strictObject({ kind: z.literal("kyc"), least: z.int().min(0).max(3), ...ofClasses }),
  z.strictObject({ kind: z.literal("consent"), version: z.int().min(1), ...ofClasses }),
  z.strictObject({
    kind: z.literal("loan_to_value"),
    above: z.int().min(0).max(1_000_000),
    ...ofClasses,
  }),
]);

const live = z.strictObject({ OPEN: z.boolean(), USE: z.boolean(), SERVICE: z.boolean() });

/** The policy as a message: strict, since everything in it will be enforced. */
export const policyContract = z.strictObject({
  pilot: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  version: z.int().min(1),
  phase: z.enum(PHASES),
  classes: live,
  directive: z.string().max(80).optional(),
  period: z.strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
  }),
  limits: z.array(limitContract).max(200),
  checks: z.array(checkContract).max(200),
});

/** Hash under which acts name a policy: SHA-256 of its canonical form, hex. */
export function policyHash(policy: Policy): string {
  return sha256Hex(canonicalJson(policy as never));
}

/** `guard.put_policy`: from the next act on, the partition is held to this policy. */
export const putPolicy: Command<{ policy: Policy }, PolicyState> = {
  name: "guard.put_policy",
  class: "SERVICE",
  barrier: true,
  contract: z.strictObject({ policy: policyContract }) as never,
  may: ["system"],
  keys: () => ({ reads: [], writes: [] }),
  async load(tx, partition, questions) {
    const state = await policyStateIn(tx, partition);
    return questions.map(() => state);
  },
  decide({ state, command: { policy } }) {
    const next = policy.version > state.policy_version && policy.pilot === state.pilot;
    if (!next) return refuse("policy_not_next");
    const hash = policyHash(policy);
    const body = canonicalJson(policy as never);
    return {
      entries: [],
      changes: [change(putPolicies, { version: policy.version, hash, body, seq: state.seq + 1n })],
      answer: { version: policy.version, hash },
      leaves: [policyLeaf(policy, hash)],
    };
  },
};

/** `guard.turn_clock`: business time stands at `to` until it is turned again. Demo only. */
export function turnClock(mode: "demo" | "live"): Command<{ to: string }, ClockState> {
  return {
    name: "guard.turn_clock",
    class: "SERVICE",
    barrier: true,
    contract: z.strictObject({ to: z.iso.datetime({ offset: true }) }),
    may: ["clock_keeper", "system"],
    keys: () => ({ reads: [], writes: [] }),
    async load(tx, _partition, questions) {
      const state = await clockStateIn(tx);
      return questions.map(() => state);
    },
    decide({ state, command, now }) {
      if (mode !== "demo") return refuse("clock_not_turnable");
      const to = fromIso(command.to);
      // The first turn of a demonstration may set any date; from then on time only goes forward.
      if (state.mode === "turned" && to < (state.frozen_at ?? now)) {
        return refuse("clock_turned_back");
      }
      const row = { mode: "turned" as const, offset_ms: 0n, frozen_at: command.to };
      return { entries: [], changes: [change(turnRow, row)], answer: { at: command.to } };
    },
  };
}
