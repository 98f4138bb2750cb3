/** What is said of the hours in which a token may pay. */
import type { Catalogue } from "@sandbank/ui";

export const hourWords = {
  title: { zh: "可用时间", en: "Hours" },
  change: { zh: "修改可用时间", en: "Change the hours" },
  always: { zh: "任何时间都可以付款。", en: "It may pay at any time." },
  by_bank: {
    zh: "银行另设了时段，两者都允许时才能付款：",
    en: "The bank set hours of its own; it pays when both allow it:",
  },
  caption: { zh: "一周内允许付款的时段", en: "The hours of the week in which it may pay" },
  all_day: { zh: "全天", en: "All day" },
  never: { zh: "不可用", en: "Not at all" },
  span: { zh: "{from}～{to}", en: "{from}–{to}" },
  between: { zh: "，", en: ", " },
  lead: {
    zh: "按一格允许或不允许一个小时；按星期或钟点，整列或整行一起变。",
    en: "Press a square to allow or close an hour; press a day or an hour to turn its whole column or row.",
  },
  keys: {
    zh: "键盘：方向键移动，空格键切换。",
    en: "Keyboard: arrows move, the space bar turns an hour.",
  },
  grid: { zh: "一周的每个小时", en: "Every hour of a week" },
  cell: { zh: "{day}{from}到{to}", en: "{day} {from} to {to}" },
  row: { zh: "每天{from}到{to}", en: "Every day {from} to {to}" },
  presets: { zh: "常用", en: "Usual choices" },
  preset_always: { zh: "任何时间", en: "At any time" },
  preset_day: { zh: "每天7点到22点", en: "Every day 7:00 to 22:00" },
  preset_working: { zh: "周一到周五9点到18点", en: "Monday to Friday 9:00 to 18:00" },
  holidays: { zh: "法定节假日", en: "Public holidays" },
  holidays_none: { zh: "和平日一样", en: "As on any other day" },
  holidays_as_sunday: { zh: "按周日的时段", en: "With the hours of Sunday" },
  holidays_closed: { zh: "不可用", en: "Not at all" },
  zone: { zh: "时段按{zone}的时间。", en: "Hours are by the clocks of {zone}." },
  save: { zh: "保存可用时间", en: "Save the hours" },
  changed: {
    zh: "可用时间已改，下一笔付款起生效。",
    en: "The hours are changed, from the next payment on.",
  },
  nothing: {
    zh: "这样设置后，这个智令任何时间都不能付款。",
    en: "With these hours the token can never pay.",
  },
  which_day: { zh: "改哪一天", en: "Which day" },
  from: { zh: "从", en: "From" },
  to: { zh: "到", en: "To" },
  close_day: { zh: "这一天不可用", en: "Close this day" },
  open_day: { zh: "这一天全天可用", en: "Open all day" },
} as const satisfies Catalogue;

export const DAY_WORDS = [
  { zh: "周一", en: "Monday" },
  { zh: "周二", en: "Tuesday" },
  { zh: "周三", en: "Wednesday" },
  { zh: "周四", en: "Thursday" },
  { zh: "周五", en: "Friday" },
  { zh: "周六", en: "Saturday" },
  { zh: "周日", en: "Sunday" },
] as const;

/** For the heads of narrow columns. */
export const DAY_MARKS = [
  { zh: "一", en: "Mo" },
  { zh: "二", en: "Tu" },
  { zh: "三", en: "We" },
  { zh: "四", en: "Th" },
  { zh: "五", en: "Fr" },
  { zh: "六", en: "Sa" },
  { zh: "日", en: "Su" },
] as const;
