/** A program whose key was rotated is still itself to the guard; another program never is. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  type Identity,
  identityMigrations,
  identityRole,
  openIdentity,
  type Role,
} from "../identity/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { isRefusal } from "../words/index.ts";
import { type Bed, sampleBed } from "./sample/bed.ts";

const BANK = "lantern-bank";

describe("a program whose key was rotated", () => {
  let bed: Bed;
  let database: TestDatabase;
  let identity: Identity;
  before(async () => {
    bed = await sampleBed();
    database = await testDatabase({ migrations: [identityMigrations], roles: [identityRole] });
    identity = openIdentity({
      ...{ store: database.as(identityRole.role), mode: "demo" },
      site: { id: "localhost", name: "Sandbank", origins: ["http://localhost:8080"] },
    });
    const name = { zh: "灯塔银行（虚构）", en: "Lantern Bank (fictional)" };
    await identity.putOrganisation({ id: BANK, kind: "institution", name, fictional: true });
  });
  after(() => Promise.all([bed?.end(), database?.end()]));

  /** A fresh key of this name, and whom it speaks for. */
  async function keyOf(name: string, roles: readonly Role[]) {
    const made = await identity.createKey({ organisation: BANK, name, roles });
    assert.ok(!isRefusal(made));
    const principal = await identity.findKey(`Bearer ${made.key}`);
    assert.ok(!isRefusal(principal));
    return { key: made.id, principal };
  }

  /** What became of an act: the code of its refusal, else its kind. */
  async function outcomeOf(act: ReturnType<Bed["act"]>): Promise<string> {
    const outcome = await act;
    return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  }

  test("what was sent under the old key is asked for again under the fresh one: one act", async () => {
    const content = { jar: "rotated", customer: "c1" };
    const id = "open-rotated";
    const old = await keyOf("shop", ["customer"]);
    const first = await bed.act("sample.open", content, { id, principal: old.principal });
    assert.equal(first.kind, "accepted");
    const fresh = await keyOf("shop", ["customer"]);
    assert.equal(await identity.revokeKey(old.key), true);
    const again = await bed.act("sample.open", content, { id, principal: fresh.principal });
    assert.deepEqual(again, first);
    const { principal } = await keyOf("till", ["customer"]);
    const other = await outcomeOf(bed.act("sample.open", content, { id, principal }));
    assert.equal(other, "command_id_of_another");
  });

  test("who proposed under the old key cannot approve under the fresh one", async () => {
    const roles = ["supervisor_officer", "supervisor_approver"] as const;
    const old = await keyOf("officer", roles);
    await bed.act("sample.open", { jar: "sealed", customer: "c1" });
    const proposed = await bed.act("sample.clear", { jar: "sealed" }, { principal: old.principal });
    assert.ok(proposed.kind === "parked");
    const { task } = proposed;
    const approve = async (name: string) => {
      const { principal } = await keyOf(name, roles);
      return outcomeOf(bed.act("guard.approve_task", { task }, { principal }));
    };
    assert.equal(await approve("officer"), "task_own_proposal");
    assert.equal(await approve("approver"), "accepted");
  });
});
