/** How the numbers of regimes read: clocks, limits, periods and money of other countries. */
import type { Text } from "@sandbank/kernel/words";
import type { RegimeItem, RegimeMoney, RegimePeriod } from "./regime.contract.ts";

type Of<K extends RegimeItem["kind"]> = Extract<RegimeItem, { kind: K }>;

export const CLOCKS: Readonly<Record<Of<"clock">["what"], Text>> = {
  test: { zh: "测试期", en: "Length of the test" },
  design: { zh: "设计测试方案", en: "Designing the test" },
  answer: { zh: "答复申请", en: "Answer to an application" },
  start: { zh: "核准后开始", en: "Start after the approval" },
  notify: { zh: "通知监管机构", en: "Notice to the supervisor" },
  report: { zh: "定期报告", en: "Periodic report" },
  comment: { zh: "公开征求意见", en: "Open for comment" },
  assessment: { zh: "评估有效期", en: "An assessment holds" },
  complaint: { zh: "投诉答复", en: "Answer to a complaint" },
  complaint_summary: { zh: "简要答复投诉", en: "Summary answer to a complaint" },
  complaint_complex: { zh: "复杂投诉", en: "Complex complaint" },
  complaint_longest: { zh: "特别复杂的投诉", en: "Most complex complaint" },
};

export const BUSINESS: Readonly<Record<NonNullable<Of<"limit">["about"]>, Text>> = {
  loan: { zh: "贷款", en: "loan" },
  insurance_premium: { zh: "保险费", en: "insurance premium" },
  sum_insured: { zh: "保险金额", en: "sum insured" },
  other: { zh: "其他业务", en: "other business" },
};

export const WHOSE: Readonly<Record<Of<"limit">["of"], Text>> = {
  customer: { zh: "每一客户", en: "Each customer" },
  pilot: { zh: "合计", en: "In all" },
};

export const GUARANTEED: Text = { zh: "赔付保障的期间", en: "Security for compensation" };

const UNITS: Readonly<Record<RegimePeriod["unit"], Text>> = {
  day: { zh: "日", en: "day" },
  business_day: { zh: "个工作日", en: "working day" },
  week: { zh: "周", en: "week" },
  month: { zh: "个月", en: "month" },
  year: { zh: "年", en: "year" },
};

/** "6 months". */
export function periodText({ n, unit }: RegimePeriod): Text {
  const { zh, en } = UNITS[unit];
  return { zh: `${n}${zh}`, en: `${n} ${en}${n === 1 ? "" : "s"}` };
}

const SIGNS: Readonly<Record<Of<"clock">["comparator"], Text>> = {
  atMost: { zh: "不超过", en: "at most" },
  atLeast: { zh: "不少于", en: "at least" },
  about: { zh: "约", en: "about" },
};

/** "at most 6 months". */
export function boundText({ comparator, period }: Of<"clock">): Text {
  const [sign, length] = [SIGNS[comparator], periodText(period)];
  return { zh: `${sign.zh}${length.zh}`, en: `${sign.en} ${length.en}` };
}

const CURRENCIES: Readonly<Record<RegimeMoney["currency"], Text>> = {
  CNY: { zh: "人民币", en: "CNY" },
  GBP: { zh: "英镑", en: "GBP" },
  SGD: { zh: "新加坡元", en: "SGD" },
  TWD: { zh: "新台币", en: "TWD" },
};

const MINOR_UNITS = 100n;

/** An amount in full, to its minor unit: "TWD 500,000.00". */
export function moneyText({ amount, currency }: RegimeMoney): Text {
  const value = BigInt(amount);
  const whole = String(value / MINOR_UNITS).replace(/\B(?=(\d{3})+$)/g, ",");
  const figure = `${whole}.${String(value % MINOR_UNITS).padStart(2, "0")}`;
  const name = CURRENCIES[currency];
  return { zh: `${name.zh}${figure}`, en: `${name.en} ${figure}` };
}
