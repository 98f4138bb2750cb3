/** What the public site reads: the sandbox's register, in the site's own words. */
import { addDays, calendarDate, fromIso, shanghaiDate } from "@sandbank/kernel/clock";
import type { CommandClass, Phase } from "@sandbank/kernel/guard";
import type {
  Clause,
  DirectiveLine,
  DisclosureReader,
  Evidence,
  LimitLine,
  Notice,
  NoticeKind,
  Origin,
  PilotDetail as DetailPage,
  PilotSummary as SummaryPage,
  ScaleLine,
} from "@sandbank/disclosure";
import type { Mode } from "@sandbank/kernel/config";
import type { Store } from "@sandbank/kernel/store";
import type { Register } from "@sandbank/sandbox";
import type {
  Declaration,
  LimitsAnswer,
  Notice as SandboxNotice,
  PilotDetail,
  PilotSummary,
  ScaleItem,
} from "@sandbank/sandbox/contract";
import { sharedByCrowd } from "./crowd.ts";
import { regimeColumns } from "./regimes.ts";
import { businessNow } from "./readings.ts";
import { type Seen, seenOf } from "./seen.ts";
import { countedBy, relationOf } from "./stated.ts";

export interface DisclosureSources extends Pick<
  DisclosureReader,
  "complaints" | "compensation" | "exit" | "hearings"
> {
  readonly mode: Mode;
  readonly register: Register;
  readonly seen: Seen;
  /** Reads business time. */
  readonly store: Store;
  /** State of a pilot's log and a receipt from it; undefined before its first checkpoint. */
  evidence(slug: string): Promise<Evidence | undefined>;
}

export function disclosureReader(sources: DisclosureSources): DisclosureReader {
  const { register, mode, store } = sources;
  const setting = sharedByCrowd(async () => ({ mode, now: await businessNow(store) }));
  const pilots = sharedByCrowd(async () => {
    const summaries = await register.summary();
    return Promise.all(summaries.map((summary) => summaryPage(register, summary)));
  });
  const notices = sharedByCrowd((range) => {
    const [skip = 0, count = 0] = range.split(" ").map(Number);
    return noticePage(register, { skip, count });
  });
  return {
    setting: () => setting(""),
    pilots: () => pilots(""),
    pilot: sharedByCrowd(async (slug) => {
      const page = await detailPage(register, slug);
      return page && { ...page, ...(await seenOf(sources.seen, slug)) };
    }),
    notices: ({ skip, count }) => notices(`${skip} ${count}`),
    evidence: sharedByCrowd((slug) => sources.evidence(slug)),
    complaints: (slug) => sources.complaints(slug),
    compensation: (slug) => sources.compensation(slug),
    exit: (slug) => sources.exit(slug),
    hearings: sources.hearings,
    regimes: async () => regimeColumns(),
  };
}

async function summaryPage(register: Register, summary: PilotSummary): Promise<SummaryPage> {
  const [detail, limits] = summary.demo
    ? await Promise.all([register.detail(summary.slug), register.limits(summary.slug)])
    : [undefined, undefined];
  const [mainScale] = scalesOf(summary.scale, limits);
  return { ...headOf(summary, detail), ...(mainScale === undefined ? {} : { mainScale }) };
}

function headOf(summary: PilotSummary, detail: PilotDetail | undefined): SummaryPage {
  const operator = plainName(detail?.admission?.operators[0]?.name);
  return {
    slug: summary.slug,
    name: summary.name,
    purpose: summary.summary,
    declaredBy: summary.institutions.map((one) => one.name),
    ...(operator === undefined ? {} : { runBy: operator }),
    phase: phaseOf(summary.state),
    closed: closedClasses(detail),
  };
}

/** A name without its mark of fiction: the page says so itself, beside every such name. */
function plainName(name: { readonly zh: string; readonly en: string } | undefined) {
  if (name === undefined) return undefined;
  return { zh: name.zh.replace("（虚构）", ""), en: name.en.replace(" (fictional)", "") };
}

/** Results of an evaluation are a stage of it to the public. */
function phaseOf(state: PilotSummary["state"]): Phase {
  return state === "passed" || state === "failed" ? "evaluation" : state;
}

function closedClasses(detail: PilotDetail | undefined): CommandClass[] {
  const inForce = detail?.directives.filter((one) => one.status !== "lifted") ?? [];
  return [...new Set(inForce.flatMap((one) => one.closes))];
}

