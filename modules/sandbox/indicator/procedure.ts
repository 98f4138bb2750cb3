/** Indicators of the procedure around a pilot: how it was consulted on, and how it ends. */
import { type Indicator, ratio } from "./indicator.ts";

const I29: Indicator = {
  ...{ id: "I29", dimension: "procedure", source: "consultation", public: true, rows: "none" },
  name: { zh: "公开征求意见", en: "Public consultation" },
  formula: {
    zh: "意见数；已答复 ÷ 应答复；促成修改的意见",
    en: "comments; answered ÷ to be answered; comments that led to a change",
  },
  figures: {
    comments: { name: { zh: "意见", en: "comments" }, unit: "count" },
    answered: {
      name: { zh: "答复率", en: "answered" },
      ...{ unit: "ppm", bad: "low", watch: 1_000_000n, act: 500_000n },
    },
    changes: { name: { zh: "促成修改", en: "led to a change" }, unit: "count" },
  },
  read: ({ consultation: of }) =>
    of && [
      { figure: "comments", value: of.comments },
      ratio("answered", of.answered, of.admissible),
      { figure: "changes", value: of.ledToChange },
    ],
};

const I31: Indicator = {
  ...{ id: "I31", dimension: "procedure", source: "exit", public: true, rows: "none" },
  name: { zh: "退出进度", en: "Progress of an exit" },
  formula: {
    zh: "已完成步骤 ÷ 全部步骤；已了结义务 ÷ 全部义务",
    en: "steps done ÷ steps; obligations closed ÷ obligations",
  },
  figures: {
    steps: { name: { zh: "步骤", en: "steps done" }, unit: "ppm" },
    obligations: { name: { zh: "义务", en: "obligations closed" }, unit: "ppm" },
  },
  read: ({ exit }) =>
    exit && [
      ratio("steps", exit.stepsDone, exit.steps),
      ratio("obligations", exit.obligationsClosed, exit.obligations),
    ],
};

export const PROCEDURE: readonly Indicator[] = [I29, I31];
