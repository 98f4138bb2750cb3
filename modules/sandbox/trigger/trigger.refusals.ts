/** What heartbeats and triggers say no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of these codes. */
export const refuse = declareRefusals("trigger", {
  heartbeat_not_asked_for: {
    category: "conflicting",
    text: {
      zh: "该试点的准入条件未要求监测心跳。",
      en: "The terms of this pilot ask for no heartbeat.",
    },
    remedy: { zh: "无需上报。", en: "There is nothing to send." },
  },
  heartbeat_of_another_operator: {
    category: "forbidden",
    text: {
      zh: "只有准入条件列明的运行机构可以上报心跳。",
      en: "Only an operator that the terms name may send the heartbeat.",
    },
    remedy: { zh: "由运行机构上报。", en: "Let the operator send it." },
  },
  trigger_unknown: {
    category: "absent",
    text: {
      zh: "准入条件中没有触发条件 {trigger}。",
      en: "The terms have no trigger {trigger}.",
    },
    remedy: { zh: "核对准入条件。", en: "Compare it with the terms of admission." },
  },
});
