/** What people read, letter by letter, and capitals read back by a reader of their own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  allRefusals,
  capitals,
  declareRefusals,
  explain,
  fill,
  formatCount,
  formatCountShort,
  formatDate,
  formatDuration,
  formatInstant,
  formatInstantDate,
  formatInstantTime,
  formatMoney,
  formatMoneyShort,
  formatMonth,
  formatPercent,
  formatWorkingDaysLeft,
  isRefusal,
  maskCard,
  maskCardEnd,
  maskEmail,
  maskIdNumber,
  maskName,
  maskPhone,
  say,
} from "./index.ts";

test("amounts are shown in full with two decimals", () => {
  const rows = [
    [123_450n, "¥1,234.50", "CNY 1,234.50"],
    [0n, "¥0.00", "CNY 0.00"],
    [-5n, "-¥0.05", "-CNY 0.05"],
    [100_000_000_000n, "¥1,000,000,000.00", "CNY 1,000,000,000.00"],
  ] as const;
  for (const [amount, zh, en] of rows) {
    assert.equal(formatMoney(amount, "zh"), zh);
    assert.equal(formatMoney(amount, "en"), en);
  }
});

test("amounts of summaries are shown in 万 and 亿, in million and bn", () => {
  const rows = [
    [10_000_000_000_000n, "1,000亿元", "CNY 100 bn"],
    [5_000_000_000n, "5,000万元", "CNY 50 million"],
    [250_000_000_000n, "25亿元", "CNY 2.5 bn"],
    [9_999_999_999n, "1亿元", "CNY 100 million"],
    [1_234_567n, "1.23万元", "CNY 12,345.67"],
    [999_999n, "1万元", "CNY 9,999.99"],
    [123_450n, "¥1,234.50", "CNY 1,234.50"],
    [-5_000_000_000n, "-5,000万元", "-CNY 50 million"],
  ] as const;
  for (const [amount, zh, en] of rows) {
    assert.equal(formatMoneyShort(amount, "zh"), zh);
    assert.equal(formatMoneyShort(amount, "en"), en);
  }
});

test("counts have separators, and units in summaries", () => {
  assert.equal(formatCount(1_234_567, "zh"), "1,234,567");
  assert.equal(formatCount(-1000n, "en"), "-1,000");
  assert.equal(formatCountShort(150_000, "zh"), "15万");
  assert.equal(formatCountShort(150_000, "en"), "150,000");
  assert.equal(formatCountShort(1_000_000_000, "zh"), "10亿");
  assert.equal(formatCountShort(10_000_000, "en"), "10 million");
});

test("rates are shown exact, or with the decimals asked for", () => {
  assert.equal(formatPercent(750_000), "75%");
  assert.equal(formatPercent(43_500), "4.35%");
  assert.equal(formatPercent(1), "0.0001%");
  assert.equal(formatPercent(-12_345), "-1.2345%");
  assert.equal(formatPercent(1_000_000, 2), "100.00%");
  assert.equal(formatPercent(12_350, 1), "1.2%");
  assert.equal(formatPercent(12_500, 1), "1.3%");
  assert.equal(formatPercent(5_000, 0), "1%");
});

test("instants are shown in Shanghai time", () => {
  const instant = Date.UTC(2026, 10, 23, 16, 8, 0);
  assert.equal(formatInstant(instant), "2026-11-24 00:08:00");
  assert.equal(formatInstantDate(instant), "2026-11-24");
  assert.equal(formatInstantTime(instant), "00:08");
  assert.equal(formatDate("2026-11-03", "zh"), "2026年11月3日");
  assert.equal(formatDate("2026-11-03", "en"), "3 November 2026");
  assert.equal(formatMonth("2026-11", "zh"), "2026年11月");
  assert.equal(formatMonth("2026-11", "en"), "November 2026");
});

test("durations are shown in their two largest units", () => {
  const rows = [
    [850, "850毫秒", "850 ms"],
    [1000, "1秒", "1 second"],
    [61_000, "1分钟1秒", "1 minute 1 second"],
    [3_600_000, "1小时", "1 hour"],
    [273_600_000, "3天4小时", "3 days 4 hours"],
    [86_400_000 + 59_000, "1天", "1 day"],
  ] as const;
  for (const [duration, zh, en] of rows) {
    assert.equal(formatDuration(duration, "zh"), zh);
    assert.equal(formatDuration(duration, "en"), en);
  }
  assert.equal(formatWorkingDaysLeft(3, "zh"), "还剩3个工作日");
  assert.equal(formatWorkingDaysLeft(1, "en"), "1 working day left");
  assert.equal(formatWorkingDaysLeft(0, "zh"), "今天到期");
  assert.equal(formatWorkingDaysLeft(-2, "en"), "2 working days overdue");
});

test("a template takes its names, keeps the unknown ones, and reads no value again", () => {
  assert.equal(fill("{a} of {b}", { a: "1", b: "{a}" }), "1 of {a}");
  assert.equal(fill("{missing} {toString}", {}), "{missing} {toString}");
  assert.equal(say({ zh: "共{n}", en: "{n} in all" }, "en", { n: "3" }), "3 in all");
});

test("capitals follow the examples of the annex on filling in vouchers", () => {
  const rows = [
    [140_950n, "人民币壹仟肆佰零玖元伍角整"],
    [600_714n, "人民币陆仟零柒元壹角肆分"],
    [168_032n, "人民币壹仟陆佰捌拾元叁角贰分"],
    [10_700_053n, "人民币壹拾万柒仟元伍角叁分"],
    [1_640_902n, "人民币壹万陆仟肆佰零玖元零贰分"],
    [32_504n, "人民币叁佰贰拾伍元零肆分"],
    [0n, "人民币零元整"],
    [5n, "人民币伍分"],
    [50n, "人民币伍角整"],
    [100n, "人民币壹元整"],
    [10_000_000_100n, "人民币壹亿零壹元整"],
    [1_000_000_000_000_000n, "人民币壹拾万亿元整"],
    [1_000_100_000_000n, "人民币壹佰亿零壹佰万元整"],
    [-100n, "人民币负壹元整"],
  ] as const;
  for (const [amount, text] of rows) assert.equal(capitals(amount), text);
});

test("capitals read back are the amount, and no 零 stands twice or before a unit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }), (amount) => {
      const text = capitals(amount);
      assert.equal(readCapitals(text), amount);
      if (amount >= 100n) assert.doesNotMatch(text, /零零|零[拾佰仟万亿元角整]|零$/u);
      assert.equal(text.endsWith("整"), amount % 10n === 0n);
    }),
  );
});

// Reads capitals the way a teller does: digit times place, sections by 万 and 亿.
function readCapitals(text: string): bigint {
  let total = 0n;
  let section = 0n;
  let digit = 0n;
  let yuan = 0n;
  for (const character of text.replace("人民币", "")) {
    const value = "零壹贰叁肆伍陆柒捌玖".indexOf(character);
    const place = { 拾: 10n, 佰: 100n, 仟: 1000n }[character];
    if (value >= 0) digit = BigInt(value);
    else if (place !== undefined) {
      section += digit * place;
      digit = 0n;
    } else if (character === "万") {
      yuan += (section + digit) * 10_000n;
      section = digit = 0n;
    } else if (character === "亿") {
      yuan = (yuan + section + digit) * 100_000_000n;
      section = digit = 0n;
    } else if (character === "元") {
      total += (yuan + section + digit) * 100n;
      digit = 0n;
    } else if (character === "角") {
      total += digit * 10n;
      digit = 0n;
    } else if (character === "分") total += digit;
  }
  return total;
}

test("personal data is shown in part, and short values not at all", () => {
  assert.equal(maskCard("6228480402564890018"), "**** 0018");
  assert.equal(maskCard("6228 4804 0256 4890"), "**** 4890");
  assert.equal(maskCard("1234"), "****");
  assert.equal(maskCardEnd("0018"), "**** 0018");
  assert.equal(maskCardEnd("6228480402564890018"), "****");
  assert.equal(maskPhone("13812345678"), "138****5678");
  assert.equal(maskPhone("+86 138 1234 5678"), "138****5678");
  assert.equal(maskPhone("110"), "****");
  assert.equal(maskName("王小明"), "*小明");
  assert.equal(maskName("李四"), "*四");
  assert.equal(maskName("司马修文"), "**修文");
  assert.equal(maskName("Wang Hua"), "W. H.");
  assert.equal(maskName("王"), "*");
  assert.equal(maskIdNumber("11010519491231002X"), "1****X");
  assert.equal(maskIdNumber("123"), "****");
  assert.equal(maskEmail("lin@example.com"), "l****@example.com");
  assert.equal(maskEmail("@example.com"), "****");
});

const refuse = declareRefusals("words_test", {
  words_test_day_limit_reached: {
    category: "exhausted",
    text: { zh: "超过当日限额{cap}", en: "Above the day's limit of {cap}" },
    remedy: { zh: "{when}再试", en: "Try again {when}" },
  },
  words_test_count_reached: {
    category: "exhausted",
    text: { zh: "次数已满", en: "No uses are left" },
    remedy: { zh: "联系发卡行", en: "Ask the issuer" },
  },
});

test("a refusal is explained with its limits in both languages", () => {
  const refusal = refuse("words_test_day_limit_reached", {
    params: { when: "明天" },
    failed: [
      {
        code: "words_test_day_limit_reached",
        limit: "token_day",
        unit: "fen",
        used: 490_000n,
        cap: 500_000n,
        asked: 20_000n,
        clause: "3.2",
      },
      { code: "words_test_count_reached", unit: "count", used: 7n, cap: 5n },
      { code: "words_test_unheard_of" },
    ],
  });
  assert.ok(isRefusal(refusal));
  const explained = explain(refusal, "zh");
  assert.equal(explained.sentence, "超过当日限额¥5,000.00");
  assert.equal(explained.remedy, "明天再试");
  assert.deepEqual(explained.failed[0], {
    code: "words_test_day_limit_reached",
    sentence: "超过当日限额¥5,000.00",
    limit: "token_day",
    used: "¥4,900.00",
    cap: "¥5,000.00",
    asked: "¥200.00",
    left: "¥100.00",
    clause: "3.2",
    figures: "上限¥5,000.00，已用¥4,900.00，本次¥200.00，剩余¥100.00",
  });
  assert.equal(explained.failed[1]!.left, "0");
  assert.equal(explained.failed[2]!.sentence, "words_test_unheard_of");
  const english = explain(refusal, "en");
  assert.equal(english.sentence, "Above the day's limit of CNY 5,000.00");
  assert.equal(english.failed[1]!.figures, "limit 5, used 7, left 0");
});

test("a code is declared once in the whole project", () => {
  const entry = {
    category: "absent",
    text: { zh: "无", en: "None" },
    remedy: { zh: "无", en: "None" },
  } as const;
  assert.throws(() => declareRefusals("words_test", { words_test_count_reached: entry }));
  assert.ok(allRefusals().some((each) => each.code === "words_test_count_reached"));
});
