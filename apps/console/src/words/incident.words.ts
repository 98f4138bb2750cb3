/** What the pages of incidents and the inbox say. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const incidentWords = {
  title: { zh: "事件", en: "Incidents" },
  lead: {
    zh: "谁发现谁登记；是否属实、多严重、为什么，随后逐步查明。定级后公开，结案时公布总结。",
    en: "Whoever notices one puts it on record; whether it happened, how grave it is and why are found out step by step. It is public once it is graded, with a summary once it is closed.",
  },
  none: {
    zh: "没有事件。发现异常即可登记，确认以后再定级。",
    en: "There are no incidents. Put one on record as soon as something is noticed; it is graded once it is confirmed.",
  },
  table: { zh: "事件与进展", en: "Incidents and where they stand" },
  open_one: { zh: "登记事件", en: "Put one on record" },
  open_lead: {
    zh: "如实记下看到的情况，不写个人信息。监管机构随即收到通知。",
    en: "Say what was seen, without anything personal. The supervisor is told at once.",
  },
  incident: { zh: "事件", en: "Incident" },
  number: { zh: "{pilot}第{number}号事件", en: "Incident {number} of {pilot}" },
  about: { zh: "情况", en: "What" },
  severity: { zh: "等级", en: "Severity" },
  severity_none: { zh: "未定级", en: "Not graded" },
  severity_n: { zh: "{n}级", en: "Level {n}" },
  severity_hint: { zh: "1级最重。", en: "1 is the gravest." },
  state: { zh: "进展", en: "State" },
  opened_at: { zh: "登记", en: "Opened" },
  next: { zh: "下一步", en: "What comes next" },
  steps: { zh: "处置记录", en: "Steps taken" },
  put_on_record: { zh: "登记", en: "Put on record" },
  steps_none: { zh: "还没有处置。", en: "No step is taken yet." },
  facts: { zh: "要点", en: "Facts" },
  pilot: { zh: "试点", en: "Pilot" },
  category: { zh: "类别", en: "Category" },
  started: { zh: "发生", en: "Since" },
  detected: { zh: "确认", en: "Confirmed" },
  resolved: { zh: "解决", en: "Resolved" },
  closed_at: { zh: "结案", en: "Closed" },
  loss: { zh: "欺诈损失", en: "Lost to fraud" },
  leaked: { zh: "泄露记录", en: "Records leaked" },
  affected: { zh: "涉及操作", en: "Acts it reached" },
  affected_range: {
    zh: "分区{partition}，第{first}至{last}号",
    en: "Partition {partition}, {first} to {last}",
  },
  cause: { zh: "原因", en: "Cause" },
  summary: { zh: "公布的总结", en: "Published summary" },
  gone: { zh: "没有这个事件", en: "There is no such incident" },
  title_field: { zh: "一句话说明", en: "What happened, in a sentence" },
  note: { zh: "说明", en: "Note" },
  if_any: { zh: "没有则不填。", en: "Leave it empty if there is none." },
  reached: { zh: "是否涉及一段操作", en: "Did it reach a range of acts?" },
  reached_no: { zh: "没有或尚不清楚", en: "No, or not known" },
  reached_yes: { zh: "涉及", en: "Yes" },
  partition: { zh: "分区", en: "Partition" },
  first: { zh: "第一号操作", en: "First act" },
  last: { zh: "最后一号操作", en: "Last act" },
  amount_lost: { zh: "欺诈损失（元）", en: "Lost to fraud (CNY)" },
  published: { zh: "将公开。", en: "It becomes public." },
} as const satisfies Catalogue;

export const INCIDENT_STATES: Readonly<Record<string, Text>> = {
  opened: { zh: "已登记", en: "On record" },
  detected: { zh: "已确认", en: "Confirmed" },
  classified: { zh: "已定级", en: "Graded" },
  mitigated: { zh: "已控制", en: "Contained" },
  resolved: { zh: "已解决", en: "Resolved" },
  closed: { zh: "已结案", en: "Closed" },
  dismissed: { zh: "不属实", en: "Dismissed" },
};

export const CATEGORY_WORDS = {
  outage: { zh: "服务中断", en: "Outage" },
  transactions: { zh: "交易错误", en: "Transactions" },
  records: { zh: "记录错误", en: "Records" },
  security: { zh: "安全", en: "Security" },
  fraud: { zh: "欺诈", en: "Fraud" },
  third_party: { zh: "第三方", en: "Third party" },
  other: { zh: "其他", en: "Other" },
} as const satisfies Catalogue;

/** Each step, what it does, and how it reads once it is taken. */
export const incidentActs = {
  detect: {
    name: { zh: "确认属实", en: "Confirm it" },
    lead: { zh: "确认确有其事，以及何时开始。", en: "Say that it happened, and since when." },
    taken: { zh: "确认属实", en: "Confirmed" },
  },
  mitigate: {
    name: { zh: "已控制", en: "Say that it is contained" },
    lead: { zh: "说明采取了什么措施。", en: "Say what was done." },
    taken: { zh: "已控制", en: "Contained" },
  },
  resolve: {
    name: { zh: "已解决", en: "Say that it is resolved" },
    lead: {
      zh: "写明原因。监管机构随即收到待办。",
      en: "Give the cause. The supervisor then has it to close.",
    },
    taken: { zh: "已解决", en: "Resolved" },
  },
  classify: {
    name: { zh: "定级", en: "Grade it" },
    lead: {
      zh: "定级后事件公开。查明更多情况可以再次定级。",
      en: "It is public from then on. It may be graded again as more is known.",
    },
    taken: { zh: "定级", en: "Graded" },
  },
  close: {
    name: { zh: "结案", en: "Close it" },
    lead: {
      zh: "由监管机构结案，总结向公众公布。",
      en: "The supervisor closes it; the summary is published.",
    },
    taken: { zh: "结案", en: "Closed" },
  },
  reopen: {
    name: { zh: "重新打开", en: "Open it again" },
    lead: { zh: "尚未真正解决的，退回处置。", en: "It is not resolved after all and goes back." },
    taken: { zh: "重新打开", en: "Opened again" },
  },
  dismiss: {
    name: { zh: "不属实", en: "Dismiss it" },
    lead: { zh: "查明没有发生，写明依据。", en: "It did not happen; say how that is known." },
    taken: { zh: "不属实", en: "Dismissed" },
  },
} as const satisfies Readonly<Record<string, Catalogue>>;

