/** Notes, keys, canonical text and tile paths by the words of their standards, and under fuzz. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../words/index.ts";
import { canonicalJson, parseCanonical } from "./canonical.ts";
import { checkpointText, cosign, newSigner, openCheckpoint, readCheckpoint } from "./note.ts";
import { readNote, readSigner, readVerifier, signedBy, signText } from "./note.ts";
import { decodeBundle, encodeBundle, tilePath, tilesBetween } from "./tiles.ts";

const RUNS = process.env["SANDBANK_LONG"] === "1" ? 100_000 : 1_000;
const VECTORS =
  process.env["SANDBANK_VECTORS"] ?? new URL("../../../shared/vectors", import.meta.url).pathname;
const EXAMPLE = join(VECTORS, "provenance/tlog/c2sp-signed-note-example.json");

test("C2SP · the example of the signed-note page verifies", { skip: !existsSync(EXAMPLE) }, () => {
  const { vkey, note } = JSON.parse(readFileSync(EXAMPLE, "utf8")) as Record<string, string>;
  const verifier = readVerifier(vkey ?? "");
  const read = readNote(note ?? "");
  assert.ok(!isRefusal(verifier) && !isRefusal(read));
  assert.equal(read.text, "This is an example message.\n");
  assert.deepEqual(signedBy(read, verifier), {});
});

test("a log signs, a witness cosigns, both survive their key files, and others are not believed", () => {
  const log = newSigner("sandbank.example/log", "log");
  const witness = newSigner("witness.example", "witness");
  const other = newSigner("sandbank.example/log", "log").signer;
  const checkpoint = { origin: "sandbank.example/log", size: 7, root: Buffer.alloc(32, 5) };
  const text = checkpointText(checkpoint);
  const note = `${text}\n${signText(readSigner(log.secret), text)}${cosign(readSigner(witness.secret), text, 1_700_000_000)}`;
  const opened = openCheckpoint(note, log.signer);
  assert.ok(!isRefusal(opened));
  assert.deepEqual([opened.origin, opened.size, opened.root], Object.values(checkpoint));
  const verifier = readVerifier(witness.signer.vkey);
  assert.ok(!isRefusal(verifier));
  assert.deepEqual(signedBy(opened.note, verifier), { seconds: 1_700_000_000 });
  const refused = openCheckpoint(note, other);
  assert.equal(isRefusal(refused) && refused.code, "note_not_signed");
  const changed = openCheckpoint(note.replace("\n7\n", "\n8\n"), log.signer);
  assert.equal(isRefusal(changed) && changed.code, "note_not_signed");
});

test("parsers of notes, checkpoints, keys, bundles and canonical text refuse and never throw", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one));
  const near = fc
    .tuple(
      fc.constantFrom("a\n1\nAAAA\n\n— a AAAA\n", '{"a":1}', "a+00000000+AAAA"),
      fc.nat(30),
      fc.string(),
    )
    .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at));
  fc.assert(
    fc.property(
      fc.oneof(
        bytes.map((one) => one.toString("latin1")),
        near,
        fc.string(),
      ),
      (text) => {
        for (const read of [readNote, readCheckpoint, readVerifier, parseCanonical]) read(text);
        decodeBundle(Buffer.from(text));
      },
    ),
    { numRuns: RUNS },
  );
});

test("RFC 8785 · canonical text sorts by UTF-16, keeps no spaces, reads back, and only itself", () => {
  const written = canonicalJson({
    "\u20ac": 1,
    "\r": 2,
    "\ufb33": 3,
    "1": 4,
    "\u{1f600}": 5,
    "\u0080": 6,
    "\u00f6": 7,
  });
  assert.equal(written, '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  assert.deepEqual(parseCanonical('{"a":[1,null]}'), { a: [1, null] });
  for (const wrong of [
    '{"b":1,"a":2}',
    '{"a": 1}',
    '{"a":1,"a":1}',
    "1.0",
    "1e3",
    "-0",
    '"\\u0061"',
  ]) {
    const refused = parseCanonical(wrong);
    assert.equal(isRefusal(refused) && refused.code, "text_not_canonical", wrong);
  }
  assert.throws(() => canonicalJson({ a: 1.5 }));
  assert.throws(() => canonicalJson("\ud800"));
});

test("whatever canonical text is written reads back, and a change of it is another value or refused", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger(),
        fc.string({ unit: "grapheme" }),
      ),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(
      value,
      fc.nat(),
      fc.constantFrom(" ", "0", ",", '"', "\\u0041", "-"),
      (made, at, more) => {
        const text = canonicalJson(made as never);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(made)));
        assert.deepEqual(parseCanonical(text), JSON.parse(text));
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + more + text.slice(place);
        const read = parseCanonical(changed);
        if (!isRefusal(read)) assert.equal(canonicalJson(read), changed);
      },
    ),
    { numRuns: RUNS },
  );
});

test("what canonical JSON cannot say is a bug: floats, big numbers, dates, bytes, bigints, endless depth", () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const wrong = [
    0.5,
    NaN,
    2 ** 53,
    1n,
    new Uint8Array(1),
    new Map(),
    undefined,
    endless,
    { a: [1n] },
  ];
  for (const one of wrong) assert.throws(() => canonicalJson(one as never));
});

test("tlog-tiles · paths are written in groups of three digits", () => {
  const cases: [Parameters<typeof tilePath>, string][] = [
    [[0, 0], "tile/0/000"],
    [[1, 1_234_067], "tile/1/x001/x234/067"],
    [["entries", 255, 17], "tile/entries/255.p/17"],
  ];
  for (const [asked, path] of cases) assert.equal(tilePath(...asked), path);
});

test("tlog-tiles · a growing log names each full tile once and a partial one for every size", () => {
  const names = tilesBetween(255, 515).map(({ level, index, width }) =>
    tilePath(level, index, width),
  );
  assert.deepEqual(names, [
    "tile/0/000",
    "tile/entries/000",
    "tile/0/001",
    "tile/entries/001",
    "tile/0/002.p/3",
    "tile/entries/002.p/3",
    "tile/1/000.p/2",
  ]);
  const bundle = encodeBundle([Buffer.from("a"), Buffer.alloc(0)]);
  const leaves = [Buffer.from("a"), Buffer.alloc(0)];
  assert.deepEqual(decodeBundle(bundle), { leaves, whole: true });
  assert.deepEqual(decodeBundle(bundle.subarray(0, 4)), {
    leaves: leaves.slice(0, 1),
    whole: false,
  });
});
