/**
 * The two parts of the vault's key as files in two folders, one for each holder: a stick of his own,
 * or a mount that only he can fill. Both have to be there when the server starts; the key is joined
 * in memory and its bytes are wiped once it is a key object. A part's file is made whole or not at
 * all, and a split that replaces another stands whole before the other goes, so that a process killed
 * in between leaves a key that opens.
 */
import { Buffer } from "node:buffer";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { machineNow, randomBytes, toIso } from "@sandbank/kernel/clock";
import { type Custody, KEK_BYTES, type Kek, kekOf, type KeptKey } from "./custody.ts";
import { joinParts, type Part, type PartNumber, partText, readPart, splitKey } from "./part.ts";
import { VaultProblem } from "./problem.ts";
import { keyOf } from "./seal.ts";

/** Where the first part lies, and where the second. */
export type PartFolders = readonly [string, string];

const NAME = /^vault-([0-9a-f]{16})-([0-9a-f]{8})\.part$/;
/** Says in a folder that what lay there was destroyed, so that no start makes another. */
const TOMBSTONE = "vault-destroyed";
const OLD_FORM = /^sandbank-kek-1 ([0-9a-f]{64})\n?$/;

/** Keeps keys in two folders; keys that were opened stay in memory while the process lives. */
export function partsCustody(folders: PartFolders): Custody {
  const opened = new Map<string, Kek>();
  return {
    about: { folders: folders.join(", ") },
    async open(name) {
      const known = opened.get(name);
      if (known) return known;
      const bytes = joinAt(folders, name);
      const kek = kekOf(name, keyOf(bytes));
      bytes.fill(0);
      opened.set(name, kek);
      return kek;
    },
    kept: async () => keptIn(folders),
    async destroy() {
      destroyParts(folders);
      opened.clear();
    },
  };
}

/**
 * Overwrites and deletes every part in both folders, and leaves a word there that it did. The word
 * comes first: a process that dies in between leaves parts that are destroyed by the next try, and no
 * folder in which a start would make a key anew. A disk may keep what was overwritten; without the
 * other part and the wrapped keys it opens nothing.
 */
export function destroyParts(folders: PartFolders): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(join(folder, TOMBSTONE), `destroyed ${toIso(machineNow())}\n`);
  }
  for (const path of folders.flatMap(sharesIn)) {
    const file = openSync(path, "r+");
    try {
      writeSync(file, Buffer.alloc(statSync(path).size));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    rmSync(path);
  }
}

/** Every file that holds a share, whole or half made. */
function sharesIn(folder: string): string[] {
  const files = reading(folder, () => readdirSync(folder));
  return files
    .filter((file) => /^vault-.*\.part(\.making)?$/.test(file))
    .map((file) => join(folder, file));
}

/** The keys of which both parts of one split are there and fit, oldest first. */
export function keptIn(folders: PartFolders): KeptKey[] {
  const [firsts, seconds] = [partsIn(folders, 1), partsIn(folders, 2)];
  const kept = new Map<string, KeptKey>();
  for (const first of firsts) {
    const second = seconds.find((one) => one.key === first.key && one.split === first.split);
    const bytes = second && joinParts(first, second);
    if (!second || !bytes) continue;
    bytes.fill(0);
    kept.set(first.key, {
      ...{ name: first.key, made: first.made, holders: [first.holder, second.holder] },
    });
  }
  return [...kept.values()].sort((a, b) => a.made.localeCompare(b.made));
}

/** The keys of which any part is there. */
export function namesIn(folders: PartFolders): string[] {
  return [...new Set([...partsIn(folders, 1), ...partsIn(folders, 2)].map(({ key }) => key))];
}

/**
 * The bytes of a key. Throws VaultProblem: `kek_absent`, `kek_part_absent`, `kek_part_of_another`,
 * and for a file `kek_part_malformed`, `kek_part_misplaced`, `kek_open_to_others`.
 */
export function joinAt(folders: PartFolders, name: string): Buffer {
  const of = (part: PartNumber) => partsIn(folders, part).filter(({ key }) => key === name);
  const [firsts, seconds] = [of(1), of(2)];
  const shown = { name: `${name} `, folders: folders.join(", ") };
  if (firsts.length === 0 && seconds.length === 0) throw new VaultProblem("kek_absent", shown);
  const missing = firsts.length === 0 ? 1 : 2;
  if (firsts.length === 0 || seconds.length === 0) {
    const folder = folders[missing - 1] ?? "";
    throw new VaultProblem("kek_part_absent", { ...shown, part: String(missing), folder });
  }
  for (const first of firsts) {
    for (const second of seconds) {
      const bytes = joinParts(first, second);
      if (bytes) return bytes;
    }
  }
  throw new VaultProblem("kek_part_of_another", shown);
}

