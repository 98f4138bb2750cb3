/**
 * What is read of an evaluation: how it stands, the public record of its result, the file for staff,
 * and the thresholds as they would be measured now. It decides nothing.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { Criterion } from "../evaluation/criterion.ts";
import type {
  Audit,
  CriterionAnswer,
  EvaluationAnswer,
  EvaluationFile,
  EvaluationFindings,
  ExpertOpinion,
  SelfTest,
  ThresholdsNow,
} from "../evaluation/evaluation.contract.ts";
import {
  type CriterionRow,
  type EvaluationRow,
  type EvaluationRows,
  evaluationsIn,
} from "../evaluation/evaluation.store.ts";
import { type ExtensionRow, extensionsIn } from "../evaluation/extension.store.ts";
import { type NoticeRow, readNotices } from "../notice/notice.store.ts";
import { findPilot, findPublicPilot, type PilotRow } from "../pilot/pilot.store.ts";
import { type PolicyHash, readPolicyHashes } from "../policy/policy.store.ts";
import { type EndingPorts, SANDBOX_PARTITION } from "../ports.ts";
import { thresholdCriteria } from "./measure.ts";
import { endFrom } from "./request.ts";
import { thresholdsOf } from "../evaluation/criterion.ts";

/** Readers of evaluations, for routes and for the public site. */
export interface Evaluations {
  /** How a pilot's evaluation stands, the latest unless told; undefined where there is none. */
  standing(pilot: string, round?: number): Promise<EvaluationAnswer | undefined>;
  /** The same with everything that it found so far. */
  file(pilot: string): Promise<EvaluationFile | undefined>;
  /** Undefined for a pilot that is unknown or has no whole day of its test behind it. */
  thresholds(pilot: string): Promise<ThresholdsNow | undefined>;
  extensions(pilot: string): Promise<readonly ExtensionRow[]>;
}

export function openEvaluations(ports: Pick<EndingPorts, "store" | "measures">): Evaluations {
  const { store } = ports;
  return {
    async standing(slug, round) {
      const read = await readOne(store, slug, round);
      return read && standingOf(read);
    },
    async file(slug) {
      const read = await readOne(store, slug, undefined);
      return read && fileOf(read);
    },
    thresholds: (slug) => thresholdsNow(ports, slug),
    extensions: (slug) => extensionsIn(store, SANDBOX_PARTITION, [slug]),
  };
}

interface Read extends Pick<EvaluationRows, "reports" | "experts" | "returns" | "criteria"> {
  readonly pilot: PilotRow;
  readonly evaluation: EvaluationRow;
  readonly measurement: EvaluationRows["measurements"][number] | undefined;
  readonly notices: readonly NoticeRow[];
  readonly policies: readonly PolicyHash[];
}

async function readOne(
  store: Store,
  slug: string,
  round: number | undefined,
): Promise<Read | undefined> {
  const [pilot, rows, notices, policies] = await Promise.all([
    findPublicPilot(store, SANDBOX_PARTITION, slug),
    evaluationsIn(store, SANDBOX_PARTITION, { pilots: [slug], round }),
    readNotices(store, SANDBOX_PARTITION, slug),
    readPolicyHashes(store, SANDBOX_PARTITION, slug),
  ]);
  const [evaluation] = rows.evaluations;
  const measurement = rows.measurements[0];
  return pilot && evaluation && { pilot, ...rows, evaluation, measurement, notices, policies };
}

function standingOf(read: Read): EvaluationAnswer {
  const { pilot, evaluation, returns, criteria } = read;
  const { state, reason, settled_at: settled } = evaluation;
  const overrides = criteria.filter(({ override }) => override !== null).length;
  return {
    ...{ pilot: pilot.slug, name: pilot.body.name, round: evaluation.round, state },
    ...{ askedAt: toIso(evaluation.asked_at), organisation: evaluation.organisation },
    returns: returns.map(({ from_state: from, to_state: to, reasons, at }) => ({
      ...{ from, to, reasons: [...reasons], at: toIso(at) },
    })),
    result:
      reason === null || settled === null
        ? null
        : { passed: state !== "failed", reason, at: toIso(settled), overrides },
    brokenOffAt: state === "broken_off" ? when(settled) : null,
    graduation: graduationOf(read),
    findings: reason === null ? null : findingsOf(read),
  };
}

