/** The browser's own reading of the log against the kernel's, which stands on other code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as kernel from "@sandbank/kernel/evidence";
import { leafHash } from "./bytes.ts";
import { readCheckpoint, signedBy } from "./note.ts";
import { leadsTo, leavesOf, pathOf, type Source, tilePath } from "./tiles.ts";

/** A log of that many leaves as its files. */
function logOf(size: number) {
  const leaves = Array.from({ length: size }, (_, at) => Buffer.from(`{"seq":"${at}","t":"act"}`));
  const files = new Map<string, Buffer>();
  const frontier = new kernel.Frontier();
  for (const leaf of leaves) frontier.append(kernel.leafHash(leaf));
  let row = leaves.map((leaf) => kernel.leafHash(leaf));
  for (const { level, index, width } of kernel.tilesBetween(0, size)) {
    if (level !== "entries") continue;
    const bundle = leaves.slice(index * 256, index * 256 + width);
    files.set(kernel.tilePath("entries", index, width), kernel.encodeBundle(bundle));
  }
  for (let level = 0; row.length > 0; level += 1) {
    for (let index = 0; index * 256 < row.length; index += 1) {
      const part = row.slice(index * 256, index * 256 + 256);
      files.set(kernel.tilePath(level, index, part.length), Buffer.concat(part));
    }
    const full = Math.floor(row.length / 256);
    row = Array.from({ length: full }, (_, at) =>
      kernel.perfectRoot(Buffer.concat(row.slice(at * 256, at * 256 + 256))),
    );
  }
  const source: Source = async (path) => {
    const file = files.get(path);
    return file === undefined ? undefined : Uint8Array.from(file);
  };
  return { source, root: Uint8Array.from(frontier.root()) };
}

test("paths of tiles are those of the kernel", () => {
  for (const index of [0, 1, 999, 1_000, 1_234_067]) {
    assert.equal(tilePath(0, index), kernel.tilePath(0, index));
    assert.equal(tilePath("entries", index, 7), kernel.tilePath("entries", index, 7));
  }
});

test("every leaf of logs of many sizes leads to the root, and no other leaf does", async () => {
  for (const size of [1, 2, 3, 7, 8, 255, 256, 257, 700]) {
    const { source, root } = logOf(size);
    for (const index of new Set([0, 1, Math.floor(size / 2), size - 1])) {
      if (index >= size) continue;
      const leaves = await leavesOf(source, Math.floor(index / 256), size);
      const body = leaves[index % 256];
      assert.ok(body);
      const path = await pathOf(source, index, size);
      const leaf = await leafHash(body);
      assert.equal(await leadsTo({ index, size, leaf, path, root }), true, `${index} of ${size}`);
      const other = await leafHash(Uint8Array.from([...body, 32]));
      assert.equal(await leadsTo({ index, size, leaf: other, path, root }), false);
      assert.equal(await leadsTo({ index, size, leaf, path: [...path, leaf], root }), false);
    }
  }
});

test("signatures of a log and of a witness hold, and not over another text", async () => {
  const log = kernel.newSigner("log.example/1", "log").signer;
  const witness = kernel.newSigner("witness.example", "witness").signer;
  const { root } = logOf(3);
  const text = kernel.checkpointText({ origin: log.name, size: 3, root: Buffer.from(root) });
  const lines = kernel.signText(log, text) + kernel.cosign(witness, text, 1_606_111_680);
  const checkpoint = readCheckpoint(`${text}\n${lines}`);
  assert.deepEqual(await signedBy(checkpoint, log.vkey), { name: log.name });
  const seen = { name: witness.name, seconds: 1_606_111_680n };
  assert.deepEqual(await signedBy(checkpoint, witness.vkey), seen);
  const altered = { ...checkpoint, body: checkpoint.body.replace("\n3\n", "\n4\n") };
  assert.equal(await signedBy(altered, log.vkey), undefined);
  assert.equal(await signedBy(altered, witness.vkey), undefined);
  const stranger = kernel.newSigner("log.example/1", "log").signer;
  assert.equal(await signedBy(checkpoint, stranger.vkey), undefined);
  assert.throws(() => readCheckpoint("no note"));
});
