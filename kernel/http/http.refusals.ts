/** Every "no" of the transport itself, and the three sentences of a fault. */
import { type Text, declareRefusals } from "../words/index.ts";

export const refuse = declareRefusals("http", {
  host_not_known: {
    category: "invalid",
    text: {
      zh: "这个网址不由本系统提供。",
      en: "This address is not served here.",
    },
    remedy: {
      zh: "使用启动时显示的网址。",
      en: "Use the address that was shown at start.",
    },
  },
  address_malformed: {
    category: "invalid",
    text: { zh: "网址无法读取。", en: "The address cannot be read." },
    remedy: { zh: "检查网址的写法。", en: "Check how the address is written." },
  },
  too_many_requests: {
    category: "exhausted",
    text: {
      zh: "请求太密，暂停接收。",
      en: "Requests come too fast and are paused.",
    },
    remedy: {
      zh: "{seconds} 秒后再试。",
      en: "Try again in {seconds} seconds.",
    },
  },
  session_needed: {
    category: "unauthenticated",
    text: {
      zh: "这里只接受登录的人，不接受密钥。",
      en: "This is for people who are signed in; a key does not do.",
    },
    remedy: { zh: "在网页上登录。", en: "Sign in on the site." },
  },
  key_needed: {
    category: "unauthenticated",
    text: {
      zh: "这里只接受密钥，不接受网页登录。",
      en: "This is for programs with a key; a session does not do.",
    },
    remedy: {
      zh: "在 Authorization 头中带上密钥。",
      en: "Send a key in the Authorization header.",
    },
  },
  face_needed: {
    category: "invalid",
    text: {
      zh: "您同时登录了几个网站，无法判断这次以哪个身份操作。",
      en: "You are signed in to several sites, and the request does not say which one it is for.",
    },
    remedy: {
      zh: "在 Sandbank-Face 头中写明网站。",
      en: "Name the site in the Sandbank-Face header.",
    },
  },
  form_not_ours: {
    category: "forbidden",
    text: {
      zh: "这次提交不是从我们的页面发出的，或者页面打开太久。",
      en: "This was not sent from a page of ours, or the page was open too long.",
    },
    remedy: {
      zh: "重新打开页面，再提交一次。",
      en: "Open the page again and send it once more.",
    },
  },
  form_too_quick: {
    category: "invalid",
    text: {
      zh: "表单提交得太快，像是程序填写的。",
      en: "The form came back faster than people write.",
    },
    remedy: { zh: "过几秒再提交。", en: "Send it again in a few seconds." },
  },
  header_malformed: {
    category: "invalid",
    text: {
      zh: "请求头 {header} 的写法不对。",
      en: "The header {header} is not written as it must be.",
    },
    remedy: { zh: "参照接口说明。", en: "See the API reference." },
  },
  media_type_not_read: {
    category: "invalid",
    text: {
      zh: "这种内容类型不能读取。",
      en: "Content of this type is not read here.",
    },
    remedy: {
      zh: "接口使用 application/json，网页表单使用 application/x-www-form-urlencoded。",
      en: "The API reads application/json, pages read application/x-www-form-urlencoded.",
    },
  },
  body_too_large: {
    category: "invalid",
    text: { zh: "内容太大。", en: "The content is too large." },
    remedy: { zh: "分成几次提交。", en: "Send it in smaller parts." },
  },
  body_cut_short: {
    category: "invalid",
    text: {
      zh: "收到的内容与声明的长度不符。",
      en: "The content is not as long as its header says.",
    },
    remedy: { zh: "再提交一次。", en: "Send it again." },
  },
  body_not_json: {
    category: "invalid",
    text: {
      zh: "内容不是可以接受的 JSON：{reason_zh}。",
      en: "The content is not JSON that can be taken: {reason_en}.",
    },
    remedy: { zh: "改正后再提交。", en: "Mend it and send it again." },
  },
  form_malformed: {
    category: "invalid",
    text: { zh: "表单内容无法读取。", en: "The form cannot be read." },
    remedy: { zh: "重新打开页面再填。", en: "Open the page again and fill it in." },
  },
  contract_not_met: {
    category: "invalid",
    text: {
      zh: "{field}：{rule_zh}，应为{form_zh}。",
      en: "{field}: {rule_en}; it must be {form_en}.",
    },
    remedy: { zh: "改正这一项再提交。", en: "Mend this field and send it again." },
  },
  page_absent: {
    category: "absent",
    text: { zh: "没有这个页面。", en: "There is no such page." },
    remedy: {
      zh: "检查网址，或从首页开始。",
      en: "Check the address, or start from the first page.",
    },
  },
  method_not_offered: {
    category: "invalid",
    text: {
      zh: "这个网址不支持这种请求方法。",
      en: "This address does not take that method.",
    },
    remedy: { zh: "参照接口说明。", en: "See the API reference." },
  },
  metrics_not_for_you: {
    category: "forbidden",
    text: { zh: "运行指标只给管理员看。", en: "Metrics are for the administrator." },
    remedy: { zh: "用管理员的密钥。", en: "Use an administrator's key." },
  },
  port_in_use: {
    category: "conflicting",
    text: {
      zh: "端口 {port} 已被别的程序占用。",
      en: "Port {port} is taken by another program.",
    },
    remedy: {
      zh: "关掉那个程序，或换一个端口。",
      en: "Stop that program, or choose another port.",
    },
  },
  port_not_allowed: {
    category: "forbidden",
    text: {
      zh: "没有权限在 {host} 端口 {port} 上提供服务。",
      en: "Serving on {host} port {port} is not permitted.",
    },
    remedy: {
      zh: "换一个 1024 以上的端口，或改用本机的地址。",
      en: "Choose a port above 1024, or an address of this machine.",
    },
  },
});

/** What is said of a fault: nothing of the inside, only what to do. Not refusals: no one decided. */
export const FAULTS = {
  fault_inside: {
    status: 500,
    text: { zh: "系统出了故障，已经记录。", en: "Something broke on our side; it is on record." },
    remedy: {
      zh: "用同一个编号再试；还不行，就把 {instance} 告诉我们。",
      en: "Try again with the same id; if it persists, tell us {instance}.",
    },
  },
  store_unavailable: {
    status: 503,
    text: { zh: "暂时连不上数据库。", en: "The store cannot be reached for the moment." },
    remedy: {
      zh: "稍后用同一个编号再试。",
      en: "Try again shortly with the same id.",
    },
  },
  outcome_unknown: {
    status: 503,
    text: {
      zh: "结果未知：可能已经办成，也可能没有。",
      en: "The outcome is unknown: it may have been done, or not.",
    },
    remedy: {
      zh: "用同一个编号再问一次，不要换编号重做。",
      en: "Ask again with the same id; do not repeat it under another.",
    },
  },
} as const satisfies Record<string, { status: number; text: Text; remedy: Text }>;
export type FaultCode = keyof typeof FAULTS;
