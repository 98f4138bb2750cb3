/** What is said of the keys with which an institution's programs sign their requests. */
import type { Catalogue } from "@sandbank/ui";

export const requestKeyWords = {
  title: { zh: "请求签名公钥", en: "Keys for requests" },
  lead: {
    zh: "贵机构的程序用Ed25519密钥给许可请求签名（RFC 9421）。私钥只在程序那里，本系统只登记公钥；它不能签署声明书。",
    en: "Programs of your institution sign their requests for permits with Ed25519 keys (RFC 9421). The program alone holds the private key; a key for requests never signs a declaration.",
  },
  table: { zh: "本机构的请求签名公钥", en: "Keys for requests of your institution" },
  none: {
    zh: "还没有登记。程序可以用密钥（Bearer）发送请求，或在此登记公钥后签名发送。",
    en: "None is enrolled. A program sends a bearer key, or signs its requests once a key is enrolled here.",
  },
  by_approver: {
    zh: "由机构审批人登记和停用。",
    en: "An approver of the institution enrols and ends them.",
  },
  program: { zh: "程序", en: "Program" },
  fingerprint: { zh: "指纹（SHA-256）", en: "Fingerprint (SHA-256)" },
  enrolled_by: { zh: "登记人", en: "Enrolled by" },
  enrolled_at: { zh: "登记时间", en: "Enrolled" },
  expires: { zh: "到期时间", en: "Expires" },
  state: { zh: "状态", en: "State" },
  in_use: { zh: "使用中", en: "In use" },
  soon: { zh: "即将到期", en: "Expires soon" },
  expired: { zh: "已到期", en: "Expired" },
  ended: { zh: "已停用", en: "Ended" },
  end: { zh: "停用", en: "End it" },
  end_sure: {
    zh: "停用后五秒内，用它签名的请求都被拒绝，且不能恢复。先登记下一把，程序就不会中断。",
    en: "Within five seconds every request signed with it is refused, and it does not come back. Enrol the next one first, and no program is cut off.",
  },
  end_yes: { zh: "确定停用", en: "End it for good" },
  keep: { zh: "保留", en: "Keep it" },
  ended_said: { zh: "密钥已停用。", en: "The key is ended." },
  enrol: { zh: "登记请求签名公钥", en: "Enrol a key for requests" },
  enrol_lead: {
    zh: "选择程序的私钥文件，本浏览器用它证明持有私钥，私钥不离开本机。也可以在此生成一把新的，交给程序保管。",
    en: "Choose the file of the program’s private key. This browser uses it to prove that you hold it; it does not leave this machine. Or make a new one here and hand it to the program.",
  },
  name: { zh: "程序名称", en: "Name of the program" },
  name_hint: {
    zh: "沿用原来的名称，就是同一个程序换了密钥。",
    en: "Under the name of an earlier key it is the same program with its next key.",
  },
  days: { zh: "有效天数", en: "Days that it holds" },
  days_hint: { zh: "1到731天，一般365天", en: "1 to 731, usually 365" },
  name_wanted: {
    zh: "填写程序名称，最多120个字符",
    en: "Name the program, in at most 120 characters",
  },
  days_wanted: { zh: "填写1到731之间的天数", en: "Give a number of days from 1 to 731" },
} as const satisfies Catalogue;
