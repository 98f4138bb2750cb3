/**
 * Somebody who has a copy of the whole database and not the key: he guesses numbers, hashes each in
 * every usual way, keyed with whatever he finds where keys lie, and looks for that in his copy.
 */
import { createHash, createHmac, hash } from "node:crypto";
import { listTables, statement, type Store } from "@sandbank/kernel/store";

/** Every row of every table, as a copy of the database has it; byte strings in hexadecimal. */
export async function dumpOf(owner: Store, schema = ""): Promise<string> {
  const rows: string[] = [];
  for (const table of await listTables({ owner })) {
    if (!table.startsWith(schema)) continue;
    const read = statement(`thief.rows_of_${table}`, `select t::text as row from ${table} t`);
    for (const { row } of await owner.query<{ row: string }>(read)) rows.push(`${table}: ${row}`);
  }
  return rows.join("\n");
}

const HASHES = ["sha256", "sha1", "md5", "sm3", "sha512"] as const;
/** Bytes of a digest that somebody may have kept, whole. */
const DIGEST_BYTES = new Set([16, 20, 32, 64]);

/** Byte strings of the copy that could be digests, in hexadecimal, however they are written. */
function digestsIn(dump: string): Set<string> {
  const found = new Set<string>();
  for (const [hex] of dump.matchAll(/[0-9a-f]{32,}/gi)) found.add(hex.toLowerCase());
  for (const [text] of dump.matchAll(/[A-Za-z0-9+/_-]{22,}={0,2}/g)) {
    const bytes = Buffer.from(text, "base64");
    if (DIGEST_BYTES.has(bytes.length)) found.add(bytes.toString("hex"));
  }
  return found;
}

/** What lies in `vault.key`, as if it were a key: whole, and its first and last 32 bytes. */
function keysIn(dump: string): Buffer[] {
  const rows = dump.split("\n").filter((row) => row.startsWith("vault.key:"));
  const wrapped = rows.flatMap((row) => [...row.matchAll(/\\x([0-9a-f]{80})/g)]);
  return wrapped.flatMap(([, hex = ""]) => {
    const bytes = Buffer.from(hex, "hex");
    return [bytes, bytes.subarray(0, 32), bytes.subarray(8)];
  });
}

/** The guessed numbers that the copy gives away. `keyed` says how many keys of the copy are tried. */
export function opened(
  dump: string,
  guesses: Iterable<string>,
  { keyed }: { readonly keyed: number },
): string[] {
  const digests = digestsIn(dump);
  const keys = keysIn(dump).slice(0, keyed);
  const found: string[] = [];
  for (const guess of guesses) {
    const forms = [
      ...HASHES.map((name) => hash(name, guess)),
      ...keys.map((key) => createHmac("sha256", key).update(guess).digest("hex")),
      Buffer.from(guess).toString("hex"),
    ];
    if (forms.some((form) => digests.has(form))) found.push(guess);
  }
  return found;
}

/** How a careless vault would keep a number: what the thief must find where it is there. */
export const CARELESS: Readonly<Record<string, (number: string, dump: string) => string>> = {
  "an unkeyed hash": (number) => createHash("sha256").update(number).digest("hex"),
  "an unkeyed hash in base64": (number) => createHash("sha512").update(number).digest("base64"),
  "a hash keyed with what lies beside it": (number, dump) =>
    createHmac("sha256", keysIn(dump)[0] ?? "")
      .update(number)
      .digest("hex"),
};
