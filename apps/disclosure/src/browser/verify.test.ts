/**
 * The verifier of the page, run here: against a log written from the standards alone, and against
 * the vectors of C2SP and transparency-dev where they are at hand.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { fixtureEvidence } from "../fixture/log.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");

interface Inclusion {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
}
interface Verifier {
  check(asked: {
    readonly origin: string;
    readonly record: string;
    readonly proof: string;
    readonly keys: readonly string[];
  }): Promise<readonly boolean[]>;
  readCheckpoint(note: string): Checkpoint;
  readReceipt(text: string): { readonly index: bigint };
  readKey(vkey: string): Promise<{ readonly name: string; readonly kind: number }>;
  signedBy(checkpoint: Checkpoint, vkey: string): Promise<boolean>;
  leadsTo(
    leaf: Uint8Array,
    receipt: { readonly index: bigint; readonly path: readonly Uint8Array[] },
    checkpoint: { readonly size: bigint; readonly root: Uint8Array },
  ): Promise<boolean>;
}

// The script is plain JavaScript, as the page loads it.
const verify = (await import(new URL("./verify.js", import.meta.url).href)) as Verifier;

const evidence = fixtureEvidence("payment-tokens", fromIso("2020-11-23T06:07:58Z"));
const keys = evidence.keys.map(({ vkey }) => vkey);
const { record, proof } = evidence.receipt ?? { record: "", proof: "" };
const whole = { origin: evidence.origin, record, proof, keys };

test("a whole receipt passes: the record, the log, each witness", async () => {
  assert.deepEqual(await verify.check(whole), [true, true, true, true]);
});

test("a changed record fails, and the signatures still hold", async () => {
  const changed = { ...whole, record: record.replace("accepted", "refused") };
  assert.deepEqual(await verify.check(changed), [false, true, true, true]);
});

test("another index, another path, a longer path fail", async () => {
  const other = (text: string) => verify.check({ ...whole, proof: text });
  assert.equal((await other(proof.replace("index 27", "index 26")))[0], false);
  assert.equal((await other(proof.replace("index 27", "index 40")))[0], false);
  const [, , first = ""] = proof.split("\n");
  assert.equal((await other(proof.replace(`${first}\n`, "")))[0], false);
  assert.equal((await other(proof.replace(`${first}\n`, `${first}\n${first}\n`)))[0], false);
});

test("another size fails with every signature, another root with everything", async () => {
  // A path proves nothing about the size beyond its own length; the signatures bind the size.
  const grown = await verify.check({ ...whole, proof: proof.replace("\n40\n", "\n41\n") });
  assert.deepEqual(grown.slice(1), [false, false, false]);
  const moved = proof.replace(evidence.root, `A${evidence.root.slice(1)}`);
  assert.notEqual(moved, proof);
  assert.deepEqual(await verify.check({ ...whole, proof: moved }), [false, false, false, false]);
});

test("the receipt of another log fails", async () => {
  assert.equal((await verify.check({ ...whole, origin: "elsewhere.example/0" }))[0], false);
});

test("a missing signature fails alone, and a key with a wrong id is refused", async () => {
  const without = proof
    .split("\n")
    .filter((line) => !line.startsWith("\u2014 library-witness.example "))
    .join("\n");
  assert.deepEqual(await verify.check({ ...whole, proof: without }), [true, true, true, false]);
  const [name = "", , rest = ""] = (keys[0] ?? "").split("+");
  await assert.rejects(verify.readKey(`${name}+00000000+${rest}`));
});

test("what is not a receipt is refused", () => {
  assert.throws(() => verify.readReceipt("hello"));
  assert.throws(() => verify.readReceipt(proof.replace("@v1", "@v2")));
  assert.throws(() => verify.readReceipt(proof.replace("index 27", "index 027")));
  assert.throws(() => verify.readCheckpoint("no note"));
});

const vectors = process.env["SANDBANK_VECTORS"] ?? join(root, "..", "shared", "vectors");
const absent = existsSync(vectors) ? false : `no test vectors at ${vectors}`;

test(
  "the signed note of C2SP's own example holds, and not when a letter changes",
  {
    skip: absent,
  },
  async () => {
    const file = join(vectors, "provenance", "tlog", "c2sp-signed-note-example.json");
    const { vkey, note } = JSON.parse(readFileSync(file, "utf8")) as { vkey: string; note: string };
    const [body = "", line = ""] = note.split("\n\n");
    const [, name = "", blob = ""] = line.trim().split(" ");
    const signatures = [{ name, blob: Uint8Array.from(Buffer.from(blob, "base64")) }];
    const signed = (text: string) => ({ body: `${text}\n`, origin: "", size: 0n, signatures });
    assert.equal(await verify.signedBy(signed(body), vkey), true);
    assert.equal(await verify.signedBy(signed(body.replace("example", "Example")), vkey), false);
  },
);

test(
  "every inclusion vector of transparency-dev/merkle is judged as it says",
  {
    skip: absent,
  },
  async () => {
    const folder = join(vectors, "provenance", "merkle", "inclusion");
    const bytes = (text: string | null) => Uint8Array.from(Buffer.from(text ?? "", "base64"));
    let judged = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".json")) continue;
      const said = JSON.parse(readFileSync(join(folder, name), "utf8")) as Inclusion;
      const got = await verify.leadsTo(
        bytes(said.leafHash),
        { index: BigInt(said.leafIdx), path: (said.proof ?? []).map(bytes) },
        { size: BigInt(said.treeSize), root: bytes(said.root) },
      );
      assert.equal(got, !said.wantErr, `${name}: ${said.desc}`);
      judged += 1;
    }
    assert.ok(judged > 40, `only ${judged} vectors`);
  },
);
