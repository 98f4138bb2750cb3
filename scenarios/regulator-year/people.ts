/**
 * What people complain of in the year, each with a date: one decided in time and paid for by two, one
 * left until day 16, one extended by two and re-checked, one withdrawn, one that is none of this
 * pilot's. The book of complaints is the plan's own and is compared with the bank's at the end.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { after, midnightOf, on, type YearPlan } from "./plan.ts";
import {
  act,
  byTwo,
  check,
  note,
  noted,
  read,
  type Step,
  tell,
  type Who,
  type Year,
} from "./year.ts";

/** A complaint as the plan has it; instants of what happens to it. */
export interface Grievance {
  readonly id: string;
  readonly pilot: string;
  readonly desk: string;
  readonly category: string;
  readonly text: string;
  readonly lodged: Instant;
  /** First instant that is late, in the end. */
  readonly due: Instant;
  readonly answered?: Instant;
  readonly outcome?: "upheld" | "partly" | "rejected";
  readonly ground?: string;
  readonly withdrawn?: Instant;
  readonly rechecked?: Instant;
}

/** The law's days from receipt to decision; the day of receipt does not count. */
const TERM_DAYS = { usual: 15, extended: 30 } as const;
/** The one claim of the year: whose pool, what was asked and what was admitted and paid, in fen. */
export const CLAIM = {
  pilot: "payment-tokens",
  ...{ asked: "150000", admitted: "120000" },
} as const;

export function grievancesOf(plan: Pick<YearPlan, "first">): readonly Grievance[] {
  const at = (month: number, day: number) => after(on(plan, month, day), 300);
  const due = (month: number, day: number, days: number) => midnightOf(plan, month, day + days + 1);
  const usual = TERM_DAYS.usual;
  return [
    {
      ...{ id: "paid", pilot: "payment-tokens", desk: "sandbar-bank", category: "wrong_amount" },
      text: "多扣了一笔款，请退还。 Charged twice for one journey; please pay it back.",
      ...{ lodged: at(3, 4), due: due(3, 4, usual), answered: at(3, 12), outcome: "upheld" },
    },
    {
      ...{ id: "late", pilot: "open-bank", desk: "trellis-bank", category: "service" },
      text: "账户打不开，客服一直没有答复。 The account does not open and nobody answers.",
      ...{ lodged: at(4, 5), due: due(4, 5, usual), answered: at(4, 23), outcome: "partly" },
    },
    {
      ...{ id: "long", pilot: "small-business-credit", desk: "furrow-bank", category: "fees" },
      text: "放款时收取了没有约定的费用。 A fee that nobody agreed was taken on drawing.",
      ...{ lodged: at(6, 4), due: due(6, 4, TERM_DAYS.extended), answered: at(6, 28) },
      ...{ outcome: "rejected", rechecked: at(7, 8) },
    },
    {
      ...{ id: "gone", pilot: "phone-pos", desk: "pebble-acquiring", category: "explanation" },
      text: "结算说明看不懂，请解释。 The statement of settlement cannot be understood.",
      ...{ lodged: at(5, 6), due: due(5, 6, usual), withdrawn: at(5, 9) },
    },
    {
      ...{ id: "stray", pilot: "mortgage-credit", desk: "eaves-bank", category: "other" },
      text: "楼上漏水，请银行处理。 Water comes through the ceiling; the bank should see to it.",
      ...{ lodged: at(8, 6), due: due(8, 6, usual), answered: at(8, 8) },
      ground: "not_about_this_pilot",
    },
  ];
}

export function peopleSteps(plan: YearPlan): Step[] {
  const all = grievancesOf(plan);
  const of = (id: string) => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new Error(`no complaint ${id}`);
    return found;
  };
  const [late, long, paid] = [of("late"), of("long"), of("paid")];
  return [
    ...all.map((one) => ({
      ...{ name: `lodged.${one.id}`, at: one.lodged },
      run: (year: Year) => lodge(year, one),
    })),
    ...all.flatMap((one) => endingOf(one)),
    { name: "day-15", at: (late.due - 1) as Instant, run: (year) => lookAtClock(year, late, 0) },
    { name: "day-16", at: late.due, run: (year) => lookAtClock(year, late, 1) },
    { name: "extended", at: on(plan, 6, 15), run: (year) => extend(year, long) },
    { name: "rechecked", at: long.rechecked ?? long.due, run: (year) => recheck(year, long) },
    { name: "claimed", at: on(plan, 3, 13), run: (year) => claim(year, paid) },
    { name: "compensated", at: on(plan, 3, 16), run: (year) => payOut(year, paid) },
  ];
}

/** How it ends: withdrawn by receipt, found to be none of ours, or decided. */
function endingOf(one: Grievance): Step[] {
  const { id, answered, withdrawn } = one;
  if (withdrawn) return [{ name: `withdrawn.${id}`, at: withdrawn, run: (y) => withdraw(y, one) }];
  if (!answered) return [];
  return [{ name: `answered.${id}`, at: answered, run: (year) => answer(year, one) }];
}

async function lodge(year: Year, of: Grievance): Promise<void> {
  const { pilot, category, text, id } = of;
  const lodged = await act<{ complaint: string; receipt: string }>(year, {
    ...{ who: "sandbar-bank customers", path: `/api/pilots/${pilot}/complaints` },
    ...{ key: `lodge.${id}`, body: { category, text } },
  });
  note(year, `complaint.${id}`, lodged.complaint);
  note(year, `receipt.${id}`, lodged.receipt);
}

/** What is done to a complaint; by its desk unless told. */
interface Handling {
  readonly act: string;
  readonly who?: Who;
  readonly [name: string]: unknown;
}

