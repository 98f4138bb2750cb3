/**
 * What the sandbox needs of others, in its own words. apps/server joins them. A port here never
 * shares a transaction with us: each is a message or a reading, and may be late or fail.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { CommandClass, Guard, Outcome, Policy } from "@sandbank/kernel/guard";
import type { Store } from "@sandbank/kernel/store";
import type { Lang, Text } from "@sandbank/kernel/words";

/**
 * Carries a policy to every partition of its pilot as the barrier `guard.put_policy`, and answers
 * with the partitions that obey it now and the instant of the commit there. Idempotent by pilot and
 * version; a partition that did not answer is left out; one that holds a later version is left out.
 */
export interface PolicyCarrier {
  apply(
    pilot: string,
    policy: Policy,
  ): Promise<readonly { readonly partition: number; readonly at: Instant }[]>;
}

/** What a pilot-wide limit has used by now, in fen or a count, and the period it speaks of. */
export interface LimitUse {
  readonly limit: string;
  readonly used: bigint;
  /** `2026-11-24`, `2026-11`, `2026`, or `all` for a limit without a window. */
  readonly period: string;
}

/**
 * Reads the balances of a pilot's pilot-wide limits over all its partitions, as of a business
 * instant. Limits of one customer, merchant or the like, and singles, are left out.
 */
export interface LimitsReader {
  read(
    pilot: string,
    policy: Policy,
  ): Promise<{ readonly at: Instant; readonly uses: readonly LimitUse[] }>;
}

/** A parked decision that waits for another person. */
export interface WaitingTask {
  readonly id: string;
  readonly command: string;
  readonly content: unknown;
  /** Id of the person who proposed it. */
  readonly proposedBy: string;
  readonly at: Instant;
  readonly expires: Instant;
  readonly state: "open" | "approved" | "rejected";
}

/**
 * The guard's parked tasks, narrowed to a principal: what he may approve and what his organisation
 * proposed. Approving and rejecting are the guard's own commands.
 */
export interface TaskDesk {
  waiting(principal: Principal): Promise<readonly WaitingTask[]>;
  approve(asked: TaskDecision): Promise<Outcome>;
  reject(asked: TaskDecision): Promise<Outcome>;
}

export interface TaskDecision {
  readonly task: string;
  readonly principal: Principal;
  /** The command id of this approval or rejection. */
  readonly id: string;
  readonly reason?: string;
}

/** One act as the journal keeps it: codes and references, nothing personal. */
export interface JournalEntry {
  readonly partition: number;
  readonly seq: bigint;
  readonly at: Instant;
  readonly command: string;
  readonly class: CommandClass;
  readonly outcome: string;
  readonly policyVersion: number;
  /** Id of the act. */
  readonly act: string;
}

/** Reads the journal of one partition backwards from `before` (not included), at most `most`. */
export interface JournalReader {
  page(asked: {
    readonly partition: number;
    readonly before: bigint | undefined;
    readonly most: number;
  }): Promise<readonly JournalEntry[]>;
}

/**
 * Where pilots live that run by permits, and what time it is there. A pilot with a module of its own
 * asks its module, not for permits, and is unknown here.
 */
export interface PermitPlaces {
  partitionOf(pilot: string): number | undefined;
  /** Business time, for showing whether a permit is over. */
  now(): Promise<Instant>;
}

/** How a compensation pool stands against what the terms require, at one instant. */
export interface Adequacy {
  readonly at: Instant;
  /** What the pool may still spend, in fen. */
  readonly free: bigint;
  readonly required: bigint;
  /** True if free is at least what is required: the gate on OPEN, and on arming. */
  readonly adequate: boolean;
  /** Clause of the terms, and their version. */
  readonly clause: string;
  readonly version: number;
}

/**
 * Reads how a pilot's pool stands; undefined for a pilot without compensation terms. The sandbox
 * answers it; whoever compiles policies asks it and closes OPEN where the pool is not adequate.
 */
export interface CompensationReader {
  read(pilot: string): Promise<Adequacy | undefined>;
}

