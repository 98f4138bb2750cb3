/** What evaluating and graduating a pilot says no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the evaluations' own codes. */
export const refuse = declareRefusals("sandbox evaluations", {
  evaluation_of_another_institution: {
    category: "forbidden",
    text: { zh: "该试点由其他机构运行。", en: "Another institution runs this pilot." },
    remedy: {
      zh: "由运行该试点的机构办理。",
      en: "The institution that runs it does that.",
    },
  },
  evaluation_auditor_is_not_independent: {
    category: "forbidden",
    text: {
      zh: "审计机构与该试点的机构有关联，不能审计。",
      en: "The auditor belongs to an institution of this pilot and may not audit it.",
    },
    remedy: { zh: "由外部审计机构办理。", en: "An outside auditor does that." },
  },
  evaluation_expert_has_an_interest: {
    category: "forbidden",
    text: {
      zh: "该专家所在机构与本次评价有利益关系，应当回避。",
      en: "The expert's organisation has an interest in this evaluation, so he is excluded.",
    },
    remedy: {
      zh: "另聘无利益关系的专家。",
      en: "Appoint an expert without such an interest.",
    },
  },
  evaluation_expert_not_appointed: {
    category: "forbidden",
    text: {
      zh: "不是本次评价聘任的专家。",
      en: "This person is not an expert of this evaluation.",
    },
    remedy: {
      zh: "由监管机构先行聘任。",
      en: "The supervisor appoints experts first.",
    },
  },
  evaluation_expert_is_the_appointer: {
    category: "forbidden",
    text: { zh: "不能聘任自己为专家。", en: "Nobody appoints himself." },
    remedy: { zh: "由另一位监管人员聘任。", en: "Another person of the supervisor does that." },
  },
  evaluation_confirmed_by_its_author: {
    category: "forbidden",
    text: {
      zh: "提交过自测、审计或专家意见的人员不能确认结果。",
      en: "Who handed in a report or an opinion cannot confirm the result.",
    },
    remedy: { zh: "由另外两位监管人员确认。", en: "Two other people of the supervisor confirm." },
  },
  evaluation_return_of_another_stage: {
    category: "forbidden",
    text: {
      zh: "审计人员只能在审计阶段退回。",
      en: "An auditor sends back while the audit is being done, and not later.",
    },
    remedy: { zh: "由监管机构退回。", en: "The supervisor sends it back." },
  },
  evaluation_unknown: {
    category: "absent",
    text: { zh: "该试点没有申请过评价。", en: "No evaluation of this pilot was asked for." },
    remedy: { zh: "由机构先申请结束测试。", en: "The institution asks to end the test first." },
  },
  evaluation_too_early: {
    category: "conflicting",
    text: {
      zh: "测试须满{days}日，最早{date}可以申请结束。",
      en: "A test lasts {days} days at least; its end may be asked for from {date} on.",
    },
    remedy: { zh: "到期后再申请。", en: "Ask then." },
  },
  evaluation_without_thresholds: {
    category: "conflicting",
    text: {
      zh: "声明书与准入条件均未载明毕业标准，无从评价。",
      en: "Neither declaration nor terms state a graduation threshold, so there is nothing to measure.",
    },
    remedy: {
      zh: "先通过变更补充毕业标准。",
      en: "Declare the thresholds by a change first.",
    },
  },
  evaluation_change_is_open: {
    category: "conflicting",
    text: { zh: "第{number}号变更尚未办结。", en: "Change {number} is not settled yet." },
    remedy: { zh: "办结或撤回变更后再申请。", en: "Settle or withdraw it first." },
  },
  evaluation_is_at_self_test: state("正在机构自测", "is at the institution's self-test", {
    zh: "由机构提交自测报告。",
    en: "The institution hands in its self-test.",
  }),
  evaluation_is_at_audit: state("正在外部审计", "is at the audit", {
    zh: "由外部审计机构提交报告，或说明理由退回。",
    en: "The outside auditor hands in the report, or it is sent back with reasons.",
  }),
  evaluation_is_at_expert_review: state("正在专家论证", "is at the expert review", {
    zh: "专家评分完毕后由监管机构结束论证。",
    en: "The experts score, then the supervisor concludes the review.",
  }),
  evaluation_is_at_confirm: state("等待结果确认", "waits for its result to be confirmed", {
    zh: "由监管机构两人确认，或说明理由退回。",
    en: "Two people of the supervisor confirm it, or it is sent back with reasons.",
  }),
  evaluation_is_passed: state("已经通过", "is passed", {
    zh: "由监管机构决定毕业日期。",
    en: "The supervisor decides from which day on the pilot has graduated.",
  }),
  evaluation_is_failed: state("没有通过", "is failed", {
    zh: "继续测试、延期或退出，之后可以再次申请。",
    en: "The pilot tests again, longer if that was asked for, or leaves.",
  }),
  evaluation_is_graduating: state("已决定毕业，尚未到生效日期", "has its date of graduation", {
    zh: "到期自动生效。",
    en: "It takes effect by itself on that day.",
  }),
  evaluation_is_graduated: state("已经毕业", "ended in graduation", {
    zh: "可以查看评价记录。",
    en: "Its record is open to everybody.",
  }),
  evaluation_is_broken_off: state("因监管指令中止", "was broken off by a directive", {
    zh: "指令解除后重新申请。",
    en: "Ask for another one when the directive is lifted.",
  }),
  evaluation_report_is_standing: {
    category: "conflicting",
    text: { zh: "报告有效。", en: "The report stands." },
    remedy: { zh: "退回后可以重新提交。", en: "It can be handed in anew once it is sent back." },
  },
  evaluation_report_is_set_aside: {
    category: "conflicting",
    text: { zh: "报告已经作废。", en: "The report was set aside." },
    remedy: { zh: "重新提交。", en: "Hand in another one." },
  },
  evaluation_expert_is_appointed: {
    category: "conflicting",
    text: { zh: "已经聘任该专家。", en: "The expert is appointed already." },
    remedy: { zh: "无须重复聘任。", en: "There is no need to do it again." },
  },
  evaluation_expert_is_recused: {
    category: "conflicting",
    text: { zh: "该专家已经回避。", en: "The expert is excluded from this evaluation." },
    remedy: { zh: "另聘专家。", en: "Appoint another one." },
  },
  evaluation_opinion_is_given: {
    category: "conflicting",
    text: { zh: "该专家已经评分。", en: "The expert has scored already." },
    remedy: {
      zh: "论证被退回后可以重新评分。",
      en: "He scores anew if the review is sent back.",
    },
  },
  evaluation_evidence_not_filed: {
    category: "absent",
    text: {
      zh: "没有存档摘要为 {hash} 的佐证文件。",
      en: "No document with the hash {hash} is on file.",
    },
    remedy: {
      zh: "由本机构先上传文件，或引用本次评价中已有的佐证文件。",
      en: "Upload it for your organisation first, or name one that this evaluation rests on already.",
    },
  },
  evaluation_experts_too_few: {
    category: "conflicting",
    text: {
      zh: "有效的专家意见{given}份，至少需要{needed}份。",
      en: "There are {given} opinions of experts; {needed} are needed at least.",
    },
    remedy: { zh: "补聘专家并完成评分。", en: "Appoint more experts and let them score." },
  },
  evaluation_opinions_outstanding: {
    category: "conflicting",
    text: {
      zh: "还有{n}位专家没有评分。",
      en: "{n} experts have not scored yet.",
    },
    remedy: { zh: "等待评分，或由其回避。", en: "Wait for them, or let them be excluded." },
  },
  evaluation_nothing_to_measure: {
    category: "conflicting",
    text: {
      zh: "测试期内还没有满一日的数据。",
      en: "The test has no whole day behind it yet.",
    },
    remedy: { zh: "满一日后再测算。", en: "Measure when a day is over." },
  },
  evaluation_figures_behind: {
    category: "conflicting",
    text: {
      zh: "截至{date}的操作尚未全部计入指标。",
      en: "Acts up to {date} are not all counted in the indicators yet.",
    },
    remedy: { zh: "稍后再试。", en: "Try again in a moment." },
  },
  evaluation_criterion_unknown: {
    category: "absent",
    text: { zh: "最近一次测算没有这一项。", en: "The latest measuring has no such criterion." },
    remedy: { zh: "从测算结果中选择。", en: "Choose one that it lists." },
  },
  evaluation_criterion_is_met: {
    category: "conflicting",
    text: { zh: "该项已经达标，无须例外。", en: "The criterion is met; nothing is to override." },
    remedy: { zh: "从未达标的各项中选择。", en: "Choose one that is not met." },
  },
  evaluation_criterion_is_overridden: {
    category: "conflicting",
    text: { zh: "该项已经按例外处理。", en: "The criterion is overridden already." },
    remedy: { zh: "无须重复办理。", en: "There is no need to do it again." },
  },
  evaluation_audit_is_adverse: {
    category: "conflicting",
    text: { zh: "审计结论为不符合要求。", en: "The auditor's conclusion is adverse." },
    remedy: {
      zh: "退回审计，整改后重新审计，或确认不通过。",
      en: "Send it back to the audit, or confirm that the pilot has failed.",
    },
  },
  evaluation_criteria_not_met: {
    category: "conflicting",
    text: {
      zh: "{n}项未达标，第一项为{first}。",
      en: "{n} criteria are not met, the first is {first}.",
    },
    remedy: {
      zh: "确认不通过、退回，或由两人公开说明理由按例外处理。",
      en: "Confirm that it failed, send it back, or override each by two with a published reason.",
    },
  },
  graduation_threshold_not_met: {
    category: "conflicting",
    text: { zh: "毕业标准 {limit} 未达到。", en: "The graduation threshold {limit} is not met." },
    remedy: { zh: "见测算结果。", en: "See what was measured." },
  },
  evaluation_dimension_not_met: {
    category: "conflicting",
    text: {
      zh: "评价维度 {limit} 的专家评分未达到要求。",
      en: "The experts' median score of {limit} is below what is required.",
    },
    remedy: { zh: "见专家意见。", en: "See the experts' opinions." },
  },
  graduation_not_from_a_later_day: {
    category: "invalid",
    text: {
      zh: "毕业须自今日之后的一日零时起生效。",
      en: "A graduation takes effect at the beginning of a day after today.",
    },
    remedy: { zh: "另选日期。", en: "Choose a later day." },
  },
  graduation_not_due: {
    category: "conflicting",
    text: { zh: "毕业生效日期未到。", en: "The day of the graduation has not come." },
    remedy: { zh: "到期自动生效。", en: "It takes effect by itself." },
  },
  test_period_is_over: {
    category: "conflicting",
    text: {
      zh: "测试期已于{date}届满，只能延期或退出。",
      en: "The test period ended on {date}; the pilot can only be extended or leave.",
    },
    remedy: {
      zh: "批准已有的延期申请，或开始退出。",
      en: "Grant an extension, or begin the exit.",
    },
  },
  extension_is_a_change: {
    category: "conflicting",
    text: {
      zh: "该试点依申报材料测试，延长测试期属于声明书变更。",
      en: "This pilot is tested as it declared here, so a longer test is a change of its declaration.",
    },
    remedy: { zh: "通过变更程序申请。", en: "Ask for the change." },
  },
  extension_asked_too_late: {
    category: "conflicting",
    text: {
      zh: "延期须在测试期届满{days}日前申请，最迟为{date}。",
      en: "An extension is asked for {days} days before the period ends, by {date} at the latest.",
    },
    remedy: { zh: "按期准备退出。", en: "Prepare to leave in time." },
  },
  extension_too_long: {
    category: "conflicting",
    text: {
      zh: "延长后测试共{asked}日，最多{most}日。",
      en: "The test would last {asked} days in all; {most} are the most.",
    },
    remedy: { zh: "缩短延期。", en: "Ask for fewer days." },
  },
  extension_unknown: {
    category: "absent",
    text: { zh: "没有待办的延期申请。", en: "No extension waits for a decision." },
    remedy: { zh: "由机构先行申请。", en: "The institution asks for one first." },
  },
  extension_is_asked: {
    category: "conflicting",
    text: { zh: "已有一项延期申请待办。", en: "An extension is asked for and not decided." },
    remedy: { zh: "等待决定。", en: "Wait for the decision." },
  },
  extension_is_granted: {
    category: "conflicting",
    text: { zh: "该延期申请已经批准。", en: "The extension is granted already." },
    remedy: { zh: "需要时另行申请。", en: "Ask for another one if it is needed." },
  },
  extension_is_refused: {
    category: "conflicting",
    text: { zh: "该延期申请未获批准。", en: "The extension was refused." },
    remedy: { zh: "需要时另行申请。", en: "Ask for another one if it is needed." },
  },
});

function state(zh: string, en: string, remedy: { readonly zh: string; readonly en: string }) {
  return {
    category: "conflicting",
    text: {
      zh: `评价${zh}，此时不能这样做。`,
      en: `The evaluation ${en}; this cannot be done now.`,
    },
    remedy,
  } as const;
}

/** The codes of evaluations, graduations and extensions. */
export type EvaluationRefusal = Parameters<typeof refuse>[0];
