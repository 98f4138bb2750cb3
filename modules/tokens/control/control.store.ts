/** Versions of controls in the database: only ever appended. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";
import type { Party } from "./control.contract.ts";
import { type Control, controlIn } from "./control.ts";

const VERSIONS = statement(
  "tokens.control_versions",
  `select version, by, at, holder_terms::text as holder, issuer_terms::text as issuer
     from tokens.control where partition = $1 and token = $2 order by version desc limit $3`,
);

interface ControlRow {
  readonly token: string;
  readonly version: number;
  readonly by: Party;
  readonly holder: string;
  readonly issuer: string;
  readonly at: string;
}

/** Adds a version of a token's controls. */
export const addControl: Effect<ControlRow> = {
  statement: statement(
    "tokens.add_control",
    `insert into tokens.control (partition, token, version, by, holder_terms, issuer_terms, at)
     select $1, t.token, t.version, t.by, t.holder::json, t.issuer::json, t.at
       from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
            t(token, version, by, holder, issuer, at)`,
  ),
  columns: ["token", "version", "by", "holder", "issuer", "at"],
};

/** A version as its row. */
export function controlRow(
  token: string,
  control: Control,
  made: { readonly by: Party; readonly at: string },
): ControlRow {
  return { token, version: control.version, ...control.texts, ...made };
}

/** Columns of a control `k` as statements of other nouns select them, in this order. */
export const CONTROL_COLUMNS = "k.version, k.holder_terms::text, k.issuer_terms::text";

/** Reads `CONTROL_COLUMNS` from a row of columns, beginning at a place. */
export function readControl(row: readonly unknown[], from: number): Control {
  const [version, holder, issuer] = row.slice(from, from + 3) as [number, string, string];
  return controlIn(version, { holder, issuer });
}

/** A version as readers see it. */
export interface KeptVersion {
  readonly version: number;
  readonly by: Party;
  readonly at: Instant;
  readonly holder: string;
  readonly issuer: string;
}

/** Versions of a token's controls, newest first, at most `most`. */
export function findVersions(
  store: Store,
  partition: number,
  of: { readonly token: string; readonly most: number },
): Promise<KeptVersion[]> {
  return store.query<KeptVersion>(VERSIONS, [partition, of.token, of.most]);
}
