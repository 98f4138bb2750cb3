/**
 * What an act leaves in the public log. The leaf names command, class, outcome and policy, and only
 * salted commitments to the rest: nothing links the acts of one customer, no amount stands here.
 */
import { canonicalJson, commit } from "../evidence/index.ts";
import type { Posting } from "../ledger/index.ts";
import { KIND_NUMBERS } from "../ledger/index.ts";
import type { Change, CommandClass, Json } from "./command.ts";
import type { Policy } from "./policy.ts";

export interface ActLeaf {
  readonly seq: bigint;
  readonly command: string;
  readonly cls: CommandClass;
  readonly outcome: string;
  readonly policyHash: string;
  readonly salts: Uint8Array;
  readonly facts: string;
  readonly postings: string;
  readonly change: string;
}

/** Bytes of salt for one act: sixteen each for facts, postings and change. */
export const SALTS_BYTES = 48;

/** The act's leaf. Written by hand in canonical order: every value is plain ASCII. */
export function actLeaf(act: ActLeaf): string {
  const part = (n: number) => act.salts.subarray(n * 16, n * 16 + 16);
  return (
    `{"change":"${commit(part(2), act.change)}","class":"${act.cls}","command":"${act.command}",` +
    `"facts":"${commit(part(0), act.facts)}","outcome":"${act.outcome}",` +
    `"policy":"${act.policyHash}","postings":"${commit(part(1), act.postings)}",` +
    `"seq":"${act.seq}","t":"act"}`
  );
}

/** The bytes behind the commitment to postings: account, kind and amount of each, in order. */
export function postingsText(postings: readonly Posting[]): string {
  const items = postings.map(
    ({ account, kind, amount }) =>
      `[${JSON.stringify(account.key)},${KIND_NUMBERS[kind]},"${amount}"]`,
  );
  return `[${items.join(",")}]`;
}

/** The bytes behind the commitments to facts and to the change of state. */
export function factsText(content: unknown, facts: unknown): string {
  return JSON.stringify({ content, facts: facts ?? null }, plain);
}

export function changeText(changes: readonly Change[]): string {
  return JSON.stringify(
    changes.map((made) => [made.effect.statement.name, made.row]),
    plain,
  );
}

function plain(this: unknown, name: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  const own = (this as Record<string, unknown>)[name];
  return own instanceof Uint8Array ? Buffer.from(own).toString("hex") : value;
}

/** States use-after of pilot-wide limits up to and including `seq`. */
export interface Total {
  readonly limit: string;
  readonly period: string;
  readonly used: bigint;
  readonly cap: bigint;
}

export function totalsLeaf(seq: bigint, totals: readonly Total[]): string {
  return canonicalJson({
    t: "totals",
    seq: seq.toString(),
    totals: totals.map((total) => ({
      limit: total.limit,
      period: total.period,
      used: total.used.toString(),
      cap: total.cap.toString(),
    })),
  });
}

export function memberLeaf(seq: bigint, member: string): string {
  return canonicalJson({ t: "member", seq: seq.toString(), member });
}

export function policyLeaf(policy: Policy, hash: string): Json {
  return { t: "policy", hash, policy: policy as unknown as Json };
}

/** A decision's own public leaf, marked with the act it belongs to. */
export function extraLeaf(seq: bigint, leaf: Json): string {
  return canonicalJson({ ...(leaf as Record<string, Json>), seq: seq.toString() });
}
