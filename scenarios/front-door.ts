/**
 * What every scenario does at the front door: hears a "yes" or ends, turns the clock, and takes with
 * it what a stranger and an auditor may take, to have it verified by the command line.
 */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { type Heard, pause, type SandbankClient } from "@sandbank/world";
import { type Server, type Verified, verifyByCli } from "./server.ts";

const PUBLISH_TRIES = 100;

/** The body of a "yes"; anything else ends the scenario with the bank's own words. */
export function bodyOf<Body>(heard: Heard, of: string): Body {
  if (heard.said === "yes") return heard.body as Body;
  throw new Error(`${of}: ${heard.status} ${heard.code}: ${heard.detail}`);
}

export async function turnClock(clock: SandbankClient, to: Instant, id: string): Promise<void> {
  bodyOf(await clock.post("/api/clock", id, { to: toIso(to) }), "turning the clock");
}

interface EvidenceTwin {
  readonly url: string;
  readonly recorded_size: string;
  readonly size: string;
  readonly keys: readonly { readonly role: string; readonly vkey: string }[];
}

/** Waits until everything that is recorded of a pilot is published and witnessed. */
export async function published(reader: SandbankClient, pilot: string): Promise<EvidenceTwin> {
  for (let tried = 0; ; tried++) {
    const path = `/en/pilots/${pilot}/evidence.json`;
    const twin = bodyOf<EvidenceTwin>(await reader.get(path), "reading the evidence");
    if (twin.size === twin.recorded_size || tried === PUBLISH_TRIES) return twin;
    await pause(100);
  }
}

/** Takes the facts file of a pilot as an auditor does, page by page; answers with its path. */
export async function takeFacts(
  auditor: SandbankClient,
  of: { readonly pilot: string; readonly path: string },
): Promise<string> {
  const { pilot, path } = of;
  writeFileSync(path, "");
  for (let after: string | null = "0"; after !== null;) {
    const heard = await auditor.get(`/api/pilots/${pilot}/facts?after=${after}`);
    const page: { lines: readonly string[]; after: string | null } = bodyOf(heard, "facts");
    appendFileSync(path, page.lines.map((line) => `${line}\n`).join(""));
    after = page.after;
  }
  return path;
}

/** A log as the command line verified it, and where its files were read. */
export interface Audited {
  readonly code: number;
  readonly said: Verified;
  readonly url: string;
  readonly keys: readonly string[];
  /** Path of the facts file that opened it. */
  readonly facts: string;
}

/** Has the published log of a pilot verified with the auditor's facts. */
export async function audit(
  auditor: SandbankClient,
  of: { readonly server: Server; readonly pilot: string; readonly data: string },
): Promise<Audited> {
  const { server, pilot, data } = of;
  const twin = await published(auditor, pilot);
  const url = new URL(twin.url, server.origin).href;
  const keys = twin.keys.map(({ vkey }) => vkey);
  const facts = await takeFacts(auditor, { pilot, path: join(data, `facts-${pilot}.jsonl`) });
  return { ...(await verifyByCli(url, { keys, facts })), url, keys, facts };
}
