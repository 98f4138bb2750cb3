/** The issuer's words over HTTP: a new number reaches the vault and nothing else, whatever is told again. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Principal } from "@sandbank/kernel/identity";
import { rowsWith } from "@sandbank/kernel/testing";
import type { CardEventAnswer } from "./account.contract.ts";
import { HOLDER, ISSUER, roomy } from "../testing/bed.ts";
import { vaultedBed, type VaultedBed } from "../testing/vaulted.ts";
import { cardNumber, opensTo } from "../vault/vault.fixture.ts";

describe("the issuer's core at the door", () => {
  let bed: VaultedBed;
  let card = "";
  before(async () => {
    bed = await vaultedBed();
    await bed.put(roomy);
    const body = { holder: HOLDER, number: cardNumber(1), expires: "2069-12" };
    card = (await bed.ask<{ id: string }>("POST /api/cards", { body })).id;
  });
  after(() => bed.end());

  const tell = <A = CardEventAnswer>(word: object, principal: Principal = ISSUER) =>
    bed.ask<A>("POST /api/card-events", { body: { card, ...word }, principal });
  const replaced = (n: number, seq: string, event = `replaced-${seq}`) => ({
    ...{ event, seq, kind: "replaced", number: cardNumber(n), expires: "2070-06" },
  });
  const now = async () => {
    const [described] = await bed.vault.describe([{ ref: card, home: 1 }]);
    assert.ok(described);
    return described;
  };

  test("a replacement gives the card its number in the vault, told once or twice", async () => {
    const before = await now();
    const first = await tell(replaced(2, "4"));
    assert.deepEqual([first.effect, first.state], ["applied", "open"]);
    assert.deepEqual(await tell(replaced(2, "4")), first);
    const after = await now();
    assert.deepEqual([after.ref, after.par], [before.ref, before.par]);
    await opensTo(bed.vault, [after], 2);
  });

  test("one that comes too late changes the number neither here nor there", async () => {
    const late = await tell(replaced(3, "3"));
    assert.equal(late.effect, "superseded");
    await opensTo(bed.vault, [await now()], 2);
    assert.equal((await now()).last4, cardNumber(2).slice(-4));
  });

  test("another bank's key, a person, a wrong number and somebody else's are refused", async () => {
    const elsewhere = { ...ISSUER, organisation: "harrow-bank" };
    assert.equal(await tell<string>(replaced(5, "7"), elsewhere), "issuer_system_only");
    const person: Principal = { ...ISSUER, kind: "person" };
    assert.equal(await tell<string>(replaced(5, "7"), person), "issuer_system_only");
    const wrong = { ...replaced(5, "7"), number: "6222021234567890123" };
    assert.equal(await tell<string>(wrong), "card_number_not_recognised");
    const body = { holder: "li-na", number: cardNumber(9), expires: "2069-12" };
    await bed.ask("POST /api/cards", { body });
    assert.equal(await tell<string>(replaced(9, "7")), "card_bound_elsewhere");
    const nowhere = { ...replaced(5, "7"), card: "0199a000-0000-7000-8000-0000000000aa" };
    assert.equal(await tell<string>(nowhere), "card_unknown");
    await opensTo(bed.vault, [await now()], 2);
  });

  test("no number that was told stands anywhere", async () => {
    const numbers = [1, 2, 3, 5, 9].map((n) => cardNumber(n));
    assert.deepEqual(await rowsWith(bed.owner, numbers), []);
  });
});
