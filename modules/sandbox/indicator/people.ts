/** Indicators of the people a pilot serves: their complaints, and whether harm could be made good. */
import { type Indicator, ratio, total } from "./indicator.ts";

const COMPLAINTS = {
  dimension: "people",
  source: "complaints",
  public: true,
  rows: "none",
} as const;

const I7: Indicator = {
  ...{ id: "I7", ...COMPLAINTS },
  name: { zh: "投诉率", en: "Complaint rate" },
  formula: {
    zh: "投诉件数；每百万笔交易的投诉件数",
    en: "complaints; complaints for each million transactions",
  },
  figures: {
    complaints: { name: { zh: "投诉件数", en: "complaints" }, unit: "count" },
    rate: {
      name: { zh: "投诉占交易比例", en: "complaints for each transaction" },
      ...{ unit: "ppm", bad: "high", watch: 100n, act: 1_000n },
    },
  },
  read({ complaints, journal }) {
    if (complaints === undefined) return undefined;
    const transactions = total(journal?.acts ?? [], (row) =>
      row.class === "USE" && row.outcome === "accepted" ? row.acts : 0n,
    );
    return [
      { figure: "complaints", value: complaints.received },
      ratio("rate", complaints.received, transactions),
    ];
  },
};

const I8: Indicator = {
  ...{ id: "I8", ...COMPLAINTS },
  name: { zh: "投诉按时办结率", en: "Complaints decided in time" },
  formula: {
    zh: "期限内办结 ÷ 到期应办结（15、30、60日）；当前逾期件数",
    en: "decided within their limit ÷ due (15, 30, 60 days); overdue now",
  },
  figures: {
    on_time: {
      name: { zh: "按时办结率", en: "decided in time" },
      ...{ unit: "ppm", bad: "low", watch: 980_000n, act: 900_000n },
    },
    overdue: {
      name: { zh: "当前逾期", en: "overdue now" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 5n },
    },
  },
  read: ({ complaints }) =>
    complaints && [
      ratio("on_time", complaints.decidedInTime, complaints.due),
      { figure: "overdue", value: complaints.overdueNow },
    ],
};

const I9: Indicator = {
  ...{ id: "I9", ...COMPLAINTS },
  name: { zh: "投诉成立率与重复率", en: "Complaints upheld and repeated" },
  formula: {
    zh: "成立 ÷ 办结；重新受理 ÷ 办结",
    en: "upheld ÷ decided; reopened ÷ decided",
  },
  figures: {
    upheld: {
      name: { zh: "成立率", en: "upheld" },
      ...{ unit: "ppm", bad: "high", watch: 300_000n, act: 600_000n },
    },
    repeated: {
      name: { zh: "重复率", en: "reopened" },
      ...{ unit: "ppm", bad: "high", watch: 100_000n, act: 250_000n },
    },
  },
  read: ({ complaints }) =>
    complaints && [
      ratio("upheld", complaints.upheld, complaints.decided),
      ratio("repeated", complaints.reopened, complaints.decided),
    ],
};

const I28: Indicator = {
  ...{ id: "I28", dimension: "people", source: "compensation", public: true, rows: "none" },
  name: { zh: "风险补偿充足率", en: "Adequacy of compensation" },
  formula: {
    zh: "补偿金可用余额 ÷ 应备金额；已付 ÷ 已提出",
    en: "what is free in the pool ÷ what is required; paid ÷ claimed",
  },
  figures: {
    adequacy: {
      name: { zh: "充足率", en: "adequacy" },
      ...{ unit: "ppm", bad: "low", watch: 1_200_000n, act: 1_000_000n },
    },
    paid: { name: { zh: "已付比例", en: "paid of what was claimed" }, unit: "ppm" },
  },
  read: ({ compensation: pool }) =>
    pool && [
      ratio("adequacy", pool.freeFen, pool.requiredFen),
      ratio("paid", pool.paidFen, pool.claimedFen),
    ],
};

export const PEOPLE: readonly Indicator[] = [I7, I8, I9, I28];
