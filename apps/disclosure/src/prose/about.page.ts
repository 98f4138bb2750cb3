/** How a pilot goes through the sandbox: the steps, what each phase allows, the words, the sources. */
import { type Lang, type Text, say } from "@sandbank/kernel/words";
import { type PhaseName, html, note, phaseTag, table } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { regimeWords } from "../regime.words.ts";
import { type Prose, prose } from "./prose.ts";

const ABOUT = {
  title: { zh: "一项试点怎样走完全程", en: "How a pilot goes through the sandbox" },
  lead: {
    zh: "一项试点就是一份承诺，系统负责让它兑现：声明书写下的每个数字，都变成逐笔执行的规则。",
    en: "A pilot is a promise, and the system keeps it: every number in the declaration becomes a rule that each transaction is held to.",
  },
  sections: [
    {
      id: "steps",
      title: { zh: "七步", en: "Seven steps" },
      steps: [
        {
          title: { zh: "申报", en: "Declaration" },
          text: {
            zh: "机构写明做什么、为谁做、做到多大规模、受损怎样赔、怎样退出，以及达到什么条件算毕业。",
            en: "The institution states what it will do, for whom, up to what scale, how losses are compensated, how it ends, and what counts as graduation.",
          },
        },
        {
          title: { zh: "审查", en: "Review" },
          text: {
            zh: "监管机构核对声明书是否完整，合法合规评估和技术安全评估是否覆盖整个测试期。",
            en: "The supervisor checks that the declaration is complete and that the legal and technical assessments cover the whole test period.",
          },
        },
        {
          title: { zh: "公示", en: "Public comment" },
          text: {
            zh: "声明书全文公开，任何人都可以提意见。每条意见都要答复；实质改动须重新公示。",
            en: "The declaration is published in full and anybody may comment. Every comment is answered; a material change is published for comment again.",
          },
        },
        {
          title: { zh: "登记", en: "Registration" },
          text: {
            zh: "取得登记编号。上限、监测和赔付资金全部就位，才能开始服务。",
            en: "The pilot receives its number. Service starts only when caps, monitoring and compensation funds are all in place.",
          },
        },
        {
          title: { zh: "测试", en: "Testing" },
          text: {
            zh: "在上限之内服务真实客户。指标由平台计算；监管机构可以随时收紧或暂停。",
            en: "It serves real customers within its caps. The platform computes the indicators; the supervisor can restrict or suspend it at any time.",
          },
        },
        {
          title: { zh: "评价", en: "Evaluation" },
          text: {
            zh: "依次经过自测自评、审计、专家论证和结果确认，毕业条件由账本重新算出。",
            en: "Self-test, audit, expert opinion and confirmation, in this order. The conditions for graduation are recomputed from the ledger.",
          },
        },
        {
          title: { zh: "出箱或退出", en: "Graduation or exit" },
          text: {
            zh: "通过评价的出箱，转为正式服务。没有通过的按退出机制了结：先办完在途业务、保护好客户，再下线。",
            en: "A pilot that passes graduates into an ordinary service. One that does not is wound down: first what is in flight is finished and customers are protected, and only then does it go offline.",
          },
        },
      ],
    },
    {
      id: "phases",
      title: { zh: "什么阶段能办什么", en: "What each phase allows" },
      text: [
        {
          zh: "业务分三类。无论暂停还是退出，已经开始的业务都能办完，这一条没有例外。",
          en: "Business is of three kinds. Whether a pilot is suspended or ends, what has begun can be finished; there is no exception to this.",
        },
      ],
    },
    {
      id: "words",
      title: { zh: "三个容易混的数", en: "Three numbers often confused" },
      steps: [
        {
          title: { zh: "目标", en: "Target" },
          text: {
            zh: "机构希望做到的规模，多为“达到”“不低于”。它用来判断能否毕业，超过它不受限制。",
            en: "The scale that the institution hopes to reach, mostly “at least”. It helps decide on graduation; exceeding it is no offence.",
          },
        },
        {
          title: { zh: "上限", en: "Cap" },
          text: {
            zh: "不得超过的数。每一笔业务提交时核对，超出就不予受理。",
            en: "The number that must not be exceeded. Every transaction is checked as it commits; what would exceed it is not accepted.",
          },
        },
        {
          title: { zh: "触发值", en: "Trigger" },
          text: {
            zh: "一到就亮警示、收紧或暂停的数，比如投诉率或不良贷款率。",
            en: "The number at which an alert, a restriction or a suspension follows, such as a rate of complaints or of bad loans.",
          },
        },
      ],
    },
    {
      id: "sources",
      title: { zh: "资料从哪里来", en: "Where the facts come from" },
      text: [
        {
          zh: "六项试点的机构、名称、规模目标、补偿和退出安排，取自2020年1月关于首批金融科技“监管沙箱”试点的公开报道。报道没有说明的，本站写明没有说明；由本系统补充设计的，逐条标明，不作为机构的说法。",
          en: "The institutions, names, target scale, compensation and exit arrangements of the six pilots come from press reports of January 2020 on China’s first fintech sandbox pilots. Where the reports are silent, this site says so; what this system adds of its own is marked as such and is never put in the institution’s mouth.",
        },
      ],
    },
  ],
} as const satisfies Prose;

