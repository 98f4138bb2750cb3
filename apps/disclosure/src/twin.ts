/**
 * The machine-readable twins: the same facts as the pages, in one language, as JSON. Counts and
 * amounts are decimal strings (amounts in fen), instants RFC 3339, days YYYY-MM-DD.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Lang } from "@sandbank/kernel/words";
import type { Json } from "./face.ts";
import type {
  Condition,
  DirectiveLine,
  Evidence,
  IncidentLine,
  IndicatorLine,
  LimitLine,
  Notice,
  PilotDetail,
  PilotSummary,
  ScaleLine,
  Setting,
  Statement,
  WatchLine,
} from "./ports.ts";

type Twin = { readonly [name: string]: Json | undefined };

export function settingTwin(setting: Setting): Twin {
  return { mode: setting.mode, as_of: toIso(setting.now) };
}

export function summaryTwin(pilot: PilotSummary, lang: Lang): Twin {
  return {
    slug: pilot.slug,
    name: pilot.name[lang],
    purpose: pilot.purpose[lang],
    declared_by: pilot.declaredBy.map((name) => name[lang]),
    run_by: pilot.runBy?.[lang],
    phase: pilot.phase,
    closed_classes: pilot.closed,
    main_scale: pilot.mainScale && scaleTwin(pilot.mainScale, lang),
    page: `/${lang}/pilots/${pilot.slug}`,
  };
}

export function pilotTwin(pilot: PilotDetail, lang: Lang): Twin {
  return {
    ...summaryTwin(pilot, lang),
    number: pilot.number,
    since: { ...pilot.since },
    period: pilot.period && { from: pilot.period.from, to: pilot.period.to },
    scales: pilot.scales.map((line) => scaleTwin(line, lang)),
    compensation: pilot.compensation.map((one) => statementTwin(one, lang)),
    exit: pilot.exit.map((one) => statementTwin(one, lang)),
    limits: pilot.limits.map((limit) => limitTwin(limit, lang)),
    directives: pilot.directives.map((one) => directiveTwin(one, lang)),
    graduation: pilot.graduation.map((one) => conditionTwin(one, lang)),
    declaration: pilot.declaration && {
      version: pilot.declaration.version,
      sha256: pilot.declaration.hash,
      published_on: pilot.declaration.publishedOn,
      clauses: pilot.declaration.clauses.map((clause) => ({
        number: clause.number,
        title: clause.title[lang],
        text: clause.text[lang],
        origin: clause.origin,
      })),
    },
    notices: pilot.notices.map((one) => noticeTwin(one, lang)),
    indicators: pilot.indicators && {
      as_of: pilot.indicators.asOf && toIso(pilot.indicators.asOf),
      acts_still_to_be_counted: String(pilot.indicators.behind),
      indicators: pilot.indicators.lines.map((one) => ({
        ...indicatorTwin(one, lang),
        page: `/${lang}/pilots/${pilot.slug}?indicator=${one.id}#${one.id}`,
      })),
    },
    incidents: pilot.incidents?.map((one) => incidentTwin(one, lang)),
    watch: pilot.watch && watchTwin(pilot.watch, lang),
    evidence: `/${lang}/pilots/${pilot.slug}/evidence.json`,
  };
}

function indicatorTwin(one: IndicatorLine, lang: Lang): Twin {
  return {
    id: one.id,
    about: one.dimension,
    name: one.name[lang],
    source: one.source,
    standing: one.standing,
    figures: one.figures.map(({ label, value, unit, standing, threshold }) => ({
      label: label[lang],
      value: value === undefined ? null : String(value),
      unit,
      standing,
      threshold,
    })),
  };
}

function watchTwin(watch: WatchLine, lang: Lang): Twin {
  const { state, from, to, days, daysFrom, checks, findings } = watch;
  return {
    ...{ state, from, to, days, days_from: daysFrom },
    checks: checks.map(({ missed, ...check }) => ({
      ...{ ...check, missed: missed.map((label) => label[lang]) },
    })),
    findings: findings.map(({ number, kind, state: settled, at, check, reason, conditions }) => ({
      ...{ number, kind, state: settled, at: toIso(at), check, reason: reason?.[lang] },
      conditions: conditions?.map(({ text, by, state: judged }) => ({
        ...{ text: text[lang], by, state: judged },
      })),
    })),
  };
}

function incidentTwin(one: IncidentLine, lang: Lang): Twin {
  return {
    number: one.number,
    state: one.state,
    category: one.category,
    severity: one.severity,
    detected_at: toIso(one.detectedAt),
    resolved_at: one.resolvedAt && toIso(one.resolvedAt),
    affected_acts: one.affectedActs === undefined ? undefined : String(one.affectedActs),
    summary: one.summary?.[lang],
  };
}

function scaleTwin(line: ScaleLine, lang: Lang): Twin {
  const { target, cap, actual } = line;
  return {
    id: line.id,
    label: line.label[lang],
    unit: line.unit,
    target: target && {
      value: String(target.value),
      relation: target.relation,
      by: target.by,
      origin: target.origin,
    },
    cap: cap && { value: String(cap.value), clause: cap.clause },
    actual: actual && {
      value: String(actual.value),
      as_of: toIso(actual.asOf),
      source: actual.source,
    },
  };
}

function statementTwin(statement: Statement, lang: Lang): Twin {
  return { text: statement.text[lang], origin: statement.origin };
}

function limitTwin(limit: LimitLine, lang: Lang): Twin {
  return {
    id: limit.id,
    label: limit.label?.[lang],
    measure: limit.measure,
    scope: limit.scope,
    window: limit.window,
    cap: String(limit.cap),
    used: limit.used === undefined ? undefined : String(limit.used),
    clause: limit.clause,
  };
}

function directiveTwin(directive: DirectiveLine, lang: Lang): Twin {
  return {
    number: directive.number,
    closes: directive.closes,
    lowers: directive.lowers?.map(({ label, measure, cap }) => ({
      label: label[lang],
      measure,
      cap: String(cap),
    })),
    reason: directive.reason[lang],
    issued_at: toIso(directive.issuedAt),
    effective_at: directive.effectiveAt === undefined ? undefined : toIso(directive.effectiveAt),
  };
}

function conditionTwin(condition: Condition, lang: Lang): Twin {
  return {
    label: condition.label[lang],
    relation: condition.relation,
    unit: condition.unit,
    required: String(condition.required),
    current: condition.current === undefined ? undefined : String(condition.current),
    met: condition.met,
  };
}

export function noticeTwin(notice: Notice, lang: Lang): Twin {
  return {
    number: notice.number,
    kind: notice.kind,
    pilot: notice.pilot.slug,
    at: toIso(notice.at),
    text: notice.text[lang],
  };
}

export function evidenceTwin(evidence: Evidence): Twin {
  return {
    origin: evidence.origin,
    url: evidence.url,
    recorded_size: String(evidence.recordedSize),
    size: String(evidence.size),
    root: evidence.root,
    witnessed_at: evidence.witnessedAt === undefined ? undefined : toIso(evidence.witnessedAt),
    keys: evidence.keys.map(({ role, vkey }) => ({ role, vkey })),
    checkpoint: evidence.checkpoint,
    receipt: evidence.receipt && {
      proof: evidence.receipt.proof,
      record: evidence.receipt.record,
    },
  };
}
