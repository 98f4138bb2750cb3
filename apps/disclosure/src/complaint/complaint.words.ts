/** What the pages of complaints say, in both languages. */
import type { Text } from "@sandbank/kernel/words";
import type { ComplaintFigures, Following } from "@sandbank/sandbox/contract";
import type { Catalogue } from "@sandbank/ui";

export const complaintWords = {
  numbers_title: { zh: "投诉统计", en: "Complaints in numbers" },
  numbers_of: { zh: "{pilot}：投诉统计", en: "{pilot}: complaints in numbers" },
  numbers_lead: {
    zh: "每个数都由投诉记录算出。点一个数，看它由哪些投诉合成。投诉的内容不公开。",
    en: "Every number is computed from the complaints on record. Choose one to see which complaints it counts. What they say is not public.",
  },
  as_of: {
    zh: "截至{time}，由平台从投诉记录算出",
    en: "As of {time}, computed by the platform from the complaints",
  },
  rows: { zh: "投诉明细", en: "The complaints" },
  rows_all: { zh: "看全部投诉", en: "See all complaints" },
  rows_empty: { zh: "没有这样的投诉。", en: "There are no such complaints." },
  rows_of: { zh: "只列：{figure}", en: "Only: {figure}" },
  row_number: { zh: "编号", en: "Number" },
  row_category: { zh: "事由", en: "About" },
  row_received: { zh: "收到日期", en: "Received" },
  row_last_day: { zh: "期限最后一日", en: "Last day" },
  row_answered: { zh: "答复日期", en: "Answered" },
  row_state: { zh: "进度与结果", en: "Stage and outcome" },
  in_time: { zh: "按期", en: "In time" },
  late: { zh: "逾期", en: "Late" },
  days_given: { zh: "{n}日", en: "{n} days" },
  none: { zh: "—", en: "—" },
  not_taken: {
    zh: "本系统中没有机构运行这项试点，因此不在这里受理投诉。声明书写明了向申报机构投诉的渠道。",
    en: "Nobody runs this pilot here, so complaints about it are not taken here. The declaration states how to complain to the institution.",
  },

  pool_title: { zh: "赔付资金", en: "Money for compensation" },
  pool_free: { zh: "资金池可用", en: "Free in the pool" },
  pool_required: { zh: "应有", en: "Required" },
  pool_adequate: { zh: "充足", en: "Adequate" },
  pool_short: { zh: "不足：应停止接受新业务", en: "Short: no new business should be accepted" },
  pool_paid: { zh: "已赔付", en: "Paid" },
  pool_claimed: { zh: "已提出的赔付申请", en: "Claimed" },
  pool_order: {
    zh: "赔付顺序：先由资金池支付，再由保险人，最后由机构。",
    en: "Order of payment: the pool, then the insurer, then the institution.",
  },

  complain: { zh: "投诉这项试点", en: "Complain about this pilot" },
  complain_title: { zh: "投诉：{pilot}", en: "Complain: {pilot}" },
  complain_lead: {
    zh: "收到后15日内作出决定并告知；情况复杂的，经批准可延长至30日、60日，并告知原因。不收费，也不影响您使用服务。",
    en: "It is decided within 15 days of receipt, and you are told. In complex cases this can be extended to 30 and 60 days if approved, and you are told why. It costs nothing and does not affect your service.",
  },
  complain_privacy: {
    zh: "只有办理人员按用途查看您写的内容，每次查看都记入日志；不进入公开日志。无须提供卡号和证件号码，写了也会被遮蔽。办结后可以要求删除。",
    en: "Only those who handle the complaint read what you write, for a stated purpose, and every reading is recorded; none of it enters the public log. Card and identity numbers are not needed and are masked if you write them. Once the complaint has ended you can have it erased.",
  },
  category: { zh: "投诉什么", en: "What is it about?" },
  text: { zh: "发生了什么", en: "What happened?" },
  text_hint: {
    zh: "什么时间、什么业务、有什么损失。10至5,000字。",
    en: "When, which service, what loss. 10 to 5,000 characters.",
  },
  wish: { zh: "您希望怎样解决（选填）", en: "What would put it right? (optional)" },
  name: { zh: "怎样称呼您（选填）", en: "What should we call you? (optional)" },
  contact: { zh: "联系方式（选填）", en: "How can you be reached? (optional)" },
  contact_hint: {
    zh: "不填也可以：凭回执码随时查看进度和答复。",
    en: "You can leave this out: the receipt code shows you every step and answer.",
  },
  act: { zh: "相关操作的编号（选填）", en: "Reference of the transaction (optional)" },
  act_hint: {
    zh: "如果凭证上有，形如0199…的编号。",
    en: "If your receipt has one, such as 0199….",
  },
  persons: { zh: "共有几人", en: "How many persons?" },
  persons_hint: { zh: "一人填1。", en: "1 if it is only you." },
  representatives: { zh: "代表姓名（多人时）", en: "Names of representatives (for a group)" },
  representatives_hint: { zh: "每行一人，至多5人。", en: "One to a line, at most five." },
  back_to_pilot: { zh: "返回试点页面", en: "Back to the pilot" },
  send: { zh: "提交投诉", en: "Send the complaint" },
  error_category: { zh: "选择投诉什么。", en: "Choose what it is about." },
  error_text: { zh: "写10至5,000字。", en: "Write 10 to 5,000 characters." },
  error_wish: { zh: "至多1,000字。", en: "At most 1,000 characters." },
  error_short: { zh: "至多100字。", en: "At most 100 characters." },
  error_contact: { zh: "至多200字。", en: "At most 200 characters." },
  error_act: { zh: "编号有36位，含4个短横。", en: "A reference has 36 characters with 4 dashes." },
  error_persons: { zh: "填1至100,000的整数。", en: "Give a whole number from 1 to 100,000." },
  error_single: { zh: "一个人投诉不用填代表。", en: "One person needs no representatives." },
  error_group: { zh: "多人投诉须推选代表。", en: "A group names its representatives." },
  error_five: { zh: "代表不超过5人。", en: "No more than five representatives." },

  lodged_title: { zh: "已收到您的投诉", en: "Your complaint is received" },
  lodged_keep: {
    zh: "记下回执码。它只显示这一次，是查看进度、补充、撤回和申请核查的唯一凭据。",
    en: "Keep the receipt code. It is shown this once and is the only way to follow, add to, withdraw or have re-checked what you sent.",
  },
  number: { zh: "投诉编号", en: "Number" },
  receipt: { zh: "回执码", en: "Receipt code" },
  decided_by: { zh: "最迟{date}作出决定并告知", en: "Decided, and you are told, by {date}" },
  due: { zh: "办理期限", en: "Time to decide" },
  follow_now: { zh: "查看进度", en: "Follow it" },

  follow: { zh: "查看投诉进度", en: "Follow a complaint" },
  follow_lead: {
    zh: "凭回执码查看每一步、补充材料、撤回、申请核查，或转至自律组织。",
    en: "With the receipt code you can see every step, add to the complaint, withdraw it, have it re-checked, or turn to the self-regulatory body.",
  },
  receipt_hint: {
    zh: "16位字母和数字，不分大小写。",
    en: "16 letters and digits; capitals do not matter.",
  },
  error_receipt: {
    zh: "没有与此回执码对应的投诉。核对这16位字母和数字。",
    en: "No complaint goes with this code. Check its 16 letters and digits.",
  },
  show: { zh: "查看进度", en: "Show the complaint" },
  status_of: { zh: "投诉{number}", en: "Complaint {number}" },
  pilot: { zh: "试点", en: "Pilot" },
  stage: { zh: "进度", en: "Stage" },
  outcome: { zh: "结果", en: "Outcome" },
  recheck_outcome: { zh: "核查结果", en: "Outcome of the re-check" },
  ground: { zh: "不予受理的原因", en: "Why it was not taken up" },
  recheck_until: { zh: "可申请核查至", en: "A re-check can be asked for until" },
  escalated: { zh: "转至自律组织", en: "With the self-regulatory body since" },
  steps: { zh: "每一步", en: "Every step" },
  step_words_erased: { zh: "内容已删除。", en: "The words were erased." },
  by_you: { zh: "您", en: "You" },
  by_institution: { zh: "机构", en: "The institution" },
  by_clock: { zh: "到期", en: "Time" },
  what_next: { zh: "您可以做什么", en: "What you can do" },
  nothing_next: { zh: "这件投诉已经结束。", en: "This complaint has ended." },
  choose_act: { zh: "要做什么", en: "What do you want to do?" },
  words: { zh: "说明", en: "Words" },
  words_hint: {
    zh: "补充内容时必填，其余可不填。",
    en: "Needed when you add something; otherwise as you like.",
  },
  send_act: { zh: "发送给机构", en: "Send to the institution" },
  error_act_choice: { zh: "选择要做什么。", en: "Choose what you want to do." },
  error_words: {
    zh: "写明要补充的内容，至多5,000字。",
    en: "Write what you want to add, at most 5,000 characters.",
  },
  done: { zh: "已发送。", en: "Sent." },
  withdraw_title: { zh: "撤回投诉{number}？", en: "Withdraw complaint {number}?" },
  withdraw_text: {
    zh: "撤回后当即终结，不能恢复；需要时只能重新投诉，期限重新计算。",
    en: "It ends at once and cannot be taken up again. You could only lodge another one, whose time begins anew.",
  },
  withdraw_act: { zh: "撤回投诉", en: "Withdraw the complaint" },
  keep_it: { zh: "不撤回", en: "Keep it" },
  erase: { zh: "删除我写的内容", en: "Erase what I wrote" },
  erase_title: { zh: "删除投诉{number}的内容？", en: "Erase the words of complaint {number}?" },
  erase_text: {
    zh: "您和处理人员写的全部内容，以及您的姓名和联系方式，永久删除，不能恢复。编号、期限和结果仍公示；公开日志中的摘要从此不指向任何内容。",
    en: "Everything that you and the staff wrote, with your name and how to reach you, is erased for good. Number, times and outcome stay public; the digests in the public log then lead to nothing.",
  },
  erase_act: { zh: "删除内容", en: "Erase the words" },
  keep_words: { zh: "不删除", en: "Keep the words" },
} as const satisfies Catalogue;

