/** What the public site says, in both languages. Prose pages keep their texts with themselves. */
import type { CommandClass, LimitRule } from "@sandbank/kernel/guard";
import type { Lang, Text } from "@sandbank/kernel/words";
import { type Catalogue, sayCounted } from "@sandbank/ui";
import type { FigureSource, NoticeKind, Origin, Relation } from "./ports.ts";

export const words = {
  pilots: { zh: "试点", en: "Pilots" },
  notices: { zh: "公告", en: "Notices" },
  rights: { zh: "我的权利", en: "My rights" },
  verify: { zh: "验证", en: "Verify" },
  about: { zh: "制度", en: "About" },
  json: { zh: "JSON数据", en: "JSON" },

  registry_title: { zh: "金融科技创新监管试点", en: "Fintech sandbox pilots" },
  registry_lead: {
    zh: "每项试点都事先说明：做什么、为谁做、做到多大规模、受损由谁赔、最后怎样结束。上限逐笔强制执行，实际数由业务记录算出，任何人都可以核对。",
    en: "Each pilot says in advance what it does, for whom, up to what scale, who pays for losses and how it ends. Caps bind every transaction, actual figures are counted from business records, and anybody can check them.",
  },
  registry_list: { zh: "首批试点", en: "The first pilots" },
  registry_empty: { zh: "还没有公开的试点。", en: "No pilot has been published yet." },
  how_to_read: { zh: "怎样看潮位", en: "How to read the bars" },
  key_room: { zh: "沙：余量", en: "Sand: room left" },
  key_water: { zh: "水：实际", en: "Water: actual" },
  key_stake: { zh: "旗：目标", en: "Flag: target" },
  key_wall: { zh: "堤：上限", en: "Post: cap" },
  target_title: { zh: "目标不是上限", en: "A target is not a cap" },
  target_text: {
    zh: "申报的规模多为“达到”“不低于”或愿景，是目标，用来判断试点能否毕业。上限是另一个数：每一笔业务提交时都要核对，超出就不予受理。",
    en: "A declared scale is mostly “at least”, “about” or an ambition: a target, which helps decide whether a pilot may graduate. The cap is a separate number, checked with every transaction as it commits; what would exceed it is not accepted.",
  },
  affected_title: { zh: "您是参与者？", en: "Are you taking part?" },
  affected_text: {
    zh: "参加自愿，随时可以退出；因技术缺陷受损可获赔付；投诉一般在15日内作出决定。",
    en: "Taking part is voluntary and you can leave at any time. Losses from a technical fault are compensated. Complaints are normally decided within 15 days.",
  },
  affected_link: { zh: "看看您有哪些权利", en: "Read what your rights are" },

  whose_demo: {
    zh: "据报道由{declared}申报；演示数据属于{run}（虚构）",
    en: "Declared by {declared}, as reported. Demo figures are those of {run} (fictional)",
  },
  whose_reported: {
    zh: "据报道由{declared}申报；演示中尚未运行",
    en: "Declared by {declared}, as reported. Not running in this demonstration",
  },
  whose_live: { zh: "由{declared}申报", en: "Declared by {declared}" },

  step_closed: { zh: "未开始", en: "Not started" },
  step_open_end: { zh: "未决定", en: "Undecided" },
  step_day: { zh: "第{n}天", en: { one: "Day {n}", other: "Day {n}" } },

  directive_title: { zh: "监管指令{number}生效中", en: "Directive {number} is in force" },
  directive_pending: {
    zh: "监管指令{number}已发出，正在生效",
    en: "Directive {number} has been issued and is taking effect",
  },
  directive_lowers: { zh: "{label}的上限降至{cap}。", en: "{label}: the cap is lowered to {cap}." },
  directive_since: { zh: "发出时间：{time}", en: "Issued {time}" },
  directive_effective: { zh: "全部生效时间：{time}", en: "In force everywhere since {time}" },
  directive_stays: {
    zh: "已经开始的业务会办完：还款、退款、赎回、撤销、查询和投诉都不受影响。",
    en: "What has begun will be finished: repayments, refunds, redemptions, cancellations, inquiries and complaints are not affected.",
  },

  scale: { zh: "规模", en: "Scale" },
  scale_empty: { zh: "还没有规模数据。", en: "There are no figures of scale yet." },
  as_of: { zh: "截至{time}，{source}", en: "As of {time}, {source}" },
  target_reported: { zh: "目标出自公开报道", en: "Target as reported" },
  target_declared: { zh: "目标见声明书", en: "Target as declared" },
  cap_clause: { zh: "上限依据声明书{clause}条", en: "Cap set by clause {clause}" },
  target_by: { zh: "{target}（{date}前）", en: "{target} by {date}" },

  compensation: { zh: "受损怎样赔", en: "Who pays for losses" },
  compensation_empty: {
    zh: "报道没有说明赔付安排。",
    en: "The report does not state how losses are compensated.",
  },
  exit: { zh: "怎样结束", en: "How it ends" },
  exit_empty: { zh: "报道没有说明退出安排。", en: "The report does not state how the pilot ends." },

  limits: { zh: "生效中的上限", en: "Caps in force" },
  limits_text: {
    zh: "每一笔业务提交时都要核对这些上限，超出的不予受理。",
    en: "Every transaction is held to these caps at the moment it commits.",
  },
  limits_empty: { zh: "目前没有生效中的上限。", en: "No caps are in force." },
  limit: { zh: "上限项", en: "What is capped" },
  used: { zh: "已用", en: "Used" },
  cap: { zh: "上限", en: "Cap" },
  clause: { zh: "第{clause}条", en: "clause {clause}" },
  scope_single: { zh: "每一笔", en: "Each transaction" },
  used_each: { zh: "分别计算", en: "Counted for each" },

  graduation: { zh: "毕业条件", en: "Conditions for graduation" },
  graduation_text: {
    zh: "入箱时写明，由平台计算，不留到事后争论。",
    en: "Set down at entry and computed by the platform, not argued afterwards.",
  },
  condition: { zh: "条件", en: "Condition" },
  required: { zh: "要求", en: "Required" },
  current: { zh: "当前", en: "Now" },
  result: { zh: "结果", en: "Result" },
  met: { zh: "已满足", en: "Met" },
  unmet: { zh: "未满足", en: "Not yet" },
  not_yet: { zh: "尚无数据", en: "No figure yet" },
  at_least: { zh: "≥ {n}", en: "≥ {n}" },
  at_most: { zh: "≤ {n}", en: "≤ {n}" },

  declaration: { zh: "声明书", en: "Declaration" },
  declaration_version: { zh: "第{n}版", en: "Version {n}" },
  declaration_published: { zh: "{date}公布", en: "published {date}" },
  declaration_empty: {
    zh: "声明书还没有公布。",
    en: "The declaration has not been published yet.",
  },
  declaration_hash: { zh: "内容摘要", en: "Content hash" },
  reported_mark: { zh: "据报道", en: "as reported" },

  key_facts: { zh: "要点", en: "Key facts" },
  declared_by: { zh: "申报机构", en: "Declared by" },
  declared_by_reported: { zh: "申报机构（据报道）", en: "Declared by (as reported)" },
  run_by: { zh: "演示机构（虚构）", en: "Demo institution (fictional)" },
  number: { zh: "登记编号", en: "Registration number" },
  period: { zh: "测试期", en: "Test period" },
  period_range: { zh: "{from}至{to}", en: "{from} to {to}" },

  evidence: { zh: "证据", en: "Evidence" },
  evidence_text: {
    zh: "本页数字出自一份只增不改的公开日志。不必相信我们，您可以自己核对。",
    en: "The figures on this page come from a public, append-only log. You need not trust us: check them yourself.",
  },
  evidence_empty: {
    zh: "这项试点还没有运行，因此没有可以核对的日志。开始运行后，日志和核对办法都在这里。",
    en: "This pilot is not running yet and so has no log to check. Once it runs, its log and the ways to check it stand here.",
  },
  log_origin: { zh: "日志", en: "Log" },
  log_size: { zh: "已见证的记录", en: "Records witnessed" },
  log_recorded: { zh: "已写入的记录", en: "Records written" },
  log_root: { zh: "根哈希", en: "Root hash" },
  log_witnessed: { zh: "见证时间", en: "Witnessed" },
  log_unwitnessed: { zh: "已记录，等待见证", en: "Recorded, waiting for witnesses" },
  check_record: { zh: "抽样的记录在日志之中", en: "The sample record is in the log" },
  check_log: { zh: "日志签名有效", en: "Valid signature of the log" },
  check_witness: { zh: "见证签名有效", en: "Valid signature of a witness" },
  check_here: { zh: "在本浏览器中核对", en: "Check in this browser" },
  check_yes: { zh: "通过", en: "passed" },
  check_no: { zh: "未通过", en: "failed" },
  check_pass: {
    zh: "核对一致：记录在公开日志中，各方签名有效。",
    en: "Verified: the record is in the public log and every signature is valid.",
  },
  check_fail: {
    zh: "核对不一致：内容与公开日志不符。",
    en: "Not verified: this content does not match the public log.",
  },
  check_unable: {
    zh: "此浏览器不能核对Ed25519签名。可以按下面的办法离线核对。",
    en: "This browser cannot check Ed25519 signatures. Check offline as described below.",
  },
  check_offline: { zh: "离线核对", en: "Check offline" },
  check_offline_text: {
    zh: "在一份Sandbank里运行下面的命令。它取回日志，逐条重算，不依赖本网站的任何结论。",
    en: "Run this in a copy of Sandbank. It fetches the log and recomputes every record; it takes nothing on this site’s word.",
  },
  receipt: { zh: "抽样凭证全文", en: "The sample receipt in full" },
  receipt_record: { zh: "记录", en: "Record" },
  receipt_proof: { zh: "凭证", en: "Receipt" },
  verifier_keys: { zh: "验证公钥", en: "Verifier keys" },
  evidence_download: { zh: "下载证据（JSON）", en: "Download the evidence (JSON)" },
  what_is_proven: { zh: "能证明什么，不能证明什么", en: "What this proves and what it does not" },

  notices_title: { zh: "公告", en: "Notices" },
  notices_lead: {
    zh: "阶段变化、监管指令和上限调整，一经生效即在这里公布，不会撤下。",
    en: "Changes of phase, directives and changes of caps are published here as they take effect, and are never taken down.",
  },
  notices_empty: { zh: "还没有公告。", en: "There are no notices yet." },
  notices_of_pilot: { zh: "本试点的公告", en: "Notices of this pilot" },
  notices_all: { zh: "看全部公告", en: "See all notices" },

  missing_title: { zh: "没有这个页面", en: "There is no such page" },
  missing_text: {
    zh: "地址可能打错了，或者这个页面从未存在。公布过的页面不会撤下。",
    en: "The address may be mistyped, or the page never existed. Pages once published are never taken down.",
  },
  missing_link: { zh: "看全部试点", en: "See all pilots" },
} as const satisfies Catalogue;

