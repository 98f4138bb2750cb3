/**
 * Pilots that leave: by a decision of two people of the supervisor, step by step over what is really
 * open, with an archive that was restored, to a completion by somebody who did not confirm.
 */
import { createHash } from "node:crypto";
import { PermitClient } from "@sandbank/world";
import { on, type YearPlan } from "./plan.ts";
import {
  act,
  as,
  byTwo,
  check,
  demand,
  read,
  settled,
  type Step,
  SUPERVISORS,
  tell,
  tried,
  waitFor,
  type Who,
  type Year,
} from "./year.ts";

/** A pilot's leaving: when it begins, and what its institution has to bring to an end. */
interface Leaving {
  readonly pilot: string;
  readonly organisation: string;
  readonly month: number;
  readonly reason: { readonly zh: string; readonly en: string };
  /** Items by kind, as the plan of the exit names kinds. */
  readonly items: Readonly<Record<string, readonly string[]>>;
}

export const LEAVING: readonly Leaving[] = [
  {
    ...{ pilot: "open-bank", organisation: "trellis-bank", month: 8 },
    reason: { zh: "业务调整", en: "A change of business" },
    items: {
      rectification_plan: ["swallow-stays", "wheatear-delivery", "slate-lettings"],
      partner: ["swallow-stays", "wheatear-delivery", "slate-lettings"],
      function: ["accounts", "payments"],
      data_set: ["customers", "transactions"],
      resource: ["gateway", "database"],
    },
  },
  {
    ...{ pilot: "item-provenance", organisation: "harrow-bank", month: 9 },
    reason: { zh: "按试点结果与监管意见", en: "By the result and the supervisor's opinion" },
    items: {
      partner_agreement: ["springbrook-tea"],
      node: ["node-1", "node-2", "node-3"],
      lookup_notice: ["notice-1"],
    },
  },
  {
    ...{ pilot: "phone-pos", organisation: "pebble-acquiring", month: 11 },
    reason: { zh: "不能满足要求", en: "Requirements are not met" },
    items: {
      ground: ["finding-1"],
      merchant: ["STALLS-NORTH", "STALLS-SOUTH"],
      terminal_batch: ["batch-1", "batch-2"],
      risk_reserve: ["reserve-1"],
    },
  },
];

/** The day of its month on which a pilot brings everything to an end. */
export const DRAINED_ON = 15;

export function leavingSteps(plan: YearPlan): Step[] {
  return LEAVING.flatMap((of) => [
    { name: `${of.pilot}.leaves`, at: on(plan, of.month, 5), run: (year) => begin(year, of) },
    {
      name: `${of.pilot}.drains`,
      at: on(plan, of.month, DRAINED_ON),
      run: (year) => drain(year, of),
    },
    { name: `${of.pilot}.left`, at: on(plan, of.month, 20), run: (year) => complete(year, of) },
  ]);
}

interface DryRun {
  readonly steps: readonly { readonly open: readonly unknown[] }[];
  readonly owedByCustomersFen: string;
}

async function begin(year: Year, of: Leaving): Promise<void> {
  const { pilot, reason, month } = of;
  const dry = await read<DryRun>(year, `/api/pilots/${pilot}/exit/dry-run`);
  const owed = outstandingOf(year, pilot);
  check(year, {
    name: `${pilot}.dry-run`,
    zh: `${pilot}退出演练列出客户所欠，分毫不差`,
    en: `A dry run of leaving ${pilot} lists what customers owe, to the fen`,
    ...{ expected: `${owed} fen`, seen: `${dry.owedByCustomersFen} fen` },
  });
  const notice = { zh: "试点开始退出，存量业务照常办结。", en: "The pilot begins to leave." };
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: `/api/pilots/${pilot}/exit`, key: `${pilot}.exit` },
    body: { reason, notice },
  });
  if (pilot === "phone-pos") await year.pulse.stop();
  await settled(year, pilot, "exiting");
  tell(year, {
    ...{ at: on(year.plan, month, 5), pilot },
    ...{ zh: `开始退出：${reason.zh}`, en: `begins to leave: ${reason.en.toLowerCase()}` },
  });
}

/** What the pilot's stocks hold before it leaves, in fen. */
function outstandingOf(year: Year, pilot: string): bigint {
  const of = year.plan.houses.find(({ house }) => house.front.pilot === pilot);
  if (!of?.house.front.counts.stock) return 0n;
  return of.months[of.house.until - 1]?.used ?? 0n;
}

interface Exit {
  readonly state: string;
  readonly steps: readonly {
    readonly id: string;
    readonly until: readonly string[];
    readonly by: "operator" | "compliance" | "supervisor";
    readonly state: string;
    readonly items: { readonly kind: string } | null;
  }[];
  readonly archives: readonly { readonly state: string }[];
}

