/**
 * SQL of what people wrote. Keeping is a step before the command that names it, as with card
 * numbers; a claim and an erasure are effects of commands. Who may read is decided by the routes.
 */
import { type Instant, machineNow, randomBytes, toIso } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, uuidArray } from "@sandbank/kernel/store";
import { receiptCode } from "./receipt.ts";
import { committed, type Wording, wordingId } from "./wording.ts";

const SALT_BYTES = 16;
/** Words that no act claimed within this time belong to nothing. */
const UNCLAIMED_MS = 86_400_000;

const KEEP = statement(
  "sandbox.keep_wording",
  `insert into sandbox.wording as w (partition, id, organisation, command, field, salt, body, kept_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (partition, id) do update set kept_at = greatest(w.kept_at, excluded.kept_at)
   returning salt`,
);

const SWEEP = statement(
  "sandbox.sweep_wording",
  "delete from sandbox.wording where partition = $1 and not claimed and kept_at < $2",
);

const READ = statement(
  "sandbox.read_wording",
  "select id::text as id, body, erased_at from sandbox.wording where partition = $1 and id = any($2::uuid[])",
);

export interface Keeping {
  readonly organisation: string;
  /** Id of the command that will name it. */
  readonly command: string;
  /** Which words of that command. */
  readonly field: string;
  readonly body: string;
}

/**
 * Keeps words before the command that names them. Keeping the same again changes nothing: the first
 * bytes stay, and other bytes under the same command commit to something else, which the guard then
 * refuses as another content under the same id.
 */
export async function keepWording(
  store: Store,
  partition: number,
  keeping: Keeping,
): Promise<{ readonly wording: Wording; readonly receipt: string }> {
  const { organisation, command, field, body } = keeping;
  const now = machineNow();
  const id = wordingId({ organisation, command, field });
  await store.query(SWEEP, [partition, toIso((now - UNCLAIMED_MS) as Instant)]);
  const [row] = await store.query<{ salt: Uint8Array | null }>(KEEP, [
    ...[partition, id, organisation, command, field],
    ...[Buffer.from(randomBytes(SALT_BYTES)), body, toIso(now)],
  ]);
  // Erased words have no salt: whatever is sent under their command now is another content.
  const salt = row?.salt ?? new Uint8Array(SALT_BYTES);
  return { wording: committed(id, salt, body), receipt: receiptCode(salt) };
}

/** Words by id; null for those that were erased. */
export async function readWordings(
  store: Store,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await store.query<{ id: string; body: string | null }>(READ, [
    partition,
    uuidArray([...new Set(ids)]),
  ]);
  return new Map(rows.map((row) => [row.id, row.body]));
}

/** A committed act names these words. */
export const claimWording: Effect<{ readonly id: string }> = {
  statement: statement(
    "sandbox.claim_wording",
    `update sandbox.wording w set claimed = true from unnest($2::uuid[]) u(id)
      where w.partition = $1 and w.id = u.id`,
  ),
  columns: ["id"],
};

/** Words and salt are gone; what was committed to them can be opened by nobody. */
export const eraseWording: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.erase_wording",
    `update sandbox.wording w set body = null, salt = null, erased_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where w.partition = $1 and w.id = u.id and w.body is not null`,
  ),
  columns: ["id", "at"],
};
