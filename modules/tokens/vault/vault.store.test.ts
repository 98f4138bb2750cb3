/** The vault on a real PostgreSQL: one number once, nothing readable at rest, every look counted. */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { after, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { statement, type Store } from "@sandbank/kernel/store";
import { rowsWith, testDatabase } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { BinTable, luhnDigit, readCard } from "./number.ts";
import { PURPOSES } from "./purpose.ts";
import type { BoundCard } from "./vault.ts";
import { bind, bound, cardNumber, codeOf, vaultBed } from "./vault.fixture.ts";
import { vaultMigrations, vaultRole } from "./vault.store.ts";

const who = (id: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation: "bank", roles },
});

const DUMP = statement(
  "vault_test.dump",
  `select query_to_xml(format('select * from %I.%I', schemaname, tablename), true, true, '')::text as x
     from pg_tables where schemaname in ('vault')`,
);

describe("the vault", () => {
  test("a card has a reference, an account reference of 29 characters, and its ends", async () => {
    const { vault } = await vaultBed();
    const card = await bound(bind(vault, 1));
    assert.match(card.par, /^SBX0[A-Z0-9]{25}$/);
    assert.equal(card.last4, cardNumber(1).slice(-4));
    assert.equal(card.bin, "999902");
    assert.deepEqual(await vault.describe([card]), [card]);
  });

  test("one number is one card for its holder, in one batch and in two processes", async () => {
    const { vault, open } = await vaultBed();
    const other = await open();
    const cards = await Promise.all([
      ...[bound(bind(vault, 2)), bound(bind(vault, 2)), bound(bind(other, 2))],
      ...[bound(bind(other, 2)), bound(bind(vault, 3))],
    ]);
    assert.equal(new Set(cards.map(({ ref }) => ref)).size, 2);
  });

  test("a number that somebody else bound is refused, whoever comes second", async () => {
    const { vault } = await vaultBed();
    const answers = await Promise.all([bind(vault, 5), bind(vault, 5, { holder: "li-lei" })]);
    const refusals = answers.filter((one) => isRefusal(one));
    assert.equal(refusals.length, 1);
    assert.equal(refusals[0]?.code, "card_bound_elsewhere");
  });

  test("a forgotten card is nowhere, its number is free again, and forgetting twice is no fault", async () => {
    const { vault, database } = await vaultBed();
    const [gone, kept] = await Promise.all([bound(bind(vault, 61)), bound(bind(vault, 62))]);
    const told = await vault.forget("erasure-1", [gone]);
    assert.deepEqual([told.cards, told.claims], [1, 1]);
    assert.deepEqual(
      await vault.forget("erasure-1", [gone]),
      told,
      "told again, as the first time",
    );
    assert.deepEqual(await vault.describe([gone, kept]), [kept]);
    assert.deepEqual(await rowsWith(database.owner, [gone.par, gone.ref]), []);
    const anew = await bound(bind(vault, 61, { holder: "li-lei" }));
    assert.notEqual(anew.ref, gone.ref);
    assert.notEqual(anew.par, gone.par);
  });

  test("hundreds of cards at once, some twice, are each there once", async () => {
    const { vault, open } = await vaultBed();
    const other = await open();
    const numbers = Array.from({ length: 600 }, (_, i) => 1000 + (i % 400));
    const cards = await Promise.all(
      numbers.map((n, i) => bound(bind(i % 2 === 0 ? vault : other, n))),
    );
    assert.equal(new Set(cards.map(({ ref }) => ref)).size, 400);
  });

  test("what is no number of the demonstration is refused without saying why", async () => {
    const { vault } = await vaultBed();
    const numbers = [
      "6222021234567890123",
      "4111111111111111",
      cardNumber(7).replace(/.$/, "x"),
      "",
    ];
    numbers.push(cardNumber(7).replace(/.$/, (digit) => String((Number(digit) + 1) % 10)));
    for (const number of numbers) {
      const card = { number, expiry: "2028-09", holder: "wang-min", home: 4 };
      assert.equal(await codeOf(vault.bindCard(card)), "card_number_not_recognised", number);
    }
  });

  test("the rows of the vault hold no number, in no usual form", async () => {
    const { vault, database } = await vaultBed();
    const numbers = Array.from({ length: 20 }, (_, i) => cardNumber(9000 + i));
    await Promise.all(numbers.map((_, i) => bind(vault, 9000 + i)));
    const rows = await database.owner.query<{ x: string }>(DUMP);
    const dump = rows.map(({ x }) => x).join("\n");
    assert.ok(dump.includes("wang-min"), "the dump shows the rows");
    for (const number of numbers) {
      const bytes = Buffer.from(number);
      const forms = [number, bytes.toString("hex"), bytes.toString("base64")];
      for (const name of ["sha1", "sha256", "sha512", "md5", "sm3"]) {
        forms.push(hash(name, number), hash(name, number, "base64"));
      }
      for (const form of forms) assert.ok(!dump.includes(form), `found ${form}`);
    }
  });

  test("a data key gives way before it is used too often, and old cards still open", async () => {
    const { vault, store } = await vaultBed({ uses_max: 10n });
    const first = await bound(bind(vault, 20));
    for (let n = 21; n < 45; n += 6) {
      await Promise.all(Array.from({ length: 6 }, (_, i) => bind(vault, n + i)));
    }
    const used = await store.query<{ uses: bigint }>(
      statement("vault_test.uses", "select uses from vault.key where kind = 'card'"),
    );
    assert.ok(used.length >= 3);
    assert.ok(used.every(({ uses }) => uses <= 10n));
    const seen = await vault.detokenise({
      ...{ cards: [first], purpose: "network_routing", principal: who("switch", "system") },
    });
    assert.deepEqual(seen, [{ ref: first.ref, number: cardNumber(20), expiry: "2028-09" }]);
  });

  test("a number bound under an older index key is found under the newer", async () => {
    const { vault } = await vaultBed({ index: "sm3" });
    const card = await bound(bind(vault, 30));
    await vault.rotate({ id: "0199a000-0000-7000-8000-0000000000a1", kind: "index" });
    assert.equal((await bound(bind(vault, 30))).ref, card.ref);
    assert.equal(await codeOf(bind(vault, 30, { holder: "li-lei" })), "card_bound_elsewhere");
  });

  test("a sealed card that is moved to another row does not open", async () => {
    const { vault, database } = await vaultBed();
    const [one, two] = await Promise.all([bound(bind(vault, 40)), bound(bind(vault, 41))]);
    await database.owner.query(
      statement(
        "vault_test.swap",
        `update vault.card c set sealed = o.sealed, iv = o.iv, commitment = o.commitment
           from vault.card o where c.ref = $1::uuid and o.ref = $2::uuid`,
      ),
      [one.ref, two.ref],
    );
    const principal = who("switch", "system");
    await assert.rejects(
      vault.detokenise({ cards: [one], purpose: "network_routing", principal }),
      (error: Error) => !error.message.includes(cardNumber(41).slice(0, 8)),
    );
  });
});

