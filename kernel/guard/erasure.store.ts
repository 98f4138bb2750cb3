/** SQL of erasure: which acts are about a customer, and taking away what opens them. */
import { statement, textArray, type Tx } from "../store/index.ts";
import type { Effect } from "./command.ts";

const BELONGINGS = statement("guard.belongings", "select * from guard.belongings($1, $2)");

/** An act that is about a customer: its own, or the end of a hold that it opened. */
export interface Belonging {
  readonly subject: string;
  readonly seq: bigint;
  readonly act: string;
  readonly command: string;
  readonly outcome: string;
}

export interface ErasureRow {
  readonly subject: string;
  /** Keys of accounts of the customer's alone, set apart by spaces. */
  readonly accounts: string;
}

/** Salts, key, bytes and names of a customer go; journal, history and leaves stay. */
export const eraseSubject: Effect<ErasureRow> = {
  statement: statement("guard.erase", "select guard.erase($1, $2, $3)"),
  columns: ["subject", "accounts"],
};

/** The acts about each of these customers, as openings name them. */
export async function belongingsIn(
  tx: Tx,
  partition: number,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly Belonging[]>> {
  const rows = await tx.query<Belonging>(BELONGINGS, [partition, textArray(subjects)]);
  return Map.groupBy(rows, ({ subject }) => subject);
}
