/** Looking at card numbers: an act first, then the vault; counted, on record, and without a number. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openings } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { rowsWith } from "@sandbank/kernel/testing";
import { CUSTOMERS, HOLDER, ISSUER, RISK, roomy, TRAVEL } from "../testing/bed.ts";
import { vaultedBed, type VaultedBed } from "../testing/vaulted.ts";
import { cardNumber } from "../vault/vault.fixture.ts";

const SUPERVISOR: Principal = {
  ...{ kind: "person", id: "approver-sun", organisation: "supervisor" },
  roles: ["supervisor_approver"],
};
const SIGHTS = statement(
  "look_test.sights",
  "select id::text as id, principal, purpose, cardinality(refs) as n from vault.sight order by id",
);

type Seen = { readonly cards: readonly { readonly card: string; readonly number: string }[] };

describe("a look at card numbers", () => {
  let bed: VaultedBed;
  const cards: string[] = [];
  before(async () => {
    bed = await vaultedBed();
    await bed.put(roomy);
    for (const [n, holder] of [HOLDER, HOLDER, "li-na"].entries()) {
      const body = { holder, number: cardNumber(500 + n), expires: "2069-12" };
      cards.push((await bed.ask<{ id: string }>("POST /api/cards", { body })).id);
    }
  });
  after(() => bed.end());

  const lookAt = <A = Seen>(principal: Principal, more: { body?: object; id?: string } = {}) =>
    bed.ask<A>("POST /api/looks", {
      body: { cards, purpose: "dispute", reference: "dispute-7", ...more.body },
      ...{ principal, ...(more.id === undefined ? {} : { id: more.id }) },
    });

  test("gives the numbers in the order asked, for a purpose of the role", async () => {
    const seen = await lookAt(RISK, { id: "look-1" });
    assert.deepEqual(
      seen.cards.map(({ card, number }) => [card, number]),
      cards.map((card, n) => [card, cardNumber(500 + n)]),
    );
    const ordered = await lookAt(SUPERVISOR, { body: { purpose: "order" } });
    assert.equal(ordered.cards.length, 3);
  });

  test("is handed out once: asked again under the same id, it is not", async () => {
    assert.equal(await lookAt<string>(RISK, { id: "look-1" }), "detokenise_delivered");
  });

  test("is refused for a purpose of another role, and for a card that is not there", async () => {
    assert.equal(
      await lookAt<string>(RISK, { body: { purpose: "order" } }),
      "detokenise_purpose_not_yours",
    );
    const elsewhere = { ...RISK, organisation: "harrow-bank" };
    assert.equal(await lookAt<string>(elsewhere), "detokenise_purpose_not_yours");
    for (const other of [CUSTOMERS, ISSUER, TRAVEL]) {
      assert.equal(await lookAt<string>(other), "role_may_not");
    }
    const unknown = ["0199a000-0000-7000-8000-00000000000f"];
    assert.equal(await lookAt<string>(RISK, { body: { cards: unknown } }), "card_unknown");
    const some = { body: { cards: [...cards, ...unknown] } };
    assert.equal(await lookAt<string>(RISK, some), "card_unknown");
  });

  test("a hundred cards at most, and an end to the day's quota of the vault", async () => {
    await assert.rejects(lookAt(RISK, { body: { cards: Array(101).fill(cards[0]) } }));
    const many = { cards: Array(97).fill(cards[0]) };
    assert.equal((await lookAt(RISK, { body: many })).cards.length, 97);
    assert.equal(
      (await lookAt(RISK, { body: { cards: Array(100).fill(cards[0]) } })).cards.length,
      100,
    );
    assert.equal(
      await lookAt<string>(RISK, { body: { cards: cards.slice(0, 1) } }),
      "detokenise_quota_spent",
    );
    const { quotas } = await bed.vault.overview();
    const own = quotas.find(
      ({ principal, purpose }) => principal === RISK.id && purpose === "dispute",
    );
    assert.deepEqual([own?.used, own?.cap], [200n, 200n]);
  });

  test("each look is an act before it is a look, and neither names a number", async () => {
    const acts = await openings(bed.readings, 1, { after: 0n, most: 2_000 });
    const looks = acts.filter(({ facts }) => facts?.includes("dispute-7"));
    const sights = await bed.owner.query<{ id: string; n: number }>(SIGHTS);
    assert.ok(sights.length > 0 && looks.length >= sights.length);
    const rows = await rowsWith(
      bed.owner,
      sights.map(({ id }) => id),
    );
    for (const { id } of sights) {
      assert.ok(
        rows.some((row) => row.startsWith("guard.") && row.includes(id)),
        `act ${id}`,
      );
    }
    const numbers = cards.map((_, n) => cardNumber(500 + n));
    assert.deepEqual(await rowsWith(bed.owner, numbers), []);
  });
});
