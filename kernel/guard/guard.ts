/**
 * The guard: the one way to act. It admits commands (contract, prepare), queues them by partition,
 * and lets a free connection take everything that waits. It never times a batch: under load batches
 * size themselves.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { z } from "zod";
import { machineNow, uuidv7 } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { canonicalJson } from "../evidence/index.ts";
import type { Principal, Role } from "../identity/index.ts";
import type { Store } from "../store/index.ts";
import { brokenBy, isRefusal, type Refusal } from "../words/index.ts";
import { putPolicy, turnClock } from "./barriers.ts";
import type { Call, Command, Outcome } from "./command.ts";
import { GuardFault } from "./fault.ts";
import { refuse } from "./guard.refusals.ts";
import { type PartitionRow, partitionRows } from "./guard.store.ts";
import type { Admitted } from "./admitted.ts";
import { issueKey } from "./issue.ts";
import { Line } from "./line.ts";
import { Poison } from "./poison.ts";
import type { RunningGuard } from "./running.ts";
import { type SecretBox, withSecret } from "./secret.ts";
import { sweepSecrets } from "./secret.store.ts";
import { stopPoint } from "./stops.ts";
import { approveTask, rejectTask, type TaskDesk } from "./task.ts";
import { findTaskIn } from "./task.store.ts";
import { dropWindows } from "./window.ts";

export interface GuardOptions {
  readonly commands: readonly Command[];
  /** The store of each module, logged in with the module's own role. */
  readonly stores: ReadonlyMap<string, Store>;
  readonly mode: "demo" | "live";
  /** Seals answers that are secret; without it no command that has such answers is known. */
  readonly secrets?: SecretBox;
  /** Present roles of a principal, asked again when what it proposed is approved. */
  readonly roles?: (principal: Principal) => Promise<readonly Role[]>;
  /** Told of every fault, once. */
  readonly onFault?: (fault: GuardFault) => void;
  /** Told after each commit, so that jobs and publishers need not wait for their next round. */
  readonly onCommit?: (partition: number) => void;
}

