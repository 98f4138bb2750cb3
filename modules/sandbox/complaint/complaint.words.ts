/**
 * What people call the states, outcomes, grounds and steps of a complaint, on every page that shows
 * one. Browser-safe.
 */
import type { Text } from "@sandbank/kernel/words";
import type {
  CATEGORIES,
  ComplaintOutcome,
  ComplaintState,
  GROUNDS,
  Material,
} from "./complaint.contract.ts";

export const COMPLAINT_CATEGORIES = {
  not_carried_out: { zh: "业务没有办成", en: "Something was not carried out" },
  wrong_amount: { zh: "金额有误或重复扣款", en: "Wrong amount or charged twice" },
  not_authorised: { zh: "不是本人操作", en: "I did not authorise it" },
  fees: { zh: "收费", en: "Fees" },
  explanation: { zh: "没有说清楚", en: "It was not explained" },
  personal_information: { zh: "个人信息", en: "Personal information" },
  service: { zh: "服务态度或等候", en: "Service or waiting" },
  other: { zh: "其他", en: "Something else" },
} as const satisfies Record<(typeof CATEGORIES)[number], Text>;

export const COMPLAINT_STATE_WORDS = {
  received: { zh: "已收到", en: "Received" },
  accepted: { zh: "已受理", en: "Taken up" },
  inadmissible: { zh: "不予受理", en: "Not taken up" },
  decided: { zh: "已决定", en: "Decided" },
  rechecking: { zh: "核查中", en: "Being re-checked" },
  rechecked: { zh: "已核查", en: "Re-checked" },
  closed: { zh: "已办结", en: "Closed" },
  withdrawn: { zh: "已撤回", en: "Withdrawn" },
} as const satisfies Record<ComplaintState, Text>;

export const COMPLAINT_OUTCOMES = {
  upheld: { zh: "成立", en: "Upheld" },
  partly: { zh: "部分成立", en: "Upheld in part" },
  rejected: { zh: "不成立", en: "Not upheld" },
} as const satisfies Record<ComplaintOutcome, Text>;

export const COMPLAINT_GROUNDS = {
  not_about_this_pilot: { zh: "与这项试点无关", en: "It is not about this pilot" },
  decided_before: { zh: "同一事项已经处理过", en: "The same matter was decided before" },
  before_court_or_arbitration: {
    zh: "已进入诉讼或仲裁",
    en: "It is before a court or in arbitration",
  },
  no_facts_stated: { zh: "没有说明事实", en: "It states no facts" },
} as const satisfies Record<(typeof GROUNDS)[number], Text>;

export const COMPLAINT_MATERIALS = {
  identity_on_file: { zh: "已留存的身份证明", en: "Proof of identity that is on file" },
  agreement: { zh: "服务协议", en: "The service agreement" },
  transaction_record: { zh: "交易记录", en: "Records of the transaction" },
  call_recording: { zh: "通话录音", en: "Recordings of calls" },
  proof_of_loss: { zh: "损失证明", en: "Proof of the loss" },
  screenshot: { zh: "截图", en: "A screenshot" },
  correspondence: { zh: "与第三方的往来", en: "Correspondence with others" },
  authority_to_represent: { zh: "代理授权", en: "Authority to represent" },
  description: { zh: "更详细的经过", en: "A fuller account" },
} as const satisfies Record<Material, Text>;

/** The steps of a complaint by their events. */
export const COMPLAINT_STEPS: Readonly<Record<string, Text>> = {
  lodge: { zh: "提交投诉", en: "Lodged" },
  accept: { zh: "受理", en: "Taken up" },
  find_inadmissible: { zh: "告知不予受理", en: "Not taken up" },
  take_over: { zh: "换人办理", en: "Taken over" },
  ask: { zh: "征求补充材料", en: "Asked for something" },
  add: { zh: "补充内容", en: "Something was added" },
  extend: { zh: "延长期限", en: "The time was extended" },
  decide: { zh: "作出决定", en: "Decided" },
  withdraw: { zh: "撤回", en: "Withdrawn" },
  escalate: { zh: "转至自律组织", en: "Taken to the self-regulatory body" },
  fall_overdue: { zh: "期限已过，公开计为逾期", en: "Time is over; counted as late in public" },
  request_recheck: { zh: "申请核查", en: "A re-check was asked for" },
  decide_recheck: { zh: "完成核查", en: "Re-checked" },
  name_person: { zh: "记录被投诉人员", en: "A person complained of was named" },
  declare_interest: { zh: "申报利害关系", en: "A direct interest was declared" },
  close: { zh: "办结", en: "Closed" },
  erase: { zh: "删除内容", en: "The words were erased" },
};
