/** Judges passkeys with an authenticator in software that can be told to lie. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Instant } from "../clock/index.ts";
import { SoftwareAuthenticator } from "../testing/index.ts";
import { type IdentityTrial, OPERATOR, SITE, codeOf, granted } from "./sample/trial.ts";
import { identityTrial } from "./sample/trial.ts";
import { hasConfirmed, steppedUp } from "./identity.ts";
import { readChallenge } from "./passkey.ts";

describe("passkeys", () => {
  const ORIGIN = "http://localhost:8080";
  const MINUTE = 60_000;
  const now = () => trial.time.now as Instant;
  const PLATFORM = {
    id: "operator",
    kind: "platform",
    name: { zh: "沙岸", en: "Sandbank" },
    fictional: false,
  } as const;
  let trial: IdentityTrial;
  before(async () => {
    trial = await identityTrial("live");
  });
  after(() => trial.database.end());

  const authenticator = () => new SoftwareAuthenticator({ id: SITE.id, origin: ORIGIN });

  async function invited() {
    const name = { zh: "管理员", en: "Administrator" };
    return granted(await trial.identity.inviteAdmin({ organisation: PLATFORM, name })).secret;
  }

  async function registered() {
    const device = authenticator();
    const link = await invited();
    const options = granted(await trial.identity.registrationOptions({ link }));
    const answered = { response: device.create(options), name: "laptop" };
    const signed = granted(await trial.identity.registerPasskey({ link }, answered));
    return { device, signed, link };
  }

  describe("an administrator's invite in live mode", () => {
    test("registers a passkey, begins a session and is spent", async () => {
      const { signed, link } = await registered();
      assert.deepEqual(signed.session.principal.roles, ["administrator"]);
      assert.equal(signed.session.face, "console");
      assert.equal(codeOf(await trial.identity.registrationOptions({ link })), "link_not_usable");
      const known = await trial.identity.listPasskeys(signed.session.principal.id);
      assert.deepEqual(
        known.map(({ name }) => name),
        ["laptop"],
      );
    });

    test("is not spent by a wrong answer", async () => {
      const link = await invited();
      const lies = [
        { origin: "http://localhost:9999" },
        { rpId: "elsewhere.test" },
        { unverified: true },
        { type: "webauthn.get" },
      ];
      for (const lie of lies) {
        const options = granted(await trial.identity.registrationOptions({ link }));
        const response = authenticator().create(options, lie);
        const made = await trial.identity.registerPasskey({ link }, { response, name: "x" });
        assert.equal(codeOf(made), "passkey_not_verified", JSON.stringify(lie));
      }
      granted(await trial.identity.registrationOptions({ link }));
    });

    test("refuses a challenge that it did not ask, or asked of another", async () => {
      const [mine, theirs] = [await invited(), await invited()];
      const options = granted(await trial.identity.registrationOptions({ link: theirs }));
      const foreign = { response: authenticator().create(options), name: "x" };
      const made = await trial.identity.registerPasskey({ link: mine }, foreign);
      assert.equal(codeOf(made), "passkey_not_verified");
      const invented = authenticator().create({ challenge: "A".repeat(43) });
      const second = await trial.identity.registerPasskey(
        { link: mine },
        { response: invented, name: "x" },
      );
      assert.equal(codeOf(second), "passkey_not_verified");
    });

    test("does not register one passkey for two people", async () => {
      const { device } = await registered();
      const link = await invited();
      const options = granted(await trial.identity.registrationOptions({ link }));
      const again = { response: device.create(options), name: "x" };
      const made = await trial.identity.registerPasskey({ link }, again);
      assert.equal(codeOf(made), "passkey_already_registered");
      granted(await trial.identity.registrationOptions({ link }));
    });
  });

  describe("signing in by a passkey", () => {
    test("needs no user name", async () => {
      const { device, signed } = await registered();
      const options = await trial.identity.signInOptions();
      const again = granted(await trial.identity.signInByPasskey("console", device.get(options)));
      assert.equal(again.session.principal.id, signed.session.principal.id);
      assert.notEqual(again.token, signed.token);
    });

    test("answers alike to a replay, a lie, a stranger and a late answer", async () => {
      const { device } = await registered();
      const { identity } = trial;
      const options = await identity.signInOptions();
      const response = device.get(options);
      granted(await identity.signInByPasskey("console", response));
      const tries: unknown[] = [response];
      const lies = [{ origin: "https://localhost" }, { rpId: "x.test" }, { unverified: true }];
      for (const lie of lies) tries.push(device.get(await identity.signInOptions(), lie));
      const stranger = authenticator();
      tries.push(stranger.get(await identity.signInOptions()));
      const forged = device.get(await identity.signInOptions());
      forged.response.signature = stranger.get(options).response.signature;
      const other = device.get(await identity.signInOptions());
      other.response.userHandle = Buffer.from("someone else").toString("base64url");
      tries.push(forged, other, {}, null, "x", { ...response, id: "%" });
      for (const [at, one] of tries.entries()) {
        const code = codeOf(await identity.signInByPasskey("console", one));
        assert.equal(code, "passkey_not_verified", `try ${at}`);
      }
      const late = device.get(await identity.signInOptions());
      trial.time.now += 5 * MINUTE;
      assert.equal(codeOf(await identity.signInByPasskey("console", late)), "passkey_not_verified");
    });

    test("refuses a counter that goes back: a copied authenticator", async () => {
      const { device } = await registered();
      const high = device.get(await trial.identity.signInOptions(), { counter: 90 });
      granted(await trial.identity.signInByPasskey("console", high));
      for (const counter of [90, 89]) {
        const copy = device.get(await trial.identity.signInOptions(), { counter });
        assert.equal(
          codeOf(await trial.identity.signInByPasskey("console", copy)),
          "passkey_not_verified",
        );
      }
    });

    test("is for the faces of one's organisation", async () => {
      const { device } = await registered();
      const response = device.get(await trial.identity.signInOptions());
      const answer = codeOf(await trial.identity.signInByPasskey("bank", response));
      assert.equal(answer, "face_not_for_organisation");
    });

    test("a revoked passkey and a closed organisation sign nobody in", async () => {
      const { device, signed } = await registered();
      const person = signed.session.principal.id;
      const [known] = await trial.identity.listPasskeys(person);
      assert.ok(known);
      const foreign = { id: known.id, person: OPERATOR.id };
      assert.ok(!(await trial.identity.revokePasskey(foreign)));
      assert.ok(await trial.identity.revokePasskey({ id: known.id, person }));
      const response = device.get(await trial.identity.signInOptions());
      assert.equal(
        codeOf(await trial.identity.signInByPasskey("console", response)),
        "passkey_not_verified",
      );
    });
  });

  describe("confirming again", () => {
    test("opens five minutes with one's own passkey and no other's", async () => {
      const { device, signed } = await registered();
      const visit = { session: signed.session, token: signed.token };
      trial.time.now += 6 * MINUTE;
      const options = granted(await trial.identity.stepUpOptions(signed.session));
      const again = granted(await trial.identity.stepUpByPasskey(visit, device.get(options)));
      assert.equal(again.principal.steppedUpUntil, trial.time.now + 5 * MINUTE);
      const { device: other } = await registered();
      const second = granted(await trial.identity.stepUpOptions(signed.session));
      const refused = await trial.identity.stepUpByPasskey(visit, other.get(second));
      assert.equal(codeOf(refused), "passkey_not_verified");
    });

    test("about one thing is signed by the passkey, and counts for that thing only", async () => {
      const { device, signed } = await registered();
      const visit = { session: signed.session, token: signed.token };
      trial.time.now += 6 * MINUTE;
      const about = "0f".repeat(32);
      const options = granted(await trial.identity.stepUpOptions(signed.session, about));
      const { challenge } = options as { challenge: string };
      const asked = Buffer.from(challenge, "base64url");
      assert.equal(asked.length, 64);
      assert.equal(asked.subarray(32).toString("hex"), about);
      const again = granted(await trial.identity.stepUpByPasskey(visit, device.get(options)));
      assert.ok(hasConfirmed(again.principal, about, now()));
      assert.ok(!steppedUp(again.principal, now()));
      assert.ok(!hasConfirmed(again.principal, "0e".repeat(32), now()));
    });

    test("a sign-in challenge does not confirm, nor the other way round", async () => {
      const { device, signed } = await registered();
      const visit = { session: signed.session, token: signed.token };
      const forSignIn = device.get(await trial.identity.signInOptions());
      assert.equal(
        codeOf(await trial.identity.stepUpByPasskey(visit, forSignIn)),
        "passkey_not_verified",
      );
      const options = granted(await trial.identity.stepUpOptions(signed.session));
      const answer = await trial.identity.signInByPasskey("console", device.get(options));
      assert.equal(codeOf(answer), "passkey_not_verified");
    });

    test("a second passkey needs a fresh confirmation", async () => {
      const { device, signed } = await registered();
      const visit = { session: signed.session, token: signed.token };
      const second = authenticator();
      const options = granted(await trial.identity.registrationOptions(visit));
      const answered = { response: second.create(options), name: "phone" };
      granted(await trial.identity.registerPasskey(visit, answered));
      trial.time.now += 6 * MINUTE;
      assert.equal(codeOf(await trial.identity.registrationOptions(visit)), "step_up_needed");
      granted(
        await trial.identity.signInByPasskey(
          "console",
          device.get(await trial.identity.signInOptions()),
        ),
      );
      granted(
        await trial.identity.signInByPasskey(
          "console",
          second.get(await trial.identity.signInOptions()),
        ),
      );
    });
  });

  test("whatever a browser sends as client data, reading it never throws", () => {
    const runs = process.env["SANDBANK_LONG"] ? 100_000 : 500;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String()), (text) => {
        for (const sent of [text, Buffer.from(text).toString("base64url")]) {
          const challenge = readChallenge(sent);
          assert.ok(challenge === undefined || typeof challenge === "string");
        }
      }),
      { numRuns: runs },
    );
  });
});
