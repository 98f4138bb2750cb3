/**
 * Keys for signing requests on a real database behind a real HTTP server: enrolled by whoever holds
 * them, for one purpose, followed by another without a gap, and ended.
 */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { machineNow } from "@sandbank/kernel/clock";
import { type HttpServer, httpServer } from "@sandbank/kernel/http";
import { type Identity, identityRole, openIdentity } from "@sandbank/kernel/identity";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { enrolmentText } from "../signature/signature.ts";
import { type Bed, CUSTOMER, INSTITUTION, SENIOR_XU, sandboxBed } from "../testing/bed.ts";
import { requestEnrolmentText } from "./request-key.ts";
import { requestKeysContract } from "./request-key.contract.ts";

const STRANGER: Principal = { ...SENIOR_XU, id: "stranger", organisation: "elsewhere" };

function draw() {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
  const by = (text: string) => sign(null, Buffer.from(text), pair.privateKey);
  const raw = Buffer.from(publicKey, "base64url");
  const id = createHash("sha256").update(raw).digest("hex");
  const proof = (organisation: string) =>
    by(requestEnrolmentText(organisation, publicKey)).toString("base64url");
  return { publicKey, id, by, proof };
}

describe("a key for requests", () => {
  let bed: Bed;
  let identity: Identity;
  let server: HttpServer;
  before(async () => {
    bed = await sandboxBed();
    const site = { id: "localhost", name: "Sandbank", origins: ["http://localhost"] };
    const store = bed.database.as(identityRole.role);
    identity = openIdentity({ store, mode: "demo", site });
    const name = { zh: "沙洲银行（虚构）", en: "Sandbar Bank (fictional)" };
    await identity.putOrganisation({ id: INSTITUTION, kind: "institution", name, fictional: true });
    server = await httpServer({ routes: bed.sandbox.routes, identity });
  });
  after(async () => {
    await server.close(100);
    await bed.end();
  });

  const said = async (command: string, content: object, principal: Principal = SENIOR_XU) => {
    const outcome = await bed.act(`sandbox.${command}`, content, { principal });
    return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  };
  const enrol = (key: ReturnType<typeof draw>, more: object = {}, by = SENIOR_XU) => {
    const { publicKey, proof } = key;
    const content = { publicKey, proof: proof(INSTITUTION), name: "permits", ...more };
    return said("enrol_request_key", content, by);
  };

  /** Asks for a permit that nobody has, signed; `permit_unknown` is said to whoever may ask. */
  async function asks(key: ReturnType<typeof draw>): Promise<string> {
    const url = "/api/permits/nobodys-pilot/act-1";
    const created = Math.floor(machineNow() / 1_000);
    const params = `("@method" "@target-uri");created=${created};keyid="${key.id}"`;
    const lines = ['"@method": GET', `"@target-uri": http://localhost${url}`];
    const text = [...lines, `"@signature-params": ${params}`].join("\n");
    const value = key.by(text).toString("base64");
    const signed = { "signature-input": `s=${params}`, signature: `s=:${value}:` };
    const answer = await server.inject({ url, headers: { host: "localhost", ...signed } });
    return (answer.json() as { code: string }).code;
  }

  const mine = draw();
  const next = draw();

  test("is enrolled only with a proof for this institution and this purpose", async () => {
    assert.equal(await enrol(mine, { proof: mine.proof("elsewhere") }), "request_key_not_held");
    const other = mine.by(enrolmentText(INSTITUTION, mine.publicKey)).toString("base64url");
    assert.equal(await enrol(mine, { proof: other }), "request_key_not_held");
    assert.equal(await enrol(mine, { proof: draw().proof(INSTITUTION) }), "request_key_not_held");
    assert.equal(await enrol(mine, {}, CUSTOMER), "role_may_not");
    assert.equal(await asks(mine), "request_key_unknown");
  });

  test("opens the permit edge once it is enrolled, and is enrolled once", async () => {
    assert.equal(await enrol(mine), "accepted");
    assert.equal(await enrol(mine), "request_key_exists");
    // What was asked for before is believed for up to five seconds: a key that none knew was asked.
    const later = await openedLater();
    assert.equal(later, "permit_pilot_unknown");
  });

  /** The same edge in another process, which never asked for the key before it was enrolled. */
  async function openedLater(): Promise<string> {
    const site = { id: "localhost", name: "Sandbank", origins: ["http://localhost"] };
    const store = bed.database.as(identityRole.role);
    await server.close(100);
    identity = openIdentity({ store, mode: "demo", site });
    server = await httpServer({ routes: bed.sandbox.routes, identity });
    return asks(mine);
  }

  test("is followed by another without a gap, and both are the same program", async () => {
    assert.equal(await enrol(next), "accepted");
    const whole = async (key: ReturnType<typeof draw>) => {
      const text = "anything";
      return identity.findSigner({ keyid: key.id, text, signature: key.by(text) });
    };
    const [one, other] = [await whole(mine), await whole(next)];
    assert.ok(!isRefusal(one));
    assert.deepEqual(one.roles, ["permit_client"]);
    assert.deepEqual(other, one);
    assert.deepEqual(await identity.presentRoles(one), ["permit_client"]);
  });

  test("has one purpose: what signs requests signs no declarations, and the other way round", async () => {
    const declares = draw();
    const content = (key: ReturnType<typeof draw>) => ({
      publicKey: key.publicKey,
      proof: key.by(enrolmentText(INSTITUTION, key.publicKey)).toString("base64url"),
    });
    assert.equal(await said("enrol_signing_key", content(mine)), "signing_key_signs_requests");
    assert.equal(await said("enrol_signing_key", content(declares)), "accepted");
    assert.equal(await enrol(declares), "request_key_signs_declarations");
  });

  test("is listed for its institution alone", async () => {
    const listed = async (by: Principal) => {
      const found = bed.sandbox.routes.find((one) => one.path === "/api/request-keys");
      const asked = { params: {}, query: {}, body: undefined, principal: by };
      return requestKeysContract.parse(await found?.handle({ ...asked, lang: "en", id: "list" }));
    };
    const { keys } = await listed(SENIOR_XU);
    assert.deepEqual(
      keys.map(({ id, publicKey, name, endedAt }) => [id, publicKey, name, endedAt]),
      [mine, next].map(({ id, publicKey }) => [id, publicKey, "permits", null]),
    );
    assert.deepEqual((await listed(STRANGER)).keys, []);
  });

  test("is ended by its institution, once and for good", async () => {
    const end = (by?: Principal) => said("end_request_key", { key: mine.id }, by);
    assert.equal(await end(STRANGER), "request_key_not_in_use");
    assert.equal(await end(), "accepted");
    assert.equal(await end(), "request_key_not_in_use");
    assert.equal(await openedLater(), "request_key_ended");
    assert.equal(await asks(next), "permit_pilot_unknown");
    assert.equal(await enrol(mine), "request_key_exists");
  });

  test("ends with its institution", async () => {
    await identity.revokeOrganisation(INSTITUTION);
    assert.equal(await openedLater(), "request_key_unknown");
  });

  test("of a token requestor is enrolled by its own program, for payments and nothing else", async () => {
    const name = { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" };
    const organisation = "farsail-travel";
    await identity.putOrganisation({ id: organisation, kind: "requestor", name, fictional: true });
    const program: Principal = { kind: "key", id: "shop", organisation, roles: ["requestor"] };
    const key = draw();
    const content = { publicKey: key.publicKey, proof: key.proof(organisation), name: "shop" };
    assert.equal(await said("enrol_request_key", content, program), "accepted");
    const signature = key.by("a text");
    const signer = await identity.findSigner({ keyid: key.id, text: "a text", signature });
    assert(!isRefusal(signer));
    assert.deepEqual([signer.organisation, signer.roles], [organisation, ["requestor"]]);
    const foreign = draw();
    const stolen = { publicKey: foreign.publicKey, proof: foreign.proof(INSTITUTION), name: "x" };
    assert.equal(await said("enrol_request_key", stolen, program), "request_key_not_held");
    assert.equal(await said("end_request_key", { key: key.id }, program), "accepted");
  });
});
