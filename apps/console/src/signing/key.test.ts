/** Signing keys of the browser against the cryptography of the server. */
import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { test } from "node:test";
import { makeKey, readKey } from "./key.ts";

test("a key file signs, and its id is the hash of the raw public key", async () => {
  const pair = generateKeyPairSync("ed25519");
  const pem = String(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  const key = await readKey(pem);
  assert.ok(key);
  const raw = String(pair.publicKey.export({ format: "jwk" }).x);
  assert.equal(key.publicKey, raw);
  const hash = createHash("sha256").update(Buffer.from(raw, "base64url")).digest("hex");
  assert.equal(key.id, hash);
  const signature = Buffer.from(await key.sign("a text\n"), "base64url");
  assert.equal(verify(null, Buffer.from("a text\n"), pair.publicKey, signature), true);
});

test("a key that was made here is read back from its file", async () => {
  const { key, pem } = await makeKey();
  const again = await readKey(pem);
  assert.equal(again?.id, key.id);
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.publicKey };
  const signature = Buffer.from(await key.sign("another"), "base64url");
  const known = createPublicKey({ key: jwk, format: "jwk" });
  assert.equal(verify(null, Buffer.from("another"), known, signature), true);
});

test("what is no such key is not read", async () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const other = String(rsa.privateKey.export({ type: "pkcs8", format: "pem" }));
  assert.equal(await readKey(other), undefined);
  assert.equal(await readKey("a letter"), undefined);
});