/** What an indicator read over one window that is over: a whole number in the indicator's own unit. */
export interface IndicatorReading {
  readonly value: bigint;
  readonly from: Instant;
  readonly to: Instant;
}

/** Reads what indicators were, for the triggers of a pilot's terms. */
export interface IndicatorReader {
  /**
   * The latest windows that are over, newest first, at most `windows`, each once and without a gap.
   * Fewer where there have not been so many; none for an indicator that nobody computes.
   */
  latest(pilot: string, indicator: string, windows: number): Promise<readonly IndicatorReading[]>;
}

/** One figure measured over a whole test, with what it was made of. */
export interface MeasuredFigure {
  /** As thresholds name it, such as `success_rate_bp`. */
  readonly name: string;
  /** `I1` to `I32`, whose formula it is. */
  readonly indicator: string;
  readonly formula: Text;
  readonly unit:
    | ("ppm" | "thousandth" | "count" | "microsecond" | "second" | "day" | "index" | "grade")
    | "fen";
  /** Null where there was nothing to measure. */
  readonly value: bigint | null;
  /** Numerator and denominator, where the value is made of two. */
  readonly sums: bigint | null;
  readonly over: bigint | null;
}

/** Figures of a pilot over the whole days of its test that are behind it. */
export interface Measured {
  readonly from: Instant;
  readonly to: Instant;
  /** True if every act of that time is counted. */
  readonly complete: boolean;
  /** One for each name that somebody computes, in the order asked for. */
  readonly figures: readonly MeasuredFigure[];
  /** Declared targets and what is reached by now; undefined where nothing counts it. */
  readonly targets: readonly {
    readonly id: string;
    readonly label: Text;
    readonly target: bigint;
    readonly actual: bigint | undefined;
  }[];
}

/**
 * Whole days that figures are asked for, in business time, and the days of machine time for what is
 * about the machine: probes and requests know no other.
 */
export interface MeasuredDays {
  readonly from: Instant;
  readonly to: Instant;
  readonly machineFrom: Instant;
  readonly machineTo: Instant;
}

/** Measures what graduation thresholds ask for, from counters of the journal and other records. */
export interface MeasureReader {
  /**
   * Over the whole days of a test that are behind it, or over those that are asked for. Undefined for
   * a pilot that is unknown or was never tested, and where no such day is over.
   */
  over(pilot: string, names: readonly string[], days?: MeasuredDays): Promise<Measured | undefined>;
}

/** What has to stand beside a declaration before its test may be made ready. */
export const ARMING_GATES = ["funded_pool", "fresh_heartbeat"] as const;
export type ArmingGate = (typeof ARMING_GATES)[number];

/**
 * Reads which gates a pilot does not meet yet: its compensation pool adequate to its terms, and its
 * monitoring heard within `silentSeconds` where the terms of admission ask for a heartbeat. The user
 * statement is no gate: the act that arms publishes it in the same commit.
 */
export interface ArmingGates {
  unmet(pilot: string, silentSeconds: number | undefined): Promise<readonly ArmingGate[]>;
}

/** Where the acts of all partitions stand, and slices of their order: what figures are made of. */
export interface ActsReader {
  /** Business time now. */
  now(): Promise<Instant>;
  /** The place of the last act of each partition. */
  heads(): Promise<readonly { readonly partition: number; readonly seq: bigint }[]>;
  /**
   * Acts from `first` to `last`, newest first, at most `most`: of one outcome, refusals of any kind
   * (`refused`), or those that one limit or check said no to, where that is asked.
   */
  slice(asked: {
    readonly partition: number;
    readonly first: bigint;
    readonly last: bigint;
    readonly outcome?: string;
    readonly rule?: string;
    readonly most: number;
  }): Promise<readonly JournalEntry[]>;
}

/** One thing that the module of a pilot has not brought to an end. */
export interface Duty {
  /** The step of the exit that brings it about, by the name that the plan gives it. */
  readonly step: string;
  /** What it is, in the module's words, such as `tokens_live`. */
  readonly of: string;
  readonly unit: "fen" | "count";
  readonly amount: bigint;
  readonly side: "in_flight" | "to_do";
  /** When it ends by its own terms (RFC 3339); null where it ends only by being done. */
  readonly ends: string | null;
}

