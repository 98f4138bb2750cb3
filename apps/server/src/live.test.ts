/** A live installation with a public name: what it answers to, its cookies, and whom it believes. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openIdentity } from "@sandbank/kernel/identity";
import { SoftwareAuthenticator } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { type Sandbank, startSandbank } from "./compose.ts";
import { liveConfig } from "./live.fixture.ts";

const SITE = "https://sandbank.example";
const HOST = "sandbank.example";
const JSON_TYPE = { "content-type": "application/json" };
/** How many requests a visitor has at once before it is slowed. */
const BURST = 300;

describe("a name for the public", () => {
  let sandbank: Sandbank;
  const { config, clear } = liveConfig({
    SANDBANK_SITE: `${SITE},https://console.sandbank.example`,
    SANDBANK_PROXIES: "127.0.0.1",
  });
  before(async () => {
    const started = await startSandbank(config);
    assert.ok(!isRefusal(started));
    sandbank = started;
  });
  after(async () => {
    await sandbank?.end();
    clear();
  });

  const get = (url: string, headers: Record<string, string>, remoteAddress = "127.0.0.1") =>
    sandbank.server.inject({ method: "GET", url, headers, remoteAddress });

  async function post(url: string, body: object, headers: Record<string, string> = {}) {
    const answer = await sandbank.server.inject({
      ...{ method: "POST", url, payload: JSON.stringify(body) },
      headers: { host: HOST, origin: SITE, ...JSON_TYPE, ...headers },
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<object>() };
  }

  describe("a live installation with a public name", () => {
    test("answers to its names and this machine's, and to no other", async () => {
      for (const host of [
        HOST,
        `${HOST}:443`,
        "CONSOLE.sandbank.example",
        "localhost",
        "127.0.0.1",
      ]) {
        assert.equal((await get("/healthz", { host })).statusCode, 200, host);
      }
      for (const host of ["elsewhere.example", "a.sandbank.example", `${HOST}.elsewhere.example`]) {
        assert.equal((await get("/healthz", { host })).statusCode, 421, host);
      }
      const forwarded = { host: "elsewhere.example", "x-forwarded-host": HOST };
      assert.equal((await get("/healthz", forwarded)).statusCode, 421);
    });

    test("asks browsers to come back by https only", async () => {
      const { headers } = await get("/en/", { host: HOST });
      assert.equal(headers["strict-transport-security"], "max-age=31536000");
    });

    test("names itself by its public address", async () => {
      assert.equal(sandbank.site, SITE);
      assert.match(sandbank.origin, /^http:\/\/localhost:\d+$/);
    });

    test("has no links, no clock that turns and no demo keys", async () => {
      const link = "x".repeat(43);
      const { status, body } = await post("/api/session/link", { link });
      assert.deepEqual([status, (body as { code: string }).code], [403, "demo_only"]);
    });

    test("enrols by invite with a passkey of its name, in a cookie that only https carries", async () => {
      const authenticator = new SoftwareAuthenticator({ id: HOST, origin: SITE });
      const identity = openIdentity({
        ...{ store: sandbank.database.as("sandbank_identity"), mode: "live" },
        site: { id: HOST, name: "Sandbank", origins: [SITE] },
      });
      const name = { zh: "演示监管局（虚构）", en: "Demo Supervisor (fictional)" };
      const invited = await identity.inviteAdmin({
        organisation: { id: "supervisor", kind: "supervisor", name, fictional: true },
        name: { zh: "李监管", en: "Li Wei" },
        roles: ["supervisor_officer"],
      });
      assert.ok(!isRefusal(invited));
      const link = invited.secret;
      const options = await post("/api/session/invite/options", { link });
      assert.equal((options.body as { rp: { id: string } }).rp.id, HOST);
      const elsewhere = authenticator.create(options.body, { origin: "https://elsewhere.example" });
      const lied = await post("/api/session/invite", { link, name: "phone", response: elsewhere });
      assert.equal((lied.body as { code: string }).code, "passkey_not_verified");
      const again = await post("/api/session/invite/options", { link });
      const response = authenticator.create(again.body);
      const enrolled = await post("/api/session/invite", { link, name: "phone", response });
      assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body));
      const cookie = String(enrolled.headers["set-cookie"]);
      assert.match(
        cookie,
        /^__Host-sandbank_console=[\w-]{43}; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/,
      );
      const asked = await post("/api/session/passkey/options", {});
      const signed = authenticator.get(asked.body, { origin: "https://console.sandbank.example" });
      const below = await post("/api/session/passkey", { face: "console", response: signed });
      assert.equal(below.status, 200, JSON.stringify(below.body));
    });

    test("believes a named proxy about who asks, and nobody else", async () => {
      const burst = async (from: string) => {
        const asked = Array.from({ length: 4 * BURST }, (_, at) => {
          const headers = { host: HOST, "x-forwarded-for": `198.51.100.${at % 250}` };
          return get("/problems/role_may_not", headers, from);
        });
        return new Set((await Promise.all(asked)).map(({ statusCode }) => statusCode));
      };
      // Each visitor behind the proxy has a rate of its own; a stranger who claims to be many has one.
      assert.deepEqual(await burst("127.0.0.1"), new Set([200]));
      assert.ok((await burst("203.0.113.9")).has(429));
    });
  });
});
