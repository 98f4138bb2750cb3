/**
 * What the rest of the kernel and the modules see of PostgreSQL: named statements, run in a
 * transaction or alone. SQL is written as SQL in `*.store.ts`; there is no query builder.
 */

/** One question to the database. The name is unique in the project and makes it a prepared one. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** An open transaction. Queries may be issued without waiting for each other: they are pipelined. */
export interface Tx {
  query<R extends object>(statement: Statement, values?: readonly unknown[]): Promise<R[]>;
  /** Rows as arrays of columns in the order of the statement: less work per row on hot paths. */
  rows(statement: Statement, values?: readonly unknown[]): Promise<unknown[][]>;
}

/** A pool that logs in as one database role. */
export interface Store {
  readonly role: string;
  /** Runs `work` between begin and commit on one connection; any throw rolls back and rethrows. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement on its own, committed by itself. */
  query<R extends object>(statement: Statement, values?: readonly unknown[]): Promise<R[]>;
  end(): Promise<void>;
}

/** A part's forward-only migrations: numbered files `0001_name.sql` in `folder`. */
export interface Migrations {
  /** The schema that the files own, also the name under which they are recorded. */
  readonly schema: string;
  readonly folder: URL;
}

const names = new Map<string, string>();

/** Declares a statement. Two different texts under one name are a bug and throw. */
export function statement(name: string, text: string): Statement {
  const known = names.get(name);
  if (known !== undefined && known !== text) throw new Error(`statement declared twice: ${name}`);
  names.set(name, text);
  return { name, text };
}
