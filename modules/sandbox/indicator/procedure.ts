/** Indicators of the procedure around a pilot: how it was consulted on, and how it ends. */
import type { ExitFacts, WindowFacts } from "./facts.ts";
import { type Figure, type Indicator, ratio } from "./indicator.ts";

const I29: Indicator = {
  ...{ id: "I29", dimension: "procedure", source: "consultation", public: true, rows: "comments" },
  name: { zh: "公开征求意见", en: "Public consultation" },
  formula: {
    zh: "收到的意见；征求意见截止后15日内答复 ÷ 到期应答复；当前逾期未答复；促成修改的意见",
    en: "comments received; answered within 15 days of the end of their round ÷ due; overdue now; comments that led to a change",
  },
  figures: {
    comments: { name: { zh: "意见", en: "comments" }, unit: "count" },
    answered: {
      name: { zh: "按时答复率", en: "answered in time" },
      ...{ unit: "ppm", bad: "low", watch: 1_000_000n, act: 500_000n },
    },
    overdue: {
      name: { zh: "逾期未答复", en: "overdue" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 5n },
    },
    changes: { name: { zh: "促成修改", en: "led to a change" }, unit: "count" },
  },
  read: ({ consultation: of }) =>
    of && [
      { figure: "comments", value: of.comments },
      ratio("answered", of.answeredInTime, of.due),
      { figure: "overdue", value: of.overdue },
      { figure: "changes", value: of.ledToChange },
    ],
};

const I31: Indicator = {
  ...{ id: "I31", dimension: "procedure", source: "exit", public: true, rows: "exit" },
  name: { zh: "退出进度", en: "Progress of an exit" },
  formula: {
    zh: "窗口末：已完成步骤 ÷ 全部步骤；各类义务已了结 ÷ 已列报；各项余额 ÷ 退出开始时的余额",
    en: "at the window's end: steps closed ÷ steps; obligations of each kind ended ÷ listed; what is left on each limit ÷ what stood on it when the exit began",
  },
  figures: {
    steps: { name: { zh: "完成步骤", en: "steps closed" }, unit: "ppm" },
    obligations: { name: { zh: "已了结", en: "ended" }, unit: "ppm" },
    residual: { name: { zh: "剩余余额", en: "what is left" }, unit: "ppm" },
  },
  read: (facts) => facts.exit && progress(facts, facts.exit),
};

/** An exit has no thresholds: how long it may take is for its plan and the supervisor to say. */
function progress({ caps }: WindowFacts, exit: ExitFacts): readonly Figure[] {
  const items = exit.items.map(({ kind, label, listed, ended }) => ({
    ...{ ...ratio("obligations", ended, listed), subject: kind, label },
  }));
  const balances = exit.opening.flatMap(({ limit, amount }) => {
    const cap = caps.find(({ id, windowed }) => id === limit && !windowed);
    if (cap === undefined) return [];
    return [{ ...ratio("residual", cap.used, amount), subject: limit, label: cap.label }];
  });
  return [ratio("steps", exit.stepsDone, exit.steps), ...items, ...balances];
}

export const PROCEDURE: readonly Indicator[] = [I29, I31];
