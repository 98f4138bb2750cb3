/** How a complaint stands, for the eye: late is grave, an answer is kept, the rest is under way. */
import type { PublicComplaint } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";

export function toneOf({ state, inTime }: Pick<PublicComplaint, "state" | "inTime">): Tone {
  if (inTime === false && (state === "received" || state === "accepted")) return "stop";
  if (state === "closed" || state === "withdrawn") return "off";
  return state === "decided" || state === "rechecked" ? "ok" : "live";
}
