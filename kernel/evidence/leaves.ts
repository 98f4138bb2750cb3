/**
 * The records that leaves carry, read back by a stranger: what the guard wrote, and no more than
 * the log itself says. A text that is not canonical is no record.
 */
import { isRefusal } from "../words/index.ts";
import { type Canonical, parseCanonical } from "./canonical.ts";

export interface ActRecord {
  readonly t: "act";
  readonly seq: number;
  readonly command: string;
  readonly cls: string;
  /** `accepted`, `parked` or the code of the refusal. */
  readonly outcome: string;
  /** Hash of the policy in force, hex; empty before the first. */
  readonly policy: string;
  readonly facts: string;
  readonly postings: string;
  readonly change: string;
}

/** Any other record: its type, its number and all that it says. */
export interface OtherRecord {
  readonly t: string;
  readonly seq: number;
  readonly fields: { readonly [name: string]: Canonical | undefined };
}

const HEX = "([0-9a-f]{64})";
const ACT = new RegExp(
  `^\\{"change":"${HEX}","class":"(OPEN|USE|SERVICE)","command":"([a-z0-9_.]{1,120})",` +
    `"facts":"${HEX}","outcome":"([a-z0-9_]{1,120})","policy":"(${HEX}?)",` +
    `"postings":"${HEX}","seq":"([1-9][0-9]{0,14})","t":"act"\\}$`,
);
const COUNT = /^(0|[1-9][0-9]{0,14})$/;

/** Reads a leaf's text; undefined where it is no record. Acts are matched whole: they are many. */
export function readRecord(text: string): ActRecord | OtherRecord | undefined {
  const act = ACT.exec(text) as (string[] & RegExpExecArray) | null;
  if (act) {
    const [, change, cls, command, facts, outcome, policy, , postings, seq] = act;
    return {
      t: "act",
      seq: Number(seq),
      command,
      cls,
      outcome,
      policy,
      facts,
      postings,
      change,
    } as ActRecord;
  }
  const read = parseCanonical(text);
  if (isRefusal(read) || typeof read !== "object" || read === null || Array.isArray(read)) {
    return undefined;
  }
  const fields = read as OtherRecord["fields"];
  const { t, seq } = fields;
  if (typeof t !== "string" || t === "act" || typeof seq !== "string" || !COUNT.test(seq)) {
    return undefined;
  }
  return { t, seq: Number(seq), fields };
}

export function isAct(record: ActRecord | OtherRecord): record is ActRecord {
  return record.t === "act";
}

/** What a policy says that a stranger can check. */
export interface DeclaredLimit {
  readonly id: string;
  readonly measure: string;
  readonly scope: string;
  readonly window: string;
  readonly cap: bigint;
  /** The clause that sets it, with the directive that lowered it. */
  readonly clause: string;
}

export interface DeclaredPolicy {
  readonly version: number;
  readonly classes: Readonly<Record<string, boolean>>;
  readonly limits: ReadonlyMap<string, DeclaredLimit>;
}

/** Reads the policy of a `policy` record; undefined where it is none. */
export function readPolicy(value: Canonical | undefined): DeclaredPolicy | undefined {
  if (!isObject(value)) return undefined;
  const { version, classes, limits } = value;
  if (typeof version !== "number" || !isObject(classes) || !Array.isArray(limits)) return undefined;
  const declared = new Map<string, DeclaredLimit>();
  for (const limit of limits) {
    if (!isObject(limit)) return undefined;
    const { id, measure, scope, window, cap, clause } = limit as Record<string, unknown>;
    if (typeof id !== "string" || typeof cap !== "string" || !/^\d{1,19}$/.test(cap))
      return undefined;
    const words = { measure: String(measure), scope: String(scope), window: String(window) };
    declared.set(id, { id, ...words, cap: BigInt(cap), clause: String(clause) });
  }
  return { version, classes: classes as Record<string, boolean>, limits: declared };
}

/** One line of a `totals` record. */
export interface StatedTotal {
  readonly limit: string;
  readonly period: string;
  readonly used: bigint;
  readonly cap: bigint;
}

/** Reads the lines of a `totals` record; undefined where one is malformed. */
export function readTotals(value: Canonical | undefined): StatedTotal[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const totals: StatedTotal[] = [];
  for (const one of value as readonly Canonical[]) {
    if (!isObject(one)) return undefined;
    const { limit, period, used, cap } = one;
    const named = typeof limit === "string" && typeof period === "string";
    if (!named || !isAmount(used) || !isAmount(cap)) return undefined;
    totals.push({ limit, period, used: BigInt(used), cap: BigInt(cap) });
  }
  return totals;
}

function isAmount(value: Canonical | undefined): value is string {
  return typeof value === "string" && /^(0|[1-9][0-9]{0,18})$/.test(value);
}

function isObject(
  value: Canonical | undefined,
): value is { readonly [name: string]: Canonical | undefined } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
