/**
 * Judges keys, links, sessions, the demo's people and the rights of the role, on a real database with
 * a clock that the tests turn.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BANK, OPERATOR, type IdentityTrial } from "./sample/trial.ts";
import { codeOf, granted, identityTrial } from "./sample/trial.ts";
import type { Instant } from "../clock/index.ts";
import { BELIEVED_MS } from "./desk.ts";
import { demoPersonId } from "./demo.ts";
import { hasConfirmed, steppedUp } from "./identity.ts";
import { readBearer, readToken, sameSecret } from "./secret.ts";

describe("identity", () => {
  const MINUTE = 60_000;
  const now = () => trial.time.now as Instant;
  let trial: IdentityTrial;
  before(async () => {
    trial = await identityTrial();
  });
  after(() => trial.database.end());

  async function signedIn() {
    const person = OPERATOR.id;
    const link = granted(
      await trial.identity.issueLink({ person, purpose: "sign_in", face: "console" }),
    );
    return granted(await trial.identity.signInByLink(link.secret));
  }

  test("nobody acts as the organisation of the system's own acts", async () => {
    const name = { zh: "沙岸", en: "Sandbank" };
    const organisation = { id: "sandbank", kind: "platform", name, fictional: false } as const;
    await assert.rejects(
      trial.identity.inviteAdmin({ organisation, name }),
      /organisation_id_check/,
    );
  });

  describe("keys", () => {
    const asked = { organisation: BANK.id, name: "gateway", roles: ["requestor"] } as const;

    test("a key speaks for its organisation with its roles and nothing else", async () => {
      const made = granted(await trial.identity.createKey(asked));
      const principal = granted(await trial.identity.findKey(`Bearer ${made.key}`));
      const expected = { kind: "key", id: made.line, organisation: BANK.id, roles: ["requestor"] };
      assert.deepEqual(principal, expected);
      assert.match(made.key, /^sbk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
      assert.ok(made.key.startsWith(`${made.prefix}_`));
    });

    test("present roles are those of the keys that hold, and of the person who is still there", async () => {
      const { identity } = trial;
      const line = { ...asked, name: "roles of a line" };
      const first = granted(await identity.createKey(line));
      const principal = granted(await identity.findKey(`Bearer ${first.key}`));
      assert.deepEqual(await identity.presentRoles(principal), ["requestor"]);
      const second = granted(await identity.createKey({ ...line, roles: ["auditor"] }));
      granted(await identity.revokeKey(first.id));
      assert.deepEqual(await identity.presentRoles(principal), ["auditor"]);
      granted(await identity.revokeKey(second.id));
      assert.deepEqual(await identity.presentRoles(principal), []);
      const { id, organisation, roles } = OPERATOR;
      const person = { kind: "person", id, organisation, roles } as const;
      assert.deepEqual(await identity.presentRoles(person), roles);
      assert.deepEqual(await identity.presentRoles({ ...person, organisation: "another" }), []);
      const system = { kind: "system", id: "sandbox", organisation: "sandbank", roles: ["system"] };
      assert.deepEqual(await identity.presentRoles(system as never), ["system"]);
    });

    test("people are found by a role that they have, and no longer once they are gone", async () => {
      const { identity } = trial;
      const id = "01990000-0000-7000-8000-0000000000e1";
      const expert = { ...OPERATOR, id, roles: ["expert"] as const };
      granted(await identity.putPerson(expert));
      const found = () => identity.listByRole({ role: "expert", most: 9 });
      assert.deepEqual(
        (await found()).map((one) => one.id),
        [id],
      );
      granted(await identity.revokePerson(id));
      assert.deepEqual(await found(), []);
    });

    test("the store never holds a key, and lists show its prefix only", async () => {
      const made = granted(await trial.identity.createKey(asked));
      const dump = { name: "t.dump", text: "select k::text as row from identity.api_key k" };
      const rows = await trial.database.owner.query<{ row: string }>(dump);
      assert.ok(rows.every(({ row }) => !row.includes(made.key.slice(13))));
      const listed = await trial.identity.listKeys({ organisation: BANK.id });
      assert.ok(listed.some(({ prefix }) => prefix === made.prefix));
    });

    test("unknown, malformed, expired and revoked keys answer alike", async () => {
      const revoked = granted(await trial.identity.createKey(asked));
      granted(await trial.identity.revokeKey(revoked.id));
      const expired = granted(await trial.identity.createKey({ ...asked, days: 1 }));
      granted(await trial.identity.findKey(`Bearer ${expired.key}`));
      trial.time.now += 24 * 60 * MINUTE;
      const unknown = `sbk_00000000_${"A".repeat(43)}`;
      const headers = [revoked.key, expired.key, unknown, "x"].map((key) => `Bearer ${key}`);
      for (const header of [...headers, undefined, 7, "Basic x", revoked.key]) {
        assert.equal(codeOf(await trial.identity.findKey(header)), "not_signed_in");
      }
      assert.equal(codeOf(await trial.identity.revokeKey(revoked.id)), "api_key_unknown");
    });

    test("a key revoked by another process is believed for five seconds at most", async () => {
      const made = granted(await trial.identity.createKey(asked));
      granted(await trial.identity.findKey(`Bearer ${made.key}`));
      granted(await trial.other().revokeKey(made.id));
      trial.time.now += BELIEVED_MS - 1;
      granted(await trial.identity.findKey(`Bearer ${made.key}`));
      trial.time.now += 1;
      assert.equal(codeOf(await trial.identity.findKey(`Bearer ${made.key}`)), "not_signed_in");
    });

    test("a rotated key is the same principal, before and after the old one ends", async () => {
      const asked = { organisation: BANK.id, name: "rotated", roles: ["requestor"] } as const;
      const old = granted(await trial.identity.createKey(asked));
      const before = granted(await trial.identity.findKey(`Bearer ${old.key}`));
      const fresh = granted(await trial.identity.createKey({ ...asked, roles: ["auditor"] }));
      granted(await trial.identity.revokeKey(old.id));
      const after = granted(await trial.identity.findKey(`Bearer ${fresh.key}`));
      assert.deepEqual([fresh.line, after.id, before.id], [old.line, old.line, old.line]);
      assert.notEqual(fresh.id, old.id);
      assert.deepEqual(after.roles, ["auditor"]);
    });

    test("keys of another name, and of the same name elsewhere, are others", async () => {
      const elsewhere = { ...BANK, id: "harbour-bank" };
      await trial.identity.putOrganisation(elsewhere);
      const asked = { organisation: BANK.id, name: "line", roles: ["requestor"] } as const;
      const made = await Promise.all(
        [
          ...[
            asked,
            asked,
            { ...asked, name: "line two" },
            { ...asked, organisation: elsewhere.id },
          ],
        ].map((one) => trial.identity.createKey(one)),
      );
      const [one, same, named, away] = made.map((key) => granted(key).line);
      assert.equal(one, same);
      assert.equal(new Set([one, named, away]).size, 3);
    });

    test("a key of an organisation that nobody knows is not made", async () => {
      const made = await trial.identity.createKey({ ...asked, organisation: "nobody" });
      assert.equal(codeOf(made), "organisation_unknown");
    });
  });

  describe("links and sessions", () => {
    test("a link works once, also for twenty callers at once", async () => {
      const asked = { person: OPERATOR.id, purpose: "sign_in", face: "console" } as const;
      const link = granted(await trial.identity.issueLink(asked));
      const tries = Array.from({ length: 20 }, () => trial.identity.signInByLink(link.secret));
      const codes = (await Promise.all(tries)).map(codeOf).sort();
      assert.deepEqual(codes, ["granted", ...Array.from({ length: 19 }, () => "link_not_usable")]);
    });

    test("a fresh link takes back the one before it, and an old one has run out", async () => {
      const asked = { person: OPERATOR.id, purpose: "sign_in", face: "console" } as const;
      const first = granted(await trial.identity.issueLink(asked));
      const second = granted(await trial.identity.issueLink(asked));
      assert.equal(codeOf(await trial.identity.signInByLink(first.secret)), "link_not_usable");
      trial.time.now = second.expires;
      assert.equal(codeOf(await trial.identity.signInByLink(second.secret)), "link_not_usable");
    });

    test("a session tells who, for whom and since when confirmed", async () => {
      const { token, session } = await signedIn();
      assert.equal(session.principal.steppedUpUntil, trial.time.now + 5 * MINUTE);
      assert.deepEqual(granted(await trial.identity.findSession(token, "console")), session);
      assert.deepEqual(session.organisation, BANK);
      assert.equal(session.principal.organisation, BANK.id);
    });

    test("a session of one face is worth nothing on another", async () => {
      const { token } = await signedIn();
      for (const face of ["bank", "till", "portal", "disclosure"] as const) {
        assert.equal(codeOf(await trial.identity.findSession(token, face)), "not_signed_in");
      }
    });

    test("an institution's clerk does not sign in to the customers' bank", async () => {
      const asked = { person: OPERATOR.id, purpose: "sign_in", face: "bank" } as const;
      const link = granted(await trial.identity.issueLink(asked));
      const answer = codeOf(await trial.identity.signInByLink(link.secret));
      assert.equal(answer, "face_not_for_organisation");
    });

    test("a session ends when idle for an hour, and after twelve hours in any case", async () => {
      const { token } = await signedIn();
      const start = trial.time.now;
      for (let minute = 59; minute < 12 * 60; minute += 59) {
        trial.time.now = start + minute * MINUTE;
        granted(await trial.identity.findSession(token, "console"));
      }
      trial.time.now = start + 12 * 60 * MINUTE;
      assert.equal(codeOf(await trial.identity.findSession(token, "console")), "not_signed_in");
      const idle = await signedIn();
      trial.time.now += 60 * MINUTE;
      assert.equal(
        codeOf(await trial.identity.findSession(idle.token, "console")),
        "not_signed_in",
      );
    });

    test("signing out and closing a person end their sessions at once", async () => {
      const out = await signedIn();
      await trial.identity.signOut(out.token);
      assert.equal(codeOf(await trial.identity.findSession(out.token, "console")), "not_signed_in");
      const id = demoPersonId("lantern-bank", "Leaver");
      granted(await trial.identity.putPerson({ ...OPERATOR, id }));
      const asked = { person: id, purpose: "sign_in", face: "console" } as const;
      const link = granted(await trial.identity.issueLink(asked));
      const left = granted(await trial.identity.signInByLink(link.secret));
      granted(await trial.identity.revokePerson(id));
      assert.equal(
        codeOf(await trial.identity.findSession(left.token, "console")),
        "not_signed_in",
      );
      assert.equal(codeOf(await trial.identity.issueLink(asked)), "person_unknown");
    });

    test("live mode signs nobody in by a link", async () => {
      const live = trial.other("live");
      const asked = { person: OPERATOR.id, purpose: "sign_in", face: "console" } as const;
      assert.equal(codeOf(await live.issueLink(asked)), "demo_only");
      const link = granted(await trial.identity.issueLink(asked));
      assert.equal(codeOf(await live.signInByLink(link.secret)), "demo_only");
      const { session, token } = await signedIn();
      assert.equal(codeOf(await live.stepUpSimulated({ session, token })), "demo_only");
    });

    test("a simulated confirmation opens five minutes", async () => {
      const { session, token } = await signedIn();
      trial.time.now += 10 * MINUTE;
      const again = granted(await trial.identity.stepUpSimulated({ session, token }));
      assert.equal(again.principal.steppedUpUntil, trial.time.now + 5 * MINUTE);
      const found = granted(await trial.identity.findSession(token, "console"));
      assert.equal(found.principal.steppedUpUntil, trial.time.now + 5 * MINUTE);
    });

    test("a confirmation of one thing is of that alone, and the next replaces it", async () => {
      const { session, token } = await signedIn();
      trial.time.now += 10 * MINUTE;
      const [first, second] = ["a".repeat(64), "b".repeat(64)];
      const again = granted(await trial.identity.stepUpSimulated({ session, token }, first));
      assert.ok(!steppedUp(again.principal, now()));
      assert.ok(hasConfirmed(again.principal, first, now()));
      assert.ok(!hasConfirmed(again.principal, second, now()));
      granted(await trial.identity.stepUpSimulated({ session, token }, second));
      const { principal } = granted(await trial.identity.findSession(token, "console"));
      assert.deepEqual(principal.confirmed, {
        ...{ digest: second, until: trial.time.now + 5 * MINUTE },
      });
      assert.ok(!hasConfirmed(principal, first, now()));
      assert.ok(hasConfirmed(principal, second, (trial.time.now + 5 * MINUTE - 1) as Instant));
      assert.ok(!hasConfirmed(principal, second, (trial.time.now + 5 * MINUTE) as Instant));
    });

    test("what ended a week ago is swept", async () => {
      await signedIn();
      trial.time.now += 9 * 24 * 60 * MINUTE;
      await trial.identity.sweep();
      const left = { name: "t.left", text: "select 1 from identity.session" };
      assert.equal((await trial.database.owner.query(left)).length, 0);
    });
  });

  describe("the demo's people", () => {
    const demo = {
      organisations: [BANK],
      people: [
        {
          organisation: BANK.id,
          name: { zh: "周岚", en: "Zhou Lan" },
          roles: ["institution_approver"],
          face: "console",
        },
      ],
      keys: [{ organisation: BANK.id, name: "demo", roles: ["requestor"] }],
    } as const;
    const secretOf = (link: string) => link.split("/").at(-1);

    test("each start makes the same people and fresh links and keys; the old ones are void", async () => {
      const first = await trial.identity.demoPrincipals(demo);
      const second = await trial.identity.demoPrincipals(demo);
      const [a] = first.people;
      const [b] = second.people;
      assert.ok(a !== undefined && b !== undefined);
      assert.equal(a.id, b.id);
      assert.match(a.link, /^\/zh\/sign-in\/[A-Za-z0-9_-]{43}$/);
      assert.equal(codeOf(await trial.identity.signInByLink(secretOf(a.link))), "link_not_usable");
      granted(await trial.identity.signInByLink(secretOf(b.link)));
      const [old, fresh] = [first.keys[0]?.key, second.keys[0]?.key];
      assert.equal(codeOf(await trial.identity.findKey(`Bearer ${old}`)), "not_signed_in");
      granted(await trial.identity.findKey(`Bearer ${fresh}`));
    });

    test("live mode and real organisations have no demo people", async () => {
      await assert.rejects(trial.other("live").demoPrincipals(demo), /only in the demo/);
      const real = { ...demo, organisations: [{ ...BANK, fictional: false }] };
      await assert.rejects(trial.identity.demoPrincipals(real), /fictional/);
    });
  });

  describe("secrets from outside", () => {
    test("only a whole bearer key is read", () => {
      const key = `sbk_0123abcd_${"z".repeat(43)}`;
      assert.equal(readBearer(`Bearer ${key}`), key);
      assert.equal(readBearer(`bearer ${key}`), key);
      for (const header of [
        key,
        `Bearer  ${key}`,
        `Bearer ${key} `,
        `Bearer ${key}=`,
        [key],
        null,
      ]) {
        assert.equal(readBearer(header), undefined);
      }
      assert.equal(readToken("a".repeat(42)), undefined);
    });

    test("secrets are the same only if every character is", () => {
      assert.ok(sameSecret("abc", "abc"));
      for (const other of ["abd", "ab", "", undefined, ["abc"]])
        assert.ok(!sameSecret(other, "abc"));
    });
  });

  describe("the role of identity", () => {
    test("may not change a secret's digest, an expiry or another schema", async () => {
      const store = trial.database.as("sandbank_identity");
      const forbidden = [
        "update identity.api_key set secret_hash = secret_hash",
        "update identity.api_key set expires = expires",
        "update identity.session set expires = expires",
        "delete from identity.api_key",
        "delete from identity.person",
        "create table identity.mine (a int)",
      ];
      for (const [at, text] of forbidden.entries()) {
        await assert.rejects(store.query({ name: `t.forbidden_${at}`, text }), /permission denied/);
      }
    });
  });
});
