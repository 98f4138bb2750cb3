/** What calling outside says no to. */
import { declareRefusals } from "../words/index.ts";

export const refuse = declareRefusals("outside", {
  outside_name_unknown: {
    category: "absent",
    text: { zh: "找不到主机 {host}。", en: "No host is called {host}." },
    remedy: { zh: "检查配置中的主机名。", en: "Check the host that is configured." },
  },
  outside_address_private: {
    category: "forbidden",
    text: {
      zh: "主机 {host} 指向内部地址，不予连接。",
      en: "The host {host} points inside, and is not called.",
    },
    remedy: {
      zh: "如确为本机构内部主机，在 SANDBANK_INSIDE 中列出其网段。",
      en: "If it is a host of yours, list its network in SANDBANK_INSIDE.",
    },
  },
  outside_needs_https: {
    category: "forbidden",
    text: {
      zh: "主机 {host} 不在内部，只能用 https 连接。",
      en: "The host {host} is not inside, and is called by https only.",
    },
    remedy: {
      zh: "把网址改为 https；如确为本机构内部主机，在 SANDBANK_INSIDE 中列出其网段。",
      en: "Write its address with https; if it is a host of yours, list its network in SANDBANK_INSIDE.",
    },
  },
});