/** What is still counted of a pilot, over all its partitions: by the ledger, and by its own module. */
export interface LedgerReading {
  /** Limits without a window, each with what stands on it for everybody together. */
  readonly stocks: readonly {
    readonly limit: string;
    readonly unit: "fen" | "count";
    readonly amount: bigint;
  }[];
  /** Open holds, such as authorisations, and when the last of them ends by itself (RFC 3339). */
  readonly holds: { readonly count: bigint; readonly last: string | null };
  /** Absent for a pilot that runs by permits and has no module of its own. */
  readonly duties?: readonly Duty[];
}

/** Reads what a pilot still has open. `stocks` are the limits that it asks for. */
export interface ObligationReader {
  read(
    pilot: string,
    stocks: readonly { readonly limit: string; readonly unit: "fen" | "count" }[],
  ): Promise<LedgerReading>;
}

/** A log as its files stand in a folder: static, whole up to its checkpoint. */
export interface LogFolder {
  readonly partition: number;
  readonly origin: string;
  readonly folder: string;
}

/** Where archives are written, and what of the pilot's evidence goes into them. */
export interface ArchivePlaces {
  /** The folder of a pilot's archives. */
  folder(pilot: string): string;
  logs(pilot: string): readonly LogFolder[];
  /** Lines of the facts file of a partition, in the order of the acts. */
  facts(partition: number): AsyncIterable<string>;
}

/** What the commands of the end of a pilot need: they are made with it, before the guard starts. */
export interface EndingPorts {
  readonly store: Store;
  readonly obligations: ObligationReader;
  readonly measures: MeasureReader;
  operatorOf(pilot: string): string | undefined;
}

/** How somebody is reached outside. */
export type ContactKind = "mail" | "sms";

/** A notice as it leaves the house. */
export interface Notice {
  readonly kind: ContactKind;
  readonly to: string;
  /** The same at every try. */
  readonly id: string;
  readonly lang: Lang;
  /** Only a mail has one. */
  readonly subject?: string;
  readonly text: string;
}

/** Sends notices outside, and knows who may still get them. */
export interface PostOffice {
  /** What it sends to. */
  readonly kinds: readonly ContactKind[];
  /** True where everything is said to be a demonstration. */
  readonly demo: boolean;
  /**
   * `refused` where sending it again is of no use. Throws where it may be, with a sentence that
   * names no address.
   */
  send(notice: Notice, signal: AbortSignal): Promise<"taken" | "refused">;
  /** The roles that a person has now: none for somebody who left. */
  rolesOf(person: { readonly id: string; readonly organisation: string }): Promise<readonly Role[]>;
  /** Where people read their inbox. */
  inbox(lang: Lang): string;
  /** Where people prove their addresses. */
  contacts(lang: Lang): string;
  /** 32 bytes that stand outside the database: codes that prove addresses follow from them. */
  readonly codeKey: Uint8Array;
}

export interface SandboxPorts {
  /** Logs in as `sandbank_sandbox`. */
  readonly store: Store;
  readonly guard: Guard;
  readonly carrier: PolicyCarrier;
  readonly limits: LimitsReader;
  readonly tasks: TaskDesk;
  readonly journal: JournalReader;
  readonly acts: ActsReader;
  readonly permits: PermitPlaces;
  readonly indicators: IndicatorReader;
  readonly obligations: ObligationReader;
  readonly archives: ArchivePlaces;
  /** Absent where nothing is sent outside. */
  readonly post?: PostOffice | undefined;
  /**
   * The organisation that runs a pilot here and answers complaints about it; undefined for a pilot
   * that nobody runs here.
   */
  operatorOf(pilot: string): string | undefined;
}

/** The sandbox's own partition: decisions about pilots commit here, not held to any policy. */
export const SANDBOX_PARTITION = 0;
