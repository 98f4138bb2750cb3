/** What an incident says no to, in order of precedence: a state refuses by its own code. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the incidents' own codes. */
export const refuse = declareRefusals("sandbox incidents", {
  incident_unknown: {
    category: "absent",
    text: { zh: "没有这起事件。", en: "There is no such incident." },
    remedy: { zh: "从事件列表中选择。", en: "Choose one from the list of incidents." },
  },
  incident_of_another_organisation: {
    category: "forbidden",
    text: {
      zh: "事件由其他机构登记，本机构不能推进。",
      en: "Another organisation opened this incident; yours may not move it on.",
    },
    remedy: {
      zh: "由登记机构或监管机构办理。",
      en: "The organisation that opened it, or the supervisor, does that.",
    },
  },
  incident_closed_by_supervisor_only: {
    category: "forbidden",
    text: { zh: "事件由监管机构结案。", en: "The supervisor closes incidents." },
    remedy: {
      zh: "提交处置结果，等待监管机构结案。",
      en: "State how it was resolved and leave closing to the supervisor.",
    },
  },
  incident_is_opened: state("已登记，尚未确认", "is on record and not confirmed yet", {
    zh: "先确认事件及其开始时间。",
    en: "Confirm it and say when it began.",
  }),
  incident_is_detected: state("已确认，尚未定级", "is confirmed and has no severity yet", {
    zh: "先确定级别与影响范围。",
    en: "State its severity and what it reached.",
  }),
  incident_is_classified: state("已定级，正在处置", "has its severity and is being dealt with", {
    zh: "先缓解或解决。",
    en: "Mitigate or resolve it first.",
  }),
  incident_is_mitigated: state("已缓解，尚未解决", "is mitigated and not resolved yet", {
    zh: "先查明原因并解决。",
    en: "Find the cause and resolve it first.",
  }),
  incident_is_resolved: state("已解决，等待结案", "is resolved and waits to be closed", {
    zh: "结案，或说明理由后重新处置。",
    en: "Close it, or reopen it with a reason.",
  }),
  incident_is_closed: state("已结案", "is closed", {
    zh: "再次发生时另行登记。",
    en: "If it happens again, open another.",
  }),
  incident_was_dismissed: state("经查不属实，已撤销", "was looked into and was none", {
    zh: "有新情况时另行登记。",
    en: "If there is news, open another.",
  }),
  incident_starts_in_the_future: {
    category: "conflicting",
    text: { zh: "开始时间晚于现在。", en: "It cannot begin later than now." },
    remedy: { zh: "填写已经过去的时间。", en: "Give an instant that has passed." },
  },
  affected_acts_out_of_order: {
    category: "conflicting",
    text: {
      zh: "受影响操作的起始序号大于结束序号。",
      en: "The first of the affected acts comes after the last.",
    },
    remedy: { zh: "从小到大填写序号。", en: "Give the smaller number first." },
  },
});

function state(zh: string, en: string, remedy: { readonly zh: string; readonly en: string }) {
  return {
    category: "conflicting",
    text: {
      zh: `该事件${zh}，此时不能这样做。`,
      en: `The incident ${en}; this cannot be done now.`,
    },
    remedy,
  } as const;
}

/** The codes of incidents. */
export type IncidentRefusal = Parameters<typeof refuse>[0];
