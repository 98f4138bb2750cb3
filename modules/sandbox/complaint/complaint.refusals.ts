/**
 * What the complaints desk says no to, in order of precedence. A complaint of somebody else answers
 * like one that does not exist, and a state refuses by its own code.
 */
import { declareRefusals } from "@sandbank/kernel/words";

type Category = "invalid" | "forbidden" | "absent" | "conflicting";

const entry = (
  category: Category,
  [zh, doZh]: readonly [string, string],
  [en, doEn]: readonly [string, string],
) => ({ category, text: { zh, en }, remedy: { zh: doZh, en: doEn } });

const state = (zh: string, en: string) =>
  entry(
    "conflicting",
    [`该投诉${zh}，此时不能这样做。`, "查看投诉的进度与可行步骤。"],
    [
      `The complaint ${en}; this cannot be done now.`,
      "See where it stands and what is open to it.",
    ],
  );

/** Refuses with one of the codes of complaints. */
export const refuse = declareRefusals("complaints", {
  complaint_unknown: entry(
    "absent",
    ["没有这件投诉。", "核对投诉编号。"],
    ["There is no such complaint.", "Check its number."],
  ),
  receipt_unknown: entry(
    "absent",
    ["没有与此回执码对应的投诉。", "核对回执码，共16位，不分大小写。"],
    ["No complaint goes with this receipt code.", "Check its 16 letters and digits."],
  ),
  pilot_takes_no_complaints_here: entry(
    "absent",
    ["该试点不在本系统受理投诉。", "按声明书所列渠道向申报机构投诉。"],
    [
      "Complaints about this pilot are not taken here.",
      "Complain to the institution by a channel of its declaration.",
    ],
  ),
  group_needs_representatives: entry(
    "conflicting",
    ["群体投诉须推选代表，单人投诉无须代表。", "填写代表姓名，或把人数改为1。"],
    [
      "A group names representatives, and one person needs none.",
      "Give their names, or change the number of persons to 1.",
    ],
  ),
  representatives_more_than_five: entry(
    "conflicting",
    ["群体投诉的代表不超过5人。", "推选至多5名代表。"],
    ["A group has at most five representatives.", "Choose no more than five."],
  ),
  complaint_is_received: state("已收到，尚未受理", "is received and not yet taken up"),
  complaint_is_accepted: state("已受理，正在处理", "has been taken up and is being handled"),
  complaint_is_inadmissible: state("已告知不予受理", "was found inadmissible"),
  complaint_is_decided: state("已作出处理决定", "has been decided"),
  complaint_is_in_recheck: state("正在核查", "is being re-checked"),
  complaint_was_rechecked: state("已完成核查", "has been re-checked"),
  complaint_is_closed: state("已办结", "is closed"),
  complaint_was_withdrawn: state("已撤回", "was withdrawn"),
  handler_is_complained_of: entry(
    "forbidden",
    ["被投诉的人员不得处理该投诉。", "由其他人员处理。"],
    ["A person complained of may not handle the complaint.", "Leave it to somebody else."],
  ),
  handler_has_direct_interest: entry(
    "forbidden",
    ["与投诉有直接利害关系的人员不得处理该投诉。", "由其他人员处理；回避申报已记录。"],
    [
      "Whoever has a direct interest may not handle the complaint.",
      "Leave it to somebody else; the declaration of interest is on record.",
    ],
  ),
  handler_is_another: entry(
    "forbidden",
    ["该投诉由另一位人员处理。", "需要时先接手该投诉。"],
    ["Somebody else handles this complaint.", "Take it over first, if that is needed."],
  ),
  already_your_complaint: entry(
    "conflicting",
    ["该投诉已由您处理。", "无须再次接手。"],
    ["You handle this complaint already.", "There is nothing to take over."],
  ),
  recheck_by_first_person: entry(
    "forbidden",
    ["核查不得由原处理人员进行。", "由另一位高级管理人员核查。"],
    [
      "Whoever handled a complaint may not re-check it.",
      "Leave the re-check to another senior person.",
    ],
  ),
  institution_holds_this_already: entry(
    "conflicting",
    ["机构已经持有该材料，不得要求投诉人提供。", "在机构内部调取。"],
    [
      "The institution holds this already and may not ask the complainant for it.",
      "Fetch it within the institution.",
    ],
  ),
  extension_comes_too_late: entry(
    "conflicting",
    ["期限已过，不能再延长。", "尽快作出决定；逾期已公开计数。"],
    [
      "The time is over and can no longer be extended.",
      "Decide soon; the lateness counts in public.",
    ],
  ),
  extension_is_not_the_next: entry(
    "conflicting",
    ["期限只能由15日延至30日，再延至60日。", "选择下一档期限。"],
    ["Time goes from 15 days to 30 and then to 60.", "Choose the next of these."],
  ),
  recheck_time_is_over: entry(
    "conflicting",
    ["申请核查的30日期限已过。", "可向自律组织投诉。"],
    ["The 30 days for a re-check are over.", "The self-regulatory body can still be turned to."],
  ),
  already_escalated: entry(
    "conflicting",
    ["该投诉已转至自律组织。", "等待自律组织答复。"],
    [
      "The complaint is with the self-regulatory body already.",
      "Wait for the answer of that body.",
    ],
  ),
  person_already_named: entry(
    "conflicting",
    ["该人员已记为被投诉人。", "无须重复记录。"],
    ["This person is on record as complained of.", "There is nothing to add."],
  ),
  complaint_not_due: entry(
    "conflicting",
    ["该投诉没有到期的事项。", "到期后再试。"],
    ["Nothing of this complaint is due.", "Try again when it is."],
  ),
  purpose_is_not_yours: entry(
    "forbidden",
    ["您的角色不能以此用途查看投诉内容。", "选择与职责相符的用途。"],
    [
      "Your role may not read the words of a complaint for this purpose.",
      "Choose a purpose that goes with your duty.",
    ],
  ),
  complaint_not_ended: entry(
    "conflicting",
    ["投诉办结或撤回后才能删除其内容。", "等待投诉办结。"],
    [
      "The words of a complaint can be erased once it is closed or withdrawn.",
      "Wait until it has ended.",
    ],
  ),
  complaint_was_erased: entry(
    "absent",
    ["该投诉的内容已删除。", "进度与结果仍可查看。"],
    ["The words of this complaint were erased.", "Its steps and outcome can still be read."],
  ),
});

/** The codes of complaints. */
export type ComplaintRefusal = Parameters<typeof refuse>[0];
