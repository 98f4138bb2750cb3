/** What the page of the pilot and of the person's rights says around the published statement. */
import type { Catalogue } from "@sandbank/ui";

export const rightWords = {
  title: { zh: "这项试点和我的权利", en: "This pilot and my rights" },
  lead: {
    zh: "以下是已公布的用户明示，第{version}版，{at}起。它由声明书和准入条件生成，不由银行另写。",
    en: "This is the published user statement, version {version} since {at}. It follows from the declaration and the terms; the bank did not write it.",
  },
  none: {
    zh: "这项试点还没有公布用户明示；在此之前不能办理新业务。",
    en: "No user statement is published yet; until then nothing new is done.",
  },
  what: { zh: "它是什么", en: "What it is" },
  test: { zh: "测试", en: "Test" },
  period: { zh: "测试期", en: "Period of the test" },
  span: { zh: "{from}至{to}，共{days}天", en: "{from} to {to}, {days} days" },
  who: { zh: "谁在运行", en: "Who runs it" },
  functions: { zh: "它做什么", en: "What it does" },
  data: { zh: "使用的技术和数据", en: "Technology and data" },
  limits: { zh: "对您适用的上限", en: "Caps that apply to you" },
  risks: { zh: "风险", en: "Risks" },
  compensation: { zh: "出了错怎么赔", en: "What is paid for errors" },
  rights: { zh: "您的权利", en: "Your rights" },
  exit: { zh: "试点结束时", en: "When the pilot ends" },
  channels: { zh: "投诉渠道", en: "Where to complain" },
  complain: { zh: "在这里投诉", en: "Complain here" },
  earlier: { zh: "以前的版本", en: "Earlier versions" },
  version: { zh: "第{version}版，{at}", en: "Version {version}, {at}" },
  hash: { zh: "本版摘要", en: "Hash of this version" },
  leave: { zh: "退出", en: "Leaving" },
  leave_text: {
    zh: "注销全部智令就是退出；在途的扣款和退款照常办完。之后可以删除您的记录。",
    en: "Deleting every token is leaving; captures and refunds under way are finished. Then you can have your records erased.",
  },
  leave_way: { zh: "退出并删除我的信息", en: "Leave, and have my data erased" },
  window_none: { zh: "任何时候", en: "At any time" },
  window_day: { zh: "每天", en: "A day" },
  window_month: { zh: "每月", en: "A month" },
  window_year: { zh: "每年", en: "A year" },
} as const satisfies Catalogue;
