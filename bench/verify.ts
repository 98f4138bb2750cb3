/**
 * A stranger's walk through a whole log: a million leaves, most of them acts, as published files in
 * a folder; every leaf hashed again and read, every tile compared. Then proofs out of the tiles. The
 * baseline recomputes the root and nothing else, by the recursive definition of RFC 6962.
 */
import { rmSync } from "node:fs";
import {
  decodeBundle,
  folderSource,
  inclusionProof,
  leafHash,
  tileHashes,
  TILE_WIDTH,
  tilePath,
  type TileSource,
  verifyInclusion,
  verifyLog,
} from "@sandbank/kernel/evidence";
import { type Bench, median, type Result, type Say } from "./measure.ts";
import { LEAVES, type MadeLog, makeLog } from "./verify/log.ts";
import { naiveRoot } from "./verify/naive.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const PROOFS = 1_000;
/** Scattered places, the same in every run. */
const STRIDE = 7_919;

async function walk(log: MadeLog): Promise<number> {
  const start = performance.now();
  const { found, acts, signed } = await verifyLog({
    source: folderSource(log.folder),
    log: log.verifier,
  });
  if (found !== 0 || !signed || acts !== log.acts) throw new Error("the log does not verify");
  return performance.now() - start;
}

/** Reads the leaves of the files too: both ways begin at the same bytes. */
async function naive(log: MadeLog): Promise<number> {
  const start = performance.now();
  const source = folderSource(log.folder);
  const leaves: Buffer[] = [];
  for (let index = 0; index * TILE_WIDTH < LEAVES; index++) {
    leaves.push(...(await bundle(source, index)));
  }
  if (!naiveRoot(leaves).equals(log.root)) throw new Error("the naive root differs");
  return performance.now() - start;
}

async function bundle(source: TileSource, index: number): Promise<Buffer[]> {
  const width = Math.min(TILE_WIDTH, LEAVES - index * TILE_WIDTH);
  return decodeBundle((await source(tilePath("entries", index, width))) as Buffer).leaves;
}

/** Milliseconds of one proof, made of tiles on the disk with nothing kept from the one before. */
async function proof(log: MadeLog, index: number): Promise<number> {
  const source = folderSource(log.folder);
  const start = performance.now();
  const path = await inclusionProof(tileHashes(source, LEAVES), index, LEAVES);
  const ms = performance.now() - start;
  const record = (await bundle(source, Math.floor(index / TILE_WIDTH)))[index % TILE_WIDTH];
  const leaf = leafHash(record as Buffer);
  if (!verifyInclusion({ index, size: LEAVES, leaf, path, root: log.root })) {
    throw new Error(`the proof of leaf ${index} does not hold`);
  }
  return ms;
}

async function proofs(log: MadeLog): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let n = 0; n < PROOFS; n += 1) times.push(await proof(log, (n * STRIDE) % LEAVES));
  times.sort((a, b) => a - b);
  return { p50: median(times), p99: times[Math.floor(PROOFS * 0.99)] ?? NaN };
}

async function run(say: Say): Promise<Result[]> {
  say(`writing a log of ${LEAVES.toLocaleString("en")} leaves`);
  const log = makeLog();
  try {
    const seconds = { ours: [] as number[], naive: [] as number[] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      // The baseline is slow, and two rounds around ours tell enough.
      if (round === 1 || round === ROUNDS) seconds.naive.push((await naive(log)) / 1000);
      seconds.ours.push((await walk(log)) / 1000);
      const [own, other] = [seconds.ours.at(-1), seconds.naive.at(-1)];
      say(`round ${round}/${ROUNDS}  ${own?.toFixed(1)} s, root alone ${other?.toFixed(1)} s`);
    }
    const { p50, p99 } = await proofs(log);
    say(`${PROOFS} proofs: median ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
    const [value, baseline] = [median(seconds.ours), median(seconds.naive)];
    const size = LEAVES.toLocaleString("en");
    const rootAlone = `root alone of ${size} leaves, recursive`;
    const whole = { name: `verify ${size} leaves`, value, unit: "s", baseline: rootAlone };
    return [
      { ...whole, ratio: value / baseline, target: "< 15 s" },
      { name: rootAlone, value: baseline, unit: "s" },
      {
        name: `inclusion proof from tiles, median of ${PROOFS}`,
        value: p50,
        unit: "ms",
        target: "< 5 ms",
      },
      { name: `inclusion proof from tiles, p99 of ${PROOFS}`, value: p99, unit: "ms" },
    ];
  } finally {
    rmSync(log.folder, { recursive: true });
  }
}

export const bench: Bench = {
  name: "verify",
  promise: "anyone verifies a log of a million leaves within 15 s, and a proof is made within 5 ms",
  run,
};
