/** Opens a partition: its row of order, its ownership in the ledger, its empty log. By the owner. */
import { openLogIn } from "../evidence/index.ts";
import { statement, type Store } from "../store/index.ts";

const OPEN_GUARD = statement(
  "guard.open_partition",
  "select guard.open_partition($1, $2, $3, $4, $5)",
);
const OPEN_LEDGER = statement("ledger.open_partition", "select ledger.open_partition($1, $2)");

/**
 * Settings of the roles that act. Every hot statement finds its rows by key, so one plan is right
 * for ever: planning anew for each batch costs more than the work, and a plan made while tables
 * are still empty must not settle on reading them whole.
 */
export const HOT_SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_mergejoin: "off",
  jit: "off",
} as const;

export interface NewPartition {
  readonly partition: number;
  readonly pilot: string;
  /** The module whose commands act here, and the database role it logs in with. */
  readonly module: string;
  readonly role: string;
  /** Held to a policy; only the sandbox's own partition is not. */
  readonly supervised: boolean;
  /** Origin of its log: `<origin>/<pilot>/<partition>`. */
  readonly origin: string;
}

/** Opens a partition; opening one twice changes nothing. */
export function openPartition(owner: Store, row: NewPartition): Promise<void> {
  return owner.transaction(async (tx) => {
    const { partition, pilot, module, role, supervised, origin } = row;
    await tx.query(OPEN_GUARD, [partition, pilot, module, role, supervised]);
    await tx.query(OPEN_LEDGER, [partition, role]);
    await openLogIn(tx, { partition, origin });
  });
}
