/** What settling a dispatch says no to. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("sandbox dispatch", {
  dispatch_unknown: {
    category: "absent",
    text: { zh: "没有这次寄送。", en: "There is no such dispatch." },
    remedy: { zh: "核对消息和通知地址的编号。", en: "Check the ids of letter and contact." },
  },
  dispatch_settled: {
    category: "conflicting",
    text: { zh: "这次寄送已有结果。", en: "What became of this dispatch is on record." },
    remedy: { zh: "不必再做什么。", en: "Nothing is left to do." },
  },
});
