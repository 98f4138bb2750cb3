/** Secret answers: told once, once more to whoever asks again in time, and kept nowhere. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { enforceLimits, limits } from "../config/index.ts";
import { openIdentity, type Principal } from "../identity/index.ts";
import { rowsWith } from "../testing/index.ts";
import { isRefusal } from "../words/index.ts";
import type { Call, Outcome } from "./command.ts";
import { type Bed, OFFICER, sampleBed } from "./sample/bed.ts";
import { openSecretBox, SecretBox } from "./secret.ts";

const ADMINISTRATOR: Principal = {
  ...{ kind: "person", id: "admin-he", organisation: "operator", roles: ["administrator"] },
};
const asked = { organisation: "farsail", name: "gateway", roles: ["requestor"] };
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const secretOf = (outcome: Outcome) => {
  assert.ok(outcome.kind === "accepted" && outcome.secret !== undefined, codeOf(outcome));
  return outcome.secret;
};

describe("a key issued by an act", () => {
  let bed: Bed;
  const issue = (id: string, more: Partial<Call> = {}) =>
    bed.act("guard.issue_key", asked, { id, partition: 0, principal: ADMINISTRATOR, ...more });
  const identity = () =>
    openIdentity({
      ...{ store: bed.identity, mode: "demo" },
      site: { id: "localhost", name: "test", origins: [] },
    });

  before(async () => {
    bed = await sampleBed();
    const name = { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" };
    await identity().putOrganisation({ id: "farsail", kind: "requestor", name, fictional: true });
  });
  after(() => bed.end());

  test("signs in, and stands in no row of the database", async () => {
    const key = secretOf(await issue("key-1"));
    assert.match(key, /^sbk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
    const principal = await identity().findKey(`Bearer ${key}`);
    assert.ok(!isRefusal(principal));
    assert.deepEqual([principal.organisation, principal.roles], ["farsail", ["requestor"]]);
    assert.deepEqual(await rowsWith(bed.owner, [key, key.slice(13)]), []);
  });

  test("comes once more under the same id, and is then delivered", async () => {
    const first = secretOf(await issue("key-2"));
    assert.equal(secretOf(await issue("key-2")), first);
    assert.equal(codeOf(await issue("key-2")), "already_delivered");
    assert.equal(codeOf(await issue("key-2")), "already_delivered");
    assert.deepEqual(await rowsWith(bed.owner, ["key-2"]).then((rows) => rows.length), 1);
  });

  test("asked for twice at once under one id, is one key", async () => {
    const [one, other] = await Promise.all([issue("key-3"), issue("key-3")]);
    assert.equal(secretOf(one), secretOf(other));
    assert.equal(codeOf(await issue("key-3")), "already_delivered");
  });

  test("is not given to another principal, nor after its time", async () => {
    const usual = limits.secretLifetimeMs;
    enforceLimits({ secretLifetimeMs: 100 });
    await issue("key-4").finally(() => enforceLimits({ secretLifetimeMs: usual }));
    const other = { principal: { ...ADMINISTRATOR, id: "admin-fu" } };
    assert.equal(codeOf(await issue("key-4", other)), "command_id_of_another");
    await new Promise((resolve) => setTimeout(resolve, 150));
    assert.equal(codeOf(await issue("key-4")), "already_delivered");
  });

  test("is made by administrators, for organisations there are, where no policy holds", async () => {
    assert.equal(codeOf(await issue("key-5", { principal: OFFICER })), "role_may_not");
    assert.equal(codeOf(await issue("key-6", { partition: 1 })), "organisation_not_known");
    const content = { ...asked, organisation: "nobody" };
    const nobody = { partition: 0, principal: ADMINISTRATOR };
    assert.equal(
      codeOf(await bed.act("guard.issue_key", content, nobody)),
      "organisation_not_known",
    );
    const system = { ...asked, roles: ["system"] };
    const outcome = await bed.act("guard.issue_key", system, nobody);
    assert.equal(codeOf(outcome), "content_not_understood");
  });
});

describe("the box", () => {
  test("opens for the act it was sealed for, under its own key, and nothing altered", () => {
    const box = new SecretBox(Buffer.alloc(32, 1));
    const sealed = box.seal("密钥 sbk", "act-1");
    assert.equal(box.open(sealed, "act-1"), "密钥 sbk");
    assert.equal(box.open(sealed, "act-2"), undefined);
    assert.equal(new SecretBox(Buffer.alloc(32, 2)).open(sealed, "act-1"), undefined);
    const altered = Buffer.from(sealed);
    altered[14] = (altered[14] ?? 0) ^ 1;
    assert.equal(box.open(altered, "act-1"), undefined);
  });

  test("has its key in a file of the owner's, made once", () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbank-box-"));
    try {
      const sealed = openSecretBox(folder).seal("x", "act");
      assert.equal(openSecretBox(folder).open(sealed, "act"), "x");
      assert.equal(statSync(join(folder, "keys", "answers.key")).mode & 0o777, 0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("a key for a purpose is the same at each start, and another for each purpose and box", () => {
  const folder = mkdtempSync(join(tmpdir(), "purpose-"));
  const of = (box: SecretBox, purpose: string) => Buffer.from(box.keyFor(purpose)).toString("hex");
  const box = openSecretBox(folder);
  assert.equal(of(openSecretBox(folder), "codes"), of(box, "codes"));
  assert.equal(box.keyFor("codes").length, 32);
  const others = [of(box, "letters"), of(new SecretBox(new Uint8Array(32)), "codes")];
  assert.equal(new Set([of(box, "codes"), ...others]).size, 3);
  rmSync(folder, { recursive: true });
});
