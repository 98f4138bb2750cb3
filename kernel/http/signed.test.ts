/**
 * Signed requests through the whole edge over a real identity: what passes, and every way in which
 * one does not, with its code; that nothing of a signature is logged; and who the signer is.
 */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Instant, machineNow, toIso } from "../clock/index.ts";
import { openLog } from "./log.ts";
import type { Problem } from "./problem.ts";
import { type HttpTrial, httpTrial } from "./sample/trial.ts";

const HOUR_MS = 3_600_000;
const lines: string[] = [];
describe("signed requests", () => {
  let trial: HttpTrial;

  interface Pair {
    readonly id: string;
    readonly raw: Buffer;
    readonly privateKey: KeyObject;
  }

  function draw(): Pair {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = Buffer.from(String(publicKey.export({ format: "jwk" }).x), "base64url");
    return { id: createHash("sha256").update(raw).digest("hex"), raw, privateKey };
  }

  const mine = draw();
  const next = draw();
  const ended = draw();
  const old = draw();
  const at = (ms: number) => toIso((machineNow() + ms) as Instant);

  before(async () => {
    const log = openLog({ level: "debug", to: { write: (line) => void lines.push(line) } });
    trial = await httpTrial({}, { log });
    const lasting = { created: at(-HOUR_MS), expires: at(HOUR_MS) };
    await trial.enrol(mine.raw, lasting);
    await trial.enrol(next.raw, lasting);
    await trial.enrol(ended.raw, { ...lasting, ended: at(-HOUR_MS / 2) });
    await trial.enrol(old.raw, { created: at(-2 * HOUR_MS), expires: at(-HOUR_MS) });
  });
  after(() => trial.end());

  interface Sending {
    readonly method?: "GET" | "POST";
    readonly url?: string;
    readonly body?: string;
    readonly by?: Pair;
    /** How many seconds ago it was signed; 0 unless told. */
    readonly ago?: number;
    readonly more?: Record<string, string>;
    /** Changes what is sent after it was signed. */
    readonly change?: (sent: {
      headers: Record<string, string>;
      body: string;
      url: string;
    }) => void;
  }

  const PERMIT = "/api/trial/permits/act-1";
  const BODY = '{"amount":"38600"}';
  const seconds = () => Math.floor(machineNow() / 1_000);

  function digestOf(body: string): string {
    return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  }

  /** A request as a stranger signs it, written from the standard and not from our code. */
  async function send(sending: Sending = {}) {
    const { method = "POST", url = PERMIT, body = BODY, by = mine, change } = sending;
    const own = { host: "localhost", ...sending.more };
    const content =
      body === "" ? {} : { "content-type": "application/json", "content-digest": digestOf(body) };
    const headers: Record<string, string> = { ...own, ...content };
    const sentToo = ["content-digest", "idempotency-key"].filter((name) => name in headers);
    const components = ["@method", "@target-uri", ...sentToo];
    const names = components.map((name) => `"${name}"`).join(" ");
    const params = `(${names});created=${seconds() - (sending.ago ?? 0)};keyid="${by.id}"`;
    const values: Record<string, string> = {
      ...{ "@method": method, "@target-uri": `http://localhost${url}` },
      ...headers,
    };
    const covered = components.map((name) => `"${name}": ${values[name]}`);
    const text = [...covered, `"@signature-params": ${params}`].join("\n");
    const value = sign(null, Buffer.from(text), by.privateKey).toString("base64");
    const sent = {
      headers: { ...headers, "signature-input": `s=${params}`, signature: `s=:${value}:` },
      ...{ body, url },
    };
    change?.(sent as Parameters<typeof change>[0]);
    const payload = sent.body === "" ? {} : { payload: sent.body };
    return trial.server.inject({ method, url: sent.url, headers: sent.headers, ...payload });
  }

  async function codeOf(sending: Sending): Promise<string> {
    const answer = await send(sending);
    if (answer.statusCode < 400) return "taken";
    assert.ok([400, 401].includes(answer.statusCode), answer.body);
    return (JSON.parse(answer.body) as Problem).code;
  }

  describe("a signed request", () => {
    test("acts for the line of its key, as the bearer key of that name does", async () => {
      const answer = await send();
      assert.equal(answer.statusCode, 200, answer.body);
      const { who, body } = answer.json() as { who: { id: string }; body: object };
      const headers = { host: "localhost", authorization: `Bearer ${trial.key}` };
      const payload = { amount: "38600" };
      const plain = await trial.server.inject({ method: "POST", url: PERMIT, headers, payload });
      assert.deepEqual(who, (plain.json() as { who: object }).who);
      assert.deepEqual(body, { amount: "38600", scene: "shop" });
    });

    test("is the same for the key that follows, while both hold", async () => {
      const [one, other] = [await send(), await send({ by: next })];
      assert.deepEqual(other.json(), one.json());
    });

    test("needs no body, may have a query, and may read", async () => {
      assert.equal(await codeOf({ url: `${PERMIT}/cancel`, body: "" }), "taken");
      assert.equal(await codeOf({ url: `${PERMIT}?a=1&b=%20` }), "taken");
      const id = "01990000-0000-7000-8000-000000000001";
      assert.equal(
        await codeOf({ method: "GET", url: `/api/trial/payments/${id}`, body: "" }),
        "taken",
      );
    });

    test("sent once more word for word is taken once more: the act's id is in what is signed", async () => {
      const sent: object[] = [];
      const keep = (one: object) => void sent.push(structuredClone(one));
      const one = await send({ change: keep });
      const again = await send({ change: (other) => Object.assign(other, sent[0]) });
      assert.deepEqual(again.json(), one.json());
    });
  });

  describe("a signed request is refused", () => {
    const rows: readonly (readonly [string, Sending, string])[] = [
      [
        "if its body was changed",
        { change: (sent) => (sent.body = '{"amount":"38601"}') },
        "content_digest_differs",
      ],
      [
        "if its body was taken away",
        { change: (sent) => (sent.body = "") },
        "content_digest_differs",
      ],
      [
        "if a body was added",
        {
          url: `${PERMIT}/cancel`,
          body: "",
          change: (sent) => Object.assign(sent, { body: BODY, headers: typed(sent) }),
        },
        "content_digest_needed",
      ],
      [
        "if body and digest were changed",
        {
          change: (sent) =>
            Object.assign(sent, {
              body: "{}",
              headers: { ...sent.headers, "content-digest": digestOf("{}") },
            }),
        },
        "request_signature_wrong",
      ],
      [
        "if its address was changed",
        { change: (sent) => (sent.url = "/api/trial/permits/act-2") },
        "request_signature_wrong",
      ],
      [
        "if a query was added",
        { change: (sent) => (sent.url += "?a=1") },
        "request_signature_wrong",
      ],
      [
        "if an id was added",
        { change: (sent) => (sent.headers["idempotency-key"] = "other") },
        "signature_component_needed",
      ],
      [
        "if it comes with a key too",
        { more: { authorization: "Bearer x" } },
        "signature_beside_a_key",
      ],
      [
        "if half of it is missing",
        { change: (sent) => delete sent.headers["signature"] },
        "signature_header_malformed",
      ],
      ["too late", { ago: 310 }, "signature_too_old"],
      ["too early", { ago: -60 }, "signature_ahead_of_time"],
      ["by a key that nobody enrolled", { by: draw() }, "request_key_unknown"],
      [
        "by a key under another's id",
        { by: { ...draw(), id: mine.id } },
        "request_signature_wrong",
      ],
      ["by an id that is none", { by: { ...mine, id: "test-key" } }, "request_key_unknown"],
      ["by a key that was ended", { by: ended }, "request_key_ended"],
      ["by a key past its time", { by: old }, "request_key_expired"],
      [
        "in the name of an ended key by somebody else",
        { by: { ...draw(), id: ended.id } },
        "request_signature_wrong",
      ],
      [
        "where acting twice would be two acts",
        { url: "/api/trial/payments" },
        "signature_not_taken_here",
      ],
      ["where its id is not said", { url: "/api/trial/beats", body: "" }, "idempotency_key_needed"],
    ];
    for (const [name, sending, code] of rows) {
      test(`${name}: ${code}`, async () => assert.equal(await codeOf(sending), code));
    }

    test("and with its id said and covered it is taken", async () => {
      const beat = { url: "/api/trial/beats", body: "", more: { "idempotency-key": "beat-1" } };
      const answer = await send(beat);
      assert.deepEqual(answer.json(), { id: "beat-1" });
    });
  });

  function typed({ headers }: { headers: Record<string, string> }): Record<string, string> {
    return { ...headers, "content-type": "application/json" };
  }

  test("the API document says where signed requests are taken, and how they are made", () => {
    const { paths, components } = trial.server.openapi as {
      paths: Record<string, Record<string, { security: object[]; "x-signed"?: string }>>;
      components: { securitySchemes: { signature: { description: string } } };
    };
    const of = (path: string) => paths[path]?.["post"];
    assert.deepEqual(of("/api/trial/permits/{id}")?.security, [{ key: [] }, { signature: [] }]);
    assert.equal(of("/api/trial/beats")?.["x-signed"], "act_in_key");
    assert.ok(!JSON.stringify(of("/api/trial/payments")?.security).includes("signature"));
    assert.match(components.securitySchemes.signature.description, /RFC 9421/);
  });

  test("no signature is logged, whatever became of its request", async () => {
    assert.equal((await send()).statusCode, 200);
    assert.equal((await send({ url: "/api/trial/ends/fault", body: "" })).statusCode, 401);
    const said = lines.join("");
    assert.ok(said.includes("POST /api/trial/permits/{id}"), "answered requests are logged");
    assert.ok(!/keyid|s=:|signature-params/.test(said));
  });
});
