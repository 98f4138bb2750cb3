/**
 * What the public site needs to know, in its own words. Whoever has the facts (the sandbox module, a
 * fixture) implements `DisclosureReader`; nothing here can write, and nothing here is private: what
 * a reader returns is published as it is, as a page and as JSON.
 */
import type { CalendarDate, Instant } from "@sandbank/kernel/clock";
import type { CommandClass, LimitRule, Phase } from "@sandbank/kernel/guard";
import type { Text } from "@sandbank/kernel/words";
import type { Compensation } from "@sandbank/sandbox/contract";
import type { ComplaintPage } from "./complaint.ports.ts";
import type { Unit, IndicatorUnit, SOURCE_WORDS, StandingName } from "@sandbank/ui";
import type {
  CATEGORIES,
  DIMENSIONS,
  CONDITION_STATES,
  FINDING_STATES,
  INCIDENT_STATES,
  WATCH_STATES,
} from "./seen.words.ts";
import type { Exit } from "./exit.ports.ts";
import type { ConsultationReader } from "./hearing.ports.ts";
import type { RegimeColumn } from "./regime.ports.ts";

export interface DisclosureReader {
  setting(): Promise<Setting>;
  /** In the order of the register. */
  pilots(): Promise<readonly PilotSummary[]>;
  pilot(slug: string): Promise<PilotDetail | undefined>;
  /** Newest first, at most `count`, after leaving out `skip`. */
  notices(range: { readonly skip: number; readonly count: number }): Promise<NoticePage>;
  /** Undefined for an unknown pilot, and before its log has a first checkpoint. */
  evidence(slug: string): Promise<Evidence | undefined>;
  /** Complaints about a pilot in numbers, with their rows; undefined for an unknown pilot. */
  complaints(slug: string): Promise<ComplaintPage | undefined>;
  /** How its compensation pool stands; undefined for a pilot without one. */
  compensation(slug: string): Promise<Compensation | undefined>;
  /** How it leaves, or left; undefined for a pilot that is unknown or has not begun to. */
  exit(slug: string): Promise<Exit | undefined>;
  /** Declarations, consultations and history. */
  readonly hearings: ConsultationReader;
  /** Templates of regimes, the one in use first. */
  regimes(): Promise<readonly RegimeColumn[]>;
}

/** Whether figures are made for a demonstration, and the business time that they belong to. */
export interface Setting {
  readonly mode: "demo" | "live";
  readonly now: Instant;
}

export interface PilotSummary {
  /** Part of the address: lower-case letters, digits and dashes, such as "payment-tokens". */
  readonly slug: string;
  readonly name: Text;
  /** One sentence: what it does, for whom. */
  readonly purpose: Text;
  /** Who declared it. In a demonstration these are the institutions that the source reports. */
  readonly declaredBy: readonly Text[];
  /** In a demonstration: the fictional institution whose figures these are. */
  readonly runBy?: Text;
  readonly phase: Phase;
  /** Classes that a directive has closed now. */
  readonly closed: readonly CommandClass[];
  /** The scale item that the register shows. */
  readonly mainScale?: ScaleLine;
}

export interface PilotDetail extends PilotSummary {
  /** Registration number, once registered. */
  readonly number?: string;
  /** Days on which the steps began, as far as they have. */
  readonly since: {
    readonly consultation?: CalendarDate;
    readonly registered?: CalendarDate;
    readonly testing?: CalendarDate;
    readonly evaluation?: CalendarDate;
    readonly ended?: CalendarDate;
  };
  /** Test period; `to` is the first day after it. */
  readonly period?: { readonly from: CalendarDate; readonly to: CalendarDate };
  readonly scales: readonly ScaleLine[];
  readonly compensation: readonly Statement[];
  readonly exit: readonly Statement[];
  readonly limits: readonly LimitLine[];
  readonly directives: readonly DirectiveLine[];
  readonly graduation: readonly Condition[];
  readonly declaration?: Declaration;
  /** The newest of this pilot's notices, newest first. */
  readonly notices: readonly Notice[];
  /** Indicators of today; absent for a pilot that does not run. */
  readonly indicators?: IndicatorBoard;
  /** What went wrong, latest first; absent for a pilot that does not run. */
  readonly incidents?: readonly IncidentLine[];
  /** The watch after its graduation; absent for a pilot that never graduated. */
  readonly watch?: WatchLine;
}

/** A watch period: each comparing of the thresholds of graduation, and what two people ruled. */
export interface WatchLine {
  readonly state: keyof typeof WATCH_STATES;
  /** Its first and its last day. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** How long it was to last at first, and who says so. */
  readonly days: number;
  readonly daysFrom: "terms" | "design";
  readonly checks: readonly {
    readonly number: number;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
    /** How many thresholds were compared, and which of them were missed. */
    readonly of: number;
    readonly missed: readonly Text[];
  }[];
  readonly findings: readonly {
    readonly number: number;
    readonly kind: "thresholds" | "silence" | "condition";
    readonly state: keyof typeof FINDING_STATES;
    readonly at: Instant;
    readonly check?: number;
    /** Why it was ruled as it was, and on which conditions. */
    readonly reason?: Text;
    readonly conditions?: readonly {
      readonly text: Text;
      readonly by: string;
      /** How it was judged; absent where people look after it. */
      readonly state?: keyof typeof CONDITION_STATES;
    }[];
  }[];
}

