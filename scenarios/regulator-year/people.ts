/**
 * What people complain of in the year, each with a date: one decided in time and paid for by two, one
 * left until day 16, one extended by two and re-checked, one withdrawn, one that is none of this
 * pilot's. The book of complaints is the plan's own and is compared with the bank's at the end.
 */
import type { Instant } from "@sandbank/kernel/clock";
import {
  answer,
  claim,
  type Grievance,
  handle,
  lodge,
  numbersOf,
  payOut,
  poolOf,
  TERM_DAYS,
} from "../grievance.ts";
import { after, midnightOf, on, type YearPlan } from "./plan.ts";
import { act, byTwo, check, noted, tell } from "../stage.ts";
import type { Step, Year } from "./year.ts";

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
    { name: "claimed", at: on(plan, 3, 13), run: (year) => claim(year, paid, CLAIM) },
    { name: "compensated", at: on(plan, 3, 16), run: (year) => compensate(year, paid) },
  ];
}

/** How it ends: withdrawn by receipt, found to be none of ours, or decided. */
function endingOf(one: Grievance): Step[] {
  const { id, answered, withdrawn } = one;
  if (withdrawn) return [{ name: `withdrawn.${id}`, at: withdrawn, run: (y) => withdraw(y, one) }];
  if (!answered) return [];
  return [{ name: `answered.${id}`, at: answered, run: (year) => answer(year, one) }];
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

/** Above what one person may pay it takes two. */
async function compensate(year: Year, of: Grievance): Promise<void> {
  await payOut(year, of, CLAIM.admitted);
  const pool = await poolOf(year, of.pilot);
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
