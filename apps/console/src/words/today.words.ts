/** What the first page of the console says. */
import type { Catalogue } from "@sandbank/ui";

export const todayWords = {
  title: { zh: "今日", en: "Today" },
  lead: {
    zh: "{count}项待您处理，{mine}项由您发起。",
    en: "{count} waiting for you, {mine} raised by you.",
  },
  waiting: { zh: "待您处理", en: "Waiting for you" },
  nothing: { zh: "现在没有需要您处理的事项。", en: "Nothing waits for you now." },
  raised: { zh: "由您发起", en: "Raised by you" },
  raised_none: { zh: "您没有发起待批准的事项。", en: "You have raised nothing that still waits." },
  raised_wait: {
    zh: "由您发起，须他人批准",
    en: "You raised this; another person must approve",
  },
  more_tasks: { zh: "还有{n}项，期限较晚", en: "{n} more, open for longer" },
  all: { zh: "全部待办", en: "All approvals" },
  decide: { zh: "查看并决定", en: "Review and decide" },
  expires: { zh: "{at}前有效", en: "Open until {at}" },
  no_pilots: {
    zh: "还没有需要监管的试点。试点就绪以后，限额、指标、指令和操作列在这里。",
    en: "No pilot is supervised yet. Limits, indicators, directives and acts are listed here once one is ready.",
  },
  counted: { zh: "{n}项", en: "{n}" },
  near: { zh: "接近上限", en: "Near the cap" },
  near_caption: { zh: "已用八成以上的限额", en: "Limits of which 80 % or more is used" },
  near_none: {
    zh: "没有一项限额用到八成。",
    en: "No limit has been used to 80 %.",
  },
  near_rest: {
    zh: "其余限额：{n}项，按已用比例排列",
    en: "The other limits, most used first: {n}",
  },
  rest_caption: { zh: "未到八成的限额", en: "Limits of which less than 80 % is used" },
  limit_and_pilot: { zh: "试点与限额", en: "Pilot and limit" },
  attention: { zh: "须处置的指标", en: "Indicators to act on" },
  attention_none: {
    zh: "没有指标达到处置阈值。",
    en: "No indicator has reached the threshold to act.",
  },
  attention_watch: { zh: "须关注的指标：{n}项", en: "Indicators to watch: {n}" },
  directives: { zh: "生效中的指令", en: "Directives in force" },
  directives_none: { zh: "没有生效中的指令。", en: "No directive is in force." },
  all_directives: { zh: "全部指令", en: "All directives" },
  acts: { zh: "最近的操作", en: "Last acts" },
  acts_none: { zh: "日志中还没有操作。", en: "The journal has no act yet." },
  unread: { zh: "没有读到{pilot}：", en: "{pilot} could not be read:" },
  unread_again: {
    zh: "会自动重试；其余试点不受影响。",
    en: "It is tried again by itself; other pilots are not affected.",
  },
} as const satisfies Catalogue;