const UNIT_OF: Record<ScaleItem["unit"], ScaleLine["unit"]> = {
  person: "users",
  enterprise: "borrowers",
  partner: "platforms",
  transaction: "transactions",
  terminal: "terminals",
  card: "cards",
  fen: "fen",
};

/** Targets as the source states them; where a pilot runs, its own caps and use beside them. */
function scalesOf(items: readonly ScaleItem[], limits: LimitsAnswer | undefined): ScaleLine[] {
  const customers = limits?.limits.find((limit) => limit.measure === "customers");
  const stated = items.map((item): ScaleLine => {
    const counted = item.kind === "distinct" && item.unit === "person" ? customers : undefined;
    return {
      id: item.id.replaceAll("_", "-"),
      label: counted?.label ?? countedBy(item),
      unit: UNIT_OF[item.unit],
      target: {
        value: BigInt(item.value),
        relation: relationOf(item),
        origin: "reported",
      },
      ...(counted && limits ? enforced(counted, limits) : {}),
    };
  });
  const amounts = limits?.limits.filter(
    (limit) => limit.measure === "amount" && limit.used !== null,
  );
  const own = (amounts ?? []).map((limit): ScaleLine => {
    const line = { id: limit.id.replaceAll("_", "-"), label: limit.label, unit: "fen" as const };
    return { ...line, ...(limits ? enforced(limit, limits) : {}) };
  });
  return [...stated, ...own];
}

function enforced(limit: LimitsAnswer["limits"][number], limits: LimitsAnswer) {
  return {
    cap: { value: BigInt(limit.cap), clause: limit.clause },
    actual: {
      value: BigInt(limit.used ?? "0"),
      asOf: fromIso(limits.at ?? "1970-01-01T00:00:00.000Z"),
      source: "ledger" as const,
    },
  };
}

async function detailPage(register: Register, slug: string): Promise<DetailPage | undefined> {
  const detail = await register.detail(slug);
  if (detail === undefined) return undefined;
  const [limits, notices] = await Promise.all([register.limits(slug), register.notices(slug)]);
  const { declaration } = detail;
  const scales = scalesOf(detail.scale, detail.demo ? limits : undefined);
  const [mainScale] = scales;
  return {
    ...headOf(detail, detail),
    ...(mainScale === undefined ? {} : { mainScale }),
    ...(declaration.number === null ? {} : { number: declaration.number }),
    since: sinceOf(notices ?? []),
    ...(detail.period === null ? {} : { period: periodOf(detail.period) }),
    scales,
    compensation: statementOf(declaration.compensation),
    exit: statementOf(declaration.exit),
    limits: (limits?.limits ?? []).map(limitLine),
    directives: detail.directives
      .filter((one) => one.status !== "lifted")
      .map((one) => directiveLine(one, limits)),
    graduation: [],
    declaration: declarationOf(detail),
    notices: (notices ?? []).map((notice) => noticeLine(detail, notice)),
  };
}

function sinceOf(notices: readonly SandboxNotice[]): DetailPage["since"] {
  const day = (notice: SandboxNotice | undefined) => notice && shanghaiDate(fromIso(notice.at));
  const first = (kind: SandboxNotice["kind"]) =>
    day(notices.findLast((notice) => notice.kind === kind));
  // Newest first: of several evaluations the last counts, and none once the test goes on.
  const last = (kind: SandboxNotice["kind"], over?: SandboxNotice["kind"]) => {
    const found = notices.find((notice) => notice.kind === kind || notice.kind === over);
    return found?.kind === over ? undefined : day(found);
  };
  const days = {
    consultation: first("published"),
    registered: first("registered"),
    testing: first("started"),
    evaluation: last("evaluation_begun", "tested_again"),
    ended: last("graduated") ?? last("exited"),
  };
  return Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined));
}

function periodOf(period: { readonly from: string; readonly to: string }) {
  const day = (text: string) => shanghaiDate(fromIso(text));
  return { from: day(period.from), to: addDays(day(period.to), 0) };
}

/** What the source is silent about is no statement of it: the page has its own words for that. */
function statementOf(provision: Declaration["exit" | "compensation"]): DetailPage["exit"] {
  return provision.from === "silent" ? [] : [{ text: provision.text, origin: originOf(provision) }];
}

function originOf(provision: { readonly from: "source" | "silent" | "design" }): Origin {
  return provision.from === "design" ? "declared" : "reported";
}

function limitLine(limit: LimitsAnswer["limits"][number]): LimitLine {
  return {
    ...{ id: limit.id, measure: limit.measure, scope: limit.scope, window: limit.window },
    ...{ clause: limit.clause, cap: BigInt(limit.cap), label: limit.label },
    ...(limit.used === null ? {} : { used: BigInt(limit.used) }),
  };
}

