/** What ending a pilot says no to, in order of precedence: a state refuses by its own code. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the exits' own codes. */
export const refuse = declareRefusals("sandbox exits", {
  exit_step_of_another_office: {
    category: "forbidden",
    text: {
      zh: "这一步由其他岗位确认。",
      en: "Another office confirms this step.",
    },
    remedy: {
      zh: "由退出方案写明的岗位办理。",
      en: "The office that the plan names does it.",
    },
  },
  exit_of_another_institution: {
    category: "forbidden",
    text: {
      zh: "该试点由其他机构运行。",
      en: "Another institution runs this pilot.",
    },
    remedy: {
      zh: "由运行该试点的机构办理。",
      en: "The institution that runs it does that.",
    },
  },
  exit_confirmed_by_the_same_person: {
    category: "forbidden",
    text: {
      zh: "确认人不能同时批准退出完成。",
      en: "Who confirmed the exit cannot complete it as well.",
    },
    remedy: { zh: "由另一位人员办理。", en: "Another person does that." },
  },
  exit_not_begun: {
    category: "conflicting",
    text: { zh: "该试点尚未开始退出。", en: "This pilot has not begun to leave." },
    remedy: { zh: "先作出退出决定。", en: "Decide first that it leaves." },
  },
  exit_plan_missing: {
    category: "conflicting",
    text: { zh: "该试点没有退出方案。", en: "There is no exit plan for this pilot." },
    remedy: { zh: "先补充退出方案。", en: "Add its exit plan first." },
  },
  pilot_period_not_over: {
    category: "conflicting",
    text: { zh: "测试期尚未结束。", en: "The test period is not over yet." },
    remedy: { zh: "等待测试期结束。", en: "Wait for its end." },
  },
  exit_is_running: state("退出步骤尚未全部完成", "still has steps to do", {
    zh: "先完成剩余步骤。",
    en: "Do the steps that are left.",
  }),
  exit_is_drained: state(
    "各步骤已完成，等待合规确认",
    "has done its steps and waits for compliance",
    {
      zh: "由合规人员确认。",
      en: "Compliance of the institution confirms it.",
    },
  ),
  exit_is_confirmed: state(
    "已经合规确认，等待监管机构批准",
    "is confirmed and waits for the supervisor",
    {
      zh: "由监管机构批准完成，或退回。",
      en: "The supervisor completes it or sends it back.",
    },
  ),
  exit_is_completed: state("退出已完成", "is completed", {
    zh: "可以查看退出报告。",
    en: "The exit report says how it went.",
  }),
  exit_step_unknown: {
    category: "absent",
    text: { zh: "退出方案没有这一步。", en: "The exit plan has no such step." },
    remedy: { zh: "从退出方案中选择。", en: "Choose one of the plan." },
  },
  exit_step_is_waiting: {
    category: "conflicting",
    text: {
      zh: "前面的步骤尚未完成。",
      en: "Steps before this one are not done yet.",
    },
    remedy: { zh: "按顺序办理。", en: "Do them in their order." },
  },
  exit_step_is_open: {
    category: "conflicting",
    text: { zh: "这一步正在办理。", en: "This step is under way." },
    remedy: { zh: "完成后再关闭。", en: "Close it once it is done." },
  },
  exit_step_is_closed: {
    category: "conflicting",
    text: { zh: "这一步已经完成。", en: "This step is closed already." },
    remedy: { zh: "办理下一步。", en: "Go on with the next one." },
  },
  exit_item_kind_unknown: {
    category: "absent",
    text: { zh: "退出方案没有这类事项。", en: "The exit plan has no items of this kind." },
    remedy: { zh: "从方案列出的类别中选择。", en: "Choose a kind that the plan lists." },
  },
  exit_item_kind_is_closed: {
    category: "conflicting",
    text: {
      zh: "这类事项所属的步骤已经完成，不能再登记。",
      en: "The step of these items is closed; nothing is added to it.",
    },
    remedy: { zh: "遗漏的事项向监管机构说明。", en: "Tell the supervisor of what was left out." },
  },
  exit_item_unknown: {
    category: "absent",
    text: { zh: "没有登记过这一事项。", en: "No such item was listed." },
    remedy: { zh: "先登记该事项。", en: "List it first." },
  },
  exit_item_is_listed: {
    category: "conflicting",
    text: { zh: "该事项已经登记，尚未办结。", en: "The item is listed and not finished yet." },
    remedy: { zh: "办结后报告结果。", en: "Report how it ended once it has." },
  },
  exit_item_is_finished: {
    category: "conflicting",
    text: { zh: "该事项已经办结。", en: "The item is finished." },
    remedy: { zh: "无须再报。", en: "There is nothing left to report." },
  },
  exit_item_is_transferred: {
    category: "conflicting",
    text: { zh: "该事项已经移交。", en: "The item was handed over." },
    remedy: { zh: "无须再报。", en: "There is nothing left to report." },
  },
  exit_items_not_all_listed: {
    category: "conflicting",
    text: {
      zh: "应有 {said} 项，登记了 {listed} 项。",
      en: "There should be {said} items; {listed} are listed.",
    },
    remedy: { zh: "补充登记或更正数目。", en: "List what is missing or correct the number." },
  },
  exit_archive_is_requested: {
    category: "conflicting",
    text: { zh: "归档正在写入。", en: "The archive is being written." },
    remedy: { zh: "等待写入与核验完成。", en: "Wait until it is written and verified." },
  },
  exit_archive_is_written: {
    category: "conflicting",
    text: { zh: "归档已写入，正在恢复核验。", en: "The archive is written and being restored." },
    remedy: { zh: "等待核验完成。", en: "Wait for the verification." },
  },
  exit_archive_is_verified: {
    category: "conflicting",
    text: { zh: "归档已经核验。", en: "The archive is verified." },
    remedy: { zh: "需要时另做一份归档。", en: "Make another one if it is needed." },
  },
  exit_archive_unknown: {
    category: "absent",
    text: { zh: "没有这份归档。", en: "There is no such archive." },
    remedy: { zh: "先申请归档。", en: "Ask for one first." },
  },
  exit_archive_restores_differently: {
    category: "conflicting",
    text: {
      zh: "恢复后的摘要与归档时不一致。",
      en: "The restored copy gives another hash than the archive.",
    },
    remedy: {
      zh: "查明原因，重新归档。",
      en: "Find out why and archive again.",
    },
  },
  exit_obligations_outstanding: {
    category: "conflicting",
    text: { zh: "仍有未了结事项。", en: "Something is still outstanding." },
    remedy: { zh: "逐项办结后再试。", en: "Finish what is listed, then try again." },
  },
});

function state(zh: string, en: string, remedy: { readonly zh: string; readonly en: string }) {
  return {
    category: "conflicting",
    text: { zh: `${zh}，此时不能这样做。`, en: `The exit ${en}; this cannot be done now.` },
    remedy,
  } as const;
}

/** The codes of exits. */
export type ExitRefusal = Parameters<typeof refuse>[0];
