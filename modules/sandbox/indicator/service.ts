/** Indicators of the service itself: is it there, does it work, how quickly, what went wrong. */
import type { IncidentFact, RequestsFact } from "./facts.ts";
import { type Figure, type Indicator, ratio, total } from "./indicator.ts";

const I1: Indicator = {
  ...{ id: "I1", dimension: "service", source: "prober", public: true, rows: "probes" },
  name: { zh: "可用率", en: "Availability" },
  formula: {
    zh: "1 − 中断时间 ÷ 观测时间；最近5次探测中3次失败即为中断；机器时间",
    en: "1 − time down ÷ time observed; down while 3 of the last 5 probes failed; machine time",
  },
  figures: {
    availability: {
      name: { zh: "可用率", en: "availability" },
      ...{ unit: "ppm", bad: "low", watch: 999_000n, act: 995_000n },
    },
  },
  read: ({ probes }) =>
    probes && [ratio("availability", probes.observedMs - probes.downMs, probes.observedMs)],
};

const I2: Indicator = {
  ...{ id: "I2", dimension: "service", source: "requests", public: true, rows: "requests" },
  name: { zh: "成功率", en: "Success rate" },
  formula: {
    zh: "成功 ÷（成功 + 技术故障）；业务上的拒绝不计入",
    en: "done ÷ (done + technical failures); refusals of the business do not count",
  },
  figures: {
    success: {
      name: { zh: "成功率", en: "success rate" },
      ...{ unit: "ppm", bad: "low", watch: 999_000n, act: 995_000n },
    },
    failures: { name: { zh: "技术故障", en: "technical failures" }, unit: "count" },
  },
  read({ requests }) {
    if (requests === undefined) return undefined;
    const done = total(requests, (row) => row.answered);
    const failed = total(requests, (row) => row.failed);
    return [ratio("success", done, done + failed), { figure: "failures", value: failed }];
  },
};

/** Time within which a share of requests was answered: the upper end of the bucket it falls in. */
function quantile(requests: readonly RequestsFact[], percent: bigint): bigint | null {
  const count = ({ answered, refused }: RequestsFact) => answered + refused;
  const all = total(requests, count);
  if (all === 0n) return null;
  const longest = (row: RequestsFact) => (row.bucketUs === 0n ? BEYOND_US : row.bucketUs);
  const sorted = requests.toSorted((a, b) => (longest(a) < longest(b) ? -1 : 1));
  const wanted = (all * percent + 99n) / 100n;
  let seen = 0n;
  for (const row of sorted) {
    seen += count(row);
    if (seen >= wanted) return longest(row);
  }
  return null;
}

/** Stands for longer than any bucket of the histogram. */
export const BEYOND_US = 10_000_001n;

const I3: Indicator = {
  ...{ id: "I3", dimension: "service", source: "requests", public: true, rows: "requests" },
  name: { zh: "响应时间", en: "Latency" },
  formula: {
    zh: "已完成请求的50、95、99百分位响应时间；取其所在区间的上界",
    en: "50th, 95th and 99th percentile of answered requests; the upper end of their bucket",
  },
  figures: {
    p50: { name: { zh: "50百分位", en: "50th percentile" }, unit: "microsecond" },
    p95: {
      name: { zh: "95百分位", en: "95th percentile" },
      ...{ unit: "microsecond", bad: "high", watch: 500_000n, act: 1_000_000n },
    },
    p99: {
      name: { zh: "99百分位", en: "99th percentile" },
      ...{ unit: "microsecond", bad: "high", watch: 1_000_000n, act: 5_000_000n },
    },
  },
  read: ({ requests }) =>
    requests && [
      { figure: "p50", value: quantile(requests, 50n) },
      { figure: "p95", value: quantile(requests, 95n) },
      { figure: "p99", value: quantile(requests, 99n) },
    ],
};

