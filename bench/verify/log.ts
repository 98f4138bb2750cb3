/**
 * The files of a published log, made up: acts as the guard writes them, with a policy at the head
 * and totals now and then. What the commitments hide is random, since nobody opens them here.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  canonicalJson,
  checkpointText,
  encodeBundle,
  Frontier,
  leafHash,
  newSigner,
  perfectRoot,
  sha256Hex,
  signText,
  TILE_WIDTH,
  tilePath,
  type Verifier,
} from "@sandbank/kernel/evidence";
import { randomBytes } from "@sandbank/kernel/clock";

export const LEAVES = Number(process.env["BENCH_LEAVES"] ?? 1_000_000);
const ORIGIN = "bench.sandbank/payment-tokens/1";
/** One record of totals after this many acts, about what batches of a busy pilot leave. */
const TOTALS_EVERY = 256;
const CAP = 900_000_000_000_000n;
const AMOUNT = 1_977n;

export interface MadeLog {
  readonly folder: string;
  readonly root: Buffer;
  readonly acts: number;
  readonly verifier: Verifier;
}

const POLICY = {
  ...{ pilot: "payment-tokens", version: 1, phase: "testing", checks: [] },
  period: { from: "2026-01-01T00:00:00+08:00", to: "2027-01-01T00:00:00+08:00" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  limits: [
    {
      ...{ id: "pilot_day_amount", cap: CAP.toString(), measure: "amount", window: "day" },
      ...{ scope: "pilot", clause: "1.10", classes: ["USE"] },
    },
  ],
};
const POLICY_HASH = sha256Hex(canonicalJson(POLICY));

/** A source of hashes that cost nothing: slices of one random text. */
class Hashes {
  readonly #text = Buffer.from(randomBytes(1 << 16)).toString("hex");
  #at = 0;
  next(): string {
    this.#at = (this.#at + 61) % (this.#text.length - 64);
    return this.#text.slice(this.#at, this.#at + 64);
  }
}

/** Tells the log leaf by leaf. */
class Teller {
  readonly #hashes = new Hashes();
  #seq = 0;
  #leaf = 0;

  get acts(): number {
    return this.#seq;
  }

  next(): string {
    const n = this.#leaf++;
    if (n === 0) return this.#act("guard.put_policy", "SERVICE", "accepted");
    if (n === 1) return this.#said({ t: "policy", hash: POLICY_HASH, policy: POLICY });
    if (n % TOTALS_EVERY === 0) return this.#totals();
    const declined = n % 50 === 49;
    return this.#act("tokens.authorise", "USE", declined ? "payment_above_limit" : "accepted");
  }

  #act(command: string, cls: string, outcome: string): string {
    this.#seq += 1;
    const [change, facts, postings] = [
      this.#hashes.next(),
      this.#hashes.next(),
      this.#hashes.next(),
    ];
    const policy = this.#seq === 1 ? "" : POLICY_HASH;
    return (
      `{"change":"${change}","class":"${cls}","command":"${command}","facts":"${facts}",` +
      `"outcome":"${outcome}","policy":"${policy}","postings":"${postings}",` +
      `"seq":"${this.#seq}","t":"act"}`
    );
  }

  #totals(): string {
    const used = (BigInt(this.#seq) * AMOUNT).toString();
    const total = { limit: "pilot_day_amount", period: "2026-11-24", used, cap: CAP.toString() };
    return this.#said({ t: "totals", totals: [total] });
  }

  #said(record: object): string {
    return canonicalJson({ ...record, seq: String(this.#seq) } as never);
  }
}

/** Writes the log's files into a folder of its own in the system's temporary one. */
export function makeLog(): MadeLog {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-bench-log-"));
  const teller = new Teller();
  const frontier = new Frontier();
  const rows: Buffer[][] = [[]];
  for (let index = 0; index * TILE_WIDTH < LEAVES; index++) {
    const width = Math.min(TILE_WIDTH, LEAVES - index * TILE_WIDTH);
    const leaves = Array.from({ length: width }, () => Buffer.from(teller.next()));
    const hashes = leaves.map((leaf) => leafHash(leaf));
    for (const hash of hashes) frontier.append(hash);
    put(folder, tilePath("entries", index, width), encodeBundle(leaves));
    put(folder, tilePath(0, index, width), Buffer.concat(hashes));
    if (width === TILE_WIDTH) rise(rows, 0, perfectRoot(Buffer.concat(hashes)));
  }
  rows.forEach((row, at) => writeRow(folder, at + 1, row));
  const { signer: verifier } = newSigner(ORIGIN, "log");
  const root = frontier.root();
  const text = checkpointText({ origin: ORIGIN, size: LEAVES, root });
  put(folder, "checkpoint", Buffer.from(`${text}\n${signText(verifier, text)}`));
  return { folder, root, acts: teller.acts, verifier };
}

/** A full tile below is one hash above. */
function rise(rows: Buffer[][], level: number, root: Buffer): void {
  const row = (rows[level] ??= []);
  row.push(root);
  if (row.length % TILE_WIDTH !== 0) return;
  rise(rows, level + 1, perfectRoot(Buffer.concat(row.slice(-TILE_WIDTH))));
}

function writeRow(folder: string, level: number, row: readonly Buffer[]): void {
  for (let index = 0; index * TILE_WIDTH < row.length; index++) {
    const tile = row.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
    put(folder, tilePath(level, index, tile.length), Buffer.concat(tile));
  }
}

const made = new Set<string>();

function put(folder: string, path: string, content: Buffer): void {
  const file = join(folder, path);
  const parent = dirname(file);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  writeFileSync(file, content);
}
