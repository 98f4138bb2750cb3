/** What the guard itself says no to, in order of precedence: the steps every command passes. */
import { declareRefusals } from "../words/index.ts";

export const refuse = declareRefusals("guard", {
  content_not_understood: {
    category: "invalid",
    text: {
      zh: "{field}：{rule_zh}，应为{form_zh}。",
      en: "{field}: {rule_en}; it must be {form_en}.",
    },
    remedy: { zh: "改正这一项再提交。", en: "Mend this field and send it again." },
  },
  command_id_malformed: {
    category: "invalid",
    text: {
      zh: "请求编号须为 1 至 80 个字母、数字或 _ . : - 字符。",
      en: "The id must be 1 to 80 letters, digits or the characters _ . : -",
    },
    remedy: { zh: "换一个符合格式的编号。", en: "Use an id of that form." },
  },
  command_unknown: {
    category: "absent",
    text: { zh: "没有这种操作。", en: "There is no such act." },
    remedy: { zh: "查看接口说明中的操作名称。", en: "See the description for the names of acts." },
  },
  partition_unknown: {
    category: "absent",
    text: { zh: "没有这个试点分区。", en: "There is no such partition." },
    remedy: { zh: "核对试点与分区。", en: "Check the pilot and its partition." },
  },
  queue_full: {
    category: "exhausted",
    text: {
      zh: "当前请求过多，本次未受理。",
      en: "Too many acts are waiting; this one was not taken.",
    },
    remedy: { zh: "稍后用同一编号重试。", en: "Try again shortly with the same id." },
  },
  command_id_reused: {
    category: "conflicting",
    text: {
      zh: "该编号已用于另一项内容不同的请求。",
      en: "This id was used before for an act with other content.",
    },
    remedy: { zh: "新的请求使用新的编号。", en: "Give a new act a new id." },
  },
  command_id_of_another: {
    category: "conflicting",
    text: {
      zh: "该编号已被本机构的另一位用户使用。",
      en: "This id was used before by somebody else of your organisation.",
    },
    remedy: { zh: "使用自己的编号。", en: "Use an id of your own." },
  },
  act_erased: {
    category: "conflicting",
    text: {
      zh: "该编号的操作已办理，其内容已按要求删除。",
      en: "The act of this id took place, and its content has been erased since.",
    },
    remedy: { zh: "新的请求使用新的编号。", en: "Give a new act a new id." },
  },
  act_parked: {
    category: "conflicting",
    text: {
      zh: "该编号的请求每次执行都发生系统故障，已停止执行。",
      en: "The act of this id failed at every try and is not run again.",
    },
    remedy: {
      zh: "将编号告知运营方，排除故障后用新的编号重试。",
      en: "Tell the operator the id; once the cause is mended, try again under a new id.",
    },
  },
  role_may_not: {
    category: "forbidden",
    text: { zh: "您的角色无权进行此操作。", en: "Your role may not do this." },
    remedy: { zh: "由有权的人员办理。", en: "Ask somebody whose role allows it." },
  },
  pilot_not_armed: {
    category: "forbidden",
    text: { zh: "试点尚未启动。", en: "The pilot has not been started." },
    remedy: {
      zh: "等试点登记并启动后再办理。",
      en: "Wait until the pilot is registered and started.",
    },
  },
  class_closed: {
    category: "forbidden",
    text: { zh: "该类业务目前暂停办理。", en: "This kind of business is closed at the moment." },
    remedy: {
      zh: "已有业务的还款、退款、撤销等仍可办理；恢复时间以公告为准。",
      en: "Refunds, voids and the like still work; the public notice says when this resumes.",
    },
  },
  outside_test_period: {
    category: "forbidden",
    text: { zh: "不在试点的测试期内。", en: "This is outside the test period of the pilot." },
    remedy: { zh: "查看公示页上的测试期。", en: "See the test period on the public page." },
  },
  region_not_declared: {
    category: "forbidden",
    text: { zh: "声明的服务区域不含该地区。", en: "The declaration does not cover this region." },
    remedy: { zh: "在声明的区域内办理。", en: "Use the service in a declared region." },
  },
  channel_not_declared: {
    category: "forbidden",
    text: { zh: "声明的服务渠道不含该渠道。", en: "The declaration does not cover this channel." },
    remedy: { zh: "通过声明的渠道办理。", en: "Use a declared channel." },
  },
  partner_not_declared: {
    category: "forbidden",
    text: { zh: "该合作方不在声明名单内。", en: "This partner is not on the declared list." },
    remedy: { zh: "由声明内的合作方办理。", en: "Use a declared partner." },
  },
  product_not_declared: {
    category: "forbidden",
    text: { zh: "声明不含该产品。", en: "The declaration does not cover this product." },
    remedy: { zh: "选择声明内的产品。", en: "Choose a declared product." },
  },
  currency_not_declared: {
    category: "forbidden",
    text: { zh: "声明不含该币种。", en: "The declaration does not cover this currency." },
    remedy: { zh: "使用声明内的币种。", en: "Use a declared currency." },
  },
  operator_not_declared: {
    category: "forbidden",
    text: {
      zh: "准入条件未列明由该机构运行此试点。",
      en: "The terms of admission do not name this organisation as an operator of the pilot.",
    },
    remedy: {
      zh: "由准入条件列明的机构办理。",
      en: "Let an operator that the terms name do this.",
    },
  },
  customer_type_not_declared: {
    category: "forbidden",
    text: {
      zh: "声明的服务用户不含这类客户。",
      en: "The declaration does not cover this type of customer.",
    },
    remedy: { zh: "为声明内的客户办理。", en: "Serve a type of customer that is declared." },
  },
  kyc_level_too_low: {
    category: "forbidden",
    text: {
      zh: "客户身份核实程度不足。",
      en: "The customer is not known well enough for this.",
    },
    remedy: {
      zh: "先完成更高一级的身份核实。",
      en: "Complete a higher level of identification first.",
    },
  },
  consent_not_current: {
    category: "forbidden",
    text: {
      zh: "客户尚未同意现行的用户明示。",
      en: "The customer has not consented to the user statement in force.",
    },
    remedy: {
      zh: "出示现行用户明示并取得客户同意；了结已有业务不受影响。",
      en: "Show the statement and record the consent; finishing what exists needs none.",
    },
  },
  purpose_not_declared: {
    category: "forbidden",
    text: {
      zh: "未说明数据用途，或该用途不在声明之内。",
      en: "The purpose of the data is not stated, or the declaration does not cover it.",
    },
    remedy: { zh: "只按声明的用途使用数据。", en: "Use data for declared purposes only." },
  },
  data_authorised_for_other_business: {
    category: "forbidden",
    text: {
      zh: "数据授权属于另一笔业务。",
      en: "The data was authorised for another piece of business.",
    },
    remedy: { zh: "为本笔业务重新取得授权。", en: "Ask for an authorisation for this business." },
  },
  loan_to_value_not_stated: {
    category: "forbidden",
    text: {
      zh: "未提供贷款余额与抵押物价值。",
      en: "Neither debt nor value of the collateral is stated.",
    },
    remedy: { zh: "补充抵押信息。", en: "State what secures the loan." },
  },
  guarantee_required_above_loan_to_value: {
    category: "forbidden",
    text: {
      zh: "抵押率超过声明的比例，须由实际控制人提供担保。",
      en: "Above the declared loan to value, the actual controller must give a guarantee.",
    },
    remedy: {
      zh: "补充个人担保，或降低贷款金额。",
      en: "Add a personal guarantee, or lend less.",
    },
  },
  fact_not_stated: {
    category: "forbidden",
    text: {
      zh: "缺少上限 {limit} 所需的事实。",
      en: "A fact that the limit {limit} counts is missing.",
    },
    remedy: {
      zh: "补充客户、金额或上限所要求的其他事实。",
      en: "State the customer, the amount or whatever else the limit counts.",
    },
  },
  outside_service_hours: {
    category: "forbidden",
    text: { zh: "不在声明的服务时间内。", en: "This is outside the declared service hours." },
    remedy: { zh: "在服务时间内办理。", en: "Come back within the service hours." },
  },
  single_amount_exceeded: {
    category: "exhausted",
    text: { zh: "超过试点的单笔上限。", en: "This is above the pilot's cap for one act." },
    remedy: { zh: "减少单笔金额。", en: "Use a smaller amount." },
  },
  customers_cap_reached: {
    category: "exhausted",
    text: { zh: "试点的客户数已达上限。", en: "The pilot has as many customers as it may." },
    remedy: {
      zh: "上限提高须经公示，届时再来。",
      en: "A higher cap needs public consultation first.",
    },
  },
  pilot_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过试点的总额度。", en: "This is above a limit of the whole pilot." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  customer_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过每位客户的额度。", en: "This is above the pilot's limit for one customer." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  partner_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过该合作方的额度。", en: "This is above the pilot's limit for this partner." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  merchant_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过该商户的额度。", en: "This is above the pilot's limit for this merchant." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  region_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过该地区的额度。", en: "This is above the pilot's limit for this region." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  channel_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过该渠道的额度。", en: "This is above the pilot's limit for this channel." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  product_limit_exceeded: {
    category: "exhausted",
    text: { zh: "超过该产品的额度。", en: "This is above the pilot's limit for this product." },
    remedy: {
      zh: "减少金额，或在下一个周期再试。",
      en: "Use a smaller amount, or wait for the next period.",
    },
  },
  already_delivered: {
    category: "conflicting",
    text: {
      zh: "该结果含保密内容，已经交付，不再重复提供。",
      en: "This answer was secret and has been delivered; it is not told again.",
    },
    remedy: {
      zh: "没有收到的，用新的编号重新申请，并作废旧的。",
      en: "If it never arrived, ask for a new one under a new id and revoke the old.",
    },
  },
  organisation_not_known: {
    category: "absent",
    text: { zh: "没有这家机构。", en: "There is no such organisation." },
    remedy: { zh: "核对机构编号。", en: "Check the organisation's id." },
  },
  task_absent: {
    category: "absent",
    text: { zh: "没有这项待批事项。", en: "There is no such task." },
    remedy: { zh: "查看待办列表。", en: "See the list of open tasks." },
  },
  task_decided: {
    category: "conflicting",
    text: { zh: "该事项已经处理。", en: "This task has been decided already." },
    remedy: { zh: "刷新待办列表。", en: "Refresh the list of tasks." },
  },
  task_expired: {
    category: "conflicting",
    text: { zh: "该事项已过期。", en: "This task has expired." },
    remedy: { zh: "重新发起。", en: "Propose it again." },
  },
  task_own_proposal: {
    category: "forbidden",
    text: { zh: "发起人不能批准自己的事项。", en: "Nobody approves what they proposed." },
    remedy: { zh: "由另一位有权人员批准。", en: "Ask another person with the right to approve." },
  },
  proposer_lost_role: {
    category: "forbidden",
    text: {
      zh: "发起人已不再担任可以发起此事项的角色。",
      en: "The person who proposed this no longer has the role for it.",
    },
    remedy: { zh: "由现任人员重新发起。", en: "Have somebody who has the role propose it again." },
  },
  task_out_of_date: {
    category: "conflicting",
    text: { zh: "发起之后情况已有变化。", en: "Things have changed since this was proposed." },
    remedy: { zh: "核对新情况后重新发起。", en: "Look at the new state and propose it again." },
  },
  policy_not_next: {
    category: "conflicting",
    text: { zh: "该政策版本不是下一个版本。", en: "This policy is not the next version." },
    remedy: { zh: "按最新版本重新编制。", en: "Compile it again on the latest version." },
  },
  windows_not_over: {
    category: "conflicting",
    text: {
      zh: "这些周期的额度仍可能退回，不能撤除。",
      en: "A refund may still return to these periods, so their limits stay.",
    },
    remedy: {
      zh: "等退回期限过后再撤除。",
      en: "Drop them once the refund horizon has passed.",
    },
  },
  windows_none_over: {
    category: "conflicting",
    text: { zh: "没有需要撤除的周期额度。", en: "There is no limit of an old period to drop." },
    remedy: { zh: "无须操作。", en: "Nothing needs to be done." },
  },
  clock_not_turnable: {
    category: "forbidden",
    text: { zh: "只有演示模式可以拨动时钟。", en: "Only the demonstration may turn the clock." },
    remedy: { zh: "在演示模式下进行。", en: "Do this in demo mode." },
  },
  clock_turned_back: {
    category: "conflicting",
    text: { zh: "业务时间不能倒退。", en: "Business time does not go back." },
    remedy: { zh: "选择当前时间之后的时刻。", en: "Choose an instant after the present one." },
  },
  clock_turned_too_far: {
    category: "conflicting",
    text: { zh: "一次最多拨动1,100天。", en: "One turn of the clock goes at most 1,100 days." },
    remedy: { zh: "分几次拨动。", en: "Turn it in several steps." },
  },
});
