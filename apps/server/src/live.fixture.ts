/** What people bring before a live installation starts: a folder with both parts of the vault's key. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, isConfigProblem, readConfig } from "@sandbank/kernel/config";
import { makeKey } from "@sandbank/tokens";
import { sharedPages } from "./pages.fixture.ts";

/** The configuration of a live installation in a fresh folder, and what removes the folder. */
export function liveConfig(env: Readonly<Record<string, string>> = {}): {
  readonly config: Config;
  clear(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-live-"));
  const read = readConfig({ PORT: "0", SANDBANK_DATA: folder, SANDBANK_MODE: "live", ...env });
  if (isConfigProblem(read)) throw new Error(read.text.en);
  makeKey(read.keyParts, ["chen-lan", "zhao-yu"]);
  const config = { ...read, ...sharedPages() };
  return { config, clear: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