/** Indicators that are public, as they stand today. */
export interface IndicatorBoard {
  /** Up to when acts are counted; absent before the first. */
  readonly asOf?: Instant;
  /** Acts that are still to be counted. */
  readonly behind: bigint;
  readonly lines: readonly IndicatorLine[];
}

export interface IndicatorLine {
  /** "I11". */
  readonly id: string;
  /** What it is about; `grade` is the worst of all others, its first figure named by what decides. */
  readonly dimension: keyof typeof DIMENSIONS | "grade";
  readonly name: Text;
  readonly source: keyof typeof SOURCE_WORDS;
  readonly standing: StandingName;
  readonly figures: readonly {
    readonly label: Text;
    /** Absent where there was nothing to measure, or no source yet. */
    readonly value?: bigint;
    readonly unit: IndicatorUnit;
    readonly standing: StandingName;
    /** From which value on it is near, and past, what is good; absent where none is set. */
    readonly threshold?: {
      readonly bad: "low" | "high";
      readonly watch: string;
      readonly act: string;
    };
  }[];
}

/** An incident, from the moment its severity is stated. */
export interface IncidentLine {
  readonly number: number;
  readonly state: keyof typeof INCIDENT_STATES;
  readonly category: keyof typeof CATEGORIES;
  /** 1 is the gravest. */
  readonly severity: number;
  readonly detectedAt: Instant;
  readonly resolvedAt?: Instant;
  readonly affectedActs?: bigint;
  /** Once it is closed. */
  readonly summary?: Text;
}

/** Where a text or a target comes from: the report of 2020, or this installation's declaration. */
export type Origin = "reported" | "declared";

export interface Statement {
  readonly text: Text;
  readonly origin: Origin;
}

/** How a target was put: reach, at least, more than, about, upwards of, or an ambition. */
export type Relation = "reach" | "at_least" | "more_than" | "about" | "upwards_of" | "ambition";

export interface ScaleLine {
  /** Unique within the pilot: lower-case letters, digits and dashes. */
  readonly id: string;
  readonly label: Text;
  readonly unit: Unit;
  readonly target?: {
    readonly value: bigint;
    readonly relation: Relation;
    readonly by?: CalendarDate | undefined;
    readonly origin: Origin;
  };
  readonly cap?: { readonly value: bigint; readonly clause: string };
  readonly actual?: {
    readonly value: bigint;
    readonly asOf: Instant;
    readonly source: FigureSource;
  };
}

/** What a figure was computed from. No figure is typed in. */
export type FigureSource = "journal" | "ledger" | "prober" | "requests";

/** A limit of the policy in force; `used` only for limits of the whole pilot. */
export interface LimitLine extends Pick<
  LimitRule,
  "id" | "measure" | "scope" | "window" | "clause"
> {
  /** Its name in the declaration; without one it is named after what it measures. */
  readonly label?: Text;
  readonly cap: bigint;
  readonly used?: bigint;
}

export interface DirectiveLine {
  readonly number: string;
  readonly closes: readonly CommandClass[];
  /** Caps that it lowers, each with what it is from now on. */
  readonly lowers?: readonly (Pick<LimitRule, "measure"> & {
    readonly label: Text;
    readonly cap: bigint;
  })[];
  readonly reason: Text;
  readonly issuedAt: Instant;
  /** When every part had taken it up; absent while some have not. */
  readonly effectiveAt?: Instant;
}

/** A condition of graduation, declared at entry. Values carry their unit or are parts per million. */
export interface Condition {
  readonly label: Text;
  readonly relation: "at_least" | "at_most";
  readonly unit: Unit | "ppm";
  readonly required: bigint;
  /** Absent while it cannot be computed yet. */
  readonly current?: bigint;
  readonly met: boolean;
}

export interface Declaration {
  readonly version: number;
  /** SHA-256 of the canonical form, in hexadecimal. */
  readonly hash: string;
  readonly publishedOn: CalendarDate;
  readonly clauses: readonly Clause[];
}

export interface Clause {
  /** "1.7", "5.3". */
  readonly number: string;
  readonly title: Text;
  readonly text: Text;
  /** Absent where the text says that the source is silent. */
  readonly origin?: Origin;
}

export type NoticeKind = "phase" | "directive" | "lifted" | "policy" | "declaration";

export interface Notice {
  readonly number: string;
  readonly kind: NoticeKind;
  readonly pilot: { readonly slug: string; readonly name: Text };
  readonly at: Instant;
  readonly text: Text;
}

export interface NoticePage {
  readonly notices: readonly Notice[];
  readonly total: number;
}

/** The state of a pilot's log, and one receipt that a stranger can check. */
export interface Evidence {
  /** First line of the checkpoint. */
  readonly origin: string;
  /** Address under which checkpoint and tiles are served; what the command line is given. */
  readonly url: string;
  /** Records written, of which the signed checkpoint covers `size`. */
  readonly recordedSize: bigint;
  readonly size: bigint;
  /** Base64, as in the checkpoint. */
  readonly root: string;
  readonly witnessedAt?: Instant;
  readonly keys: readonly VerifierKey[];
  /** The signed note whole, with its signatures. */
  readonly checkpoint: string;
  readonly receipt?: Receipt;
}

export interface VerifierKey {
  readonly role: "log" | "witness";
  /** C2SP signed-note verifier key: name+id+key. */
  readonly vkey: string;
}

/** A receipt in the form c2sp.org/tlog-proof@v1, and the bytes of the record that it proves. */
export interface Receipt {
  readonly proof: string;
  readonly record: string;
}
