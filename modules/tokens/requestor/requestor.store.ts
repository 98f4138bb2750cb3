/** Token requestors in the database. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";
import type { RequestorState, SceneState } from "../contract.ts";
import type { Requestor } from "./requestor.ts";

interface RequestorRow {
  readonly trid: string;
  readonly organisation: string;
  readonly name_zh: string;
  readonly name_en: string;
  /** Hosts with blanks between. */
  readonly domains: string;
  readonly at: string;
}

/** A requestor as people see it. */
export interface ShownRequestor extends Omit<RequestorRow, "at"> {
  readonly at: Instant;
  readonly state: RequestorState;
}

/** Requestors of one answer; the registry of a pilot is read whole. */
const LISTED_MAX = 500;

const KNOWN = statement(
  "tokens.requestors",
  `select trid, organisation, state from tokens.requestor
    where partition = $1 and trid = any($2::text[])`,
);
const ONE = statement(
  "tokens.requestor_of",
  `select trid, organisation, state, array_to_string(domains, ' ') as domains
     from tokens.requestor where partition = any($1::int[]) and trid = $2 limit 1`,
);
const ALL = statement(
  "tokens.requestors_listed",
  `select trid, organisation, name_zh, name_en, array_to_string(domains, ' ') as domains, state, at
     from tokens.requestor
    where partition = $1 and ($2::text is null or organisation = $2) order by trid limit $3`,
);

const SCENES_OF = statement(
  "tokens.scenes_of_requestor",
  `select id, name_zh, name_en, state from tokens.scene
    where partition = $1 and trid = $2 order by id limit $3`,
);

export const addRequestor: Effect<RequestorRow> = {
  statement: statement(
    "tokens.add_requestor",
    `insert into tokens.requestor
       (partition, trid, organisation, name_zh, name_en, domains, at, state)
     select $1, t.trid, t.organisation, t.zh, t.en, string_to_array(t.domains, ' '), t.at, 'applied'
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
            t(trid, organisation, zh, en, domains, at)`,
  ),
  columns: ["trid", "organisation", "name_zh", "name_en", "domains", "at"],
};

export const putRequestor: Effect<Pick<Requestor, "trid" | "state">> = {
  statement: statement(
    "tokens.put_requestor",
    `update tokens.requestor r set state = n.state
       from unnest($2::text[], $3::text[]) n(trid, state)
      where r.partition = $1 and r.trid = n.trid`,
  ),
  columns: ["trid", "state"],
};

/** The requestors of these TRIDs that are registered. */
export async function requestorsIn(
  tx: Tx,
  partition: number,
  trids: readonly string[],
): Promise<Map<string, Requestor>> {
  const rows = await tx.query<Requestor>(KNOWN, [partition, textArray([...new Set(trids)])]);
  return new Map(rows.map((row) => [row.trid, row]));
}

/** A requestor for a reader, or undefined. */
export async function findRequestor(
  store: Store,
  partitions: readonly number[],
  trid: string,
): Promise<(Requestor & { readonly domains: string }) | undefined> {
  const values = [`{${partitions.join(",")}}`, trid];
  const [row] = await store.query<Requestor & { domains: string }>(ONE, values);
  return row;
}

/** Every requestor, or those of one organisation, by TRID; at most 500. */
export function findRequestors(
  store: Store,
  partition: number,
  organisation: string | undefined,
): Promise<ShownRequestor[]> {
  return store.query<ShownRequestor>(ALL, [partition, organisation ?? null, LISTED_MAX]);
}

/** A scene of a requestor by its name. */
export interface NamedScene {
  readonly id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly state: SceneState;
}

/** The scenes of one requestor by id, at most 500. */
export function findScenesOf(store: Store, partition: number, trid: string): Promise<NamedScene[]> {
  return store.query<NamedScene>(SCENES_OF, [partition, trid, LISTED_MAX]);
}
