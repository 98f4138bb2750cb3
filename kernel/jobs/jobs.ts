/**
 * The runner: leases jobs from the outbox, runs them a few at a time, deletes what is done. Woken by
 * `nudge` from the guard of this process and by a slow poll for other processes' jobs. It promises
 * at least once, in no order. Urgent jobs have a lane of their own, so that none of the others keeps
 * them waiting. A runner that dies holds its jobs until their lease ends.
 */
import assert from "node:assert/strict";
import { type Instant, machineNow, uuidv7 } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import { ATTEMPTS_USUAL, type Task, afterFailure, errorText } from "./job.ts";
import {
  type LeasedRow,
  type Lot,
  type ParkedJob,
  type WaitingTask,
  failJob,
  finishJobs,
  handBack,
  leaseJobs,
  parkedJobs,
  releaseJob,
  renewLeases,
  waitingTasks,
} from "./job.store.ts";
import { Lane } from "./lane.ts";

/** Where the runner says what went wrong. pino fits. */
export interface JobLog {
  error(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
}

export interface JobsSettings {
  /** A store that logs in as `sandbank_jobs`. */
  readonly store: Store;
  readonly log: JobLog;
  /** Jobs run at once, urgent ones and others each; 8 unless told. */
  readonly at_once_max?: number;
  /** How often to look for jobs that nobody nudged about; 500 ms unless told. */
  readonly poll_ms?: number;
  /** How long a dead runner's jobs wait; 60 s unless told. Renewed every third of it. */
  readonly lease_ms?: number;
  /** Machine time; only tests turn it. */
  readonly now?: () => Instant;
}

export interface Jobs {
  /** Tasks of a module. Registering one name twice is a bug and throws. */
  register(tasks: readonly Task[]): void;
  /** Starts to run jobs as they come. */
  start(): void;
  /** Says that jobs may just have been committed. Cheap: looks at most every 10 ms. */
  nudge(): void;
  /** Runs everything there is, waiting for no back-off, until quiet. For tests and turned clocks. */
  drain(): Promise<{ readonly done: number; readonly failed: number }>;
  /** Jobs that gave up, newest first, at most 200. */
  parked(most?: number): Promise<ParkedJob[]>;
  /** Tries a parked job again from the start. False if it is not parked. */
  release(which: { readonly partition: number; readonly id: bigint }): Promise<boolean>;
  /** What waits, by task. A task that nobody registered stays here. */
  waiting(): Promise<WaitingTask[]>;
  /** Takes no more, waits up to `grace_ms` (10 s) for what runs, hands the rest back. */
  stop(grace_ms?: number): Promise<void>;
}

/** Shortest time between two looks, so that a guard may nudge after every commit. */
const LOOK_GAP_MS = 10;
/** Most jobs that one drain may run before we believe that they enqueue each other for ever. */
const DRAINED_MAX = 1_000_000;

class Runner implements Jobs {
  readonly #store: Store;
  readonly #log: JobLog;
  readonly #now: () => Instant;
  readonly #urgent: Lane;
  readonly #usual: Lane;
  readonly #pollMs: number;
  readonly #leaseMs: number;
  readonly #tasks = new Map<string, Task>();
  readonly #lease = uuidv7();
  readonly #abort = new AbortController();
  #finished: LeasedRow[] = [];
  #finishing: Promise<void> | undefined;
  #looking: Promise<number> | undefined;
  #lookAgain = false;
  #started = false;
  #stopping = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #soon: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #done = 0;
  #failed = 0;

