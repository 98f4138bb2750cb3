/** The command line as people use it: a process, its two languages, its exit codes. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import {
  canonicalJson,
  checkpointText,
  commit,
  cosign,
  encodeBundle,
  factsLine,
  Frontier,
  leafHash,
  newSigner,
  sha256Hex,
  signText,
  tileOfLeaves,
} from "@sandbank/kernel/evidence";

const MAIN = new URL("./main.ts", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "sandbank-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sandbank(...args: string[]): Promise<Said> {
  return sandbankIn({}, ...args);
}

function sandbankIn(more: Readonly<Record<string, string>>, ...args: string[]): Promise<Said> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const options = { env: { ...env, LANG: "C", LC_ALL: "", ...more } };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const ORIGIN = "sandbank.example/payment-tokens/4";
const log = newSigner(ORIGIN, "log").signer;
const witness = newSigner("witness.example", "witness").signer;

interface Act {
  readonly leaf: string;
  readonly line: string;
}

function act(seq: number, of: { readonly policy?: string; readonly postings?: string } = {}): Act {
  const salts = Buffer.alloc(48, seq);
  const { policy = "", postings = "[]" } = of;
  const [facts, change] = ["{}", "[]"];
  const part = (at: number, text: string) => commit(salts.subarray(at * 16, at * 16 + 16), text);
  const leaf =
    `{"change":"${part(2, change)}","class":"USE","command":"tokens.authorise",` +
    `"facts":"${part(0, facts)}","outcome":"accepted","policy":"${policy}","postings":"${part(1, postings)}",` +
    `"seq":"${seq}","t":"act"}`;
  return { leaf, line: factsLine({ seq, salts, facts, postings, change }) };
}

const ACTS = Array.from({ length: 5 }, (_, at) => act(at + 1));

/** Writes a log, of five acts unless told; answers with its folder. */
function writeLog(
  name: string,
  spoil = (leaf: string, _index: number) => leaf,
  texts: readonly string[] = ACTS.map(({ leaf }) => leaf),
): string {
  const place = join(folder, name);
  const frontier = new Frontier();
  const leaves = texts.map((leaf) => Buffer.from(leaf));
  for (const leaf of leaves) frontier.append(leafHash(leaf));
  const size = leaves.length;
  const text = checkpointText({ origin: ORIGIN, size, root: frontier.root() });
  const spoilt = texts.map((leaf, index) => Buffer.from(spoil(leaf, index)));
  const files = {
    checkpoint: `${text}\n${signText(log, text)}${cosign(witness, text, 1_700_000_000)}`,
    [`tile/0/000.p/${size}`]: tileOfLeaves(leaves),
    [`tile/entries/000.p/${size}`]: encodeBundle(spoilt),
  };
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), bytes);
  }
  return place;
}

describe("sandbank", () => {
  test("without a command it lists them, in the language asked for", async () => {
    const [en, zh, help, unknown, wrong] = await Promise.all([
      sandbank(),
      sandbank("--lang", "zh"),
      sandbank("help", "witness", "--lang=zh"),
      sandbank("conjure"),
      sandbank("verify", "x", "--wish"),
    ]);
    assert.equal(en.status, 0);
    assert.match(en.stdout, /verify .*Verify a log/);
    assert.match(zh.stdout, /verify .*核对一份日志/);
    assert.match(help.stdout, /见证人.*\n.*--folder/);
    assert.deepEqual([unknown.status, unknown.stderr], [2, 'There is no command "conjure".\n']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /options are not understood/);
  });
});

