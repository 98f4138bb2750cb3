/**
 * Where card numbers must not be: once the server is gone every row of every table, what the servers
 * said, what shops and auditors were sent and the archive are searched for each number, its usual
 * hashes and encodings, and outside the vault for its blind indexes and sealed numbers. The same
 * search finds every token, so that it is known to search.
 */
import { hash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { eachRowLeft } from "@sandbank/kernel/testing";
import { cardNumber } from "../customer.ts";
import type { Held } from "../readying.ts";
import { check } from "../stage.ts";
import type { Life } from "./life.ts";
import type { LifePlan } from "./plan.ts";

const DIGITS = 16;
/** A form is known by so much of its beginning. */
const HEX_CHARS = 32;
const BASE64_CHARS = 20;
const HASHES = ["md5", "sha1", "sha256", "sha512", "sm3"] as const;
/** Text between the ends of two pieces of a file, so that nothing hides on a seam. */
const OVERLAP_CHARS = 256;

/** What is looked for, by how it is written. */
export interface Needles {
  readonly digits: ReadonlySet<string>;
  readonly hex: ReadonlySet<string>;
  readonly base64: ReadonlySet<string>;
}

/** Each number as digits either way round, in bytes and by every usual unkeyed hash. */
export function formsOf(numbers: readonly string[]): Needles {
  const [digits, hex, base64] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const number of numbers) {
    digits.add(number).add([...number].toReversed().join(""));
    const forms = [Buffer.from(number), ...HASHES.map((name) => hash(name, number, "buffer"))];
    for (const bytes of forms) {
      hex.add(bytes.toString("hex").slice(0, HEX_CHARS));
      base64.add(bytes.toString("base64").slice(0, BASE64_CHARS));
      base64.add(bytes.toString("base64url").slice(0, BASE64_CHARS));
    }
  }
  return { digits, hex, base64 };
}

/** The forms of a text that are among the needles. Blanks and hyphens between digits are no hiding. */
export function* foundIn(text: string, { digits, hex, base64 }: Needles): Generator<string> {
  for (const [run] of text.matchAll(/\d(?:[ -]?\d){15,}/g)) {
    yield* windows(run.replaceAll(/[ -]/g, ""), DIGITS, digits);
  }
  for (const [run] of text.matchAll(/[0-9a-fA-F]{32,}/g)) {
    yield* windows(run.toLowerCase(), HEX_CHARS, hex);
  }
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{20,}/g)) {
    const begins = run.slice(0, BASE64_CHARS);
    if (base64.has(begins)) yield begins;
  }
}

function* windows(run: string, length: number, among: ReadonlySet<string>): Generator<string> {
  if (among.size === 0) return;
  for (let at = 0; at + length <= run.length; at++) {
    const window = run.slice(at, at + length);
    if (among.has(window)) yield window;
  }
}

/** Every number that anybody typed in this life: customers', the one too many, replacements. */
function numbersOf(plan: LifePlan): string[] {
  const replaced = plan.days.flatMap(({ replacing }) => replacing).length;
  return Array.from({ length: plan.size + 1 + replaced }, (_, at) => cardNumber(at));
}

/** Searches all that is left and writes down what was found. Nobody may use the folder meanwhile. */
export async function searchForNumbers(life: Life): Promise<void> {
  const numbers = numbersOf(life.plan);
  const store = join(life.data, "sandbank");
  const tokens = JSON.parse(readFileSync(join(life.data, "tokens.json"), "utf8")) as Held[];
  const own = new Set(tokens.map(({ number }) => number));
  const forms = formsOf(numbers);
  const looked: Needles = { ...forms, digits: new Set([...forms.digits, ...own]) };
  const vaulted: Needles = { digits: new Set(), hex: new Set(), base64: new Set() };
  await eachRowLeft(store, (table, row) => {
    if (table === "vault.claim" || table === "vault.card") keepSecrets(row, vaulted);
  });
  const leaks: string[] = [];
  const seen = new Set<string>();
  const judge = (place: string, found: Iterable<string>) => {
    for (const form of found) {
      if (own.has(form)) seen.add(form);
      else leaks.push(`${place}: ${form}`);
    }
  };
  await eachRowLeft(store, (table, row) => {
    judge(table, foundIn(row, looked));
    if (!table.startsWith("vault.")) judge(table, foundIn(row, vaulted));
  });
  for (const path of filesOf(life.data)) {
    for await (const piece of piecesOf(path))
      judge(relative(life.data, path), foundIn(piece, looked));
  }
  check(life, {
    name: "numbers",
    zh: "全部数据行、日志、报文与归档中没有任何卡号或其可还原形式；同样的搜索能找到每个标记",
    en: "No row, log, message or archive holds a card number in any form; the same search finds every token",
    expected: `none of ${numbers.length} numbers, ${own.size} of ${own.size} tokens`,
    seen: `${leaks[0] ?? "none"} of ${numbers.length} numbers, ${seen.size} of ${own.size} tokens`,
  });
}

/** Whatever the vault keeps of a number as bytes: no other table may hold the like. */
function keepSecrets(row: string, { hex }: Needles): void {
  for (const [run] of row.matchAll(/[0-9a-f]{32,}/g)) {
    (hex as Set<string>).add(run.slice(0, HEX_CHARS));
  }
}

/** Files of the folder, the database's own too. */
function filesOf(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** A file as text, byte for byte, each piece with the end of the one before. */
async function* piecesOf(path: string): AsyncGenerator<string> {
  let before = "";
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const piece = before + (chunk as Buffer).toString("latin1");
    yield piece;
    before = piece.slice(-OVERLAP_CHARS);
  }
}
