/**
 * Judges an answer: how deep the request came, and that what was refused says so in full. Throws an
 * assertion that names the request where the answer is not one that we may give.
 */
import assert from "node:assert/strict";
import { allRefusals, type Lang, refusalEntry } from "@sandbank/kernel/words";

/** How deep a request came before it was answered. */
export const DEPTHS = ["edge", "contract", "judged", "taken"] as const;
export type Depth = (typeof DEPTHS)[number];

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** The language that was asked for, where the request was plain about it. */
  readonly lang: Lang | undefined;
}

export interface Verdict {
  /** The code of a refusal, or the status of what was taken. */
  readonly code: string;
  readonly depth: Depth;
}

const parts = new Map<string, string>();

/** `edge`: host, credentials, rate, intent, or bytes that cannot be read. `judged`: by a module. */
function depthOf(code: string): Depth {
  if (code === "contract_not_met") return "contract";
  if (parts.size === 0) for (const one of allRefusals()) parts.set(one.code, one.part);
  return parts.get(code) === "http" || code === "not_signed_in" ? "edge" : "judged";
}

/** The verdict on an answer. `line` says what was asked, for the failure. */
export function verdictOf(answered: Answered, line: () => string): Verdict {
  const { status, type, body } = answered;
  const told = () => `${line()} → ${status} ${body.slice(0, 2_000)}`;
  if (status >= 500) assert.fail(told());
  if (status < 400) return { code: String(status), depth: "taken" };
  const code = type.startsWith("text/html") ? codeOfPage(answered, told) : codeOf(answered, told);
  return { code, depth: depthOf(code) };
}

const INSIDE = /node:internal|\.ts:\d+|at async |ZodError|invalid_type/;

/** The code of a page that says no, or of the site's own page for what it does not have. */
function codeOfPage({ status, body }: Answered, told: () => string): string {
  if (INSIDE.test(body)) assert.fail(told());
  if (status === 404 && body.includes('class="masthead"') && /<h1[\s>]/.test(body)) {
    return "page_absent";
  }
  const code = /<code>([a-z][a-z0-9_]*)<\/code>/.exec(body)?.[1] ?? "";
  if (refusalEntry(code) === undefined) assert.fail(told());
  return code;
}

const UNFILLED = /\{[a-z_]+\}|undefined|\[object/;

/** The code of a problem document, which is whole: what is so, what to do, and which field. */
function codeOf({ status, type, body, lang }: Answered, told: () => string): string {
  if (INSIDE.test(body) || !type.startsWith("application/problem+json")) assert.fail(told());
  const problem = JSON.parse(body) as Readonly<Record<string, unknown>>;
  const { code, detail, remedy, instance, field } = problem;
  const texts = [detail, remedy, instance];
  if (!texts.every((text) => typeof text === "string" && text !== "")) assert.fail(told());
  // A field is named as the caller named it.
  const said = String(detail).replace(String(field), "") + String(remedy);
  const whole =
    refusalEntry(String(code)) !== undefined &&
    problem["status"] === status &&
    !UNFILLED.test(said) &&
    (lang === undefined || /\p{Script=Han}/u.test(said) === (lang === "zh")) &&
    (code !== "contract_not_met" || typeof field === "string");
  if (!whole) assert.fail(told());
  return String(code);
}
