/** What the page says on which payment tokens are brought to their end. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const endingWords = {
  title: { zh: "了结", en: "Winding up" },
  lead: {
    zh: "试点退出时还有什么没有了结，逐项计自业务数据。退出方案的每一步都要等自己的事项归零。",
    en: "What is not brought to an end as the pilot leaves, counted from its own tables. Each step of the exit waits until nothing of its kind is left.",
  },
  next: { zh: "您现在可以办理", en: "What you may do now" },
  left: { zh: "尚未了结", en: "Not brought to an end" },
  none: { zh: "全部了结，没有遗留。", en: "Everything is brought to an end; nothing is left." },
  what: { zh: "事项", en: "What it is" },
  which: { zh: "哪一笔", en: "Which one" },
  amount: { zh: "数量或金额", en: "Number or amount" },
  ends: { zh: "自行到期", en: "Ends by itself" },
  all: { zh: "合计", en: "All of them" },
  not_leaving: { zh: "试点没有进入退出程序。", en: "The pilot has not been told to leave." },
  nothing: { zh: "没有剩余的了。", en: "Nothing of it is left." },
  in_flight: {
    zh: "等已授权的支付请款、撤销或到期。",
    en: "Waits until every payment in flight is captured, voided or expired.",
  },
  tokens_first: { zh: "先注销全部支付标记。", en: "Every token is deleted first." },
  cards_first: { zh: "先解绑全部卡片。", en: "Every card is unbound first." },
} as const satisfies Catalogue;

interface ActWords {
  readonly name: Text;
  readonly lead: Text;
}

export const endingActs = {
  notices: {
    name: { zh: "通知全部持卡人", en: "Tell every holder" },
    lead: {
      zh: "尚未通知的持卡人都会在本行应用里看到试点退出的通知。",
      en: "Every holder who has not been told reads in the bank's app that the pilot leaves.",
    },
  },
  tokens: {
    name: { zh: "注销全部支付标记", en: "Delete every token" },
    lead: {
      zh: "全部支付标记连同持卡人的同意一并终止，不能恢复。",
      en: "Every token ends, and with it what its holder agreed to. It cannot be undone.",
    },
  },
  cards: {
    name: { zh: "解绑全部卡片", en: "Unbind every card" },
    lead: {
      zh: "全部卡片从本试点解绑，不能恢复。卡片本身照常使用。",
      en: "Every card leaves the pilot; it cannot be undone. The cards themselves go on.",
    },
  },
  keys: {
    name: { zh: "销毁保险库全部密钥", en: "Destroy every key of the vault" },
    lead: {
      zh: "由两位分量保管人办理：一位提出，另一位批准。此后任何存档中的卡号都无法解开，不能恢复。",
      en: "By the two who hold the parts: one proposes, the other approves. From then on no card number opens, in whatever archive it lies. It cannot be undone.",
    },
  },
} as const satisfies Readonly<Record<string, ActWords>>;

/** What the bank's own system can have left, by its names for it. */
export const LEFT_WORDS: Readonly<Record<string, Text>> = {
  holders_untold: { zh: "未通知的持卡人", en: "Holders not told" },
  scenes_open: { zh: "未终止的场景", en: "Scenes not ended" },
  payments_open: { zh: "在途的支付", en: "Payments in flight" },
  settlements_owed: { zh: "应付请求方", en: "Owed to a requestor" },
  tokens_live: { zh: "未注销的支付标记", en: "Tokens not deleted" },
  cards_bound: { zh: "未解绑的卡片", en: "Cards still bound" },
  keys_kept: { zh: "未销毁的密钥", en: "Keys not destroyed" },
};
