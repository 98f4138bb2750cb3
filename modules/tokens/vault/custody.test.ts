/** Who keeps the vault's key: what every keeper owes, and what two parts in two folders are good for. */
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { randomBytes } from "@sandbank/kernel/clock";
import fc from "fast-check";
import { type Custody, kekName } from "./custody.ts";
import { memoryCustody } from "./custody.fixture.ts";
import { joinParts, type Part, partText, readPart, splitKey } from "./part.ts";
import {
  changeHolder,
  destroyParts,
  joinAt,
  keptIn,
  makeKey,
  oldKeyIn,
  partsCustody,
  prepareParts,
} from "./parts.ts";
import { VaultProblem, type VaultProblemCode } from "./problem.ts";

const HOLDERS = ["陈岚", "Zhao Yu"] as const;
const MADE = "2026-11-26T06:00:00.000Z";

describe("the custody of the vault's key", () => {
  const root = mkdtempSync(join(tmpdir(), "sandbank-custody-"));
  after(() => rmSync(root, { recursive: true }));
  let count = 0;

  interface Place {
    readonly dataFolder: string;
    readonly folders: readonly [string, string];
  }

  /** Two fresh folders of a fresh data folder; nothing is there yet. */
  function place(): Place {
    const dataFolder = join(root, String(++count));
    return { dataFolder, folders: [join(dataFolder, "part-1"), join(dataFolder, "part-2")] };
  }

  const fileOf = (folder: string) => join(folder, readdirSync(folder)[0] ?? "");
  const isProblem = (code: VaultProblemCode) => (error: unknown) =>
    error instanceof VaultProblem && error.code === code && error.text.zh !== error.text.en;

  /** What a keeper owes, whatever it is. */
  const KEEPERS: Readonly<Record<string, () => { custody: Custody; more(): string }>> = {
    "two files": () => {
      const { folders } = place();
      makeKey(folders, HOLDERS);
      return { custody: partsCustody(folders), more: () => makeKey(folders, HOLDERS).name };
    },
    memory: () => {
      const custody = memoryCustody();
      return { custody, more: () => custody.make() };
    },
  };

  for (const [keeper, open] of Object.entries(KEEPERS)) {
    describe(`a key kept by ${keeper}`, () => {
      test("wraps and unwraps by name, and says who holds it", async () => {
        const { custody } = open();
        const [kept, ...others] = await custody.kept();
        assert.ok(kept);
        assert.deepEqual(others, []);
        assert.match(kept.name, /^[0-9a-f]{16}$/);
        assert.equal(new Set(kept.holders).size, 2);
        const kek = await custody.open(kept.name);
        const key = randomBytes(32);
        const wrapped = await kek.wrap(key);
        assert.equal(wrapped.length, 40);
        assert.deepEqual(Buffer.from((await kek.unwrap(wrapped)) ?? []), Buffer.from(key));
        assert.equal(kek.name, kept.name);
      });

      test("opens nothing that another key wrapped, nor anything altered", async () => {
        const { custody, more } = open();
        const [kept] = await custody.kept();
        const other = more();
        const [one, two] = [await custody.open(kept?.name ?? ""), await custody.open(other)];
        const wrapped = await one.wrap(randomBytes(32));
        assert.equal(await two.unwrap(wrapped), undefined);
        wrapped[7] = (wrapped[7] ?? 0) ^ 1;
        assert.equal(await one.unwrap(wrapped), undefined);
        assert.deepEqual(
          (await custody.kept()).map(({ name }) => name),
          [kept?.name, other],
        );
      });

      test("destroys every key for good: none opens, none is kept, and again is no fault", async () => {
        const { custody, more } = open();
        const [kept] = await custody.kept();
        const other = more();
        await custody.open(other);
        await custody.destroy();
        await custody.destroy();
        assert.deepEqual(await custody.kept(), []);
        for (const name of [kept?.name ?? "", other]) {
          await assert.rejects(custody.open(name), isProblem("kek_absent"));
        }
      });

      test("is a problem by its name where it is not at hand", async () => {
        const { custody } = open();
        await assert.rejects(custody.open("0123456789abcdef"), isProblem("kek_absent"));
      });
    });
  }

  describe("a key in two parts", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

    test("joins to what was split, from what the files hold", () => {
      fc.assert(
        fc.property(bytes, (key) => {
          const parts = splitKey(key, { holders: HOLDERS, made: MADE });
          const [first, second] = parts.map((part) => readPart(partText(part)));
          assert.ok(first && second);
          assert.deepEqual(joinParts(first, second), Buffer.from(key));
          assert.deepEqual(joinParts(second, first), Buffer.from(key));
          assert.equal(joinParts(first, first), undefined);
        }),
      );
    });

    test("tells nothing by one part: to every share there is a second one for every key", () => {
      fc.assert(
        fc.property(bytes, bytes, (key, other) => {
          const [first] = splitKey(key, { holders: HOLDERS, made: MADE });
          const share = Buffer.from(other.map((byte, at) => byte ^ (first.share[at] as number)));
          const named = { key: kekName(other) };
          const joined = joinParts({ ...first, ...named }, { ...first, ...named, part: 2, share });
          assert.deepEqual(joined, Buffer.from(other));
        }),
      );
    });

    test("does not join across two splits of one key, nor across keys", () => {
      const key = randomBytes(32);
      const split = (of: Uint8Array) => splitKey(of, { holders: HOLDERS, made: MADE });
      const [[first, second], [again], [another]] = [
        split(key),
        split(key),
        split(randomBytes(32)),
      ];
      assert.notDeepEqual(again.share, first.share);
      assert.equal(joinParts(again, second), undefined);
      assert.equal(joinParts(another, second), undefined);
      const forged: Part = { ...another, key: second.key, split: second.split };
      assert.equal(joinParts(forged, second), undefined, "the key's name is checked");
    });

    test("is not read if any sign of its file was altered", () => {
      const [{ ...part }] = splitKey(randomBytes(32), { holders: HOLDERS, made: MADE });
      const text = partText(part);
      assert.deepEqual(readPart(text), part);
      for (let at = 0; at < text.length; at += 1) {
        const altered = text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1);
        assert.equal(readPart(altered), undefined, JSON.stringify(altered));
      }
      assert.equal(readPart(`${text}\n`), undefined);
    });

    test("needs two people with names", () => {
      const of = (first: string, second: string) => () =>
        splitKey(randomBytes(32), { holders: [first, second], made: MADE });
      assert.throws(of("陈岚", " 陈岚 "), isProblem("kek_one_holder"));
      for (const name of ["", "  ", "a\nb", "x".repeat(81)]) {
        assert.throws(of("陈岚", name), isProblem("kek_name_malformed"), JSON.stringify(name));
      }
      assert.doesNotThrow(of("陈岚", "x".repeat(80)));
    });
  });

  describe("the two folders", () => {
    const made = () => {
      const { dataFolder, folders } = place();
      return { dataFolder, folders, name: makeKey(folders, HOLDERS).name };
    };

    test("each part is its owner's alone to read, and holds neither key nor the other's name", () => {
      const { folders, name } = made();
      const key = joinAt(folders, name).toString("hex");
      for (const [at, folder] of folders.entries()) {
        assert.equal(statSync(fileOf(folder)).mode & 0o777, 0o600);
        const text = readFileSync(fileOf(folder), "utf8");
        assert.ok(text.includes(HOLDERS[at] ?? "") && !text.includes(HOLDERS[1 - at] ?? ""));
        assert.ok(!text.includes(key));
      }
    });

    const faults: readonly [
      VaultProblemCode,
      string,
      (folders: readonly [string, string]) => void,
    ][] = [
      [
        "kek_absent",
        "both parts away",
        (of) => of.forEach((one) => rmSync(one, { recursive: true })),
      ],
      ["kek_part_absent", "the first away", ([one]) => rmSync(one, { recursive: true })],
      ["kek_part_absent", "the second away", ([, two]) => rmSync(fileOf(two))],
      ["kek_open_to_others", "readable by the group", ([one]) => chmodSync(fileOf(one), 0o640)],
      [
        "kek_part_malformed",
        "cut short",
        ([one]) => writeFileSync(fileOf(one), "sandbank-kek-part-1\n"),
      ],
      [
        "kek_part_misplaced",
        "the second where the first belongs",
        ([one, two]) => renameSync(fileOf(two), fileOf(one)),
      ],
      [
        "kek_part_of_another",
        "the second of another split",
        ([one, two]) => {
          const kept = readFileSync(fileOf(two));
          const old = fileOf(two);
          const { name } = keptIn([one, two])[0] ?? { name: "" };
          changeHolder([one, two], { key: name, part: 1, holder: "Li Na" });
          rmSync(fileOf(two));
          writeFileSync(old, kept, { mode: 0o600 });
        },
      ],
    ];
    for (const [code, situation, spoil] of faults) {
      test(`${situation}: ${code}`, () => {
        const { folders, name } = made();
        spoil(folders);
        assert.throws(() => joinAt(folders, name), isProblem(code));
      });
    }

    test("names the part that is missing and where it belongs", () => {
      const { folders, name } = made();
      rmSync(fileOf(folders[1]));
      const says = (error: VaultProblem) =>
        error.message.includes("Part 2") && error.message.includes(folders[1]);
      assert.throws(() => joinAt(folders, name), says);
    });

    test("a part that is handed over: the key stays, and the earlier part joins with nothing left", () => {
      const { folders, name } = made();
      const before = joinAt(folders, name);
      const earlier = readPart(readFileSync(fileOf(folders[0]), "utf8"));
      const kept = changeHolder(folders, { key: name, part: 1, holder: "Li Na" });
      assert.deepEqual(kept.holders, ["Li Na", HOLDERS[1]]);
      assert.deepEqual(joinAt(folders, name), before);
      assert.deepEqual(
        folders.map((folder) => readdirSync(folder).length),
        [1, 1],
      );
      const left = readPart(readFileSync(fileOf(folders[1]), "utf8"));
      assert.ok(earlier && left);
      assert.equal(joinParts(earlier, left), undefined);
    });

    test("a hand-over that was cut short leaves a key that opens", () => {
      const { folders, name } = made();
      const before = joinAt(folders, name);
      const old = folders.map((folder) => [fileOf(folder), readFileSync(fileOf(folder))] as const);
      changeHolder(folders, { key: name, part: 2, holder: "Li Na" });
      // Killed after both new parts stood, before the old ones went; then after the second part only.
      for (const [path, text] of old) writeFileSync(path, text, { mode: 0o600 });
      assert.deepEqual(joinAt(folders, name), before);
      const anew = readdirSync(folders[0]).map((file) => join(folders[0], file));
      rmSync(anew.find((path) => path !== old[0]?.[0]) ?? "");
      assert.deepEqual(joinAt(folders, name), before);
    });

    test("a start of the demonstration makes both parts once, and of live mode none", () => {
      const { dataFolder, folders } = place();
      prepareParts(folders, { dataFolder, mode: "live", holders: HOLDERS });
      assert.ok(!existsSync(folders[0]));
      prepareParts(folders, { dataFolder, mode: "demo", holders: HOLDERS });
      const [kept] = keptIn(folders);
      assert.deepEqual(kept?.holders, HOLDERS);
      prepareParts(folders, { dataFolder, mode: "demo", holders: HOLDERS });
      assert.deepEqual(keptIn(folders), [kept]);
      rmSync(fileOf(folders[0]));
      prepareParts(folders, { dataFolder, mode: "demo", holders: HOLDERS });
      assert.deepEqual(keptIn(folders), [], "a part that is gone is not made up for");
    });

    test("destroyed, no share is left in any file, and no start makes a key there again", () => {
      const { dataFolder, folders } = place();
      const demo = { dataFolder, mode: "demo", holders: HOLDERS } as const;
      prepareParts(folders, demo);
      const shares = folders.map((folder) => {
        const path = fileOf(folder);
        // What a process left that died while it wrote.
        writeFileSync(`${path}.making`, readFileSync(path), { mode: 0o600 });
        return readPart(readFileSync(path, "utf8"))?.share.toString("hex") ?? "";
      });
      assert.ok(shares.every((share) => share.length === 64));
      destroyParts(folders);
      for (const folder of folders) {
        const left = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
        assert.equal(left.length, 1, "a word that it was destroyed");
        for (const share of shares) assert.ok(!left.join().includes(share));
      }
      prepareParts(folders, demo);
      assert.deepEqual(keptIn(folders), []);
    });

    test("a whole key of the old form is split by the demonstration and refused in live mode", () => {
      const { dataFolder, folders } = place();
      mkdirSync(join(dataFolder, "keys"), { recursive: true });
      const path = join(dataFolder, "keys", "vault.kek");
      const key = Buffer.from(randomBytes(32));
      writeFileSync(path, `sandbank-kek-1 ${key.toString("hex")}\n`, { mode: 0o600 });
      const live = () => prepareParts(folders, { dataFolder, mode: "live", holders: HOLDERS });
      assert.throws(live, isProblem("kek_in_one_file"));
      prepareParts(folders, { dataFolder, mode: "demo", holders: HOLDERS });
      assert.deepEqual(joinAt(folders, kekName(key)), key);
      assert.equal(oldKeyIn(dataFolder), undefined);
      assert.doesNotThrow(live);
    });
  });
});
