/**
 * What everybody may read of pilots: the register, one pilot in full, its limits and its notices.
 * One engine for the routes and the disclosure site. Nothing here is about a customer.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { LimitRule } from "@sandbank/kernel/guard";
import type { Store } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import { operatorsUnder } from "../admission/operators.ts";
import type { LimitsAnswer, Notice, PilotDetail, PilotSummary } from "../contract.ts";
import { ORDER } from "../declaration/shipped.ts";
import { readVersions } from "../declaration/declaration.store.ts";
import type { DirectiveView } from "../directive/directive.contract.ts";
import { type DirectiveRow, readDirectives } from "../directive/directive.store.ts";
import { readNotices } from "../notice/notice.store.ts";
import { findLatestPolicy, readObeyed } from "../policy/policy.store.ts";
import { readNumbers } from "../registration/registration.store.ts";
import {
  type LimitsReader,
  type LimitUse,
  SANDBOX_PARTITION,
  type SandboxPorts,
} from "../ports.ts";
import {
  findPublicPilot,
  type PilotRow,
  readPublicPilots,
  readServed,
} from "../pilot/pilot.store.ts";

/** Readers for anybody: the public routes and the disclosure site. */
export interface Register {
  /** Every pilot, the first batch in the order of its publication, then by slug. */
  summary(): Promise<PilotSummary[]>;
  detail(slug: string): Promise<PilotDetail | undefined>;
  limits(slug: string): Promise<LimitsAnswer | undefined>;
  /** Latest first, at most 200; undefined for an unknown pilot. */
  notices(slug: string): Promise<Notice[] | undefined>;
}

export type RegisterPorts = Pick<SandboxPorts, "store" | "limits" | "operatorOf">;

export function openRegister(ports: RegisterPorts): Register {
  const { store, limits } = ports;
  return {
    summary: () => summarise(ports),
    detail: (slug) => detailOf(ports, slug),
    limits: (slug) => limitsOf(store, limits, slug),
    async notices(slug) {
      const pilot = await findPublicPilot(store, SANDBOX_PARTITION, slug);
      if (pilot === undefined) return undefined;
      const rows = await readNotices(store, SANDBOX_PARTITION, slug);
      return rows.map((row) => ({ ...row, at: toIso(row.at) }));
    },
  };
}

async function summarise({ store, operatorOf }: RegisterPorts): Promise<PilotSummary[]> {
  const rows = await readPublicPilots(store, SANDBOX_PARTITION);
  const order: readonly string[] = ORDER;
  const rank = (slug: string) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  const sorted = rows.sort((one, other) => rank(one.slug) - rank(other.slug));
  const slugs = sorted.map(({ slug }) => slug);
  const [directives, numbers] = await Promise.all([
    readDirectives(store, SANDBOX_PARTITION, slugs),
    readNumbers(store, SANDBOX_PARTITION),
  ]);
  return sorted.map((row) => {
    const own = directives.filter(({ pilot }) => pilot === row.slug);
    return summaryOf(row, own, { numbers, operator: operatorOf(row.slug) });
  });
}

function summaryOf(
  row: PilotRow,
  directives: readonly DirectiveRow[],
  beside: {
    readonly numbers: ReadonlyMap<string, string>;
    readonly operator: string | undefined;
  },
): PilotSummary {
  const { slug, state, body } = row;
  const { numbers, operator } = beside;
  return {
    ...{ slug, state, since: toIso(row.since) },
    ...{ name: body.name, summary: body.summary, type: body.type, scale: [...body.scale] },
    institutions: body.institutions.map(({ name, role, kind }) => ({ name, role, kind })),
    demo: row.admission?.demo ?? false,
    reported: body.source !== null,
    number: numbers.get(slug) ?? body.number,
    directivesInForce: directives.filter((one) => one.status !== "lifted").length,
    runBy: operatorsUnder(row.admission, operator),
  };
}

