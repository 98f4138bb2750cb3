/** The tree against its definition, and against vectors that nobody here wrote. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  consistencyProof,
  Frontier,
  type HashReader,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./tree.ts";

/** RFC 6962 §2.1 as it is written. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return hash("sha256", "", "buffer");
  if (leaves.length === 1) return leafHash(leaves[0] as Buffer);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definition(leaves.slice(0, k)), definition(leaves.slice(k)));
}

function readerOf(leaves: readonly Buffer[]): HashReader {
  return (level, index) => {
    const width = 2 ** level;
    return definition(leaves.slice(index * width, index * width + width));
  };
}

const leaves = fc.array(
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 70 },
);

test("the frontier's root is the definition's, at every size, also after a rest in the database", () => {
  fc.assert(
    fc.property(leaves, (all) => {
      let frontier = new Frontier();
      for (const [at, leaf] of all.entries()) {
        frontier.append(leafHash(leaf));
        frontier = Frontier.decode(frontier.size, frontier.encode());
        assert.deepEqual(frontier.root(), definition(all.slice(0, at + 1)));
      }
    }),
    { numRuns: 40 },
  );
});

test("every inclusion and consistency proof verifies, and none verifies for anything else", async () => {
  const index = fc.nat(1_000);
  await fc.assert(
    fc.asyncProperty(leaves, index, index, async (all, one, other) => {
      const size = all.length;
      if (size === 0) return;
      const read = readerOf(all);
      const [at, older] = [one % size, other % (size + 1)];
      const root = await rootOf(read, size);
      const leaf = leafHash(all[at] as Buffer);
      const path = await inclusionProof(read, at, size);
      assert.ok(verifyInclusion({ index: at, size, leaf, path, root }));
      const wrong = leafHash(Buffer.from("wrong"));
      assert.ok(!verifyInclusion({ index: at, size, leaf: wrong, path, root }));
      assert.ok(!verifyInclusion({ index: at, size, leaf, path: [...path, wrong], root }));
      const proof = await consistencyProof(read, older, size);
      const olderRoot = definition(all.slice(0, older));
      assert.ok(verifyConsistency({ older, size, olderRoot, root, proof }));
      if (older > 0) {
        assert.ok(!verifyConsistency({ older, size, olderRoot: wrong, root, proof }));
        assert.ok(!verifyConsistency({ older, size, olderRoot, root: wrong, proof }));
      }
    }),
    { numRuns: 60 },
  );
});

const FOLDER = join(
  process.env["SANDBANK_VECTORS"] ?? new URL("../../../shared/vectors", import.meta.url).pathname,
  "provenance/merkle",
);

interface Case {
  readonly desc: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly size1: number;
  readonly size2: number;
  readonly root: string;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

function* cases(kind: string): Generator<Case> {
  for (const name of readdirSync(join(FOLDER, kind), { recursive: true }) as string[]) {
    const path = join(FOLDER, kind, name);
    if (statSync(path).isFile()) yield JSON.parse(readFileSync(path, "utf8")) as Case;
  }
}

const bytes = (text: string | null | undefined) => Buffer.from(text ?? "", "base64");

describe("RFC 6962 vectors of transparency-dev/merkle", { skip: !existsSync(FOLDER) }, () => {
  test("inclusion", () => {
    let count = 0;
    for (const one of cases("inclusion")) {
      const path = (one.proof ?? []).map(bytes);
      const asked = { index: one.leafIdx, size: one.treeSize, leaf: bytes(one.leafHash) };
      const good = verifyInclusion({ ...asked, path, root: bytes(one.root) });
      assert.equal(good, !one.wantErr, one.desc);
      count += 1;
    }
    assert.equal(count, 53);
  });

  test("consistency", () => {
    let count = 0;
    for (const one of cases("consistency")) {
      const proof = (one.proof ?? []).map(bytes);
      const asked = { older: one.size1, size: one.size2, proof };
      const roots = { olderRoot: bytes(one.root1), root: bytes(one.root2) };
      assert.equal(verifyConsistency({ ...asked, ...roots }), !one.wantErr, one.desc);
      count += 1;
    }
    assert.equal(count, 43);
  });

  // Proofs between subtrees (draft-ietf-plants-merkle-tree-certs) have no use here.
  test("subtrees", { skip: "subtree proofs are optional and not part of this log" });
});
