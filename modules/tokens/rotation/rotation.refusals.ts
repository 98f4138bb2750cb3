/** What turning the vault's keys, or destroying them, is refused for, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("tokens", {
  rotation_by_people_only: {
    category: "forbidden",
    text: {
      zh: "轮换密钥须由两个人办理，程序密钥不能代替。",
      en: "Two people turn a key; a program's key does not stand in for one.",
    },
    remedy: { zh: "由经办人员登录后提出。", en: "Have an operator sign in and propose it." },
  },
  rotation_under_way: {
    category: "conflicting",
    text: {
      zh: "同一种密钥的轮换正在进行。",
      en: "A key of this kind is being turned already.",
    },
    remedy: { zh: "等它完成后再提出。", en: "Wait until that has ended." },
  },
  rotation_unknown: {
    category: "absent",
    text: { zh: "没有这次密钥轮换。", en: "There is no such rotation." },
    remedy: { zh: "核对编号。", en: "Check its id." },
  },
  kek_not_at_hand: {
    category: "conflicting",
    text: {
      zh: "主密钥 {kek} 的两个分量不都在保险库手边。",
      en: "The two parts of the key {kek} are not both at hand.",
    },
    remedy: {
      zh: "由两位保管人放好分量，用 sandbank kek check 核对后再提出。",
      en: "Have both holders put their parts in place, check with sandbank kek check, then propose it.",
    },
  },
  kek_in_use: {
    category: "conflicting",
    text: {
      zh: "数据密钥已全部由主密钥 {kek} 加密。",
      en: "Every data key lies under the key {kek} already.",
    },
    remedy: { zh: "先生成新的主密钥。", en: "Make another key first." },
  },
  for_staff_of_the_vault: {
    category: "forbidden",
    text: {
      zh: "仅发卡机构、监管机构和审计人员可以查看。",
      en: "Only the issuer, the supervisor and auditors may see this.",
    },
    remedy: { zh: "以有权的身份查看。", en: "Look as somebody whose role allows it." },
  },
  destruction_by_people_only: {
    category: "forbidden",
    text: {
      zh: "销毁密钥须由两位保管人本人办理，程序密钥不能代替。",
      en: "The two holders destroy the keys themselves; a program's key does not stand in for one.",
    },
    remedy: {
      zh: "由保管人登录后提出。",
      en: "Have a holder sign in and propose it.",
    },
  },
  key_holders_only: {
    category: "forbidden",
    text: {
      zh: "主密钥 {name} 的两个分量由其他人保管，须由他们两人共同销毁。",
      en: "Others hold the two parts of the key {name}; the two of them destroy it together.",
    },
    remedy: {
      zh: "用 sandbank kek check 查看保管人；保管人的名称须含本人编号。",
      en: "See who holds it with sandbank kek check; a holder's name has to contain that person's id.",
    },
  },
  keys_destruction_ordered: {
    category: "conflicting",
    text: {
      zh: "已有销毁保险库密钥的指令。",
      en: "The destruction of the vault's keys has been ordered.",
    },
    remedy: {
      zh: "无须再办。",
      en: "There is nothing left to order.",
    },
  },
  destruction_unknown: {
    category: "absent",
    text: {
      zh: "没有这次密钥销毁。",
      en: "There is no such destruction of keys.",
    },
    remedy: {
      zh: "核对编号。",
      en: "Check its id.",
    },
  },
});
