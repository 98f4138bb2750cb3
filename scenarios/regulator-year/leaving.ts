/** Pilots that leave in the year, each by its own plan, and what each has to bring to an end. */
import { PermitClient } from "@sandbank/world";
import {
  archive,
  beginExit,
  bringItems,
  closeStep,
  closeTooEarly,
  complete,
  dryRunOf,
  type ExitStep,
  exitOf,
  type Leaver,
} from "../exiting.ts";
import { as, check, demand, settled, tell } from "../stage.ts";
import { on, type YearPlan } from "./plan.ts";
import type { Step, Year } from "./year.ts";

/** A pilot's leaving: when it begins, and what its institution has to bring to an end. */
interface Leaving extends Leaver {
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
    { name: `${of.pilot}.left`, at: on(plan, of.month, 20), run: (year) => finish(year, of) },
  ]);
}

async function begin(year: Year, of: Leaving): Promise<void> {
  const { pilot, reason, month } = of;
  const dry = await dryRunOf(year, of);
  const owed = outstandingOf(year, pilot);
  check(year, {
    name: `${pilot}.dry-run`,
    zh: `${pilot}退出演练列出客户所欠，分毫不差`,
    en: `A dry run of leaving ${pilot} lists what customers owe, to the fen`,
    ...{ expected: `${owed} fen`, seen: `${dry.owedByCustomersFen} fen` },
  });
  const notice = { zh: "试点开始退出，存量业务照常办结。", en: "The pilot begins to leave." };
  await beginExit(year, { leaver: of, reason, notice });
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

/** Every step in its order; before its obligations are met a step is refused. */
async function drain(year: Year, of: Leaving): Promise<void> {
  const { organisation, items } = of;
  const { steps } = await exitOf(year, of);
  for (const step of steps) {
    const kind = step.items?.kind;
    const refs = kind === undefined ? undefined : (items[kind] ?? []);
    const who = `${organisation} permits` as const;
    if (kind !== undefined) await bringItems(year, { leaver: of, who, kind, refs: refs ?? [] });
    if (step.until.includes("stocks_zero")) await closeAll(year, of, step);
    if (step.until.includes("archive_verified")) await archive(year, of);
    const counted = refs === undefined ? {} : { items: refs.length };
    await closeStep(year, { leaver: of, step, ...counted });
  }
}

/** While anything is owed the step is refused; then the institution closes what it has open. */
async function closeAll(year: Year, of: Leaving, step: ExitStep): Promise<void> {
  const house = year.plan.houses.find((one) => one.house.front.pilot === of.pilot);
  const closures = house?.closures ?? [];
  if (closures.length === 0) return;
  check(year, {
    name: `${of.pilot}.too-early`,
    zh: `${of.pilot}仍有余额时这一步不能完成`,
    en: `A step of ${of.pilot} does not close while something is owed`,
    expected: "exit_obligations_outstanding",
    seen: await closeTooEarly(year, { leaver: of, step }),
  });
  const permits = new PermitClient(as(year, `${of.organisation} permits`), of.pilot);
  for (const one of await permits.act(closures)) {
    demand(one.outcome === "accepted", `${one.permit} was not closed`);
  }
}

async function finish(year: Year, of: Leaving): Promise<void> {
  const { pilot, month } = of;
  const report = await complete(year, of);
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
