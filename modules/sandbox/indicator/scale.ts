/** Indicators of scale: how near the caps, how far towards the targets, who was turned away. */
import { type Figure, type Indicator, ratio, total } from "./indicator.ts";
import type { CapFact, UsesCounted } from "./facts.ts";

const I11: Indicator = {
  ...{ id: "I11", dimension: "scale", source: "ledger", public: true, rows: "uses" },
  name: { zh: "上限使用率", en: "Use of caps" },
  formula: {
    zh: "已用 ÷ 上限；按最近7日的用量推算到达上限的天数。有周期的限额取窗口内用量最大的周期",
    en: "used ÷ cap; days until the cap at the pace of the last 7 days. A limit with periods counts its fullest in the window",
  },
  figures: {
    use: {
      name: { zh: "使用率", en: "used" },
      ...{ unit: "ppm", bad: "high", watch: 800_000n, act: 950_000n },
    },
    days: {
      name: { zh: "按当前速度到达上限的天数", en: "days to the cap at this pace" },
      ...{ unit: "day", bad: "low", watch: 30n, act: 7n },
    },
  },
  read: ({ journal, caps }) => journal && caps.flatMap((cap) => [used(cap), ...daysLeft(cap)]),
};

function used(cap: CapFact): Figure {
  return { ...ratio("use", cap.used, cap.cap), subject: cap.id, label: cap.label };
}

/** A limit that moves back or not at all comes to no cap. */
function daysLeft(cap: CapFact): Figure[] {
  if (cap.moved7 === undefined) return [];
  const left = cap.cap > cap.used ? cap.cap - cap.used : 0n;
  const value = cap.moved7 <= 0n ? null : (left * 7n) / cap.moved7;
  return [{ figure: "days", subject: cap.id, label: cap.label, value, sums: left }];
}

const I12: Indicator = {
  ...{ id: "I12", dimension: "scale", source: "ledger", public: true, rows: "uses" },
  name: { zh: "目标达成率", en: "Attainment of targets" },
  formula: {
    zh: "实际 ÷ 声明目标；目标不是上限",
    en: "actual ÷ declared target; no target is a cap",
  },
  figures: { attained: { name: { zh: "达成率", en: "attained" }, unit: "ppm" } },
  read({ journal, targets }) {
    const counted = targets.flatMap(({ id, label, target, actual }) =>
      actual === undefined ? [] : [{ ...ratio("attained", actual, target), subject: id, label }],
    );
    return journal === undefined || counted.length === 0 ? undefined : counted;
  },
};

const I13: Indicator = {
  ...{ id: "I13", dimension: "scale", source: "journal", public: true, rows: "denials" },
  name: { zh: "各项管控拒绝率", en: "Denials by guard" },
  formula: {
    zh: "被拒绝 ÷ 全部请求；一次请求可被多项管控拒绝",
    en: "denied ÷ asked; one act may be denied by several guards",
  },
  figures: {
    denied: {
      name: { zh: "全部拒绝", en: "denied in all" },
      ...{ unit: "ppm", bad: "high", watch: 100_000n, act: 300_000n },
    },
    by_guard: { name: { zh: "拒绝", en: "denied" }, unit: "ppm" },
  },
  read({ journal }) {
    if (journal === undefined) return undefined;
    const asked = journal.acts.filter(({ command }) => !command.startsWith("guard."));
    const all = total(asked, ({ acts }) => acts);
    const refused = total(asked, ({ acts, outcome }) => (isRefused(outcome) ? acts : 0n));
    const byGuard = Map.groupBy(journal.denials, ({ code, rule }) => rule || code);
    return [
      ratio("denied", refused, all),
      ...[...byGuard].map(([guard, rows]) => ({
        ...ratio(
          "by_guard",
          total(rows, ({ acts }) => acts),
          all,
        ),
        ...{ subject: guard, label: { zh: guard, en: guard } },
      })),
    ];
  },
};

function isRefused(outcome: string): boolean {
  return outcome !== "accepted" && outcome !== "parked";
}

const SCOPES = {
  partner: { zh: "合作方", en: "partners" },
  region: { zh: "地区", en: "regions" },
  merchant: { zh: "商户", en: "merchants" },
} as const;
const TOP = 10;
const HHI_WHOLE = 10_000n;

const I21: Indicator = {
  ...{ id: "I21", dimension: "scale", source: "ledger", public: false, rows: "uses" },
  name: { zh: "集中度", en: "Concentration" },
  formula: {
    zh: "前10名占比；赫芬达尔指数（各占比平方之和，满值10000）。按合作方、地区或商户的限额用量",
    en: "share of the top 10; Herfindahl index (sum of squared shares, 10,000 for one alone); by what limits on partners, regions or merchants count",
  },
  figures: {
    top10: { name: { zh: "前10名占比", en: "share of the top 10" }, unit: "ppm" },
    hhi: {
      name: { zh: "赫芬达尔指数", en: "Herfindahl index" },
      ...{ unit: "index", bad: "high", watch: 2_500n, act: 5_000n },
    },
  },
  read({ journal }) {
    if (journal === undefined) return undefined;
    const figures = Object.entries(SCOPES).flatMap(([scope, label]) => {
      const rows = journal.uses.filter((row) => row.scope === scope);
      return rows.length === 0 ? [] : concentration(rows, { scope, label });
    });
    return figures.length === 0 ? undefined : figures;
  },
};

/** Of the rule of a scope that moved most, so that no amount is counted under two limits. */
function concentration(
  rows: readonly UsesCounted[],
  of: { readonly scope: string; readonly label: Figure["label"] & object },
): Figure[] {
  const moved = (some: readonly UsesCounted[]) => total(some, (row) => row.moved);
  const rules = [...Map.groupBy(rows, (row) => row.rule)].toSorted(([a, one], [b, other]) =>
    moved(one) === moved(other) ? (a < b ? -1 : 1) : moved(one) > moved(other) ? -1 : 1,
  );
  const [, main = []] = rules[0] ?? [];
  const shares = [...Map.groupBy(main, (row) => row.whose).values()]
    .map(moved)
    .filter((share) => share > 0n)
    .sort((a, b) => (a > b ? -1 : a < b ? 1 : 0));
  const all = total(shares, (share) => share);
  const squares = total(shares, (share) => share * share);
  const subject = { subject: of.scope, label: of.label };
  return [
    {
      ...ratio(
        "top10",
        total(shares.slice(0, TOP), (share) => share),
        all,
      ),
      ...subject,
    },
    { figure: "hhi", value: all === 0n ? null : (squares * HHI_WHOLE) / (all * all), ...subject },
  ];
}

export const SCALE: readonly Indicator[] = [I11, I12, I13, I21];
