/** What is said of an exit plan: its queries, offices and kinds, and what is wrong with one. */
import { fill, type Text } from "@sandbank/kernel/words";
import type { Ends, Office, Predicate } from "./exit-plan.contract.ts";

export const PREDICATES: Readonly<Record<Predicate, Text>> = {
  classes_closed: { zh: "各分区均已停止", en: "every partition has stopped" },
  permits_finished: { zh: "没有预占中的许可", en: "no permit is reserved" },
  holds_finished: { zh: "没有预授权等冻结", en: "no hold is open" },
  stocks_zero: { zh: "余额为零", en: "every balance is zero" },
  duties_done: { zh: "业务系统所计未了事项为零", en: "the pilot's own system counts nothing left" },
  items_finished: { zh: "所列事项全部办结", en: "everything listed has ended" },
  complaints_ended: { zh: "投诉全部办结", en: "every complaint has ended" },
  claims_paid: { zh: "赔付全部付清", en: "every claim is paid" },
  archive_verified: { zh: "归档恢复一致", en: "the archive was restored to an equal hash" },
};

export const OFFICES: Readonly<Record<Office, Text>> = {
  operator: { zh: "机构运营", en: "the institution" },
  compliance: { zh: "机构合规", en: "its compliance" },
  supervisor: { zh: "监管机构", en: "the supervisor" },
};

export const ENDS: Readonly<Record<Ends, Text>> = {
  partners: { zh: "与合作机构的约定", en: "agreements with partners" },
  data: { zh: "为所列用途取得的数据", en: "data taken for the declared purposes" },
};

/** Every way in which a plan may be wrong, in order of precedence. `{limit}` names the step. */
export const FLAWS = {
  exit_step_given_twice: {
    text: { zh: "退出步骤 {limit} 出现两次。", en: "The exit step {limit} stands twice." },
    remedy: { zh: "为每一步各编一个代号。", en: "Give each step an id of its own." },
  },
  exit_step_and_items_disagree: {
    text: {
      zh: "退出步骤 {limit} 的事项种类没有列出，或与完成条件不符。",
      en: "The exit step {limit} names items that the plan does not list, or that it does not wait for.",
    },
    remedy: {
      zh: "列出该种事项；完成条件含“所列事项全部办结”的步骤须写明事项种类，反之亦然。",
      en: "List the kind. A step names a kind of items exactly if it ends when everything listed has.",
    },
  },
  exit_step_closes_no_segment: {
    text: {
      zh: "退出步骤 {limit} 停止的业务与客群不成对，或客群没有列出。",
      en: "The exit step {limit} closes classes of no listed segment, or no class of one.",
    },
    remedy: {
      zh: "同时写明停止哪类操作、涉及哪些客群。",
      en: "Say both: which classes it closes, and of which segments.",
    },
  },
  exit_leaves_classes_open: {
    text: {
      zh: "没有步骤停止 {limit} 并等待各分区停止。",
      en: "No step closes {limit} and waits until every partition has stopped.",
    },
    remedy: {
      zh: "加一步，停止每个客群的新增与使用，并等待各分区停止。",
      en: "Add a step that closes new business and use of every segment and waits for the partitions.",
    },
  },
  exit_leaves_reservations_open: {
    text: {
      zh: "没有步骤等待预占中的许可了结。",
      en: "No step waits for reserved permits to end.",
    },
    remedy: { zh: "在一步的完成条件中选上它。", en: "Let one step wait for that." },
  },
  exit_leaves_balances_open: {
    text: {
      zh: "声明书有存量上限，却没有步骤等待余额为零。",
      en: "The declaration has a cap on what is outstanding, and no step waits until it is zero.",
    },
    remedy: { zh: "在一步的完成条件中选上它。", en: "Let one step wait for that." },
  },
  exit_leaves_complaints_open: {
    text: { zh: "没有步骤等待投诉全部办结。", en: "No step waits for complaints to end." },
    remedy: { zh: "在一步的完成条件中选上它。", en: "Let one step wait for that." },
  },
  exit_leaves_claims_unpaid: {
    text: { zh: "没有步骤等待赔付全部付清。", en: "No step waits for claims to be paid." },
    remedy: { zh: "在一步的完成条件中选上它。", en: "Let one step wait for that." },
  },
  exit_leaves_partners_bound: {
    text: {
      zh: "声明书有合作机构，却没有步骤了结与其约定。",
      en: "The declaration has partners, and no step ends what was agreed with them.",
    },
    remedy: {
      zh: "列出一种了结“与合作机构的约定”的事项，并由一步逐项办结。",
      en: "List a kind of items that ends agreements with partners, and a step that waits for them.",
    },
  },
  exit_leaves_data_kept: {
    text: {
      zh: "声明书有数据用途，却没有步骤删除、封存或移交数据。",
      en: "The declaration has purposes of data, and no step deletes, seals or hands over the data.",
    },
    remedy: {
      zh: "列出一种了结“为所列用途取得的数据”的事项，并由一步逐项办结。",
      en: "List a kind of items that ends data taken for the purposes, and a step that waits for them.",
    },
  },
  exit_step_before_the_close: {
    text: {
      zh: "退出步骤 {limit} 在业务全部停止之前就要了结。",
      en: "The exit step {limit} settles what can still grow: a later step closes classes.",
    },
    remedy: {
      zh: "把它移到停止业务的各步之后。",
      en: "Move it behind every step that closes something.",
    },
  },
  exit_plan_not_ended_by_archive: {
    text: {
      zh: "退出须以归档收尾：恰有一步由监管机构核验归档，其后只能逐项移交与清理。",
      en: "A plan ends by its archive: exactly one step waits for it, the supervisor confirms that one, and after it only listed items follow.",
    },
    remedy: { zh: "补上或移动归档这一步。", en: "Add the step of the archive, or move it." },
  },
  exit_run_off_contradicts: {
    text: {
      zh: "“已有客户使用至到期”与存量期天数不一致。",
      en: "Whether existing customers go on and the days of the run-off contradict each other.",
    },
    remedy: {
      zh: "客户继续使用的，天数须大于0；否则为0。",
      en: "Where they go on the days are more than 0; else they are 0.",
    },
  },
  exit_step_without_term: {
    text: {
      zh: "退出步骤 {limit} 没有写明天数或费用。",
      en: "The exit step {limit} lacks its days or its cost.",
    },
    remedy: { zh: "补上；没有费用写0。", en: "Fill both in; a cost of 0 is 0." },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly remedy: Text }>>;

export type FlawCode = keyof typeof FLAWS;

/** What is wrong and what mends it, as one sentence after the other. `of` is what the flaw names. */
export function flawText(code: FlawCode, of: string): Text {
  const { text, remedy } = FLAWS[code];
  return {
    zh: `${fill(text.zh, { limit: of })}${remedy.zh}`,
    en: `${fill(text.en, { limit: of })} ${remedy.en}`,
  };
}