export const CLASS_CLOSED = {
  OPEN: {
    zh: "暂停新开业务：不接受新客户、新账户、新商户和新终端。",
    en: "No new business: new customers, accounts, merchants and terminals are not accepted.",
  },
  USE: {
    zh: "暂停新交易：已有客户不能发起新的支付、用款或申购。",
    en: "No new transactions: existing customers cannot start new payments, drawdowns or purchases.",
  },
  SERVICE: {
    zh: "暂停一切办理，包括已经开始的业务。",
    en: "Everything is stopped, including business that has begun.",
  },
} as const satisfies Record<CommandClass, Text>;

export const RELATIONS = {
  reach: { zh: "达到{n}", en: "{n}" },
  at_least: { zh: "不低于{n}", en: "at least {n}" },
  more_than: { zh: "超过{n}", en: "more than {n}" },
  about: { zh: "约{n}", en: "about {n}" },
  upwards_of: { zh: "{n}以上", en: "upwards of {n}" },
  ambition: { zh: "最多{n}（愿景）", en: "up to {n} (ambition)" },
} as const satisfies Record<Relation, Text>;

export const SOURCES = {
  journal: { zh: "由平台从业务记录算出", en: "computed by the platform from business records" },
  ledger: { zh: "由平台从账本算出", en: "computed by the platform from the ledger" },
  prober: { zh: "由平台探测得出", en: "measured by the platform’s own probes" },
  requests: { zh: "由平台从请求耗时算出", en: "computed by the platform from request times" },
} as const satisfies Record<FigureSource, Text>;

