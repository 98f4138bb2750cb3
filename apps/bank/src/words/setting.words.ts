/** What the page of the person and the settings of the device say. */
import type { Catalogue } from "@sandbank/ui";

export const settingWords = {
  rights: { zh: "这项试点和我的权利", en: "This pilot and my rights" },
  rights_about: {
    zh: "它是什么，谁在运行，出了错怎么赔，怎么退出",
    en: "What it is, who runs it, what is paid for errors, how to leave",
  },
  complaints: { zh: "投诉", en: "Complaints" },
  complaints_about: {
    zh: "提出投诉，查看进度，申请核查",
    en: "Make one, see how far it is, ask for a re-check",
  },
  devices: { zh: "我的设备", en: "My devices" },
  devices_about: { zh: "用指纹或面容登录和确认", en: "Sign in and confirm by fingerprint or face" },
  settings: { zh: "设置", en: "Settings" },
  settings_about: { zh: "长辈版，语言", en: "Elder view, language" },
  leaving: { zh: "退出并删除我的信息", en: "Leave, and have my data erased" },
  leaving_about: {
    zh: "注销、结清、删除，凭证为据",
    en: "Delete, settle, erase; a receipt says so",
  },
  sign_out: { zh: "退出登录", en: "Sign out" },
  view: { zh: "显示", en: "Display" },
  elder: { zh: "长辈版", en: "Elder view" },
  elder_about: {
    zh: "字和按钮更大，一屏一件事，不用滑动。只在这台设备上生效。",
    en: "Larger text and buttons, one thing a screen, nothing to slide. For this device only.",
  },
  language: { zh: "语言", en: "Language" },
  zh: { zh: "中文", en: "中文" },
  en: { zh: "English", en: "English" },
} as const satisfies Catalogue;
