/**
 * What the steps of an application have alike: barriers of class SERVICE over one docket, and the
 * beginning of their decisions. Also the checks that several of them make: a signature over the
 * version's hash, completeness, time.
 */
import {
  calendarDate,
  type Instant,
  shanghaiDate,
  addDays,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { change, type Change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { signVersion, stepPilot } from "../application/application.store.ts";
import { missingOf } from "../declaration/completeness.ts";
import { failedCheck } from "../declaration/declaration.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { lasts } from "../declaration/difference.ts";
import {
  type Docket,
  loadDockets,
  shownOfDocket,
  type Standing,
  standingFor,
} from "../docket/docket.ts";
import { termsOf } from "../admission/terms.ts";
import { compile } from "../policy/policy.ts";
import { rehearse } from "../policy/rehearsal.ts";
import { refuse } from "../refusals.ts";
import { declarationText, verifies } from "../signature/signature.ts";
import { type Event, move, type State } from "../pilot/pilot.ts";

interface OfPilot {
  readonly pilot: string;
}

/** Steps that name nothing beside their pilot. */
export const STEPS = {
  class: "SERVICE",
  barrier: true,
  keys: ({ pilot }: OfPilot) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
  shown: shownOfDocket,
} as const satisfies Partial<Command<OfPilot, Docket>>;

export const signatureContract = z.strictObject({
  /** Id of the key: SHA-256 of its 32 raw bytes. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** 64 bytes, base64url. */
  value: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

export const signedContract = z.strictObject({
  version: z.int().min(1),
  signature: signatureContract,
});

type Signed = OfPilot & Readonly<z.infer<typeof signedContract>>;

/** Steps by which an approver signs a version. */
export const SIGNED_STEPS = {
  ...STEPS,
  may: ["institution_approver"],
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, {
      questions,
      of: { slugOf: ({ pilot }) => pilot, keyOf: ({ signature }) => signature.key },
    }),
} as const satisfies Partial<Command<Signed, Docket>>;

type Decides<C> = Command<C, Docket>["decide"];
type Asked<C> = Omit<Parameters<Decides<C>>[0], "state"> & { readonly standing: Standing };

/** Decides on an application. Refuses as `standingFor` does before anything else. */
export function withStanding<C>(decide: (asked: Asked<C>) => Decision | Refusal): Decides<C> {
  return ({ state, ...asked }) => {
    const found = standingFor(state, asked.principal);
    return isRefusal(found) ? found : decide({ ...asked, standing: found });
  };
}

/**
 * Decides on a step that moves the pilot by `event`, to the state `to`. Refuses as `standingFor`
 * does, then by the state's own code, before anything else.
 */
export function moving<C>(
  event: Event,
  decide: (asked: Asked<C> & { readonly to: State }) => Decision | Refusal,
): Decides<C> {
  return withStanding((asked) => {
    const to = move(asked.standing.pilot.state, event);
    return isRefusal(to) ? to : decide({ ...asked, to });
  });
}

/** The move of a pilot without a policy, to stand on `declaration`. */
export function stepTo(
  standing: Standing,
  to: { readonly state: State; readonly now: Instant; readonly declaration?: number },
): Change {
  const { slug, declaration } = standing.pilot;
  return change(stepPilot, {
    ...{ slug, state: to.state, since: toIso(to.now) },
    declaration: to.declaration ?? declaration,
  });
}

/**
 * The signature of the latest version by somebody who did not draft, or why not. Codes in order:
 * version_not_latest, drafter_may_not_sign, signing_key_unknown, signature_does_not_verify, then
 * those of `readiness`. A version that was signed before keeps its first signature.
 */
export function signed(
  standing: Standing,
  by: { readonly command: Signed; readonly principal: Principal; readonly now: Instant },
): readonly Change[] | Refusal {
  const { command, principal, now } = by;
  const { latest, filings, pilot } = standing;
  const filing = filings.find((row) => row.version === command.version);
  if (filing === undefined || command.version !== latest.version) {
    const params = { latest: String(latest.version), version: String(command.version) };
    return refuseStep("version_not_latest", { field: "/version", params });
  }
  if (filings.some((row) => row.drafted_by === principal.id)) {
    return refuseStep("drafter_may_not_sign");
  }
  const key = standing.keys.find(({ id }) => id === command.signature.key);
  const usable = key?.organisation === principal.organisation && key.ended_at === null;
  if (key === undefined || !usable) {
    return refuseStep("signing_key_unknown", { field: "/signature/key" });
  }
  const text = declarationText({ pilot: pilot.slug, version: filing.version, hash: filing.hash });
  if (!verifies({ publicKey: key.public_key, text, signature: command.signature.value })) {
    return refuseStep("signature_does_not_verify", { field: "/signature/value" });
  }
  const wrong = readiness(latest.body);
  if (wrong !== undefined) return wrong;
  if (filing.signature !== null) return [];
  return [
    change(signVersion, {
      ...{ pilot: pilot.slug, version: filing.version, signed_by: principal.id },
      ...{ key: key.id, signature: command.signature.value, signed_at: toIso(now) },
    }),
  ];
}

/**
 * Why a declaration cannot go to the supervisor yet: declaration_incomplete with every clause that
 * is missing and every flaw of the exit plan, the codes of `failedCheck`, policy_fails_its_self_test
 * for terms that do not compile.
 */
export function readiness(declaration: Declaration): Refusal | undefined {
  const missing = missingOf(declaration);
  const [first] = missing;
  if (first !== undefined) {
    const params = { n: String(missing.length), clause: first.clause };
    const failed = missing.map(({ code, clause, field, of }) => ({
      ...{ code, limit: of ?? field, clause },
    }));
    return refuseStep("declaration_incomplete", { field: first.field, params, failed });
  }
  return failedCheck(declaration) ?? failedTerms(declaration);
}

/** The policy is compiled and rehearsed long before it is armed, so that nobody consults in vain. */
function failedTerms(declaration: Declaration): Refusal | undefined {
  const admission = termsOf(declaration);
  const { from } = declaration.testPeriod;
  if (admission === undefined || from === null) return undefined;
  const start = calendarDate(from);
  const period = {
    from: toIso(shanghaiMidnight(start)),
    to: toIso(shanghaiMidnight(addDays(start, lasts(declaration)))),
  };
  const sources = { declaration, admission, state: "ready" as const, tightenings: [], period };
  const [problem] = rehearse(compile({ ...sources, version: 1 }));
  if (problem === undefined) return undefined;
  return refuse("policy_fails_its_self_test", { params: { problem } });
}

/**
 * The first of assessments and pledge that ends before `end`, the last day of the test. Refuses
 * assessment_ends_before_the_test.
 */
export function endsTooSoon({ form }: Declaration, end: string): Refusal | undefined {
  if (form === null) return undefined;
  const terms = [
    { clause: "3", field: "/form/legal/validUntil", until: form.legal?.validUntil },
    { clause: "4", field: "/form/technical/validUntil", until: form.technical?.validUntil },
    { clause: "5.2", field: "/form/pledge/validUntil", until: form.pledge?.validUntil },
  ];
  for (const { clause, field, until } of terms) {
    if (until !== undefined && until >= end) continue;
    const params = { clause, until: until ?? "—", end };
    return refuseStep("assessment_ends_before_the_test", { field, params });
  }
  return undefined;
}

/** When a window of whole days ends that begins after today: 24:00 of its last day. */
export function windowEnd(now: Instant, days: number): Instant {
  return shanghaiMidnight(addDays(shanghaiDate(now), days + 1));
}