export const ACT_WORDS = {
  add: { zh: "补充内容", en: "Add something" },
  request_recheck: { zh: "申请核查", en: "Ask for a re-check" },
  escalate: { zh: "转至自律组织", en: "Turn to the self-regulatory body" },
  withdraw: { zh: "撤回投诉", en: "Withdraw the complaint" },
} as const satisfies Record<Following["act"], Text>;

type Count = Exclude<keyof ComplaintFigures, "medianDays" | `${string}_ppm`>;

/** The numbers in the order of the page, each with the words for it. */
export const FIGURE_WORDS = {
  received: { zh: "收到", en: "Received" },
  open: { zh: "办理中", en: "Open" },
  overdueNow: { zh: "现在逾期", en: "Late now" },
  everOverdue: { zh: "曾经逾期", en: "Ever late" },
  decided: { zh: "已决定", en: "Decided" },
  inTime: { zh: "按期决定", en: "Decided in time" },
  upheld: { zh: "成立", en: "Upheld" },
  partly: { zh: "部分成立", en: "Upheld in part" },
  rejected: { zh: "不成立", en: "Not upheld" },
  inadmissible: { zh: "不予受理", en: "Not taken up" },
  withdrawn: { zh: "撤回", en: "Withdrawn" },
  escalated: { zh: "转至自律组织", en: "To the self-regulatory body" },
  rechecked: { zh: "经过核查", en: "Re-checked" },
  changed: { zh: "核查后改变", en: "Changed by a re-check" },
  extended: { zh: "延长过期限", en: "Extended" },
  persons: { zh: "涉及人数", en: "Persons concerned" },
} as const satisfies Record<Count, Text>;

export const SHARE_WORDS = {
  onTime_ppm: { zh: "按期率", en: "Decided in time" },
  upheld_ppm: { zh: "全部或部分成立", en: "Upheld in whole or part" },
  repeat_ppm: { zh: "申请核查", en: "Re-check asked for" },
  medianDays: { zh: "决定用时的中位数", en: "Median time to decide" },
} as const satisfies Catalogue;
