/**
 * Turning the vault's keys: nothing stops opening, nothing is left behind, and whatever dies on the
 * way is taken up again. A dying process is one whose store breaks at a given statement.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { uuidv7 } from "@sandbank/kernel/clock";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { VaultProblem } from "./problem.ts";
import {
  bind,
  bindMany,
  bound,
  cardNumber,
  codeOf,
  HOME,
  opensTo,
  ROUTER,
  vaultBed,
} from "./vault.fixture.ts";

const KINDS = ["kek", "card", "index"] as const;
type Kind = (typeof KINDS)[number];

const KEYS = statement(
  "rotation_test.keys",
  `select kind, version, state, kek, wrapped is null as gone from vault.key order by kind, version`,
);
const CARDS = statement(
  "rotation_test.cards",
  "select key, count(*)::int as cards from vault.card group by key order by key",
);
const CLAIMS = statement(
  "rotation_test.claims",
  "select version, count(*)::int as claims, count(distinct ref)::int as refs from vault.claim group by version order by version",
);
const SEALED = statement("rotation_test.sealed", "select sealed from vault.card order by ref");

interface KeyLine {
  readonly kind: string;
  readonly version: number;
  readonly state: string;
  readonly kek: string;
  readonly gone: boolean;
}

const statesOf = (keys: readonly KeyLine[], kind: string) =>
  keys.filter((key) => key.kind === kind).map(({ version, state }) => `${version} ${state}`);

/** A rotation of a kind; where it turns the key-encryption key, two people have made another. */
function orderOf(kind: Kind, custody: { make(): string }) {
  const id = uuidv7();
  return kind === "kek" ? { id, kind, kek: custody.make() } : { id, kind };
}

describe("turning the key-encryption key", () => {
  test("wraps every data key anew, touches no card, and the old key opens nothing", async () => {
    const { vault, store, custody, open } = await vaultBed({ uses_max: 10n });
    const cards = await bindMany(vault, 100, 9);
    cards.push(...(await bindMany(vault, 109, 9)));
    const other = await open();
    const [sealed, [kept]] = [await store.query(SEALED), await custody.kept()];
    const order = orderOf("kek", custody);
    await vault.rotate(order);
    const keys = await store.query<KeyLine>(KEYS);
    assert.ok(keys.length >= 3, "two data keys and an index key");
    assert.deepEqual(new Set(keys.map(({ kek }) => kek)), new Set([order.kek]));
    assert.notEqual(order.kek, kept?.name);
    assert.deepEqual(await store.query(SEALED), sealed);
    for (const one of [vault, other, await open()]) await opensTo(one, cards, 100);
    const { rotations } = await vault.overview();
    assert.deepEqual(
      rotations.map(({ kind, total, moved, ended }) => [kind, total, moved, ended !== null]),
      [["kek", BigInt(keys.length), BigInt(keys.length), true]],
    );
  });

  test("does not begin while the key to turn to is not at hand, and begins once it is", async () => {
    const { vault, store } = await vaultBed();
    const before = await store.query(KEYS);
    const order = { id: uuidv7(), kind: "kek", kek: "0123456789abcdef" } as const;
    await assert.rejects(vault.rotate(order), VaultProblem);
    assert.deepEqual(await store.query(KEYS), before);
    assert.deepEqual((await vault.overview()).rotations, []);
  });

  test("a data key that is spent afterwards lies under the new one", async () => {
    const { vault, store, custody } = await vaultBed({ uses_max: 4n });
    await bindMany(vault, 1, 4);
    const order = orderOf("kek", custody);
    await vault.rotate(order);
    await bindMany(vault, 5, 4);
    const keys = await store.query<KeyLine>(KEYS);
    assert.deepEqual(statesOf(keys, "card"), ["1 old", "2 current"]);
    assert.ok(keys.every(({ kek }) => kek === order.kek));
  });
});

