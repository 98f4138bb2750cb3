/** What the public site says of indicators, incidents and watch periods. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const seenWords = {
  indicators: { zh: "指标", en: "Indicators" },
  indicators_text: {
    zh: "由平台从记录计算，没有人工填写。没有来源的写明“尚无来源”，不写0。",
    en: "Computed by the platform from records; nobody types one in. What has no source yet says so, and never reads 0.",
  },
  tally: { zh: "今日各项指标的状态", en: "Where the indicators stand today" },
  near: { zh: "接近或超过阈值的指标", en: "Indicators near or past a threshold" },
  near_none: {
    zh: "今日没有指标接近或超过阈值。",
    en: "No indicator is near or past a threshold today.",
  },
  decided_by: { zh: "由“{name}”决定", en: "decided by “{name}”" },
  of_standing: { zh: "{word}{n}项", en: "{word} {n}" },
  other_figures: {
    zh: "其余{n}个数",
    en: { one: "{n} more figure", other: "{n} more figures" },
  },
  nothing_measured: { zh: "无", en: "none" },
  counted: { zh: "计至{at}", en: "Counted up to {at}" },
  counted_behind: {
    zh: "计至{at}，还有{behind}笔操作待计入",
    en: "Counted up to {at}; {behind} acts are still to be counted",
  },
  counted_never: { zh: "还没有操作可以计入", en: "No act has been counted yet" },
  incidents: { zh: "事件", en: "Incidents" },
  incidents_empty: { zh: "没有公开的事件。", en: "No incident has been published." },
  incident: { zh: "事件", en: "Incident" },
  incident_number: { zh: "第{n}起", en: "No. {n}" },
  severity: { zh: "级别", en: "Severity" },
  incident_state: { zh: "处置", en: "State" },
  detected: { zh: "发现", en: "Detected" },
  resolved: { zh: "解决", en: "Resolved" },
  acts_reached: { zh: "影响操作数", en: "Acts reached" },
  watch: { zh: "毕业观察期", en: "Watch period" },
  watch_text: {
    zh: "{from}至{to}：毕业后每月末、期满时按同样的公式重新对照毕业标准。",
    en: "From {from} to {to}: after graduation its thresholds are compared again at the end of each month and of the period, by the same formulas.",
  },
  watch_from_terms: { zh: "准入条件约定{n}日。", en: "The terms of admission say {n} days." },
  watch_from_design: {
    zh: "准入条件没有约定天数，按本系统的设计为{n}日。",
    en: "The terms state no length; {n} days are the design of this system.",
  },
  watch_empty: { zh: "还没有对照。", en: "Nothing has been compared yet." },
  watch_checks: { zh: "各期对照", en: "Thresholds compared" },
  watch_days: { zh: "期间", en: "Days" },
  watch_range: { zh: "{from}至{to}", en: "{from} to {to}" },
  watch_met: { zh: "达标", en: "Met" },
  watch_met_of: { zh: "{met}/{of}", en: "{met} of {of}" },
  watch_missed: { zh: "未达标", en: "Missed" },
  watch_finding: { zh: "第{n}项发现：毕业标准未达到", en: "Finding {n}: thresholds missed" },
  watch_silence: { zh: "第{n}项发现：心跳中断", en: "Finding {n}: no heartbeat" },
  watch_condition_missed: { zh: "第{n}项发现：条件未达到", en: "Finding {n}: a condition missed" },
  watch_condition: { zh: "条件：{text}（{by}前）", en: "Condition: {text} (by {by})" },
} as const satisfies Catalogue;

export const WATCH_STATES = {
  running: { zh: "观察中", en: "Under watch" },
  questioned: {
    zh: "有发现，待监管机构决定",
    en: "Something was found; the supervisor rules on it",
  },
  ended: { zh: "观察期结束", en: "Over, with nothing open" },
  exit_required: { zh: "已要求退出", en: "Required to exit" },
} as const satisfies Readonly<Record<string, Text>>;

export const FINDING_STATES = {
  open: { zh: "待决定", en: "To be ruled on" },
  accepted: { zh: "已接受", en: "Accepted" },
  extended: { zh: "观察期因此延长", en: "The watch was extended for it" },
  exit_required: { zh: "因此要求退出", en: "The exit was required for it" },
} as const satisfies Readonly<Record<string, Text>>;

/** How the clock judged a condition on a figure. */
export const CONDITION_STATES = {
  pending: { zh: "期满后由系统判定", en: "Judged by the system once its day is over" },
  met: { zh: "已达到", en: "Met" },
  missed: { zh: "未达到", en: "Missed" },
  lapsed: { zh: "试点退出，不再判定", en: "Not judged any more, since the pilot has to leave" },
} as const satisfies Readonly<Record<string, Text>>;

/** What indicators are about, in the order in which they are listed. */
export const DIMENSIONS = {
  service: { zh: "服务", en: "Service" },
  people: { zh: "客户", en: "Customers" },
  scale: { zh: "规模", en: "Scale" },
  trust: { zh: "安全与完整", en: "Safety and integrity" },
  procedure: { zh: "程序", en: "Procedure" },
} as const satisfies Readonly<Record<string, Text>>;

export const CATEGORIES = {
  outage: { zh: "服务中断", en: "Outage" },
  transactions: { zh: "交易差错", en: "Faulty transactions" },
  records: { zh: "记录差错", en: "Faulty records" },
  security: { zh: "安全", en: "Security" },
  fraud: { zh: "欺诈", en: "Fraud" },
  third_party: { zh: "第三方", en: "Third party" },
  other: { zh: "其他", en: "Other" },
} as const satisfies Readonly<Record<string, Text>>;

export const INCIDENT_STATES = {
  opened: { zh: "已登记", en: "On record" },
  detected: { zh: "已确认", en: "Confirmed" },
  classified: { zh: "处置中", en: "Being dealt with" },
  mitigated: { zh: "已缓解", en: "Mitigated" },
  resolved: { zh: "已解决", en: "Resolved" },
  closed: { zh: "已结案", en: "Closed" },
  dismissed: { zh: "已撤销", en: "Dismissed" },
} as const satisfies Readonly<Record<string, Text>>;
