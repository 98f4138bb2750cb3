/**
 * The publisher of this installation's logs: one process at a time for each log, by a lease, one
 * round after the other. A log that was altered is never signed and keeps no other log from it.
 */
import { join } from "node:path";
import { type Instant, machineNow, uuidv7 } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import { type WitnessDoor, Witnesses } from "./ask.ts";
import { keepSigner } from "./keys.ts";
import { leaseLog, type LogRow, readLogs } from "./log.store.ts";
import type { Signer } from "./note.ts";
import { type Published, publishLog, type PublishStep } from "./publish.ts";

export interface PublisherOptions {
  /** A store that logs in as the publishing role. */
  readonly store: Store;
  /** Folder of key files and of what was last signed. */
  readonly keys: string;
  /** Folder under which `<pilot>/<partition>/…` is written. */
  readonly logs: string;
  readonly witnesses: readonly WitnessDoor[];
  /** How many witnesses must cosign before a checkpoint is published. */
  readonly quorum: number;
  readonly witnessTimeoutMs: number;
  readonly leaseMs: number;
  /** Told after each step; a test that throws here has crashed the publisher. */
  readonly onStep?: (step: PublishStep) => void;
}

export interface Publisher {
  /**
   * One round over all logs. Throws after the last of them if some could not be published: the
   * fault itself, `LogAltered` for a log that must not be signed, or all of them in an
   * AggregateError.
   */
  round(): Promise<Published[]>;
  /** The signer of a log, for its vkey. Made at first use. */
  signerOf(origin: string): Signer;
  /** Gives the logs back, so that the next publisher need not wait for the leases to end. */
  release(): Promise<void>;
}

/** Folder of a log below the logs folder: the origin without its first part. */
export function logFolder(origin: string): string {
  return origin.split("/").slice(1).join("/");
}

export function openPublisher(options: PublisherOptions): Publisher {
  const holder = uuidv7();
  const witnesses = new Witnesses();
  const signers = new Map<string, Signer>();
  const signerOf = (origin: string) =>
    signers.getOrInsertComputed(origin, () => keepSigner(options.keys, origin, "log"));
  const publish = async (log: LogRow): Promise<Published> => {
    const { origin, partition } = log;
    const now = machineNow();
    const lease = { holder, now, until: (now + options.leaseMs) as Instant };
    if (!(await leaseLog(options.store, partition, lease))) {
      return { origin, state: "leased_elsewhere" };
    }
    const { store, keys, logs, quorum, witnessTimeoutMs } = options;
    const folder = join(logs, logFolder(origin));
    const onStep = options.onStep ?? (() => undefined);
    const doors = options.witnesses;
    const desk = { store, keys, folder, doors, witnesses, quorum, witnessTimeoutMs, onStep };
    return publishLog({ ...desk, signer: signerOf(origin) }, log);
  };
  const release = async (): Promise<void> => {
    const now = machineNow();
    for (const { partition } of await readLogs(options.store)) {
      await leaseLog(options.store, partition, { holder, now, until: now });
    }
  };
  return { signerOf, round: () => roundOf(options.store, publish), release };
}

async function roundOf(
  store: Store,
  publish: (log: LogRow) => Promise<Published>,
): Promise<Published[]> {
  const done: Published[] = [];
  const faults: unknown[] = [];
  for (const log of await readLogs(store)) {
    try {
      done.push(await publish(log));
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length === 1) throw faults[0];
  if (faults.length > 1)
    throw new AggregateError(faults, `${faults.length} logs were not published`);
  return done;
}
