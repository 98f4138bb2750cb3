/**
 * The limits of a token as they are typed, and back. What the form does not know of a token's
 * controls it sends back as it came, so that nothing is lifted by leaving it out. Which change
 * loosens is the server's to say.
 */
import { parseYuan, yuanText } from "@sandbank/kernel/money";
import type { Controls } from "@sandbank/tokens/contract";
import type { Fault } from "@sandbank/ui/face";
import type { Saying } from "../setting.ts";
import { limitWords as words } from "../words/limit.words.ts";

const AMOUNTS = [
  ...(["paymentAmount", "dayAmount", "weekAmount", "monthAmount"] as const),
  "stepUpAmount",
] as const;
const DAYS = ["firstDay", "lastDay"] as const;
export const LIMITS = [
  ...(["paymentAmount", "dayAmount", "dayCount", "weekAmount", "monthAmount"] as const),
  ...(["stepUpAmount", ...DAYS] as const),
] as const;
export type Limit = (typeof LIMITS)[number];

/** As typed: yuan, a whole number, days; empty where nothing is bounded. */
export type TypedLimits = Readonly<Record<Limit, string>>;

const DAY = /^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const COUNT = /^[1-9]\d{0,5}$/;

/** What stands in the form before anybody types. */
export function typedOf(controls: Controls): TypedLimits {
  const yuan = (fen: string | undefined) =>
    fen === undefined ? "" : yuanText(BigInt(fen) as Parameters<typeof yuanText>[0]);
  return {
    paymentAmount: yuan(controls.paymentAmount),
    dayAmount: yuan(controls.dayAmount),
    dayCount: controls.dayCount ?? "",
    weekAmount: yuan(controls.weekAmount),
    monthAmount: yuan(controls.monthAmount),
    stepUpAmount: yuan(controls.stepUpAmount),
    firstDay: controls.firstDay ?? "",
    lastDay: controls.lastDay ?? "",
  };
}

/** Full-width digits and signs are what a Chinese keyboard often gives; they mean the same. */
export function narrowed(typed: string): string {
  return typed
    .trim()
    .replaceAll(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

function isAmount(typed: string): boolean {
  const fen = parseYuan(typed);
  return fen !== undefined && fen > 0n;
}

/** What is wrong with what was typed, in the order of the fields. */
export function limitFaults(typed: TypedLimits, say: Saying): readonly Fault[] {
  const faults: Fault[] = [];
  for (const field of LIMITS) {
    const value = narrowed(typed[field]);
    if (value === "") continue;
    const amount = (AMOUNTS as readonly string[]).includes(field);
    const day = (DAYS as readonly string[]).includes(field);
    if (amount && !isAmount(value)) faults.push({ field, text: say(words.amount_fault) });
    if (day && !DAY.test(value)) faults.push({ field, text: say(words.day_fault) });
    if (field === "dayCount" && !COUNT.test(value)) {
      faults.push({ field, text: say(words.count_fault) });
    }
  }
  const [first, last] = [narrowed(typed.firstDay), narrowed(typed.lastDay)];
  if (faults.length === 0 && first !== "" && last !== "" && first > last) {
    faults.push({ field: "lastDay", text: say(words.order_fault) });
  }
  return faults;
}

/** The controls with the limits that were typed, and with everything else as it was. */
export function withLimits(controls: Controls, typed: TypedLimits): Controls {
  const rest = Object.entries(controls).filter(
    ([name]) => !(LIMITS as readonly string[]).includes(name),
  );
  const bounded = LIMITS.flatMap((field) => {
    const value = narrowed(typed[field]);
    if (value === "") return [];
    const fen = (AMOUNTS as readonly string[]).includes(field) ? parseYuan(value) : undefined;
    return [[field, fen === undefined ? value : String(fen)] as const];
  });
  return Object.fromEntries([...rest, ...bounded]) as Controls;
}
