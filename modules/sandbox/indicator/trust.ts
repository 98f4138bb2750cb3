/** Indicators of trust: fraud, security, and whether everything that happened was reported. */
import { type Indicator, ratio, total } from "./indicator.ts";
import type { IncidentFact, WindowFacts } from "./facts.ts";

function detectedIn({ incidents, window }: WindowFacts): readonly IncidentFact[] | undefined {
  return incidents?.filter(
    ({ detectedAt }) => window.begins <= detectedAt && detectedAt < window.ends,
  );
}

/** What moved on the pilot-wide limit of amounts that moved most. */
function amountMoved({ journal, caps }: WindowFacts): bigint | undefined {
  const amounts = caps.filter((cap) => cap.unit === "fen").map(({ id }) => id);
  if (journal === undefined || amounts.length === 0) return undefined;
  const moved = amounts.map((id) =>
    total(journal.uses, (row) => (row.rule === id && row.scope === "pilot" ? row.moved : 0n)),
  );
  return moved.reduce((most, one) => (one > most ? one : most), 0n);
}

const I14: Indicator = {
  ...{ id: "I14", dimension: "trust", source: "incidents", public: true, rows: "incidents" },
  name: { zh: "欺诈率", en: "Fraud rate" },
  formula: {
    zh: "已认定的欺诈金额 ÷ 交易金额；只计有事件记录的欺诈",
    en: "amount lost to fraud ÷ amount; only fraud that an incident puts on record",
  },
  figures: {
    rate: {
      name: { zh: "欺诈金额占比", en: "lost to fraud" },
      ...{ unit: "ppm", bad: "high", watch: 100n, act: 1_000n },
    },
  },
  read(facts) {
    const amount = amountMoved(facts);
    const detected = detectedIn(facts);
    if (amount === undefined || detected === undefined) return undefined;
    const frauds = detected.filter(({ category }) => category === "fraud");
    return [
      ratio(
        "rate",
        total(frauds, ({ lossFen }) => lossFen),
        amount,
      ),
    ];
  },
};

const I15: Indicator = {
  ...{ id: "I15", dimension: "trust", source: "incidents", public: true, rows: "incidents" },
  name: { zh: "安全事件", en: "Security events" },
  formula: {
    zh: "窗口内发现的安全事件数；泄露的记录数",
    en: "security events detected in the window; records leaked",
  },
  figures: {
    events: {
      name: { zh: "安全事件", en: "security events" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 3n },
    },
    leaked: {
      name: { zh: "泄露记录", en: "records leaked" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 1n },
    },
  },
  read(facts) {
    const detected = detectedIn(facts);
    if (detected === undefined) return undefined;
    const events = detected.filter(({ category }) => category === "security").length;
    return [
      { figure: "events", value: BigInt(events) },
      { figure: "leaked", value: total(detected, ({ recordsLeaked }) => recordsLeaked) },
    ];
  },
};

const I30: Indicator = {
  ...{ id: "I30", dimension: "trust", source: "journal", public: true, rows: "acts" },
  name: { zh: "上报完整性", en: "Completeness of reporting" },
  formula: {
    zh: "收到的操作 ÷ 按序号应有的操作；与日志重算不一致的行数；心跳中断次数",
    en: "acts received ÷ acts expected by their sequence; lines that differ from a recount of the journal; gaps of the heartbeat",
  },
  figures: {
    received: {
      name: { zh: "收到比例", en: "received" },
      ...{ unit: "ppm", bad: "low", watch: 1_000_000n, act: 999_000n },
    },
    differing: {
      name: { zh: "与重算不一致", en: "differing from a recount" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 1n },
    },
    gaps: {
      name: { zh: "心跳中断", en: "gaps of the heartbeat" },
      ...{ unit: "count", bad: "high", watch: 1n, act: 3n },
    },
  },
  read({ journal, heartbeatGaps }) {
    if (journal === undefined) return undefined;
    const received = total(journal.slices, ({ acts }) => acts);
    const expected = total(journal.slices, (one) => one.last_seq - one.first_seq + 1n);
    return [
      ratio("received", received, expected),
      { figure: "differing", value: journal.differing ?? null },
      ...(heartbeatGaps === undefined ? [] : [{ figure: "gaps", value: heartbeatGaps }]),
    ];
  },
};

export const TRUST: readonly Indicator[] = [I14, I15, I30];
