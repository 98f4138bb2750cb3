/** SQL of enrolling and ending keys for requests: they are kept with identity, which looks them up. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";

export interface RequestKeyRow {
  readonly id: string;
  readonly organisation: string;
  readonly expires: Instant;
  readonly ended: Instant | null;
}

/** A key as its institution sees it. */
export interface RequestKeyShown {
  readonly id: string;
  readonly public_key: Uint8Array;
  readonly name: string;
  readonly enrolled_by: string;
  readonly created: Instant;
  readonly expires: Instant;
  readonly ended: Instant | null;
}

const BY_ID = statement(
  "sandbox.request_keys_by_id",
  "select id, organisation, expires, ended from identity.request_keys($1, $2::text[])",
);
const OF_ORGANISATION = statement(
  "sandbox.request_keys_of",
  `select id, public_key, name, enrolled_by, created, expires, ended
     from identity.request_keys_of($1, $2)`,
);

/** Keys with these ids, whoever holds them. */
export function requestKeysIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<RequestKeyRow[]> {
  return tx.query<RequestKeyRow>(BY_ID, [partition, textArray(ids)]);
}

/** The keys of one institution, oldest first, at most 200. */
export function readRequestKeys(
  store: Store,
  partition: number,
  organisation: string,
): Promise<RequestKeyShown[]> {
  return store.query<RequestKeyShown>(OF_ORGANISATION, [partition, organisation]);
}

/** A key begins to hold. `line` counts only where the organisation has none of that name. */
export const addRequestKey: Effect<{
  readonly line: string;
  readonly public_key: Uint8Array;
  readonly organisation: string;
  readonly name: string;
  /** Set apart by spaces. */
  readonly roles: string;
  readonly enrolled_by: string;
  readonly created: string;
  readonly expires: string;
}> = {
  statement: statement(
    "sandbox.add_request_key",
    "select identity.enrol_request_keys($1, $2, $3, $4, $5, $6, $7, $8, $9)",
  ),
  columns: [
    ...(["line", "public_key", "organisation", "name", "roles", "enrolled_by"] as const),
    ...(["created", "expires"] as const),
  ],
};

export const endRequestKeyRow: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement("sandbox.end_request_key", "select identity.end_request_keys($1, $2, $3)"),
  columns: ["id", "at"],
};
