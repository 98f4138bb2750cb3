/** A stranger verifies: what is whole is believed, and of what is not the first bad leaf is named. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { acts, filesOf, LOG, ORIGIN, sourceOf, Story } from "./story.fixture.ts";
import { cosign, newSigner } from "./note.ts";
import { decodeBundle, encodeBundle, tileOfLeaves, tilePath } from "./tiles.ts";
import { type Verified, verifyLog, type VerifyOptions } from "./verify.ts";
import { GrowingTree } from "./walk.ts";
import { Frontier, leafHash } from "./tree.ts";

type Files = Map<string, Buffer>;

function walk(files: Files, more: Partial<VerifyOptions> = {}): Promise<Verified> {
  return verifyLog({ source: sourceOf(files), log: LOG, ...more });
}

const codes = (seen: Verified) => seen.findings.map(({ code }) => code);

/** Replaces a leaf of a bundle, and only there. */
function spoil(
  files: Files,
  { size, index, body }: { readonly size: number; readonly index: number; readonly body: string },
): Buffer {
  const bundle = Math.floor(index / 256);
  const path = tilePath("entries", bundle, Math.min(256, size - bundle * 256));
  const { leaves } = decodeBundle(files.get(path) as Buffer);
  leaves[index % 256] = Buffer.from(body);
  files.set(path, encodeBundle(leaves));
  return tileOfLeaves(leaves);
}

/** A record that reads well and is not the one at this place. */
const other = (index: number) => (acts(index + 1)[index] as string).replace('"USE"', '"OPEN"');

test("the growing tree has the frontier's root at every size around its tiles", () => {
  const tree = new GrowingTree();
  const frontier = new Frontier();
  assert.deepEqual(tree.root(), frontier.root());
  for (let n = 0; n < 66_000; n++) {
    const body = Buffer.from(String(n));
    tree.append(body);
    frontier.append(leafHash(body));
    const near = n % 256 === 0 || n % 256 === 255 || n < 300 || n > 65_530;
    if (near) assert.deepEqual(tree.root(), frontier.root(), String(n));
  }
});

test("a whole log is believed at sizes around its tiles", async () => {
  for (const size of [1, 255, 256, 257, 512, 70_000]) {
    const seen = await walk(filesOf(acts(size)));
    assert.deepEqual([seen.findings, seen.size, seen.acts, seen.signed], [[], size, size, true]);
  }
});

