/** What notices to the person say: what was done with cards and tokens, and what the pilot tells all. */
import type { Text } from "@sandbank/kernel/words";
import type { HolderAct } from "@sandbank/tokens/contract";
import type { Catalogue } from "@sandbank/ui";

export const noticeWords = {
  title: { zh: "通知", en: "Notices" },
  lead: {
    zh: "您的卡片和智令上发生过的每件事，以及试点的公告。",
    en: "Everything that was done with your cards and tokens, and what the pilot announced.",
  },
  mine: { zh: "与您有关", en: "About you" },
  public: { zh: "试点公告", en: "The pilot's announcements" },
  none: {
    zh: "还没有记录。添加卡片、申请智令后会记在这里。",
    en: "Nothing yet. Cards that you add and tokens that you make are noted here.",
  },
  none_public: { zh: "还没有公告。", en: "Nothing was announced." },
  by_you: { zh: "您本人", en: "You" },
  by_other: { zh: "他方", en: "Somebody else" },
  by_bank: { zh: "银行", en: "The bank" },
  by_merchant: { zh: "商户", en: "The merchant" },
  by_supervisor: { zh: "监管机构", en: "The supervisor" },
  token: { zh: "智令尾号{tail}", en: "token ending {tail}" },
  all_public: { zh: "全部公告", en: "All announcements" },
} as const satisfies Catalogue;

export const ACT_WORDS: Readonly<Record<HolderAct["kind"], Text>> = {
  card_added: { zh: "添加了一张卡", en: "A card was added" },
  card_funded: { zh: "卡上存入{amount}", en: "{amount} was put on a card" },
  card_returned: {
    zh: "卡上{amount}转回账户",
    en: "{amount} went back from a card to the account",
  },
  token_issued: { zh: "申请了一个智令", en: "A token was made" },
  token_suspended: { zh: "智令被暂停", en: "A token was paused" },
  token_resumed: { zh: "智令恢复", en: "A token was resumed" },
  token_deleted: { zh: "智令注销", en: "A token was deleted" },
  controls_changed: { zh: "智令的限制已修改", en: "A token's limits or hours were changed" },
  bounds_changed: {
    zh: "银行改了对智令的限制",
    en: "The bank changed its own limits on a token",
  },
  scene_added: { zh: "智令多用于一个场景", en: "A token serves one more scene" },
  scene_removed: { zh: "智令少用于一个场景", en: "A token serves one scene less" },
  consent_withdrawn: { zh: "撤回了对智令的同意", en: "The consent to a token was withdrawn" },
  card_lost: { zh: "卡片已挂失", en: "A card was reported lost" },
  card_replaced: { zh: "卡片已换新，智令不变", en: "A card was replaced; its tokens stay" },
  card_closed: { zh: "卡片已注销", en: "A card was closed" },
  payment_confirmed: {
    zh: "确认了一笔{amount}的付款",
    en: "A payment of {amount} was confirmed ahead",
  },
};
