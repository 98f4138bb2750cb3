/** Token requestors in the database. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";

interface RequestorRow {
  readonly trid: string;
  readonly organisation: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly at: string;
}

const KNOWN = statement(
  "tokens.requestors",
  "select trid, organisation from tokens.requestor where partition = $1 and trid = any($2::text[])",
);
const ONE = statement(
  "tokens.requestor_of",
  `select organisation from tokens.requestor
    where partition = any($1::int[]) and trid = $2 limit 1`,
);

export const addRequestor: Effect<RequestorRow> = {
  statement: statement(
    "tokens.add_requestor",
    `insert into tokens.requestor (partition, trid, organisation, name_zh, name_en, at)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
  ),
  columns: ["trid", "organisation", "name_zh", "name_en", "at"],
};

/** Organisation by TRID, of those that are registered. */
export async function requestorsIn(
  tx: Tx,
  partition: number,
  trids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows(KNOWN, [partition, textArray([...new Set(trids)])]);
  return new Map(rows.map((row) => [row[0] as string, row[1] as string]));
}

/** The organisation of a requestor, or undefined. */
export async function findOrganisation(
  store: Store,
  partitions: readonly number[],
  trid: string,
): Promise<string | undefined> {
  const values = [`{${partitions.join(",")}}`, trid];
  const [row] = await store.query<{ organisation: string }>(ONE, values);
  return row?.organisation;
}
