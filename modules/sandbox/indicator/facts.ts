/**
 * What indicators are computed from: everything that is known of one pilot in one calendar window.
 * A part that is undefined has no source yet, which is another thing than a source that saw nothing.
 */
import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  shanghaiMonth,
} from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import type { Span } from "./indicator.contract.ts";

/** A calendar window in Asia/Shanghai, begins ≤ t < ends. */
export interface Window {
  readonly span: Span;
  readonly begins: Instant;
  readonly ends: Instant;
}

export interface ActsCounted {
  readonly command: string;
  readonly class: string;
  /** `accepted`, `parked` or the code of a refusal. */
  readonly outcome: string;
  readonly acts: bigint;
}

export interface DenialsCounted {
  readonly code: string;
  readonly rule: string;
  readonly acts: bigint;
}

export interface UsesCounted {
  readonly rule: string;
  readonly scope: string;
  readonly whose: string;
  readonly period: string;
  readonly moved: bigint;
}

export interface JournalFacts {
  readonly acts: readonly ActsCounted[];
  readonly denials: readonly DenialsCounted[];
  readonly uses: readonly UsesCounted[];
  /** Acts by partition with the places that they take, and the fullest second. */
  readonly slices: readonly {
    readonly partition: number;
    readonly acts: bigint;
    readonly peak: bigint;
    readonly first_seq: bigint;
    readonly last_seq: bigint;
  }[];
  /** Lines in which counters and a recount of the journal differ; undefined before the first. */
  readonly differing: bigint | undefined;
}

/** A limit in force and its use at the end of the window. */
export interface CapFact {
  readonly id: string;
  readonly label: Text;
  readonly unit: "fen" | "count";
  readonly windowed: boolean;
  readonly cap: bigint;
  readonly used: bigint;
  /** What it moved in the seven days before the end of the window, where it has no window. */
  readonly moved7: bigint | undefined;
}

/** A declared target and what was reached at the end of the window; undefined if nothing counts it. */
export interface TargetFact {
  readonly id: string;
  readonly label: Text;
  readonly target: bigint;
  readonly actual: bigint | undefined;
}

export interface IncidentFact {
  readonly category: string;
  readonly severity: number | null;
  readonly startedAt: Instant;
  readonly detectedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly lossFen: bigint;
  readonly recordsLeaked: bigint;
}

export interface ProbeFacts {
  readonly probes: bigint;
  readonly failed: bigint;
  readonly observedMs: bigint;
  readonly downMs: bigint;
}

/** Requests that took up to `bucketUs`; 0 stands for longer than any bucket. */
export interface RequestsFact {
  readonly bucketUs: bigint;
  readonly answered: bigint;
  readonly refused: bigint;
  readonly failed: bigint;
}

export interface ComplaintFacts {
  readonly received: bigint;
  readonly due: bigint;
  readonly decidedInTime: bigint;
  readonly overdueNow: bigint;
  readonly decided: bigint;
  readonly upheld: bigint;
  readonly reopened: bigint;
}

export interface CompensationFacts {
  readonly freeFen: bigint;
  readonly requiredFen: bigint;
  readonly claimedFen: bigint;
  readonly paidFen: bigint;
}

export interface ConsultationFacts {
  /** Comments that came in within the window. */
  readonly comments: bigint;
  /** Comments whose answer fell due in it, and those of them that were answered before. */
  readonly due: bigint;
  readonly answeredInTime: bigint;
  /** Past their day and unanswered when the window ended. */
  readonly overdue: bigint;
  /** Comments that were answered in it with a change of the declaration. */
  readonly ledToChange: bigint;
}

/** An exit as it stood when the window ended; all of it is nothing where it had not begun. */
export interface ExitFacts {
  readonly steps: bigint;
  readonly stepsDone: bigint;
  /** What the institution listed, kind by kind, as its plan calls them. */
  readonly items: readonly {
    readonly kind: string;
    readonly label: Text;
    readonly listed: bigint;
    readonly ended: bigint;
  }[];
  /** What stood on limits without a window when the exit began, in fen or a count. */
  readonly opening: readonly { readonly limit: string; readonly amount: bigint }[];
}

/** Everything of one pilot in one window. */
export interface WindowFacts {
  readonly window: Window;
  /** Seconds of the window that are over. */
  readonly seconds: bigint;
  readonly journal: JournalFacts | undefined;
  readonly caps: readonly CapFact[];
  readonly targets: readonly TargetFact[];
  /** Undefined where a pilot does not run: nothing could have gone wrong. */
  readonly incidents: readonly IncidentFact[] | undefined;
  readonly probes: ProbeFacts | undefined;
  readonly requests: readonly RequestsFact[] | undefined;
  readonly complaints: ComplaintFacts | undefined;
  readonly compensation: CompensationFacts | undefined;
  readonly consultation: ConsultationFacts | undefined;
  readonly exit: ExitFacts | undefined;
  /** Times that a pilot's heartbeat was missing for too long. */
  readonly heartbeatGaps: bigint | undefined;
}

const HOUR_MS = 3_600_000;

/** The latest `count` windows of a span up to now, oldest first; the last one may not be over. */
export function windowsUpTo(span: Span, now: Instant, count: number): Window[] {
  const windows: Window[] = [];
  for (let at = windowOf(span, now); windows.length < count;) {
    windows.unshift(at);
    at = windowOf(span, (at.begins - 1) as Instant);
  }
  return windows;
}

/** The window of a span that an instant lies in. */
export function windowOf(span: Span, at: Instant): Window {
  if (span === "hour") {
    const begins = (at - (at % HOUR_MS)) as Instant;
    return { span, begins, ends: (begins + HOUR_MS) as Instant };
  }
  if (span === "day") {
    const day = shanghaiDate(at);
    return { span, begins: shanghaiMidnight(day), ends: shanghaiMidnight(addDays(day, 1)) };
  }
  const first = `${shanghaiMonth(at)}-01` as CalendarDate;
  const begins = shanghaiMidnight(first);
  const inNext = addDays(first, 31);
  const next = `${shanghaiMonth(shanghaiMidnight(inNext))}-01` as CalendarDate;
  return { span, begins, ends: shanghaiMidnight(next) };
}