describe("a log that was tampered with", () => {
  test("one leaf changed anywhere: exactly that leaf is named", async () => {
    const size = 1_300;
    const whole = filesOf(acts(size));
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.nat(size - 1), async (one, two) => {
        const files = new Map(whole);
        const body = acts(1)[0] as string;
        spoil(files, { size, index: one, body: body.replace("accepted", "accepteD") });
        spoil(files, { size, index: two, body: "x" });
        const seen = await walk(files);
        const first = seen.findings.find(({ code }) => code === "leaf_altered");
        assert.equal(first?.params?.["index"], String(Math.min(one, two)));
        assert.equal(seen.firstBad, Math.min(one, two));
      }),
      { numRuns: 25 },
    );
  });

  test("a leaf of 70,000 whose record still reads well is named by the tiles alone", async () => {
    const size = 70_000;
    const leaves = acts(size);
    const files = filesOf(leaves);
    const at = 65_700;
    const told = leaves[at] as string;
    spoil(files, { size, index: at, body: told.replace('"USE"', '"OPEN"') });
    const seen = await walk(files);
    assert.deepEqual([codes(seen), seen.firstBad], [["leaf_altered"], at]);
  });

  test("leaf and tile changed together: the tile above still says which 256 they are", async () => {
    const files = filesOf(acts(1_000));
    const tile = spoil(files, { size: 1_000, index: 300, body: other(300) });
    files.set(tilePath(0, 1), tile);
    const seen = await walk(files);
    assert.deepEqual(codes(seen), ["leaves_altered"]);
    assert.deepEqual(seen.findings[0]?.params, { index: "256", to: "511" });
  });

  test("a tile changed alone is told apart from a leaf", async () => {
    for (const [path, index] of [
      [tilePath(0, 1), 256 + 2],
      [tilePath(1, 0, 3), 0],
    ] as const) {
      const files = filesOf(acts(1_000));
      const tile = Buffer.from(files.get(path) as Buffer);
      tile[2 * 32] = ~(tile[2 * 32] as number) & 255;
      files.set(path, tile);
      const seen = await walk(files);
      assert.deepEqual([codes(seen), seen.firstBad], [["tile_altered"], index], path);
    }
  });

  test("files that are gone or cut short are named with the leaf they begin at", async () => {
    const gone = filesOf(acts(600));
    gone.delete(tilePath("entries", 1));
    const lost = await walk(gone);
    assert.deepEqual([codes(lost), lost.firstBad], [["log_file_missing"], 256]);
    const cut = filesOf(acts(600));
    const path = tilePath("entries", 1);
    cut.set(path, (cut.get(path) as Buffer).subarray(0, 2_000));
    const short = await walk(cut);
    assert.equal(codes(short)[0], "bundle_malformed");
    assert.equal(short.firstBad, 256 + decodeBundle(cut.get(path) as Buffer).leaves.length);
    const none = await walk(new Map());
    assert.deepEqual([codes(none), none.firstBad], [["log_file_missing"], 0]);
  });

  test("a leaf changed before a gap is still the first that is named", async () => {
    const files = filesOf(acts(2_000));
    spoil(files, { size: 2_000, index: 10, body: other(10) });
    files.delete(tilePath("entries", 5));
    const seen = await walk(files);
    assert.deepEqual([codes(seen), seen.firstBad], [["leaf_altered", "log_file_missing"], 10]);
  });

  test("a checkpoint of another key, another root or another log is not believed", async () => {
    const other = newSigner(ORIGIN, "log").signer;
    assert.deepEqual(codes(await walk(filesOf(acts(3), other))), ["note_not_signed"]);
    const files = filesOf(acts(300));
    const bare = String(filesOf(acts(301)).get("checkpoint")).replace("\n301\n", "\n300\n");
    files.set("checkpoint", Buffer.from(bare));
    assert.deepEqual(codes(await walk(files)), ["note_not_signed"]);
    const open = await verifyLog({ source: sourceOf(files) });
    assert.deepEqual([codes(open), open.signed], [["root_not_signed"], false]);
  });

  test("history that was rewritten does not contain the older checkpoint, and a shrunk log less", async () => {
    const older = String(filesOf(acts(300)).get("checkpoint"));
    assert.deepEqual((await walk(filesOf(acts(900)), { older })).findings, []);
    assert.deepEqual((await walk(filesOf(acts(300)), { older })).findings, []);
    const rewritten = acts(900);
    rewritten[7] = (rewritten[7] as string).replace('"USE"', '"OPEN"');
    assert.deepEqual(codes(await walk(filesOf(rewritten), { older })), ["older_not_a_prefix"]);
    assert.deepEqual(codes(await walk(filesOf(acts(200)), { older })), ["log_shrunk"]);
  });

  test("too few witnesses are told, and those that signed are named", async () => {
    const [one, two] = [newSigner("witness.one", "witness"), newSigner("witness.two", "witness")];
    const files = filesOf(acts(5));
    const note = String(files.get("checkpoint"));
    const text = note.slice(0, note.indexOf("\n\n") + 1);
    files.set("checkpoint", Buffer.from(note + cosign(one.signer, text, 1_700_000_000)));
    const witnesses = [one.signer, two.signer];
    const seen = await walk(files, { witnesses });
    assert.deepEqual([codes(seen), seen.witnessedBy], [["witnesses_too_few"], ["witness.one"]]);
    assert.deepEqual((await walk(files, { witnesses, quorum: 1 })).findings, []);
  });
});

