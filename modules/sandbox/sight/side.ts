/**
 * Readings of other nouns that indicators are computed from. One that is left out has no source yet,
 * and its indicators say so.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type {
  ComplaintFacts,
  CompensationFacts,
  ConsultationFacts,
  ExitFacts,
  Window,
} from "../indicator/facts.ts";

/** One pilot in one window of business time. */
export interface SideAsked {
  readonly pilot: string;
  readonly window: Window;
  /** Business time: what is not due by now is not late in a window that goes on. */
  readonly now: Instant;
}

/** Each answers `undefined` where a pilot has nothing of the kind. */
export interface SideReadings {
  readonly complaints?: (asked: SideAsked) => Promise<ComplaintFacts | undefined>;
  readonly compensation?: (asked: SideAsked) => Promise<CompensationFacts | undefined>;
  readonly consultation?: (asked: SideAsked) => Promise<ConsultationFacts | undefined>;
  readonly exit?: (asked: SideAsked) => Promise<ExitFacts | undefined>;
  readonly heartbeatGaps?: (asked: SideAsked) => Promise<bigint | undefined>;
}