describe("turning the data key", () => {
  test("moves every card, also those of another process, and destroys the old key", async () => {
    const { vault, store, custody, open } = await vaultBed();
    const other = await open();
    const cards = await bindMany(vault, 2000, 620);
    await vault.rotate(orderOf("card", custody));
    assert.deepEqual(await store.query(CARDS), [{ key: 2, cards: 620 }]);
    const keys = await store.query<KeyLine>(KEYS);
    assert.deepEqual(statesOf(keys, "card"), ["1 destroyed", "2 current"]);
    assert.deepEqual(
      keys.map(({ gone }) => gone),
      keys.map(({ state }) => state === "destroyed"),
    );
    for (const one of [vault, other, await open()]) await opensTo(one, cards, 2000);
    assert.deepEqual(await other.describe(cards.slice(0, 3)), cards.slice(0, 3));
    const [rotation] = (await vault.overview()).rotations;
    assert.deepEqual([rotation?.total, rotation?.moved], [620n, 620n]);
  });

  test("a card that is looked at moves by itself, before the job comes to it", async () => {
    const { vault, store, open } = await vaultBed();
    const [one] = await bindMany(vault, 10, 3);
    assert.ok(one);
    // A key that is added without its job: by the uses that it may have.
    await store.query(
      statement("rotation_test.spend", "update vault.key set uses = uses_max where kind = 'card'"),
    );
    await bindMany(vault, 20, 1);
    await opensTo(vault, [one], 10);
    for (let tries = 0; tries < 200; tries += 1) {
      const [row] = await store.query<{ key: number }>(
        statement("rotation_test.key_of", "select key from vault.card where ref = $1"),
        [one.ref],
      );
      if (row?.key === 2) break;
      assert.ok(tries < 199, "the card stays under the old key");
      await new Promise(setImmediate);
    }
    assert.deepEqual(await store.query(CARDS), [
      { key: 1, cards: 2 },
      { key: 2, cards: 2 },
    ]);
    await opensTo(await open(), [one], 10);
  });

  test("a key that is spent on the way gives way to the next, and none seals more than it may", async () => {
    const { vault, store, custody } = await vaultBed({ uses_max: 300n });
    const cards = await bindMany(vault, 3000, 250);
    await vault.rotate(orderOf("card", custody));
    cards.push(...(await bindMany(vault, 3250, 250)));
    await vault.rotate(orderOf("card", custody));
    const uses = await store.query<{ uses: bigint }>(
      statement("rotation_test.uses", "select uses from vault.key where kind = 'card'"),
    );
    assert.ok(uses.length >= 4);
    assert.ok(uses.every((key) => key.uses <= 300n));
    await opensTo(vault, cards, 3000);
  });
});

describe("turning the index key", () => {
  test("every number is found under the new version alone, and each number is one card still", async () => {
    const { vault, store, custody, open } = await vaultBed({ index: "sm3" });
    const other = await open();
    const cards = await bindMany(vault, 4000, 530);
    await vault.rotate(orderOf("index", custody));
    assert.deepEqual(await store.query(CLAIMS), [{ version: 2, claims: 530, refs: 530 }]);
    assert.deepEqual(statesOf(await store.query<KeyLine>(KEYS), "index"), [
      ...["1 destroyed", "2 current"],
    ]);
    for (const one of [vault, other, await open()]) {
      const [first, last] = [await bound(bind(one, 4000)), await bound(bind(one, 4529))];
      assert.deepEqual([first.ref, last.ref], [cards[0]?.ref, cards[529]?.ref]);
      assert.equal(await codeOf(bind(one, 4001, { holder: "li-lei" })), "card_bound_elsewhere");
    }
  });

  test("a process that has not heard of the new version does not bind a number twice", async () => {
    const { vault, store, custody, open } = await vaultBed();
    const deaf = await open();
    const card = await bound(bind(vault, 70));
    await vault.rotate(orderOf("index", custody));
    const answers = await Promise.all([bound(bind(deaf, 70)), bound(bind(deaf, 71))]);
    assert.equal(answers[0].ref, card.ref);
    assert.deepEqual(await store.query(CLAIMS), [{ version: 2, claims: 2, refs: 2 }]);
  });
});

describe("under load", () => {
  for (const kind of KINDS) {
    test(`turning the ${kind} key: looks and bindings go on in two processes, and none fails`, async () => {
      const { vault, custody, open } = await vaultBed();
      const other = await open();
      const cards = await bindMany(vault, 10_000, 1_200);
      let [going, looks, bindings] = [true, 0, 0];
      const looking = async (at: typeof vault, step: number) => {
        while (going) {
          const n = (looks * step) % cards.length;
          const seen = await at.detokenise({
            ...{ cards: [cards[n]!], purpose: "network_routing", principal: ROUTER },
          });
          assert.ok(!isRefusal(seen));
          assert.deepEqual(
            seen.map(({ number }) => number),
            [cardNumber(10_000 + n)],
          );
          looks += 1;
        }
      };
      const binding = async (at: typeof vault, from: number) => {
        for (let n = from; going; n += 2) {
          const [fresh, known] = await Promise.all([bound(bind(at, n)), bound(bind(at, 10_007))]);
          assert.equal(known.ref, cards[7]?.ref);
          assert.notEqual(fresh.ref, known.ref);
          bindings += 1;
        }
      };
      const load = Promise.all([
        ...[looking(vault, 7), looking(other, 13)],
        ...[binding(vault, 50_000), binding(other, 50_001)],
      ]);
      const rotating = vault.rotate(orderOf(kind, custody)).finally(() => (going = false));
      await Promise.all([load, rotating]);
      assert.ok(looks > 0 && bindings > 0, "the load ran beside the rotation");
      await opensTo(await open(), cards, 10_000);
    });
  }
});

class Killed extends Error {
  override readonly name = "Killed";
}

