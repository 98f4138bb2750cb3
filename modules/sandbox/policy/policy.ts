/**
 * Compiles a declaration, the terms of its admission, the state and the directives in force into
 * the policy that partitions enforce. Pure. The tightest always wins: no source of a number can
 * loosen another's (P-S7: a target never becomes a ceiling, so targets are left out here).
 */
import assert from "node:assert/strict";
import type { CheckRule, LimitRule, Policy } from "@sandbank/kernel/guard";
import type { Declaration, ScaleItem } from "../declaration/declaration.contract.ts";
import { phaseOf, type State } from "../pilot/pilot.ts";
import { livingClasses, type Classes } from "./classes.ts";
import type { Admission } from "../admission/admission.contract.ts";

/** What a directive in force changes about the policy. */
export interface Tightening {
  /** Number of the directive within the pilot, from 1: `D2` beside the clause that it tightens. */
  readonly number: number;
  readonly closes: readonly ("OPEN" | "USE")[];
  readonly lowers: readonly { readonly limit: string; readonly cap: string }[];
}

export interface Sources {
  readonly declaration: Declaration;
  readonly admission: Admission;
  readonly state: State;
  /** Directives in force, oldest first. */
  readonly tightenings: readonly Tightening[];
  /** Test period, RFC 3339, from ≤ now < to. */
  readonly period: { readonly from: string; readonly to: string };
  readonly version: number;
  /** The version of the user statement from which on consents count. */
  readonly consent?: number;
  /**
   * Where an exit lets existing customers go on (P3.6): until when, which may be beyond the period,
   * or `over` once nobody is left who may.
   */
  readonly runOff?: { readonly until: string } | "over" | undefined;
}

/** The policy that follows from its sources. Every limit cites the clause whose cap is tightest. */
export function compile(sources: Sources): Policy {
  const { declaration, admission, state, tightenings, period, version, runOff } = sources;
  assert.equal(admission.pilot, declaration.pilot, "terms of another pilot");
  const graduated = state === "graduated";
  const limits = graduated ? [] : livingLimits(declaration, admission, tightenings);
  const runsOn = declaration.exit.useRunsOn && runOff !== "over";
  const living = livingClasses(state, runsOn);
  // A suspended pilot's classes are closed by its directives, whatever the table says of the state.
  const without = state === "suspended" ? livingClasses("testing", false) : living;
  const closing = tightenings.find((item) => item.closes.some((name) => without[name]));
  return {
    pilot: declaration.pilot,
    version,
    phase: phaseOf(state),
    classes: closed(living, tightenings),
    ...(closing === undefined ? {} : { directive: directiveName(closing.number) }),
    period: graduated ? { ...period, to: OPEN_END } : until(period, runOff),
    limits,
    // Who consented did so to a test, which is over.
    checks: livingChecks(admission, graduated ? undefined : sources.consent),
  };
}

/** A graduated pilot has no test that could end: an instant beyond any calendar of the guard. */
const OPEN_END = "9999-12-31T16:00:00.000Z";

function until(period: Sources["period"], runOff: Sources["runOff"]): Sources["period"] {
  return typeof runOff === "object" ? { from: period.from, to: runOff.until } : period;
}

/** The limits in force: what declaration and admission cap, lowered by the directives. */
export function livingLimits(
  declaration: Declaration,
  admission: Admission | null,
  tightenings: readonly Tightening[],
): readonly LimitRule[] {
  const declared = declaration.scale.flatMap((item) => limitOfScale(item) ?? []);
  const admitted = (admission?.caps ?? []).map(({ label: _, ...rule }): LimitRule => rule);
  return tightest([...declared, ...admitted], tightenings);
}

/** Clause of the form that names the institutions of a pilot: who may act stands there. */
const OPERATORS_CLAUSE = "1.4";
/** Clause of the form with what a user is shown before consenting. */
const RISKS_CLAUSE = "6";

/** The predicates in force. Where the terms name organisations, no other may ask for anything. */
function livingChecks(admission: Admission, version: number | undefined): readonly CheckRule[] {
  const allowed = admission.operators.flatMap(({ organisation }) => organisation ?? []);
  const classes = ["OPEN", "USE", "SERVICE"] as const;
  const operator = { kind: "operator" as const, allowed, classes, clause: OPERATORS_CLAUSE };
  const asked = admission.consent === true && version !== undefined;
  const consent = { kind: "consent" as const, version: version ?? 1, clause: RISKS_CLAUSE };
  return [
    ...(allowed.length === 0 ? [] : [operator]),
    ...admission.checks,
    // SERVICE is never among its classes: what exists is finished whoever has consented to what.
    ...(asked ? [{ ...consent, classes: ["OPEN", "USE"] as const }] : []),
  ];
}

/** How clauses and refusals name a directive: `D2`. */
function directiveName(number: number): string {
  return `D${number}`;
}

/** What the declaration itself caps, as a limit; targets and triggers are none (S7). */
export function limitOfScale(item: ScaleItem): LimitRule | undefined {
  if (item.role !== "cap" || item.comparator !== "atMost") return undefined;
  const people = item.kind === "distinct" && item.unit !== "fen";
  return {
    id: item.id,
    measure: people ? "customers" : item.unit === "fen" ? "amount" : "count",
    classes: people ? ["OPEN"] : ["OPEN", "USE"],
    scope: "pilot",
    window: item.window ?? "none",
    cap: item.value,
    clause: item.clause,
  };
}

/** One limit per id, in the order of first mention, each at the lowest cap that anyone sets. */
function tightest(
  rules: readonly LimitRule[],
  tightenings: readonly Tightening[],
): readonly LimitRule[] {
  const byId = new Map<string, LimitRule>();
  for (const rule of rules) {
    const known = byId.get(rule.id);
    assert.ok(
      known === undefined || sameBalance(known, rule),
      `limit ${rule.id} counts two things`,
    );
    if (known === undefined || BigInt(rule.cap) < BigInt(known.cap)) byId.set(rule.id, rule);
  }
  for (const { number, lowers } of tightenings) {
    for (const { limit, cap } of lowers) {
      const known = byId.get(limit);
      if (known === undefined || BigInt(cap) >= BigInt(known.cap)) continue;
      const [clause] = known.clause.split("/");
      byId.set(limit, { ...known, cap, clause: `${clause}/${directiveName(number)}` });
    }
  }
  return [...byId.values()];
}

function sameBalance(one: LimitRule, other: LimitRule): boolean {
  const of = ({ measure, scope, window, classes, products = [] }: LimitRule) =>
    [measure, scope, window, ...classes, ":", ...products].join();
  return of(one) === of(other);
}

function closed(living: Classes, tightenings: readonly Tightening[]): Classes {
  const closes = new Set(tightenings.flatMap((item) => item.closes));
  return {
    OPEN: living.OPEN && !closes.has("OPEN"),
    USE: living.USE && !closes.has("USE"),
    SERVICE: living.SERVICE,
  };
}
