/**
 * What a holder agrees to when a token is made for him: a text of the bank with a version, a purpose
 * and the digest of its words, so that it can be shown years later what was agreed to. A text never
 * changes; another one gets the next version. The token lives as long as its consent and no longer.
 */
import { hash } from "node:crypto";
import {
  addDays,
  calendarDate,
  type Instant,
  isCalendarDate,
  shanghaiMidnight,
} from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import type { GivenConsent } from "../contract.ts";

/** A text that holders agree to. */
export interface ConsentText {
  readonly version: number;
  readonly purpose: "payment_token";
  readonly text: Text;
}

/** Every text there ever was, the one in use last. */
export const CONSENT_TEXTS: readonly ConsentText[] = [
  {
    version: 1,
    purpose: "payment_token",
    text: {
      zh: "我同意银行为所选卡片生成支付标记，并在我选定的场景中以支付标记代替卡号完成支付。银行仅为识别账户、核对我设定的限制和处理投诉而使用与此标记有关的交易信息，不向商户提供卡号。我可以随时撤回同意；撤回后该支付标记立即停止使用，已授权的支付照常了结。",
      en: "I agree that the bank makes a payment token for the card that I chose, and that in the scenes that I chose the token pays in place of the card's number. The bank uses what it learns of payments with this token only to find the account, to keep the limits that I set, and to answer complaints; merchants are not given the card's number. I may withdraw this consent at any time: the token then ends at once, and payments that were authorised are finished.",
    },
  },
];

/** The text in use. */
export function currentText(): ConsentText {
  const text = CONSENT_TEXTS.at(-1);
  if (!text) throw new Error("there is no text to agree to");
  return text;
}

/** SHA-256 over version, purpose and both languages, a line each, in hex. */
export function hashOf({ version, purpose, text }: ConsentText): string {
  return hash("sha256", [version, purpose, text.zh, text.en].join("\n"), "hex");
}

/** True if what was agreed to is the text in use, word for word. */
export function isCurrent({ version, hash: given }: GivenConsent): boolean {
  const text = currentText();
  return version === text.version && given === hashOf(text);
}

/** The instant at which a consent ends by itself, or undefined where none was told. */
export function endOf({ until }: GivenConsent): Instant | undefined {
  if (until === undefined || !isCalendarDate(until)) return undefined;
  return shanghaiMidnight(addDays(calendarDate(until), 1));
}
