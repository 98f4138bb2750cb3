/**
 * Named places where a test may stop the world. In a process started with
 * `SANDBANK_STOP_AT=<name>[:<nth>[:<file>]]` the nth pass kills the process with SIGKILL; otherwise
 * nothing. Where a file is named, passes count once it is there, so that a whole server can start first.
 * The guard's own places are a closed set; what modules do outside it, in jobs, has places beside it.
 */
import { existsSync } from "node:fs";

export const STOPS = ["prepared", "locked", "decided", "written", "committed", "answered"] as const;
export type Stop = (typeof STOPS)[number];

const [wanted, nth, armed] = (process.env["SANDBANK_STOP_AT"] ?? "").split(":");
let passes = 0;

/** Passes a stop point; kills this process if a test asked for exactly this pass. */
export function stopPoint(name: string): void {
  if (name !== wanted || (armed !== undefined && !existsSync(armed))) return;
  passes += 1;
  if (passes === Number(nth ?? "1")) process.kill(process.pid, "SIGKILL");
}
