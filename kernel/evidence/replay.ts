/**
 * The facts file of an auditor, opened against the log: each line gives salt and bytes behind the
 * commitments of one act. The postings are replayed on every limit account, so that no act can have
 * taken one above the cap in force, given back what was never taken, or counted beside the limit's own
 * accounts. It believes the log, never the file.
 */
import { commit } from "./commitment.ts";
import { finding, type Findings } from "./findings.ts";
import type { ActRecord, DeclaredLimit, DeclaredPolicy } from "./leaves.ts";

/** Salt and bytes behind one commitment, as the facts file has them. */
export interface OpenedPart {
  /** 16 bytes, hex. */
  readonly salt: string;
  /** What was committed, as text. */
  readonly bytes: string;
}

const PARTS = [
  ["facts", "事实", "facts"],
  ["postings", "记账", "postings"],
  ["change", "变更", "changes"],
] as const;

/** What opens one act: for the one who writes a facts file. Of an erased act there are no salts. */
export interface ActOpening {
  readonly seq: bigint | number;
  /** Three salts of 16 bytes: facts, postings, change. */
  readonly salts: Uint8Array | null;
  readonly facts: string | null;
  readonly postings: string;
  readonly change: string | null;
}

/**
 * One line of a facts file, without its newline. An erased act says that it was, and what it moved of
 * pilot-wide limits: nothing proves that line alone, but the totals that the log states must add up.
 */
export function factsLine(opening: ActOpening): string {
  const seq = opening.seq.toString();
  const { facts, change } = opening;
  if (opening.salts === null || facts === null || change === null) {
    return JSON.stringify({ seq, erased: true, pilot: opening.postings });
  }
  const salts = Buffer.from(opening.salts).toString("hex");
  const part = (at: number, bytes: string): OpenedPart => ({
    salt: salts.slice(at * 32, at * 32 + 32),
    bytes,
  });
  return JSON.stringify({
    seq,
    facts: part(0, facts),
    postings: part(1, opening.postings),
    change: part(2, change),
  });
}

interface OpenedLine {
  readonly seq: number;
  readonly facts: OpenedPart;
  readonly postings: OpenedPart;
  readonly change: OpenedPart;
}

interface ErasedLine {
  readonly seq: number;
  readonly erased: true;
  readonly pilot: string;
}

type FactsLine = OpenedLine | ErasedLine;

/** Kinds of postings as history numbers them, and how each moves what is used of a limit. */
const MOVES: Readonly<Record<number, bigint>> = { 1: 1n, 2: -1n, 3: 1n, 4: 0n };

export class Replay {
  readonly #lines: Iterator<string>;
  readonly #findings: Findings;
  readonly #used = new Map<string, bigint>();
  #next: FactsLine | undefined;
  #line = 0;
  #last = 0;
  /** Acts that the file opened, acts it had no line for, and acts it says were erased. */
  opened = 0;
  unopened = 0;
  erased = 0;

  constructor(lines: Iterable<string>, findings: Findings) {
    this.#lines = lines[Symbol.iterator]();
    this.#findings = findings;
    this.#advance();
  }

