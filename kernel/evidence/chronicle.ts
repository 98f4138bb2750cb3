/**
 * What the leaves of a log say together, read by a stranger: acts in unbroken order, each under the
 * policy in force, none of a closed class; stated totals within declared caps; customers counted.
 * It needs nothing but the log. What only the facts can show is left to the replay beside it.
 */
import type { Refusal } from "../words/index.ts";
import { type Canonical, canonicalJson, sha256Hex } from "./canonical.ts";
import { finding, type Findings } from "./findings.ts";
import { type ActRecord, type DeclaredPolicy, isAct, type OtherRecord } from "./leaves.ts";
import { readPolicy, readRecord, readTotals, type StatedTotal } from "./leaves.ts";
import type { Replay } from "./replay.ts";

/** Use of one pilot-wide limit as the log last stated it. */
export interface LastTotal {
  readonly limit: string;
  readonly period: string;
  readonly used: bigint;
  readonly cap: bigint;
}

/** What the log tells in all. */
export interface Tally {
  acts: number;
  accepted: number;
  refused: number;
  parked: number;
  policies: number;
  totals: number;
  members: number;
  /** Records of the module's own kinds. */
  others: number;
}

type Params = Readonly<Record<string, string>>;

export class Chronicle {
  readonly tally: Tally = {
    ...{ acts: 0, accepted: 0, refused: 0, parked: 0 },
    ...{ policies: 0, totals: 0, members: 0, others: 0 },
  };
  readonly lastTotals = new Map<string, LastTotal>();
  readonly #findings: Findings;
  readonly #replay: Replay | undefined;
  #seq = 0;
  #policy: DeclaredPolicy | undefined;
  #policyHash = "";
  readonly #caps = new Map<string, Set<bigint>>();
  /** The most that a stated total may show: its cap, or use that stood before the cap was lowered. */
  readonly #ceilings = new Map<string, bigint>();
  readonly #members = new Set<string>();
  /** Acts that the log says have no opening any more. */
  #erased = 0;
  /** Periods of limits that are over for good, by `limit period`. */
  readonly #dropped = new Set<string>();

  constructor(findings: Findings, replay?: Replay) {
    this.#findings = findings;
    this.#replay = replay;
  }

