/**
 * How the life ends: the test is evaluated and misses the threshold on refusals that it declared, the
 * supervisor fails it by two, and the pilot leaves by its own plan while payments are in flight.
 */
import { join } from "node:path";
import { evaluationPath, stagesOf, standingOf } from "../evaluating.ts";
import {
  archive,
  beginExit,
  bringItems,
  closeStep,
  closeTooEarly,
  complete,
  dryRunOf,
  exitOf,
  type ExitStep,
} from "../exiting.ts";
import { published, takeFacts } from "../front-door.ts";
import { as, byTwo, check, demand, note, settled, SUPERVISORS, tell, tried } from "../stage.ts";
import { buy, finish, keepBooks, tokensOf } from "./business.ts";
import { WORDS_OF_CARD } from "./cards.ts";
import { isDeclined, type Order, ordersOfAll } from "./business-plan.ts";
import type { Life, Step } from "./life.ts";
import { itemsOf, windUp } from "./winding-up.ts";
import { BANK, DAYS, type LifePlan, on, PILOT, SHOPS } from "./plan.ts";
import { comparePaid, compareShops, lookAtExpired } from "./settling.ts";

/** The auditor's file, in the folder of the life. */
export const FACTS = "facts.jsonl";
/** The step of the plan that waits until nothing is held any more. */
const WAITS_FOR_HOLDS = "holds_finished";

const said = (zh: string, en: string) => ({ zh, en });

export function endingSteps(plan: LifePlan): Step[] {
  return [
    ...stagesOf<Life>(BANK, (days) => on(plan, DAYS.evaluated + days)),
    { name: "in-flight", at: on(plan, DAYS.inFlight), run: takeOff },
    { name: "failed", at: on(plan, DAYS.inFlight, 15), run: fail },
    { name: "exits", at: on(plan, DAYS.exits), run: begin },
    { name: "captured", at: on(plan, DAYS.captured), run: landWhatIsCaptured },
    { name: "drained", at: on(plan, DAYS.drained), run: drain },
    { name: "left", at: on(plan, DAYS.left), run: leave },
  ];
}

/** Under evaluation customers go on paying: these payments will be in flight when the pilot leaves. */
async function takeOff(life: Life): Promise<void> {
  await tokensOf(life);
  for (const order of life.plan.inFlight) {
    await buy(life, order);
    life.onAct();
  }
  keepBooks(life);
}

/** What the plan foretells of everything that the pilot was asked: acts, and those refused. */
export function askedOf(plan: LifePlan): { readonly asked: number; readonly refused: number } {
  const orders = ordersOfAll(plan);
  const refused = orders.filter(isDeclined).length;
  const finished = orders.reduce((sum, order) => sum + deedsOf(order), 0);
  const bounds = plan.customers.filter(({ trait }) => trait === "small").length;
  const scenes = new Set(SHOPS.flatMap(({ articles }) => articles.map(({ scene }) => scene))).size;
  // A requestor is applied for, proposed and admitted; a customer has a card, money and a token.
  const readied = SHOPS.length * 2 + scenes + plan.customers.length * 3 + bounds;
  const words = plan.days.flatMap(({ replacing }) => replacing).length * WORDS_OF_CARD;
  // At each midnight from the first day on the bank closes the day with either of them.
  const closed = SHOPS.length * (DAYS.measured - DAYS.started - 1);
  // One card more than the pilot may have is refused as well.
  const asked = readied + orders.length + finished + words + closed + 1;
  return { asked, refused: refused + 1 };
}

/** Acts of a shop on an order after it was authorised. */
function deedsOf(order: Order): number {
  if (isDeclined(order) || order.fate === "expires") return 0;
  return order.fate === "parts" || order.fate === "part_refunded" ? 2 : 1;
}

/** A pass is refused by the threshold; the figures are those of the plan, act by act. */
async function fail(life: Life): Promise<void> {
  const asking = { ...SUPERVISORS, path: evaluationPath(BANK, "evaluation/result") } as const;
  const pass = { result: "pass", reason: said("达标", "Met") };
  const code = await tried(life, { ...asking, key: "too-good", body: pass });
  const reason = said("拒绝率超过标准。", "More was refused than the threshold allows.");
  await byTwo(life, { ...asking, key: "fail", body: { result: "fail", reason } });
  await settled(life, PILOT, "failed");
  const { findings } = await standingOf(life, BANK);
  const criteria = findings?.measurement.criteria ?? [];
  const missed = criteria.filter(({ met }) => !met);
  const [one] = missed;
  const { asked, refused } = askedOf(life.plan);
  check(life, {
    name: "failed",
    zh: "拒绝率未达标准，逐笔与预告一致，不得通过",
    en: "More is refused than was declared, act by act as foretold, and it may not pass",
    expected: `evaluation_criteria_not_met; denial_rate_bp ${refused} of ${asked}; 1 of ${criteria.length} missed`,
    seen: `${code}; ${one?.subject} ${one?.sums} of ${one?.over}; ${missed.length} of ${criteria.length} missed`,
  });
  tell(life, {
    ...{ at: on(life.plan, DAYS.inFlight, 15), pilot: PILOT },
    ...{ zh: "评价未通过，两人确认", en: "fails its evaluation, confirmed by two" },
  });
}