  constructor(settings: JobsSettings) {
    this.#store = settings.store;
    this.#log = settings.log;
    this.#now = settings.now ?? machineNow;
    const atOnceMax = settings.at_once_max ?? 8;
    this.#urgent = new Lane(atOnceMax);
    this.#usual = new Lane(atOnceMax);
    this.#pollMs = settings.poll_ms ?? 500;
    this.#leaseMs = settings.lease_ms ?? 60_000;
    assert.ok(atOnceMax >= 1 && this.#pollMs >= 10 && this.#leaseMs >= 1_000);
  }

  register(tasks: readonly Task[]): void {
    for (const one of tasks) {
      assert.ok(!this.#tasks.has(one.task), `task registered twice: ${one.task}`);
      this.#tasks.set(one.task, one);
    }
  }

  start(): void {
    assert.ok(!this.#started, "jobs started twice");
    this.#started = true;
    this.#poll = setInterval(() => this.nudge(), this.#pollMs);
    this.#poll.unref();
    this.nudge();
  }

  nudge(): void {
    if (!this.#started || this.#stopping || this.#soon !== undefined) return;
    const wait = this.#lookedAt + LOOK_GAP_MS - performance.now();
    if (wait <= 0) return this.#lookSafely();
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#lookSafely();
    }, wait);
  }

  #lookSafely(): void {
    this.#lookedAt = performance.now();
    this.#look(false).catch((error: unknown) => {
      this.#log.error({ err: error }, "The outbox could not be read; the next poll tries again.");
    });
  }

