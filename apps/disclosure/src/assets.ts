/**
 * The files that pages load: one stylesheet, one script, one icon. Their names carry a hash of their
 * content, so that they may be cached for ever and a page never meets a stylesheet of another day.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ICON_SVG } from "@sandbank/ui";
import { stylesheet } from "@sandbank/ui/stylesheet";

export interface Asset {
  /** "/site/site.0a1b2c3d4e5f.css"; serve with `ASSET_CACHE`. */
  readonly path: string;
  readonly body: Buffer;
  /** Media type with its charset. */
  readonly type: string;
}

/** Cache-Control of assets; pages themselves are `no-cache`. */
export const ASSET_CACHE = "public, max-age=31536000, immutable";

function hashed(name: string, type: string, text: string): Asset {
  const body = Buffer.from(text, "utf8");
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  return { path: `/site/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, body, type };
}

export const styleAsset: Asset = hashed(
  "site.css",
  "text/css; charset=utf-8",
  stylesheet("public"),
);

export const verifyAsset: Asset = hashed(
  "verify.js",
  "text/javascript; charset=utf-8",
  readFileSync(new URL("./browser/verify.js", import.meta.url), "utf8"),
);

export const iconAsset: Asset = hashed("mark.svg", "image/svg+xml", ICON_SVG);

/** Everything that must be served beside the pages. */
export function assets(): readonly Asset[] {
  return [styleAsset, verifyAsset, iconAsset];
}