/** The store of a process that dies at its n-th statement inside a transaction, and says if it did. */
function dyingAt(store: Store, nth: number) {
  const life = { statements: 0, dead: false };
  const live = () => {
    life.statements += 1;
    life.dead ||= life.statements >= nth;
    if (life.dead) throw new Killed();
  };
  const mortal = (tx: Tx): Tx => ({
    query: async (...asked) => (live(), tx.query(...asked)),
    rows: async (...asked) => (live(), tx.rows(...asked)),
  });
  const dying: Store = {
    ...{ role: store.role, end: async () => {} },
    query: (...asked) => store.query(...asked),
    transaction: (work) => store.transaction(async (tx) => work(mortal(tx))),
  };
  return { dying, life };
}

describe("dying on the way", () => {
  for (const kind of KINDS) {
    test(`turning the ${kind} key: killed at each statement, and taken up by the next process`, async () => {
      const { vault, store, custody, open } = await vaultBed();
      const cards = await bindMany(vault, 20_000, 40);
      let deaths = 0;
      for (let nth = 1; ; nth += 1) {
        const { dying, life } = dyingAt(store, nth);
        const mortal = await open(dying);
        const order = orderOf(kind, custody);
        const outcome = await mortal.rotate(order).catch((error: unknown) => error);
        if (!life.dead) break;
        assert.ok(outcome instanceof Killed, String(outcome));
        deaths += 1;
        await opensTo(vault, cards, 20_000);
        const next = await open();
        await next.rotate(order);
        await next.rotate(order);
        await opensTo(next, cards, 20_000);
        assert.equal((await bound(bind(next, 20_003))).ref, cards[3]?.ref);
      }
      assert.ok(deaths >= 5, `${deaths} places to die at`);
      const claims = await store.query<{ claims: number }>(CLAIMS);
      assert.deepEqual(
        claims.map((one) => one.claims),
        [40],
      );
      const living = (await store.query<KeyLine>(KEYS)).filter(({ state }) => state === "current");
      assert.equal(living.length, 3, "one current key of each kind");
    });
  }

  test("the database is killed under a rotation: what was not committed is not there, and it goes on", async () => {
    const { database, vault, store, custody, open } = await vaultBed({ durable: true });
    const cards = await bindMany(vault, 30_000, 1_600);
    const order = orderOf("card", custody);
    const rotating = vault.rotate(order).catch(() => undefined);
    for (let moved = 0n; moved === 0n;) {
      const [rotation] = (await vault.overview()).rotations;
      moved = rotation?.moved ?? 0n;
    }
    await database.restartAfterKill9();
    await rotating;
    const after = await open();
    await after.rotate(order);
    assert.deepEqual(await store.query(CARDS), [{ key: 2, cards: 1_600 }]);
    await opensTo(after, cards, 30_000);
  });
});

describe("a number that the issuer replaces", () => {
  const replace = (
    vault: Awaited<ReturnType<typeof vaultBed>>["vault"],
    { ref }: { readonly ref: string },
    { n, seq }: { readonly n: number; readonly seq: bigint },
  ) => vault.renumber({ home: HOME, ref, number: cardNumber(n), expiry: "2031-01", seq });

  test("opens to the new number under the same references, and the old number is free", async () => {
    const { vault, store } = await vaultBed();
    const card = await bound(bind(vault, 50));
    const face = await replace(vault, card, { n: 51, seq: 3n });
    assert.deepEqual(face, { bin: "999902", last4: cardNumber(51).slice(-4), kind: "credit" });
    const [now] = await vault.describe([card]);
    assert.deepEqual([now?.ref, now?.par, now?.expiry], [card.ref, card.par, "2031-01"]);
    assert.notEqual(now?.commitment, card.commitment);
    await opensTo(vault, [card], 51);
    assert.equal((await bound(bind(vault, 51))).ref, card.ref);
    assert.notEqual((await bound(bind(vault, 50, { holder: "li-lei" }))).ref, card.ref);
    assert.deepEqual(await store.query(CLAIMS), [{ version: 1, claims: 2, refs: 2 }]);
  });

  test("is told twice or too late without harm, and is never somebody else's", async () => {
    const { vault } = await vaultBed();
    const [card, other] = await bindMany(vault, 60, 2);
    assert.ok(card && other);
    await replace(vault, card, { n: 70, seq: 5n });
    await replace(vault, card, { n: 70, seq: 5n });
    assert.ok(!isRefusal(await replace(vault, card, { n: 71, seq: 4n })));
    await opensTo(vault, [card], 70);
    const taken = replace(vault, card, { n: 61, seq: 6n });
    assert.equal(await codeOf(taken), "card_bound_elsewhere");
    await opensTo(vault, [card, other].slice(1), 61);
    await opensTo(vault, [card], 70);
    const nonsense = vault.renumber({
      ...{ home: HOME, ref: card.ref, number: "6222021234567890123", expiry: "2031-01", seq: 7n },
    });
    assert.equal(await codeOf(nonsense), "card_number_not_recognised");
  });
});
