/**
 * A supervisor's order, from proposal to lifting. It is in force at its commit in the sandbox's own
 * partition, in force in each partition of the pilot at that partition's commit, and effective when
 * all have acknowledged. Four eyes stand before the first step: a proposal is the guard's parked
 * task and no row here. It refuses to loosen: a cap is only ever lowered.
 *
 *   proposed ── approve ──▶ in_force ── all acknowledged ──▶ effective
 *      │                       └────────────── lift ───────────┴──▶ lifted
 *      └── reject, expire ──▶ dropped
 */
import type { Refusal } from "@sandbank/kernel/words";
import type { State } from "../pilot/pilot.ts";
import type { Tightening } from "../policy/policy.ts";
import { refuse, type SandboxRefusal } from "../refusals.ts";

export const STATUSES = ["proposed", "in_force", "effective", "lifted", "dropped"] as const;
export type Status = (typeof STATUSES)[number];

export const STEPS = ["approve", "reject", "expire", "acknowledge_all", "lift"] as const;
export type Step = (typeof STEPS)[number];

type Next = { readonly to: Status } | { readonly refusal: SandboxRefusal };

const proposed: Next = { refusal: "directive_is_proposed" };
const inForce: Next = { refusal: "directive_is_in_force" };
const lifted: Next = { refusal: "directive_is_lifted" };
const dropped: Next = { refusal: "directive_was_dropped" };

export const DIRECTIVE_TABLE: Readonly<Record<Status, Readonly<Record<Step, Next>>>> = {
  proposed: {
    approve: { to: "in_force" },
    reject: { to: "dropped" },
    expire: { to: "dropped" },
    acknowledge_all: proposed,
    lift: proposed,
  },
  in_force: {
    approve: inForce,
    reject: inForce,
    expire: inForce,
    acknowledge_all: { to: "effective" },
    lift: { to: "lifted" },
  },
  effective: {
    approve: inForce,
    reject: inForce,
    expire: inForce,
    acknowledge_all: inForce,
    lift: { to: "lifted" },
  },
  lifted: {
    approve: lifted,
    reject: lifted,
    expire: lifted,
    acknowledge_all: lifted,
    lift: lifted,
  },
  dropped: {
    approve: dropped,
    reject: dropped,
    expire: dropped,
    acknowledge_all: dropped,
    lift: dropped,
  },
};

/** The status after `step`, or the refusal of the status that does not know it. */
export function step(from: Status, event: Step): Status | Refusal {
  const next = DIRECTIVE_TABLE[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/**
 * Where directives put a pilot under test: suspended if nothing but SERVICE lives, restricted if
 * anything is closed or lowered, testing if none is left.
 */
export function stateUnder(
  tightenings: readonly Tightening[],
): "testing" | "restricted" | "suspended" {
  const closes = new Set(tightenings.flatMap((item) => item.closes));
  if (closes.has("OPEN") && closes.has("USE")) return "suspended";
  return tightenings.length > 0 ? "restricted" : "testing";
}

/** The event of the pilot's table that leads from where it stands to where the directives put it. */
export function eventTowards(
  from: State,
  to: "testing" | "restricted" | "suspended",
): "suspend" | "restrict" | "resume_in_part" | "resume" {
  if (to === "testing") return "resume";
  if (to === "suspended") return "suspend";
  return from === "suspended" ? "resume_in_part" : "restrict";
}
