/** An evaluation and a watch with everything in them, as their routes would answer: to be looked at. */
import type {
  CriterionAnswer,
  EvaluationFile,
  ThresholdsNow,
  WatchAnswer,
} from "@sandbank/sandbox/contract";

const said = (zh: string, en: string) => ({ zh, en });
const HASH = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";
const AT = "2020-09-01T02:00:00Z";

const DIMENSIONS = [
  ...(["innovation", "service_quality", "satisfaction", "continuity"] as const),
  ...(["compliance", "transaction_security", "data_security", "risk_prevention"] as const),
];
type Dimension = (typeof DIMENSIONS)[number];

function ofEach<T>(one: (name: Dimension, at: number) => T): Record<Dimension, T> {
  return Object.fromEntries(DIMENSIONS.map((name, at) => [name, one(name, at)])) as never;
}

const threshold = (place: number, more: Partial<CriterionAnswer>): CriterionAnswer => ({
  ...{ criterion: `T${place}`, kind: "threshold", subject: "success_rate_bp", clause: "1.9" },
  ...{ label: said("成功率不低于99%", "Success rate of at least 99 %"), comparator: "atLeast" },
  ...{ unit: "ppm", required: "990000", measured: "989900", sums: "9899", over: "10000" },
  ...{ indicator: "I4", formula: said("成功÷全部", "successes of all"), met: false },
  ...{ lacks: null, override: null, ...more },
});

const dimension = (subject: Dimension, at: number): CriterionAnswer => ({
  ...threshold(1, { label: said(subject, subject), sums: null, over: null, indicator: null }),
  ...{ criterion: `D${at + 1}`, kind: "dimension", subject, unit: "score", clause: "1.2" },
  ...{ required: "60", measured: String(at === 6 ? 58 : 80 + at), met: at !== 6 },
});

const criteria: CriterionAnswer[] = [
  threshold(1, {}),
  threshold(2, {
    ...{
      subject: "complaint_rate",
      label: said("每万笔投诉不高于1件", "Complaints at most 1 in 10,000"),
    },
    ...{ comparator: "atMost", required: "100", measured: "40", sums: "4", over: "100000" },
    ...{ met: true, indicator: "I14" },
  }),
  threshold(3, {
    ...{ subject: "customers", label: said("客户不少于5,000人", "At least 5,000 customers") },
    ...{ unit: "count", required: "5000", measured: "4812", sums: null, over: null },
    override: {
      reason: said("受疫情影响网点停业。", "Branches were closed in the epidemic."),
      ...{ evidence: HASH, at: AT },
    },
  }),
  threshold(4, {
    ...{ subject: "benefit", label: said("节约不少于100万元", "Saves at least CNY 1,000,000") },
    ...{ unit: "fen", required: "100000000", measured: null, sums: null, over: null },
    ...{ lacks: "nobody_computes", indicator: null },
  }),
  ...DIMENSIONS.map(dimension),
];

const opinion = (organisation: string, off: number) => ({
  ...{ organisation, at: AT },
  scores: ofEach((_, at) => ({ score: (at === 6 ? 58 : 80 + at) - off, evidence: HASH })),
  opinion: said("总体可行，数据安全须加强。", "Sound on the whole; data security needs work."),
});

export const evaluationFile: EvaluationFile = {
  ...{ pilot: "payment-tokens", name: said("支付标记", "Payment tokens"), round: 1 },
  ...{ state: "confirm", askedAt: AT, organisation: "sandbar-bank" },
  returns: [
    {
      ...{ from: "audit", to: "self_test", at: AT },
      reasons: [said("连续性缺少演练记录。", "Continuity lacks the record of a drill.")],
    },
  ],
  ...{ result: null, brokenOffAt: null, graduation: null },
  findings: {
    selfTest: {
      ...{ organisation: "sandbar-bank", at: AT },
      report: {
        dimensions: ofEach(() => ({ finding: said("达到预期。", "As expected."), evidence: HASH })),
        commitments: said("均已履行。", "All were kept."),
        benefit: said("持卡人与商户。", "Card holders and merchants."),
        sustainability: said("收入覆盖成本。", "Income covers its cost."),
      },
    },
    audit: {
      ...{ organisation: "auditor", at: AT },
      report: {
        conclusion: "meets_with_findings",
        findings: [
          {
            dimension: "data_security",
            finding: said("日志保存不足。", "Logs are kept too briefly."),
          },
        ],
        evidence: HASH,
      },
    },
    opinions: [
      opinion("shoal-institute", 0),
      opinion("reed-university", 2),
      opinion("dune-society", -1),
    ],
    recusals: [],
    measurement: {
      ...{ number: 1, at: AT, from: "2020-02-01T16:00:00Z", to: "2020-08-31T16:00:00Z", criteria },
      targets: [],
    },
  },
  panel: ["shoal-institute", "reed-university", "dune-society"].map((organisation, at) => ({
    ...{ person: `01990000-0000-7000-8000-00000000000${at}`, organisation },
    ...{ state: "appointed" as const, scored: at < 2 },
  })),
};

export const thresholdsNow: ThresholdsNow = {
  ...{ pilot: "payment-tokens", from: "2020-02-01T16:00:00Z", to: "2020-08-31T16:00:00Z" },
  ...{ complete: true, endFrom: "2020-08-01", criteria: criteria.slice(0, 4), targets: [] },
};

const MET = { met: true, measured: "992000", sums: "9920" };

/** A comparing of two thresholds; `more` is what the first of them came to. */
const check = (number: number, [from, to]: [string, string], more: Partial<CriterionAnswer>) => ({
  ...{ number, at: to, from, to, machineFrom: from, machineTo: to },
  criteria: criteria
    .slice(0, 2)
    .map(({ kind: _, override: __, ...one }, at) => (at === 0 ? { ...one, ...more } : one)),
});

const finding = (number: number, more: Partial<WatchAnswer["findings"][number]>) => ({
  ...{ id: `01990000-0000-7000-8000-0000000000f${number}`, number, kind: "thresholds" as const },
  ...{ state: "open" as const, at: AT, check: null, silentSince: null, condition: null },
  ...{ ruling: null, ...more },
});

/** A watch with everything in it: met, missed and ruled on, silent and waiting. */
export const watchPeriod: WatchAnswer = {
  ...{ pilot: "payment-tokens", name: said("支付标记", "Payment tokens"), state: "questioned" },
  ...{ organisation: "sandbar-bank", days: 90, daysFrom: "design", endedAt: null },
  ...{ begunAt: "2020-08-31T16:00:00Z", endsAt: "2020-12-29T16:00:00Z" },
  ...{ checkedTo: "2020-10-31T16:00:00Z", nextAt: "2020-11-30T16:00:00Z" },
  checks: [
    check(1, ["2020-08-31T16:00:00Z", "2020-09-30T16:00:00Z"], {}),
    check(2, ["2020-09-30T16:00:00Z", "2020-10-31T16:00:00Z"], MET),
  ],
  findings: [
    finding(1, { state: "extended", check: 1, ruling: 1 }),
    finding(2, { kind: "silence", silentSince: "2020-11-02T03:20:00Z" }),
  ],
  rulings: [
    {
      ...{ number: 1, ruling: "extend", at: AT, days: 30, conditions: [] },
      reason: said("成功率只差一点，再看一个月。", "Missed by a little; watched a month more."),
    },
  ],
};
