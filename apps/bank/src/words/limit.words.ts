/** What is said of the limits of a token. */
import type { Catalogue } from "@sandbank/ui";

export const limitWords = {
  title: { zh: "限额", en: "Limits" },
  none: {
    zh: "您没有设限额。银行和试点的上限照常适用。",
    en: "You set no limits. Those of the bank and of the pilot apply all the same.",
  },
  change: { zh: "修改限额", en: "Change the limits" },
  paymentAmount: { zh: "单笔最多", en: "Most in one payment" },
  dayAmount: { zh: "每天最多", en: "Most in a day" },
  dayCount: { zh: "每天最多几笔", en: "Payments in a day" },
  monthAmount: { zh: "每月最多", en: "Most in a month" },
  firstDay: { zh: "从哪天起可用", en: "First day" },
  lastDay: { zh: "到哪天为止", en: "Last day" },
  amount_hint: {
    zh: "元，如500或1200.50；不写就不设",
    en: "CNY, such as 500 or 1200.50; empty for none",
  },
  count_hint: { zh: "笔数，如5；不写就不设", en: "A number, such as 5; empty for none" },
  day_hint: { zh: "如2026-12-31；不写就不设", en: "Such as 2026-12-31; empty for none" },
  amount_fault: {
    zh: "金额写成500或1200.50，大于零",
    en: "Write an amount such as 500 or 1200.50, above zero",
  },
  count_fault: {
    zh: "笔数是1到999999的整数",
    en: "The number of payments is a whole number from 1 on",
  },
  day_fault: { zh: "日期写成2026-12-31", en: "Write a day such as 2026-12-31" },
  order_fault: {
    zh: "最后一天早于第一天",
    en: "The last day comes before the first",
  },
  lead: {
    zh: "收紧马上生效；放宽要再确认一次是您本人。",
    en: "Tightening takes effect at once; to loosen, you confirm once more that it is you.",
  },
  save: { zh: "保存限额", en: "Save the limits" },
  changed: {
    zh: "限额已改，下一笔付款起生效。",
    en: "The limits are changed, from the next payment on.",
  },
  used: { zh: "已用{used}", en: "{used} used" },
  left: { zh: "还可用", en: "Left" },
  cap: { zh: "上限{cap}", en: "Cap {cap}" },
  day: { zh: "今天", en: "Today" },
  month: { zh: "本月", en: "This month" },
  day_amount: { zh: "每天", en: "A day" },
  day_count: { zh: "每天笔数", en: "Payments a day" },
  month_amount: { zh: "每月", en: "A month" },
  resets_day: { zh: "明天零时重新计算", en: "Starts again at midnight" },
  resets_month: { zh: "下月1日重新计算", en: "Starts again on the 1st" },
  each: { zh: "单笔", en: "One payment" },
  days: { zh: "日期", en: "Days" },
  from_day: { zh: "{day}起", en: "From {day}" },
  until_day: { zh: "到{day}为止", en: "Until {day}" },
  from_until: { zh: "{from}至{to}", en: "{from} to {to}" },
  payments: { zh: "{n}笔", en: { one: "{n} payment", other: "{n} payments" } },
} as const satisfies Catalogue;
