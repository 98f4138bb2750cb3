/** SQL of issuing keys by an act: only where no policy holds. */
import { statement, type Tx } from "../store/index.ts";
import type { Effect } from "./command.ts";

const IS_ORGANISATION = statement(
  "guard.is_organisation",
  "select identity.is_organisation($1, $2) as known",
);

export interface IssuedKey {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly prefix: string;
  readonly organisation: string;
  readonly name: string;
  /** Set apart by spaces. */
  readonly roles: string;
  readonly created: string;
  readonly expires: string;
}

/** A key begins to hold; of its secret only the digest is kept. */
export const issueRow: Effect<IssuedKey> = {
  statement: statement(
    "guard.issue_keys",
    "select identity.issue_keys($1, $2, $3, $4, $5, $6, $7, $8, $9)",
  ),
  columns: ["id", "hash", "prefix", "organisation", "name", "roles", "created", "expires"],
};

export async function isOrganisationIn(tx: Tx, partition: number, id: string): Promise<boolean> {
  const [row] = await tx.query<{ known: boolean }>(IS_ORGANISATION, [partition, id]);
  return row?.known ?? false;
}
