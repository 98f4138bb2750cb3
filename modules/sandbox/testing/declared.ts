/**
 * A whole declaration of a fictional institution, for tests and the demonstration's own drafts: every
 * clause is filled in, nothing of it is anybody's.
 */
import assert from "node:assert/strict";
import { addDays, type CalendarDate } from "@sandbank/kernel/clock";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { EMPTY_FORM } from "../declaration/declaration.contract.ts";

export const DRAFTED = "harbour-pay";

const said = (zh: string, en: string) => ({ zh, en });

/** A fictional bank; its credit code checks and belongs to nobody. */
export const HARBOUR_BANK: Declaration["institutions"][number] = {
  name: said("港湾银行（虚构）", "Harbour Bank (fictional)"),
  role: "lead",
  kind: "bank",
  uscc: "91990000MA00DEMA79",
  lei: null,
  licences: [],
};

type Form = NonNullable<Declaration["form"]>;

/** Complete but for its attachments, which a test adds under their hashes. */
export function declared(agreement: Form["agreement"]): Declaration {
  return {
    ...facts,
    form: { ...form, agreement },
  };
}

const DAYS_BEFORE = 151;
const LASTS = 364;
const DAYS_VALID = 944;

/** The same with its test from a day on, for what is admitted by a clock that nobody can turn back. */
export function declaredFrom(from: CalendarDate, agreement: Form["agreement"]): Declaration {
  const { legal, technical, pledge } = form;
  assert.ok(legal !== null && technical !== null && pledge !== null);
  const validUntil = addDays(from, DAYS_VALID);
  const stands = { assessedOn: addDays(from, -DAYS_BEFORE), validUntil };
  return {
    ...facts,
    testPeriod: { from, to: addDays(from, LASTS) },
    form: {
      ...{ ...form, agreement, operatesFrom: from, pledge: { ...pledge, validUntil } },
      ...{ legal: { ...legal, ...stands }, technical: { ...technical, ...stands } },
    },
  };
}

const facts: Omit<Declaration, "form"> = {
  pilot: DRAFTED,
  number: null,
  name: said("港湾付（虚构）", "Harbour Pay (fictional)"),
  summary: said("渡口小额支付的虚构试点。", "A fictional pilot of small payments at ferries."),
  type: "financial_service",
  source: null,
  institutions: [HARBOUR_BANK],
  technology: [
    {
      clause: "1.6.1",
      text: said("离线令牌，经用户授权。", "Offline tokens, as the user authorises."),
    },
  ],
  functions: [
    {
      clause: "1.7.1",
      text: said(
        "由本行设计、开发和运营，此外无其他第三方机构参与。",
        "Designed, developed and run by the bank; no third party takes part.",
      ),
    },
  ],
  scale: [
    {
      ...{ id: "users", metric: "users", kind: "distinct", comparator: "about", value: "5000" },
      ...{ unit: "person", window: null, asOf: null, role: "target", firmness: "stated" },
      ...{ label: said("服务用户约5,000人", "About 5,000 users"), clause: "1.10" },
    },
  ],
  compensation: {
    clause: "5.2",
    from: "design",
    text: said("因技术缺陷受损的，全额赔付。", "Losses by a technical defect are paid in full."),
  },
  exit: {
    clause: "5.3",
    from: "design",
    text: said("停止新增，办结存量，下线。", "Stop new business, finish what exists, go offline."),
    useRunsOn: false,
  },
  graduation: {
    ...{
      clause: "1.9",
      from: "design",
      text: said("达标后毕业。", "Graduates when the thresholds are met."),
    },
    thresholds: [
      {
        ...{
          indicator: "success_rate_bp",
          comparator: "atLeast",
          value: "9900",
          unit: "basis_point",
        },
        ...{ label: said("成功率不低于99%", "Success rate of at least 99 %"), clause: "1.9" },
      },
    ],
  },
  complaints: {
    ...{
      clause: "7.1",
      from: "design",
      text: said("网点与电话受理。", "At branches and by telephone."),
    },
    channels: [said("客服电话（虚构）", "Hotline (fictional)")],
  },
  testPeriod: { from: "2027-03-01", to: "2028-02-28" },
};

const assessment = (by: string, who: string) => ({
  assessor: said(`${by}（虚构）`, `${who} (fictional)`),
  assessedOn: "2026-10-01",
  validUntil: "2029-09-30",
  conclusion: said("符合要求。", "Meets the requirements."),
  material: null,
});

type ExitPlan = NonNullable<NonNullable<Declaration["form"]>["exitPlan"]>;
type PlanStep = ExitPlan["steps"][number];

