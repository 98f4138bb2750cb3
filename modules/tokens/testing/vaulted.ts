/** The bed of payment tokens with the real vault behind it, its messages carried by hand. */
import assert from "node:assert/strict";
import { fromIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Asking } from "@sandbank/kernel/http/testing";
import { statement } from "@sandbank/kernel/store";
import { memoryCustody, type MemoryCustody } from "../vault/custody.fixture.ts";
import { vaultPort } from "../vault/port.ts";
import { openVault, type Vault as CardVault } from "../vault/vault.ts";
import { vaultRole } from "../vault/vault.store.ts";
import { asker } from "./asker.ts";
import { type Bed, tokensBed } from "./bed.ts";

export interface VaultedBed extends Bed {
  readonly vault: CardVault;
  readonly custody: MemoryCustody;
  /** Asks a route as kernel/http would; answers with the code where it is refused. */
  ask<Answer>(name: string, asked?: Asking): Promise<Answer>;
  /** Runs every job that was asked for, in order, until none is left. */
  deliver(): Promise<void>;
}

const DAY = fromIso("2026-11-26T10:00:00+08:00");

export async function vaultedBed(): Promise<VaultedBed> {
  const custody = memoryCustody();
  let vault: CardVault | undefined;
  const bed = await tokensBed(1, async (database) => {
    const store = database.as(vaultRole.role);
    vault = await openVault({ store, mode: "demo", custody, now: () => DAY });
    return vaultPort(vault);
  });
  assert(vault);
  return { ...bed, vault, custody, ask: asker(bed), deliver: () => deliver(bed) };
}

const JOBS = statement(
  "test.jobs",
  "select id, partition, task, payload::text as payload from jobs.outbox order by id limit 1",
);
const DONE = statement("test.job_done", "delete from jobs.outbox where id = $1");

async function deliver(bed: Bed): Promise<void> {
  interface Job {
    readonly id: bigint;
    readonly partition: number;
    readonly task: string;
    readonly payload: string;
  }
  for (;;) {
    const [job] = await bed.owner.query<Job>(JOBS);
    if (!job) return;
    const task = bed.tokens.tasks.find((one) => one.task === job.task);
    assert(task, `no task ${job.task}`);
    const context = { id: String(job.id), partition: job.partition, attempt: 1 };
    await task.run(JSON.parse(job.payload), { ...context, signal: new AbortController().signal });
    await bed.owner.query(DONE, [job.id]);
  }
}

/** The code of a refused act, or what else became of it. */
export const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
