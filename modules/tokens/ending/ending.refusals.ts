/** What ending the pilot says no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";
import { entry } from "../entry.ts";

/** Refuses with one of the codes of the end. */
export const refuseEnding = declareRefusals("tokens", {
  pilot_not_leaving: entry("conflicting", {
    zh: "试点没有进入退出程序。",
    en: "The pilot has not been told to leave.",
    doZh: "由监管机构作出退出决定后再办。",
    doEn: "Do it once the supervisor has decided that it leaves.",
  }),
  ending_payments_open: entry("conflicting", {
    zh: "仍有已授权未了结的支付。",
    en: "Payments that were authorised are not finished.",
    doZh: "等它们请款、撤销或到期后再办。",
    doEn: "Wait until they are captured, voided or expired.",
  }),
  ending_tokens_live: entry("conflicting", {
    zh: "仍有未注销的支付标记。",
    en: "There are tokens that are not deleted.",
    doZh: "先注销全部支付标记。",
    doEn: "Delete every token first.",
  }),
  ending_cards_bound: entry("conflicting", {
    zh: "仍有未解绑的卡片。",
    en: "There are cards that are still bound.",
    doZh: "先解绑全部卡片。",
    doEn: "Unbind every card first.",
  }),
});
