/** Signatures over declarations: by the key, over the text, and by nothing else. */
import assert from "node:assert/strict";
import { generateKeyPairSync, sign, webcrypto } from "node:crypto";
import { test } from "node:test";
import { declarationText, keyId, verifies } from "./signature.ts";

const text = declarationText({ pilot: "harbour-pay", version: 4, hash: "a".repeat(64) });

test("what is signed names pilot, version and hash, a line each", () => {
  assert.equal(text, `sandbank-declaration-v1\nharbour-pay\n4\n${"a".repeat(64)}\n`);
});

test("a signature of this key over this text verifies, any other does not", () => {
  const [mine, others] = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")];
  const publicKey = String(mine.publicKey.export({ format: "jwk" }).x);
  const by = (pair: typeof mine, of: string) =>
    sign(null, Buffer.from(of), pair.privateKey).toString("base64url");
  assert.equal(verifies({ publicKey, text, signature: by(mine, text) }), true);
  assert.equal(verifies({ publicKey, text, signature: by(others, text) }), false);
  assert.equal(verifies({ publicKey, text, signature: by(mine, `${text} `) }), false);
  assert.equal(verifies({ publicKey, text, signature: "AAAA" }), false);
  assert.equal(verifies({ publicKey: "AAAA", text, signature: by(mine, text) }), false);
  assert.match(keyId(publicKey) ?? "", /^[0-9a-f]{64}$/);
  assert.equal(keyId("AAAA"), undefined);
});

test("a browser's own cryptography signs the same", async () => {
  const pair = await webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  assert.ok("privateKey" in pair);
  const raw = await webcrypto.subtle.exportKey("raw", pair.publicKey);
  const signed = await webcrypto.subtle.sign("Ed25519", pair.privateKey, Buffer.from(text));
  const encoded = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("base64url");
  assert.equal(verifies({ publicKey: encoded(raw), text, signature: encoded(signed) }), true);
});
