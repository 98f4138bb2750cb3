/** What the compensation pool says no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

type Category = "forbidden" | "absent" | "conflicting" | "exhausted";

const entry = (
  category: Category,
  [zh, doZh]: readonly [string, string],
  [en, doEn]: readonly [string, string],
) => ({ category, text: { zh, en }, remedy: { zh: doZh, en: doEn } });

const state = (zh: string, en: string) =>
  entry(
    "conflicting",
    [`该赔付申请${zh}，此时不能这样做。`, "查看赔付申请的进度。"],
    [`The claim ${en}; this cannot be done now.`, "See where the claim stands."],
  );

/** Refuses with one of the codes of compensation. */
export const refuse = declareRefusals("compensation", {
  pilot_has_no_pool: entry(
    "absent",
    ["该试点没有风险补偿安排。", "先由监管机构确定补偿条款。"],
    ["This pilot has no compensation terms.", "The supervisor sets the terms first."],
  ),
  pool_has_no_insurer: entry(
    "conflicting",
    ["该试点的补偿条款没有保险人。", "把资金存入补偿资金池。"],
    ["The terms of this pilot name no insurer.", "Fund the pool itself."],
  ),
  institution_does_not_run_pilot: entry(
    "absent",
    ["您的机构不运行该试点。", "核对试点。"],
    ["Your institution does not run this pilot.", "Check the pilot."],
  ),
  claim_unknown: entry(
    "absent",
    ["没有这项赔付申请。", "核对赔付申请编号。"],
    ["There is no such claim.", "Check its number."],
  ),
  claim_cause_unknown: entry(
    "absent",
    ["没有这件投诉或事件。", "核对编号。"],
    ["There is no such complaint or incident.", "Check its number."],
  ),
  complaint_not_upheld: entry(
    "conflicting",
    ["投诉没有被认定成立，不能据此赔付。", "先作出全部或部分成立的决定。"],
    [
      "The complaint is not upheld, so nothing is owed for it.",
      "Decide first that it is upheld, in whole or in part.",
    ],
  ),
  incident_not_confirmed: entry(
    "conflicting",
    ["事件尚未确认或已排除，不能据此赔付。", "先确认事件。"],
    [
      "The incident is not confirmed or was dismissed, so nothing is owed for it.",
      "Confirm the incident first.",
    ],
  ),
  complaint_has_a_claim: entry(
    "conflicting",
    ["该投诉已有赔付申请。", "在原申请中处理。"],
    ["This complaint has a claim already.", "Go on with that one."],
  ),
  claim_is_raised: state("尚待审核", "has not been judged yet"),
  claim_is_admitted: state("已核准", "has been admitted"),
  claim_is_refused: state("未获核准", "was refused"),
  claim_is_paid: state("已付清", "has been paid"),
  claim_judged_by_who_raised_it: entry(
    "forbidden",
    ["提出赔付申请的人员不得审核该申请。", "由另一位人员审核。"],
    ["Whoever raised a claim may not judge it.", "Leave it to somebody else."],
  ),
  more_than_was_claimed: entry(
    "conflicting",
    ["核准金额超过申请金额。", "按不超过申请的金额核准。"],
    ["More than was claimed cannot be admitted.", "Admit at most what was claimed."],
  ),
  more_than_was_admitted: entry(
    "conflicting",
    ["累计赔付将超过核准金额。", "按尚未支付的金额赔付。"],
    ["More than was admitted cannot be paid.", "Pay at most what is left of it."],
  ),
  payout_needs_two_persons: entry(
    "forbidden",
    ["累计赔付超过单人权限，须两人办理。", "提交赔付，由另一位人员批准。"],
    [
      "This payout is above what one person may pay; it takes two.",
      "Propose it and have another person approve.",
    ],
  ),
  payout_needs_one_person_only: entry(
    "conflicting",
    ["该金额在单人权限内。", "直接赔付。"],
    ["One person may pay this sum.", "Pay it as it is."],
  ),
  loss_cap_exceeded: entry(
    "exhausted",
    [
      "赔付与待决申请合计将超过损失上限：已用{used}，本次{asked}，上限{cap}。",
      "由监管机构决定是否暂停试点；超出部分由机构依法赔付。",
    ],
    [
      "Losses paid and claimed would exceed the loss cap: {used} used, {asked} asked, cap {cap}.",
      "The supervisor decides whether to suspend; the institution pays the rest under the law.",
    ],
  ),
  pool_short_of_money: entry(
    "exhausted",
    ["补偿资金池余额不足。", "补足资金后再试。"],
    ["The pool does not hold this much.", "Fund the pool and try again."],
  ),
});

/** The codes of compensation. */
export type CompensationRefusal = Parameters<typeof refuse>[0];