function directiveLine(
  one: PilotDetail["directives"][number],
  limits: LimitsAnswer | undefined,
): DirectiveLine {
  const lowers = one.lowers.flatMap(({ limit, cap }) => {
    const found = limits?.limits.find(({ id }) => id === limit);
    if (found === undefined) return [];
    return [{ label: found.label, cap: BigInt(cap), measure: found.measure }];
  });
  return {
    number: `D${one.number}`,
    closes: one.closes,
    lowers,
    reason: one.reason,
    issuedAt: fromIso(one.inForceAt),
    ...(one.effectiveAt === null ? {} : { effectiveAt: fromIso(one.effectiveAt) }),
  };
}

function declarationOf(detail: PilotDetail): NonNullable<DetailPage["declaration"]> {
  const { declarationVersion: version, declarationVersions, declaration } = detail;
  const current = declarationVersions.find((one) => one.version === version);
  const published = declaration.source?.published;
  return {
    version,
    hash: current?.hash ?? "",
    publishedOn: published
      ? calendarDate(published)
      : shanghaiDate(fromIso(current?.at ?? detail.since)),
    clauses: clausesOf(detail.declaration),
  };
}

const TITLES = {
  technology: { zh: "技术应用", en: "Technology" },
  functions: { zh: "功能服务", en: "Functions" },
  scale: { zh: "预期规模", en: "Expected scale" },
  compensation: { zh: "风险补偿机制", en: "Risk compensation" },
  exit: { zh: "退出机制", en: "Exit" },
  graduation: { zh: "毕业标准", en: "Graduation" },
  complaints: { zh: "投诉渠道", en: "Complaints" },
} as const;

function clausesOf(declaration: Declaration): Clause[] {
  const stated =
    (title: Clause["title"]) =>
    (one: { clause: string; text: Clause["text"] }): Clause => ({
      ...{ number: one.clause, title, text: one.text, origin: "reported" },
    });
  const provision = (name: "compensation" | "exit" | "graduation" | "complaints"): Clause => {
    const { clause, text } = declaration[name];
    const { from } = declaration[name];
    const line = { number: clause, title: TITLES[name], text };
    return from === "silent" ? line : { ...line, origin: originOf(declaration[name]) };
  };
  return [
    ...declaration.technology.map(stated(TITLES.technology)),
    ...declaration.functions.map(stated(TITLES.functions)),
    provision("graduation"),
    ...declaration.scale.map((item) => stated(TITLES.scale)({ ...item, text: item.label })),
    provision("compensation"),
    provision("exit"),
    provision("complaints"),
  ];
}

const KIND_OF: Record<SandboxNotice["kind"], NoticeKind> = {
  published: "declaration",
  registered: "phase",
  ready: "phase",
  started: "phase",
  suspension: "directive",
  restriction: "directive",
  resumption: "lifted",
  lifting: "lifted",
  consultation_closed: "phase",
  amended: "declaration",
  refused: "phase",
  withdrawn: "phase",
  change_published: "declaration",
  change_adopted: "declaration",
  change_refused: "declaration",
  exit_begun: "phase",
  exited: "phase",
  evaluation_begun: "phase",
  evaluation_override: "phase",
  evaluation_passed: "phase",
  evaluation_failed: "phase",
  graduation_decided: "phase",
  graduated: "phase",
  tested_again: "phase",
  extension_granted: "phase",
  extension_refused: "phase",
  watch_finding: "phase",
  watch_accepted: "phase",
  watch_extended: "phase",
  watch_ended: "phase",
};

function noticeLine(pilot: PilotSummary, notice: SandboxNotice): Notice {
  return {
    number: notice.number,
    kind: KIND_OF[notice.kind],
    pilot: { slug: pilot.slug, name: pilot.name },
    at: fromIso(notice.at),
    text: notice.text,
  };
}

async function noticePage(
  register: Register,
  range: { readonly skip: number; readonly count: number },
) {
  const pilots = await register.summary();
  const all = await Promise.all(
    pilots.map(async (pilot) =>
      ((await register.notices(pilot.slug)) ?? []).map((notice) => noticeLine(pilot, notice)),
    ),
  );
  const later = (one: Notice, other: Notice) =>
    other.at - one.at || (other.number < one.number ? -1 : 1);
  const notices = all.flat().sort(later);
  return { notices: notices.slice(range.skip, range.skip + range.count), total: notices.length };
}