  /** Takes in the next leaf. */
  read(index: number, text: string): void {
    const record = readRecord(text);
    if (record === undefined) return this.#find(index, "leaf_not_understood");
    if (isAct(record)) return this.#act(index, record);
    // A record beside the acts belongs to the act before it.
    if (record.seq !== this.#seq) {
      const params = { seq: String(record.seq), expected: String(this.#seq) };
      this.#find(index, "seq_not_continuous", params);
    }
    if (record.t === "policy") this.#putPolicy(index, record);
    else if (record.t === "totals") this.#state(index, record);
    else if (record.t === "windows_dropped") this.#drop(index, record);
    else if (record.t === "erasure") this.#erase(index, record);
    else if (record.t === "member") this.#join(index, record);
    else this.tally.others += 1;
  }

  #act(index: number, act: ActRecord): void {
    const { tally } = this;
    tally.acts += 1;
    if (act.outcome === "accepted") tally.accepted += 1;
    else if (act.outcome === "parked") tally.parked += 1;
    else tally.refused += 1;
    if (act.seq !== this.#seq + 1) {
      const params = { seq: String(act.seq), expected: String(this.#seq + 1) };
      this.#find(index, "seq_not_continuous", params);
    }
    this.#seq = act.seq;
    if (act.policy !== this.#policyHash) this.#find(index, "policy_not_in_force");
    // The guard's own acts (ending a hold, putting a policy) are no business of a class.
    const closed = this.#policy?.classes[act.cls] === false && !act.command.startsWith("guard.");
    if (closed && act.outcome === "accepted") {
      this.#find(index, "closed_class_accepted", { class: act.cls });
    }
    this.#replay?.act(index, act, this.#policy);
  }

  #putPolicy(index: number, { fields }: OtherRecord): void {
    this.tally.policies += 1;
    const policy = readPolicy(fields["policy"]);
    if (policy === undefined) return this.#find(index, "leaf_not_understood");
    const hash = sha256Hex(canonicalJson(fields["policy"] as Canonical));
    if (fields["hash"] !== hash) this.#find(index, "policy_hash_wrong");
    if (policy.version <= (this.#policy?.version ?? 0)) this.#find(index, "policy_not_in_force");
    this.#policy = policy;
    this.#policyHash = hash;
    for (const { id, cap } of policy.limits.values()) {
      this.#caps.getOrInsertComputed(id, () => new Set()).add(cap);
    }
    for (const [key, ceiling] of this.#ceilings) {
      const cap = policy.limits.get(key.split(" ", 1)[0] ?? "")?.cap ?? 0n;
      if (cap > ceiling) this.#ceilings.set(key, cap);
    }
  }

  #state(index: number, { fields }: OtherRecord): void {
    this.tally.totals += 1;
    const totals = readTotals(fields["totals"]);
    if (totals === undefined) return this.#find(index, "leaf_not_understood");
    for (const total of totals) this.#judge(index, total);
  }

  /** So many acts were erased, and the act that did it keeps no opening either. */
  #erase(index: number, { fields }: OtherRecord): void {
    this.tally.others += 1;
    const { acts } = fields;
    if (typeof acts !== "string" || !/^(0|[1-9][0-9]{0,14})$/.test(acts)) {
      return this.#find(index, "leaf_not_understood");
    }
    this.#erased += Number(acts) + 1;
  }

  /** After the last leaf: the facts file may call erased what the log says was, and nothing else. */
  close(): void {
    const replay = this.#replay;
    if (replay === undefined) return;
    // What the file leaves out may have been erased too.
    const missing = this.#erased - replay.erased;
    if (missing >= 0 && missing <= replay.unopened) return;
    const params = { erased: String(replay.erased), stated: String(this.#erased) };
    this.#findings.add(finding("erased_not_as_stated", { params }));
  }

  /** The last total of each pilot-wide window that was dropped: nothing may be said of it later. */
  #drop(index: number, { fields }: OtherRecord): void {
    this.tally.totals += 1;
    const totals = readTotals(fields["pilot"]);
    if (totals === undefined) return this.#find(index, "leaf_not_understood");
    for (const total of totals) {
      this.#judge(index, total);
      this.#dropped.add(`${total.limit} ${total.period}`);
    }
  }

  #judge(index: number, total: StatedTotal): void {
    const { limit, period, used, cap } = total;
    const key = `${limit} ${period}`;
    if (this.#dropped.has(key)) this.#find(index, "total_after_drop", { limit, period });
    this.lastTotals.set(key, total);
    const caps = this.#caps.get(limit);
    const told = { limit, period, used: used.toString(), cap: cap.toString() };
    if (!caps?.has(cap)) return this.#find(index, "total_cap_not_declared", told);
    // A period not stated before may have begun under any policy so far; later it may only fall to
    // the cap in force, or rise up to it.
    const ceiling = this.#ceilings.get(key) ?? most(caps);
    const inForce = this.#policy?.limits.get(limit)?.cap ?? 0n;
    if (used > ceiling) this.#find(index, "total_above_cap", { ...told, cap: ceiling.toString() });
    this.#ceilings.set(
      key,
      used < ceiling && used > inForce ? used : used > inForce ? ceiling : inForce,
    );
    const declared = this.#policy?.limits.get(limit);
    const members = this.tally.members;
    if (declared?.measure === "customers" && used > BigInt(members)) {
      this.#find(index, "members_too_few", { ...told, members: String(members) });
    }
    this.#compareReplay(index, total);
  }

  #compareReplay(index: number, { limit, period, used }: StatedTotal): void {
    const replayed = this.#replay?.used(`limit/${limit}/pilot/${period}`);
    if (replayed === undefined || replayed === used) return;
    const told = { limit, period, used: used.toString(), replayed: replayed.toString() };
    this.#find(index, "total_not_replayed", told);
  }

  #join(index: number, { fields }: OtherRecord): void {
    const { member } = fields;
    if (typeof member !== "string" || !/^[0-9a-f]{64}$/.test(member)) {
      return this.#find(index, "leaf_not_understood");
    }
    // Half of a hash tells customers apart; a million of them shall fit into memory.
    const short = member.slice(0, 32);
    if (this.#members.has(short)) return this.#find(index, "member_twice");
    this.#members.add(short);
    this.tally.members += 1;
  }

  #find(index: number, code: Parameters<typeof finding>[0], params: Params = {}): void {
    const found: Refusal = finding(code, { params: { index: String(index), ...params } });
    this.#findings.add(found);
  }
}

function most(caps: ReadonlySet<bigint>): bigint {
  let most = 0n;
  for (const cap of caps) if (cap > most) most = cap;
  return most;
}