describe("sandbank kek", () => {
  const parts = [join(folder, "stick-1"), join(folder, "stick-2")] as const;
  const env = { SANDBANK_KEY_PARTS: parts.join(","), SANDBANK_DATA: join(folder, "kek") };
  const kek = (...args: string[]) => sandbankIn(env, "kek", ...args);
  const both = ["--holder", "陈岚", "--holder", "Zhao Yu"];
  const filesIn = (place: string) => readdirSync(place).map((file) => join(place, file));

  test("makes a key in two parts, says whose they are, and hands one over", async () => {
    const made = await kek("make", ...both);
    assert.deepEqual([made.status, made.stderr], [0, ""]);
    const [, name = ""] = /^Key ([0-9a-f]{16}) is made\./.exec(made.stdout) ?? [];
    assert.notEqual(name, "");
    for (const place of parts) assert.equal(filesIn(place).length, 1);
    const given = await kek("change-holder", "--key", name, "--part", "2", "--holder", "Li Na");
    assert.equal(given.status, 0);
    const [en, zh] = await Promise.all([kek("check"), kek("check", "--lang", "zh")]);
    assert.match(en.stdout, new RegExp(`^Key ${name} is whole; .* 陈岚 \\(part 1\\) and Li Na`));
    assert.match(zh.stdout, new RegExp(`^主密钥 ${name} 完整；`));
    for (const { stdout } of [made, given, en, zh]) assert.doesNotMatch(stdout, /[0-9a-f]{32}/);
  });

  test("says which part is missing, which is another key's, and what it was not told", async () => {
    const [second = ""] = filesIn(parts[1]);
    const text = readFileSync(second);
    rmSync(second);
    const missing = await kek("check", "--lang", "zh");
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /缺少第 2 个分量，应在 .*stick-2 中/);
    writeFileSync(second, text, { mode: 0o644 });
    assert.match((await kek("check")).stderr, /^Others may read the key part .*0600\.\n$/);
    const [bare, one, same] = await Promise.all([
      kek(),
      kek("make", "--holder", "陈岚"),
      kek("make", "--holder", "陈岚", "--holder", "陈岚"),
    ]);
    for (const { status, stderr } of [bare, one]) {
      assert.deepEqual([status, stderr.slice(0, 6)], [1, "Usage:"]);
    }
    assert.equal(same.stderr, "The two parts need two different holders.\n");
  });
});

