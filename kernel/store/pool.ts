/**
 * A Store over `pg`: a pool that logs in as one role, statements prepared by name, everything sent
 * without waiting for the answer before. It retries nothing; who runs a transaction knows whether
 * it may run again.
 */
import pg from "pg";
import { ConnectionLost, endsConnection, QueryFault } from "./fault.ts";
import { parsers } from "./parsers.ts";
import type { Statement, Store, Tx } from "./tx.ts";

/** Waiting longer than this for a connection is a fault; it also bounds a connect that hangs. */
const CONNECT_WAIT_MS_MAX = 30_000;

/** in_failed_sql_transaction: what every statement after a failed one is told. */
const ABORTED = "25P02";

/** Where and as whom to log in. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string | undefined;
  readonly ssl?: boolean | object | undefined;
}

export interface PoolOptions {
  readonly connections: number;
  /** Lets the process end while connections are idle: for tests and short programs. */
  readonly idleExit?: boolean;
}

/** The settings of `pg` that all our connections have in common. */
export function clientConfig(login: Login): pg.ClientConfig {
  return {
    ...login,
    types: parsers,
    options: "-c TimeZone=UTC -c DateStyle=ISO -c client_min_messages=warning",
    application_name: "sandbank",
    connectionTimeoutMillis: CONNECT_WAIT_MS_MAX,
    keepAlive: true,
  } as pg.ClientConfig;
}

/** Opens a pool. No connection is made until the first query. */
export function openStore(login: Login, options: PoolOptions): Store {
  const pool = new pg.Pool({
    ...clientConfig(login),
    pipeline: true,
    max: options.connections,
    idleTimeoutMillis: 0,
    allowExitOnIdle: options.idleExit ?? false,
  } as pg.PoolConfig);
  // An idle connection that breaks is replaced at its next use; without a listener it would end us.
  pool.on("error", () => {});
  let ended: Promise<void> | undefined;
  return {
    role: login.user,
    transaction: (work) => transact(pool, work),
    query: <R extends object>(statement: Statement, values: readonly unknown[] = []) =>
      alone<R>(pool, statement, values),
    end: () => (ended ??= pool.end()),
  };
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (error instanceof pg.DatabaseError && !endsConnection(error)) throw error;
    throw new ConnectionLost(error, false);
  }
}

/** A statement alone is its own commit, so a connection lost under it leaves its fate unknown. */
async function alone<R>(
  pool: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
): Promise<R[]> {
  const session = new Session(await connect(pool));
  try {
    const result = await session.run(statement, values, false);
    return result.rows as R[];
  } catch (error) {
    throw error instanceof ConnectionLost ? new ConnectionLost(error.cause, true) : error;
  } finally {
    session.release();
  }
}

async function transact<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const session = new Session(await connect(pool));
  try {
    const begun = session.command("begin");
    const answer = await session.work(begun, work);
    await session.commit();
    return answer;
  } finally {
    session.release();
  }
}

/** One connection for the length of one transaction. */
class Session implements Tx {
  readonly #client: pg.PoolClient;
  #lost: unknown;
  #first: QueryFault | undefined;
  #ended = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    client.on("error", this.#onLoss);
  }

  readonly #onLoss = (error: unknown): void => {
    this.#lost ??= error;
  };

  async query<R extends object>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<R[]> {
    const result = await this.run(statement, values, false);
    return result.rows as R[];
  }

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<unknown[][]> {
    const result = await this.run(statement, values, true);
    return result.rows as unknown[][];
  }

  run(
    statement: Statement,
    values: readonly unknown[],
    asArrays: boolean,
  ): Promise<pg.QueryResult> {
    const { name, text } = statement;
    if (this.#ended) return Promise.reject(new Error(`${name}: the transaction has ended`));
    const config = { name, text, values, ...(asArrays ? { rowMode: "array" } : {}) };
    return this.#send(config as unknown as pg.QueryConfig, name);
  }

  command(text: string): Promise<pg.QueryResult> {
    return this.#send({ text }, text);
  }

  #send(config: pg.QueryConfig, name: string): Promise<pg.QueryResult> {
    return new Promise((resolve, reject) => {
      this.#client.query(config, (error: Error | null, result: pg.QueryResult) => {
        if (error) reject(this.#faultOf(error, name));
        else resolve(result);
      });
    });
  }

  #faultOf(error: Error, name: string): Error {
    if (endsConnection(error)) {
      this.#lost ??= error;
      return new ConnectionLost(this.#lost, false);
    }
    if (!(error instanceof pg.DatabaseError)) return error;
    // Statements sent after the failing one fail for its reason, so its fault is the one to tell.
    if (error.code === ABORTED && this.#first) return this.#first;
    return (this.#first ??= new QueryFault(error, name));
  }

  /** Runs the work; any throw rolls back. The first failing statement is the one that is told. */
  async work<T>(begun: Promise<unknown>, work: (tx: Tx) => Promise<T>): Promise<T> {
    begun.catch(() => {});
    try {
      const answer = await work(this);
      this.#ended = true;
      await begun;
      return answer;
    } catch (error) {
      this.#ended = true;
      if (this.#lost === undefined) await this.command("rollback").catch(this.#onLoss);
      throw error;
    }
  }

  async commit(): Promise<void> {
    let done: pg.QueryResult;
    try {
      done = await this.command("commit");
    } catch (error) {
      if (error instanceof ConnectionLost) throw new ConnectionLost(error.cause, true);
      throw error;
    }
    // A failed statement that the work let pass turns the commit into a rollback without an error.
    if (done.command !== "COMMIT") throw this.#first ?? new Error("rolled back at commit");
  }

  release(): void {
    this.#ended = true;
    this.#client.removeListener("error", this.#onLoss);
    this.#client.release(this.#lost !== undefined);
  }
}
