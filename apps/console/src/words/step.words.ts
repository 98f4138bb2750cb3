/** What the steps of an application say: each act, what it does, and why it cannot be taken yet. */
import type { Catalogue } from "@sandbank/ui";

/** The name of each step is its button. */
export const stepNames = {
  submit: { zh: "签署并提交", en: "Sign and submit" },
  return: { zh: "退回修改", en: "Return it" },
  accept: { zh: "受理", en: "Take it into review" },
  publish: { zh: "公示征求意见", en: "Publish for comment" },
  refuse: { zh: "不予登记", en: "Refuse it" },
  withdraw: { zh: "撤回申报", en: "Withdraw it" },
  amend: { zh: "签署修改稿", en: "Sign the amendment" },
  register: { zh: "登记", en: "Register it" },
  arm: { zh: "就绪", en: "Put everything in place" },
  start: { zh: "启动测试", en: "Start the test" },
  request_change: { zh: "签署变更申请", en: "Sign a change request" },
  adopt_change: { zh: "采用变更", en: "Adopt the change" },
  refuse_change: { zh: "不同意变更", en: "Refuse the change" },
  withdraw_change: { zh: "撤回变更", en: "Withdraw the change" },
} as const satisfies Catalogue;

export const stepLeads = {
  submit: {
    zh: "签名覆盖最新一版的摘要。提交后由监管机构审查，不能再改，直至退回。",
    en: "You sign the hash of the latest version. The supervisor then examines it; it cannot be changed unless it is returned.",
  },
  return: {
    zh: "机构按所写理由修改后再提交。理由只有机构和监管机构能看到。",
    en: "The institution changes it for the reasons you give and submits again. Only the institution and the supervisor read them.",
  },
  accept: {
    zh: "进入审查，之后决定公示或不予登记。",
    en: "It goes into review; then it is published for comment or refused.",
  },
  publish: {
    zh: "批准后声明书立即公开，任何人都可以提出意见。",
    en: "Once approved the declaration is public at once and anybody may comment.",
  },
  refuse: {
    zh: "批准后申报即告结束，声明书和理由一并公开，不能撤回。",
    en: "Once approved the application ends. Declaration and reasons become public, and it cannot be undone.",
  },
  withdraw: {
    zh: "申报立即结束，不能恢复；已经公开的内容仍可查阅。",
    en: "The application ends at once and cannot be revived. What is public stays public.",
  },
  amend: {
    zh: "签署后以最新一版为准。实质变更会重新公示征求意见。",
    en: "The latest version then stands. A material amendment is consulted on again.",
  },
  register: {
    zh: "批准后发放编号，一经发放不再更改。",
    en: "Once approved it gets its number, which is issued once.",
  },
  arm: {
    zh: "按声明书编制限额并演练，送达所列分区。资金不足或监测无声时不能就绪。",
    en: "Limits are compiled from the declaration, rehearsed and carried to the partitions. It needs a funded pool and monitoring that is heard.",
  },
  start: {
    zh: "测试期自此刻起算，开始向公众提供服务。",
    en: "The test period begins at this instant, and the pilot serves the public.",
  },
  request_change: {
    zh: "提请监管机构采用最新一版。实质变更先公示征求意见，期间仍按原版运行。",
    en: "You ask for the latest version to be adopted. A material change is consulted on first; until then the pilot runs as before.",
  },
  adopt_change: {
    zh: "批准后新的一版和由其得出的限额立即生效。",
    en: "Once approved the new version and the limits that follow from it are in force at once.",
  },
  refuse_change: {
    zh: "批准后变更申请即告结束，理由公开，试点仍按原版运行。",
    en: "Once approved the request ends and the reasons are published. The pilot runs on as before.",
  },
  withdraw_change: {
    zh: "变更申请立即结束，试点仍按原版运行。",
    en: "The request ends at once and the pilot runs on as before.",
  },
} as const satisfies Catalogue;

