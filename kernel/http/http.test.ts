/**
 * Judges the API edge by a sample application over a real identity: credentials, contracts, bodies,
 * endings, sessions and the door itself, with exact statuses and codes.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connect } from "node:net";
import { z } from "zod";
import { SoftwareAuthenticator } from "../testing/index.ts";
import { type HttpTrial, httpTrial } from "./sample/trial.ts";
import { openLog } from "./log.ts";
import type { Problem } from "./problem.ts";
import { route } from "./route.ts";
import { httpServer } from "./server.ts";

describe("the edge", () => {
  const lines: string[] = [];
  let trial: HttpTrial;
  before(async () => {
    const log = openLog({ level: "debug", to: { write: (line) => void lines.push(line) } });
    trial = await httpTrial({}, { log });
  });
  after(() => trial.end());

  interface Sent {
    readonly method?: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  }

  async function send(url: string, sent: Sent = {}) {
    const { method = "GET", headers = {}, body } = sent;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const all = { host: "localhost", ...type, ...headers };
    const payload = body === undefined ? {} : { payload: text };
    return trial.server.inject({ method, url, headers: all, ...payload });
  }

  const withKey = () => ({ authorization: `Bearer ${trial.key}` });
  const paid = { amount: "38600", merchant: "云栖便利店" };
  const pay = (body: unknown, headers: Record<string, string> = withKey()) =>
    send("/api/trial/payments", { method: "POST", body, headers });

  /** Signs in by a demo link and returns the cookie and the token that forms need. */
  async function signIn(face: "console" | "till") {
    const person = (
      await trial.identity.listPeople({ organisation: "lantern-bank", most: 9 })
    ).find(({ name }) => name.en.endsWith(face));
    const link = await trial.identity.issueLink({
      person: person?.id ?? "",
      purpose: "sign_in",
      face,
    });
    assert.ok("secret" in link);
    const body = { link: link.secret };
    const answer = await send("/api/session/link", { method: "POST", body });
    assert.equal(answer.statusCode, 200, answer.body);
    const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
    return {
      cookie,
      csrf: (answer.json() as { csrf: string }).csrf,
      setCookie: answer.headers["set-cookie"],
    };
  }

  function problem(answer: { readonly body: string; readonly headers: object }): Problem {
    const type = (answer.headers as Record<string, string>)["content-type"];
    assert.equal(type, "application/problem+json; charset=utf-8");
    return JSON.parse(answer.body) as Problem;
  }

  describe("a request with a key", () => {
    test("is answered with its contract's value and its Idempotency-Key", async () => {
      const answer = await pay(paid, { ...withKey(), "idempotency-key": "order-1" });
      assert.equal(answer.statusCode, 201);
      assert.deepEqual(answer.json(), { ...paid, scene: "shop", id: "order-1" });
      assert.equal(answer.headers["cache-control"], "no-store");
    });

    test("gets a drawn id if it names none, and a no for an id of another shape", async () => {
      const drawn = (await pay(paid)).json() as { id: string };
      assert.match(drawn.id, /^[0-9a-f-]{36}$/);
      const answer = await pay(paid, { ...withKey(), "idempotency-key": "a b" });
      assert.equal(answer.statusCode, 400);
      assert.equal(problem(answer).field, "/headers/idempotency-key");
    });

    test("is refused without, or with a bad, key, before its body is looked at", async () => {
      for (const headers of [{}, { authorization: "Bearer x" }, { authorization: "" }]) {
        const answer = await pay("not json", headers as Record<string, string>);
        assert.equal(answer.statusCode, 401);
        assert.equal(problem(answer).code, "not_signed_in");
      }
    });

    test("is no person: a route for sessions says so", async () => {
      const answer = await send("/api/trial/till", { method: "PUT", headers: withKey() });
      assert.equal(problem(answer).code, "session_needed");
    });
  });

  describe("a contract", () => {
    test("that is not met is a 422 that points at the field and says what form it must have", async () => {
      const answer = await pay(
        { ...paid, amount: "-5" },
        { ...withKey(), "accept-language": "en" },
      );
      assert.equal(answer.statusCode, 422);
      const { code, field, detail, remedy, expected } = problem(answer);
      assert.deepEqual([code, field], ["contract_not_met", "/amount"]);
      const form = "a decimal string of fen of 1 to 17 digits, above 0, such as 38600";
      assert.equal(detail, `/amount: is not written as it must be; it must be ${form}.`);
      assert.deepEqual([remedy, expected], ["Mend this field and send it again.", form]);
    });

    test("that JSON Schema cannot say is checked all the same", async () => {
      const at = (even: unknown) => send("/api/trial/refined", { method: "POST", body: { even } });
      assert.equal((await at(4)).statusCode, 200);
      assert.equal(problem(await at(5)).field, "/even");
      const day = { even: 2, day: "2026-02-30" };
      const answer = await send("/api/trial/refined", { method: "POST", body: day });
      assert.equal(problem(answer).field, "/day");
    });

    test("reads numbers and truths of a query as what they are", async () => {
      const id = "01990000-0000-7000-8000-000000000001";
      const answer = await send(`/api/trial/payments/${id}?page=3&all=true`);
      const { query, who } = answer.json() as { query: object; who: string };
      assert.deepEqual([query, who], [{ page: 3, all: true }, "visitor"]);
      assert.equal(problem(await send(`/api/trial/payments/${id}?page=x`)).field, "/query/page");
      assert.equal(problem(await send(`/api/trial/payments/${id}?b=1`)).field, "/query/b");
      assert.equal(problem(await send("/api/trial/payments/7")).field, "/params/id");
    });
  });

  describe("a body", () => {
    const bodies: [string, string, RegExp][] = [
      ["broken syntax", "{", /syntax/],
      ["nothing but a word", "amount", /syntax/],
      ["a name twice", '{"amount":"1","amount":"2","merchant":"m"}', /twice/],
      ["a name twice, once escaped", '{"amount":"1","\\u0061mount":"2","merchant":"m"}', /twice/],
      ["the prototype", '{"__proto__":{"admin":true}}', /name that is not allowed/],
      ["too deep a nest", "[".repeat(40) + "]".repeat(40), /nests/],
      ["a number past 2^53", '{"amount":9007199254740993}', /too large/],
      ["an endless number", '{"amount":1e400}', /too large/],
      ["a NUL", '{"merchant":"a\\u0000"}', /character/],
      ["half a pair", '{"merchant":"\\ud800"}', /character/],
    ];
    for (const [name, body, sentence] of bodies) {
      test(`with ${name} is refused with 400`, async () => {
        const answer = await pay(body, { ...withKey(), "accept-language": "en-GB" });
        assert.equal(answer.statusCode, 400, answer.body);
        assert.match(problem(answer).detail, sentence);
      });
    }

    test("of another type, or too large, is not read", async () => {
      const text = { ...withKey(), "content-type": "text/plain" };
      assert.equal((await pay("x", text)).statusCode, 415);
      const form = { ...withKey(), "content-type": "application/x-www-form-urlencoded" };
      assert.equal((await pay("amount=1", form)).statusCode, 415);
      assert.equal((await pay({ ...paid, note: "x".repeat(300_000) })).statusCode, 413);
      const latin = { ...withKey(), "content-type": "application/json" };
      const payload = Buffer.from([0x22, 0xff, 0x22]);
      const headers = { host: "localhost", ...latin };
      const url = "/api/trial/payments";
      const answer = await trial.server.inject({ method: "POST", url, headers, payload });
      assert.equal(answer.statusCode, 400);
    });
  });

  describe("how things end", () => {
    const end = (name: string, lang = "en") =>
      send(`/api/trial/ends/${name}`, {
        method: "POST",
        headers: { ...withKey(), "accept-language": lang },
      });

    test("a reached limit says which, how much, and in whose words", async () => {
      const answer = await end("limit", "zh-CN,zh;q=0.9,en;q=0.5");
      assert.equal(answer.statusCode, 409);
      const { instance, ...rest } = problem(answer);
      assert.match(instance, /^[0-9a-f-]{36}$/);
      assert.deepEqual(rest, {
        type: "/problems/trial_day_exceeded",
        title: "已到上限",
        status: 409,
        code: "trial_day_exceeded",
        category: "exhausted",
        detail: "超出上限：已用 81250，上限 100000。",
        remedy: "明天再来。",
        failed: [
          {
            code: "trial_day_exceeded",
            detail: "超出上限：已用 81250，上限 100000。",
            ...{ limit: "trial_day", unit: "fen", used: "81250", cap: "100000", asked: "38600" },
            clause: "1.10",
          },
        ],
      });
    });

    test("a conflict is 409, a parked act 202, an unknown outcome 503 with its one remedy", async () => {
      assert.equal(problem(await end("conflict")).category, "conflicting");
      const parked = await end("parked");
      assert.equal(parked.statusCode, 202);
      assert.equal((parked.json() as { task: string }).task, "t-1");
      const unknown = await end("unknown");
      assert.equal(unknown.statusCode, 503);
      assert.equal(problem(unknown).code, "outcome_unknown");
      assert.match(problem(unknown).remedy, /same id/);
    });

    test("a fault shows an id and nothing of the inside; the log has both", async () => {
      lines.length = 0;
      const answer = await end("fault");
      assert.equal(answer.statusCode, 500);
      assert.ok(!/secret|select|card|Error|\.ts/.test(answer.body), answer.body);
      const { instance } = problem(answer);
      const line = lines.find((one) => one.includes(instance) && one.includes("fault"));
      assert.ok(line !== undefined && line.includes("secret inside"));
      assert.ok(line.includes("[number ending 4567]") && !line.includes("6212345678901234567"));
      assert.ok(!lines.join("").includes(trial.key));
    });

    test("an answer that breaks its own contract is a fault, not a lie", async () => {
      assert.equal((await end("broken")).statusCode, 500);
    });

    test("an unknown path is absent: a document for programs, a page for browsers", async () => {
      assert.equal(problem(await send("/api/nowhere")).code, "page_absent");
      const page = await send("/nowhere", { headers: { accept: "text/html" } });
      assert.equal(page.statusCode, 404);
      assert.match(String(page.headers["content-type"]), /^text\/html/);
    });

    test("every code has a page that says what it means", async () => {
      const known = await send("/problems/trial_day_exceeded", {
        headers: { "accept-language": "en" },
      });
      assert.equal(known.statusCode, 200);
      assert.match(known.body, /Over the limit.*超出上限/s);
      assert.equal((await send("/problems/outcome_unknown")).statusCode, 200);
      for (const code of ["nothing", "toString", "__proto__", "%3Cscript%3E"]) {
        assert.equal((await send(`/problems/${code}`)).statusCode, 404, code);
      }
    });
  });

  describe("sessions of faces", () => {
    test("a link sets a cookie that scripts cannot read, for this face alone", async () => {
      const { setCookie, cookie, csrf } = await signIn("console");
      assert.match(
        String(setCookie),
        /^sandbank_console=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
      );
      const who = await send("/api/session", { headers: { cookie } });
      assert.equal((who.json() as { csrf: string }).csrf, csrf);
      const till = { cookie, "x-csrf-token": csrf };
      const refused = await send("/api/trial/till", { method: "PUT", headers: till });
      assert.equal(problem(refused).code, "not_signed_in");
    });

    test("a change by cookie needs the session's own token", async () => {
      const { cookie, csrf } = await signIn("console");
      const other = await signIn("console");
      for (const token of [undefined, "", other.csrf, `${csrf}x`]) {
        const headers = { cookie, ...(token === undefined ? {} : { "x-csrf-token": token }) };
        const answer = await pay(paid, headers);
        assert.equal(answer.statusCode, 403);
        assert.equal(problem(answer).code, "form_not_ours");
      }
      assert.equal((await pay(paid, { cookie, "x-csrf-token": csrf })).statusCode, 201);
    });

    test("another site's request is refused, whatever it knows", async () => {
      const { cookie, csrf } = await signIn("console");
      const known = { cookie, "x-csrf-token": csrf };
      for (const hint of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.test" }]) {
        const answer = await pay(paid, { ...known, ...(hint as Record<string, string>) });
        assert.equal(problem(answer).code, "form_not_ours");
      }
    });

    test("with two faces the request says which one it means", async () => {
      const [one, two] = [await signIn("console"), await signIn("till")];
      const cookie = `${one.cookie}; ${two.cookie}`;
      const both = { cookie, "x-csrf-token": two.csrf };
      assert.equal(problem(await pay(paid, both)).code, "face_needed");
      assert.equal((await pay(paid, { ...both, "sandbank-face": "till" })).statusCode, 201);
      const till = await send("/api/trial/till", { method: "PUT", headers: both });
      assert.deepEqual(till.json(), { face: "till" });
    });

    test("signing out clears the cookie and ends the session", async () => {
      const { cookie, csrf } = await signIn("console");
      const headers = { cookie, "x-csrf-token": csrf };
      const out = await send("/api/session", { method: "DELETE", headers });
      assert.match(String(out.headers["set-cookie"]), /^sandbank_console=; Path=\/; Max-Age=0/);
      assert.equal((await send("/api/session", { headers: { cookie } })).statusCode, 401);
    });

    test("over https the cookie is bound to the host", async () => {
      const secure = await httpTrial({ https: true });
      const [link = ""] = secure.links;
      const answer = await secure.server.inject({
        ...{ method: "POST", url: "/api/session/link" },
        headers: { host: "localhost", "content-type": "application/json" },
        payload: JSON.stringify({ link: link.split("/").at(-1) }),
      });
      assert.match(String(answer.headers["set-cookie"]), /^__Host-sandbank_console=.*; Secure$/);
      assert.equal(answer.headers["strict-transport-security"], "max-age=31536000");
      await secure.end();
    });
  });

  describe("passkeys over the API", () => {
    const origin = "http://localhost";
    const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send(`/api/session/${path}`, {
        method: "POST",
        ...(body === undefined ? {} : { body }),
        headers,
      });

    test("an invite registers one, which then signs in, confirms and is listed", async () => {
      const device = new SoftwareAuthenticator({ id: "localhost", origin });
      const organisation = await trial.identity.findOrganisation("lantern-bank");
      assert.ok(organisation);
      const name = { zh: "管理员", en: "Administrator" };
      const invite = await trial.identity.inviteAdmin({ organisation, name });
      assert.ok("secret" in invite);
      const link = invite.secret;
      const options = (await post("invite/options", { link })).json();
      const made = await post("invite", { link, name: "laptop", response: device.create(options) });
      assert.equal(made.statusCode, 200, made.body);
      assert.match(String(made.headers["set-cookie"]), /^sandbank_console=[^;]{43};/);
      assert.ok(!made.body.includes(String(made.headers["set-cookie"]).slice(17, 60)));

      const asked = (await post("passkey/options")).json();
      const signed = await post("passkey", { face: "console", response: device.get(asked) });
      assert.equal(signed.statusCode, 200, signed.body);
      const cookie = String(signed.headers["set-cookie"]).split(";")[0] ?? "";
      const { csrf } = signed.json() as { csrf: string };
      const headers = { cookie, "x-csrf-token": csrf };
      const again = (await post("step-up/options", undefined, headers)).json();
      const confirmed = await post("step-up", { response: device.get(again) }, headers);
      assert.equal(confirmed.statusCode, 200, confirmed.body);
      const replay = await post("step-up", { response: device.get(again) }, headers);
      assert.equal(problem(replay).code, "passkey_not_verified");
      const listed = await send("/api/session/passkeys", { headers: { cookie } });
      assert.equal((listed.json() as { passkeys: { name: string }[] }).passkeys[0]?.name, "laptop");
    });
  });

  describe("the door", () => {
    test("tells a wrong method from a wrong address", async () => {
      const wrong = await send("/api/trial/payments", { headers: withKey() });
      assert.equal(problem(wrong).code, "method_not_offered");
      assert.deepEqual([wrong.statusCode, wrong.headers["allow"]], [405, "POST"]);
      assert.equal((await send("/api/trial/payment", { headers: withKey() })).statusCode, 404);
    });

    test("where nobody must be signed in, a session that is not meant is left out", async () => {
      const { cookie, csrf } = await signIn("console");
      const body = { even: 2 };
      const headers = { cookie };
      const silent = await send("/api/trial/refined", { method: "POST", body, headers });
      assert.equal((silent.json() as { who: string }).who, "visitor");
      const meant = { cookie, "x-csrf-token": csrf };
      const told = await send("/api/trial/refined", { method: "POST", body, headers: meant });
      assert.notEqual((told.json() as { who: string }).who, "visitor");
    });

    test("answers what is no HTTP with a bare no, and finishes what is under way when closing", async () => {
      const started = Promise.withResolvers<void>();
      const go = Promise.withResolvers<void>();
      const slow = route({
        method: "GET",
        path: "/api/slow",
        summary: { zh: "慢", en: "Slow" },
        auth: "none",
        answer: z.object({ done: z.boolean() }),
        handle: async () => {
          started.resolve();
          await go.promise;
          return { done: true };
        },
      });
      const server = await httpServer({ routes: [slow], identity: trial.identity });
      const at = await server.listen({ port: 0 });
      assert.ok("port" in at);
      const garbage = connect(at.port, at.host);
      garbage.end("\u0001 not http\r\n\r\n");
      const said = await garbage.setEncoding("utf8").toArray();
      assert.match(said.join(""), /^HTTP\/1.1 400 Bad Request/);
      const answer = fetch(`${at.origin}/api/slow`);
      await started.promise;
      const closed = server.close();
      go.resolve();
      assert.deepEqual(await (await answer).json(), { done: true });
      await closed;
    });

    test("answers to its own names only", async () => {
      for (const host of ["localhost:8080", "127.0.0.1", "[::1]:80", "LOCALHOST"]) {
        assert.equal((await send("/healthz", { headers: { host } })).statusCode, 200, host);
      }
      for (const host of [
        "evil.test",
        "localhost.evil.test",
        "127.0.0.1.nip.io",
        "localhost:x",
        "a b",
      ]) {
        assert.equal((await send("/healthz", { headers: { host } })).statusCode, 421, host);
      }
    });

    test("every answer carries the headers that keep a browser safe", async () => {
      for (const url of ["/healthz", "/api/nowhere", "/zh/trial", "/assets/app.js", "/nowhere"]) {
        const { headers } = await send(url);
        assert.equal(headers["x-content-type-options"], "nosniff", url);
        assert.equal(headers["referrer-policy"], "no-referrer", url);
        const policy = String(headers["content-security-policy"]);
        assert.match(policy, /^default-src 'none'; frame-ancestors 'none'/, url);
        assert.ok(!policy.includes("unsafe"), url);
      }
    });

    test("slows whoever comes too fast, each by himself", async () => {
      const rates = {
        visitor: { per_second: 0.01, burst: 2 },
        principal: { per_second: 0.01, burst: 3 },
      };
      const slow = await httpTrial({ rates });
      const id = "01990000-0000-7000-8000-000000000001";
      const get = (headers: Record<string, string>) =>
        slow.server.inject({
          url: `/api/trial/payments/${id}`,
          headers: { host: "localhost", ...headers },
        });
      const statuses = async (headers: Record<string, string>, n: number) => {
        const seen: number[] = [];
        for (let i = 0; i < n; i++) seen.push((await get(headers)).statusCode);
        return seen;
      };
      assert.deepEqual(await statuses({}, 3), [200, 200, 429]);
      const key = { authorization: `Bearer ${slow.key}` };
      assert.deepEqual(await statuses(key, 4), [200, 200, 200, 429]);
      const last = await get(key);
      assert.equal(last.headers["retry-after"], "100");
      assert.match(problem(last).remedy, /100/);
      await slow.end();
    });

    test("keeps metrics from strangers and logs no secret", async () => {
      const near = await send("/metrics");
      assert.match(
        near.body,
        /sandbank_http_request_seconds_bucket.*route="POST \/api\/trial\/payments"/,
      );
      assert.match(near.body, /sandbank_http_refusals_total\{code="contract_not_met"/);
      const guarded = await httpTrial({ metrics: "administrator" });
      const headers = { host: "localhost" };
      assert.equal((await guarded.server.inject({ url: "/metrics", headers })).statusCode, 403);
      await guarded.end();
      assert.ok(!/sandbank_console=|Bearer sbk_/.test(lines.join("")));
    });

    test("requests are counted for whom their route says, refused ones too, and for nobody else", async () => {
      for (const end of ["limit", "conflict", "no-such-end"]) {
        assert.equal((await send(`/api/trial/ends/${end}`, { method: "POST" })).statusCode, 401);
      }
      const { body } = await send("/metrics");
      assert.match(body, /status="401",counted_for="those_with_limits"/);
      const names = [...body.matchAll(/counted_for="([^"]*)"/g)].map(([, of]) => of);
      assert.deepEqual(new Set(names), new Set(["", "those_with_limits"]));
    });

    test("a port that is taken is said in a sentence", async () => {
      const first = await trial.server.listen({ port: 0 });
      assert.ok("port" in first);
      const { identity } = trial;
      const second = await httpServer({ routes: [], identity });
      const answer = await second.listen({ port: first.port });
      assert.ok("code" in answer);
      assert.equal(answer.code, "port_in_use");
      assert.equal(answer.params?.["port"], String(first.port));
      await second.close();
      const real = await fetch(`${first.origin}/healthz`);
      assert.deepEqual(await real.json(), { ok: true, parts: {} });
    });
  });
});
