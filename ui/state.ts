/**
 * Words of state. A status is a word with a mark; colour comes third, and a tag is never a button.
 * The phases of a pilot stand in one total table: word, tone, the sentence for a participant, and
 * how far along the five steps the phase is.
 */
import { type Lang, type Text, say } from "@sandbank/kernel/words";
import { type Html, type Printable, attribute, html, nothing } from "./html.ts";
import { uiWords } from "./words.ts";

/** `live` runs, `ok` is kept, `warn` is soon or unsure, `stop` asks for an act, `off` is at rest. */
export type Tone = "live" | "ok" | "warn" | "stop" | "off";

export function tag(word: string, tone: Tone): Html {
  return html`<span class="tag ${tone}">${word}</span>`;
}

interface PhaseWords {
  readonly word: Text;
  readonly tone: Tone;
  readonly sentence: Text;
  /** Which of STEPS it belongs to; 5 is behind all of them. */
  readonly step: 0 | 1 | 2 | 3 | 4 | 5;
}

const preparing: Text = {
  zh: "还在准备和审查，尚未向公众提供服务。",
  en: "Still being prepared and reviewed. It does not serve the public yet.",
};

/** Every phase of a pilot, in the order of its life. */
export const PHASE_WORDS = {
  draft: { word: { zh: "起草中", en: "Draft" }, tone: "off", sentence: preparing, step: 0 },
  submitted: { word: { zh: "已申报", en: "Submitted" }, tone: "off", sentence: preparing, step: 0 },
  review: { word: { zh: "审查中", en: "Under review" }, tone: "off", sentence: preparing, step: 0 },
  consultation: {
    word: { zh: "公示中", en: "Open for comment" },
    tone: "live",
    sentence: {
      zh: "正在公开征求意见，任何人都可以提出。尚未向公众提供服务。",
      en: "Anybody may comment. It does not serve the public yet.",
    },
    step: 0,
  },
  answering: {
    word: { zh: "答复意见中", en: "Answering comments" },
    tone: "off",
    sentence: {
      zh: "征求意见已结束，机构正在逐条答复。尚未向公众提供服务。",
      en: "Comments are closed and are being answered one by one. It does not serve the public yet.",
    },
    step: 0,
  },
  registered: {
    word: { zh: "已登记", en: "Registered" },
    tone: "off",
    sentence: {
      zh: "已登记，服务尚未开始。",
      en: "Registered. The service has not started yet.",
    },
    step: 1,
  },
  ready: {
    word: { zh: "待启动", en: "Ready" },
    tone: "off",
    sentence: {
      zh: "限额、监测和赔付资金都已就位，服务即将开始。",
      en: "Limits, monitoring and compensation funds are in place. The service is about to start.",
    },
    step: 1,
  },
  testing: {
    word: { zh: "测试中", en: "Testing" },
    tone: "live",
    sentence: {
      zh: "这是一项测试中的服务，您可以随时退出，也可以随时投诉。因技术缺陷受损可获赔付。",
      en: "This service is being tested; you can leave or complain at any time. Losses from a technical fault are compensated.",
    },
    step: 2,
  },
  restricted: {
    word: { zh: "受限", en: "Restricted" },
    tone: "warn",
    sentence: {
      zh: "部分业务已收紧。已经开始的业务照常办完，您可以随时退出或投诉。",
      en: "Part of the service is restricted. What has begun will be finished; you can leave or complain at any time.",
    },
    step: 2,
  },
  suspended: {
    word: { zh: "已暂停", en: "Suspended" },
    tone: "stop",
    sentence: {
      zh: "已暂停开户和新交易。还款、退款、赎回和投诉照常办理。",
      en: "New customers and new transactions are suspended. Repayments, refunds, redemptions and complaints go on as usual.",
    },
    step: 2,
  },
  evaluation: {
    word: { zh: "评价中", en: "Under evaluation" },
    tone: "live",
    sentence: {
      zh: "测试结束，正在评价。已有服务在上限内继续。",
      en: "Testing is over and is being evaluated. Existing services continue within their caps.",
    },
    step: 3,
  },
  exiting: {
    word: { zh: "退出中", en: "Exiting" },
    tone: "warn",
    sentence: {
      zh: "正在按退出机制逐项了结，不再开办新业务，仍可投诉。",
      en: "The pilot is winding down under its exit plan. Nothing new is started; you can still complain.",
    },
    step: 4,
  },
  graduated: {
    word: { zh: "已出箱", en: "Graduated" },
    tone: "ok",
    sentence: {
      zh: "已通过评价，转为正式服务，受常规监管。",
      en: "It has passed its evaluation and is now an ordinary service under ordinary supervision.",
    },
    step: 5,
  },
  exited: {
    word: { zh: "已退出", en: "Exited" },
    tone: "off",
    sentence: {
      zh: "服务已经结束。记录仍可查阅，证据仍可验证，您仍可投诉。",
      en: "The service has ended. Its records can still be read and verified, and you can still complain.",
    },
    step: 5,
  },
  refused: {
    word: { zh: "未予登记", en: "Not admitted" },
    tone: "off",
    sentence: {
      zh: "没有获准登记，不提供服务。",
      en: "It was not admitted and offers no service.",
    },
    step: 0,
  },
  withdrawn: {
    word: { zh: "已撤回", en: "Withdrawn" },
    tone: "off",
    sentence: {
      zh: "机构已撤回申报，不提供服务。",
      en: "The institution withdrew it. It offers no service.",
    },
    step: 0,
  },
} as const satisfies Record<string, PhaseWords>;