const I4: Indicator = {
  ...{ id: "I4", dimension: "service", source: "journal", public: true, rows: "acts" },
  name: { zh: "吞吐量与峰均比", en: "Throughput and peak to mean" },
  formula: {
    zh: "每秒操作数的平均值；最忙一秒的操作数；二者之比。多个分区时峰值取最忙的分区",
    en: "mean of acts a second; acts of the fullest second; their ratio. With several partitions the peak is that of the busiest",
  },
  figures: {
    acts: { name: { zh: "操作数", en: "acts" }, unit: "count" },
    mean: { name: { zh: "每秒平均", en: "mean a second" }, unit: "thousandth" },
    peak: { name: { zh: "最忙一秒", en: "fullest second" }, unit: "count" },
    peak_to_mean: { name: { zh: "峰均比", en: "peak to mean" }, unit: "thousandth" },
  },
  read({ journal, seconds }) {
    if (journal === undefined) return undefined;
    const acts = total(journal.slices, (slice) => slice.acts);
    const peak = journal.slices.reduce((most, { peak: one }) => (one > most ? one : most), 0n);
    const none = acts === 0n || seconds === 0n;
    return [
      { figure: "acts", value: acts },
      {
        ...{ figure: "mean", value: seconds === 0n ? null : (acts * 1000n) / seconds },
        ...{ sums: acts, over: seconds },
      },
      { figure: "peak", value: peak },
      { figure: "peak_to_mean", value: none ? null : (peak * seconds * 1000n) / acts },
    ];
  },
};

function meanSeconds(figure: string, times: readonly number[]): Figure {
  const sums = total(times, (ms) => BigInt(ms)) / 1000n;
  const over = BigInt(times.length);
  return { figure, value: over === 0n ? null : sums / over, sums, over };
}

const SEVERITIES = [1, 2, 3, 4] as const;

const I6: Indicator = {
  ...{ id: "I6", dimension: "service", source: "incidents", public: true, rows: "incidents" },
  name: { zh: "事件、发现与恢复用时", en: "Incidents, time to detect and to resolve" },
  formula: {
    zh: "窗口内发现的事件数；从开始到发现、从发现到解决的平均时间",
    en: "incidents detected in the window; mean time from start to detection, and from there to resolution",
  },
  figures: {
    grave: {
      name: { zh: "一级、二级事件", en: "incidents of severity 1 and 2" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 2n },
    },
    severity: { name: { zh: "事件数", en: "incidents" }, unit: "count" },
    mttd: {
      name: { zh: "平均发现用时", en: "mean time to detect" },
      ...{ unit: "second", bad: "high", watch: 900n, act: 3_600n },
    },
    mttr: {
      name: { zh: "平均解决用时", en: "mean time to resolve" },
      ...{ unit: "second", bad: "high", watch: 14_400n, act: 86_400n },
    },
  },
  read({ incidents, window }) {
    if (incidents === undefined) return undefined;
    const within = (at: number | null) => at !== null && window.begins <= at && at < window.ends;
    const detected = incidents.filter((one) => within(one.detectedAt));
    const resolved = incidents.filter((one) => within(one.resolvedAt));
    const of = (severity: number) => detected.filter((one) => one.severity === severity).length;
    return [
      { figure: "grave", value: BigInt(of(1) + of(2)) },
      ...SEVERITIES.map((severity) => ({
        ...{ figure: "severity", subject: String(severity), value: BigInt(of(severity)) },
        label: { zh: `${severity}级`, en: `severity ${severity}` },
      })),
      meanSeconds(
        "mttd",
        detected.map((one: IncidentFact) => one.detectedAt - one.startedAt),
      ),
      meanSeconds(
        "mttr",
        resolved.map((one) => (one.resolvedAt ?? one.detectedAt) - one.detectedAt),
      ),
    ];
  },
};

export const SERVICE: readonly Indicator[] = [I1, I2, I3, I4, I6];
