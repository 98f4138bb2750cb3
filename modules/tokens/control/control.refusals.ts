/**
 * Every "no" of a token's controls, in both languages: to changing them, and to payments that they
 * stand against. The latter are for the holder and the issuer; a requestor hears one coarse code.
 */
import { declareRefusals } from "@sandbank/kernel/words";
import { entry } from "../entry.ts";

/** Refuses with one of the codes of controls; in order of precedence. */
export const refuseControl = declareRefusals("tokens", {
  controls_contradict: entry("invalid", {
    zh: "限制自相矛盾：日期或金额前后颠倒、时区不存在，或同一场景设置了两次。",
    en: "The controls contradict themselves: days or amounts out of order, no such time zone, or a scene bounded twice.",
    doZh: "调整后重试。",
    doEn: "Correct them and try again.",
  }),
  controls_changed_since: entry("conflicting", {
    zh: "限制已被修改，现为第{version}版。",
    en: "The controls have changed since; version {version} is in force.",
    doZh: "查看现行限制后重试。",
    doEn: "Look at the controls in force and try again.",
  }),
  loosening_needs_step_up: entry("forbidden", {
    zh: "放宽限制须由持卡人对这一处修改再次验证身份。",
    en: "Loosening a control needs the holder's second factor for this very change.",
    doZh: "就这一处修改再次验证身份后重试；收紧限制随时可行。",
    doEn: "Confirm this change with a second factor and try again; tightening needs nothing.",
  }),
  bounds_loosening_needs_two: entry("forbidden", {
    zh: "放宽发卡机构的限制须两人办理。",
    en: "Loosening the issuer's bounds takes two people.",
    doZh: "提交放宽申请，由另一人复核；收紧可直接办理。",
    doEn: "Propose the loosening and have another person approve it; tightening needs nobody.",
  }),
  token_payment_below_least: entry("conflicting", {
    zh: "单笔金额低于设定的下限。",
    en: "The amount is below the least that a payment may be.",
    doZh: "合并支付，或放宽限制。",
    doEn: "Pay more at once, or have the control loosened.",
  }),
  token_payment_amount_exceeded: entry("exhausted", {
    zh: "单笔金额超过设定的上限。",
    en: "The amount is above the limit for one payment.",
    doZh: "降低金额，或放宽限制。",
    doEn: "Pay less, or have the control loosened.",
  }),
  token_hour_closed: entry("conflicting", {
    zh: "不在允许的时段之内。",
    en: "It is outside the hours that are allowed.",
    doZh: "在允许的时段支付。",
    doEn: "Pay within the allowed hours.",
  }),
  token_before_first_day: entry("conflicting", {
    zh: "未到允许的起始日。",
    en: "It is before the first day that is allowed.",
    doZh: "在允许的日期支付。",
    doEn: "Pay within the allowed days.",
  }),
  token_after_last_day: entry("conflicting", {
    zh: "已过允许的截止日。",
    en: "It is after the last day that is allowed.",
    doZh: "延长日期后支付。",
    doEn: "Have the last day moved.",
  }),
  token_day_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当日金额上限。",
    en: "The token's amount for the day is reached.",
    doZh: "改日支付，或放宽限制。",
    doEn: "Pay another day, or have the control loosened.",
  }),
  token_day_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当日笔数上限。",
    en: "The token's number of payments for the day is reached.",
    doZh: "改日支付，或放宽限制。",
    doEn: "Pay another day, or have the control loosened.",
  }),
  token_month_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当月金额上限。",
    en: "The token's amount for the month is reached.",
    doZh: "下月支付，或放宽限制。",
    doEn: "Pay next month, or have the control loosened.",
  }),
  token_week_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当周金额上限。",
    en: "The token's amount for the week is reached.",
    doZh: "下周支付，或放宽限制。",
    doEn: "Pay next week, or have the control loosened.",
  }),
  token_week_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当周笔数上限。",
    en: "The token's number of payments for the week is reached.",
    doZh: "下周支付，或放宽限制。",
    doEn: "Pay next week, or have the control loosened.",
  }),
  token_month_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记的当月笔数上限。",
    en: "The token's number of payments for the month is reached.",
    doZh: "下月支付，或放宽限制。",
    doEn: "Pay next month, or have the control loosened.",
  }),
  token_life_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记的累计金额上限。",
    en: "The token's amount for its whole life is reached.",
    doZh: "放宽限制，或申领新的支付标记。",
    doEn: "Have the control loosened, or make another token.",
  }),
  token_life_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记的累计笔数上限。",
    en: "The token's number of payments for its whole life is reached.",
    doZh: "放宽限制，或申领新的支付标记。",
    doEn: "Have the control loosened, or make another token.",
  }),
  token_scene_payment_amount_exceeded: entry("exhausted", {
    zh: "单笔金额超过该支付标记在此场景的上限。",
    en: "The amount is above the token's limit for one payment in this scene.",
    doZh: "降低金额，或放宽该场景的限制。",
    doEn: "Pay less, or have the bounds of this scene loosened.",
  }),
  token_scene_amount_exceeded: entry("exhausted", {
    zh: "超过该支付标记在此场景的金额上限。",
    en: "The token's amount for this scene is reached.",
    doZh: "下一周期再支付，或放宽该场景的限制。",
    doEn: "Pay in the next period, or have the bounds of this scene loosened.",
  }),
  token_scene_count_exceeded: entry("exhausted", {
    zh: "超过该支付标记在此场景的笔数上限。",
    en: "The token's number of payments in this scene is reached.",
    doZh: "下一周期再支付，或放宽该场景的限制。",
    doEn: "Pay in the next period, or have the bounds of this scene loosened.",
  }),
  token_holiday_closed: entry("conflicting", {
    zh: "法定节假日不允许支付。",
    en: "It is a public holiday, on which nothing may be paid.",
    doZh: "在节假日之后支付。",
    doEn: "Pay after the holiday.",
  }),
  token_scene_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此场景。",
    en: "The controls do not allow this scene.",
    doZh: "换一个场景，或放宽限制。",
    doEn: "Pay in another scene, or have the control loosened.",
  }),
  token_merchant_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此商户。",
    en: "The controls do not allow this merchant.",
    doZh: "换一个商户，或放宽限制。",
    doEn: "Pay another merchant, or have the control loosened.",
  }),
  token_mcc_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此类商户。",
    en: "The controls do not allow this category of merchant.",
    doZh: "换一类商户，或放宽限制。",
    doEn: "Pay a merchant of another category, or have the control loosened.",
  }),
  token_country_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此国家或地区。",
    en: "The controls do not allow this country.",
    doZh: "换一个商户，或放宽限制。",
    doEn: "Pay a merchant elsewhere, or have the control loosened.",
  }),
  token_channel_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此渠道。",
    en: "The controls do not allow this channel.",
    doZh: "换一个渠道，或放宽限制。",
    doEn: "Pay by another channel, or have the control loosened.",
  }),
  token_currency_not_allowed: entry("forbidden", {
    zh: "控制设置不允许此币种。",
    en: "The controls do not allow this currency.",
    doZh: "换一种币种，或放宽限制。",
    doEn: "Pay in another currency, or have the control loosened.",
  }),
  token_confirmation_needed: entry("forbidden", {
    zh: "金额超过持卡人须再次确认的界限，没有可用的确认。",
    en: "The amount is above what passes unconfirmed, and no confirmation of the holder is left for it.",
    doZh: "由持卡人在银行应用中确认这笔支付后重试。",
    doEn: "Have the holder confirm the payment in the bank's app, then try again.",
  }),
  token_cryptogram_required: entry("forbidden", {
    zh: "该支付标记的每笔支付须附带密文。",
    en: "Every payment with this token has to bring a cryptogram.",
    doZh: "取得密文后重试。",
    doEn: "Get a cryptogram and try again.",
  }),
});

/** The codes of controls. */
export type ControlRefusal = Parameters<typeof refuseControl>[0];