/** Makes a key and puts its parts into their folders. */
export function makeKey(folders: PartFolders, holders: readonly [string, string]): KeptKey {
  const bytes = Buffer.from(randomBytes(KEK_BYTES));
  try {
    return putParts(folders, bytes, holders);
  } finally {
    bytes.fill(0);
  }
}

/**
 * Gives a part to another person. Both parts are made anew, so that what the earlier holder may have
 * kept joins with nothing that is left; to be safe from both earlier parts together, make another
 * key and rotate to it.
 */
export function changeHolder(
  folders: PartFolders,
  asked: { readonly key: string; readonly part: PartNumber; readonly holder: string },
): KeptKey {
  const bytes = joinAt(folders, asked.key);
  const known = keptIn(folders).find(({ name }) => name === asked.key);
  const [first, second] = known?.holders ?? ["", ""];
  const holders =
    asked.part === 1 ? ([asked.holder, second] as const) : ([first, asked.holder] as const);
  try {
    return putParts(folders, bytes, holders);
  } finally {
    bytes.fill(0);
  }
}

/** Splits a whole key of the form before there were parts, then deletes that file. */
export function splitOldKey(
  path: string,
  folders: PartFolders,
  holders: readonly [string, string],
): KeptKey {
  const found = OLD_FORM.exec(readOwn(path));
  if (!found) throw new VaultProblem("kek_part_malformed", { path });
  const bytes = Buffer.from(found[1] ?? "", "hex");
  try {
    const kept = putParts(folders, bytes, holders);
    rmSync(path);
    return kept;
  } finally {
    bytes.fill(0);
  }
}

/** The whole key of the form before there were parts, if the data folder has one. */
export function oldKeyIn(dataFolder: string): string | undefined {
  const path = join(dataFolder, "keys", "vault.kek");
  return existsSync(path) ? path : undefined;
}

/**
 * What a start does about the folders. The demonstration makes both parts where there is none and
 * splits a key of the old form; in live mode two people do either, and a whole key is a fault.
 */
export function prepareParts(
  folders: PartFolders,
  asked: {
    readonly dataFolder: string;
    readonly mode: "demo" | "live";
    /** Whose parts the demonstration says they are. It holds both, and says so where it starts. */
    readonly holders: readonly [string, string];
  },
): void {
  const { dataFolder, mode, holders } = asked;
  const old = oldKeyIn(dataFolder);
  if (mode === "live") {
    if (old !== undefined) throw new VaultProblem("kek_in_one_file", { path: old });
    return;
  }
  if (old !== undefined) splitOldKey(old, folders, holders);
  else if (folders.some((folder) => existsSync(join(folder, TOMBSTONE)))) return;
  else if (partFiles(folders, 1).length + partFiles(folders, 2).length === 0) {
    makeKey(folders, holders);
  }
}

function putParts(
  folders: PartFolders,
  bytes: Uint8Array,
  holders: readonly [string, string],
): KeptKey {
  const parts = splitKey(bytes, { holders, made: toIso(machineNow()) });
  const before = ([1, 2] as const).flatMap((part) => partFiles(folders, part));
  // The second part first: the first is looked for before it, and alone neither opens anything.
  for (const part of parts.toReversed()) writePart(folders[part.part - 1] as string, part);
  const [{ key: name, made, holder: first }, { holder: second }] = parts;
  for (const path of before) if (NAME.exec(basename(path))?.[1] === name) rmSync(path);
  return { name, made, holders: [first, second] };
}

function partFiles(folders: PartFolders, part: PartNumber): string[] {
  const folder = folders[part - 1] as string;
  if (!existsSync(folder)) return [];
  return reading(folder, () => readdirSync(folder))
    .filter((file) => NAME.test(file))
    .sort()
    .map((file) => join(folder, file));
}

function partsIn(folders: PartFolders, part: PartNumber): Part[] {
  return partFiles(folders, part).map((path) => {
    const found = readPart(readOwn(path));
    if (!found) throw new VaultProblem("kek_part_malformed", { path });
    if (found.part !== part) {
      throw new VaultProblem("kek_part_misplaced", { path, part: String(found.part) });
    }
    return found;
  });
}

/** The text of a file that its owner alone may read. */
function readOwn(path: string): string {
  return reading(path, () => {
    if ((statSync(path).mode & 0o077) !== 0) throw new VaultProblem("kek_open_to_others", { path });
    return readFileSync(path, "utf8");
  });
}

function reading<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (error instanceof VaultProblem || reason === undefined) throw error;
    throw new VaultProblem("kek_unreadable", { path, reason });
  }
}

function writePart(folder: string, part: Part): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(join(folder, `vault-${part.key}-${part.split}.part`), partText(part));
}

/** Written beside, made durable, then renamed: a killed process leaves no half of a file. */
function writeWhole(path: string, text: string): void {
  const making = `${path}.making`;
  const file = openSync(making, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(making, path);
  const place = openSync(dirname(path), "r");
  try {
    fsyncSync(place);
  } finally {
    closeSync(place);
  }
}
