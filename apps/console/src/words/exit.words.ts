/** What the pages of an exit say: its plan, what is open, what a dry run finds, and every act. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const exitWords = {
  title: { zh: "退出", en: "Exits" },
  lead: {
    zh: "退出按预案逐步进行。每一步是否完成由系统查询实际义务得出，不能自行填写。",
    en: "An exit follows its plan step by step. Whether a step is done is asked of the real obligations and cannot be typed in.",
  },
  table: { zh: "试点及其退出", en: "Pilots and their exits" },
  none: {
    zh: "没有可以退出的试点。测试启动后列在这里，并可预演退出。",
    en: "No pilot can leave. From the start of its test on it is listed here, with a dry run of its exit.",
  },
  of: { zh: "{pilot}的退出", en: "Exit of {pilot}" },
  next: { zh: "下一步", en: "What comes next" },
  not_begun: {
    zh: "尚未开始退出。下面是现在退出会遇到的情况。",
    en: "It has not begun to leave. Below is what an exit would meet now.",
  },
  running: { zh: "正在逐步退出", en: "Under way" },
  drained: { zh: "各步完成，待合规确认", en: "All steps done; compliance confirms" },
  confirmed: { zh: "合规已确认，待监管批准", en: "Confirmed; the supervisor completes" },
  completed: { zh: "已完成", en: "Completed" },
  next_running: {
    zh: "逐步完成预案；每一步须有凭证，且没有未了的义务。",
    en: "The plan is carried out step by step; each needs its evidence and no open obligation.",
  },
  next_drained: {
    zh: "机构的合规人员确认，之后由监管审批人批准。关闭须两家机构各一人。",
    en: "Compliance of the institution confirms, then the supervisor's approver completes it: two people of two organisations.",
  },
  next_confirmed: {
    zh: "监管审批人批准完成，或退回。",
    en: "The supervisor's approver completes it or sends it back.",
  },
  next_completed: {
    zh: "退出已经完成，报告已公开。",
    en: "It is completed and its report is public.",
  },
  steps: { zh: "退出预案", en: "Exit plan" },
  progress: { zh: "已完成{n}步，共{m}步", en: "{n} of {m} steps done" },
  step: { zh: "步骤", en: "Step" },
  office: { zh: "由谁确认", en: "Confirmed by" },
  operator: { zh: "机构运营", en: "The institution" },
  compliance: { zh: "机构合规", en: "Its compliance" },
  supervisor: { zh: "监管机构", en: "The supervisor" },
  state: { zh: "进展", en: "State" },
  waiting: { zh: "等待前一步", en: "Waits for the one before" },
  open: { zh: "进行中", en: "Open" },
  closed: { zh: "已完成", en: "Done" },
  still_open: { zh: "尚未了结", en: "Still open" },
  nothing_open: { zh: "没有未了的义务", en: "Nothing is open" },
  items_done: {
    zh: "{kind}：列出{listed}项，办结{finished}项，移交{transferred}项",
    en: "{kind}: {listed} listed, {finished} finished, {transferred} handed over",
  },
  close_this: { zh: "完成这一步", en: "Close this step" },
  evidence: { zh: "凭证", en: "Evidence" },

  dry_run: { zh: "演练：还有什么未了", en: "Dry run: what is still open" },
  dry_run_at: { zh: "截至{at}", en: "As of {at}" },
  cost: { zh: "须付客户", en: "Owed to customers" },
  owed: { zh: "客户所欠", en: "Owed by customers" },
  in_flight: { zh: "在途", en: "In flight" },
  ends_by: { zh: "按约定最迟了结", en: "Ends by its own terms" },
  ends_by_doing: {
    zh: "其中有的没有期限，只有办结才能了结。",
    en: "Some of it has no term of its own and ends only by being done.",
  },
  all_clear: { zh: "没有未了的义务。", en: "Nothing is open." },
  until: { zh: "至{at}", en: "until {at}" },

  items: { zh: "退出事项", en: "Items of the exit" },
  items_none: {
    zh: "还没有列出事项。由机构用“列出事项”逐项列出，再逐项办结。",
    en: "No item is listed yet. The institution lists each by “List an item” and then ends it.",
  },
  item: { zh: "事项", en: "Item" },
  amount: { zh: "金额", en: "Amount" },
  ends: { zh: "到期", en: "Ends" },
  listed: { zh: "待办", en: "To do" },
  finished: { zh: "已办结", en: "Finished" },
  transferred: { zh: "已移交", en: "Handed over" },
  end_item: { zh: "办结或移交", en: "Finish or hand over" },
  archives: { zh: "归档", en: "Archives" },
  archive_n: { zh: "第{number}次", en: "Archive {number}" },
  requested: { zh: "正在写入", en: "Being written" },
  written: { zh: "已写入，待验证", en: "Written, to be verified" },
  verified: { zh: "恢复验证一致", en: "Restored to an equal hash" },
  archives_none: {
    zh: "还没有归档。退出完成前须归档并恢复验证。",
    en: "Nothing is archived yet. An archive is made and restored before the exit is completed.",
  },
  files: { zh: "{n}个文件", en: "Files: {n}" },
  facts: { zh: "要点", en: "Facts" },
  cause: { zh: "起因", en: "Cause" },
  decided: { zh: "监管决定", en: "Decided by the supervisor" },
  period_over: { zh: "测试期届满", en: "The test period is over" },
  failed: { zh: "评价未通过", en: "It failed its evaluation" },
  watch: { zh: "毕业观察期内要求退出", en: "Required out of its watch period" },
  reason: { zh: "理由", en: "Reason" },
  begun: { zh: "开始", en: "Began" },
  run_off: { zh: "存量最迟办至", en: "Existing business runs until" },
  plan: { zh: "预案", en: "Plan" },
  from_source: { zh: "声明书原文", en: "in the declaration's own words" },
  from_design: { zh: "声明书未述，由本系统拟定", en: "the declaration states none; our design" },
  from_declared: {
    zh: "声明书第{version}版5.3条",
    en: "clause 5.3 of the declaration, version {version}",
  },
  step_days: { zh: "至多{n}日", en: "days at most: {n}" },
  step_cost: { zh: "预计费用{cost}", en: "expected to cost {cost}" },
  due_by: { zh: "应于{at}前完成", en: "due by {at}" },
  overdue: { zh: "已逾期", en: "Overdue" },
  closed_late: { zh: "逾期完成", en: "Done late" },
  plan_days: { zh: "方案所余天数", en: "Days left in the plan" },
  plan_cost: { zh: "方案所余费用", en: "Costs left in the plan" },
  completed_at: { zh: "完成", en: "Completed" },
  report: { zh: "退出报告", en: "Report on the exit" },
  public_report: { zh: "公开的退出报告", en: "The public report" },
  public_progress: { zh: "公开的退出进展", en: "The exit in public" },
  no_plan: {
    zh: "这项试点没有退出预案，不能开始退出。",
    en: "This pilot has no exit plan, so no exit can begin.",
  },
  opening: { zh: "开始时未了的义务", en: "What was open when it began" },
  took: { zh: "历时", en: "It took" },
  took_days: { zh: "{n}日", en: "{n} days" },
  archive: { zh: "归档摘要", en: "Hash of the archive" },
  logs: { zh: "日志", en: "Logs" },
  log_size: { zh: "{n}条记录", en: "Entries: {n}" },
} as const satisfies Catalogue;

export const exitActs = {
  begin: {
    name: { zh: "开始退出", en: "Begin the exit" },
    lead: {
      zh: "批准后立即停止新业务并公告，按预案逐步了结，不能撤回。",
      en: "Once approved new business stops at once and the public is told. The plan runs from there; it cannot be undone.",
    },
  },
  list: {
    name: { zh: "列出事项", en: "List an item" },
    lead: {
      zh: "逐项列出须办结或移交的事项；全部列出并办结后该步骤才能完成。",
      en: "List each thing that has to be finished or handed over. A step can be closed only when all of them are listed and ended.",
    },
  },
  end: {
    name: { zh: "办结或移交事项", en: "Finish an item or hand it over" },
    lead: { zh: "须有凭证，不能撤回。", en: "It takes evidence and cannot be undone." },
  },
  close: {
    name: { zh: "完成步骤", en: "Close a step" },
    lead: {
      zh: "系统会再次查询实际义务；还有未了的，不能完成。",
      en: "The real obligations are asked again; if anything is open the step stays open.",
    },
  },
  archive: {
    name: { zh: "归档并验证", en: "Archive and verify" },
    lead: {
      zh: "写入全部记录，再恢复一次比对摘要。",
      en: "Every record is written out, then restored once and compared by its hash.",
    },
  },
  confirm: {
    name: { zh: "合规确认退出", en: "Confirm for compliance" },
    lead: {
      zh: "各步再查询一次。您的总结写入公开报告；之后由监管审批人批准。",
      en: "Every step is asked once more. Your statement goes into the public report; the supervisor's approver then completes it.",
    },
  },
  return: {
    name: { zh: "退回确认", en: "Send it back" },
    lead: {
      zh: "合规确认作废，机构须重新确认。",
      en: "The confirmation is void and the institution confirms anew.",
    },
  },
  completion: {
    name: { zh: "批准退出完成", en: "Complete the exit" },
    lead: {
      zh: "各步再查询一次，之后试点终止，退出报告公开，不能撤回。",
      en: "Every step is asked once more. The pilot then ends and its report is public; it cannot be undone.",
    },
  },
} as const satisfies Readonly<Record<string, Catalogue>>;

export const exitFields = {
  reason: { zh: "理由", en: "Reason" },
  notice: { zh: "公告内容", en: "What the public is told" },
  kind: { zh: "事项种类", en: "Kind of item" },
  ref: { zh: "编号", en: "Reference" },
  ref_hint: {
    zh: "字母、数字和 . _ : -，不写姓名和证件号码。",
    en: "Letters, digits and . _ : - only. No names or identity numbers.",
  },
  amount: { zh: "金额（元）", en: "Amount (CNY)" },
  ends: { zh: "按约定到期的时间", en: "When it ends by its own terms" },
  if_any: { zh: "没有则不填。", en: "Leave it empty if there is none." },
  event: { zh: "怎样了结", en: "How it ended" },
  finish: { zh: "办结", en: "It is finished" },
  transfer: { zh: "移交", en: "It is handed over" },
  evidence: { zh: "凭证", en: "Evidence" },
  step: { zh: "步骤", en: "Step" },
  items: { zh: "事项总数", en: "How many items there are" },
  items_hint: {
    zh: "已列出{n}项，须与此一致；没有则写0。",
    en: "Listed so far: {n}. It must be that number; 0 if there are none.",
  },
  statement: { zh: "总结", en: "Statement" },
  statement_hint: { zh: "写入公开报告。", en: "It goes into the public report." },
  no_kind: { zh: "没有待列事项的步骤。", en: "No step waits for items." },
  no_step: { zh: "没有可以由您完成的步骤。", en: "No open step is yours to close." },
} as const satisfies Catalogue;

/** What each query finds open. */
export const OPEN_WORDS: Readonly<Record<string, Text>> = {
  classes_closed: { zh: "尚未收到停止指令的分区", en: "Partitions that do not obey the stop yet" },
  permits_finished: { zh: "预占中的许可", en: "Permits still reserved" },
  holds_finished: { zh: "预授权等冻结", en: "Holds such as authorisations" },
  stocks_zero: { zh: "余额", en: "Outstanding balance" },
  duties_done: { zh: "业务系统所计未了事项", en: "Left by the pilot's own system" },
  items_finished: { zh: "未办结的事项", en: "Items not ended" },
  complaints_ended: { zh: "未办结的投诉", en: "Complaints not ended" },
  claims_paid: { zh: "未付的赔付", en: "Claims not paid" },
  archive_verified: { zh: "尚无验证过的归档", en: "No archive is verified yet" },
};
