/**
 * The guard: the one way to act. It admits commands (contract, prepare), queues them by partition,
 * and lets a free connection take everything that waits. It never times a batch: under load batches
 * size themselves.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { machineNow, uuidv7 } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { canonicalJson } from "../evidence/index.ts";
import { ConnectionLost, type Store } from "../store/index.ts";
import { isRefusal } from "../words/index.ts";
import { putPolicy, turnClock } from "./barriers.ts";
import { runBatch, type Served } from "./batch.ts";
import type { Call, Command, Guard, Outcome } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { type PartitionRow, partitionRows } from "./guard.store.ts";
import type { Admitted } from "./admitted.ts";
import { takeBatch, type Waiting } from "./queue.ts";
import { stopPoint } from "./stops.ts";
import { approveTask, rejectTask } from "./task.ts";
import { dropWindows } from "./window.ts";

/** A command that could not be carried out for a reason that is nobody's "no": ask the log by id. */
export class GuardFault extends Error {
  readonly act: string;
  constructor(act: string, cause: unknown) {
    super(`the act ${act} could not be carried out`, { cause });
    this.name = "GuardFault";
    this.act = act;
  }
}

export interface GuardOptions {
  readonly commands: readonly Command[];
  /** The store of each module, logged in with the module's own role. */
  readonly stores: ReadonlyMap<string, Store>;
  readonly mode: "demo" | "live";
  /** Told of every fault, once. */
  readonly onFault?: (fault: GuardFault) => void;
  /** Told after each commit, so that jobs and publishers need not wait for their next round. */
  readonly onCommit?: (partition: number) => void;
}

/** The guard with what its owner needs besides `act`. */
export interface RunningGuard extends Guard {
  readonly partitions: readonly PartitionRow[];
  /** Ends holds that are due and states totals in a partition, whether or not anything waits. */
  tick(partition: number): Promise<void>;
  /** Learns of partitions that were opened since. */
  refresh(): Promise<void>;
  /** Waits for what is under way, refuses the rest. */
  close(): Promise<void>;
}

interface Pending extends Admitted, Waiting {
  resolve(outcome: Outcome): void;
  reject(fault: unknown): void;
}

interface Line extends Served {
  readonly row: PartitionRow;
  readonly waiting: Pending[];
  running: Promise<void> | undefined;
}

/** Ids that begin with `expire:` are the guard's own: it ends holds under them. */
const ID = /^(?!expire:)[A-Za-z0-9_.:-]{1,80}$/;

/** Starts the guard over the partitions that the database knows. */
export async function startGuard(options: GuardOptions): Promise<RunningGuard> {
  const guard = new Lines(options);
  await guard.refresh();
  return guard;
}

