/**
 * Files of a folder under a prefix: built pages, tiles, documents. A path is read part by part and
 * refused unless every part is a plain name, so that nothing outside the folder, no hidden file and
 * no link out of it is ever served.
 */
import { createReadStream } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Face } from "../identity/index.ts";

export interface Statics {
  /** `/assets` and the like, without a slash at the end. */
  readonly prefix: string;
  readonly folder: string;
  /** The name of a file says its content: kept for a year. Else asked about every time. */
  readonly immutable: boolean;
  /** Whose content policy HTML files get; public unless told. */
  readonly face?: Face;
  /** May pages of other sites read it: tiles and checkpoints, which are for everybody. */
  readonly open?: boolean;
}

/** Declares a folder to be served. */
export function statics(
  prefix: string,
  folder: string,
  options: Omit<Statics, "prefix" | "folder">,
): Statics {
  return { prefix, folder, ...options };
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".pdf": "application/pdf",
};

const PART = /^[A-Za-z0-9_@~+=-][A-Za-z0-9_@~+=.-]{0,199}$/;
const PARTS_MAX = 24;

/**
 * The path of a file inside its folder, or undefined for whatever is not a plain relative path:
 * empty parts, `..`, hidden names, backslashes, NUL, drive letters. Never throws.
 */
export function readStaticPath(rest: string): string | undefined {
  const parts = rest.split("/", PARTS_MAX + 1);
  if (parts.length > PARTS_MAX || !parts.every((part) => PART.test(part))) return undefined;
  return parts.join("/");
}

/** Serves one file. False if there is none: the caller answers `page_absent`. */
export async function serveStatic(
  served: Statics,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const path = readStaticPath((request.params as { "*": string })["*"]);
  if (path === undefined) return false;
  const found = await findFile(served.folder, path);
  if (found === undefined) return false;
  const tag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
  reply.headers({
    etag: tag,
    "cache-control": served.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    ...(served.open === true
      ? { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" }
      : {}),
  });
  if (request.headers["if-none-match"] === tag) {
    reply.code(304).send();
    return true;
  }
  reply.type(TYPES[extname(path)] ?? "application/octet-stream");
  reply.header("content-length", found.size);
  // An empty file has no last byte to read up to. HEAD gets the stream too: it is closed unread.
  const { file, size } = found;
  reply.send(size === 0 ? "" : createReadStream(file, { end: size - 1 }));
  return true;
}

async function findFile(
  folder: string,
  path: string,
): Promise<{ readonly file: string; readonly size: number; readonly mtimeMs: number } | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) return undefined;
    const facts = await lstat(file);
    return facts.isFile() ? { file, size: facts.size, mtimeMs: facts.mtimeMs } : undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(code)) return undefined;
    throw error;
  }
}
