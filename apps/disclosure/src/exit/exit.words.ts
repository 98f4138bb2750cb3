/** What the page of an exit says, in both languages. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";
import type { Exit, ExitStep, OpenLine } from "../exit.ports.ts";

export const exitWords = {
  title: { zh: "退出报告", en: "Report on the exit" },
  title_running: { zh: "退出进展", en: "How the exit stands" },
  lead: {
    zh: "试点按预案逐步了结，全部义务清零并经核验之后才终止。这里记着开始时欠什么、每一步何时完成、凭什么完成。",
    en: "A pilot leaves step by step under its plan, and ends only when nothing is owed and that was checked. Here stands what was open when it began, when each step was done, and on what evidence.",
  },
  lead_running: {
    zh: "试点正在按预案逐步了结，不再开办新业务。完成之后，报告公布在本页。",
    en: "The pilot is leaving step by step under its plan and starts nothing new. Once that is done the report stands on this page.",
  },
  statement: { zh: "机构的总结", en: "What the institution says" },
  key_facts: { zh: "要点", en: "Key facts" },
  cause: { zh: "起因", en: "Cause" },
  reason: { zh: "理由", en: "Reason" },
  begun: { zh: "开始", en: "Began" },
  completed: { zh: "完成", en: "Completed" },
  took: { zh: "历时", en: "Took" },
  days: { zh: "{n}日", en: { one: "{n} day", other: "{n} days" } },
  state: { zh: "进展", en: "State" },
  run_off: { zh: "存量业务最迟办至", en: "Existing business runs until" },
  plan: { zh: "预案", en: "Plan" },
  declared: { zh: "见声明书", en: "As declared" },
  declared_in: {
    zh: "声明书第{version}版5.3条",
    en: "Clause 5.3 of the declaration, version {version}",
  },
  within: { zh: "至多{n}日", en: "Days at most: {n}" },
  cost: { zh: "预计费用{cost}", en: "Expected to cost {cost}" },
  due: { zh: "应于{time}前完成", en: "Due by {time}" },
  late: { zh: "逾期完成", en: "Done after its days were over" },
  designed: {
    zh: "声明书未述，由本系统拟定",
    en: "The declaration states none; designed in this system",
  },

  opening: { zh: "开始时未了的义务", en: "What was open when it began" },
  opening_text: {
    zh: "截至{time}由系统从账本和业务记录查出，不是申报的数字。",
    en: "Found by the system in ledger and records as of {time}; nobody typed it in.",
  },
  opening_none: {
    zh: "开始退出时没有未了的义务。",
    en: "Nothing was open when the exit began.",
  },
  what: { zh: "义务", en: "Obligation" },
  amount: { zh: "金额或数量", en: "Amount or number" },
  ends: { zh: "按约定到期", en: "Ends by terms" },
  ends_done: { zh: "办结为止", en: "Once it is done" },

  steps: { zh: "逐步完成", en: "Step by step" },
  progress: { zh: "已完成{n}步，共{m}步。", en: "{n} of {m} steps are done." },
  step: { zh: "步骤", en: "Step" },
  done: { zh: "完成，由谁确认", en: "Done, confirmed by" },
  items: {
    zh: "{kind}：{listed}项，办结{finished}项，移交{transferred}项",
    en: "{kind}: {listed} listed, {finished} finished, {transferred} handed over",
  },
  evidence: { zh: "凭证摘要（SHA-256）", en: "Evidence (SHA-256)" },

  archive: { zh: "归档", en: "Archive" },
  archive_text: {
    zh: "日志、声明书和规则已归档，并从副本恢复出相同的摘要。服务结束之后，日志仍然可以逐条核对。",
    en: "Log, declarations and policies are archived, and a copy was restored to the same hash. The log can still be checked record by record now that the service has ended.",
  },
  archive_hash: { zh: "归档摘要（SHA-256）", en: "Hash of the archive (SHA-256)" },
  archive_files: { zh: "文件数", en: "Files" },
  archive_bytes: { zh: "字节数", en: "Bytes" },
  verified: { zh: "恢复核验", en: "Restored and compared" },
  log: { zh: "日志", en: "Log" },
  log_size: { zh: "{n}条记录，根哈希", en: "{n} records, root hash" },
  verify_link: { zh: "怎样核对日志", en: "How to check a log" },
  complaints_link: { zh: "投诉与赔付", en: "Complaints and compensation" },
  to_report: { zh: "看退出报告", en: "Read the report on the exit" },
  to_progress: { zh: "看退出进展", en: "See how the exit stands" },
} as const satisfies Catalogue;

export const CAUSES = {
  decided: { zh: "监管机构决定", en: "Decided by the supervisor" },
  period_over: { zh: "测试期届满", en: "The test period is over" },
  failed: { zh: "评价未通过", en: "It failed its evaluation" },
  watch: { zh: "毕业观察期内被要求退出", en: "It was required to leave in its watch period" },
} as const satisfies Record<Exit["cause"], Text>;

export const EXIT_STATES = {
  running: { zh: "正在逐步退出", en: "Under way" },
  drained: { zh: "各步完成，待合规确认", en: "All steps done; compliance is to confirm" },
  confirmed: { zh: "合规已确认，待监管批准", en: "Confirmed; the supervisor is to complete it" },
  completed: { zh: "已完成", en: "Completed" },
} as const satisfies Record<Exit["state"], Text>;

export const STEP_STATES = {
  waiting: { zh: "等待前一步", en: "Waits for the one before" },
  open: { zh: "进行中", en: "Under way" },
  closed: { zh: "已完成", en: "Done" },
} as const satisfies Record<ExitStep["state"], Text>;

/** Whose office confirms a step. */
export const OFFICES = {
  operator: { zh: "机构运营", en: "The institution" },
  compliance: { zh: "机构合规", en: "Its compliance" },
  supervisor: { zh: "监管机构", en: "The supervisor" },
} as const satisfies Record<ExitStep["by"], Text>;

/** What may be open: by the query that finds it. */
export const OPEN_THINGS = {
  classes_closed: { zh: "尚未停止的分区", en: "Partitions that have not stopped" },
  permits_finished: { zh: "预占中的业务", en: "Business that was reserved" },
  holds_finished: { zh: "预授权等冻结", en: "Holds such as authorisations" },
  stocks_zero: { zh: "余额", en: "Outstanding" },
  duties_done: { zh: "业务系统所计未了事项", en: "Left by the pilot's own system" },
  items_finished: { zh: "须逐项办结的事项", en: "Things to be ended one by one" },
  complaints_ended: { zh: "未办结的投诉", en: "Complaints without an end" },
  claims_paid: { zh: "未付的赔付", en: "Claims that are not paid" },
  archive_verified: { zh: "尚未归档", en: "Not archived" },
} as const satisfies Record<OpenLine["what"], Text>;
