/** A keeper whose keys are drawn when it is made and lie in memory: for tests that need no files. */
import { Buffer } from "node:buffer";
import { randomBytes } from "@sandbank/kernel/clock";
import { type Custody, KEK_BYTES, type Kek, kekName, kekOf, type KeptKey } from "./custody.ts";
import { VaultProblem } from "./problem.ts";
import { keyOf } from "./seal.ts";

export interface MemoryCustody extends Custody {
  /** Draws another key, as two people would make another, and answers with its name. */
  make(): string;
}

/** Keeps one key from the start. */
export function memoryCustody(): MemoryCustody {
  const keys = new Map<string, Kek>();
  const kept: KeptKey[] = [];
  const custody: MemoryCustody = {
    about: { folders: "memory" },
    async open(name) {
      const kek = keys.get(name);
      if (!kek) throw new VaultProblem("kek_absent", { name: `${name} `, ...custody.about });
      return kek;
    },
    kept: async () => [...kept],
    async destroy() {
      keys.clear();
      kept.length = 0;
    },
    make() {
      const bytes = Buffer.from(randomBytes(KEK_BYTES));
      const name = kekName(bytes);
      keys.set(name, kekOf(name, keyOf(bytes)));
      bytes.fill(0);
      kept.push({ name, made: "2026-11-26T00:00:00.000Z", holders: ["chen-lan", "zhao-yu"] });
      return name;
    },
  };
  custody.make();
  return custody;
}