/** How often secrets whose time is over are swept. */
const SWEEP_MS = 60_000;

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
  readonly #rows = new Map<number, PartitionRow>();
  readonly #lines = new Map<number, Line>();
  readonly #totals: NodeJS.Timeout;
  readonly #sweep: NodeJS.Timeout;
  readonly #poison = new Poison();
  #closed = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    for (const command of options.commands) this.#register(command);
    this.#register(putPolicy);
    this.#register(turnClock(options.mode));
    this.#register(dropWindows);
    if (options.secrets) this.#register(issueKey);
    const desk: TaskDesk = {
      find: async (partition, task) => {
        const line = this.#lines.get(partition);
        return line && findTaskIn(line.served.store, partition, task);
      },
      roles: options.roles,
    };
    this.#register(approveTask(this.#commands, desk));
    this.#register(rejectTask(this.#commands, desk));
    const quiet = () => {
      for (const line of this.#lines.values()) line.tickIfQuiet();
    };
    // Totals that moved and then fell quiet are stated all the same, within the interval.
    this.#totals = setInterval(quiet, limits.totalsIntervalMs);
    this.#totals.unref();
    this.#sweep = setInterval(() => void this.#sweepSecrets(), SWEEP_MS);
    this.#sweep.unref();
  }

  get partitions(): readonly PartitionRow[] {
    return [...this.#rows.values()];
  }

  async refresh(): Promise<void> {
    const [store] = this.#options.stores.values();
    assert(store, "a guard serves at least one module");
    for (const row of await partitionRows(store)) {
      const own = this.#options.stores.get(row.module);
      if (!own || this.#lines.has(row.partition)) continue;
      const { partition, supervised } = row;
      this.#rows.set(partition, row);
      this.#lines.set(
        partition,
        new Line(
          { partition, supervised, store: own, secrets: this.#options.secrets },
          {
            onFault: (fault) => this.#options.onFault?.(fault),
            onCommit: () => this.#options.onCommit?.(partition),
          },
        ),
      );
    }
  }

  async act(call: Call): Promise<Outcome> {
    const line = this.#lines.get(call.partition);
    if (!line) return no("partition_unknown");
    if (!ID.test(call.id)) return no("command_id_malformed");
    const command = this.#commands.get(call.command);
    const module = call.command.split(".", 1)[0];
    if (!command || (module !== this.#rows.get(call.partition)?.module && module !== "guard"))
      return no("command_unknown");
    const parsed = command.contract.safeParse(call.content);
    if (!parsed.success) {
      return { kind: "refused", refusal: notUnderstood(command, call.content, parsed.error) };
    }
    if (this.#poison.isParked(call)) return no("act_parked");
    if (this.#isFull(line)) return no("queue_full");
    const { partition, principal } = call;
    const facts = await command.prepare?.(parsed.data, principal, partition);
    if (isRefusal(facts)) return { kind: "refused", refusal: facts };
    if (this.#isFull(line)) return no("queue_full");
    stopPoint("prepared");
    const outcome = await this.#run(line, { call, command, content: parsed.data, facts });
    const { store, secrets } = line.served;
    if (!command.secret || !secrets || outcome.kind !== "accepted") return outcome;
    return withSecret(store, secrets, { partition, outcome });
  }

  /** Lets a command take its turn; one that ends in a fault each time is parked in the end. */
  async #run(line: Line, act: Omit<Admitted, "digest" | "act">): Promise<Outcome> {
    try {
      const outcome = await this.#enqueue(line, act);
      this.#poison.passed(act.call);
      return outcome;
    } catch (fault) {
      if (this.#poison.failed(act.call) && fault instanceof GuardFault) {
        const named = `of the command ${act.call.id} failed at every try and is parked`;
        this.#options.onFault?.(new GuardFault(fault.act, fault.cause, named));
      }
      throw fault;
    }
  }

  async tick(partition: number): Promise<void> {
    await this.#lines.get(partition)?.tick();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#totals);
    clearInterval(this.#sweep);
    await Promise.all([...this.#lines.values()].map((line) => line.settled()));
  }

  /** Secrets whose time is over go; where one cannot be reached now, the next round tries again. */
  async #sweepSecrets(): Promise<void> {
    if (!this.#options.secrets) return;
    const lines = [...this.#lines.values()];
    await Promise.allSettled(
      lines.map(({ served }) => sweepSecrets(served.store, served.partition, machineNow())),
    );
  }

  #isFull(line: Line): boolean {
    return this.#closed || line.length >= limits.queueLength;
  }

  #register(command: Command): void {
    assert(!this.#commands.has(command.name), `command declared twice: ${command.name}`);
    assert(!command.secret || this.#options.secrets, `${command.name} needs a box for its secrets`);
    assert(!(command.secret && command.fourEyes), `the secret of ${command.name} would be parked`);
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
      line.push({
        ...act,
        digest,
        act: uuidv7(),
        reads,
        writes: [...writes, name],
        barrier: command.barrier ?? false,
        alongside: command.alongside ?? false,
        resolve,
        reject,
      });
    });
  }
}

/** Which field of a content is at fault, what is wrong with it, and what form is expected. */
function notUnderstood({ contract }: Command, value: unknown, { issues }: z.ZodError): Refusal {
  const schema = z.toJSONSchema(contract, { io: "input", unrepresentable: "any" });
  const { field, rule, form } = brokenBy(issues[0], { schema, value });
  const said = { rule_zh: rule.zh, rule_en: rule.en, form_zh: form.zh, form_en: form.en };
  const params = { field: field === "" ? "/" : field, ...said };
  return refuse("content_not_understood", { field, params });
}

function no(code: Parameters<typeof refuse>[0]): Outcome {
  return { kind: "refused", refusal: refuse(code) };
}
