/** SQL of windows that are over for good: which there are, and taking them out of live accounts. */
import { statement, type Store, type Tx } from "../store/index.ts";
import type { Effect } from "./command.ts";

const OVER = statement("guard.over_windows", "select * from ledger.over_windows($1, $2, $3)");
const HAS_OVER = statement(
  "guard.has_over_windows",
  "select ledger.has_over_windows($1, $2) as has",
);

/** A window as it stands before it is dropped. */
export interface WindowRow {
  readonly id: bigint;
  readonly key: string;
  readonly period: string;
  readonly debits: bigint;
  readonly credits: bigint;
  readonly cap: bigint | null;
}

/** A window leaves the live accounts; one that moved since it was read is a fault. */
export const dropWindow: Effect<Pick<WindowRow, "id" | "debits" | "credits">> = {
  statement: statement("guard.drop_windows", "select ledger.drop_windows($1, $2, $3, $4)"),
  columns: ["id", "debits", "credits"],
};

/** Windows of periods that ended before a day, at most `most`, earliest first. */
export function overWindowsIn(
  tx: Tx,
  partition: number,
  asked: { readonly before: string; readonly most: number },
): Promise<WindowRow[]> {
  return tx.query<WindowRow>(OVER, [partition, asked.before, asked.most]);
}

/** Whether a partition has any, for a reader. */
export async function hasOverWindows(
  store: Store,
  partition: number,
  before: string,
): Promise<boolean> {
  const [row] = await store.query<{ has: boolean }>(HAS_OVER, [partition, before]);
  return row?.has ?? false;
}
