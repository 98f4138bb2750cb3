/** What the pages of scenes say. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const sceneWords = {
  title: { zh: "场景", en: "Scenes" },
  lead: {
    zh: "支付标记能在哪里付款：请求方的哪些商户、类别和渠道。清单为空表示不限。",
    en: "Where tokens can pay: which merchants, categories and channels of a requestor. An empty list lets everything through.",
  },
  none: {
    zh: "还没有场景。先登记标记请求方，再为它登记场景。",
    en: "There is no scene yet. Register a requestor first, then a scene of it.",
  },
  table: { zh: "场景、请求方与范围", en: "Scenes, their requestors and what they let through" },
  scene: { zh: "场景", en: "Scene" },
  id: { zh: "场景编号", en: "Id of the scene" },
  id_hint: {
    zh: "小写字母开头，2至40个小写字母、数字或连字符。",
    en: "2 to 40 small letters, digits or hyphens, a letter first.",
  },
  id_wanted: {
    zh: "场景编号：写2至40个小写字母、数字或连字符，字母开头。",
    en: "Id of the scene: 2 to 40 small letters, digits or hyphens, a letter first.",
  },
  name: { zh: "名称", en: "Name" },
  requestor: { zh: "标记请求方", en: "Requestor" },
  state: { zh: "状态", en: "State" },
  facts: { zh: "范围", en: "What it lets through" },
  merchants: { zh: "商户", en: "Merchants" },
  merchants_hint: {
    zh: "每行一个商户编号；不限则不填。",
    en: "One id a line; empty lets every merchant pay in.",
  },
  merchants_wanted: {
    zh: "商户：每行写一个编号，字母、数字或 . _ -，至多40个。",
    en: "Merchants: one id a line, letters, digits or . _ -, at most 40.",
  },
  mccs: { zh: "商户类别（MCC）", en: "Categories (MCC)" },
  mccs_hint: {
    zh: "每行四位数字或区间，例如4511或7011-7033；不限则不填。",
    en: "Four digits or a range a line, such as 4511 or 7011-7033; empty lets every category through.",
  },
  mccs_wanted: {
    zh: "商户类别：每行写四位数字或区间，例如7011-7033。",
    en: "Categories: four digits or a range a line, such as 7011-7033.",
  },
  channels: { zh: "渠道", en: "Channels" },
  channels_hint: {
    zh: "每行一个，例如app或web；不限则不填。",
    en: "One a line, such as app or web; empty lets every channel through.",
  },
  channels_wanted: {
    zh: "渠道：每行写一个，小写字母开头，例如app。",
    en: "Channels: one a line, a small letter first, such as app.",
  },
  every: { zh: "不限", en: "Every one" },
  cryptogram: { zh: "密文", en: "Cryptogram" },
  cryptogram_asked: { zh: "每笔支付是否须带密文", en: "Must each payment bring a cryptogram?" },
  needed: { zh: "每笔须带", en: "Needed for each payment" },
  not_needed: { zh: "不要求", en: "Not needed" },
  next: { zh: "下一步", en: "What comes next" },
  register: { zh: "登记场景", en: "Register a scene" },
  register_lead: {
    zh: "新场景不会让任何支付标记付款：由持卡人自己决定把标记用在哪里。",
    en: "A new scene lets no token pay by itself: holders decide where their tokens serve.",
  },
  no_requestors: {
    zh: "还没有可以登记场景的请求方。先登记标记请求方。",
    en: "There is no requestor to register a scene for. Register a requestor first.",
  },
  gone: { zh: "没有这个场景", en: "There is no such scene" },
  requestor_stops: {
    zh: "请求方现在不是有效状态，这个场景里的支付全部被拒。",
    en: "Its requestor is not active now, so every payment in this scene is declined.",
  },
} as const satisfies Catalogue;

export const SCENE_STATES = {
  open: { word: { zh: "开放", en: "Open" }, tone: "live" },
  suspended: { word: { zh: "已暂停", en: "Suspended" }, tone: "stop" },
  ended: { word: { zh: "已终止", en: "Ended" }, tone: "off" },
} as const;

/** Each act, and what it does. */
export const sceneActs = {
  suspend: {
    name: { zh: "暂停", en: "Suspend it" },
    lead: {
      zh: "立即停止这个场景里的支付。已授权的支付照常请款、撤销和退款。",
      en: "Stops every payment in this scene at once. What was authorised is still captured, voided and refunded.",
    },
  },
  resume: {
    name: { zh: "恢复", en: "Resume it" },
    lead: {
      zh: "另一人批准后，用于此场景的支付标记又可以付款。",
      en: "Once another person approves, the tokens that serve it can pay again.",
    },
  },
  end: {
    name: { zh: "终止", en: "End it" },
    lead: {
      zh: "不能撤回：这个场景不再接受支付。已授权的支付照常办完。",
      en: "It cannot be taken back: the scene takes no payment any more. What was authorised is still finished.",
    },
  },
} as const satisfies Readonly<Record<string, { readonly name: Text; readonly lead: Text }>>;
