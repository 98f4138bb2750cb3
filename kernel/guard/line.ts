/**
 * The queue of one partition and what becomes of it. Whatever waits goes into the next batch; while
 * one batch is being committed the next may already be read and decided, if all commands of both say
 * that they bear it. After a fault the line goes on alone: what is under way ends first, then each
 * batch that failed is run again, or halved down to the command at fault.
 *
 *   waiting ── taken ── sent ── landed: answered
 *                         └──── failed: run again │ asked again, same id │ halved
 */
import { machineNow } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { ConnectionLost } from "../store/index.ts";
import type { Admitted } from "./admitted.ts";
import { flyBatch, runBatch, type Served } from "./batch.ts";
import type { Outcome } from "./command.ts";
import { GuardFault } from "./fault.ts";
import { isOvertaken, weightOf } from "./kept.ts";
import { takeBatch, type Waiting } from "./queue.ts";
import { stopPoint } from "./stops.ts";

/** A command that waits for its batch, and its caller for the answer. */
export interface Pending extends Admitted, Waiting {
  resolve(outcome: Outcome): void;
  reject(fault: unknown): void;
}

export interface LineEvents {
  /** Told of every fault, once. */
  onFault(fault: GuardFault): void;
  /** Told after each commit. */
  onCommit(): void;
}

type Batch = readonly Pending[];

/** A batch whose commit has not been seen yet. */
interface UnderWay {
  readonly batch: Batch;
  readonly landed: Promise<void>;
  end: undefined | { readonly fault?: unknown };
}

/** One batch is decided while the one before it is committed; more would only wait in the database. */
const UNDER_WAY_MAX = 2;

/** Serves one partition, one drain at a time. */
export class Line {
  readonly served: Served;
  readonly #events: LineEvents;
  readonly #waiting: Pending[] = [];
  #running: Promise<void> | undefined;
  #arrival = Promise.withResolvers<void>();

  constructor(served: Omit<Served, "policies" | "totals" | "kept">, events: LineEvents) {
    const totals = { moved: new Set<string>(), stated: machineNow(), begun: false };
    this.served = { ...served, policies: new Map(), totals, kept: undefined };
    this.#events = events;
  }

  /** How many commands wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Lets a command wait for its turn. */
  push(pending: Pending): void {
    this.#waiting.push(pending);
    this.#arrival.resolve();
    this.#running ??= this.#drain();
  }

  /** Ends due holds and states totals, whether or not anything waits. Rejects with the fault. */
  async tick(): Promise<void> {
    await this.settled();
    const ticking = runBatch(this.served, []);
    this.#running = ticking.then(
      () => this.#drain(),
      () => this.#drain(),
    );
    await ticking;
    this.#events.onCommit();
  }

  /** States the totals of a line that moved and then fell quiet; a busy one does so by itself. */
  tickIfQuiet(): void {
    if (this.served.totals.moved.size === 0 || this.#running) return;
    this.tick().catch((fault: unknown) => this.#events.onFault(new GuardFault("totals", fault)));
  }

  /** Waits until nothing is under way and nothing waits. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Serves until nothing waits and nothing is under way. */
  async #drain(): Promise<void> {
    // Callers of one turn of the event loop come into one batch.
    await Promise.resolve();
    const under: UnderWay[] = [];
    while (this.#waiting.length > 0 || under.length > 0) {
      const batch = this.#take(under);
      if (batch.length > 0) await this.#send(batch, under);
      else await this.#waitFor(under);
      await this.#clear(under);
    }
    this.#running = undefined;
  }

  /** The next batch, or nothing while what is under way stands against it. */
  #take(under: readonly UnderWay[]): Batch {
    const [ahead] = under;
    const { served } = this;
    const heavy = served.kept !== undefined && weightOf(served.kept) > limits.keptBalances;
    if (!ahead) {
      if (heavy) served.kept = undefined;
      return takeBatch(this.#waiting, limits.batchSize);
    }
    if (heavy || served.kept === undefined || under.length === UNDER_WAY_MAX) return [];
    return takeBatch(this.#waiting, limits.batchSize, ahead.batch);
  }

  /** Starts a batch and waits until the next may build on it. */
  #send(batch: Batch, under: UnderWay[]): Promise<void> {
    const { sent, outcomes } = flyBatch(this.served, batch);
    const landed = outcomes.then(
      (answers) => {
        this.#answer(batch, answers);
        flight.end = {};
      },
      (fault: unknown) => {
        flight.end = { fault };
      },
    );
    const flight: UnderWay = { batch, landed, end: undefined };
    under.push(flight);
    return sent;
  }

  /** Waits for the oldest batch to land, or for a command that may go along with it. */
  #waitFor([ahead, ...more]: readonly UnderWay[]): Promise<unknown> {
    if (this.#waiting.length > 0 || more.length > 0) return ahead?.landed ?? Promise.resolve();
    this.#arrival = Promise.withResolvers<void>();
    return Promise.race([ahead?.landed, this.#arrival.promise]);
  }

  /** Forgets what has landed. After a fault everything under way ends, and failures are run alone. */
  async #clear(under: UnderWay[]): Promise<void> {
    while (under[0]?.end !== undefined) {
      if (!("fault" in under[0].end)) {
        under.shift();
        continue;
      }
      const all = under.splice(0);
      await Promise.all(all.map(({ landed }) => landed));
      this.served.kept = undefined;
      for (const { batch, end } of all) {
        if (end && "fault" in end) await this.#again(batch, end.fault, 0);
      }
    }
  }

  /** Runs a batch that failed again, under the lock from its first question: nobody comes between. */
  async #alone(batch: Batch, tries: number): Promise<void> {
    this.served.kept = undefined;
    let answers: Outcome[];
    try {
      answers = await runBatch(this.served, batch);
    } catch (fault) {
      return this.#again(batch, fault, tries);
    }
    this.#answer(batch, answers);
  }

  #answer(batch: Batch, answers: readonly Outcome[]): void {
    stopPoint("committed");
    batch.forEach((pending, i) => pending.resolve(answers[i] as Outcome));
    stopPoint("answered");
    this.#events.onCommit();
  }

  #again(batch: Batch, fault: unknown, tries: number): Promise<void> {
    if (isOvertaken(fault) && tries === 0) return this.#alone(batch, tries + 1);
    if (fault instanceof ConnectionLost || isTransient(fault)) {
      return this.#reconnect(batch, fault, tries);
    }
    return this.#halve(batch, fault);
  }

  /**
   * The connection went before the commit was confirmed. Running the batch again is the question:
   * under the lock, ids that were committed are answered from the journal and the rest act now.
   */
  async #reconnect(batch: Batch, fault: unknown, tries: number): Promise<void> {
    if (tries >= limits.reconnectTries) {
      this.#events.onFault(new GuardFault(batch[0]?.act ?? "", fault));
      for (const pending of batch) pending.resolve({ kind: "unknown" });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, limits.reconnectPauseMs * 2 ** tries));
    return this.#alone(batch, tries + 1);
  }

  /** Halves a failing batch down to the one command that fails by itself; the others succeed. */
  async #halve(batch: Batch, fault: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) {
      const named = new GuardFault(only.act, fault);
      this.#events.onFault(named);
      only.reject(named);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.#alone(batch.slice(0, half), 0);
    await this.#alone(batch.slice(half), 0);
  }
}

function isTransient(fault: unknown): boolean {
  return (
    typeof fault === "object" && fault !== null && "transient" in fault && fault.transient === true
  );
}