  /** Opens an act and replays its postings under the policy that the log says was in force. */
  act(index: number, act: ActRecord, policy: DeclaredPolicy | undefined): void {
    while (this.#next !== undefined && this.#next.seq < act.seq) this.#advance();
    const line = this.#next;
    if (line === undefined || line.seq !== act.seq) {
      this.unopened += 1;
      return;
    }
    this.#advance();
    const at = { index: String(index), seq: String(act.seq) };
    if ("erased" in line) {
      this.erased += 1;
      return this.#post(at, { act, policy, text: line.pilot });
    }
    for (const [part, part_zh, part_en] of PARTS) {
      const { salt, bytes } = line[part];
      if (commit(Buffer.from(salt, "hex"), bytes) === act[part]) continue;
      this.#findings.add(finding("commitment_not_opened", { params: { ...at, part_zh, part_en } }));
      this.unopened += 1;
      return;
    }
    this.opened += 1;
    this.#post(at, { act, policy, text: line.postings.bytes });
  }

  /** What is used of a limit's account after the acts so far; undefined while acts are unopened. */
  used(account: string): bigint | undefined {
    return this.unopened > 0 ? undefined : (this.#used.get(account) ?? 0n);
  }

  #post(
    at: Readonly<Record<"index" | "seq", string>>,
    posted: {
      readonly act: ActRecord;
      readonly policy: DeclaredPolicy | undefined;
      readonly text: string;
    },
  ): void {
    const { act, policy, text } = posted;
    const moved = readPostings(text);
    if (moved === undefined) {
      const params = { ...at, part_zh: PARTS[1][1], part_en: PARTS[1][2] };
      return this.#findings.add(finding("commitment_not_opened", { params }));
    }
    if (moved.size > 0 && act.outcome !== "accepted") {
      this.#findings.add(finding("refused_act_posted", { params: at }));
    }
    for (const [account, by] of moved) {
      const used = (this.#used.get(account) ?? 0n) + by;
      this.#used.set(account, used);
      const limit = policy?.limits.get(account.split("/", 2)[1] ?? "");
      this.#judge(at, { account, by, used, limit });
    }
  }

  /** What is wrong with an account of a limit after an act, if anything is. */
  #judge(
    at: Readonly<Record<"index" | "seq", string>>,
    moved: {
      readonly account: string;
      readonly by: bigint;
      readonly used: bigint;
      readonly limit: DeclaredLimit | undefined;
    },
  ): void {
    const { account, by, used, limit } = moved;
    const params = { ...at, account, used: used.toString() };
    if (used < 0n && this.#knowsAll(account)) {
      return this.#findings.add(finding("limit_below_nothing", { params }));
    }
    // A cap that was lowered below its use undoes nothing; only a rise above it is a breach.
    if (limit === undefined || by <= 0n) return;
    const cited = { ...params, clause: limit.clause, cap: limit.cap.toString() };
    if (!isAccountOf(limit, account)) {
      this.#findings.add(finding("use_beside_limit", { params: cited }));
    }
    if (used > limit.cap) this.#findings.add(finding("act_exceeded_cap", { params: cited }));
  }

  /** Of an erased act only its part in the pilot's own limits is left, of an unopened one nothing. */
  #knowsAll(account: string): boolean {
    if (this.unopened > 0) return false;
    return this.erased === 0 || account.split("/", 3)[2] === "pilot";
  }

  #advance(): void {
    const { value, done } = this.#lines.next();
    if (done) {
      this.#next = undefined;
      return;
    }
    this.#line += 1;
    const line = readLine(value);
    if (line === undefined || line.seq <= this.#last) {
      const params = { line: String(this.#line) };
      this.#findings.add(finding("facts_not_understood", { params }));
      this.#next = undefined;
      return;
    }
    this.#last = line.seq;
    this.#next = line;
  }
}

/** Forms of a period, by the window of a limit. */
const PERIODS: Readonly<Record<string, RegExp>> = {
  none: /^all$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  month: /^\d{4}-\d{2}$/,
  year: /^\d{4}$/,
};

/** True if an account, `limit/<id>/<whose>/<period>`, is one that this limit counts on. */
function isAccountOf({ id, scope, window }: DeclaredLimit, account: string): boolean {
  const head = `limit/${id}/`;
  const cut = account.lastIndexOf("/");
  const whose = account.slice(head.length, cut);
  const isOwners = scope === "pilot" ? whose === "pilot" : whose !== "";
  return isOwners && (PERIODS[window]?.test(account.slice(cut + 1)) ?? false);
}

function readLine(text: string): FactsLine | undefined {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (typeof line !== "object" || line === null) return undefined;
  const { seq } = line;
  if (typeof seq !== "string" || !/^[1-9][0-9]{0,14}$/.test(seq)) return undefined;
  const { erased, pilot } = line;
  if (erased === true && typeof pilot === "string") return { seq: Number(seq), erased, pilot };
  if (!PARTS.every(([part]) => isOpened(line[part]))) return undefined;
  return { ...(line as unknown as OpenedLine), seq: Number(seq) };
}

function isOpened(value: unknown): value is OpenedPart {
  if (typeof value !== "object" || value === null) return false;
  const { salt, bytes } = value as Record<string, unknown>;
  return typeof salt === "string" && /^[0-9a-f]{32}$/.test(salt) && typeof bytes === "string";
}

/** Net movement of each limit account; undefined where the text is no list of postings. */
function readPostings(text: string): ReadonlyMap<string, bigint> | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  const moved = new Map<string, bigint>();
  for (const one of list as readonly unknown[]) {
    const [key, kind, amount] = Array.isArray(one) ? (one as unknown[]) : [];
    const sign = MOVES[Number(kind)];
    if (typeof key !== "string" || sign === undefined || typeof amount !== "string")
      return undefined;
    if (!/^-?\d{1,19}$/.test(amount)) return undefined;
    if (key.startsWith("limit/")) moved.set(key, (moved.get(key) ?? 0n) + sign * BigInt(amount));
  }
  return moved;
}