export type PhaseName = keyof typeof PHASE_WORDS;

const STEPS = [
  { zh: "公示征求意见", en: "Open for comment" },
  { zh: "登记", en: "Registration" },
  { zh: "测试", en: "Testing" },
  { zh: "评价", en: "Evaluation" },
  { zh: "出箱或退出", en: "Graduation or exit" },
] as const satisfies readonly Text[];

export function phaseTag(phase: PhaseName, lang: Lang): Html {
  const { word, tone } = PHASE_WORDS[phase];
  return tag(say(word, lang), tone);
}

/** The strip for every page of a pilot, also inside its apps: phase, sentence, where to read on. */
export function phaseStrip(pilot: {
  readonly lang: Lang;
  readonly phase: PhaseName;
  readonly more?: Html;
}): Html {
  const { lang, phase } = pilot;
  return html`<aside class="phase" aria-label="${say(uiWords.phase_label, lang)}">
    <p class="row">
      ${phaseTag(phase, lang)} <span>${say(PHASE_WORDS[phase].sentence, lang)} ${pilot.more}</span>
    </p>
  </aside>`;
}

/** The phase of a pilot with its five steps; `notes` are the dates or remarks under each step. */
export function phaseBanner(pilot: {
  readonly lang: Lang;
  readonly phase: PhaseName;
  readonly notes: readonly (Printable | undefined)[];
}): Html {
  const { lang, phase, notes } = pilot;
  const at = PHASE_WORDS[phase].step;
  const steps = STEPS.map((step, index) => {
    const state = index < at ? "done" : index === at ? "now" : undefined;
    const current = state === "now" ? "step" : undefined;
    return html`<li${attribute("class", state)}${attribute("aria-current", current)}>
      <b>${say(step, lang)}</b><span>${notes[index] ?? nothing}</span>
    </li>`;
  });
  return html`<section class="phase stack" aria-label="${say(uiWords.phase_label, lang)}">
    <p class="row">
      ${phaseTag(phase, lang)} <span>${say(PHASE_WORDS[phase].sentence, lang)}</span>
    </p>
    <ol class="steps">
      ${steps}
    </ol>
  </section>`;
}
