/**
 * Every "no" of the tokens, in order of precedence, in both languages. What a requestor hears of a
 * payment is one coarse code; the codes below it are for the holder and the issuer.
 */
import { declareRefusals } from "@sandbank/kernel/words";

const entry = <const C extends "invalid" | "forbidden" | "absent" | "conflicting" | "exhausted">(
  category: C,
  said: {
    readonly zh: string;
    readonly en: string;
    readonly doZh: string;
    readonly doEn: string;
  },
) => ({
  category,
  text: { zh: said.zh, en: said.en },
  remedy: { zh: said.doZh, en: said.doEn },
});

/** Refuses with one of the module's own codes. */
export const refuse = declareRefusals("tokens", {
  holder_is_another: entry("absent", {
    zh: "没有属于该持卡人的这一项。",
    en: "This holder has no such thing.",
    doZh: "核对持卡人。",
    doEn: "Check the holder.",
  }),
  holder_unknown: entry("absent", {
    zh: "没有这位持卡人。",
    en: "There is no such holder.",
    doZh: "核对持卡人编号。",
    doEn: "Check the holder's id.",
  }),
  holder_has_tokens: entry("conflicting", {
    zh: "持卡人还有未注销的支付标记。",
    en: "The holder still has payment tokens that were not deleted.",
    doZh: "先注销全部支付标记。",
    doEn: "Delete every payment token first.",
  }),
  card_unknown: entry("absent", {
    zh: "没有这张卡。",
    en: "There is no such card.",
    doZh: "先添加卡片。",
    doEn: "Add the card first.",
  }),
  card_exists: entry("conflicting", {
    zh: "该卡已添加。",
    en: "The card has been added already.",
    doZh: "直接使用。",
    doEn: "Use it as it is.",
  }),
  card_closed: entry("conflicting", {
    zh: "该卡已注销。",
    en: "The card is closed.",
    doZh: "使用另一张卡。",
    doEn: "Use another card.",
  }),
  card_expired: entry("conflicting", {
    zh: "该卡已过有效期。",
    en: "The card has expired.",
    doZh: "使用另一张卡。",
    doEn: "Use another card.",
  }),
  requestor_unknown: entry("absent", {
    zh: "没有这个标记请求方。",
    en: "There is no such token requestor.",
    doZh: "先登记标记请求方。",
    doEn: "Register the requestor first.",
  }),
  requestor_exists: entry("conflicting", {
    zh: "该标记请求方已登记。",
    en: "The token requestor is registered already.",
    doZh: "直接使用其编号。",
    doEn: "Use its id as it is.",
  }),
  requestor_not_active: entry("conflicting", {
    zh: "该标记请求方不在有效状态。",
    en: "The token requestor is not active.",
    doZh: "由银行两人准入或恢复后再试。",
    doEn: "Try again once two people of the bank have admitted or resumed it.",
  }),
  requestor_admitted_already: entry("conflicting", {
    zh: "该标记请求方已准入。",
    en: "The token requestor has been admitted already.",
    doZh: "无须再次准入；暂停的可以恢复。",
    doEn: "There is nothing left to admit; one that is suspended can be resumed.",
  }),
  requestor_suspended_already: entry("conflicting", {
    zh: "该标记请求方已暂停。",
    en: "The token requestor is suspended already.",
    doZh: "无须再次暂停。",
    doEn: "There is nothing left to suspend.",
  }),
  requestor_not_suspended: entry("conflicting", {
    zh: "该标记请求方没有暂停。",
    en: "The token requestor is not suspended.",
    doZh: "查看名册中的状态。",
    doEn: "See its state in the registry.",
  }),
  requestor_ended: entry("conflicting", {
    zh: "该标记请求方已终止。",
    en: "The token requestor has ended.",
    doZh: "以新的编号登记。",
    doEn: "Register it under another id.",
  }),
  for_bank_and_requestor_only: entry("forbidden", {
    zh: "仅银行与标记请求方可以查看。",
    en: "Only the bank and token requestors may see this.",
    doZh: "以银行或标记请求方身份查看。",
    doEn: "Look as the bank or as a requestor.",
  }),
  scene_absent: entry("absent", {
    zh: "没有这个场景。",
    en: "There is no such scene.",
    doZh: "核对场景编号。",
    doEn: "Check the scene's id.",
  }),
  scene_not_open: entry("conflicting", {
    zh: "场景 {limit} 已暂停或终止。",
    en: "The scene {limit} is suspended or has ended.",
    doZh: "换一个场景，或由银行恢复后再试。",
    doEn: "Pay in another scene, or once the bank has resumed it.",
  }),
  scene_suspended_already: entry("conflicting", {
    zh: "该场景已暂停。",
    en: "The scene is suspended already.",
    doZh: "无须再次暂停。",
    doEn: "There is nothing left to suspend.",
  }),
  scene_not_suspended: entry("conflicting", {
    zh: "该场景没有暂停。",
    en: "The scene is not suspended.",
    doZh: "查看场景的状态。",
    doEn: "See how the scene stands.",
  }),
  scene_ended: entry("conflicting", {
    zh: "该场景已终止。",
    en: "The scene has ended.",
    doZh: "登记新的场景。",
    doEn: "Register another scene.",
  }),
  scene_unknown: entry("absent", {
    zh: "没有场景 {scene}。",
    en: "There is no scene {scene}.",
    doZh: "从已登记的场景中选择。",
    doEn: "Choose one of the registered scenes.",
  }),
  scene_exists: entry("conflicting", {
    zh: "该场景已登记。",
    en: "The scene is registered already.",
    doZh: "直接使用，或换一个名称。",
    doEn: "Use it as it is, or choose another id.",
  }),
  token_absent: entry("absent", {
    zh: "没有这个支付标记。",
    en: "There is no such payment token.",
    doZh: "核对支付标记。",
    doEn: "Check the token.",
  }),
  token_numbers_taken: entry("conflicting", {
    zh: "抽取的标记号均已被占用。",
    en: "Every number that was drawn is taken.",
    doZh: "换一个请求编号重试。",
    doEn: "Try again under another request id.",
  }),
  cause_of_another_role: entry("forbidden", {
    zh: "该暂停原因只能由设置方解除或设置。",
    en: "This cause is set and lifted by another party only.",
    doZh: "由设置该原因的一方办理。",
    doEn: "Ask the party whose cause it is.",
  }),
  token_suspended_already: entry("conflicting", {
    zh: "该支付标记已因同一原因暂停。",
    en: "The token is suspended for this cause already.",
    doZh: "无须再次暂停。",
    doEn: "There is nothing left to suspend.",
  }),
  token_not_suspended: entry("conflicting", {
    zh: "该支付标记没有因此原因暂停。",
    en: "The token is not suspended for this cause.",
    doZh: "查看其暂停原因。",
    doEn: "See for which causes it is suspended.",
  }),
  loosening_needs_step_up: entry("forbidden", {
    zh: "放宽限制须先再次验证身份。",
    en: "Loosening a control needs a fresh second factor.",
    doZh: "再次验证身份后重试；收紧限制随时可行。",
    doEn: "Step up and try again; tightening needs nothing.",
  }),
  controls_changed_since: entry("conflicting", {
    zh: "限制已被修改，现为第{version}版。",
    en: "The controls have changed since; version {version} is in force.",
    doZh: "查看现行限制后重试。",
    doEn: "Look at the controls in force and try again.",
  }),
  payment_declined: entry("conflicting", {
    zh: "支付被拒绝。",
    en: "The payment is declined.",
    doZh: "付款人可在银行应用中查看原因，也可换一种方式付款。",
    doEn: "The payer sees the reason in the bank's app; or pay in another way.",
  }),
  token_unknown: entry("absent", {
    zh: "没有这个支付标记。",
    en: "There is no such payment token.",
    doZh: "核对标记号。",
    doEn: "Check the number.",
  }),
  token_deleted: entry("conflicting", {
    zh: "支付标记已删除。",
    en: "The token is deleted.",
    doZh: "在银行应用中申领新的支付标记。",
    doEn: "Make another token in the bank's app.",
  }),
  token_expired: entry("conflicting", {
    zh: "支付标记已过有效期。",
    en: "The token has expired.",
    doZh: "在银行应用中申领新的支付标记。",
    doEn: "Make another token in the bank's app.",
  }),
  token_suspended: entry("conflicting", {
    zh: "支付标记已暂停。",
    en: "The token is suspended.",
    doZh: "在银行应用中恢复。",
    doEn: "Resume it in the bank's app.",
  }),
  scene_of_another_requestor: entry("forbidden", {
    zh: "该场景不属于发起方。",
    en: "The scene belongs to another requestor.",
    doZh: "在自己的场景中发起支付。",
    doEn: "Pay in a scene of one's own.",
  }),
  scene_not_of_token: entry("forbidden", {
    zh: "该支付标记不用于场景 {limit}。",
    en: "The token does not serve the scene {limit}.",
    doZh: "使用该场景的支付标记。",
    doEn: "Use a token of this scene.",
  }),
  merchant_outside_scene: entry("forbidden", {
    zh: "商户不在场景 {limit} 之内。",
    en: "The merchant is not in the scene {limit}.",
    doZh: "在场景内的商户支付。",
    doEn: "Pay a merchant of the scene.",
  }),
  mcc_outside_scene: entry("forbidden", {
    zh: "商户类别不在场景 {limit} 之内。",
    en: "The merchant's category is not in the scene {limit}.",
    doZh: "在场景内的商户支付。",
    doEn: "Pay a merchant of the scene.",
  }),
  channel_outside_scene: entry("forbidden", {
    zh: "支付渠道不在场景 {limit} 之内。",
    en: "The channel is not in the scene {limit}.",
    doZh: "换用场景允许的渠道。",
    doEn: "Use a channel of the scene.",
  }),
  cryptogram_missing: entry("forbidden", {
    zh: "该笔支付须带密文。",
    en: "The payment has to bring a cryptogram.",
    doZh: "在银行应用中为这笔支付生成密文。",
    doEn: "Have one made for this payment in the bank's app.",
  }),
  cryptogram_wrong: entry("forbidden", {
    zh: "密文不正确。",
    en: "The cryptogram is not genuine.",
    doZh: "在银行应用中重新生成密文；如非本人支付，请暂停该支付标记。",
    doEn: "Make another one in the bank's app; if it was not you who paid, suspend the token.",
  }),
  cryptogram_of_another_payment: entry("forbidden", {
    zh: "密文属于另一笔支付：金额、场景或发起方不同。",
    en: "The cryptogram is for another payment: another amount, scene or requestor.",
    doZh: "为这笔支付生成密文。",
    doEn: "Make one for this payment.",
  }),
  cryptogram_spent: entry("conflicting", {
    zh: "密文已使用过。",
    en: "The cryptogram has been used.",
    doZh: "重新生成密文。",
    doEn: "Make another one.",
  }),
  cryptogram_expired: entry("conflicting", {
    zh: "密文已过五分钟有效期。",
    en: "The cryptogram is older than five minutes.",
    doZh: "重新生成密文。",
    doEn: "Make another one.",
  }),
  cryptogram_counters_spent: entry("exhausted", {
    zh: "该支付标记的密文序号已用完。",
    en: "The token has used up its counters of cryptograms.",
    doZh: "在银行应用中申领新的支付标记。",
    doEn: "Make another token in the bank's app.",
  }),
  token_payment_amount_exceeded: entry("exhausted", {
    zh: "单笔金额超过持卡人设定的上限。",
    en: "The amount is above the holder's limit for one payment.",
    doZh: "降低金额，或由持卡人放宽限制。",
    doEn: "Pay less, or have the holder loosen the control.",
  }),
  token_hour_closed: entry("conflicting", {
    zh: "持卡人设定的时段之外。",
    en: "It is outside the hours that the holder allows.",
    doZh: "在允许的时段支付。",
    doEn: "Pay within the allowed hours.",
  }),
  token_before_first_day: entry("conflicting", {
    zh: "未到持卡人设定的起始日。",
    en: "It is before the first day that the holder allows.",
    doZh: "在允许的日期支付。",
    doEn: "Pay within the allowed days.",
  }),
  token_after_last_day: entry("conflicting", {
    zh: "已过持卡人设定的截止日。",
    en: "It is after the last day that the holder allows.",
    doZh: "由持卡人延长日期。",
    doEn: "Have the holder move the last day.",
  }),
  token_day_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当日金额上限。",
    en: "The token's amount for the day is reached.",
    doZh: "改日支付，或由持卡人放宽限制。",
    doEn: "Pay another day, or have the holder loosen the control.",
  }),
  token_day_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当日笔数上限。",
    en: "The token's number of payments for the day is reached.",
    doZh: "改日支付，或由持卡人放宽限制。",
    doEn: "Pay another day, or have the holder loosen the control.",
  }),
  token_month_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当月金额上限。",
    en: "The token's amount for the month is reached.",
    doZh: "下月支付，或由持卡人放宽限制。",
    doEn: "Pay next month, or have the holder loosen the control.",
  }),
  payment_unknown: entry("absent", {
    zh: "没有这笔支付。",
    en: "There is no such payment.",
    doZh: "核对支付编号。",
    doEn: "Check the payment's id.",
  }),
  payment_not_captured: entry("conflicting", {
    zh: "该支付尚未扣款。",
    en: "Nothing of the payment is captured yet.",
    doZh: "扣款后方可退款；未扣款可撤销。",
    doEn: "Void it, or capture it before a refund.",
  }),
  payment_captured_in_part: entry("conflicting", {
    zh: "该支付已部分扣款，不能再增加金额。",
    en: "Part of the payment is captured, so it cannot be raised.",
    doZh: "为增加的金额另行授权。",
    doEn: "Authorise another payment for what comes on top.",
  }),
  payment_captured: entry("conflicting", {
    zh: "该支付已全部扣款。",
    en: "The payment is captured whole.",
    doZh: "以退款方式返还。",
    doEn: "Give back by a refund.",
  }),
  payment_voided: entry("conflicting", {
    zh: "该支付已撤销。",
    en: "The payment is void.",
    doZh: "需要时重新授权。",
    doEn: "Authorise another one if needed.",
  }),
  payment_expired: entry("conflicting", {
    zh: "该授权已过期。",
    en: "The authorisation has expired.",
    doZh: "需要时重新授权。",
    doEn: "Authorise another one if needed.",
  }),
  refund_above_captured: entry("exhausted", {
    zh: "退款超过已扣款未退款的金额。",
    en: "The refund is above what is captured and not refunded.",
    doZh: "降低退款金额。",
    doEn: "Refund less.",
  }),
  settlement_day_not_over: entry("conflicting", {
    zh: "该日尚未结束。",
    en: "The day is not over yet.",
    doZh: "次日零时（北京时间）后再结算。",
    doEn: "Settle it after midnight in Shanghai.",
  }),
  settlement_exists: entry("conflicting", {
    zh: "该日已结算。",
    en: "The day has been settled.",
    doZh: "直接取对账文件。",
    doEn: "Fetch its file.",
  }),
  settlement_out_of_order: entry("conflicting", {
    zh: "{day} 尚未结算，须按日期先后结算。",
    en: "{day} is not settled yet; days are settled in their order.",
    doZh: "先结算 {day}。",
    doEn: "Settle {day} first.",
  }),
  settlement_file_absent: entry("absent", {
    zh: "没有该日的对账文件，或没有这一部分。",
    en: "There is no file of that day, or not that part of it.",
    doZh: "在已结算日期中选择。",
    doEn: "Choose one of the settled days.",
  }),
  for_holder_and_issuer_only: entry("forbidden", {
    zh: "仅持卡人与发卡机构可以查看。",
    en: "Only the holder and the issuer may see this.",
    doZh: "以持卡人或发卡机构身份查看。",
    doEn: "Look as the holder or the issuer.",
  }),
  controls_contradict: entry("invalid", {
    zh: "起始日晚于截止日。",
    en: "The first day lies after the last.",
    doZh: "调整日期。",
    doEn: "Correct the days.",
  }),
});

/** The codes of this module. */
export type TokensRefusal = Parameters<typeof refuse>[0];
