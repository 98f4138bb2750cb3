/** What the sections of the declaration form are called, and how its closed sets read. */
import type { Text } from "@sandbank/kernel/words";
import type { DeclarationForm } from "./form.contract.ts";

/** The sections in the order of the form, each by the number that reference/sandbox §2 gives it. */
export const SECTIONS = {
  name: { clause: "1.2", zh: "创新应用名称", en: "Name" },
  type: { clause: "1.3", zh: "创新应用类型", en: "Type" },
  institutions: { clause: "1.4", zh: "机构信息", en: "Institutions" },
  operatesFrom: { clause: "1.5", zh: "拟正式运营时间", en: "Planned start of operation" },
  technology: { clause: "1.6", zh: "技术应用", en: "Technology" },
  functions: { clause: "1.7", zh: "功能服务", en: "Functions" },
  innovation: { clause: "1.8", zh: "创新性说明", en: "What is new" },
  effects: { clause: "1.9", zh: "预期效果", en: "Expected effect" },
  graduation: { clause: "1.9", zh: "毕业标准", en: "Graduation" },
  scale: { clause: "1.10", zh: "预期规模", en: "Expected scale" },
  caps: { clause: "1.10", zh: "规模上限", en: "Caps" },
  triggers: { clause: "1.10", zh: "触发值", en: "Triggers" },
  testPeriod: { clause: "1.11", zh: "测试期", en: "Test period" },
  channels: { clause: "2.1", zh: "服务渠道", en: "Channels" },
  hours: { clause: "2.2", zh: "服务时间", en: "Hours" },
  segment: { clause: "2.3", zh: "服务用户", en: "Users" },
  regions: { clause: "2.3", zh: "服务地域", en: "Regions" },
  agreement: { clause: "2.4", zh: "服务协议书", en: "Service agreement" },
  partners: { clause: "2.5", zh: "合作机构", en: "Partners" },
  purposes: { clause: "2.6", zh: "数据用途", en: "Purposes of data" },
  legal: { clause: "3", zh: "合法合规性评估", en: "Legal assessment" },
  technical: { clause: "4", zh: "技术安全性评估", en: "Technical assessment" },
  risks: { clause: "5.1", zh: "风险防控措施", en: "Risks and measures" },
  compensation: { clause: "5.2", zh: "风险补偿机制", en: "Risk compensation" },
  exit: { clause: "5.3", zh: "退出机制", en: "Exit" },
  emergency: { clause: "5.4", zh: "应急预案", en: "Emergency plan" },
  riskNotice: { clause: "6", zh: "风险提示", en: "Risk notice" },
  complaints: { clause: "7.1", zh: "机构投诉", en: "Complaints to the institution" },
  selfRegulatory: { clause: "7.2", zh: "自律投诉", en: "Complaints to the self-regulatory body" },
  promise: { clause: "8", zh: "承诺声明", en: "Promise" },
} as const satisfies Readonly<Record<string, Text & { readonly clause: string }>>;

export type Section = keyof typeof SECTIONS;

export const TYPES = {
  financial_service: { zh: "金融服务", en: "financial service" },
  technology_product: { zh: "科技产品", en: "technology product" },
} as const;

export const PLEDGES: Readonly<Record<NonNullable<DeclarationForm["pledge"]>["form"], Text>> = {
  own_capital: { zh: "自有资金", en: "own capital" },
  insurance: { zh: "保险", en: "insurance" },
  fund: { zh: "风险补偿基金", en: "compensation fund" },
  trust: { zh: "信托", en: "trust" },
  bank_guarantee: { zh: "银行保函", en: "bank guarantee" },
};

export const CUSTOMERS = {
  person: { zh: "个人", en: "persons" },
  enterprise: { zh: "企业", en: "enterprises" },
} as const;

export const WINDOWS = {
  none: { zh: "测试期内", en: "over the test" },
  day: { zh: "每日", en: "a day" },
  month: { zh: "每月", en: "a month" },
  year: { zh: "每年", en: "a year" },
} as const;

export const SCOPES = {
  pilot: { zh: "整个试点", en: "the whole pilot" },
  customer: { zh: "每位客户", en: "each customer" },
  partner: { zh: "每家合作方", en: "each partner" },
  merchant: { zh: "每家商户", en: "each merchant" },
  region: { zh: "每个地区", en: "each region" },
  channel: { zh: "每个渠道", en: "each channel" },
  product: { zh: "每个产品", en: "each product" },
} as const;

export const COMPARATORS = {
  atLeast: { zh: "不低于", en: "at least " },
  atMost: { zh: "不高于", en: "at most " },
  about: { zh: "约", en: "about " },
  above: { zh: "高于", en: "above " },
  below: { zh: "低于", en: "below " },
} as const;

export const ACTIONS = {
  restrict: { zh: "限制新增业务", en: "new business is restricted" },
  suspend: { zh: "暂停", en: "the pilot is suspended" },
} as const;
