/** An exit plan as clauses of the form: what a page shows and two versions are compared by. Pure. */
import { formatCount, formatMoney, type Text } from "@sandbank/kernel/words";
import type { ExitPlan, PlanStep } from "./exit-plan.contract.ts";
import { ENDS, OFFICES, PREDICATES } from "./exit-plan.words.ts";

interface PlanPart {
  readonly item: string;
  readonly lines: readonly Text[];
  readonly value: unknown;
}

/** One part for the whole, and one for each step in its order; none where there is no plan. */
export function planParts(plan: ExitPlan | null): readonly PlanPart[] {
  if (plan === null) return [];
  const { steps, ...rest } = plan;
  return [
    { item: "whole-plan", value: rest, lines: wholeLines(plan) },
    ...steps.map((step, at) => ({
      ...{ item: step.id, value: { ...step, at }, lines: stepLines(plan, step, at) },
    })),
  ];
}

function wholeLines({ runOffDays, segments, items }: ExitPlan): readonly Text[] {
  const kinds = items.map(({ text, ends }) =>
    ends === undefined
      ? text
      : { zh: `${text.zh}（了结${ENDS[ends].zh}）`, en: `${text.en} (ends ${ENDS[ends].en})` },
  );
  return [
    runOffDays === 0
      ? { zh: "没有存量期", en: "No run-off" }
      : { zh: `存量期${runOffDays}日`, en: `A run-off of ${runOffDays} days` },
    titled(
      { zh: "客群", en: "Segments" },
      segments.map(({ text }) => text),
    ),
    ...(kinds.length === 0 ? [] : [titled({ zh: "事项", en: "Items" }, kinds)]),
  ];
}

/** The order of steps is part of what they promise. */
function stepLines(plan: ExitPlan, step: PlanStep, at: number): readonly Text[] {
  const { text, closes, until, by, items } = step;
  const waits = until.map((query) => PREDICATES[query]);
  const kind = plan.items.find(({ id }) => id === items)?.text;
  return [
    { zh: `第${at + 1}步：${text.zh}`, en: `Step ${at + 1}: ${text.en}` },
    ...(closes.classes.length === 0 ? [] : [closesText(plan, closes)]),
    titled({ zh: "完成条件", en: "Done when" }, waits),
    ...(kind === undefined ? [] : [titled({ zh: "事项", en: "Items" }, [kind])]),
    titled({ zh: "确认人", en: "Confirmed by" }, [OFFICES[by]]),
    ...termLines(step),
  ];
}

const CLASS_NAMES = {
  OPEN: { zh: "新增业务", en: "new business" },
  USE: { zh: "使用", en: "use" },
} as const;

function closesText({ segments }: ExitPlan, closes: PlanStep["closes"]): Text {
  const what = closes.classes.map((one) => CLASS_NAMES[one]);
  const whose = segments.filter(({ id }) => closes.segments.includes(id)).map(({ text }) => text);
  const list = (lang: "zh" | "en", of: readonly Text[]) =>
    of.map((one) => one[lang]).join(lang === "zh" ? "、" : ", ");
  return {
    zh: `停止：${list("zh", whose)}的${list("zh", what)}`,
    en: `Closes: ${list("en", what)} of ${list("en", whose)}`,
  };
}

/** How long a step may take and what it is expected to cost, where it says so. */
function termLines({ days, costFen }: PlanStep): readonly Text[] {
  return [
    ...(days === null
      ? []
      : [
          {
            zh: `至多${formatCount(days, "zh")}日`,
            en: `Within ${formatCount(days, "en")} days`,
          },
        ]),
    ...(costFen === null
      ? []
      : [
          {
            zh: `预计费用${formatMoney(BigInt(costFen), "zh")}`,
            en: `Expected to cost ${formatMoney(BigInt(costFen), "en")}`,
          },
        ]),
  ];
}

function titled(title: Text, of: readonly Text[]): Text {
  return {
    zh: `${title.zh}：${of.map(({ zh }) => zh).join("、")}`,
    en: `${title.en}: ${of.map(({ en }) => en).join(", ")}`,
  };
}
