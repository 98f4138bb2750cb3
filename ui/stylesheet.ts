/**
 * The styles of public pages as one text, for servers that send them under a content hash. Pages
 * built by Vite import "@sandbank/ui/styles.css" instead.
 */
import { readFileSync } from "node:fs";

const PUBLIC = ["tokens.css", "ground.css", "parts.css", "print.css"] as const;
const ALL = ["tokens.css", "ground.css", "parts.css", "faces.css", "print.css"] as const;

/** `public` leaves out what only staff pages, the bank app and the till use. */
export function stylesheet(which: "public" | "all"): string {
  const names = which === "public" ? PUBLIC : ALL;
  return names.map((name) => readFileSync(new URL(name, import.meta.url), "utf8")).join("\n");
}