export const inboxWords = {
  title: { zh: "收件箱", en: "Inbox" },
  lead: {
    zh: "写给您的岗位的通知和待办。每人各自标记已读。",
    en: "What is addressed to your office. Each person marks it as read for himself.",
  },
  none: {
    zh: "没有来信。事件和毕业观察期有进展时，会通知到这里。",
    en: "Nothing has come in. Letters tell here of incidents and of watch periods.",
  },
  unread_n: { zh: "未读{n}封", en: "Unread: {n}" },
  table: { zh: "来信，最新在前", en: "Letters, latest first" },
  letter: { zh: "来信", en: "Letter" },
  came: { zh: "时间", en: "Came" },
  state: { zh: "状态", en: "State" },
  work: { zh: "待办", en: "To do" },
  notice: { zh: "通知", en: "Notice" },
  unread: { zh: "未读", en: "Unread" },
  read: { zh: "已读", en: "Read" },
  mark: { zh: "标为已读", en: "Mark as read" },
  incident_opened: { zh: "登记了事件", en: "An incident was put on record" },
  incident_resolved: {
    zh: "事件已解决，待结案",
    en: "An incident is resolved and is to be closed",
  },
  incident_reopened: { zh: "事件被重新打开", en: "An incident was opened again" },
  incident_closed: { zh: "事件已结案", en: "An incident is closed" },
  watch_begun: { zh: "试点毕业，观察期开始", en: "A pilot graduated and is watched" },
  watch_finding: { zh: "观察期内有发现，待决定", en: "A watch period found something to rule on" },
  watch_missed: { zh: "观察期内有发现", en: "A watch period found something" },
  watch_ruled: { zh: "对观察期的发现已作决定", en: "It was ruled on what a watch period found" },
  watch_ended: { zh: "观察期结束", en: "A watch period is over" },
} as const satisfies Catalogue;
