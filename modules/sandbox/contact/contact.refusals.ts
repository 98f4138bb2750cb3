/** What opening and closing a contact says no to. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("sandbox contact", {
  contact_kind_not_set_up: {
    category: "forbidden",
    text: {
      zh: "本系统没有设置这种通知方式。",
      en: "This installation sends no notices of this kind.",
    },
    remedy: {
      zh: "换一种方式，或由管理员在配置中设置。",
      en: "Choose another kind, or have the administrator set it up.",
    },
  },
  contact_of_a_person_only: {
    category: "forbidden",
    text: {
      zh: "程序没有自己的通知地址。",
      en: "A program has no address of its own for notices.",
    },
    remedy: {
      zh: "由本人登录后登记，或登记为本机构的地址。",
      en: "Sign in as the person, or open it for the organisation.",
    },
  },
  contacts_full: {
    category: "exhausted",
    text: {
      zh: "本机构登记的通知地址已达 {most} 个。",
      en: "The organisation has {most} addresses for notices.",
    },
    remedy: { zh: "先停用不再使用的。", en: "Close one that is no longer used." },
  },
  contact_unknown: {
    category: "absent",
    text: { zh: "没有这个在用的通知地址。", en: "There is no such address for notices in use." },
    remedy: { zh: "从清单中选择。", en: "Choose one from the list." },
  },
});