function exitOf(year: Year, pilot: string): Promise<Exit> {
  return read<Exit>(year, `/api/pilots/${pilot}/exit`);
}

/** Every step in its order; before its obligations are met a step is refused. */
async function drain(year: Year, of: Leaving): Promise<void> {
  const { pilot, organisation, items } = of;
  const { steps } = await exitOf(year, pilot);
  for (const step of steps) {
    const kind = step.items?.kind;
    const refs = kind === undefined ? undefined : (items[kind] ?? []);
    const who: Who = step.by === "supervisor" ? "supervisor officer" : `${organisation} ${step.by}`;
    if (kind !== undefined) await bringItems(year, { of, kind, refs: refs ?? [] });
    if (step.until.includes("stocks_zero")) await closeAll(year, { of, who, step: step.id });
    if (step.until.includes("archive_verified")) await archive(year, of);
    const evidence = evidenceOf(`${pilot}/${step.id}`);
    const counted = refs === undefined ? {} : { items: refs.length };
    await act(year, {
      ...{ who, path: `/api/pilots/${pilot}/exit/steps`, key: `${pilot}.step-${step.id}` },
      body: { step: step.id, evidence, ...counted },
    });
  }
}

async function bringItems(
  year: Year,
  asked: { readonly of: Leaving; readonly kind: string; readonly refs: readonly string[] },
): Promise<void> {
  const { of, kind, refs } = asked;
  const { pilot, organisation } = of;
  const who: Who = `${organisation} permits`;
  const path = `/api/pilots/${pilot}/exit/items`;
  for (const ref of refs) {
    const key = `${pilot}.${kind}.${ref}`;
    await act(year, { who, path, key: `${key}.list`, body: { event: "list", kind, ref } });
    const evidence = evidenceOf(key);
    const body = { event: "finish", kind, ref, evidence };
    await act(year, { who, path, key: `${key}.finish`, body });
  }
}

/** While anything is owed the step is refused; then the institution closes what it has open. */
async function closeAll(
  year: Year,
  asked: { readonly of: Leaving; readonly who: Who; readonly step: string },
): Promise<void> {
  const { of, who, step } = asked;
  const house = year.plan.houses.find((one) => one.house.front.pilot === of.pilot);
  const closures = house?.closures ?? [];
  if (closures.length === 0) return;
  const code = await tried(year, {
    ...{ who, path: `/api/pilots/${of.pilot}/exit/steps`, key: `${of.pilot}.too-early` },
    body: { step, evidence: evidenceOf(`${of.pilot}/${step}`) },
  });
  check(year, {
    name: `${of.pilot}.too-early`,
    zh: `${of.pilot}仍有余额时这一步不能完成`,
    en: `A step of ${of.pilot} does not close while something is owed`,
    ...{ expected: "exit_obligations_outstanding", seen: code },
  });
  const permits = new PermitClient(as(year, `${of.organisation} permits`), of.pilot);
  for (const one of await permits.act(closures)) {
    demand(one.outcome === "accepted", `${one.permit} was not closed`);
  }
}

async function archive(year: Year, { pilot, organisation }: Leaving): Promise<void> {
  const path = `/api/pilots/${pilot}/exit/archive`;
  await act(year, { who: `${organisation} compliance`, path, key: `${pilot}.archive` });
  await waitFor(`${pilot} is archived`, async () => {
    const { archives } = await exitOf(year, pilot);
    return archives.at(-1)?.state === "verified" ? true : undefined;
  });
}

interface Report {
  readonly state: string;
  readonly days: number;
  readonly archive: { readonly hash: string };
}

async function complete(year: Year, of: Leaving): Promise<void> {
  const { pilot, organisation, month } = of;
  const statement = { zh: "全部义务已了结。", en: "Every obligation is met." };
  await act(year, {
    ...{ who: `${organisation} compliance`, path: `/api/pilots/${pilot}/exit/confirmation` },
    ...{ key: `${pilot}.confirm`, body: { statement } },
  });
  const path = `/api/pilots/${pilot}/exit/completion`;
  await act(year, { who: "supervisor approver", path, key: `${pilot}.complete` });
  await settled(year, pilot, "exited");
  const report = await read<Report>(year, `/api/pilots/${pilot}/exit/report`);
  tell(year, {
    ...{ at: on(year.plan, month, 20), pilot },
    ...{ zh: "退出完成，归档已恢复核验", en: "has left; its archive was restored" },
  });
  check(year, {
    name: `${pilot}.left`,
    zh: `${pilot}退出完成，报告公开`,
    en: `${pilot} has left, with a public report`,
    expected: "completed in 15 days, archive of 64 digits",
    seen: `${report.state} in ${report.days} days, archive of ${report.archive.hash.length} digits`,
  });
}

/** SHA-256 of the document that shows it; the demonstration's documents are their own names. */
function evidenceOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}
