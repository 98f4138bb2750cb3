/**
 * How a refusal or a fault leaves the house: status, and a problem document (RFC 9457) with the
 * sentence and the remedy in the caller's language. The status follows from the category; the few
 * codes of the transport that HTTP itself has a status for stand in a second table. Nothing of the
 * inside ever leaves: a fault shows an id, and the log has the rest under it.
 */
import { ConnectionLost } from "../store/index.ts";
import {
  type Category,
  type Failed,
  type Lang,
  type Refusal,
  type Text,
  refusalEntry,
} from "../words/index.ts";
import { FAULTS, type FaultCode } from "./http.refusals.ts";

/**
 * Category → status.
 * invalid 422: it was read and breaks its contract; what cannot be read at all is 400, below.
 * exhausted 409 and not 429: a cap is reached, and asking again soon, which 429 invites, is wrong;
 * nor 403: the caller may do this, the state of the limit says no. `category` tells it from a conflict.
 */
export const STATUS: Readonly<Record<Category, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflicting: 409,
  exhausted: 409,
};

/** Codes of the transport for which HTTP has a status of its own. */
export const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  host_not_known: 421,
  address_malformed: 400,
  too_many_requests: 429,
  face_needed: 400,
  header_malformed: 400,
  signature_header_malformed: 400,
  signature_not_one: 400,
  signature_beside_a_key: 400,
  content_digest_malformed: 400,
  idempotency_key_needed: 400,
  media_type_not_read: 415,
  body_too_large: 413,
  body_cut_short: 400,
  body_not_json: 400,
  form_malformed: 400,
  method_not_offered: 405,
};

/** A problem document. Numbers of limits are decimal strings, as everywhere. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly category: Category | "fault";
  readonly detail: string;
  readonly remedy: string;
  /** JSON pointer into the body, or `/query/…`, `/params/…`, `/headers/…`. */
  readonly field?: string;
  /** What form that field must have, in the language of the caller. */
  readonly expected?: string;
  readonly failed?: readonly ProblemFailed[];
  readonly instance: string;
}

export interface ProblemFailed {
  readonly code: string;
  readonly detail: string;
  readonly limit?: string;
  readonly unit?: string;
  readonly used?: string;
  readonly cap?: string;
  readonly asked?: string;
  readonly clause?: string;
}

/** The guard lost its connection at commit and could not learn the outcome. Thrown to the edge. */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
  constructor() {
    super("outcome unknown");
  }
}

/** A refusal on its way out of a parser or a hook, where a value cannot be returned. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const TITLES: Readonly<Record<Category | "fault", Text>> = {
  invalid: { zh: "填写有误", en: "Needs mending" },
  unauthenticated: { zh: "没有登录", en: "Not signed in" },
  forbidden: { zh: "不允许", en: "Not allowed" },
  absent: { zh: "没有找到", en: "Not found" },
  conflicting: { zh: "与现状不符", en: "Conflicts with what is" },
  exhausted: { zh: "已到上限", en: "A limit is reached" },
  fault: { zh: "系统故障", en: "Something broke" },
};

/** Puts parameters into a sentence. One that is missing stays readable as its name. */
export function fill(sentence: string, params: Readonly<Record<string, string>> = {}): string {
  return sentence.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? (params[name] ?? whole) : whole,
  );
}

/** The status of a refusal. */
export function statusOf(refusal: Refusal): number {
  return STATUS_OF_CODE[refusal.code] ?? STATUS[refusal.category];
}

function failedOf(failed: Failed, lang: Lang): ProblemFailed {
  const entry = refusalEntry(failed.code);
  const numbers = { used: failed.used, cap: failed.cap, asked: failed.asked };
  const shown = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return {
    code: failed.code,
    detail: entry === undefined ? failed.code : fill(entry.text[lang], paramsOf(failed)),
    ...(failed.limit === undefined ? {} : { limit: failed.limit }),
    ...(failed.unit === undefined ? {} : { unit: failed.unit }),
    ...Object.fromEntries(shown.map(([name, value]) => [name, String(value)])),
    ...(failed.clause === undefined ? {} : { clause: failed.clause }),
  };
}

function paramsOf(failed: Failed): Record<string, string> {
  const params: Record<string, string> = {};
  for (const name of ["limit", "unit", "used", "cap", "asked", "clause"] as const) {
    if (failed[name] !== undefined) params[name] = String(failed[name]);
  }
  return params;
}

/** The document of a refusal. A code of no table is a bug of its part and shows as its code. */
export function problemOf(
  refusal: Refusal,
  shown: { readonly lang: Lang; readonly instance: string },
): Problem {
  const { lang, instance } = shown;
  const entry = refusalEntry(refusal.code);
  const first = refusal.failed.find((one) => one.code === refusal.code);
  const params: Readonly<Record<string, string>> = {
    ...(first ? paramsOf(first) : {}),
    ...refusal.params,
  };
  const expected = params[`form_${lang}`];
  return {
    type: `/problems/${refusal.code}`,
    title: TITLES[refusal.category][lang],
    status: statusOf(refusal),
    code: refusal.code,
    category: refusal.category,
    detail: entry === undefined ? refusal.code : fill(entry.text[lang], params),
    remedy: entry === undefined ? "" : fill(entry.remedy[lang], params),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(expected === undefined ? {} : { expected }),
    ...(refusal.failed.length === 0
      ? {}
      : { failed: refusal.failed.map((one) => failedOf(one, lang)) }),
    instance,
  };
}

/** The document of a fault: the same for every fault of a kind, whatever broke. */
export function problemOfFault(
  code: FaultCode,
  shown: { readonly lang: Lang; readonly instance: string },
): Problem {
  const { lang, instance } = shown;
  const { status, text, remedy } = FAULTS[code];
  return {
    type: `/problems/${code}`,
    title: TITLES.fault[lang],
    status,
    code,
    category: "fault",
    detail: text[lang],
    remedy: fill(remedy[lang], { instance }),
    instance,
  };
}

/** Which of the three faults an error is. */
export function faultOf(error: unknown): FaultCode {
  if (error instanceof OutcomeUnknown) return "outcome_unknown";
  if (error instanceof ConnectionLost)
    return error.atCommit ? "outcome_unknown" : "store_unavailable";
  return "fault_inside";
}
