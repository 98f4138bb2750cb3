/**
 * Logs made up for tests and benches: leaves as the guard writes them, the facts file that opens
 * them, and the files of a published log, in memory. Nothing here is used outside tests.
 */
import { canonicalJson, sha256Hex } from "./canonical.ts";
import { commit } from "./commitment.ts";
import { checkpointText, newSigner, signText } from "./note.ts";
import { factsLine } from "./replay.ts";
import { encodeBundle, TILE_WIDTH, tileOfLeaves, tilePath, type TileSource } from "./tiles.ts";
import { GrowingTree } from "./walk.ts";

export const ORIGIN = "test.sandbank/pilot/1";
export const LOG = newSigner(ORIGIN, "log").signer;

/** A posting as the guard commits to it: account, kind (1 debit, 2 credit, 3 held debit), amount. */
export type FixturePosting = readonly [string, 1 | 2 | 3 | 4, string];

export interface FixtureLimit {
  readonly id: string;
  readonly cap: string;
  readonly measure?: string;
  readonly scope?: string;
  readonly window?: string;
  readonly clause?: string;
}

/** Tells a log act by act. */
export class Story {
  readonly leaves: string[] = [];
  readonly facts: string[] = [];
  #seq = 0;
  #policy = "";
  #version = 0;

  act(
    more: {
      readonly outcome?: string;
      readonly class?: string;
      readonly command?: string;
      readonly seq?: number;
      readonly policy?: string;
      readonly postings?: readonly FixturePosting[];
    } = {},
  ): this {
    const seq = (this.#seq = more.seq ?? this.#seq + 1);
    const salts = Buffer.alloc(48, seq % 256);
    const part = (at: number) => salts.subarray(at * 16, at * 16 + 16);
    const postings = JSON.stringify(more.postings ?? []);
    const [facts, change] = [`{"content":{"n":${seq}}}`, "[]"];
    this.facts.push(factsLine({ seq, salts, facts, postings, change }));
    this.leaves.push(
      canonicalJson({
        ...{ t: "act", seq: String(seq), command: more.command ?? "tokens.authorise" },
        ...{ class: more.class ?? "USE", outcome: more.outcome ?? "accepted" },
        policy: more.policy ?? this.#policy,
        ...{ facts: commit(part(0), facts), postings: commit(part(1), postings) },
        change: commit(part(2), change),
      }),
    );
    return this;
  }

  /** An act that was erased: its leaf stands, its line says no more than what moved in the pilot. */
  erased(pilot: readonly FixturePosting[] = []): this {
    this.act({ postings: pilot });
    const postings = JSON.stringify(pilot);
    this.facts[this.facts.length - 1] = factsLine({
      ...{ seq: this.#seq, salts: null, facts: null, postings, change: null },
    });
    return this;
  }

  put(limits: readonly FixtureLimit[], closed: readonly string[] = []): this {
    this.act({ command: "guard.put_policy", class: "SERVICE" });
    this.#version += 1;
    const classes = { OPEN: true, USE: true, SERVICE: true };
    const policy = {
      ...{ pilot: "payment-tokens", version: this.#version, phase: "testing", checks: [] },
      period: { from: "2026-01-01T00:00:00+08:00", to: "2027-01-01T00:00:00+08:00" },
      classes: { ...classes, ...Object.fromEntries(closed.map((cls) => [cls, false])) },
      limits: limits.map((limit) => ({
        ...{ measure: "amount", scope: "pilot", window: "day", clause: "1.10", classes: ["USE"] },
        ...limit,
      })),
    };
    this.#policy = sha256Hex(canonicalJson(policy));
    return this.say({ t: "policy", hash: this.#policy, policy });
  }

  /** Totals of one limit, in its one period. */
  totals(limit: string, used: number, cap: number): this {
    const total = { limit, period: "2026-11-24", used: String(used), cap: String(cap) };
    return this.say({ t: "totals", totals: [total] });
  }

  member(name: string): this {
    return this.say({ t: "member", member: sha256Hex(name) });
  }

  /** Any leaf beside the acts. */
  say(leaf: Readonly<Record<string, unknown>>): this {
    this.leaves.push(canonicalJson({ seq: String(this.#seq), ...leaf } as never));
    return this;
  }
}

/** Acts and nothing else. */
export function acts(count: number): string[] {
  const story = new Story();
  for (let n = 0; n < count; n++) story.act();
  return story.leaves;
}

/** The files of a published log by their paths. */
export function filesOf(leaves: readonly string[], log = LOG): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const tree = new GrowingTree();
  for (let index = 0; index * TILE_WIDTH < leaves.length; index++) {
    const bodies = leaves
      .slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
      .map((leaf) => Buffer.from(leaf));
    files.set(tilePath("entries", index, bodies.length), encodeBundle(bodies));
    files.set(tilePath(0, index, bodies.length), tileOfLeaves(bodies));
    for (const body of bodies) tree.append(body);
  }
  for (let level = 1, count = leaves.length; count >= TILE_WIDTH; level++) {
    count = Math.floor(count / TILE_WIDTH);
    for (let index = 0; index * TILE_WIDTH < count; index++) {
      const width = Math.min(TILE_WIDTH, count - index * TILE_WIDTH);
      files.set(
        tilePath(level, index, width),
        tree.row(level, { from: index * TILE_WIDTH, width }),
      );
    }
  }
  const text = checkpointText({ origin: ORIGIN, size: leaves.length, root: tree.root() });
  files.set("checkpoint", Buffer.from(`${text}\n${signText(log, text)}`));
  return files;
}

export function sourceOf(files: ReadonlyMap<string, Buffer>): TileSource {
  return async (path) => files.get(path);
}
