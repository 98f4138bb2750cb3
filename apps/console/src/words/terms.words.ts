/** What is said where the terms of a pilot's compensation are set, and before there are any. */
import type { Catalogue } from "@sandbank/ui";

export const termsWords = {
  set: { zh: "设定补偿条款", en: "Set the terms" },
  lead: {
    zh: "条款决定资金池应有多少、损失最多多少、多少以上须两人支付。批准后公开并写入日志，随时可以再设定新的一版。",
    en: "They say how large the pool must be, what losses may come to and from which sum on two people pay. Once approved they are public and in the log; a later version may follow.",
  },
  none: {
    zh: "还没有补偿条款，因此没有资金池。监管机构两人设定条款之后，机构才能存入资金。",
    en: "No terms of compensation are set yet, so there is no pool. Two people of the supervisor set them; then the institution can put money in.",
  },
  none_short: { zh: "尚无条款", en: "No terms yet" },
  clause: { zh: "依据声明书哪一条", en: "Clause of the declaration" },
  basis: { zh: "资金池应有多少", en: "How large the pool must be" },
  fixed: { zh: "固定金额", en: "A fixed amount" },
  share: { zh: "风险敞口的一定比例", en: "A share of what is at stake" },
  amount: { zh: "应有金额（元）", en: "Required (CNY)" },
  amount_hint: { zh: "例如500,000.00", en: "Such as 500,000.00" },
  exposure: { zh: "以哪项限额的已用为敞口", en: "What is at stake: the use of which limit" },
  percent: { zh: "比例（%）", en: "Share, in percent" },
  least: { zh: "不低于（元）", en: "At least (CNY)" },
  least_hint: {
    zh: "敞口很小时也应有的金额。",
    en: "What is required however little is at stake.",
  },
  loss_cap: { zh: "损失上限（元）", en: "Loss cap (CNY)" },
  loss_cap_hint: {
    zh: "已赔付和待决的赔付合计不得超过。",
    en: "What is paid and claimed together may not exceed it.",
  },
  by_one: { zh: "一人可付至（元）", en: "One person pays up to (CNY)" },
  by_one_hint: {
    zh: "一项申请累计超过此数的，须两人支付。",
    en: "Above this sum of one claim two people pay.",
  },
  institution: { zh: "最后承担的机构", en: "Institution that pays last" },
  insurer: { zh: "保险人", en: "Insurer" },
  insurer_hint: { zh: "没有则不填。", en: "Leave it empty if there is none." },
  required: { zh: "资金池应有", en: "Required of the pool" },
  required_share: {
    zh: "“{exposure}”已用的{share}，不低于{least}",
    en: "{share} of what “{exposure}” has used, at least {least}",
  },
} as const satisfies Catalogue;
