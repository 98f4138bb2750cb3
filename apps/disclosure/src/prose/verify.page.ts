/** What the public log proves, what it does not, and three ways to check it without trusting us. */
import { type Lang, say } from "@sandbank/kernel/words";
import { html } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { type Prose, prose } from "./prose.ts";
import { offlineCommand } from "../evidence/evidence.ts";

const VERIFY = {
  title: { zh: "怎样验证", en: "How to verify" },
  lead: {
    zh: "试点的每一步都写进一份只增不改的公开日志。这里说明它能证明什么、不能证明什么，以及怎样不靠我们自己核对。",
    en: "Every act of a pilot is written to a public, append-only log. This page says what that proves, what it does not, and how to check it without relying on us.",
  },
  sections: [
    {
      id: "proven",
      title: { zh: "能证明什么", en: "What is proven" },
      points: [
        {
          zh: "记录写入之后没有被改动、删除，也没有被插入别的记录。",
          en: "Records have not been altered or removed, and none has been slipped in, since they were written.",
        },
        {
          zh: "大家看到的是同一份日志：独立的见证人为同一个根哈希签名，监管机构也是见证人之一。",
          en: "Everybody sees the same log: independent witnesses sign the same root hash, and the supervisor is one of them.",
        },
        {
          zh: "上限没有被突破：日志至少每秒写明一次各项上限用了多少，前后衔接，可以逐条核对。",
          en: "No cap was exceeded: at least once a second the log states how much of each cap has been used, without gaps, so that it can be checked line by line.",
        },
        {
          zh: "每个决定依据的是哪一版声明书：记录里有当时规则的摘要。",
          en: "Which version of the declaration each decision rests on: the record carries a digest of the rules in force.",
        },
        {
          zh: "持有业务事实的监管机构和审计机构，可以打开每一条记录，重算当时的决定。",
          en: "A supervisor or auditor who holds the facts can open each record and recompute the decision.",
        },
      ],
    },
    {
      id: "unproven",
      title: { zh: "不能证明什么", en: "What is not proven" },
      points: [
        {
          zh: "输入的内容本身是否真实。输入有假，日志也会如实记下这份假。",
          en: "That what was entered is true. If an input was false, the log faithfully keeps the falsehood.",
        },
        {
          zh: "机构在本系统之外做了什么。",
          en: "What an institution does outside this system.",
        },
        {
          zh: "最新的、还没有见证的几条记录。它们标作“已记录”，见证之后才标作“已见证”。",
          en: "The newest records, which no witness has signed yet. They are marked “recorded”, and “witnessed” only once the signatures are there.",
        },
        {
          zh: "日志和全部见证人串通的情形。见证人越独立，这种可能越小；您也可以同别人比对检查点。",
          en: "Anything, if the log and all its witnesses conspire. The more independent they are, the less likely that is; you can also compare checkpoints with other people.",
        },
      ],
    },
    {
      id: "ways",
      title: { zh: "三种核对办法", en: "Three ways to check" },
      steps: [
        {
          title: { zh: "在浏览器里", en: "In the browser" },
          text: {
            zh: "打开任何一项试点，在“证据”一栏点“在本浏览器中核对”。运算只在您的设备上进行，什么也不发送。",
            en: "Open any pilot and press “Check in this browser” under “Evidence”. The computing happens on your own device, and nothing is sent anywhere.",
          },
        },
        {
          title: { zh: "离线", en: "Offline" },
          text: {
            zh: "在一份Sandbank里运行下面的命令。它取回整份日志逐条重算，有不符之处就指出第一条是哪一条。",
            en: "Run the command below in a copy of Sandbank. It fetches the whole log, recomputes every record, and names the first one that does not fit.",
          },
        },
        {
          title: { zh: "用别人写的工具", en: "With somebody else’s tool" },
          text: {
            zh: "格式都是公开的标准：C2SP的tlog-tiles、tlog-checkpoint、tlog-proof和tlog-cosignature，哈希树依RFC 9162，签名为Ed25519。",
            en: "All formats are public standards: tlog-tiles, tlog-checkpoint, tlog-proof and tlog-cosignature by C2SP, the hash tree of RFC 9162, signatures in Ed25519.",
          },
        },
      ],
    },
  ],
} as const satisfies Prose;

export async function verifyPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const [setting, pilots] = await Promise.all([reader.setting(), reader.pilots()]);
  const logs = await Promise.all(pilots.map((pilot) => reader.evidence(pilot.slug)));
  const commands = logs.filter((evidence) => evidence !== undefined).map(offlineCommand);
  const ways = commands.length > 0 && html`<pre><code>${commands.join("\n")}</code></pre>`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(VERIFY.title, lang),
      summary: say(VERIFY.lead, lang),
      path: "/verify",
      main: prose(VERIFY, lang, { ways }),
    }),
  };
}
