/** What a participant may always do. Written for people, not for lawyers; sources stand at the end. */
import type { Lang } from "@sandbank/kernel/words";
import { say } from "@sandbank/kernel/words";
import { html, note } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { type Prose, prose } from "./prose.ts";

const RIGHTS = {
  title: { zh: "我的权利", en: "My rights" },
  lead: {
    zh: "只要您参加测试中的服务，从开始到结束都有下面这些权利。",
    en: "Whoever takes part in a pilot has these rights from the first day to the last.",
  },
  sections: [
    {
      id: "know",
      title: { zh: "事先知道", en: "To know beforehand" },
      text: [
        {
          zh: "使用之前，您会看到：这是一项测试、由谁运营、用到您的哪些数据、有哪些上限和风险、受损怎样赔、投诉找谁。声明书有实质改动的，须重新征得您的同意，才能继续新的业务。",
          en: "Before you start you are told that this is a test, who runs it, which of your data it uses, what caps and risks there are, how losses are compensated and where to complain. After a material change of the declaration, nothing new is started for you until you agree again.",
        },
      ],
    },
    {
      id: "choose",
      title: { zh: "自己决定", en: "To decide for yourself" },
      text: [
        {
          zh: "参加与否由您决定。不参加，不影响您使用该机构的其他服务。",
          en: "Whether you take part is up to you. If you do not, your other services with the institution stay as they are.",
        },
      ],
    },
    {
      id: "leave",
      title: { zh: "随时退出", en: "To leave at any time" },
      text: [
        {
          zh: "您可以随时退出，无须说明理由。已经开始的业务会办完：欠款按约归还，多收的退回，您的钱始终是您的。",
          en: "You may leave at any time and need give no reason. What has begun is finished: what you owe is repaid as agreed, what was charged in excess comes back, and your money remains yours.",
        },
      ],
    },
    {
      id: "compensation",
      title: { zh: "受损获赔", en: "To be compensated" },
      text: [
        {
          zh: "因平台的技术缺陷受到损失，依法获得赔付。赔付资金在测试开始前备足；一旦不足，就停止接受新业务。",
          en: "Losses caused by a technical fault of the platform are compensated under the law. The money is set aside before testing starts; if it falls short, no new business is accepted.",
        },
      ],
    },
    {
      id: "complain",
      title: { zh: "投诉，并得到答复", en: "To complain and be answered" },
      text: [
        {
          zh: "可以向机构投诉，也可以向自律组织投诉。经办人不得与您的投诉有利害关系，也不得向您索要机构已经掌握的材料。",
          en: "You can complain to the institution or to the self-regulatory organisation. Whoever handles your complaint must have no interest in it, and must not ask you for papers that the institution already has.",
        },
      ],
      points: [
        {
          zh: "一般情况：15日内作出决定并告知您。",
          en: "Normally: decided, and you are told, within 15 days.",
        },
        { zh: "情况复杂：至多30日。", en: "In complex cases: within 30 days." },
        {
          zh: "情况特别复杂：经批准再延长30日，至多60日，并告知您原因。",
          en: "In exceptionally complex cases: another 30 days if approved, 60 in all, and you are told why.",
        },
      ],
    },
    {
      id: "data",
      title: { zh: "管住自己的数据", en: "To control your data" },
      text: [
        {
          zh: "您的数据只用于声明书写明的用途。公开日志里没有您的姓名、卡号和单笔金额，只有加盐的摘要；删除数据之后，摘要再也对不上任何人。",
          en: "Your data are used only for the purposes that the declaration states. The public log holds no name, no card number and no single amount of yours, only salted digests; once your data are erased, the digests lead to nobody.",
        },
      ],
    },
    {
      id: "end",
      title: { zh: "试点结束时不落空", en: "Not to be left behind at the end" },
      text: [
        {
          zh: "试点退出前会通知您。在途业务逐笔办完，办不完的由机构说明去向。服务下线以后，记录仍可查阅，证据仍可验证，您仍可投诉。",
          en: "You are notified before a pilot ends. What is in flight is finished one by one, and the institution says what becomes of the rest. After the service has gone, its records can still be read and verified, and you can still complain.",
        },
      ],
    },
  ],
} as const satisfies Prose;

const SOURCE = {
  zh: "投诉时限依据《银行业保险业消费投诉处理管理办法》，2020年3月1日起施行。",
  en: "The time limits for complaints follow the Measures on Handling Consumer Complaints in Banking and Insurance, in force since 1 March 2020.",
};

const NOT_HERE = {
  zh: "这是演示环境，不受理真实的投诉和赔付申请。",
  en: "This is a demonstration. Real complaints and claims cannot be lodged here.",
};

export async function rightsPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const setting = await reader.setting();
  const end = html`<p class="small">${say(SOURCE, lang)}</p>
    ${setting.mode === "demo" && note("warn", html`<p>${say(NOT_HERE, lang)}</p>`)}`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(RIGHTS.title, lang),
      summary: say(RIGHTS.lead, lang),
      path: "/rights",
      main: prose(RIGHTS, lang, { end }),
    }),
  };
}
