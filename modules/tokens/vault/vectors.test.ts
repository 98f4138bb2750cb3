/**
 * Our sealing, wrapping and deriving against vectors that nobody here wrote. What is left out is
 * printed with its reason; where the folder is absent, the tests say so and skip.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { hkdfSha256, hmacSha256, hmacSm3, macHolds, sm3 } from "./derive.ts";
import { luhnDigit, luhnHolds, readDigits } from "./number.ts";
import { aesGcmOpen, aesGcmSeal, keyOf } from "./seal.ts";
import { aesKwpUnwrap, aesKwpWrap, aesKwUnwrap, aesKwWrap } from "./wrap.ts";

const FOLDER = join(
  process.env["SANDBANK_VECTORS"] ??
    fileURLToPath(new URL("../../../../shared/vectors", import.meta.url)),
  "tokens",
);

interface Vector {
  readonly tcId: number;
  readonly result: "valid" | "invalid" | "acceptable";
  readonly comment: string;
  readonly [field: string]: unknown;
}
interface Group {
  readonly tests: readonly Vector[];
  readonly [field: string]: unknown;
}

function read(t: TestContext, name: string): { readonly testGroups: readonly Group[] } | undefined {
  const path = join(FOLDER, name);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as never;
  t.skip(`no vectors at ${path}: set SANDBANK_VECTORS to the folder that holds them`);
  return undefined;
}

const hex = (value: unknown): Buffer => Buffer.from(value as string, "hex");

/** Runs every vector: a valid one must hold, one that is not must be refused. */
function judge(
  t: TestContext,
  groups: readonly Group[],
  holds: (vector: Vector, group: Group) => boolean,
): void {
  const counted = { valid: 0, refused: 0 };
  for (const group of groups) {
    for (const vector of group.tests) {
      const held = holds(vector, group);
      const about = `vector ${vector.tcId}: ${vector.comment}`;
      if (vector.result === "valid") assert.ok(held, about);
      else if (vector.result === "invalid") assert.ok(!held, about);
      counted[held ? "valid" : "refused"] += 1;
    }
  }
  t.diagnostic(`${counted.valid} hold, ${counted.refused} are refused, none is left out`);
}

test("AES-GCM seals and opens what Wycheproof calls valid, and refuses the rest", (t) => {
  const file = read(t, "wycheproof/aes_gcm_test.json");
  if (!file) return;
  judge(t, file.testGroups, (vector) => {
    const key = keyOf(hex(vector["key"]));
    const [iv, aad, plain] = [hex(vector["iv"]), hex(vector["aad"]), hex(vector["msg"])];
    const sealed = Buffer.concat([hex(vector["ct"]), hex(vector["tag"])]);
    const opened = aesGcmOpen(key, { iv, aad, sealed });
    if (!opened) return false;
    assert.deepEqual(aesGcmSeal(key, { iv, aad, plain }), sealed);
    return opened.equals(plain);
  });
});

test("AES key wrap unwraps what Wycheproof calls valid, and refuses the rest", (t) => {
  const file = read(t, "wycheproof/aes_wrap_test.json");
  if (!file) return;
  judge(t, file.testGroups, (vector) => {
    const kek = keyOf(hex(vector["key"]));
    const plain = aesKwUnwrap(kek, hex(vector["ct"]));
    if (!plain?.equals(hex(vector["msg"]))) return false;
    if (plain.length >= 16) assert.deepEqual(aesKwWrap(kek, plain), hex(vector["ct"]));
    return true;
  });
});

test("AES key wrap with padding does the same", (t) => {
  const file = read(t, "wycheproof/aes_kwp_test.json");
  if (!file) return;
  judge(t, file.testGroups, (vector) => {
    const kek = keyOf(hex(vector["key"]));
    const plain = aesKwpUnwrap(kek, hex(vector["ct"]));
    if (!plain?.equals(hex(vector["msg"]))) return false;
    assert.deepEqual(aesKwpWrap(kek, plain), hex(vector["ct"]));
    return true;
  });
});

test("HKDF-SHA-256 derives what Wycheproof says, and no more bytes than it can", (t) => {
  const file = read(t, "wycheproof/hkdf_sha256_test.json");
  if (!file) return;
  judge(t, file.testGroups, (vector) => {
    const asked = {
      salt: hex(vector["salt"]),
      purpose: hex(vector["info"]),
      size: vector["size"] as number,
    };
    return hkdfSha256(hex(vector["ikm"]), asked)?.equals(hex(vector["okm"])) ?? false;
  });
});