describe("sandbank verify", () => {
  const keys = ["--vkey", log.vkey, "--witness", witness.vkey];

  test("a good log: whose, how long, signed by whom; with the facts file, what is proven", async () => {
    const place = writeLog("good");
    const facts = join(folder, "facts.jsonl");
    writeFileSync(facts, ACTS.map(({ line }) => `${line}\n`).join(""));
    const [en, zh, bare] = await Promise.all([
      sandbank("verify", place, ...keys, "--facts", facts),
      sandbank("verify", place, ...keys, "--lang", "zh"),
      sandbank("verify", place),
    ]);
    assert.deepEqual([en.status, en.stderr], [0, ""]);
    assert.match(en.stdout, /Consistent: sandbank\.example\/payment-tokens\/4, 5 records, 5 acts/);
    assert.match(en.stdout, /witnessed by witness\.example/);
    assert.match(en.stdout, /All 5 acts were opened and replayed/);
    assert.match(zh.stdout, /核对一致：.*5 条记录/);
    assert.equal(bare.status, 0);
    assert.match(bare.stdout, /No log key was given: the signature was not checked/);
  });

  test("a log that was altered: the first bad leaf, in words and as JSON, and exit code 1", async () => {
    const place = writeLog("altered", (leaf, index) =>
      index === 3 ? leaf.replace('"USE"', '"OPEN"') : leaf,
    );
    const [en, json] = await Promise.all([
      sandbank("verify", place, ...keys),
      sandbank("verify", place, ...keys, "--json"),
    ]);
    assert.equal(en.status, 1);
    assert.match(en.stderr, /Not consistent, first at leaf 3\.\n {2}Leaf 3 is not what was signed/);
    const told = JSON.parse(json.stdout) as {
      firstBad: number;
      findings: { code: string; index: number }[];
    };
    assert.equal(told.firstBad, 3);
    assert.deepEqual([told.findings[0]?.code, told.findings[0]?.index], ["leaf_altered", 3]);
  });

  test("a forged log, hashed and signed as it should be: the act above its cap is named", async () => {
    const limit = { id: "pilot_day", cap: "100", clause: "1.10-C4/D2" };
    const counted = { measure: "amount", scope: "pilot", window: "day", classes: ["USE"] };
    const policy = {
      ...{ pilot: "payment-tokens", version: 1, checks: [], limits: [{ ...limit, ...counted }] },
      classes: { OPEN: true, USE: true, SERVICE: true },
    };
    const hash = sha256Hex(canonicalJson(policy));
    const posting = (fen: string) => `[["limit/pilot_day/pilot/2026-11-24",1,"${fen}"]]`;
    const [put, one, two] = [
      act(1),
      act(2, { policy: hash, postings: posting("60") }),
      act(3, { policy: hash, postings: posting("41") }),
    ];
    const declared = canonicalJson({ t: "policy", seq: "1", hash, policy });
    const texts = [put.leaf, declared, one.leaf, two.leaf];
    const place = writeLog("forged", undefined, texts);
    const facts = join(folder, "forged.jsonl");
    writeFileSync(facts, [put, one, two].map(({ line }) => `${line}\n`).join(""));
    const [en, zh, json, bare] = await Promise.all([
      sandbank("verify", place, ...keys, "--facts", facts),
      sandbank("verify", place, ...keys, "--facts", facts, "--lang", "zh"),
      sandbank("verify", place, ...keys, "--facts", facts, "--json"),
      sandbank("verify", place, ...keys),
    ]);
    const account = "limit/pilot_day/pilot/2026-11-24";
    assert.equal(en.status, 1);
    assert.ok(
      en.stderr.includes(
        `Leaf 3 (act 3) took ${account} to 101, above its cap of 100 (clause 1.10-C4/D2).`,
      ),
      en.stderr,
    );
    assert.ok(
      zh.stderr.includes(`序号 3）使账户 ${account} 用到 101，超过条款 1.10-C4/D2 的上限 100`),
      zh.stderr,
    );
    const told = JSON.parse(json.stdout) as { findings: { code: string; params: object }[] };
    const params = { index: "3", seq: "3", account, used: "101", clause: limit.clause, cap: "100" };
    assert.deepEqual(
      told.findings.map((found) => [found.code, found.params]),
      [["act_exceeded_cap", params]],
    );
    assert.equal(bare.status, 0, "without the facts nobody sees it");
  });

  test("an older checkpoint, too few witnesses, no log at all, no such file", async () => {
    const place = writeLog("older");
    const older = join(folder, "older.txt");
    writeFileSync(older, readFileSync(join(place, "checkpoint")));
    const other = ["--witness", newSigner("other.example", "witness").signer.vkey];
    const [same, few, one, nowhere, facts, key, quorum] = await Promise.all([
      sandbank("verify", place, ...keys, "--older", older),
      sandbank("verify", place, ...keys, ...other),
      sandbank("verify", place, ...keys, ...other, "--quorum", "1"),
      sandbank("verify", join(folder, "nowhere"), ...keys),
      sandbank("verify", place, "--facts", "nowhere.jsonl"),
      sandbank("verify", place, "--vkey", "nonsense"),
      sandbank("verify", place, "--quorum", "many"),
    ]);
    assert.deepEqual([same.status, one.status], [0, 0]);
    assert.match(few.stderr, /Only 1 of the 2 witnesses/);
    assert.match(nowhere.stderr, /lacks checkpoint/);
    assert.match(facts.stderr, /no file nowhere/);
    assert.match(key.stderr, /Give the log's address/);
    assert.match(quorum.stderr, /whole number/);
  });
});

test("sandbank witness: a folder is for one witness, and its options are explained", async () => {
  const place = join(folder, "witness");
  mkdirSync(place);
  writeFileSync(join(place, "lock"), String(process.pid));
  const named = ["witness", "--folder", place, "--name", "w.example"];
  const [bare, second, wrong] = await Promise.all([
    sandbank("witness"),
    sandbank(...named),
    sandbank(...named, "--log", "a=b"),
  ]);
  assert.match(bare.stderr, /--folder and --name are needed/);
  assert.equal(second.status, 1);
  assert.match(second.stderr, new RegExp(`Process ${process.pid} uses this folder`));
  assert.match(wrong.stderr, /"a=b" is not of the form log=key/);
});
