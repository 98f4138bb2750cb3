/** What payment tokens need of others: where holders live, journal and books to read. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { acceptedActs, refusedActs, refusedBetween } from "@sandbank/kernel/guard";
import { balances } from "@sandbank/kernel/ledger";
import { keepSigner, signText } from "@sandbank/kernel/evidence";
import {
  type AcceptedAct,
  type BankSigner,
  type Books,
  DECLINING,
  type JournalReader,
  type Partitions,
} from "@sandbank/tokens";
import { numbersOf } from "../parts.ts";
import type { Reading } from "./readings.ts";

/** Holders are spread over the pilot's partitions by a hash of their id; a slot is an index. */
export function tokenPartitions(
  numbers: readonly number[] = numbersOf("payment-tokens"),
): Partitions {
  const first = numbers[0] ?? 0;
  return {
    all: numbers,
    ofHolder(holder) {
      const hash = createHash("sha256").update(holder).digest().readUInt32BE(0);
      return numbers[hash % numbers.length] ?? first;
    },
    slotOf: (partition) => Math.max(0, numbers.indexOf(partition)),
    ofSlot: (slot) => numbers[slot] ?? first,
  };
}

export function refusedReader({ store }: Reading): JournalReader {
  return {
    async refused({ partition, command, holder, before, most }) {
      const asked = { subject: holder, command, before, most };
      const acts = await refusedActs(store, partition, asked);
      return acts.map(({ seq, act, at, organisation, refusal, content }) => ({
        ...{ seq, act, at, organisation, code: refusal.code, failed: refusal.failed },
        content: content as Awaited<ReturnType<JournalReader["refused"]>>[number]["content"],
      }));
    },
    async accepted({ partition, holder, commands, before, most }) {
      const asked = { subject: holder, commands, before, most };
      const acts = await acceptedActs(store, partition, asked);
      return acts.map(({ content, ...act }) => ({
        ...act,
        content: content as AcceptedAct["content"],
      }));
    },
    async refusedBetween({ partition, ...span }) {
      const acts = await refusedBetween(store, partition, { commands: DECLINING, ...span });
      return acts.map(({ seq, act, at, organisation, refusal, content }) => ({
        ...{ seq, act, at, organisation, code: refusal.code, failed: refusal.failed },
        content: content as Awaited<ReturnType<JournalReader["refusedBetween"]>>[number]["content"],
      }));
    },
  };
}

export function accountBooks({ store }: Reading): Books {
  return {
    async read(partition, key) {
      const row = (await balances(store, partition, key)).find((one) => one.key === key);
      if (row === undefined) return undefined;
      const { debits, credits } = row;
      const pending = { pendingDebits: row.pending_debits, pendingCredits: row.pending_credits };
      return { debits, credits, ...pending };
    },
  };
}

/** The bank's key for files and answers, made at the first start; see `keepSigner` for its custody. */
export function bankSigner(dataFolder: string): BankSigner {
  const signer = keepSigner(join(dataFolder, "keys"), "sandbank.example/bank", "log");
  return { vkey: signer.vkey, sign: (text) => signText(signer, text) };
}