for (const [name, mac] of [
  ["hmac_sha256", hmacSha256],
  ["hmac_sm3", hmacSm3],
] as const) {
  test(`${name} tags what Wycheproof says, and no altered tag holds`, (t) => {
    const file = read(t, `wycheproof/${name}_test.json`);
    if (!file) return;
    judge(t, file.testGroups, (vector) =>
      macHolds(mac(keyOf(hex(vector["key"])), hex(vector["msg"])), hex(vector["tag"])),
    );
  });
}

test("SM3 gives the digests of GM/T 0004 appendix A", (t) => {
  const file = read(t, "gm/sm3_gmt0004.json") as unknown as
    | { readonly cases: readonly { readonly msg: string; readonly digest: string }[] }
    | undefined;
  if (!file) return;
  for (const { msg, digest } of file.cases) {
    assert.equal(sm3(Buffer.from(msg)).toString("hex"), digest);
  }
});

test("card numbers are told from other digits as the recognition cases say", (t) => {
  const file = read(t, "pan/card_number_cases.json") as unknown as
    | {
        readonly cases: readonly {
          readonly input: string;
          readonly brand: string | null;
          readonly valid: boolean;
        }[];
      }
    | undefined;
  if (!file) return;
  for (const { input, brand, valid } of file.cases) {
    const digits = readDigits(input);
    // UnionPay numbers need not check; all others must.
    const held = digits !== undefined && (brand === "unionpay" || luhnHolds(digits));
    assert.equal(held, valid, JSON.stringify(input));
  }
});

/** Algorithms that the vault does not have, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  aes_gcm_siv_test: "nothing is sealed by a nonce-misuse scheme here",
  aes_siv_cmac_test: "nothing is sealed by a nonce-misuse scheme here",
  sm4_gcm_test: "not applicable: of the national suite only SM3 is here; cards are under AES",
  sm4_ccm_test: "not applicable: of the national suite only SM3 is here; cards are under AES",
  aes_ff1_base10_test: "a token is drawn at random; no number is enciphered into a number",
  aes_ff1_base36_test: "a token is drawn at random; no number is enciphered into a number",
  aes_ff1_radix10_test: "a token is drawn at random; no number is enciphered into a number",
};
const USED = ["aes_gcm", "aes_wrap", "aes_kwp", "hkdf_sha256", "hmac_sha256", "hmac_sm3"];

/** Vectors beside Wycheproof's, each with the test that uses it, or why none does. */
const BESIDE: Readonly<Record<string, string>> = {
  "fpe/nist_ff1_samples.json": "not applicable: no number is enciphered into a number (FF1)",
  "gm/sm3_gmt0004.json": "used above",
  "pan/card_number_cases.json": "used above",
  "tigerbeetle/state_machine_tables.json": "used by the ledger's own tests",
};

test("every other file of the vectors is used, or not applicable with a reason", (t) => {
  if (!existsSync(FOLDER)) return t.skip(`no vectors at ${FOLDER}`);
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("wycheproof/"));
  assert.deepEqual(files.toSorted(), Object.keys(BESIDE));
  for (const [name, reason] of Object.entries(BESIDE)) t.diagnostic(`${name}: ${reason}`);
});

test("every file of Wycheproof is either used above or left out with a reason", (t) => {
  const folder = join(FOLDER, "wycheproof");
  if (!existsSync(folder)) return t.skip(`no vectors at ${folder}`);
  const files = readdirSync(folder).map((file) => file.replace(".json", ""));
  const known = [...USED.map((name) => `${name}_test`), ...Object.keys(LEFT_OUT)];
  assert.deepEqual(files.toSorted(), known.toSorted());
  for (const [name, reason] of Object.entries(LEFT_OUT)) t.diagnostic(`${name}: ${reason}`);
});

test("the check digit completes a number, and one wrong digit is found", () => {
  assert.equal(luhnDigit("7992739871"), "3");
  assert.ok(luhnHolds("79927398713"));
  assert.ok(!luhnHolds("79927398712"));
  assert.ok(!luhnHolds("78927398713"));
});