const SIGHTS = statement(
  "vault_test.sights",
  "select principal, purpose, cardinality(refs) as n from vault.sight order by id",
);

describe("looking at numbers", () => {
  test("needs a purpose that the role has, is written down, and ends with the quota", async () => {
    const { vault, store, clock } = await vaultBed();
    const cards = await Promise.all(
      Array.from({ length: 100 }, (_, i) => bound(bind(vault, 5000 + i))),
    );
    const look = (principal: Principal, purpose: keyof typeof PURPOSES = "dispute") =>
      vault.detokenise({ cards, purpose, principal });
    const officer = who("chen", "compliance_officer");
    assert.equal(await codeOf(look(who("zhou", "customer"))), "detokenise_purpose_not_yours");
    assert.equal(await codeOf(look(officer, "order")), "detokenise_purpose_not_yours");
    const seen = (await look(officer)) as readonly { number: string }[];
    assert.deepEqual(
      seen.map(({ number }) => number).toSorted(),
      cards.map((_, i) => cardNumber(5000 + i)).toSorted(),
    );
    await look(officer);
    assert.equal(await codeOf(look(officer)), "detokenise_quota_spent");
    clock.now = fromIso("2026-11-25T00:00:00+08:00");
    assert.ok(!isRefusal(await look(officer)));
    const rows = await store.query<{ principal: string; purpose: string; n: number }>(SIGHTS);
    assert.deepEqual(
      rows.map(({ principal, purpose, n }) => [principal, purpose, n]),
      [1, 2, 3].map(() => ["chen", "dispute", 100]),
    );
    await assert.rejects(vault.detokenise({ cards: [], purpose: "dispute", principal: officer }));
  });

  test("looks of one moment are counted one by one, and spend nobody else's quota", async () => {
    const { vault, store } = await vaultBed();
    const cards = await Promise.all(
      Array.from({ length: 80 }, (_, i) => bound(bind(vault, 6000 + i))),
    );
    const look = (principal: Principal, some: readonly BoundCard[]) =>
      vault.detokenise({ cards: some, purpose: "dispute", principal });
    const [chen, zhao] = [who("chen", "compliance_officer"), who("zhao", "compliance_officer")];
    // 80 + 80 + 80 are above the 200 of a day; 40 still fit after the two.
    const [one, two, three, four, other] = await Promise.all([
      ...[look(chen, cards), look(chen, cards), look(chen, cards)],
      ...[look(chen, cards.slice(0, 40)), look(zhao, cards.slice(0, 3))],
    ]);
    for (const seen of [one, two]) assert.equal((seen as unknown[]).length, 80);
    assert.equal(await codeOf(Promise.resolve(three)), "detokenise_quota_spent");
    assert.equal((four as unknown[]).length, 40);
    assert.deepEqual(
      (other as readonly { number: string }[]).map(({ number }) => number),
      [6000, 6001, 6002].map((n) => cardNumber(n)),
    );
    const rows = await store.query<{ principal: string; n: number }>(SIGHTS);
    assert.deepEqual(rows.map(({ principal, n }) => `${principal} ${n}`).toSorted(), [
      "chen 40",
      "chen 80",
      "chen 80",
      "zhao 3",
    ]);
  });

  test("a look that cannot be carried out takes no other with it", async () => {
    const { vault, store } = await vaultBed();
    const card = await bound(bind(vault, 7000));
    const principal = who("switch", "system");
    const look = (ref: string) =>
      vault.detokenise({ cards: [{ home: 4, ref }], purpose: "network_routing", principal });
    const answers = await Promise.allSettled([look(card.ref), look("no-uuid"), look(card.ref)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    const rows = await store.query<{ principal: string; n: number }>(SIGHTS);
    assert.equal(rows.length, 2);
  });

  test("what was seen cannot be unwritten by the vault's own role", async () => {
    const { store } = await vaultBed();
    for (const [name, text] of Object.entries({
      "vault_test.forget_sight": "delete from vault.sight",
      "vault_test.alter_sight": "update vault.sight set purpose = 'exit'",
      "vault_test.alter_card": "update vault.card set holder = 'li-lei'",
      "vault_test.alter_key": "update vault.key set algorithm = 'sm3'",
      "vault_test.alter_uses_max": "update vault.key set uses_max = uses_max",
      "vault_test.forget_erasure": "delete from vault.erasure",
    })) {
      await assert.rejects(store.query(statement(name, text)), /permission denied/, name);
    }
  });
});

test("no other role comes into the vault", async () => {
  const roles = [vaultRole, { role: "sandbank_tokens", memberOf: ["sandbank_act"] }];
  const database = await testDatabase({ migrations: [vaultMigrations], roles });
  after(() => database.end());
  const outsider: Store = database.as("sandbank_tokens");
  for (const table of ["key", "card", "claim", "sight", "quota", "rotation", "erasure"]) {
    const peek = statement(`vault_test.peek_${table}`, `select * from vault.${table}`);
    await assert.rejects(outsider.query(peek), /permission denied/);
  }
});

test("the longest prefix decides which range a number is of", () => {
  const range = (prefix: string, kind: "debit" | "credit" | "prepaid", luhn = false) => ({
    ...{ prefix, lengths: [16, 19], kind, luhn },
  });
  const table = new BinTable([
    ...[range("999910", "debit"), range("9999101", "credit"), range("9999101234", "prepaid", true)],
  ]);
  assert.equal(readCard(table, "9999100000000000")?.kind, "debit");
  assert.equal(readCard(table, "9999101000000000")?.kind, "credit");
  const start = "999910123400000";
  assert.equal(readCard(table, start + luhnDigit(start))?.kind, "prepaid");
  assert.equal(readCard(table, `${start}${(Number(luhnDigit(start)) + 1) % 10}`), undefined);
  assert.equal(readCard(table, "99991010000000000"), undefined, "a length the range does not have");
  assert.equal(readCard(table, "9999200000000000"), undefined);
  assert.throws(() => new BinTable([range("99991", "debit")]), /not a range/);
});
