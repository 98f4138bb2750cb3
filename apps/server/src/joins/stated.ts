/**
 * What each scale of the six declarations counts, and how the source puts the number. A declaration's
 * own label is the whole statement with its figure in it; beside a bar the figure stands by itself.
 */
import type { Relation } from "@sandbank/disclosure";
import type { Text } from "@sandbank/kernel/words";
import type { ScaleItem } from "@sandbank/sandbox/contract";

interface Stated {
  readonly label: Text;
  readonly relation?: Relation;
}

const STATED: Readonly<Record<string, Stated>> = {
  persons_served: {
    label: { zh: "全面推广后服务人数", en: "Persons served after full roll-out" },
    relation: "more_than",
  },
  transactions_year: {
    label: { zh: "全面推广后年交易笔数", en: "Transactions a year after full roll-out" },
    relation: "more_than",
  },
  amount_year: {
    label: { zh: "全面推广后年交易金额", en: "Transaction amount a year after full roll-out" },
    relation: "more_than",
  },
  borrowers_end_2020: {
    label: { zh: "2020年末贷款客户", en: "Borrowers at the end of 2020" },
    relation: "reach",
  },
  balance_end_2020: {
    label: { zh: "2020年末贷款余额", en: "Loan balance at the end of 2020" },
  },
  lines_2020: { label: { zh: "2020年可新增授信", en: "New credit lines in 2020" } },
  drawdowns_2020: {
    label: {
      zh: "2020年可新增用信（额度可循环，故可大于授信）",
      en: "Drawdowns in 2020 (lines revolve, so these may exceed the lines)",
    },
  },
  users: { label: { zh: "服务用户", en: "Users" } },
  partner_platforms: { label: { zh: "合作平台", en: "Partner platforms" } },
  consumer_users: {
    label: {
      zh: "消费者用户（取决于生态规模，不设上界）",
      en: "Consumer users (depends on the ecosystem; open-ended)",
    },
  },
  terminals: { label: { zh: "受理终端", en: "Terminals" } },
  cards: { label: { zh: "激活已发行的IC卡", en: "IC cards in issue, brought into use" } },
};

/** What a scale counts, without its figure; a scale that is not listed keeps its own label. */
export function countedBy(item: ScaleItem): Text {
  return STATED[item.id]?.label ?? item.label;
}

/** How the source puts a target. */
export function relationOf(item: ScaleItem): Relation {
  const stated = STATED[item.id]?.relation;
  if (stated !== undefined) return stated;
  if (item.firmness === "ambition") return "ambition";
  if (item.firmness === "open_ended") return "upwards_of";
  if (item.comparator === "about") return "about";
  return item.comparator === "atLeast" ? "at_least" : "reach";
}
