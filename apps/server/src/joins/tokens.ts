/** What payment tokens need of others: where holders live, journal and books to read. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  acceptedActs,
  partitionHeads,
  policyOf,
  refusedActs,
  refusedBetween,
} from "@sandbank/kernel/guard";
import { balances } from "@sandbank/kernel/ledger";
import { keepSigner, signText } from "@sandbank/kernel/evidence";
import type { Store } from "@sandbank/kernel/store";
import type { Duty } from "@sandbank/sandbox";
import {
  type AcceptedAct,
  type BankSigner,
  type Books,
  DECLINING,
  type JournalReader,
  type Left,
  type Partitions,
  type PilotReader,
  type TokensModule,
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

/** Which step of the pilot's exit waits for what the module has left, and on which side it stands. */
const STEP_OF: Readonly<Record<Left["what"], readonly [step: string, side: Duty["side"]]>> = {
  holders_untold: ["notify_holders", "to_do"],
  scenes_open: ["cut_off_scenes", "to_do"],
  payments_open: ["finish_authorisations", "in_flight"],
  settlements_owed: ["finish_authorisations", "in_flight"],
  tokens_live: ["delete_tokens", "to_do"],
  cards_bound: ["delete_tokens", "to_do"],
  keys_kept: ["destroy_keys", "to_do"],
};

/** What is left of payment tokens, in the words in which an exit asks for it. */
export async function tokenDuties(tokens: Pick<TokensModule, "left">): Promise<Duty[]> {
  return (await tokens.left()).map(({ what, ref, unit, amount, ends }) => {
    const [step, side] = STEP_OF[what];
    return { step, of: ref === null ? what : `${what}/${ref}`, unit, amount, side, ends };
  });
}

/** What the supervisor has made of a pilot, by the policies that its partitions obey. */
export function pilotReader(store: Store, pilot: string): PilotReader {
  return {
    async leaves() {
      const heads = (await partitionHeads(store)).filter((head) => head.pilot === pilot);
      const phases = heads.map(async ({ partition, policy_version }) => {
        const policy = await policyOf(store, partition, policy_version);
        return policy?.phase;
      });
      const all = await Promise.all(phases);
      return all.length > 0 && all.every((phase) => phase === "exiting" || phase === "exited");
    },
  };
}

/** The bank's key for files and answers, made at the first start; see `keepSigner` for its custody. */
export function bankSigner(dataFolder: string): BankSigner {
  const signer = keepSigner(join(dataFolder, "keys"), "sandbank.example/bank", "log");
  return { vkey: signer.vkey, sign: (text) => signText(signer, text) };
}
