/** Once the vault's keys are destroyed nothing opens: not here, not after a start, not from a copy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import type { Kek } from "./custody.ts";
import {
  bind,
  bindMany,
  cardNumber,
  codeOf,
  opensTo,
  ROUTER,
  vaultBed,
  type VaultBed,
} from "./vault.fixture.ts";
import type { BoundCard, Vault } from "./vault.ts";

const KEPT = statement(
  "destroyed_test.copy",
  "select kind, version, state, wrapped from vault.key order by kind, version",
);
const PUT_BACK = statement(
  "destroyed_test.put_back",
  `update vault.key set wrapped = $3, state = 'current', ended = null
    where kind = $1 and version = $2`,
);

interface KeyCopy {
  readonly kind: string;
  readonly version: number;
  readonly state: string;
  readonly wrapped: Buffer | null;
}

interface Destroyed {
  readonly bed: VaultBed;
  readonly cards: readonly BoundCard[];
  /** The wrapped keys as they were before. */
  readonly copy: readonly KeyCopy[];
  /** As somebody has it who kept both parts against what he signed. */
  readonly keptBack: Kek;
  look(vault?: Vault): ReturnType<Vault["detokenise"]>;
}

/** A vault with three cards that opened, and whose keys were then destroyed. */
async function destroyed(): Promise<Destroyed> {
  const bed = await vaultBed();
  const cards = await bindMany(bed.vault, 100, 3);
  await opensTo(bed.vault, cards, 100);
  const copy = await bed.database.owner.query<KeyCopy>(KEPT);
  const [kept] = await bed.custody.kept();
  const keptBack = await bed.custody.open(kept?.name ?? "");
  assert.equal(await bed.vault.destroyKeys(), copy.length);
  const look: Destroyed["look"] = (vault = bed.vault) =>
    vault.detokenise({ cards, purpose: "network_routing", principal: ROUTER });
  return { bed, cards, copy, keptBack, look };
}

test("no key of any kind is left, and it says how many there were, however often it is told", async () => {
  const { bed, copy } = await destroyed();
  assert.equal(await bed.vault.destroyKeys(), copy.length);
  const left = await bed.database.owner.query<KeyCopy>(KEPT);
  assert.ok(left.every(({ state, wrapped }) => state === "destroyed" && wrapped === null));
  const { kept, keys } = await bed.vault.overview();
  assert.deepEqual(kept, []);
  assert.deepEqual(new Set(keys.map(({ kind }) => kind)), new Set(["card", "index", "cryptogram"]));
});

test("nothing goes in or comes out any more, and no code is made", async () => {
  const { bed, cards, look } = await destroyed();
  assert.equal(await codeOf(look()), "vault_keys_destroyed");
  assert.equal(await codeOf(bind(bed.vault, 500)), "vault_keys_destroyed");
  const [first] = await bed.vault.bindCards([
    { number: cardNumber(501), expiry: "2030-01", holder: "li-na", home: 4 },
  ]);
  assert.ok(isRefusal(first));
  const [card] = cards;
  assert.ok(card);
  const anew = { number: cardNumber(502), expiry: "2030-01", seq: 1n };
  const renumbered = bed.vault.renumber({ home: card.home, ref: card.ref, ...anew });
  assert.equal(await codeOf(renumbered), "vault_keys_destroyed");
  assert.throws(() => bed.vault.cryptogramOf("9999880100000012", "text"));
});

test("another process opens on the same rows, makes no key and refuses alike", async () => {
  const { bed, copy, look } = await destroyed();
  assert.equal(await codeOf(look(await bed.open())), "vault_keys_destroyed");
  assert.equal((await bed.database.owner.query<KeyCopy>(KEPT)).length, copy.length);
});

test("an archived copy of cards and wrapped keys, put back, opens by nothing that is left", async () => {
  const { bed, copy, keptBack } = await destroyed();
  for (const { kind, version, state, wrapped } of copy) {
    if (state !== "current") continue;
    await bed.database.owner.query(PUT_BACK, [kind, version, wrapped]);
  }
  await assert.rejects(bed.open(), { code: "kek_absent" });
  // Nor is the copy worth anything to whoever makes a new key.
  bed.custody.make();
  await assert.rejects(bed.open(), { code: "kek_absent" });
  // It was the key above them that was missing, and nothing else.
  for (const { wrapped } of copy) assert.ok(wrapped && (await keptBack.unwrap(wrapped)));
});
