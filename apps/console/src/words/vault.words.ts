/** What the pages of the vault's keys say. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const vaultWords = {
  title: { zh: "保险库", en: "Vault" },
  lead: {
    zh: "卡号只存在保险库中。这里看得到密钥的版本、年龄、保管人和轮换进度，看不到任何密钥或卡号。",
    en: "Card numbers are in the vault alone. Here stand its keys' versions, ages, holders and rotations, and no key and no number.",
  },
  kept: { zh: "主密钥与保管人", en: "Key-encryption keys and their holders" },
  kept_none: {
    zh: "手边没有完整的主密钥：至少缺一位保管人的分量。",
    en: "No whole key is at hand: a part of at least one holder is missing.",
  },
  name: { zh: "主密钥", en: "Key" },
  first: { zh: "第 1 个分量", en: "Part 1" },
  second: { zh: "第 2 个分量", en: "Part 2" },
  made: { zh: "生成", en: "Made" },
  in_use: { zh: "在用", en: "In use" },
  spare: { zh: "备用", en: "Spare" },
  keys: { zh: "数据密钥", en: "Keys under it" },
  kind: { zh: "用途", en: "Kind" },
  version: { zh: "版本", en: "Version" },
  state: { zh: "状态", en: "State" },
  uses: { zh: "已加密次数", en: "Times sealed" },
  before: { zh: "更早", en: "Earlier" },
  rotations: { zh: "轮换", en: "Rotations" },
  rotations_none: { zh: "还没有轮换过密钥。", en: "No key has been turned yet." },
  progress: { zh: "进度", en: "Progress" },
  progress_of: { zh: "{moved}/{total}", en: "{moved} of {total}" },
  begun: { zh: "开始", en: "Begun" },
  ended: { zh: "完成", en: "Ended" },
  going_on: { zh: "进行中", en: "Going on" },
  quotas: { zh: "今日查看卡号", en: "Looks at card numbers today" },
  quotas_none: { zh: "今日没有人查看卡号。", en: "Nobody has looked at a card number today." },
  who: { zh: "查看者", en: "Who" },
  purpose: { zh: "用途", en: "Purpose" },
  used: { zh: "已用", en: "Used" },
  cap: { zh: "上限", en: "Cap" },
  next: { zh: "可以办理", en: "What can be done" },
  key_name: { zh: "改用的主密钥", en: "The key to turn to" },
  key_name_hint: {
    zh: "两位保管人用 sandbank kek make 生成，放好各自的分量。",
    en: "Its two holders make it with sandbank kek make and put their parts in place.",
  },
  no_spare: {
    zh: "没有备用的主密钥。先由两位保管人用 sandbank kek make 生成。",
    en: "There is no spare key. Its two holders make one with sandbank kek make first.",
  },
} as const satisfies Catalogue;

export const KEY_KINDS: Readonly<Record<string, Text>> = {
  card: { zh: "加密卡号", en: "Seals card numbers" },
  index: { zh: "卡号盲索引", en: "Blind index" },
  cryptogram: { zh: "支付密文", en: "Cryptograms" },
  kek: { zh: "主密钥", en: "Key-encryption key" },
};

export const KEY_STATES: Readonly<Record<string, Text>> = {
  current: { zh: "现行", en: "Current" },
  old: { zh: "只解密", en: "Opens only" },
  destroyed: { zh: "已销毁", en: "Destroyed" },
};

export const LOOK_PURPOSE_WORDS: Readonly<Record<string, Text>> = {
  network_routing: { zh: "向卡组织转发", en: "Routing to the network" },
  dispute: { zh: "争议处理", en: "A dispute" },
  order: { zh: "监管或司法要求", en: "An order" },
  exit: { zh: "试点退出", en: "The pilot's exit" },
};

interface TurnWords {
  readonly name: Text;
  readonly what: Text;
}

/** The three acts: what each is called, and what it does. */
export const turnWords: Readonly<Record<"kek" | "card" | "index", TurnWords>> = {
  kek: {
    name: { zh: "轮换主密钥", en: "Turn the key-encryption key" },
    what: {
      zh: "用另一把主密钥重新加密全部数据密钥，卡号不动，片刻完成。",
      en: "Wraps every key anew under another one. No card is touched, and it takes a moment.",
    },
  },
  card: {
    name: { zh: "轮换卡号密钥", en: "Turn the key of card numbers" },
    what: {
      zh: "新卡立即用新密钥；原有的卡逐批移过去，完成后销毁旧密钥。支付照常。",
      en: "New cards use the next key at once; the others move in steps, then the old key is destroyed. Payments go on.",
    },
  },
  index: {
    name: { zh: "轮换盲索引密钥", en: "Turn the key of the blind index" },
    what: {
      zh: "新旧两版索引同时可查，逐批移完后销毁旧密钥。绑卡照常。",
      en: "Numbers are looked up under both versions until all have moved, then the old key is destroyed. Binding goes on.",
    },
  },
};
