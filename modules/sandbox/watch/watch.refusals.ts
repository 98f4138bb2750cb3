/** What watching a graduated pilot says no to, in order of precedence. */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the watch periods' own codes. */
export const refuse = declareRefusals("sandbox watch periods", {
  watch_unknown: {
    category: "absent",
    text: {
      zh: "该试点没有毕业观察期。",
      en: "This pilot has no watch period.",
    },
    remedy: {
      zh: "观察期自毕业生效之日开始。",
      en: "A watch period begins on the day of a graduation.",
    },
  },
  watch_is_running: {
    category: "conflicting",
    text: {
      zh: "观察期内没有待处理的发现，此时不能这样做。",
      en: "The watch period has no open finding; this cannot be done now.",
    },
    remedy: {
      zh: "每月末自动对照毕业标准，未达标或心跳中断时才需要决定。",
      en: "Thresholds are compared at the end of each month; a decision is needed once one is missed or the heartbeat stops.",
    },
  },
  watch_is_questioned: {
    category: "conflicting",
    text: {
      zh: "观察期内有待处理的发现，此时不能这样做。",
      en: "The watch period has an open finding; this cannot be done now.",
    },
    remedy: {
      zh: "由监管机构两人说明理由作出决定。",
      en: "Two people of the supervisor rule on it with a reason.",
    },
  },
  watch_has_ended: {
    category: "conflicting",
    text: { zh: "观察期已经结束。", en: "The watch period has ended." },
    remedy: { zh: "可以查看观察记录。", en: "Its record is open to everybody." },
  },
  watch_required_an_exit: {
    category: "conflicting",
    text: {
      zh: "观察期内已决定该试点退出。",
      en: "The watch period ended in an exit that is required.",
    },
    remedy: { zh: "可以查看退出进展。", en: "See how the exit stands." },
  },
  watch_finding_is_open: {
    category: "conflicting",
    text: { zh: "该发现尚未决定。", en: "The finding waits for a ruling." },
    remedy: { zh: "由监管机构两人决定。", en: "Two people of the supervisor rule on it." },
  },
  watch_finding_is_accepted: {
    category: "conflicting",
    text: { zh: "该发现已决定接受。", en: "The finding is accepted already." },
    remedy: { zh: "可以查看决定及其条件。", en: "See the ruling and its conditions." },
  },
  watch_finding_is_extended: {
    category: "conflicting",
    text: {
      zh: "该发现已决定延长观察。",
      en: "The watch was extended because of the finding already.",
    },
    remedy: { zh: "可以查看决定。", en: "See the ruling." },
  },
  watch_finding_required_an_exit: {
    category: "conflicting",
    text: { zh: "该发现已决定退出。", en: "The finding led to a required exit already." },
    remedy: { zh: "可以查看退出进展。", en: "See how the exit stands." },
  },
  watch_check_not_due: {
    category: "conflicting",
    text: {
      zh: "本次对照的期间尚未结束。",
      en: "The days that are compared next are not over.",
    },
    remedy: { zh: "期满后自动对照。", en: "They are compared by themselves when they are." },
  },
  watch_check_of_other_days: {
    category: "conflicting",
    text: {
      zh: "所测期间不是本次应对照的期间。",
      en: "What was measured is not over the days that are compared next.",
    },
    remedy: { zh: "重新测算。", en: "Measure again." },
  },
  watch_not_over: {
    category: "conflicting",
    text: {
      zh: "观察期尚未届满，或尚有期间未对照、条件未判定。",
      en: "The watch period is not over, or has days that are not compared or a condition that is not judged yet.",
    },
    remedy: { zh: "期满并对照后自动结束。", en: "It ends by itself when it is." },
  },
  watch_listens_to_nobody: {
    category: "conflicting",
    text: {
      zh: "该试点的准入条件没有约定心跳。",
      en: "The terms of this pilot ask for no heartbeat.",
    },
    remedy: { zh: "无须处理。", en: "There is nothing to do." },
  },
  watch_condition_unknown: {
    category: "absent",
    text: { zh: "没有这一条件。", en: "There is no such condition." },
    remedy: { zh: "从决定所列条件中选择。", en: "Choose one that the ruling lists." },
  },
  watch_condition_not_due: {
    category: "conflicting",
    text: { zh: "该条件的期限尚未届满。", en: "The last day of this condition is not over." },
    remedy: { zh: "期满后自动判定。", en: "It is judged by itself when it is." },
  },
  watch_condition_is_pending: {
    category: "conflicting",
    text: { zh: "该条件尚待判定。", en: "The condition is still to be judged." },
    remedy: { zh: "期满后自动判定。", en: "It is judged by itself when its day is over." },
  },
  watch_condition_is_met: {
    category: "conflicting",
    text: { zh: "该条件已判定达到。", en: "The condition was judged and is met." },
    remedy: { zh: "无须处理。", en: "There is nothing to do." },
  },
  watch_condition_is_missed: {
    category: "conflicting",
    text: { zh: "该条件已判定未达到。", en: "The condition was judged and is missed." },
    remedy: { zh: "由监管机构两人对该发现作出决定。", en: "Two people rule on the finding of it." },
  },
  watch_condition_has_lapsed: {
    category: "conflicting",
    text: {
      zh: "试点已被要求退出，该条件不再判定。",
      en: "The pilot has to leave; the condition is not judged any more.",
    },
    remedy: { zh: "可以查看退出进展。", en: "See how the exit stands." },
  },
  watch_condition_on_no_figure: {
    category: "invalid",
    text: {
      zh: "没有名为 {figure}、以该单位计量的指标。",
      en: "Nobody computes a figure {figure} in this unit.",
    },
    remedy: {
      zh: "从毕业标准所用的指标中选择，单位与之一致。",
      en: "Choose a figure that thresholds use, in its own unit.",
    },
  },
  watch_condition_not_from_a_later_day: {
    category: "invalid",
    text: {
      zh: "条件的期限须为今日之后。",
      en: "A condition is to be met by a day after today.",
    },
    remedy: { zh: "另选期限。", en: "Choose a later day." },
  },
  watch_too_long: {
    category: "invalid",
    text: {
      zh: "延长后观察期共{asked}日，最多{most}日。",
      en: "The watch would last {asked} days in all; {most} are the most.",
    },
    remedy: { zh: "缩短延长的天数。", en: "Extend it by fewer days." },
  },
});

/** The codes of watch periods. */
export type WatchRefusal = Parameters<typeof refuse>[0];
