/** What an operator brings before a live installation starts: a folder with the vault's own key. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "@sandbank/kernel/clock";
import { type Config, isConfigProblem, readConfig } from "@sandbank/kernel/config";

/** The configuration of a live installation in a fresh folder, and what removes the folder. */
export function liveConfig(env: Readonly<Record<string, string>> = {}): {
  readonly config: Config;
  clear(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-live-"));
  mkdirSync(join(folder, "keys"), { mode: 0o700 });
  const key = Buffer.from(randomBytes(32)).toString("hex");
  writeFileSync(join(folder, "keys", "vault.kek"), `sandbank-kek-1 ${key}\n`, { mode: 0o600 });
  const config = readConfig({ PORT: "0", SANDBANK_DATA: folder, SANDBANK_MODE: "live", ...env });
  if (isConfigProblem(config)) throw new Error(config.text.en);
  return { config, clear: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
