/**
 * The key-encryption key: 32 bytes in a file of its own, outside the database and its backups. In
 * the demonstration it is made at the first start; in live mode an officer puts it there, and its
 * absence is a fault. It is never printed; what is shown of it is a name that tells keys apart.
 *
 * Who holds it: the owner of the data folder, nobody else may read it. Rotation: wrap the keys of
 * `vault.key` anew under another. Loss: every card number is lost with it, tokens and money are not.
 */
import { Buffer } from "node:buffer";
import { createHash, type KeyObject } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { randomBytes, uuidv7 } from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import { keyOf } from "./seal.ts";

const KEY_BYTES = 32;
const FORM = /^sandbank-kek-1 ([0-9a-f]{64})\n?$/;

const PROBLEMS = {
  kek_absent: {
    zh: "找不到卡号保险库的主密钥 {path}。放入密钥文件后再启动。",
    en: "The vault's key file {path} is absent. Put it there, then start again.",
  },
  kek_open_to_others: {
    zh: "主密钥文件 {path} 可被他人读取。将权限改为 0600。",
    en: "Others may read the vault's key file {path}. Set its mode to 0600.",
  },
  kek_malformed: {
    zh: "主密钥文件 {path} 的内容不符合格式。换上原来的文件。",
    en: "The vault's key file {path} does not hold a key. Put the right one back.",
  },
  kek_does_not_fit: {
    zh: "主密钥 {path} 解不开保险库中的密钥。换上原来的文件。",
    en: "The key in {path} does not open the vault's keys. Put the right one back.",
  },
} as const satisfies Record<string, Text>;

/** What can be wrong with the key file: a fault of set-up, met while starting. */
export class VaultProblem extends Error {
  override readonly name = "VaultProblem";
  readonly code: keyof typeof PROBLEMS;
  readonly text: Text;
  constructor(code: keyof typeof PROBLEMS, path: string) {
    const { zh, en } = PROBLEMS[code];
    super(en.replace("{path}", path));
    this.code = code;
    this.text = { zh: zh.replace("{path}", path), en: en.replace("{path}", path) };
  }
}

/** The key-encryption key with the name under which rows say that they are wrapped by it. */
export interface Kek {
  readonly name: string;
  readonly key: KeyObject;
  readonly path: string;
}

/** The key file of a data folder. */
export function kekPath(dataFolder: string): string {
  return join(dataFolder, "keys", "vault.kek");
}

/** Reads the key file, and in the demonstration makes it first. Throws VaultProblem. */
export function openKek(dataFolder: string, mode: "demo" | "live"): Kek {
  const path = kekPath(dataFolder);
  if (!existsSync(path)) {
    if (mode === "live") throw new VaultProblem("kek_absent", path);
    make(path);
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new VaultProblem("kek_open_to_others", path);
  const found = FORM.exec(readFileSync(path, "utf8"));
  if (!found) throw new VaultProblem("kek_malformed", path);
  return kekOf(Buffer.from(found[1] ?? "", "hex"), path);
}

/** A key-encryption key of these 32 bytes. */
export function kekOf(bytes: Uint8Array, path: string): Kek {
  const name = createHash("sha256").update("sandbank vault kek").update(bytes).digest("hex");
  return { name: name.slice(0, 16), key: keyOf(bytes), path };
}

/** Written beside, made durable, then linked: a killed start leaves no half of a key. */
function make(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const making = `${path}.${uuidv7()}`;
  const file = openSync(making, "wx", 0o600);
  try {
    writeSync(file, `sandbank-kek-1 ${Buffer.from(randomBytes(KEY_BYTES)).toString("hex")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(making, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(making);
  }
}
