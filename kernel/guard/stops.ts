/**
 * Named places where a test may stop the world. In a process started with
 * `SANDBANK_STOP_AT=<name>[:<nth>]` the nth pass kills the process with SIGKILL; otherwise nothing.
 */
export const STOPS = ["prepared", "locked", "decided", "written", "committed", "answered"] as const;
export type Stop = (typeof STOPS)[number];

const [wanted, nth] = (process.env["SANDBANK_STOP_AT"] ?? "").split(":");
let passes = 0;

/** Passes a stop point; kills this process if a test asked for exactly this pass. */
export function stopPoint(name: Stop): void {
  if (name !== wanted) return;
  passes += 1;
  if (passes === Number(nth ?? "1")) process.kill(process.pid, "SIGKILL");
}
