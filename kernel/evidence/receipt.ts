/**
 * A receipt: the bytes of one record and the proof that it is in the log, in the form of
 * c2sp.org/tlog-proof. It verifies offline, with the log's key and nothing else of ours.
 */
import type { Refusal } from "../words/index.ts";
import { openCheckpoint, readBase64, refuseNote, type Verifier } from "./note.ts";
import { type TileSource, tileHashes, tilePath, TILE_WIDTH, decodeBundle } from "./tiles.ts";
import { inclusionProof, leafHash, verifyInclusion } from "./tree.ts";

export interface Receipt {
  /** c2sp.org/tlog-proof@v1, with the checkpoint at its end. */
  readonly proof: string;
  /** The leaf's own bytes, as text. */
  readonly record: string;
}

const HEAD = "c2sp.org/tlog-proof@v1";

/** The receipt of a record under a published checkpoint, or undefined where it does not reach. */
export async function receiptOf(
  source: TileSource,
  log: { readonly checkpoint: string; readonly size: number },
  index: number,
): Promise<Receipt | undefined> {
  if (!(index >= 0 && index < log.size)) return undefined;
  const bundle = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, log.size - bundle * TILE_WIDTH);
  const bytes =
    (await source(tilePath("entries", bundle, width))) ??
    (await source(tilePath("entries", bundle)));
  const record = bytes && decodeBundle(bytes).leaves[index - bundle * TILE_WIDTH];
  if (!record) return undefined;
  const path = await inclusionProof(tileHashes(source, log.size), index, log.size);
  const lines = path.map((hash) => `${hash.toString("base64")}\n`).join("");
  return {
    proof: `${HEAD}\nindex ${index}\n${lines}\n${log.checkpoint}`,
    record: record.toString("utf8"),
  };
}

/** True if the record is in the log that the key signed; refuses what is not a proof at all. */
export function verifyReceipt({ proof, record }: Receipt, log: Verifier): boolean | Refusal {
  const split = proof.indexOf("\n\n");
  const [head, at = "", ...lines] = proof.slice(0, split).split("\n");
  const index = /^index (0|[1-9]\d{0,15})$/.exec(at)?.[1];
  const path = lines.map(readBase64);
  if (split < 0 || head !== HEAD || index === undefined || path.includes(undefined)) {
    return refuseNote("note_malformed");
  }
  const checkpoint = openCheckpoint(proof.slice(split + 2), log);
  if ("refused" in checkpoint) return checkpoint;
  return verifyInclusion({
    index: Number(index),
    size: checkpoint.size,
    leaf: leafHash(Buffer.from(record)),
    path: path as Buffer[],
    root: checkpoint.root,
  });
}
