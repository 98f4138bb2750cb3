/**
 * Where a log's files are read from: a folder or an address. Paths are those of c2sp.org/tlog-tiles;
 * a file that is not there is undefined, anything else that goes wrong is a fault and throws.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TileSource } from "./tiles.ts";

/** No file of a log is larger: 256 leaves of 65,535 bytes with their lengths. */
const FILE_BYTES_MAX = 256 * (2 + 65_535);
const TIMEOUT_MS = 30_000;
const TRIES = 3;

/** Files of a log in a folder, as published or as downloaded. */
export function folderSource(folder: string): TileSource {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw error;
    }
  };
}

/** Files of a log at an address, with or without a slash at its end. */
export function httpSource(address: string): TileSource {
  const base = address.endsWith("/") ? address : `${address}/`;
  return async (path) => {
    for (let tries = 1; ; tries++) {
      const reply = await ask(new URL(path, base));
      if (reply.status === 404 || reply.status === 410) return undefined;
      if (reply.ok) return reply.bytes;
      if (tries === TRIES) throw new Error(`${base}${path} answered with ${reply.status}`);
    }
  };
}

async function ask(url: URL): Promise<{ status: number; ok: boolean; bytes: Buffer }> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of reply.body ?? []) {
    length += chunk.length;
    if (length > FILE_BYTES_MAX) throw new Error(`${url.href} is larger than any file of a log`);
    chunks.push(chunk);
  }
  return { status: reply.status, ok: reply.ok, bytes: Buffer.concat(chunks) };
}