const DEMO = {
  zh: "这是演示环境。运营这些试点的机构、人员、客户和商户都是虚构的，数字和上限由演示生成，与上述真实机构无关。",
  en: "This is a demonstration. The institutions that run these pilots here, their staff, customers and merchants are fictional; figures and caps are generated and have nothing to do with the real institutions named above.",
};

const TABLE = {
  caption: { zh: "各阶段允许的业务", en: "Business allowed in each phase" },
  phase: { zh: "阶段", en: "Phase" },
  open: { zh: "新开业务", en: "New customers" },
  use: { zh: "新交易", en: "New transactions" },
  service: { zh: "办完已有业务", en: "Finishing what exists" },
  yes: { zh: "可以", en: "Yes" },
  no: { zh: "不可以", en: "No" },
  within: { zh: "按退出机制", en: "As the exit plan says" },
  archive: { zh: "查询和投诉", en: "Inquiries, complaints" },
} as const satisfies Record<string, Text>;

type Cell = "yes" | "no" | "within" | "archive";
interface Row {
  readonly phase: PhaseName;
  readonly open: Cell;
  readonly use: Cell;
  readonly service: Cell;
}

const ROWS: readonly Row[] = [
  { phase: "registered", open: "no", use: "no", service: "no" },
  { phase: "testing", open: "yes", use: "yes", service: "yes" },
  { phase: "suspended", open: "no", use: "no", service: "yes" },
  { phase: "exiting", open: "no", use: "within", service: "yes" },
  { phase: "exited", open: "no", use: "no", service: "archive" },
  { phase: "graduated", open: "yes", use: "yes", service: "yes" },
];

export async function aboutPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const setting = await reader.setting();
  const phases = table<Row>({
    caption: say(TABLE.caption, lang),
    columns: [
      { title: say(TABLE.phase, lang), cell: (row) => phaseTag(row.phase, lang) },
      { title: say(TABLE.open, lang), cell: (row) => say(TABLE[row.open], lang) },
      { title: say(TABLE.use, lang), cell: (row) => say(TABLE[row.use], lang) },
      { title: say(TABLE.service, lang), cell: (row) => say(TABLE[row.service], lang) },
    ],
    rows: ROWS,
  });
  const others = html`<p class="links">
    <a href="/${lang}/regimes">${say(regimeWords.link, lang)}</a>
  </p>`;
  const sources = html`${others}
  ${setting.mode === "demo" && note("tide", html`<p>${say(DEMO, lang)}</p>`)}`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(ABOUT.title, lang),
      summary: say(ABOUT.lead, lang),
      path: "/about",
      main: prose(ABOUT, lang, { phases, sources }),
    }),
  };
}
