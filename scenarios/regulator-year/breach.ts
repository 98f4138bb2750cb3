/**
 * A breach planted in a copy of a log: one act is made to have taken a limit above its cap, in the
 * auditor's facts alone, and then in the log's own files as well. The verifier has to name it.
 */
import { hash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Audited } from "../front-door.ts";
import { type Verified, verifyByCli } from "../server.ts";

interface Part {
  readonly salt: string;
  readonly bytes: string;
}

interface Line {
  readonly seq: string;
  readonly postings: Part;
}

type Postings = readonly (readonly [string, number, string])[];

/** What the verifier said of the two forgeries, and which act was forged. */
export interface Planted {
  readonly seq: string;
  readonly facts: { readonly code: number; readonly said: Verified };
  readonly both: { readonly code: number; readonly said: Verified };
}

/** Above any cap there is. */
const TOO_MUCH = "900000000000000001";

/** Plants the breach on copies below `data`; the log itself stays as it is. */
export async function plantBreach(
  audited: Audited,
  of: { readonly data: string; readonly limit: string },
): Promise<Planted> {
  const { data, limit } = of;
  const lines = readFileSync(audited.facts, "utf8").split("\n");
  const at = lines.findLastIndex(
    (line) => line.includes(`"[[\\"limit/${limit}/`) || takes(line, limit),
  );
  const line = JSON.parse(lines[at] ?? "{}") as Line;
  const forged = forge(line, limit);
  const facts = join(data, "forged-facts.jsonl");
  writeFileSync(facts, lines.with(at, JSON.stringify(forged)).join("\n"));
  const log = join(data, "sandbank", "logs", ...pathOf(audited.url));
  const copy = join(data, "forged-log");
  rmSync(copy, { recursive: true, force: true });
  cpSync(log, copy, { recursive: true });
  const { keys } = audited;
  const first = await verifyByCli(copy, { keys, facts });
  replaceIn(copy, commitmentOf(line.postings), commitmentOf(forged.postings));
  return { seq: line.seq, facts: first, both: await verifyByCli(copy, { keys, facts }) };
}

/** True if the act of this line took something of the limit. */
function takes(line: string, limit: string): boolean {
  if (line === "") return false;
  const list = JSON.parse((JSON.parse(line) as Line).postings.bytes) as Postings;
  return list.some(([account, kind]) => account.startsWith(`limit/${limit}/`) && kind === 3);
}

function forge(line: Line, limit: string): Line {
  const list = JSON.parse(line.postings.bytes) as Postings;
  const raised = list.map(([account, kind, amount]) => [
    ...[account, kind, account.startsWith(`limit/${limit}/`) ? TOO_MUCH : amount],
  ]);
  return { ...line, postings: { ...line.postings, bytes: JSON.stringify(raised) } };
}

/** What a leaf says of a part: SHA-256 of salt and bytes. */
function commitmentOf({ salt, bytes }: Part): string {
  return hash("sha256", Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(bytes)]), "hex");
}

/** The folder of a log below the folder of all logs. */
function pathOf(url: string): string[] {
  const parts = new URL(url).pathname.split("/").filter((part) => part !== "");
  return parts.slice(1);
}

/** Puts one commitment in the place of another in the log's own entries; both are as long. */
function replaceIn(folder: string, old: string, other: string): void {
  const entries = join(folder, "tile", "entries");
  let found = 0;
  for (const name of readdirSync(entries, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(old);
    if (at < 0) continue;
    bytes.write(other, at, "latin1");
    writeFileSync(path, bytes);
    found += 1;
  }
  if (found === 0) throw new Error(`${basename(folder)} has no entry with that commitment`);
}