async function detailOf(
  { store, operatorOf }: RegisterPorts,
  slug: string,
): Promise<PilotDetail | undefined> {
  const row = await findPublicPilot(store, SANDBOX_PARTITION, slug);
  if (row === undefined) return undefined;
  const [directives, versions, policy, served, obeyed, numbers] = await Promise.all([
    readDirectives(store, SANDBOX_PARTITION, [slug]),
    readVersions(store, SANDBOX_PARTITION, slug),
    findLatestPolicy(store, SANDBOX_PARTITION, slug),
    readServed(store, SANDBOX_PARTITION, slug),
    readObeyed(store, SANDBOX_PARTITION, slug),
    readNumbers(store, SANDBOX_PARTITION),
  ]);
  const { admission, period_from: from, period_to: to } = row;
  const partitions = served.map((partition) => {
    const known = obeyed.find((one) => one.served === partition);
    return { partition, version: known?.version ?? 0, since: known ? toIso(known.at) : null };
  });
  return {
    ...summaryOf(row, directives, { numbers, operator: operatorOf(slug) }),
    declaration: row.body,
    declarationVersion: row.declaration,
    declarationVersions: versions.map((one) => ({ ...one, at: toIso(one.at) })),
    admission: admission && {
      demo: admission.demo,
      label: admission.label,
      operators: admission.operators,
    },
    period: from === null || to === null ? null : { from: toIso(from), to: toIso(to) },
    policy:
      policy === undefined
        ? null
        : {
            ...{ version: policy.version, hash: policy.hash, phase: policy.body.phase },
            classes: policy.body.classes,
            directive: policy.body.directive ?? null,
            effective: partitions.every((one) => one.version === policy.version),
          },
    directives: directives.map(directiveView),
    partitions,
  };
}

/** A directive as the public reads it. */
function directiveView(row: DirectiveRow): DirectiveView {
  const when = (at: Instant | null) => (at === null ? null : toIso(at));
  return {
    ...{ id: row.id, number: row.number, kind: row.kind, status: row.status },
    ...{ closes: [...row.closes], lowers: [...row.lowers], reason: row.reason },
    liftedWhen: row.lifted_when,
    inForceAt: toIso(row.in_force_at),
    effectiveAt: when(row.effective_at),
    liftedAt: when(row.lifted_at),
    policyVersion: row.policy,
  };
}

async function limitsOf(
  store: Store,
  reader: LimitsReader,
  slug: string,
): Promise<LimitsAnswer | undefined> {
  const row = await findPublicPilot(store, SANDBOX_PARTITION, slug);
  if (row === undefined) return undefined;
  const demo = row.admission?.demo ?? false;
  const policy = await findLatestPolicy(store, SANDBOX_PARTITION, slug);
  if (policy === undefined) return { pilot: slug, policyVersion: 0, demo, at: null, limits: [] };
  const { at, uses } = await reader.read(slug, policy.body);
  const limits = policy.body.limits.map((rule) =>
    limitView(rule, { row, use: uses.find((one) => one.limit === rule.id) }),
  );
  return { pilot: slug, policyVersion: policy.version, demo, at: toIso(at), limits };
}

function limitView(
  rule: LimitRule,
  beside: { readonly row: PilotRow; readonly use: LimitUse | undefined },
): LimitsAnswer["limits"][number] {
  const { row, use } = beside;
  const admitted = row.admission?.caps.find((cap) => cap.id === rule.id);
  const declared = row.body.scale.find((item) => item.id === rule.id);
  const label: Text = admitted?.label ?? declared?.label ?? { zh: rule.id, en: rule.id };
  const cap = BigInt(rule.cap);
  const left = use === undefined ? null : cap > use.used ? cap - use.used : 0n;
  const unlowered = admitted?.cap ?? declared?.value ?? rule.cap;
  return {
    ...rule,
    classes: [...rule.classes],
    label,
    unit: rule.measure === "amount" || rule.measure === "single" ? "fen" : "count",
    admittedCap: unlowered === rule.cap ? null : unlowered,
    used: use === undefined ? null : String(use.used),
    left: left === null ? null : String(left),
    period: use?.period ?? null,
  };
}