export const stepWords = {
  missing: {
    zh: "还有{n}处没有填写，第一处在{clause}条。",
    en: "Entries still missing: {n}, the first in clause {clause}.",
  },
  drafted: {
    zh: "您参与起草，须由本机构另一位审批人签署。",
    en: "You drafted a version; another approver of your institution signs.",
  },
  nothing_new: {
    zh: "现行的就是最新一版，先保存修改后的一版。",
    en: "The latest version is in force already. Save a changed one first.",
  },
  unjudged: { zh: "还有{n}条意见待审核。", en: "Comments to moderate: {n}." },
  unanswered: { zh: "还有{n}条意见没有答复。", en: "Comments without an answer: {n}." },
  round_open: { zh: "公示尚未到期。", en: "The consultation is not over yet." },
  change_open: {
    zh: "上一项变更尚未办结。",
    en: "The last change request is not settled yet.",
  },
  pool_absent: {
    zh: "还没有补偿条款。监管机构两人在“赔付”中设定，机构再存入资金。",
    en: "No terms of compensation are set. Two of the supervisor set them under Compensation; then the institution puts money in.",
  },
  pool_short: {
    zh: "资金池还不足，机构须先在“赔付”中存入资金。",
    en: "The pool is short. The institution puts money in under Compensation first.",
  },
  reason: { zh: "理由{n}", en: "Reason {n}" },
  reason_hint: { zh: "写明依据和须改之处。", en: "Name the rule and what must change." },
  reason_public: { zh: "理由将公开。", en: "The reason becomes public." },
  days: { zh: "公示天数", en: "Days of consultation" },
  days_hint: {
    zh: "自次日起算的整日数；不填则为监管机构规定的最少天数。",
    en: "Whole days from the day after. Leave it empty for the least that the supervisor allows.",
  },
  partitions: { zh: "分区", en: "Partitions" },
  partitions_hint: {
    zh: "运行该试点的分区号，多个以逗号分隔，例如7。有全试点上限的只能用一个。",
    en: "Numbers of the partitions that run it, separated by commas, such as 7. A cap over the whole pilot needs exactly one.",
  },
  check: { zh: "核对", en: "Check before you go on" },
} as const satisfies Catalogue;

export const signingWords = {
  title: { zh: "签名密钥", en: "Signing keys" },
  lead: {
    zh: "机构用Ed25519密钥签署声明书。私钥只在签署人手中，本系统只登记公钥。",
    en: "An institution signs its declarations with Ed25519 keys. The signer alone holds the private key; only public keys are enrolled here.",
  },
  table: { zh: "本机构的签名公钥", en: "Public keys of your institution" },
  none: {
    zh: "还没有登记签名公钥。登记之后才能签署声明书。",
    en: "No key is enrolled yet. One is needed before a declaration can be signed.",
  },
  key: { zh: "密钥", en: "Key" },
  enrolled_by: { zh: "登记人", en: "Enrolled by" },
  enrolled_at: { zh: "登记时间", en: "Enrolled" },
  state: { zh: "状态", en: "State" },
  in_use: { zh: "使用中", en: "In use" },
  ended: { zh: "已停用", en: "Ended" },
  end: { zh: "停用", en: "End it" },
  enrol: { zh: "登记密钥", en: "Enrol a key" },
  enrol_lead: {
    zh: "选择您的私钥文件，本浏览器用它证明您持有私钥，私钥不离开本机。也可以在此生成一把新的。",
    en: "Choose your private key's file. This browser uses it to prove that you hold it; it does not leave this machine. Or make a new one here.",
  },
  file: { zh: "私钥文件（PEM，PKCS#8）", en: "Private key file (PEM, PKCS #8)" },
  make: { zh: "在此生成密钥", en: "Make a key here" },
  made: {
    zh: "密钥已登记。现在保存私钥文件：别处没有副本，离开本页后无法再取。",
    en: "The key is enrolled. Save the private key now: there is no other copy, and it is gone once you leave this page.",
  },
  save: { zh: "保存私钥文件", en: "Save the private key" },
  enrolled: { zh: "密钥已登记。", en: "The key is enrolled." },
  not_a_key: {
    zh: "文件不是Ed25519私钥（PEM，PKCS#8）。",
    en: "The file holds no Ed25519 private key in PEM (PKCS #8).",
  },
  sign_with: { zh: "用私钥文件签名", en: "Sign with your key's file" },
  sign_lead: {
    zh: "本浏览器对下列文本签名，私钥不离开本机。",
    en: "This browser signs the text below. The private key does not leave this machine.",
  },
  text: { zh: "签名文本", en: "Text that is signed" },
  elsewhere: { zh: "在别处签名", en: "Signed elsewhere" },
  elsewhere_hint: {
    zh: "用密码设备等签名的，填写密钥编号和签名。",
    en: "If a device of yours signs, give the key's id and the signature.",
  },
  key_id: { zh: "密钥编号（SHA-256）", en: "Id of the key (SHA-256)" },
  value: { zh: "签名（base64url）", en: "Signature (base64url)" },
  signed: { zh: "已用密钥{key}签名。", en: "Signed with key {key}." },
  unknown_key: {
    zh: "这把密钥没有为本机构登记，或已停用。",
    en: "This key is not enrolled for your institution, or has ended.",
  },
  need: {
    zh: "选择私钥文件，或填写密钥编号和签名。",
    en: "Choose your key's file, or give the key's id and the signature.",
  },
  none_enrolled: {
    zh: "本机构还没有使用中的签名密钥。",
    en: "Your institution has no signing key in use.",
  },
  to_keys: { zh: "登记签名密钥", en: "Enrol a signing key" },
} as const satisfies Catalogue;
