/**
 * A key in two parts. The first is drawn at random and the second is the key XOR the first: whoever
 * has one of them has 32 random bytes and nothing of the key, whatever he computes. Each split draws
 * anew, so that a part of an earlier split does not join with a part of a later one.
 *
 * A part as a file, one line each; `check` is over the lines above it:
 *
 *   sandbank-kek-part-1
 *   key 0123456789abcdef       which key; the same on both parts
 *   split 89abcdef             which split of it; the same on both parts
 *   part 1                     or 2
 *   holder 陈岚                whose part this is
 *   made 2026-11-26T06:00:00Z
 *   share <64 hexadecimal digits>
 *   check <16 hexadecimal digits>
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { randomBytes } from "@sandbank/kernel/clock";
import { KEK_BYTES, kekName } from "./custody.ts";
import { VaultProblem } from "./problem.ts";

export type PartNumber = 1 | 2;

export interface Part {
  readonly key: string;
  readonly split: string;
  readonly part: PartNumber;
  readonly holder: string;
  readonly made: string;
  readonly share: Buffer;
}

const HEAD = "sandbank-kek-part-1";
const SPLIT_BYTES = 4;
const FORM = new RegExp(
  `^${HEAD}\nkey ([0-9a-f]{16})\nsplit ([0-9a-f]{8})\npart ([12])\nholder ([^\n]{1,80})\n` +
    "made ([0-9TZ:.-]{20,24})\nshare ([0-9a-f]{64})\ncheck ([0-9a-f]{16})\n$",
  "u",
);

/** Splits a key anew. Throws VaultProblem for names that are none, or that are one person's. */
export function splitKey(
  bytes: Uint8Array,
  { holders, made }: { readonly holders: readonly [string, string]; readonly made: string },
): readonly [Part, Part] {
  assert(bytes.length === KEK_BYTES, "a key-encryption key has 32 bytes");
  const names = holders.map((holder) => holder.normalize("NFC").trim());
  const [first = "", second = ""] = names;
  if (!names.every((name) => /^[^\p{Cc}]{1,80}$/u.test(name))) {
    throw new VaultProblem("kek_name_malformed");
  }
  if (first === second) throw new VaultProblem("kek_one_holder");
  const drawn = Buffer.from(randomBytes(KEK_BYTES));
  const rest = Buffer.from(bytes.map((byte, at) => byte ^ (drawn[at] as number)));
  const split = Buffer.from(randomBytes(SPLIT_BYTES)).toString("hex");
  const of = { key: kekName(bytes), split, made };
  return [
    { ...of, part: 1, holder: first, share: drawn },
    { ...of, part: 2, holder: second, share: rest },
  ];
}

/** The key of two parts, or undefined if they are not two parts of one split of one key. */
export function joinParts(first: Part, second: Part): Buffer | undefined {
  if (first.key !== second.key || first.split !== second.split) return undefined;
  if (first.part === second.part) return undefined;
  const bytes = Buffer.from(first.share.map((byte, at) => byte ^ (second.share[at] as number)));
  if (kekName(bytes) === first.key) return bytes;
  bytes.fill(0);
  return undefined;
}

/** A part as its file holds it. */
export function partText({ key, split, part, holder, made, share }: Part): string {
  const lines =
    `${HEAD}\nkey ${key}\nsplit ${split}\npart ${part}\nholder ${holder}\n` +
    `made ${made}\nshare ${share.toString("hex")}\n`;
  return `${lines}check ${checkOf(lines)}\n`;
}

/** Reads a part's file; undefined if a line is missing, malformed or altered. */
export function readPart(text: string): Part | undefined {
  const found = FORM.exec(text);
  if (!found) return undefined;
  const [, key = "", split = "", part, holder = "", made = "", share = "", check] = found;
  if (checkOf(text.slice(0, text.lastIndexOf("check "))) !== check) return undefined;
  const number = part === "1" ? 1 : 2;
  return { key, split, part: number, holder, made, share: Buffer.from(share, "hex") };
}

function checkOf(lines: string): string {
  return createHash("sha256").update(lines).digest("hex").slice(0, 16);
}
