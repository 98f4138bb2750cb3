/**
 * Jobs: work that a committed act asks for, done soon and at least once. A job that fails is tried
 * again later and later, and parked after its last try. What must happen at an instant of business
 * time is no job but a state row with `next_at`.
 */
import type { Json } from "./json.ts";

/** What a task learns beside its payload. */
export interface JobContext {
  /** Unique and the same at every try: the idempotency key of whatever the task does. */
  readonly id: string;
  readonly partition: number;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Aborted when the server stops and will wait no longer. */
  readonly signal: AbortSignal;
}

/** A kind of job. `run` may be called twice for one job and must not mind. */
export interface Task<Payload extends Json = Json> {
  /** `module.verb`, as decisions name it in `jobs`. */
  readonly task: string;
  /** Tries before it is parked; 8 unless told, about two minutes in all. */
  readonly attempts_max?: number;
  /** Waits for no job that is not urgent: for what must be in force within a second of its commit. */
  readonly urgent?: boolean;
  run(payload: Payload, context: JobContext): Promise<void>;
}

/** Declares a task; only there so that the type of its payload flows into `run`. */
export function task<Payload extends Json>(declared: Task<Payload>): Task {
  return declared as unknown as Task;
}

export const ATTEMPTS_USUAL = 8;

/** How long the n-th failed try waits for the next: 1 s doubling, at most 10 minutes. */
export function backoffMs(attempt: number): number {
  return Math.min(1_000 * 2 ** Math.min(Math.max(0, attempt - 1), 20), 600_000);
}

/** What happens to a job whose try number `attempt` failed. */
export function afterFailure(attempt: number, most: number): { park: boolean; wait_ms: number } {
  return attempt >= most
    ? { park: true, wait_ms: 0 }
    : { park: false, wait_ms: backoffMs(attempt) };
}

/** An error as the outbox may keep it: short, and with every long run of digits masked. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text
    .replaceAll("\u0000", "")
    .replaceAll(/\d{13,}/g, "[number]")
    .slice(0, 500);
}
