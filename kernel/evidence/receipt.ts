/**
 * A receipt: the bytes of one record and the proof that it is in the log, in the form of
 * c2sp.org/tlog-proof. It verifies offline, with the log's key and nothing else of ours. A record
 * that no published checkpoint covers yet has none: it is recorded, not witnessed.
 */
import type { Store } from "../store/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { readLeaves, readLogs } from "./log.store.ts";
import { openCheckpoint, readBase64, readCheckpoint, readNote } from "./note.ts";
import { refuseNote, signedBy, type Verifier } from "./note.ts";
import { decodeBundle, TILE_WIDTH, tileHashes, type TileSource } from "./tiles.ts";
import { HASH_BYTES, inclusionProof, leafHash, verifyInclusion } from "./tree.ts";
import { fetchPart } from "./walk.ts";

export interface Receipt {
  /** c2sp.org/tlog-proof@v1, with the checkpoint at its end. */
  readonly proof: string;
  /** The leaf's own bytes, as text. */
  readonly record: string;
}

/** Where a record stands: in the database alone, or under a checkpoint that witnesses cosigned. */
export type ReceiptState =
  | { readonly state: "recorded"; readonly index: number; readonly record: string }
  | ({ readonly state: "witnessed"; readonly index: number } & Receipt);

const HEAD = "c2sp.org/tlog-proof@v1";

/**
 * The state of a record, and its receipt once a published checkpoint covers it; undefined where the
 * log has no such record. `published` are the log's files, `checkpoint` among them.
 */
export async function receiptState(
  log: { readonly store: Store; readonly partition: number; readonly published: TileSource },
  index: number,
): Promise<ReceiptState | undefined> {
  const checkpoint = (await log.published("checkpoint"))?.toString("utf8");
  const note = checkpoint === undefined ? undefined : readNote(checkpoint);
  const read = note === undefined || isRefusal(note) ? undefined : readCheckpoint(note.text);
  if (checkpoint !== undefined && read !== undefined && !isRefusal(read) && index < read.size) {
    const receipt = await receiptOf(log.published, { checkpoint, size: read.size }, index);
    return receipt && { state: "witnessed", index, ...receipt };
  }
  const head = (await readLogs(log.store)).find((one) => one.partition === log.partition);
  if (head === undefined || !(index >= 0) || BigInt(index) >= head.size) return undefined;
  const [row] = await readLeaves(log.store, log.partition, { first: index, most: 1 });
  return row && { state: "recorded", index, record: row.body };
}

/** The receipt of a record under a published checkpoint, or undefined where it does not reach. */
export async function receiptOf(
  source: TileSource,
  log: { readonly checkpoint: string; readonly size: number },
  index: number,
): Promise<Receipt | undefined> {
  if (!(index >= 0 && index < log.size)) return undefined;
  const bundle = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, log.size - bundle * TILE_WIDTH);
  const entries = await fetchPart(source, { level: "entries", index: bundle, width });
  const record = entries && decodeBundle(entries.bytes).leaves[index - bundle * TILE_WIDTH];
  if (!record) return undefined;
  const path = await inclusionProof(tileHashes(source, log.size), index, log.size);
  const lines = path.map((hash) => `${hash.toString("base64")}\n`).join("");
  return {
    proof: `${HEAD}\nindex ${index}\n${lines}\n${log.checkpoint}`,
    record: record.toString("utf8"),
  };
}

export interface Trusted {
  readonly log: Verifier;
  readonly witnesses?: readonly Verifier[];
  /** How many of the witnesses must have cosigned; all of them unless told. */
  readonly quorum?: number;
}

/**
 * True if the record is in a log that the key signed and the witnesses saw. Refuses what is no proof
 * (`note_malformed`, `checkpoint_malformed`) and what the log's key did not sign (`note_not_signed`).
 */
export function verifyReceipt(
  { proof, record }: Receipt,
  trusted: Verifier | Trusted,
): boolean | Refusal {
  const {
    log,
    witnesses = [],
    quorum = witnesses.length,
  }: Trusted = "vkey" in trusted ? { log: trusted } : trusted;
  const split = proof.indexOf("\n\n");
  const [head, ...rest] = proof.slice(0, Math.max(0, split)).split("\n");
  // The specification allows one line of extra words here, which nothing may rest on.
  const [at = "", ...lines] = rest[0]?.startsWith("extra ") ? rest.slice(1) : rest;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(at)?.[1];
  const path = lines.map(readBase64);
  const hashes = path.every((one) => one?.length === HASH_BYTES);
  if (head !== HEAD || index === undefined || !hashes) return refuseNote("note_malformed");
  const checkpoint = openCheckpoint(proof.slice(split + 2), log);
  if ("refused" in checkpoint) return checkpoint;
  const seen = witnesses.filter((witness) => signedBy(checkpoint.note, witness));
  if (seen.length < quorum) return false;
  const { size, root } = checkpoint;
  const leaf = leafHash(record);
  return verifyInclusion({ index: Number(index), size, leaf, path: path as Buffer[], root });
}
