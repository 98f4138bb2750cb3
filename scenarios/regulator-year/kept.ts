/** How far a year has come: what every staged scenario keeps, and figures for its report. */
import { Progress } from "../progress.ts";
import { NOTHING_YET, type StageKept } from "../stage.ts";

export interface Kept extends StageKept {
  readonly size: number;
  /** First day of the year. */
  readonly first: string;
  /** Figures for the report, by pilot: one for each month, fen. */
  readonly readings: Readonly<Record<string, readonly string[]>>;
  /** Refusals by clause, for the report. */
  readonly denials: readonly DenialLine[];
}

/** One row of the table that the report shows: how often a clause said no, and the latest time. */
export interface DenialLine {
  readonly pilot: string;
  readonly clause: string;
  readonly rule: string;
  readonly code: string;
  readonly count: number;
  readonly used: string | null;
  readonly cap: string | null;
  readonly asked: string | null;
}

/** Opens the progress of a folder; refuses a folder that is another year's. */
export function openProgress(
  folder: string,
  asked: Pick<Kept, "seed" | "size" | "first">,
): Progress<Kept> {
  const fresh = { ...asked, ...NOTHING_YET, readings: {}, denials: [] };
  return new Progress<Kept>(folder, { fresh, by: "size" });
}