function handle(
  year: Year,
  of: Grievance,
  { who = `${of.desk} complaints`, ...body }: Handling,
): Promise<unknown> {
  const path = `/api/complaints/${noted(year, `complaint.${of.id}`)}/acts`;
  return act(year, { who, path, key: `${body.act}.${of.id}`, body });
}

async function answer(year: Year, of: Grievance): Promise<void> {
  const { ground, outcome } = of;
  const words = "经核查，答复如上。 It was looked into; this is the answer.";
  if (ground !== undefined) {
    await handle(year, of, { act: "find_inadmissible", interest: "none", ground, words });
    return;
  }
  await handle(year, of, { act: "accept", interest: "none" });
  await handle(year, of, { act: "decide", outcome, words });
}

async function withdraw(year: Year, of: Grievance): Promise<void> {
  await byReceipt(year, of, { act: "withdraw" });
}

function byReceipt(
  year: Year,
  of: Grievance,
  body: { readonly act: string; readonly words?: string },
): Promise<unknown> {
  const receipt = noted(year, `receipt.${of.id}`);
  return act(year, {
    ...{ who: "sandbar-bank customers", path: "/api/complaints/receipt/acts" },
    ...{ key: `${body.act}.${of.id}`, body: { receipt, ...body } },
  });
}

interface Numbers {
  readonly figures: Readonly<Record<string, number | null>>;
}

export function numbersOf(year: Year, pilot: string): Promise<Numbers> {
  return read<Numbers>(year, `/api/pilots/${pilot}/complaints`);
}

/** One millisecond before midnight after day 15 it is in time; at midnight it is late, for all to see. */
async function lookAtClock(year: Year, of: Grievance, late: 0 | 1): Promise<void> {
  const { figures } = await numbersOf(year, of.pilot);
  const day = 15 + late;
  check(year, {
    name: `day-${day}`,
    zh: late ? "第16日零时起逾期，公示可见" : "第15日24时前尚未逾期",
    en: late
      ? "From midnight of day 16 it is overdue, and everybody sees it"
      : "Until the last instant of day 15 it is not overdue",
    expected: `open 1, overdue ${late}`,
    seen: `open ${figures["open"]}, overdue ${figures["overdueNow"]}`,
  });
  if (!late) return;
  tell(year, {
    ...{ at: of.due, pilot: of.pilot },
    ...{ zh: "一件投诉逾期（第16日）", en: "a complaint is overdue (day 16)" },
  });
}

/** Extending takes a second person of the institution. */
async function extend(year: Year, of: Grievance): Promise<void> {
  await handle(year, of, { act: "accept", interest: "none" });
  await byTwo(year, {
    ...{ who: `${of.desk} complaints`, second: `${of.desk} senior` },
    path: `/api/complaints/${noted(year, `complaint.${of.id}`)}/acts`,
    key: `extend.${of.id}`,
    body: { act: "extend", days: TERM_DAYS.extended, words: "需向分行调取资料。 Records are due." },
  });
}

/** Whoever is not content asks again, and somebody who did not decide looks at it. */
async function recheck(year: Year, of: Grievance): Promise<void> {
  await byReceipt(year, of, { act: "request_recheck", words: "请复核收费依据。 Look again." });
  const words = "复核后认定收费无据，予以退还。 The fee had no ground and is repaid.";
  const body = { act: "decide_recheck", interest: "none", outcome: "upheld", words };
  await handle(year, of, { ...body, who: `${of.desk} senior` });
}

/** A claim out of the upheld complaint: raised by its desk, judged by a trustee. */
async function claim(year: Year, of: Grievance): Promise<void> {
  const cause = { kind: "complaint", id: noted(year, `complaint.${of.id}`) };
  const raised = await act<{ answer: { claim: string } }>(year, {
    ...{ who: `${of.desk} complaints`, path: `/api/pilots/${of.pilot}/claims` },
    ...{ key: "claim.raise", body: { cause, amount: CLAIM.asked } },
  });
  const path = `/api/claims/${note(year, "claim", raised.answer.claim)}/acts`;
  const body = { act: "admit", amount: CLAIM.admitted, words: "部分成立 Admitted in part" };
  await act(year, { who: `${of.desk} trustee`, path, key: "claim.admit", body });
}

interface PoolFigures {
  readonly claimed: string;
  readonly paid: string;
  readonly paidBy: { readonly pool: string };
  readonly claims: { readonly paid: number };
}

/** Above what one person may pay it takes two. */
async function payOut(year: Year, of: Grievance): Promise<void> {
  await byTwo(year, {
    ...{ who: `${of.desk} trustee`, second: `${of.desk} senior` },
    path: `/api/claims/${noted(year, "claim")}/acts`,
    ...{ key: "claim.pay", body: { act: "pay", amount: CLAIM.admitted } },
  });
  const pool = await read<PoolFigures>(year, `/api/pilots/${of.pilot}/compensation`);
  tell(year, {
    ...{ at: on(year.plan, 3, 16), pilot: of.pilot },
    zh: "从补偿资金向投诉人赔付1,200.00元，两人办理",
    en: "CNY 1,200.00 is paid to a complainant out of the pool, by two people",
  });
  check(year, {
    name: "compensated",
    zh: "赔付由补偿资金支付",
    en: "The claim is paid out of the pool",
    expected: `1 paid, ${CLAIM.admitted} of ${CLAIM.asked}, pool ${CLAIM.admitted}`,
    seen: `${pool.claims.paid} paid, ${pool.paid} of ${pool.claimed}, pool ${pool.paidBy.pool}`,
  });
}
