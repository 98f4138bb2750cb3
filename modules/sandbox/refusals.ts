/**
 * Every "no" of the sandbox, in order of precedence, in both languages. A state of a pilot refuses
 * by its own code, so that the reader learns where the pilot stands and not only that it may not.
 */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the sandbox's own codes. */
export const refuse = declareRefusals("sandbox", {
  staff_of_this_pilot_only: {
    category: "forbidden",
    text: {
      zh: "仅监管机构与试点机构的工作人员可以查看。",
      en: "Only staff of the supervisor and of pilot institutions may see this.",
    },
    remedy: { zh: "以工作人员身份登录。", en: "Sign in as a member of staff." },
  },
  pilot_unknown: {
    category: "absent",
    text: { zh: "没有这个试点。", en: "There is no such pilot." },
    remedy: { zh: "从试点名录中选择。", en: "Choose one from the register of pilots." },
  },
  pilot_has_no_application: {
    category: "conflicting",
    text: {
      zh: "该试点依据报道的事实入册，没有申报材料。",
      en: "This pilot stands on reported facts and has no application.",
    },
    remedy: { zh: "从申报列表中选择。", en: "Choose one from the list of applications." },
  },
  declaration_reports_no_source: {
    category: "conflicting",
    text: {
      zh: "只有来源报道的事实可以直接入册。",
      en: "Only facts that a source reports are put on record directly.",
    },
    remedy: {
      zh: "由申报机构起草并提交声明书。",
      en: "The institution drafts its declaration and submits it.",
    },
  },
  indicator_unknown: {
    category: "absent",
    text: { zh: "该试点没有这项指标。", en: "This pilot has no such indicator." },
    remedy: {
      zh: "从该试点的指标列表中选择。",
      en: "Choose one from the pilot's list of indicators.",
    },
  },
  uscc_does_not_check: {
    category: "invalid",
    text: {
      zh: "统一社会信用代码 {code} 的校验码不符。",
      en: "The check character of the social credit code {code} is wrong.",
    },
    remedy: {
      zh: "对照营业执照核对18位代码。",
      en: "Compare all 18 characters with the business licence.",
    },
  },
  lei_does_not_check: {
    category: "invalid",
    text: {
      zh: "法人识别编码 {code} 的校验位不符。",
      en: "The check digits of the LEI {code} are wrong.",
    },
    remedy: {
      zh: "对照登记机构的记录核对20位编码，注意数字0与字母O。",
      en: "Compare all 20 characters with the register; mind the digit 0 and the letter O.",
    },
  },
  pilot_number_does_not_check: {
    category: "invalid",
    text: {
      zh: "创新应用编号 {code} 不符合编号规则。",
      en: "The pilot's number {code} does not follow the numbering rule.",
    },
    remedy: {
      zh: "编号由信用代码、年份和四位序号组成。",
      en: "A number is a credit code, a year and a sequence of four digits.",
    },
  },
  no_licensed_institution: {
    category: "conflicting",
    text: {
      zh: "申报方中没有持牌金融机构。",
      en: "None of the declaring institutions is licensed.",
    },
    remedy: {
      zh: "与至少一家持牌机构联合申报。",
      en: "Declare together with at least one licensed institution.",
    },
  },
  scale_item_contradicts_itself: {
    category: "invalid",
    text: {
      zh: "规模条目 {item} 的比较方式与用途矛盾。",
      en: "Scale item {item}: its comparator contradicts its role.",
    },
    remedy: {
      zh: "上限须为“至多”，愿景与开放式表述只能作为目标。",
      en: "A cap reads “at most”; an ambition or an open-ended figure can only be a target.",
    },
  },
  clause_given_twice: {
    category: "invalid",
    text: { zh: "条款编号 {clause} 重复。", en: "Clause {clause} stands twice." },
    remedy: { zh: "为每一条款编一个号。", en: "Give each clause a number of its own." },
  },
  pilot_is_draft: state("仍在起草", "is still being drafted"),
  pilot_is_submitted: state("已提交，待受理", "is submitted and waits to be accepted"),
  pilot_is_in_review: state("正在审核", "is under review"),
  pilot_is_in_consultation: state("正在公示", "is open for comment"),
  pilot_is_answering: state("正在答复公众意见", "is answering public comments"),
  pilot_is_registered: state("已登记，尚未就绪", "is registered and not yet ready"),
  pilot_is_ready: state("已就绪，尚未开始测试", "is ready and has not started testing"),
  pilot_is_testing: state("正在测试", "is testing"),
  pilot_is_restricted: state("已受限", "is restricted"),
  pilot_is_suspended: state("已暂停", "is suspended"),
  pilot_is_in_evaluation: state("正在评价", "is being evaluated"),
  pilot_has_passed: state("已通过评价", "has passed its evaluation"),
  pilot_has_failed: state("未通过评价", "has failed its evaluation"),
  pilot_is_exiting: state("正在退出", "is exiting"),
  pilot_has_graduated: state("已毕业出箱", "has graduated"),
  pilot_has_exited: state("已退出", "has exited"),
  pilot_was_refused: state("已被拒绝", "was refused"),
  pilot_was_withdrawn: state("已撤回", "was withdrawn"),
  admission_is_for_another_pilot: {
    category: "conflicting",
    text: { zh: "准入条件属于另一个试点。", en: "These admission terms belong to another pilot." },
    remedy: { zh: "使用本试点的准入条件。", en: "Use the terms of this pilot." },
  },
  cap_cites_no_declared_clause: {
    category: "conflicting",
    text: {
      zh: "条款 {clause} 在声明中没有对应的条款。",
      en: "Clause {clause} stands beside no clause of the declaration.",
    },
    remedy: { zh: "引用声明中已有的条款。", en: "Cite a clause that the declaration has." },
  },
  partition_serves_another_pilot: {
    category: "conflicting",
    text: {
      zh: "分区 {partition} 已供其他试点使用。",
      en: "Partition {partition} serves another pilot.",
    },
    remedy: { zh: "选择空闲分区。", en: "Choose a free partition." },
  },
  pilot_wide_caps_need_one_partition: {
    category: "conflicting",
    text: {
      zh: "限额 {limit} 以整个试点计，多个分区各自计数会超出上限。",
      en: "The limit {limit} counts for the whole pilot; several partitions would each count by themselves.",
    },
    remedy: { zh: "先以一个分区运行。", en: "Run the pilot on one partition for now." },
  },
  policy_fails_its_self_test: {
    category: "conflicting",
    text: {
      zh: "编译出的管控规则未通过自检：{problem}。",
      en: "The compiled policy fails its self-test: {problem}.",
    },
    remedy: { zh: "改正准入条件后重试。", en: "Correct the admission terms and try again." },
  },
  classes_already_suspended: {
    category: "conflicting",
    text: { zh: "所列业务类别均已暂停。", en: "All of these classes are suspended already." },
    remedy: { zh: "无须再次暂停。", en: "There is nothing left to suspend." },
  },
  limit_not_in_policy: {
    category: "absent",
    text: { zh: "现行规则中没有限额 {limit}。", en: "The policy in force has no limit {limit}." },
    remedy: { zh: "从现行限额中选择。", en: "Choose one of the limits in force." },
  },
  restriction_must_lower_the_cap: {
    category: "conflicting",
    text: {
      zh: "限额 {limit} 现行上限为 {cap}，所提上限并未降低。",
      en: "The cap of {limit} is {cap}; the proposed one does not lower it.",
    },
    remedy: {
      zh: "限制只能收紧；提高上限须另行变更。",
      en: "A restriction only tightens; raising a cap is a change of its own.",
    },
  },
  cause_is_not_closed: {
    category: "conflicting",
    text: {
      zh: "作为原因的事件不属于该试点，或尚未关闭。",
      en: "The incident that was the cause is not one of this pilot, or is not closed.",
    },
    remedy: {
      zh: "先查明并关闭该事件，再提出恢复。",
      en: "Close that incident first, then propose to resume.",
    },
  },
  nothing_is_suspended: {
    category: "conflicting",
    text: { zh: "该试点没有生效中的暂停。", en: "No suspension of this pilot is in force." },
    remedy: { zh: "无须恢复。", en: "There is nothing to resume." },
  },
  directive_unknown: {
    category: "absent",
    text: { zh: "该试点没有这项监管指令。", en: "This pilot has no such directive." },
    remedy: {
      zh: "从该试点的指令列表中选择。",
      en: "Choose one from the pilot's list of directives.",
    },
  },
  directive_is_proposed: {
    category: "conflicting",
    text: { zh: "该指令尚待批准。", en: "The directive still waits for approval." },
    remedy: {
      zh: "由另一位有权人员批准后生效。",
      en: "It takes effect when another person approves it.",
    },
  },
  directive_is_in_force: {
    category: "conflicting",
    text: { zh: "该指令已经生效。", en: "The directive is in force already." },
    remedy: { zh: "可以解除，不能重复批准。", en: "It can be lifted, not approved again." },
  },
  directive_is_lifted: {
    category: "conflicting",
    text: { zh: "该指令已经解除。", en: "The directive has been lifted." },
    remedy: { zh: "需要时发出新的指令。", en: "Issue another directive if one is needed." },
  },
  directive_was_dropped: {
    category: "conflicting",
    text: { zh: "该指令未获批准。", en: "The directive was not approved." },
    remedy: { zh: "需要时重新提出。", en: "Propose it again if it is needed." },
  },
  policy_version_unknown: {
    category: "absent",
    text: { zh: "没有第{version}版管控规则。", en: "There is no version {version} of the policy." },
    remedy: { zh: "核对版本号。", en: "Check the version." },
  },
  partition_not_of_this_pilot: {
    category: "conflicting",
    text: {
      zh: "分区 {partition} 不属于该试点。",
      en: "Partition {partition} is not one of this pilot's.",
    },
    remedy: { zh: "核对分区。", en: "Check the partition." },
  },
  answer_not_known_yet: {
    category: "conflicting",
    text: { zh: "结果尚不明确。", en: "The result is not known yet." },
    remedy: {
      zh: "用同一编号再次查询，不会重复执行。",
      en: "Ask again with the same id; nothing is done twice.",
    },
  },
});

function state(zh: string, en: string) {
  return {
    category: "conflicting",
    text: { zh: `该试点${zh}，此时不能这样做。`, en: `The pilot ${en}; this cannot be done now.` },
    remedy: {
      zh: "查看该试点的阶段与可行步骤。",
      en: "See the pilot's phase and the steps open to it.",
    },
  } as const;
}

/** The codes of this module. */
export type SandboxRefusal = Parameters<typeof refuse>[0];
