/** A vault on a durable database, filled with cards of the demonstration's prepaid range. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement, type Store } from "@sandbank/kernel/store";
import { testDatabase } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { makeKey, openVault, partsCustody, vaultMigrations, vaultRole } from "@sandbank/tokens";

export const BIND_BATCH = 256;
/** The partition of every holder here. */
const HOME = 4;
const CONNECTIONS = 8;
const HOLDERS = ["bench, first part", "bench, second part"] as const;
/** One batch is sealed while the one before it is written. */
const BINDERS = 2;

/** Who routes payments: software, as the purpose asks for. */
const ROUTER: Principal = {
  ...{ kind: "system", id: "router", organisation: "sandbank", roles: ["system"] },
};

const ANALYZE = statement("bench.vault_analyze", "vacuum analyze");

export interface Place {
  readonly home: number;
  readonly ref: string;
}

export interface VaultBed {
  /** A store of the vault's own role with eight connections. */
  readonly store: Store;
  readonly boundInMs: number;
  /** The next places of cards, scattered. */
  places(count: number): Place[];
  /** Looks at the next cards through the vault's door, and says how many it saw. */
  see(count: number): Promise<number>;
  /** Turns the key-encryption key, the data key or the index key, and says how long that took. */
  turn(kind: "kek" | "card" | "index"): Promise<number>;
  end(): Promise<void>;
}

/** This range needs no check digit, and has room for a hundred million. */
function cardNumber(n: number): string {
  return `99990388${String(n).padStart(8, "0")}`;
}

type Vault = Awaited<ReturnType<typeof openVault>>;

async function bindAll(vault: Vault, cards: number): Promise<Place[]> {
  const places: Place[] = [];
  let next = 0;
  const binder = async () => {
    while (next < cards) {
      const from = next;
      next = Math.min(cards, next + BIND_BATCH);
      const batch = Array.from({ length: next - from }, (_, i) => {
        const n = from + i;
        return { number: cardNumber(n), expiry: "2030-09", holder: `holder-${n}`, home: HOME };
      });
      for (const bound of await vault.bindCards(batch)) {
        if (isRefusal(bound)) throw new Error(`a card was not bound: ${bound.code}`);
        places.push({ home: HOME, ref: bound.ref });
      }
    }
  };
  await Promise.all(Array.from({ length: BINDERS }, binder));
  return places;
}

export async function vaultBed(cards: number): Promise<VaultBed> {
  const database = await testDatabase({
    migrations: [vaultMigrations],
    roles: [vaultRole],
    durable: true,
  });
  const folder = mkdtempSync(join(tmpdir(), "sandbank-bench-vault-"));
  const store = database.as(vaultRole.role, { connections: CONNECTIONS });
  const folders = [join(folder, "part-1"), join(folder, "part-2")] as const;
  makeKey(folders, HOLDERS);
  const vault = await openVault({ store, mode: "demo", custody: partsCustody(folders) });
  const start = performance.now();
  const all = await bindAll(vault, cards);
  const boundInMs = performance.now() - start;
  await database.owner.query(ANALYZE);
  let next = 0;
  const places = (count: number) =>
    Array.from({ length: count }, () => all[(next++ * 7_919) % all.length] as Place);
  return {
    ...{ store, boundInMs, places },
    async see(count) {
      const asked = {
        cards: places(count),
        purpose: "network_routing",
        principal: ROUTER,
      } as const;
      const seen = await vault.detokenise(asked);
      if (isRefusal(seen)) throw new Error(`a look was refused: ${seen.code}`);
      return seen.length;
    },
    async turn(kind) {
      const kek = kind === "kek" ? { kek: makeKey(folders, HOLDERS).name } : {};
      const begun = performance.now();
      await vault.rotate({ id: uuidv7(), kind, ...kek });
      return performance.now() - begun;
    },
    async end() {
      await database.end();
      rmSync(folder, { recursive: true });
    },
  };
}