/** A step that closes nothing, by the institution, within a week and at no cost, unless told. */
const step = (of: Pick<PlanStep, "id" | "text" | "until"> & Partial<PlanStep>): PlanStep => ({
  ...{ closes: { classes: [], segments: [] }, by: "operator", days: 7, costFen: "0" },
  ...of,
});

const exitPlan: ExitPlan = {
  runOffDays: 0,
  segments: [{ id: "all", text: said("全部业务", "All business") }],
  items: [
    { id: "certificate", text: said("数据删除证明", "Certificate of deletion"), ends: "data" },
  ],
  steps: [
    step({
      ...{ id: "stop", text: said("停止新增与支付", "Stop new business and payments") },
      closes: { classes: ["OPEN", "USE"], segments: ["all"] },
      until: ["classes_closed"],
    }),
    step({
      ...{ id: "settle", text: said("办结在途支付", "Finish payments in flight") },
      until: ["permits_finished"],
    }),
    step({
      ...{ id: "delete_data", text: said("删除数据", "Delete the data"), items: "certificate" },
      ...{ until: ["items_finished"], by: "compliance" },
    }),
    step({
      ...{ id: "people", text: said("办结投诉，付清赔付", "Complaints end, claims are paid") },
      ...{ until: ["complaints_ended", "claims_paid"], by: "compliance" },
    }),
    step({
      ...{ id: "archive", text: said("归档并核验", "Archive and verify") },
      ...{ until: ["archive_verified"], by: "supervisor" },
    }),
  ],
};

const form: NonNullable<Declaration["form"]> = {
  ...EMPTY_FORM,
  operatesFrom: "2027-03-01",
  innovation: [
    { clause: "1.8.1", text: said("渡口无网络也能支付。", "Pays where a ferry has no network.") },
  ],
  effects: [{ clause: "1.9.1", text: said("缩短排队。", "Shorter queues.") }],
  channels: [{ id: "app", kind: "online", name: said("手机应用", "The app") }],
  hours: { from: 0, to: 1440 },
  segment: { text: said("渡口乘客", "Passengers of ferries"), customers: ["person"], ageMin: 18 },
  legal: assessment("长堤律师事务所", "Causeway Law"),
  technical: assessment("灯塔检测", "Lighthouse Testing"),
  risks: [
    {
      clause: "5.1.1",
      risk: said("重复扣款", "Charged twice"),
      measure: said("逐笔核对", "Each payment is reconciled"),
    },
  ],
  pledge: {
    ...{ form: "bank_guarantee", amount: "100000000", currency: "CNY", validUntil: "2029-09-30" },
    order: said("先消费者后机构", "Consumers first, then institutions"),
    trigger: said("技术缺陷造成损失", "Loss by a technical defect"),
  },
  exitPlan,
  emergency: [
    {
      scenario: said("系统中断", "Outage"),
      steps: said("切换备机", "Switch to the standby"),
      ...{ rtoMinutes: 30, rpoMinutes: 0, drilledOn: null },
      contact: said("值班室（虚构）", "Duty desk (fictional)"),
    },
  ],
  riskNotice: said("这是测试，可能中断。", "This is a test and may be interrupted."),
  handling: {
    department: said("消费者权益部", "Consumer affairs"),
    hours: said("工作日9时至17时", "Weekdays 9 to 17"),
    daysMax: 15,
  },
  selfRegulatory: {
    body: said("行业协会（虚构）", "Association (fictional)"),
    channel: said("网站", "Its site"),
    procedure: said("书面提出", "In writing"),
  },
  promise: said("内容真实，依法合规，承担责任。", "True, lawful, and we answer for it."),
  regions: ["330200"],
  partners: [],
  purposes: [{ id: "payment", text: said("完成支付", "To make the payment") }],
  caps: [
    {
      ...{ id: "pilot_customers", measure: "customers", classes: ["OPEN"], scope: "pilot" },
      ...{
        window: "none",
        cap: "5000",
        clause: "1.10-C1",
        label: said("试点客户数", "Customers of the pilot"),
      },
    },
    {
      ...{ id: "payment_amount", measure: "single", classes: ["USE"], scope: "pilot" },
      ...{
        window: "none",
        cap: "20000",
        clause: "1.10-C2",
        label: said("单笔支付金额", "Amount of one payment"),
      },
    },
  ],
  triggers: [
    {
      ...{ indicator: "failure_rate", comparator: "above", value: "500", unit: "basis_point" },
      ...{ periods: 3, action: "restrict", label: said("失败率", "Failure rate") },
    },
  ],
};
