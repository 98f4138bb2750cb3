/** What the permit edge says no to beside limits, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the permit edge's own codes. */
export const refuse = declareRefusals("permit", {
  permit_pilot_unknown: {
    category: "absent",
    text: {
      zh: "没有通过许可接口运行的这个试点。",
      en: "No pilot of that name runs by permits.",
    },
    remedy: { zh: "核对试点名称。", en: "Check the name of the pilot." },
  },
  permit_unknown: {
    category: "absent",
    text: { zh: "没有这项许可。", en: "There is no such permit." },
    remedy: {
      zh: "使用申请许可时自己编的编号。",
      en: "Use the id under which you asked for it.",
    },
  },
  permit_not_confirmed: {
    category: "conflicting",
    text: { zh: "该许可尚未确认。", en: "This permit has not been confirmed." },
    remedy: { zh: "业务办成后先确认。", en: "Confirm it once the act is done." },
  },
  permit_confirmed: {
    category: "conflicting",
    text: { zh: "该许可已经确认。", en: "This permit has been confirmed already." },
    remedy: {
      zh: "退款与还款按“退回”上报。",
      en: "Report a refund or a repayment as giving back.",
    },
  },
  permit_cancelled: {
    category: "conflicting",
    text: { zh: "该许可已经取消。", en: "This permit was cancelled." },
    remedy: { zh: "以新的编号重新申请。", en: "Ask again under a new id." },
  },
  permit_expired: {
    category: "conflicting",
    text: {
      zh: "该许可已过期，占用的额度已退回。",
      en: "This permit has expired and what it held was given back.",
    },
    remedy: {
      zh: "业务若已办成，立即以新的编号补报。",
      en: "If the act was done all the same, report it at once under a new id.",
    },
  },
  permit_closed: {
    category: "conflicting",
    text: { zh: "该笔业务已经了结。", en: "This piece of business is closed." },
    remedy: { zh: "新的业务另行申请。", en: "Ask for a new permit for new business." },
  },
  permit_has_no_amount: {
    category: "conflicting",
    text: { zh: "该许可没有金额。", en: "This permit has no amount." },
    remedy: { zh: "不带金额再报一次。", en: "Leave the amount out." },
  },
  give_back_above_confirmed: {
    category: "exhausted",
    text: {
      zh: "退回金额超过确认后尚未退回的部分。",
      en: "This is more than was confirmed and not yet given back.",
    },
    remedy: { zh: "核对退回金额。", en: "Check the amount that comes back." },
  },
});

export type PermitRefusal = Parameters<typeof refuse>[0];
