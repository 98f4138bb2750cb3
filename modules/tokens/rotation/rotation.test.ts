/** Turning a key of the vault as an act: by two people, followed to its end, and never two at once. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { CUSTOMERS, ISSUER, roomy, TRAVEL } from "../testing/bed.ts";
import { codeOf, vaultedBed, type VaultedBed } from "../testing/vaulted.ts";
import type { VaultAnswer } from "../vault.contract.ts";
import { bindMany, opensTo } from "../vault/vault.fixture.ts";

const person = (id: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation: "sandbar-bank", roles },
});
const WU = person("operator-wu", "institution_operator");
const CHEN = person("approver-chen", "institution_approver");
const BOTH = person("chief-lin", "institution_operator", "institution_approver");

type Parked = { readonly parked: true; readonly task: string };

describe("turning a key", () => {
  let bed: VaultedBed;
  before(async () => {
    bed = await vaultedBed();
    await bed.put(roomy);
  });
  after(() => bed.end());

  const propose = <A = Parked>(body: object, principal: Principal = WU) =>
    bed.ask<A>("POST /api/vault/rotations", { body, principal });
  const approve = async ({ task }: Parked, principal: Principal = CHEN) =>
    codeOf(await bed.act("guard.approve_task", { task }, { principal }));
  const overview = () => bed.ask<VaultAnswer>("GET /api/vault", { principal: WU });

  test("one proposes and another approves; alone nobody turns anything", async () => {
    const parked = await propose({ kind: "index" });
    assert.equal(parked.parked, true);
    assert.equal(await approve(parked, WU), "role_may_not");
    const own = await propose({ kind: "index" }, BOTH);
    assert.equal(await approve(own, BOTH), "task_own_proposal");
    await bed.deliver();
    assert.deepEqual((await overview()).rotations, []);
    assert.equal(await approve(parked), "accepted");
    assert.equal(await approve(own), "task_out_of_date", "another rotation has come between");
    await bed.deliver();
    const { rotations, keys } = await overview();
    assert.deepEqual(
      rotations.map(({ kind, ended }) => [kind, ended !== null]),
      [["index", true]],
    );
    assert.deepEqual(
      keys.filter(({ kind }) => kind === "index").map(({ version, state }) => [version, state]),
      [
        [1, "destroyed"],
        [2, "current"],
      ],
    );
  });

  test("a program's key proposes nothing, nor does whoever has no part in it", async () => {
    assert.equal(await propose<string>({ kind: "card" }, ISSUER), "rotation_by_people_only");
    for (const other of [CUSTOMERS, TRAVEL, CHEN]) {
      assert.equal(await propose<string>({ kind: "card" }, other), "role_may_not");
    }
    const elsewhere = { ...WU, id: "operator-ma", organisation: "harrow-bank" };
    assert.equal(await propose<string>({ kind: "card" }, elsewhere), "for_staff_of_the_vault");
    const foreign = { principal: elsewhere };
    assert.equal(await bed.ask<string>("GET /api/vault", foreign), "for_staff_of_the_vault");
    const stranger = { ...CHEN, organisation: "harrow-bank" };
    assert.equal(
      await approve(await propose({ kind: "card" }), stranger),
      "for_staff_of_the_vault",
    );
    const seen = { principal: TRAVEL };
    assert.equal(await bed.ask<string>("GET /api/vault", seen), "for_staff_of_the_vault");
  });

  test("while one goes on no other of its kind begins, and once it has ended one does", async () => {
    const cards = await bindMany(bed.vault, 900, 30);
    const [first, second] = [await propose({ kind: "card" }), await propose({ kind: "card" })];
    assert.equal(await approve(first), "accepted");
    assert.equal(await approve(second), "task_out_of_date");
    assert.equal(await propose<string>({ kind: "card" }), "rotation_under_way");
    assert.equal((await propose({ kind: "index" })).parked, true, "another kind may");
    await bed.deliver();
    await bed.deliver();
    assert.equal((await propose({ kind: "card" })).parked, true);
    await opensTo(bed.vault, cards, 900);
    const [rotation] = (await overview()).rotations;
    assert.deepEqual([rotation?.kind, rotation?.total, rotation?.moved], ["card", "30", "30"]);
  });

  test("the key-encryption key turns to one whose two parts are at hand, and to no other", async () => {
    const [kept] = (await overview()).kept;
    const of = (kek = "") => ({ kind: "kek", kek });
    assert.equal(await propose<string>(of("0123456789abcdef")), "kek_not_at_hand");
    assert.equal(await propose<string>(of(kept?.name)), "kek_in_use");
    const name = bed.custody.make();
    assert.equal(await approve(await propose(of(name))), "accepted");
    await bed.deliver();
    const { keys, kept: both } = await overview();
    const living = keys.filter(({ state }) => state !== "destroyed");
    assert.deepEqual(new Set(living.map(({ kek }) => kek)), new Set([name]));
    assert.deepEqual(
      both.map((one) => one.name),
      [kept?.name, name],
    );
    assert.ok(both.every(({ holders }) => new Set(holders).size === 2));
  });

  test("that one has ended is said once, and of none that is not there", async () => {
    const [{ id } = { id: "" }] = (await overview()).rotations;
    const end = (rotation: string) =>
      bed.act("tokens.end_rotation", { rotation }, { principal: { ...ISSUER, roles: ["system"] } });
    assert.equal(codeOf(await end(id)), "accepted");
    assert.equal(codeOf(await end("0199a000-0000-7000-8000-0000000000ee")), "rotation_unknown");
  });
});
