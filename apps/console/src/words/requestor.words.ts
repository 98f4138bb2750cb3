/** What the pages of token requestors and scenes say. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue, Tone } from "@sandbank/ui";

export const requestorWords = {
  section: { zh: "支付标记", en: "Payment tokens" },
  ways: { zh: "支付标记的各页", en: "Pages of payment tokens" },
  title: { zh: "标记请求方", en: "Token requestors" },
  lead: {
    zh: "谁可以用支付标记请款。登记后须银行两人准入；暂停立即停止其全部场景的支付，恢复须两人。",
    en: "Who may ask for payments with tokens. Two people of the bank admit one; suspending one stops every payment in its scenes at once, and resuming it takes two.",
  },
  none: {
    zh: "还没有标记请求方。由发卡机构的运营人员登记第一家。",
    en: "There is no token requestor yet. An operator of the issuer registers the first.",
  },
  table: { zh: "标记请求方及其状态", en: "Token requestors and how they stand" },
  requestor: { zh: "标记请求方", en: "Requestor" },
  trid: { zh: "编号（TRID）", en: "Requestor id (TRID)" },
  trid_hint: {
    zh: "11位数字：3位标记服务方代码加8位请求方编号。",
    en: "11 digits: three of the token service provider, eight of the requestor.",
  },
  trid_wanted: { zh: "编号（TRID）：写11位数字。", en: "Requestor id: give 11 digits." },
  organisation: { zh: "机构", en: "Organisation" },
  organisation_hint: {
    zh: "机构在本系统的编号，例如farsail-travel。",
    en: "The organisation's id here, such as farsail-travel.",
  },
  organisation_wanted: {
    zh: "机构：写字母、数字或 _ . : -，至多80个。",
    en: "Organisation: letters, digits or _ . : -, at most 80.",
  },
  name: { zh: "名称", en: "Name" },
  state: { zh: "状态", en: "State" },
  registered_at: { zh: "登记时间", en: "Registered" },
  domains: { zh: "收款域名", en: "Domains" },
  domains_hint: {
    zh: "每行一个小写域名，例如pay.example.cn。没有则不填。",
    en: "One host a line, in small letters, such as pay.example.cn. Leave it empty if there is none.",
  },
  domains_wanted: {
    zh: "收款域名：每行写一个小写域名。",
    en: "Domains: one host a line, in small letters.",
  },
  no_domains: { zh: "没有登记域名", en: "No domain is registered" },
  keys: { zh: "签名公钥", en: "Keys that it signs with" },
  keys_lead: {
    zh: "由该机构的审批人自行登记和停用；名册不另存一份。",
    en: "Its own approver enrols and ends them; the registry keeps no second list.",
  },
  keys_none: {
    zh: "还没有登记公钥。它的程序现在用密钥（Bearer）发送请求。",
    en: "None is enrolled. Its programs send a bearer key for now.",
  },
  keys_table: { zh: "公钥、程序与到期时间", en: "Keys, programs and when they expire" },
  program: { zh: "程序", en: "Program" },
  fingerprint: { zh: "指纹（SHA-256）", en: "Fingerprint (SHA-256)" },
  expires: { zh: "到期时间", en: "Expires" },
  scenes: { zh: "场景", en: "Scenes" },
  scenes_none: {
    zh: "还没有场景，因此任何支付标记都不能向它付款。",
    en: "It has no scene yet, so no token can pay it.",
  },
  facts: { zh: "要点", en: "Facts" },
  next: { zh: "下一步", en: "What comes next" },
  register: { zh: "登记标记请求方", en: "Register a requestor" },
  register_lead: {
    zh: "记下谁来申请。登记本身不准入任何人：另由您提出准入、另一人批准。",
    en: "Writes down who asks, and admits nobody: you propose to admit it and another person approves.",
  },
  gone: { zh: "没有这个标记请求方", en: "There is no such requestor" },
  waiting: { zh: "等待准入的标记请求方", en: "Requestors that wait to be admitted" },
  see_misuse: { zh: "被拒支付与误用", en: "Declines and misuse" },
} as const satisfies Catalogue;

interface StateWords {
  readonly word: Text;
  readonly tone: Tone;
}

export const REQUESTOR_STATES = {
  applied: { word: { zh: "待准入", en: "Waits to be admitted" }, tone: "warn" },
  active: { word: { zh: "有效", en: "Active" }, tone: "live" },
  suspended: { word: { zh: "已暂停", en: "Suspended" }, tone: "stop" },
  ended: { word: { zh: "已终止", en: "Ended" }, tone: "off" },
} as const satisfies Readonly<Record<string, StateWords>>;

export const KEY_STATES = {
  in_use: { word: { zh: "使用中", en: "In use" }, tone: "ok" },
  soon: { word: { zh: "即将到期", en: "Expires soon" }, tone: "warn" },
  expired: { word: { zh: "已到期", en: "Expired" }, tone: "off" },
  ended: { word: { zh: "已停用", en: "Ended" }, tone: "off" },
} as const satisfies Readonly<Record<string, StateWords>>;

/** Each act, and what it does. */
export const requestorActs = {
  activate: {
    name: { zh: "准入", en: "Admit it" },
    lead: {
      zh: "另一人批准后，它计为试点的一家合作机构，支付标记可在其场景付款。",
      en: "Once another person approves, it counts as a partner of the pilot, and tokens can pay in its scenes.",
    },
  },
  suspend: {
    name: { zh: "暂停", en: "Suspend it" },
    lead: {
      zh: "立即停止其全部场景的支付。已授权的支付照常请款、撤销和退款。",
      en: "Stops every payment in its scenes at once. What was authorised is still captured, voided and refunded.",
    },
  },
  resume: {
    name: { zh: "恢复", en: "Resume it" },
    lead: {
      zh: "另一人批准后，支付标记又可在其场景付款。",
      en: "Once another person approves, tokens can pay in its scenes again.",
    },
  },
  end: {
    name: { zh: "终止", en: "End it" },
    lead: {
      zh: "不能撤回：这个编号不再使用。已授权的支付照常办完。",
      en: "It cannot be taken back: the id is used no more. What was authorised is still finished.",
    },
  },
} as const satisfies Readonly<Record<string, { readonly name: Text; readonly lead: Text }>>;