class Lines implements RunningGuard {
  readonly #options: GuardOptions;
  readonly #commands = new Map<string, Command>();
  readonly #lines = new Map<number, Line>();
  readonly #totals: NodeJS.Timeout;
  #closed = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    for (const command of options.commands) this.#register(command);
    this.#register(putPolicy);
    this.#register(turnClock(options.mode));
    this.#register(dropWindows);
    this.#register(approveTask(this.#commands));
    this.#register(rejectTask(this.#commands));
    this.#totals = setInterval(() => this.#stateTotals(), limits.totalsIntervalMs);
    this.#totals.unref();
  }

  get partitions(): readonly PartitionRow[] {
    return [...this.#lines.values()].map((line) => line.row);
  }

  async refresh(): Promise<void> {
    const [store] = this.#options.stores.values();
    assert(store, "a guard serves at least one module");
    for (const row of await partitionRows(store)) {
      const own = this.#options.stores.get(row.module);
      if (!own || this.#lines.has(row.partition)) continue;
      this.#lines.set(row.partition, {
        row,
        partition: row.partition,
        supervised: row.supervised,
        store: own,
        policies: new Map(),
        totals: { moved: new Set(), stated: machineNow(), begun: false },
        waiting: [],
        running: undefined,
      });
    }
  }

  async act(call: Call): Promise<Outcome> {
    const line = this.#lines.get(call.partition);
    if (!line) return no("partition_unknown");
    if (!ID.test(call.id)) return no("command_id_malformed");
    const command = this.#commands.get(call.command);
    const module = call.command.split(".", 1)[0];
    if (!command || (module !== line.row.module && module !== "guard"))
      return no("command_unknown");
    const parsed = command.contract.safeParse(call.content);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = `/${(issue?.path ?? []).join("/")}`;
      return {
        kind: "refused",
        refusal: refuse("content_not_understood", { field, params: { field } }),
      };
    }
    if (this.#isFull(line)) return no("queue_full");
    const facts = await command.prepare?.(parsed.data, call.principal);
    if (isRefusal(facts)) return { kind: "refused", refusal: facts };
    if (this.#isFull(line)) return no("queue_full");
    stopPoint("prepared");
    return this.#enqueue(line, { call, command, content: parsed.data, facts });
  }

  async tick(partition: number): Promise<void> {
    const line = this.#lines.get(partition);
    if (!line) return;
    await line.running;
    await runBatch(line, []);
    this.#options.onCommit?.(partition);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#totals);
    await Promise.all([...this.#lines.values()].map((line) => line.running));
  }

  /** Totals that moved and then fell quiet are stated all the same, within the interval. */
  #stateTotals(): void {
    for (const line of this.#lines.values()) {
      if (line.totals.moved.size === 0 || line.running) continue;
      line.running = this.#quietTick(line);
    }
  }

  async #quietTick(line: Line): Promise<void> {
    try {
      await runBatch(line, []);
      this.#options.onCommit?.(line.partition);
    } catch (fault) {
      this.#options.onFault?.(new GuardFault("totals", fault));
    }
    return this.#drain(line);
  }

  #isFull(line: Line): boolean {
    return this.#closed || line.waiting.length >= limits.queueLength;
  }

  #register(command: Command): void {
    assert(!this.#commands.has(command.name), `command declared twice: ${command.name}`);
    this.#commands.set(command.name, command);
  }

  #enqueue(line: Line, act: Omit<Admitted, "digest" | "act">): Promise<Outcome> {
    const { call, command, content } = act;
    const digest = createHash("sha256")
      .update(canonicalJson({ command: command.name, content: content as never }))
      .digest();
    const { reads, writes } = command.keys(content);
    const name = `id/${call.principal.organisation}/${call.id}`;
    return new Promise((resolve, reject) => {
      line.waiting.push({
        ...act,
        digest,
        act: uuidv7(),
        reads,
        writes: [...writes, name],
        barrier: command.barrier ?? false,
        resolve,
        reject,
      });
      line.running ??= this.#drain(line);
    });
  }

  /** Serves a line until nothing waits. One connection at a time holds a partition's lock. */
  async #drain(line: Line): Promise<void> {
    // Callers of one turn of the event loop come into one batch.
    await Promise.resolve();
    while (line.waiting.length > 0) {
      const batch = takeBatch(line.waiting, limits.batchSize);
      await this.#run(line, batch);
    }
    line.running = undefined;
  }

  async #run(line: Line, batch: readonly Pending[], again = 0): Promise<void> {
    try {
      const outcomes = await runBatch(line, batch);
      stopPoint("committed");
      batch.forEach((pending, i) => pending.resolve(outcomes[i] as Outcome));
      stopPoint("answered");
      this.#options.onCommit?.(line.partition);
    } catch (fault) {
      if (fault instanceof ConnectionLost || isTransient(fault)) {
        return this.#reconnect(line, batch, { fault, again });
      }
      return this.#bisect(line, batch, fault);
    }
  }

  /**
   * The connection went before the commit was confirmed. Running the batch again is the question:
   * under the lock, ids that were committed are answered from the journal and the rest act now.
   */
  async #reconnect(
    line: Line,
    batch: readonly Pending[],
    { fault, again }: { readonly fault: unknown; readonly again: number },
  ): Promise<void> {
    if (again >= limits.reconnectTries) {
      this.#options.onFault?.(new GuardFault(batch[0]?.act ?? "", fault));
      for (const pending of batch) pending.resolve({ kind: "unknown" });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, limits.reconnectPauseMs * 2 ** again));
    return this.#run(line, batch, again + 1);
  }

  /** Halves a failing batch down to the one command that fails by itself; the others succeed. */
  async #bisect(line: Line, batch: readonly Pending[], fault: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) {
      const named = new GuardFault(only.act, fault);
      this.#options.onFault?.(named);
      only.reject(named);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.#run(line, batch.slice(0, half));
    await this.#run(line, batch.slice(half));
  }
}

function no(code: Parameters<typeof refuse>[0]): Outcome {
  return { kind: "refused", refusal: refuse(code) };
}

function isTransient(fault: unknown): boolean {
  return (
    typeof fault === "object" && fault !== null && "transient" in fault && fault.transient === true
  );
}
