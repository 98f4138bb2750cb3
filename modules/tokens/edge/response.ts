/**
 * How the form edge answers: a code of two digits and a sentence. The codes are those of UnionPay's
 * list as far as they fit; what is ours to say and not theirs to number is said by the sentence.
 */
import { type Lang, type Refusal, refusalEntry, say } from "@sandbank/kernel/words";

export const DONE = "00";
/** The outcome is not known: send the same message again. */
export const ASK_AGAIN = "03";

/** `respCode` by the code of a refusal; every other is the coarse one. */
const CODES: Readonly<Record<string, string>> = {
  pilot_not_armed: "02",
  class_closed: "02",
  outside_test_period: "02",
  queue_full: ASK_AGAIN,
  form_field_wrong: "10",
  form_signature_wrong: "11",
  command_id_reused: "12",
  command_id_of_another: "12",
  form_field_missing: "13",
  role_may_not: "32",
  form_requestor_of_another: "32",
  form_host_not_of_requestor: "32",
  capture_above_hold: "33",
  refund_above_captured: "33",
  payment_unknown: "34",
  payment_not_captured: "35",
  payment_captured: "35",
  payment_voided: "35",
  payment_expired: "35",
  form_time_outside_window: "39",
};
/** A payment that is declined, for whatever reason. */
const COARSE = "30";

const SAID = {
  [DONE]: { zh: "成功", en: "Done" },
  [ASK_AGAIN]: { zh: "结果未知，用同一报文再问", en: "Unknown: send the same message again" },
} as const;

export type Response = { readonly respCode: string; readonly respMsg: string };

/** The answer to a transaction that was done, or whose outcome is not known. */
export function responseOf(code: keyof typeof SAID, lang: Lang): Response {
  return { respCode: code, respMsg: `${SAID[code][lang]}[${code}]` };
}

/** The answer to one that was refused. */
export function refusedResponse(refusal: Refusal, lang: Lang): Response {
  const entry = refusalEntry(refusal.code);
  const said = entry === undefined ? refusal.code : say(entry.text, lang, refusal.params);
  return { respCode: CODES[refusal.code] ?? COARSE, respMsg: `${said}[${refusal.code}]` };
}
