/**
 * Amounts in capitals (大写金额) for vouchers and receipts, as the Payment and Settlement Measures
 * (支付结算办法, annex 1, on filling in bills and settlement vouchers) ask. Where the annex leaves a
 * choice this file always makes the same one: 整 after 角 is written, 零 is not written before a
 * 仟 or a 角 that follows a unit.
 */
import type { Fen } from "../money/index.ts";

const DIGITS = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"] as const;
const PLACES = ["仟", "佰", "拾", ""] as const;

/** `人民币壹万陆仟肆佰零玖元零贰分` for CNY 16,409.02; a negative amount says 负 after 人民币. */
export function capitals(amount: Fen | bigint): string {
  const size = amount < 0n ? -amount : amount;
  const yuan = size / 100n;
  const jiao = Number((size / 10n) % 10n);
  const cents = Number(size % 10n);
  const whole = yuan > 0n || size === 0n ? `${integer(yuan) || "零"}元` : "";
  const head = `人民币${amount < 0n ? "负" : ""}${whole}`;
  if (jiao === 0 && cents === 0) return `${head}整`;
  if (cents === 0) return `${head}${DIGITS[jiao]!}角整`;
  if (jiao > 0) return `${head}${DIGITS[jiao]!}角${DIGITS[cents]!}分`;
  return `${head}${yuan > 0n ? "零" : ""}${DIGITS[cents]!}分`;
}

// Empty for zero. A lower part that does not fill its first place is announced by one 零.
function integer(value: bigint): string {
  for (const [size, unit] of [
    [100_000_000n, "亿"],
    [10_000n, "万"],
  ] as const) {
    if (value < size) continue;
    const low = value % size;
    const gap = low > 0n && low < size / 10n ? "零" : "";
    return `${integer(value / size)}${unit}${gap}${integer(low)}`;
  }
  return thousands(Number(value));
}

function thousands(value: number): string {
  let text = "";
  let gap = false;
  const places = `${value}`.padStart(4, "0");
  for (const [index, place] of PLACES.entries()) {
    const digit = Number(places[index]);
    if (digit === 0) {
      gap = text !== "";
      continue;
    }
    text += `${gap ? "零" : ""}${DIGITS[digit]!}${place}`;
    gap = false;
  }
  return text;
}