  /** Takes what is due, unless enough is in hand already. One look at a time. */
  async #look(early: boolean): Promise<number> {
    if (this.#looking !== undefined) {
      this.#lookAgain = true;
      return this.#looking;
    }
    this.#looking = this.#takeDue(early).finally(() => {
      this.#looking = undefined;
      if (!this.#lookAgain) return;
      this.#lookAgain = false;
      this.nudge();
    });
    return this.#looking;
  }

  async #takeDue(early: boolean): Promise<number> {
    if (this.#stopping || this.#tasks.size === 0) return 0;
    const lots = { urgent: this.#lotOf(this.#urgent), usual: this.#lotOf(this.#usual) };
    if (lots.urgent.most + lots.usual.most === 0) return 0;
    const now = this.#now();
    const times = { now, ends: (now + this.#leaseMs) as Instant };
    const rows = await leaseJobs(this.#store, { ...lots, early, lease: this.#lease, ...times });
    for (const row of rows) this.#laneOf(this.#known(row)).queued.push(row);
    if (rows.length > 0) this.#keepLeases();
    const filled = (lane: Lane, { most }: Lot) => most > 0 && lane.room === 0;
    this.#lookAgain ||= filled(this.#urgent, lots.urgent) || filled(this.#usual, lots.usual);
    for (const lane of this.#lanes) this.#fill(lane);
    return rows.length;
  }

  get #lanes(): readonly Lane[] {
    return [this.#urgent, this.#usual];
  }

  #laneOf({ urgent = false }: Task): Lane {
    return urgent ? this.#urgent : this.#usual;
  }

  #known(row: LeasedRow): Task {
    const known = this.#tasks.get(row.task);
    assert.ok(known, `task leased but not registered: ${row.task}`);
    return known;
  }

  /** What one look may take for a lane. */
  #lotOf(lane: Lane): Lot {
    const own = [...this.#tasks.values()].filter((one) => this.#laneOf(one) === lane);
    return { tasks: own.map(({ task }) => task), most: lane.room };
  }

  #fill(lane: Lane): void {
    while (!this.#stopping) {
      const row = lane.next();
      if (row === undefined) return;
      const work = this.#run(row).finally(() => {
        lane.running.delete(row);
        this.#fill(lane);
        if (lane.queued.length === 0 && this.#started) this.nudge();
      });
      lane.running.set(row, work);
    }
  }

  async #run(row: LeasedRow): Promise<void> {
    const known = this.#known(row);
    const { partition, attempts: attempt } = row;
    const context = {
      id: `${partition}.${row.id}`,
      partition,
      attempt,
      signal: this.#abort.signal,
    };
    try {
      await known.run(row.payload, context);
      this.#done += 1;
      this.#finished.push(row);
      this.#finishing ??= this.#finish();
    } catch (error) {
      // Cut off by our own end: it is handed back, and says nothing about the job.
      if (this.#abort.signal.aborted) return;
      this.#failed += 1;
      await this.#fail(row, known, error);
    }
  }

  /** Deletes finished jobs together: those that end while one delete runs share the next. */
  async #finish(): Promise<void> {
    while (this.#finished.length > 0) {
      const rows = this.#finished;
      this.#finished = [];
      try {
        await finishJobs(this.#store, rows, this.#lease);
      } catch (error) {
        this.#log.warn({ err: error }, "Finished jobs could not be deleted; they will run again.");
      }
    }
    this.#finishing = undefined;
  }

  async #fail(row: LeasedRow, known: Task, error: unknown): Promise<void> {
    const { park, wait_ms } = afterFailure(row.attempts, known.attempts_max ?? ATTEMPTS_USUAL);
    const now = this.#now();
    const facts = { task: row.task, job: `${row.partition}.${row.id}`, attempt: row.attempts };
    if (park) this.#log.error({ ...facts, err: error }, "A job failed its last try and is parked.");
    else this.#log.warn({ ...facts, err: error }, "A job failed and will be tried again.");
    try {
      await failJob(this.#store, {
        partition: row.partition,
        id: row.id,
        lease: this.#lease,
        error: errorText(error),
        runAt: (now + wait_ms) as Instant,
        ...(park ? { parkedAt: now } : {}),
      });
    } catch (fault) {
      this.#log.error(
        { ...facts, err: fault },
        "A failure could not be noted; its lease will end.",
      );
    }
  }

  #keepLeases(): void {
    if (this.#renewal !== undefined) return;
    this.#renewal = setInterval(() => {
      const held = this.#lanes.flatMap((lane) => lane.held);
      if (held.length === 0) return;
      const ends = (this.#now() + this.#leaseMs) as Instant;
      renewLeases(this.#store, held, { lease: this.#lease, ends }).catch((error: unknown) => {
        this.#log.warn({ err: error }, "Leases could not be renewed.");
      });
    }, this.#leaseMs / 3);
    this.#renewal.unref();
  }

  async drain(): Promise<{ readonly done: number; readonly failed: number }> {
    const before = { done: this.#done, failed: this.#failed };
    for (;;) {
      while (this.#looking !== undefined) await this.#looking;
      // With its hands full a look takes nothing, whatever waits.
      const idle = this.#lanes.every(({ held }) => held.length === 0);
      const taken = await this.#look(true);
      await this.#atRest();
      const ran = this.#done - before.done + (this.#failed - before.failed);
      assert.ok(ran < DRAINED_MAX, "jobs enqueue each other without end");
      if (idle && taken === 0) break;
    }
    return { done: this.#done - before.done, failed: this.#failed - before.failed };
  }

  parked(most = 50): Promise<ParkedJob[]> {
    return parkedJobs(this.#store, Math.min(Math.max(1, most), 200));
  }

  async release(which: { readonly partition: number; readonly id: bigint }): Promise<boolean> {
    const released = await releaseJob(this.#store, which);
    if (released) this.nudge();
    return released;
  }

  waiting(): Promise<WaitingTask[]> {
    return waitingTasks(this.#store);
  }

  async stop(grace_ms = 10_000): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#poll);
    clearTimeout(this.#soon);
    const quiet = (this.#looking ?? Promise.resolve(0)).catch(() => 0).then(() => this.#atRest());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, grace_ms);
    });
    await Promise.race([quiet, late]);
    clearTimeout(timer);
    this.#abort.abort();
    clearInterval(this.#renewal);
    for (const lane of this.#lanes) lane.queued.length = 0;
    await handBack(this.#store, this.#lease);
  }

  /** Waits until nothing runs and what ran is deleted. */
  async #atRest(): Promise<void> {
    for (;;) {
      const running = this.#lanes.flatMap((lane) => [...lane.running.values()]);
      if (running.length === 0 && this.#finishing === undefined) return;
      await Promise.all([...running, this.#finishing]);
    }
  }
}

/** Opens the runner over a store whose migrations have run. It runs nothing before `start`. */
export function openJobs(settings: JobsSettings): Jobs {
  return new Runner(settings);
}
