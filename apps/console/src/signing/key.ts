/**
 * Signing keys in the browser: read from the signer's own file, used, and forgotten. WebCrypto signs
 * with Ed25519; nothing of the private key is kept or sent.
 */
import { type Bytes, readBase64, sha256, utf8 } from "../proof/bytes.ts";

export interface SigningKey {
  /** SHA-256 of the raw public key, in hexadecimal: how the institution's list names it. */
  readonly id: string;
  /** 32 raw bytes, base64url. */
  readonly publicKey: string;
  /** The signature over a text, 64 bytes, base64url. */
  sign(text: string): Promise<string>;
}

const PEM = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/;

/** The key in a PEM file (PKCS #8); undefined for anything else. */
export async function readKey(pem: string): Promise<SigningKey | undefined> {
  const body = PEM.exec(pem)?.[1];
  if (body === undefined) return undefined;
  try {
    const bytes = readBase64(body.replaceAll(/\s/g, ""));
    const secret = await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", true, ["sign"]);
    return await keyOf(secret);
  } catch {
    return undefined;
  }
}

/** A new key, and the text of the file in which its holder keeps it. */
export async function makeKey(): Promise<{ readonly key: SigningKey; readonly pem: string }> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("this browser made no pair of keys");
  const bytes = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  const pem = ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
  return { key: await keyOf(pair.privateKey), pem };
}

async function keyOf(secret: CryptoKey): Promise<SigningKey> {
  const { x: publicKey = "" } = await crypto.subtle.exportKey("jwk", secret);
  return {
    publicKey,
    id: hexOf(await sha256(readBase64(padded(publicKey)))),
    sign: async (text) =>
      urlOf(new Uint8Array(await crypto.subtle.sign("Ed25519", secret, utf8(text)))),
  };
}

/** What somebody who enrols a key signs with it, as the server checks it. */
export function enrolmentText(organisation: string, publicKey: string): string {
  return `sandbank-signing-key-v1\n${organisation}\n${publicKey}\n`;
}

/** What somebody who enrols a key for requests signs with it. The two texts are never one. */
export function requestEnrolmentText(organisation: string, publicKey: string): string {
  return `sandbank-request-key-v1\n${organisation}\n${publicKey}\n`;
}

function padded(url: string): string {
  const standard = url.replaceAll("-", "+").replaceAll("_", "/");
  return standard.padEnd(Math.ceil(standard.length / 4) * 4, "=");
}

function base64Of(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}

function urlOf(bytes: Bytes): string {
  return base64Of(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function hexOf(bytes: Bytes): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
