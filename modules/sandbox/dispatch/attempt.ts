/** One try to send something outside, and when trying ends. */
import type { JobContext } from "@sandbank/kernel/jobs";
import type { Notice, PostOffice } from "../ports.ts";
import type { DispatchEvent } from "./dispatch.ts";

/** Tries before something is given up: with the runner's back-off about five hours. */
export const TRIES_MAX = 40;

/** Why something was not sent, as codes of ours. */
export const NOT_SENT = [
  ...(["refused_outside", "not_taken", "address_erased", "reader_left"] as const),
  ...(["code_replaced", "code_expired"] as const),
] as const;

/** What became of it, and why where it was not sent. */
export type Became = readonly [DispatchEvent, (typeof NOT_SENT)[number] | null];

/** Tries once; the last try that fails gives up instead of failing. */
export async function sendNotice(
  post: PostOffice,
  notice: Notice,
  { attempt: nth, signal }: JobContext,
): Promise<Became> {
  try {
    const said = await post.send(notice, signal);
    return said === "taken" ? ["send", null] : ["give_up", "refused_outside"];
  } catch (error) {
    if (nth < TRIES_MAX) throw error;
    return ["give_up", "not_taken"];
  }
}
