/** What the acts of an evaluation say: each button, what it does, what it asks for. */
import type { Catalogue } from "@sandbank/ui";

export const evaluationActs = {
  request_end: {
    name: { zh: "申请结束测试并评价", en: "Ask for the evaluation" },
    lead: {
      zh: "测试随即停止扩大，进入评价；已有服务在上限内继续。",
      en: "The test stops growing and is evaluated; existing services go on within their caps.",
    },
  },
  self_test: {
    name: { zh: "提交自测报告", en: "Hand in the self-test" },
    lead: {
      zh: "八个维度逐项说明，每项附存档的佐证文件。提交后进入审计；结果确认后公开。",
      en: "Say of each of the eight dimensions what you found, each with its evidence on file. The audit follows; it becomes public once the result is confirmed.",
    },
  },
  audit: {
    name: { zh: "提交审计报告", en: "Hand in the audit" },
    lead: {
      zh: "审计机构须独立于试点机构。结论为不符合的，评价不能通过。",
      en: "The auditor must be independent of the pilot's institutions. With an adverse conclusion the pilot cannot pass.",
    },
  },
  appoint: {
    name: { zh: "聘任专家", en: "Appoint an expert" },
    lead: {
      zh: "与试点机构有利害关系的不能聘任。",
      en: "Nobody with an interest in the pilot's institutions can be appointed.",
    },
  },
  recuse: {
    name: { zh: "专家回避", en: "Exclude an expert" },
    lead: {
      zh: "回避的专家不再评分，已提交的评分作废；理由公开。",
      en: "An excluded expert scores no more and a score already given is set aside. The reason is published.",
    },
  },
  opinion: {
    name: { zh: "提交评分", en: "Hand in your scores" },
    lead: {
      zh: "每个维度0至100分，附存档的依据文件。提交后不能更改。",
      en: "Score each dimension from 0 to 100, each with what the score rests on, on file. It cannot be changed afterwards.",
    },
  },
  review: {
    name: { zh: "结束专家论证并测算", en: "Conclude the review and measure" },
    lead: {
      zh: "全部聘任的专家评分后才能结束。系统随即测算全部标准。",
      en: "Every appointed expert must have scored. All criteria are measured at once.",
    },
  },
  measure: {
    name: { zh: "重新测算", en: "Measure anew" },
    lead: {
      zh: "按截至昨日的数字重新测算全部标准；已批准的例外须重新提出。",
      en: "All criteria are measured anew up to yesterday. Overrides have to be proposed again.",
    },
  },
  return: {
    name: { zh: "退回", en: "Send it back" },
    lead: {
      zh: "退回之前的一步重做，该步以后的报告作废；理由公开。",
      en: "An earlier stage is done again and the reports from there on are set aside. The reasons are published.",
    },
  },
  override: {
    name: { zh: "按例外处理一项标准", en: "Override a criterion" },
    lead: {
      zh: "只对本次测算有效。理由逐字公开。",
      en: "It holds for this measuring only. The reason is published word for word.",
    },
  },
  result: {
    name: { zh: "确认评价结果", en: "Confirm the result" },
    lead: {
      zh: "结果和理由逐字公开，不能撤回。",
      en: "The result and its reason are published word for word and cannot be taken back.",
    },
  },
  graduation: {
    name: { zh: "决定毕业日期", en: "Set the day of graduation" },
    lead: {
      zh: "自该日零时起取消上限，转为正式服务。",
      en: "From the beginning of that day the caps are lifted and the service is an ordinary one.",
    },
  },
  second_test: {
    name: { zh: "继续测试", en: "Test again" },
    lead: {
      zh: "回到测试，期限不变；之后可以再次申请评价。",
      en: "It goes back to testing within the same period and may ask for another evaluation.",
    },
  },
  extension: {
    name: { zh: "申请延期", en: "Ask for an extension" },
    lead: {
      zh: "须在测试期届满前申请；由监管机构两人决定。",
      en: "It is asked for before the test period ends and decided by two people of the supervisor.",
    },
  },
  ruling: {
    name: { zh: "对延期作出决定", en: "Decide on the extension" },
    lead: { zh: "决定和理由公开。", en: "The decision and its reason are published." },
  },
  watch_ruling: {
    name: { zh: "对观察期的发现作出决定", en: "Rule on what the watch period found" },
    lead: {
      zh: "一次决定答复全部待处理的发现；理由和条件逐字公开。要求退出的，随即按退出方案开始退出。",
      en: "One ruling answers everything that is open. Its reason and conditions are published word for word; a required exit begins at once by the exit plan.",
    },
  },
} as const satisfies Readonly<Record<string, Catalogue>>;