describe("what the leaves say", () => {
  const told = async (story: Story) => {
    const seen = await walk(filesOf(story.leaves));
    return seen.findings.map(({ code, params }) => `${code} ${params?.["index"]}`);
  };
  const limit = (cap: string) => [{ id: "pilot_day", cap }];

  test("acts, members and totals within the caps hold together", async () => {
    const story = new Story().put([
      ...limit("100"),
      { id: "people", cap: "2", measure: "customers" },
    ]);
    story.act({ class: "OPEN" }).member("wang").act().act({ outcome: "customer_limit_exceeded" });
    story.totals("pilot_day", 60, 100).totals("people", 1, 2).say({ t: "notice", text: "公告" });
    const seen = await walk(filesOf(story.leaves));
    assert.deepEqual(seen.findings, []);
    const { tally } = seen;
    assert.deepEqual([tally.accepted, tally.refused, tally.members, tally.others], [3, 1, 1, 1]);
    assert.equal(seen.totals.get("pilot_day 2026-11-24")?.used, 60n);
  });

  const cases: readonly (readonly [string, Story, readonly string[]])[] = [
    ["an act is missing", new Story().act().act({ seq: 3 }), ["seq_not_continuous 1"]],
    ["an act stands twice", new Story().act().act({ seq: 1 }), ["seq_not_continuous 1"]],
    ["no record at all", new Story().act().say({ t: "act" }), ["leaf_not_understood 1"]],
    [
      "an act under a policy that was not in force",
      new Story().put(limit("1")).act({ policy: "0".repeat(64) }),
      ["policy_not_in_force 2"],
    ],
    [
      "a policy that is not the one that is hashed",
      new Story().act().say({
        t: "policy",
        hash: "0".repeat(64),
        policy: { version: 1, classes: {}, limits: [] },
      }),
      ["policy_hash_wrong 1"],
    ],
    [
      "a closed class was served",
      new Story().put([], ["USE"]).act().act({ class: "SERVICE" }).act({ outcome: "class_closed" }),
      ["closed_class_accepted 2"],
    ],
    [
      "a total above its cap",
      new Story().put(limit("100")).act().totals("pilot_day", 101, 100),
      ["total_above_cap 3"],
    ],
    [
      "a cap that nobody declared",
      new Story().put(limit("100")).act().totals("pilot_day", 101, 200),
      ["total_cap_not_declared 3"],
    ],
    [
      "a cap lowered below its use: what stands may stand, and may only fall",
      new Story()
        .put(limit("100"))
        .act()
        .totals("pilot_day", 90, 100)
        .put(limit("50"))
        .totals("pilot_day", 95, 100)
        .totals("pilot_day", 80, 50)
        .totals("pilot_day", 81, 50)
        .totals("pilot_day", 40, 50)
        .totals("pilot_day", 51, 50),
      ["total_above_cap 8", "total_above_cap 10"],
    ],
    [
      "more customers than have joined, and one that joined twice",
      new Story()
        .put([{ id: "people", cap: "9", measure: "customers" }])
        .act()
        .member("wang")
        .member("wang")
        .totals("people", 2, 9),
      ["member_twice 4", "members_too_few 5"],
    ],
  ];
  for (const [name, story, expected] of cases) {
    test(name, async () => assert.deepEqual(await told(story), expected));
  }
});

