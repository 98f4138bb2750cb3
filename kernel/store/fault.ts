/**
 * Faults that a query can end in. The class tells the guard what it may do next: run again, split
 * the batch, or look up what became of a commit that nobody answered.
 */
import pg from "pg";

/** The server said no to a statement. What it belonged to is rolled back. */
export class QueryFault extends Error {
  override readonly name = "QueryFault";
  /** Five characters of SQLSTATE. */
  readonly sqlState: string;
  /** True if the same work may succeed when run again: serialization, deadlock, lock not available. */
  readonly transient: boolean;
  /** Name of the statement. */
  readonly statement: string;
  readonly constraint: string | undefined;
  constructor(error: pg.DatabaseError, statement: string) {
    super(`${statement}: ${error.message}`, { cause: error });
    this.sqlState = error.code ?? "";
    this.transient = TRANSIENT.has(this.sqlState);
    this.statement = statement;
    this.constraint = error.constraint;
  }
}

/** The connection was lost or never came about. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
  readonly transient = true;
  /** True if the commit had been sent: what it holds may stand or not, and must be looked up. */
  readonly atCommit: boolean;
  constructor(cause: unknown, atCommit: boolean) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`connection lost${atCommit ? " at commit" : ""}: ${reason}`, { cause });
    this.atCommit = atCommit;
  }
}

/** serialization_failure, deadlock_detected, lock_not_available, too_many_connections. */
const TRANSIENT = new Set(["40001", "40P01", "55P03", "53300"]);

/** True if the error ends the connection: a server's last word, or no word from the server at all. */
export function endsConnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return (
      error.severity === "FATAL" || error.severity === "PANIC" || /^(08|57P)/.test(error.code ?? "")
    );
  }
  if (!(error instanceof Error)) return false;
  const errno = (error as NodeJS.ErrnoException).errno;
  return (
    errno !== undefined ||
    /Connection terminated|not queryable|was closed|timeout/.test(error.message)
  );
}
