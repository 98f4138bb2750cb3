/**
 * Documents that findings of an evaluation rest on: filed by whoever hands the finding in, and named by
 * their hash from then on. The demonstration's documents say what they are of and nothing else.
 */
import { createHash } from "node:crypto";
import { demand } from "./stage.ts";

/** Sends an act of somebody's under one of the scenario's own names. */
export type Send = (path: string, key: string, body: object) => Promise<unknown>;

/** Files a document and answers with its hash, which must be the one that Sandbank tells. */
export async function filed(send: Send, document: string): Promise<string> {
  const bytes = Buffer.from(`${document}\n`);
  const body = { name: "evidence.txt", type: "text/plain", content: bytes.toString("base64") };
  const answer = await send("/api/attachments", `file.${document.replaceAll("/", ".")}`, body);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const { hash: told } = answer as { readonly hash: string };
  demand(told === hash, `${document} was filed as ${told}`);
  return hash;
}

/** Files one document for each name; answers with the hash of a name's. */
export async function filedOfEach(
  send: Send,
  of: string,
  names: readonly string[],
): Promise<(name: string) => string> {
  const hashes = new Map<string, string>();
  for (const name of names) hashes.set(name, await filed(send, `${of}/${name}`));
  return (name) => hashes.get(name) ?? "";
}
