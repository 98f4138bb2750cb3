/** What the pages of declarations, consultations and history say, in both languages. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";
import type { Followed, History, Round, Weight } from "../hearing.ports.ts";

export const hearing = {
  title: { zh: "公示与意见", en: "Consultation" },
  lead: {
    zh: "任何人都可以在公示期内提出意见。意见审核后公开，申报机构逐条答复；公开的意见全部答复之后，试点才能登记。",
    en: "Anybody may comment while a consultation is open. Comments are published once they have been read, and the institution answers each of them; a pilot is registered only when all have an answer.",
  },
  none: { zh: "这项试点没有在本系统公示过。", en: "This pilot was not consulted on here." },
  none_yet: { zh: "还没有公开的意见。", en: "No comment has been published yet." },
  open_until: {
    zh: "第{round}轮公示正在进行，{day}24:00截止。",
    en: "Round {round} is open until the end of {day}, Beijing time.",
  },
  closed: { zh: "第{round}轮公示已结束。", en: "Round {round} is closed." },
  rounds: { zh: "公示各轮", en: "Rounds" },
  round: { zh: "轮次", en: "Round" },
  about: { zh: "声明书", en: "Declaration" },
  version: { zh: "第{n}版", en: "Version {n}" },
  opened: { zh: "开始", en: "Opened" },
  closes: { zh: "截止", en: "Closes" },
  state: { zh: "状态", en: "State" },
  say: { zh: "提出意见", en: "Comment" },
  clause: { zh: "针对哪一条（可不选）", en: "Which clause it is about (you may leave it)" },
  whole: { zh: "整份声明书", en: "The declaration as a whole" },
  author: { zh: "署名（可不填，会公开）", en: "Your name (you may leave it; it is published)" },
  body: { zh: "意见", en: "Your comment" },
  body_hint: {
    zh: "最多4,000字，只保留文字。不要写证件号、银行卡号；像这样的号码会被遮盖。",
    en: "At most 4,000 characters of plain text. Leave out card and identity numbers; what looks like one is masked.",
  },
  send: { zh: "提交意见", en: "Send the comment" },
  comments: { zh: "意见与答复", en: "Comments and answers" },
  waiting: {
    zh: "另有{n}条待审核。",
    en: { one: "{n} more waits to be read.", other: "{n} more wait to be read." },
  },
  comment_number: { zh: "第{round}轮第{number}号", en: "Comment {number} of round {round}" },
  anonymous: { zh: "未署名", en: "No name given" },
  set_aside: { zh: "未公开。理由：", en: "Not published. Reason: " },
  duplicate: {
    zh: "与{of}相同，一并答复。",
    en: "Says the same as {of}, which is answered for both.",
  },
  answered: { zh: "申报机构的答复", en: "Answer of the institution" },
  unanswered: { zh: "尚未答复。", en: "Not answered yet." },
  changes: { zh: "声明书将据此修改。", en: "The declaration is amended because of it." },

  follow_title: { zh: "查看我的意见", en: "Follow a comment" },
  follow_lead: {
    zh: "输入提交意见时得到的回执。",
    en: "Enter the receipt that you were given with your comment.",
  },
  receipt: { zh: "回执", en: "Receipt" },
  look: { zh: "查看", en: "Look" },
  received: { zh: "意见已收到", en: "Your comment has arrived" },
  keep_receipt: {
    zh: "凭下面的回执可以查看处理结果和答复，系统不再显示第二次，忘记后无法找回。",
    en: "This receipt shows what becomes of your comment. It is given once and cannot be found again.",
  },
  receipt_unknown: {
    zh: "没有这个回执的意见。核对每个字符；其中没有字母I、L、O和U。",
    en: "There is no comment with this receipt. Compare each character; it has no letters I, L, O and U.",
  },
  erased: { zh: "内容已删除。", en: "The words were erased." },
  erase: { zh: "删除我写的内容", en: "Erase what I wrote" },
  erase_lead: {
    zh: "署名和内容将被删除，无法恢复。编号、审核结果和答复仍然公开；公开日志里的摘要不再能与任何内容对上。",
    en: "Your name and your words are erased for good. The number, what was decided and the answer stay public; the digest in the public log then leads to nothing.",
  },
  erase_act: { zh: "删除内容", en: "Erase the words" },
  said_on: { zh: "{time}提交", en: "Sent {time}" },

  version_lead: {
    zh: "下面是公布的原文，逐条列出。任何改动都会产生新的一版。",
    en: "The text as published, clause by clause. Any change makes another version.",
  },
  versions: { zh: "各版", en: "Versions" },
  compare: { zh: "与第{n}版对照", en: "Compare with version {n}" },
  hash: {
    zh: "内容摘要（SHA-256，按RFC 8785规范形式计算）",
    en: "SHA-256 of its canonical form (RFC 8785)",
  },
  signature: { zh: "签名（Ed25519）", en: "Signature (Ed25519)" },
  signature_text: {
    zh: "申报机构的审批人对下面这段文字签名。公钥、签名和原文都在这里，可以自行核对。",
    en: "An approver of the institution signed the text below. Key, signature and text are all here to be checked.",
  },
  public_key: { zh: "公钥", en: "Public key" },
  signed_text: { zh: "签名的文字", en: "What was signed" },
  attachments: { zh: "附件", en: "Attachments" },

  differences_title: { zh: "第{from}版与第{to}版对照", en: "Versions {from} and {to} compared" },
  editorial: {
    zh: "文字修改：没有放宽任何限制，也没有减少任何承诺。",
    en: "Editorial: it loosens no limit and takes back no promise.",
  },
  material: { zh: "重大修改，须重新公示：", en: "Material, so the public is asked again:" },
  same: { zh: "两版没有差别。", en: "The two versions do not differ." },
  before: { zh: "修改前", en: "Before" },
  after: { zh: "修改后", en: "After" },
  added: { zh: "新增", en: "New" },
  removed: { zh: "删去", en: "Removed" },

  history_title: { zh: "登记簿", en: "Registry history" },
  history_lead: {
    zh: "这项试点自公开以来经过的每个阶段，由数据库自动记录。",
    en: "Every phase of this pilot since it became public, written down by the database itself.",
  },
  when: { zh: "时间", en: "When" },
  phase: { zh: "阶段", en: "Phase" },
  rulings: { zh: "公开的理由", en: "Published reasons" },
  refused: { zh: "申报未获通过", en: "The application was refused" },
  change_refused: { zh: "变更未获同意", en: "A change was not accepted" },
  changes_title: { zh: "测试期间的变更", en: "Changes while it is tested" },
  change: { zh: "变更", en: "Change" },
  kind: { zh: "性质", en: "Kind" },
  kind_material: { zh: "重大", en: "material" },
  kind_editorial: { zh: "文字", en: "editorial" },
  asked: { zh: "提出", en: "Asked for" },

  more: { zh: "公开记录", en: "Public record" },
} as const satisfies Catalogue;

export const ROUND_STATES = {
  open: { zh: "进行中", en: "Open" },
  closed: { zh: "已结束", en: "Closed" },
  broken_off: { zh: "已中止", en: "Broken off" },
} as const satisfies Record<Round["state"], Text>;

export const COMMENT_STATES = {
  waiting: { zh: "待审核", en: "Waiting to be read" },
  admitted: { zh: "已公开", en: "Published" },
  set_aside: { zh: "未公开", en: "Not published" },
  duplicate: { zh: "并入相同意见", en: "Joined to one that says the same" },
} as const satisfies Record<Followed["state"], Text>;

export const CHANGE_STATES = {
  requested: { zh: "待决定", en: "Waits for a decision" },
  adopted: { zh: "已生效", en: "In force" },
  refused: { zh: "未获同意", en: "Not accepted" },
  withdrawn: { zh: "已撤回", en: "Taken back" },
} as const satisfies Record<History["changes"][number]["state"], Text>;

export const WEIGHTS = {
  institution_changed: { zh: "申报机构变了", en: "the institutions are others" },
  cap_raised: { zh: "提高或取消了上限", en: "a cap is raised or gone" },
  partner_added: { zh: "增加了合作机构", en: "another partner takes part" },
  purpose_added: { zh: "增加了数据用途", en: "data is used for something else" },
  reach_widened: { zh: "扩大了服务范围", en: "it reaches more people, places or hours" },
  compensation_weakened: { zh: "风险补偿变了或减少了", en: "compensation changes or shrinks" },
  exit_weakened: { zh: "退出安排变了或减少了", en: "the exit changes or promises less" },
  complaints_weakened: { zh: "投诉渠道减少或变慢", en: "complaints have fewer or slower ways" },
  trigger_loosened: { zh: "放宽了触发值", en: "a trigger is looser" },
  graduation_loosened: { zh: "毕业标准变了", en: "the thresholds of graduation change" },
  period_lengthened: { zh: "延长了测试期", en: "the test lasts longer" },
} as const satisfies Record<Weight, Text>;