export const evaluationFields = {
  finding: { zh: "自测结论", en: "Finding" },
  audit_finding: { zh: "{dimension}的发现事项", en: "Finding on {dimension}" },
  audit_hint: { zh: "没有则不填。", en: "Leave it empty if there is none." },
  evidence: { zh: "{dimension}的佐证文件", en: "Evidence on {dimension}" },
  report: { zh: "审计报告文件", en: "The audit report" },
  conclusion: { zh: "结论", en: "Conclusion" },
  expert: { zh: "专家", en: "Expert" },
  score: { zh: "{dimension}评分（0至100）", en: "Score of {dimension}, 0 to 100" },
  rests_on: { zh: "{dimension}评分所依据的文件", en: "What the score of {dimension} rests on" },
  override_rests_on: {
    zh: "例外所依据的文件（可不填）",
    en: "What the override rests on, if anything",
  },
  opinion: { zh: "总体意见", en: "Opinion on the whole" },
  interest: { zh: "利害关系", en: "Interest" },
  no_interest: {
    zh: "本人及所在机构与评价结果没有利害关系",
    en: "Neither I nor my organisation has an interest in the result",
  },
  reason: { zh: "理由", en: "Reason" },
  published: { zh: "将公开。", en: "It becomes public." },
  to: { zh: "退回到哪一步", en: "Back to which stage" },
  criterion: { zh: "哪一项标准", en: "Which criterion" },
  result: { zh: "评价结果", en: "Result" },
  pass: { zh: "通过", en: "Passed" },
  fail: { zh: "未通过", en: "Failed" },
  from: { zh: "毕业日", en: "Day of graduation" },
  from_hint: { zh: "明天或更晚的一天。", en: "Tomorrow or a later day." },
  days: { zh: "延长天数", en: "Days longer" },
  grant: { zh: "决定", en: "Decision" },
  grant_yes: { zh: "同意", en: "Grant it" },
  grant_no: { zh: "不同意", en: "Refuse it" },
  watch_ruling: { zh: "决定", en: "Ruling" },
  accept: { zh: "接受", en: "Accept it" },
  extend: { zh: "延长观察期", en: "Extend the watch" },
  require_exit: { zh: "要求按退出方案退出", en: "Require the exit by its plan" },
  watch_days: { zh: "延长天数", en: "Days longer" },
  condition_n: { zh: "接受的条件（第{n}项）", en: "Condition {n} for accepting it" },
  condition_hint: {
    zh: "没有则不填；将公开。",
    en: "Leave it empty if there is none; it becomes public.",
  },
  condition_by: { zh: "条件的期限", en: "To be met by" },
  bound: { zh: "由哪项指标判定", en: "Judged by which figure" },
  bound_none: { zh: "不设指标，由人跟进", en: "By none: people look after it" },
  bound_at_least: { zh: "不低于（{unit}）", en: "At least ({unit})" },
  bound_at_most: { zh: "不超过（{unit}）", en: "At most ({unit})" },
  unit_ppm: { zh: "百分比", en: "percent" },
  unit_fen: { zh: "元", en: "CNY" },
  unit_count: { zh: "个数", en: "number" },
  unit_day: { zh: "天", en: "days" },
  no_experts: {
    zh: "没有可以聘任的专家；由管理员先登记。",
    en: "No expert can be appointed; an administrator registers them first.",
  },
  unmet_n: {
    zh: "还有{n}项标准未达标且没有例外。",
    en: "Not met and without an override: {n}.",
  },
  pass_blocked: {
    zh: "还有未达标且没有例外的标准，不能通过。",
    en: "It cannot pass while a criterion is neither met nor overridden.",
  },
  not_counted: {
    zh: "部分操作尚未计入，稍后再测算。",
    en: "Some acts are not counted yet; it can be measured once they are.",
  },
  too_early: {
    zh: "测试天数还不够，最早{day}可以申请。",
    en: "The test has not lasted long enough; its end may be asked for from {day} on.",
  },
  none_unmet: { zh: "没有未达标的标准。", en: "Every criterion is met." },
  none_appointed: { zh: "还没有聘任专家。", en: "No expert is appointed yet." },
  unscored: { zh: "还有{n}位专家没有评分。", en: "Experts who have not scored: {n}." },
} as const satisfies Catalogue;
