/**
 * Where a log's files are read from: a folder or an address. Paths are those of c2sp.org/tlog-tiles;
 * a file that is not there is undefined, anything else that goes wrong is a fault and throws.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outside } from "../outside/index.ts";
import { isRefusal } from "../words/index.ts";
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
export function httpSource(address: string, outside: Outside): TileSource {
  const base = address.endsWith("/") ? address : `${address}/`;
  return async (path) => {
    for (let tries = 1; ; tries++) {
      const reply = await outside.call({
        ...{ url: new URL(path, base), method: "GET", keep: true },
        ...{ bytesMax: FILE_BYTES_MAX, signal: AbortSignal.timeout(TIMEOUT_MS) },
      });
      if (isRefusal(reply)) {
        throw new Error(`${base} is not called: ${reply.code}`, { cause: reply });
      }
      const { status, body } = reply;
      if (status === 404 || status === 410) return undefined;
      if (status >= 200 && status < 300) return body;
      if (tries === TRIES) throw new Error(`${base}${path} answered with ${status}`);
    }
  };
}
