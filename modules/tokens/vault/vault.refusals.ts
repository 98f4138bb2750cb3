/**
 * What the vault says no to, in order of precedence. A table of its own, since the vault stands by
 * itself: its texts name no number and do not tell whose card a number is.
 */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the vault's own codes. */
export const refuse = declareRefusals("vault", {
  vault_keys_destroyed: {
    category: "conflicting",
    text: {
      zh: "保险库的密钥已全部销毁，任何卡号都不能再存入或查看。",
      en: "Every key of the vault was destroyed: no number goes in and none comes out.",
    },
    remedy: { zh: "试点已经退出，无须再办。", en: "The pilot has left; there is nothing to do." },
  },
  card_number_not_recognised: {
    category: "invalid",
    text: {
      zh: "卡号有误：位数、卡段或校验位不符。",
      en: "This is no card number that we know: length, range or check digit.",
    },
    remedy: { zh: "对照卡面核对卡号。", en: "Compare it with the card." },
  },
  card_bound_elsewhere: {
    category: "conflicting",
    text: { zh: "这张卡不能在此绑定。", en: "This card cannot be bound here." },
    remedy: {
      zh: "使用本人名下的卡片，或联系发卡行。",
      en: "Use a card of your own, or ask the issuer.",
    },
  },
  detokenise_purpose_not_yours: {
    category: "forbidden",
    text: {
      zh: "您的角色不能以此用途查看卡号。",
      en: "Your role may not see card numbers for this purpose.",
    },
    remedy: { zh: "由有权的人员办理。", en: "Ask somebody whose role allows it." },
  },
  detokenise_quota_spent: {
    category: "exhausted",
    text: {
      zh: "今日查看卡号的次数已用完。",
      en: "The day's quota of card numbers is spent.",
    },
    remedy: {
      zh: "明日再办，或申请提高额度。",
      en: "Come back tomorrow, or have the quota raised.",
    },
  },
  detokenise_delivered: {
    category: "conflicting",
    text: {
      zh: "这次查看的卡号已经交付，不再重复。",
      en: "The numbers of this look were handed out and are not handed out again.",
    },
    remedy: { zh: "换一个请求编号再查看。", en: "Look again under another request id." },
  },
});