describe("with the facts file", () => {
  const account = "limit/pilot_day/pilot/2026-11-24";
  const use = (amount: string) => ({ postings: [[account, 1, amount]] as const });
  const told = async (story: Story, facts: readonly string[] = story.facts) => {
    const seen = await walk(filesOf(story.leaves), { facts });
    const { opened, unopened, erased } = seen.replayed ?? {};
    return {
      ...{ opened, unopened, ...(erased === 0 ? {} : { erased }) },
      codes: seen.findings.map((one) => `${one.code} ${one.params?.["index"]}`),
    };
  };
  const begin = () => new Story().put([{ id: "pilot_day", cap: "100" }]);

  test("every act is opened, and no cap was exceeded: uses, holds, captures, returns", async () => {
    const story = begin().act(use("60"));
    story.act({ postings: [[account, 3, "40"]] });
    story.act({
      postings: [
        [account, 3, "-40"],
        [account, 1, "30"],
      ],
    });
    story.act({
      postings: [
        [account, 2, "20"],
        ["card/1", 1, "20"],
        ["till/1", 2, "20"],
      ],
    });
    story.totals("pilot_day", 70, 100);
    assert.deepEqual(await told(story), { opened: 5, unopened: 0, codes: [] });
  });

  test("an act that took a limit above its cap is named, though no total says so", async () => {
    const story = begin()
      .act(use("60"))
      .act(use("41"))
      .act({ postings: [[account, 2, "50"]] });
    story.totals("pilot_day", 51, 100);
    assert.deepEqual(await told(story), { opened: 4, unopened: 0, codes: ["act_exceeded_cap 3"] });
  });

  test("a cap lowered below its use is no breach; the next use is", async () => {
    const story = begin()
      .act(use("60"))
      .put([{ id: "pilot_day", cap: "50" }]);
    story.act({ postings: [[account, 2, "5"]] }).act(use("1"));
    assert.deepEqual((await told(story)).codes, ["act_exceeded_cap 6"]);
  });

  test("a total that the acts do not add up to is named", async () => {
    const story = begin().act(use("60")).totals("pilot_day", 59, 100);
    assert.deepEqual((await told(story)).codes, ["total_not_replayed 3"]);
  });

  test("a refused act that posted is named", async () => {
    const story = begin().act({ ...use("1"), outcome: "customer_limit_exceeded" });
    assert.deepEqual((await told(story)).codes, ["refused_act_posted 2"]);
  });

  test("a line that does not open its commitment, a missing and a broken one", async () => {
    const story = begin().act(use("1")).act(use("2"));
    const changed = story.facts.map((line) => line.replaceAll('\\"2\\"', '\\"1\\"'));
    assert.deepEqual(await told(story, changed), {
      ...{ opened: 2, unopened: 1, codes: ["commitment_not_opened 3"] },
    });
    assert.deepEqual(await told(story, story.facts.toSpliced(1, 1)), {
      ...{ opened: 2, unopened: 1, codes: [] },
    });
    const broken = await told(story, story.facts.with(1, "{"));
    assert.deepEqual(broken, { opened: 1, unopened: 2, codes: ["facts_not_understood undefined"] });
    const turned = await told(story, story.facts.toReversed());
    assert.equal(turned.codes[0], "facts_not_understood undefined");
  });

  test("erased acts are counted, and their part in the pilot's limits must add up", async () => {
    const story = begin()
      .act(use("60"))
      .erased([[account, 1, "20"]])
      .erased()
      .say({ t: "erasure", acts: "1", commitment: "0".repeat(64) });
    story.totals("pilot_day", 80, 100);
    assert.deepEqual(await told(story), { opened: 2, unopened: 0, erased: 2, codes: [] });
    const lied = story.facts.map((line) => line.replace('\\"20\\"', '\\"19\\"'));
    assert.deepEqual((await told(story, lied)).codes, ["total_not_replayed 6"]);
  });

  test("more acts called erased than the log says, or fewer, is named", async () => {
    const more = begin().act(use("60")).erased();
    assert.deepEqual((await told(more)).codes, ["erased_not_as_stated undefined"]);
    const fewer = begin().act().erased();
    fewer.say({ t: "erasure", acts: "1", commitment: "0".repeat(64) });
    assert.deepEqual((await told(fewer)).codes, ["erased_not_as_stated undefined"]);
    // A file that leaves lines out may leave out those.
    const without = fewer.facts.slice(0, -2);
    assert.deepEqual((await told(fewer, without)).codes, []);
  });
});
