/** A witness whatever it is sent: never two histories of one log, never an exception. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../words/index.ts";
import { checkpointText, readNote, signedBy, signText } from "./note.ts";
import { receiptOf, verifyReceipt } from "./receipt.ts";
import { acts, filesOf, LOG, ORIGIN, sourceOf } from "./story.fixture.ts";
import { tileHashes } from "./tiles.ts";
import { consistencyProof, EMPTY_ROOT } from "./tree.ts";
import { verifyLog } from "./verify.ts";
import { openWitness } from "./witness.ts";

describe("a witness", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-witness-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const open = (at = `w${(count += 1)}`) =>
    openWitness({ folder: join(folder, at), name: "witness.test", logs: new Map([[ORIGIN, LOG]]) });

  const SIZES = 24;
  const honest = acts(SIZES);
  const forked = honest.with(9, honest[0] as string);
  /** The two histories at every size, with their proofs. They are one up to leaf 8. */
  const histories = [honest, forked].map((leaves) =>
    Array.from({ length: SIZES + 1 }, (_, size) => {
      const files = filesOf(leaves.slice(0, size));
      const text = String(files.get("checkpoint")).split("\n\n", 1)[0] ?? "";
      return { files, note: String(files.get("checkpoint")), text: `${text}\n` };
    }),
  );

  async function request(which: number, size: number, older: number): Promise<string> {
    const at = histories[which]?.[size];
    assert.ok(at);
    const read = tileHashes(sourceOf(at.files), size);
    const proof = older <= size ? await consistencyProof(read, older, size) : [];
    return `old ${older}\n${proof.map((one) => `${one.toString("base64")}\n`).join("")}\n${at.note}`;
  }

  test("whatever it is asked in whatever order, what it cosigned is one history that only grows", async () => {
    const ask = fc.record({ which: fc.nat(1), size: fc.nat(SIZES), restart: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { maxLength: 20 }), fc.nat(SIZES), async (asked, wild) => {
        const name = `m${(count += 1)}`;
        let witness = open(name);
        let seen = { which: 0, size: 0 };
        for (const { which, size, restart } of asked) {
          if (restart) witness = open(name);
          if (wild !== seen.size)
            assert.equal(
              witness.add(await request(which, size, wild)).status,
              wild > size ? 400 : 409,
            );
          const answer = witness.add(await request(which, size, seen.size));
          const same = which === seen.which || Math.min(size, seen.size) <= 9;
          const grows = size >= seen.size && (which === seen.which || seen.size <= 9) && same;
          assert.equal(answer.status === 200, grows, JSON.stringify({ seen, which, size }));
          if (!grows) continue;
          seen = { which, size };
          const note = readNote(`${histories[which]?.[size]?.note}${answer.body}`);
          assert.ok(!isRefusal(note) && signedBy(note, witness.signer));
        }
      }),
      { numRuns: 15 },
    );
  });

  test("an empty log has one root", () => {
    const witness = open();
    const empty = (root: Buffer) => {
      const text = checkpointText({ origin: ORIGIN, size: 0, root });
      return witness.add(`old 0\n\n${text}\n${signText(LOG, text)}`).status;
    };
    assert.equal(empty(Buffer.alloc(32)), 422);
    assert.equal(empty(EMPTY_ROOT), 200);
  });

  test("any bytes at all are answered", () => {
    const witness = open();
    const near = fc.tuple(
      fc.constantFrom("old 0\n\n", "old 1\nAAAA\n\n", "old 99\n\n"),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          near.map((parts) => parts.join("")),
        ),
        (text) => {
          assert.ok(witness.add(text).status >= 400);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("a byte changed in any file of a log is found, and nothing is thrown", async () => {
    const whole = filesOf(acts(600));
    const paths = [...whole.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(paths.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, at, by) => {
          const path = paths[which] as string;
          const bytes = Buffer.from(whole.get(path) as Buffer);
          const place = at % bytes.length;
          bytes[place] = (bytes[place] as number) ^ by;
          const files = new Map(whole).set(path, bytes);
          const seen = await verifyLog({ source: sourceOf(files), log: LOG });
          assert.notEqual(seen.found, 0, `${path} at ${place}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a receipt with any byte changed proves nothing, and nothing is thrown", async () => {
    const files = filesOf(acts(600));
    const checkpoint = String(files.get("checkpoint"));
    const receipt = await receiptOf(sourceOf(files), { checkpoint, size: 600 }, 411);
    assert.ok(receipt);
    assert.equal(verifyReceipt(receipt, { log: LOG }), true);
    const extra = receipt.proof.replace("\nindex", "\nextra AAAA\nindex");
    assert.equal(verifyReceipt({ ...receipt, proof: extra }, LOG), true);
    assert.equal(verifyReceipt(receipt, { log: LOG, witnesses: [open().signer] }), false);
    fc.assert(
      fc.property(
        fc.nat(receipt.proof.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, other) => {
          const proof = receipt.proof.slice(0, at) + other + receipt.proof.slice(at + 1);
          if (proof !== receipt.proof)
            assert.notEqual(verifyReceipt({ ...receipt, proof }, LOG), true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
