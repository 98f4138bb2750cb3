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
  contact_already_proven: {
    category: "conflicting",
    text: { zh: "这个通知地址已经验证。", en: "This address for notices is proven already." },
    remedy: { zh: "无须再次验证。", en: "Nothing is left to do." },
  },
  contact_code_not_sent: {
    category: "conflicting",
    text: { zh: "还没有向这个地址发送过验证码。", en: "No code was sent to this address yet." },
    remedy: { zh: "先请求发送验证码。", en: "Ask for a code first." },
  },
  contact_code_spent: {
    category: "exhausted",
    text: {
      zh: "验证码已输错 {most} 次，作废。",
      en: "Something else was typed in {most} times, and the code is void.",
    },
    remedy: { zh: "请求发送新的验证码。", en: "Ask for another code." },
  },
  contact_code_expired: {
    category: "conflicting",
    text: {
      zh: "验证码发出已满 {minutes} 分钟，失效。",
      en: "The code was sent {minutes} minutes ago or earlier and holds no more.",
    },
    remedy: { zh: "请求发送新的验证码。", en: "Ask for another code." },
  },
  contact_code_wrong: {
    category: "forbidden",
    text: {
      zh: "验证码不对，还可以再输 {left} 次。",
      en: "This is not the code that was sent. Tries left: {left}.",
    },
    remedy: {
      zh: "核对最近一次收到的六位数字。",
      en: "Compare the six digits with those that came last.",
    },
  },
  contact_code_too_soon: {
    category: "exhausted",
    text: {
      zh: "刚刚发送过验证码。",
      en: "A code was sent a moment ago.",
    },
    remedy: {
      zh: "等它到达，或在 {seconds} 秒后请求新的。",
      en: "Wait for it, or ask for another in {seconds} seconds.",
    },
  },
  contact_codes_spent: {
    category: "exhausted",
    text: {
      zh: "24小时内已向这个地址发送 {most} 个验证码。",
      en: "{most} codes were sent to this address within 24 hours.",
    },
    remedy: {
      zh: "核对地址，过一天再请求；地址有误则停用后重新登记。",
      en: "Check the address and ask again a day later; close it and open the right one if it is wrong.",
    },
  },
  contact_codes_of_organisation_spent: {
    category: "exhausted",
    text: {
      zh: "本机构24小时内已请求发送 {most} 个验证码。",
      en: "The organisation had {most} codes sent within 24 hours.",
    },
    remedy: { zh: "过一天再请求。", en: "Ask again a day later." },
  },
});