function graduationOf({ evaluation, notices, policies }: Read): EvaluationAnswer["graduation"] {
  const { decided_at: decided, effective_at: effective, graduated_at: graduated } = evaluation;
  if (decided === null || effective === null) return null;
  // A graduated pilot gets no policy after the one that lifted its caps.
  const [policy, before] = graduated === null ? [] : policies;
  const notice = graduated && notices.find(({ kind }) => kind === "graduated");
  return {
    ...{ decidedAt: toIso(decided), effectiveAt: toIso(effective), graduatedAt: when(graduated) },
    ...{ notice: notice?.number ?? null, policy: policy ?? null, before: before ?? null },
  };
}

function findingsOf(read: Read): EvaluationFindings {
  const { reports, experts, measurement, criteria } = read;
  const standing = reports.filter(({ state }) => state === "standing");
  const filed = standing.map(({ kind, organisation, at, body }) => {
    return { kind, organisation, at: toIso(at), body };
  });
  const [self] = filed.filter(({ kind }) => kind === "self_test");
  const [audit] = filed.filter(({ kind }) => kind === "audit");
  return {
    selfTest: self ? { ...headOf(self), report: self.body as SelfTest } : null,
    audit: audit ? { ...headOf(audit), report: audit.body as Audit } : null,
    opinions: filed
      .filter(({ kind }) => kind === "opinion")
      .map((one) => ({
        ...headOf(one),
        ...(one.body as Pick<ExpertOpinion, "scores" | "opinion">),
      })),
    recusals: experts.flatMap(({ organisation, reason, recused_at: at }) =>
      reason === null || at === null ? [] : [{ organisation, reason, at: toIso(at) }],
    ),
    measurement:
      measurement === undefined
        ? null
        : {
            ...{ number: measurement.number, at: toIso(measurement.at) },
            ...{ from: toIso(measurement.from_at), to: toIso(measurement.to_at) },
            criteria: criteria.map(criterionShown),
            targets: [...measurement.targets],
          },
  };
}

function headOf({ organisation, at }: { readonly organisation: string; readonly at: string }) {
  return { organisation, at };
}

function fileOf(read: Read): EvaluationFile {
  const authors = read.reports
    .filter(({ kind, state }) => kind === "opinion" && state === "standing")
    .map(({ author }) => author);
  return {
    ...standingOf(read),
    findings: findingsOf(read),
    panel: read.experts.map(({ person, organisation, state }) => ({
      ...{ person, organisation, state, scored: authors.includes(person) },
    })),
  };
}

const whole = (value: bigint | null) => (value === null ? null : String(value));

function criterionShown(row: CriterionRow): CriterionAnswer {
  const { override: reason, override_evidence: evidence, overridden_at: at } = row;
  const overridden = reason === null || at === null ? null : { reason, evidence, at: toIso(at) };
  return { ...figuresShown(row), override: overridden };
}

function figuresShown(one: Criterion): Omit<CriterionAnswer, "override"> {
  const { criterion, kind, subject, label, clause, comparator, unit, met, lacks } = one;
  return {
    ...{ criterion, kind, subject, label, clause, comparator, unit, met, lacks },
    ...{ required: String(one.required), measured: whole(one.measured) },
    ...{ sums: whole(one.sums), over: whole(one.over) },
    ...{ indicator: one.indicator, formula: one.formula },
  };
}

async function thresholdsNow(
  { store, measures }: Pick<EndingPorts, "store" | "measures">,
  slug: string,
): Promise<ThresholdsNow | undefined> {
  const pilot = await findPilot(store, SANDBOX_PARTITION, slug);
  if (pilot === undefined) return undefined;
  const names = thresholdsOf(pilot).map(({ indicator }) => indicator);
  const measured = await measures.over(slug, [...new Set(names)]);
  if (measured === undefined) return undefined;
  const { from, to, complete, targets } = measured;
  return {
    ...{ pilot: slug, from: toIso(from), to: toIso(to), complete },
    endFrom: endFrom(pilot.period_from ?? from),
    criteria: thresholdCriteria(pilot, measured).map((one) => ({
      ...{ ...figuresShown(one), override: null },
    })),
    targets: targets.map(({ id, label, target, actual }) => ({
      ...{ id, label, target: String(target), actual: whole(actual ?? null) },
    })),
  };
}

function when(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}
