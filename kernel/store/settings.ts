/**
 * How the embedded server is tuned, with the reason beside each setting. The machine in mind has two
 * cores and a few gigabytes, shared with the program itself. An external server keeps its own.
 */

/** Real rows are always written through to the disk before a commit is acknowledged. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" } as const;

/**
 * For tests only: a power cut may lose everything. Commits still reach the system's cache before
 * they are acknowledged, so that a kill of any process loses nothing, in tests too.
 */
const FOR_TESTS = {
  fsync: "off",
  synchronous_commit: "on",
  full_page_writes: "off",
  autovacuum: "off",
  deadlock_timeout: "50ms",
} as const;

const TUNED = {
  // No TCP port: only who may enter the socket's folder reaches the server.
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "100",
  // Hot accounts, heads and recent history fit; the rest of the memory is the system's page cache.
  shared_buffers: "256MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  // Full page images after each checkpoint are most of the WAL of a busy ledger: make checkpoints
  // rare and spread them out, and squeeze the images. Recovery of 2 GB of WAL takes some seconds.
  max_wal_size: "2GB",
  min_wal_size: "256MB",
  checkpoint_timeout: "15min",
  checkpoint_completion_target: "0.9",
  wal_compression: "on",
  // The low-level backup needs this level, and a slot so that no WAL goes while it copies.
  wal_level: "replica",
  max_wal_senders: "0",
  max_replication_slots: "2",
  // Two cores are better spent on two statements than on one; compiling plans never pays here.
  max_parallel_workers_per_gather: "0",
  max_worker_processes: "4",
  jit: "off",
  io_method: "sync",
  // Append-only history grows fast: vacuum by inserts keeps its visibility map fresh.
  autovacuum_naptime: "15s",
  // Nobody holds a lock on a partition for long by design; a forgotten transaction must not either.
  idle_in_transaction_session_timeout: "60s",
  TimeZone: "UTC",
  log_timezone: "UTC",
  DateStyle: "ISO, YMD",
  log_line_prefix: "%m [%p] %u@%d ",
  log_checkpoints: "off",
  // A statement in the log could carry personal data: parameters and texts stay out of it.
  log_min_error_statement: "panic",
  log_parameter_max_length_on_error: "0",
  log_error_verbosity: "terse",
} as const;

/** The settings as arguments of the server. */
export function serverArguments(durable: boolean): string[] {
  const settings = { ...TUNED, ...(durable ? DURABLE : FOR_TESTS) };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