async function begin(life: Life): Promise<void> {
  const dry = await dryRunOf(life, BANK);
  const holds = dry.steps
    .flatMap(({ open }) => open)
    .filter(({ predicate }) => predicate === WAITS_FOR_HOLDS);
  const { inFlight } = life.plan;
  check(life, {
    name: "dry-run",
    zh: "退出演练列出在途的授权",
    en: "A dry run of leaving lists the payments in flight",
    expected: `${inFlight.length} in flight`,
    seen: holds.map(({ amount }) => `${amount} in flight`).join(", "),
  });
  await beginExit(life, {
    leaver: BANK,
    reason: said("评价未通过", "It failed its evaluation"),
    notice: said("智令开始退出，已授权的照常办结。", "The pilot begins to leave."),
  });
  await settled(life, PILOT, "exiting");
  tell(life, {
    ...{ at: on(life.plan, DAYS.exits), pilot: PILOT },
    zh: `开始退出，${inFlight.length}笔授权在途`,
    en: `begins to leave with ${inFlight.length} payments in flight`,
  });
}

/** Steps up to the one that waits for holds; it does not close while any is open. */
async function landWhatIsCaptured(life: Life): Promise<void> {
  await tokensOf(life);
  const { steps } = await exitOf(life, BANK);
  const waits = steps.findIndex(({ until }) => until.includes(WAITS_FOR_HOLDS));
  const waiting = steps[waits];
  demand(waiting !== undefined, "no step of the plan waits for holds");
  for (const step of steps.slice(0, waits)) await takeStep(life, step);
  check(life, {
    name: "too-early",
    zh: "授权在途时，这一步不能完成",
    en: "The step does not close while payments are in flight",
    expected: "exit_obligations_outstanding",
    seen: await closeTooEarly(life, { leaver: BANK, step: waiting }),
  });
  for (const order of life.plan.inFlight) {
    if (order.fate !== "expires") await finish(life, order);
  }
  keepBooks(life);
}

/** The last hold has ended by itself; what is left of the plan is done, and everybody is paid. */
async function drain(life: Life): Promise<void> {
  await tokensOf(life);
  const { inFlight } = life.plan;
  await lookAtExpired(life, inFlight, "landed");
  await compareShops(life, { when: "end", orders: [...ordersOfAll(life.plan), ...inFlight] });
  await comparePaid(life, { when: "end", until: DAYS.drained });
  const { steps } = await exitOf(life, BANK);
  const waits = steps.findIndex(({ until }) => until.includes(WAITS_FOR_HOLDS));
  for (const step of steps.slice(waits)) await takeStep(life, step);
}

/** What a step says is done before it is reported: it does not close while anything of it is left. */
async function takeStep(life: Life, step: ExitStep): Promise<void> {
  await windUp(life, step);
  if (step.until.includes("archive_verified")) await takeArchive(life);
  const kind = step.items?.kind;
  const refs = kind === undefined ? undefined : itemsOf(kind);
  if (kind !== undefined && refs !== undefined) {
    await bringItems(life, { leaver: BANK, who: "sandbar-bank operator", kind, refs });
  }
  const counted = refs === undefined ? {} : { items: refs.length };
  await closeStep(life, { leaver: BANK, step, ...counted });
}

/**
 * Once all is published the log is archived, and the auditor takes his facts: what the archive holds
 * by hash, he holds in full.
 */
async function takeArchive(life: Life): Promise<void> {
  const auditor = as(life, "auditor auditor");
  const { keys } = await published(auditor, PILOT);
  note(life, "keys", keys.map(({ vkey }) => vkey).join(" "));
  await archive(life, BANK);
  await takeFacts(auditor, { pilot: PILOT, path: join(life.data, FACTS) });
}

async function leave(life: Life): Promise<void> {
  const report = await complete(life, BANK);
  note(life, "archive", report.archive.hash);
  check(life, {
    name: "left",
    ...{ zh: "退出完成，报告公开", en: "The pilot has left, with a public report" },
    expected: `completed in ${DAYS.left - DAYS.exits} days, archive of 64 digits`,
    seen: `${report.state} in ${report.days} days, archive of ${report.archive.hash.length} digits`,
  });
  tell(life, {
    ...{ at: on(life.plan, DAYS.left), pilot: PILOT },
    ...{ zh: "退出完成，归档已恢复核验", en: "has left; its archive was restored" },
  });
}
