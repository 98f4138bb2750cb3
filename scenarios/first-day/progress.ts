/** How far a first day has come: the half hours that are done, and the cap's use after each. */
import { type Lasting, Progress } from "../progress.ts";

export interface Kept extends Lasting {
  readonly payments: number;
  /** The business day, a Monday. */
  readonly day: string;
  /** Use of the cap after each step, as the limits route said; fen. */
  readonly readings: readonly string[];
}

/** Opens the progress of a folder; refuses a folder that is another day's. */
export function openProgress(
  folder: string,
  first: Pick<Kept, "seed" | "payments" | "day">,
): Progress<Kept> {
  const fresh = { ...first, done: 0, readings: [], checks: [], seconds: 0, runs: 0 };
  return new Progress<Kept>(folder, { fresh, by: "payments" });
}
