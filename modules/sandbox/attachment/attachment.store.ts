/**
 * SQL of attachments: bytes by their hash, and who filed them under which name. The database hashes
 * the bytes itself and keeps none under another hash.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Attachment } from "../declaration/declaration.contract.ts";

export interface AttachmentRow extends Attachment {
  readonly organisation: string;
  readonly at: Instant;
}

const COLUMNS = "hash, organisation, name, type, bytes, at";
const WITH_HASH = statement(
  "sandbox.attachments_with_hash",
  `select ${COLUMNS} from sandbox.attachment where partition = $1 and hash = any($2::text[])`,
);
const KEEP = statement(
  "sandbox.keep_bytes",
  `insert into sandbox.attachment_bytes (partition, hash, bytes) values ($1, $2, $3)
     on conflict do nothing`,
);
const LENGTHS = statement(
  "sandbox.kept_lengths",
  `select hash, length(bytes) as bytes from sandbox.attachment_bytes
    where partition = $1 and hash = any($2::text[])`,
);
const BYTES = statement(
  "sandbox.attachment_bytes_of",
  `select bytes from sandbox.attachment_bytes where partition = $1 and hash = $2`,
);
const PUBLIC = statement(
  "sandbox.published_attachments",
  `select 1 as one from sandbox.filing f join sandbox.declaration_version d
       on d.partition = f.partition and d.pilot = f.pilot and d.version = f.version
    where f.partition = $1 and f.published_at is not null
      and d.body::text like '%' || $2 || '%' limit 1`,
);

export function attachmentsIn(
  tx: Tx,
  partition: number,
  hashes: readonly string[],
): Promise<AttachmentRow[]> {
  return tx.query<AttachmentRow>(WITH_HASH, [partition, hashes]);
}

export function readAttachments(
  store: Store,
  partition: number,
  hash: string,
): Promise<AttachmentRow[]> {
  return store.query<AttachmentRow>(WITH_HASH, [partition, [hash]]);
}

/** Keeps bytes that nobody may know of yet: they belong to somebody once a command names them. */
export async function keepBytes(
  store: Store,
  partition: number,
  of: { readonly hash: string; readonly bytes: Uint8Array },
): Promise<void> {
  await store.query(KEEP, [partition, of.hash, Buffer.from(of.bytes)]);
}

/** The lengths of kept bytes by hash. */
export async function keptLengthsIn(
  tx: Tx,
  partition: number,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ hash: string; bytes: number }>(LENGTHS, [partition, hashes]);
  return new Map(rows.map((row) => [row.hash, row.bytes]));
}

export async function findBytes(
  store: Store,
  partition: number,
  hash: string,
): Promise<Uint8Array | undefined> {
  const [row] = await store.query<{ bytes: Uint8Array }>(BYTES, [partition, hash]);
  return row?.bytes;
}

/** True if a published version refers to it, so that everybody may have it. */
export async function isPublished(store: Store, partition: number, hash: string): Promise<boolean> {
  return (await store.query(PUBLIC, [partition, hash])).length > 0;
}

export const fileAttachment: Effect<Omit<AttachmentRow, "at"> & { readonly at: string }> = {
  statement: statement(
    "sandbox.file_attachment",
    `insert into sandbox.attachment (partition, hash, organisation, name, type, bytes, at)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[],
       $7::timestamptz[]) on conflict do nothing`,
  ),
  columns: ["hash", "organisation", "name", "type", "bytes", "at"],
};
