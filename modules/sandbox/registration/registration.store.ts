/** SQL of registration numbers, issued once each, and of where every pilot has been. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { State } from "../pilot/pilot.ts";

export interface RegistrationRow {
  readonly pilot: string;
  readonly uscc: string;
  readonly year: number;
  readonly seq: number;
  readonly version: number;
  readonly at: Instant;
  readonly start_by: Instant;
}

const REGISTRATION_COLUMNS = "pilot, uscc, year, seq, version, at, start_by";
const REGISTRATIONS_OF = statement(
  "sandbox.registrations_of",
  `select ${REGISTRATION_COLUMNS} from sandbox.registration
    where partition = $1 and pilot = any($2::text[])`,
);
const LAST_NUMBERS = statement(
  "sandbox.last_numbers",
  `select uscc, year, max(seq)::int as seq from sandbox.registration
    where partition = $1 group by uscc, year`,
);

export function registrationsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<RegistrationRow[]> {
  return tx.query<RegistrationRow>(REGISTRATIONS_OF, [partition, pilots]);
}

export async function findRegistration(
  store: Store,
  partition: number,
  pilot: string,
): Promise<RegistrationRow | undefined> {
  const [row] = await store.query<RegistrationRow>(REGISTRATIONS_OF, [partition, [pilot]]);
  return row;
}

export type LastNumberRow = Pick<RegistrationRow, "uscc" | "year" | "seq">;

/** The last number that each institution was given in each year. */
export function lastNumbersIn(tx: Tx, partition: number): Promise<LastNumberRow[]> {
  return tx.query<LastNumberRow>(LAST_NUMBERS, [partition]);
}

export const issueNumber: Effect<
  Omit<RegistrationRow, "at" | "start_by"> & { readonly at: string; readonly start_by: string }
> = {
  statement: statement(
    "sandbox.issue_number",
    `insert into sandbox.registration (partition, pilot, uscc, year, seq, version, at, start_by)
     select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[],
       $7::timestamptz[], $8::timestamptz[])`,
  ),
  columns: ["pilot", "uscc", "year", "seq", "version", "at", "start_by"],
};

const NUMBERS = statement(
  "sandbox.numbers_issued",
  `select pilot, uscc, year, seq from sandbox.registration where partition = $1 limit 10000`,
);

/** Every number that was issued, by its pilot. */
export async function readNumbers(
  store: Store,
  partition: number,
): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query<LastNumberRow & { readonly pilot: string }>(NUMBERS, [partition]);
  return new Map(rows.map((row) => [row.pilot, numberText(row)]));
}

/** A number as it is written: `<USCC>-<year>-<4 digits>`. */
export function numberText(row: Pick<RegistrationRow, "uscc" | "year" | "seq">): string {
  return `${row.uscc}-${row.year}-${String(row.seq).padStart(4, "0")}`;
}

export interface PassageRow {
  readonly step: number;
  readonly from_state: State | null;
  readonly to_state: State;
  readonly version: number;
  readonly at: Instant;
}

const PASSAGES = statement(
  "sandbox.passages",
  `select step, from_state, to_state, version, at from sandbox.passage
    where partition = $1 and pilot = $2 order by step limit 1000`,
);

/** Where a pilot has been, oldest first. */
export function readPassages(
  store: Store,
  partition: number,
  pilot: string,
): Promise<PassageRow[]> {
  return store.query<PassageRow>(PASSAGES, [partition, pilot]);
}