export const ORIGINS = {
  reported: { zh: "据2020年1月的公开报道", en: "From press reports of January 2020" },
  declared: { zh: "据本系统中的声明书", en: "From the declaration in this system" },
} as const satisfies Record<Origin, Text>;

export const SCOPES = {
  pilot: { zh: "整个试点", en: "The whole pilot" },
  customer: { zh: "每位客户", en: "Each customer" },
  partner: { zh: "每家合作方", en: "Each partner" },
  merchant: { zh: "每家商户", en: "Each merchant" },
  region: { zh: "每个地区", en: "Each region" },
  channel: { zh: "每个渠道", en: "Each channel" },
  product: { zh: "每种产品", en: "Each product" },
} as const satisfies Record<LimitRule["scope"], Text>;

export const MEASURES = {
  customers: {
    none: { zh: "客户总数", en: "Customers in all" },
    day: { zh: "每日新增客户", en: "New customers a day" },
    month: { zh: "每月新增客户", en: "New customers a month" },
    year: { zh: "每年新增客户", en: "New customers a year" },
  },
  amount: {
    none: { zh: "测试期内净额", en: "Net amount during the test" },
    day: { zh: "每日金额", en: "Amount a day" },
    month: { zh: "每月金额", en: "Amount a month" },
    year: { zh: "每年金额", en: "Amount a year" },
  },
  count: {
    none: { zh: "测试期内笔数", en: "Transactions during the test" },
    day: { zh: "每日笔数", en: "Transactions a day" },
    month: { zh: "每月笔数", en: "Transactions a month" },
    year: { zh: "每年笔数", en: "Transactions a year" },
  },
  single: {
    none: { zh: "单笔金额", en: "Amount of one transaction" },
    day: { zh: "单笔金额", en: "Amount of one transaction" },
    month: { zh: "单笔金额", en: "Amount of one transaction" },
    year: { zh: "单笔金额", en: "Amount of one transaction" },
  },
} as const satisfies Record<LimitRule["measure"], Record<LimitRule["window"], Text>>;

export const NOTICE_KINDS = {
  phase: { word: { zh: "阶段变化", en: "Phase" }, tone: "live" },
  directive: { word: { zh: "监管指令", en: "Directive" }, tone: "stop" },
  lifted: { word: { zh: "指令解除", en: "Directive lifted" }, tone: "ok" },
  policy: { word: { zh: "上限调整", en: "Caps" }, tone: "off" },
  declaration: { word: { zh: "声明书", en: "Declaration" }, tone: "off" },
} as const satisfies Record<
  NoticeKind,
  { readonly word: Text; readonly tone: "live" | "stop" | "ok" | "off" }
>;

/** "第252天", "Day 252". */
export function dayOfTest(n: number, lang: Lang): string {
  return sayCounted(words.step_day, lang, { n, figure: String(n) });
}
