/**
 * What a stranger finds in a partition's log, and an auditor in its facts file: for tests. The log's
 * files are made in memory out of its leaves and verified as if they had been downloaded.
 */
import {
  checkpointText,
  encodeBundle,
  factsLine,
  leafHash,
  newSigner,
  perfectRoot,
  readLeaves,
  rootOf,
  signText,
  TILE_WIDTH,
  tileOfLeaves,
  tilePath,
  type Verified,
  verifyLog,
} from "../../evidence/index.ts";
import type { Store } from "../../store/index.ts";
import { openings } from "../reads.store.ts";

const MOST = 2_000;
const ORIGIN = "test.sandbank/proof/1";

/** Verifies a partition's log with its facts file; the store is that of the reading role. */
export async function proof(readings: Store, partition: number): Promise<Verified> {
  const leaves = (await leavesOf(readings, partition)).map((body) => Buffer.from(body));
  const files = await filesOf(leaves);
  const facts = await factsOf(readings, partition);
  return verifyLog({ source: async (path) => files.get(path), facts });
}

/** Texts of a partition's leaves, all of them. */
export async function leavesOf(readings: Store, partition: number): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const page = await readLeaves(readings, partition, { first: bodies.length, most: MOST });
    bodies.push(...page.map(({ body }) => body));
    if (page.length < MOST) return bodies;
  }
}

/** The lines of a partition's facts file. */
export async function factsOf(readings: Store, partition: number): Promise<string[]> {
  const lines: string[] = [];
  for (let after = 0n; ;) {
    const page = await openings(readings, partition, { after, most: MOST });
    lines.push(...page.map(factsLine));
    const last = page.at(-1);
    if (last === undefined || page.length < MOST) return lines;
    after = last.seq;
  }
}

/** Files of a published log, up to 65,536 leaves. */
async function filesOf(leaves: readonly Buffer[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const above: Buffer[] = [];
  for (let first = 0; first < leaves.length; first += TILE_WIDTH) {
    const bodies = leaves.slice(first, first + TILE_WIDTH);
    const tile = tileOfLeaves(bodies);
    const index = first / TILE_WIDTH;
    files.set(tilePath("entries", index, bodies.length), encodeBundle(bodies));
    files.set(tilePath(0, index, bodies.length), tile);
    if (bodies.length === TILE_WIDTH) above.push(perfectRoot(tile));
  }
  if (above.length > 0) files.set(tilePath(1, 0, above.length), Buffer.concat(above));
  const hashes = leaves.map(leafHash);
  const root = await rootOf((level, index) => nodeAt(hashes, level, index), leaves.length);
  const { signer } = newSigner(ORIGIN, "log");
  const text = checkpointText({ origin: ORIGIN, size: leaves.length, root });
  return files.set("checkpoint", Buffer.from(`${text}\n${signText(signer, text)}`));
}

function nodeAt(hashes: readonly Buffer[], level: number, index: number): Buffer {
  const width = 2 ** level;
  return perfectRoot(Buffer.concat(hashes.slice(index * width, (index + 1) * width)));
}
