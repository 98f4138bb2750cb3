/**
 * Mail and text messages over real sockets: a real SMTP server and a gateway of the form that we
 * define, that take, refuse, fail and fall silent. What is asked of a post office is asked of both.
 */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { outside } from "@sandbank/kernel/outside";
import type { Notice } from "@sandbank/sandbox";
import { SMTPServer } from "smtp-server";
import { mailer } from "./mail.ts";
import { postOffice } from "./office.ts";
import { texter } from "./sms.ts";

const LOOPBACK = { inside: ["127.0.0.0/8"] };
const NEVER_ENDED = new AbortController().signal;
const ID = "0123456789abcdef0123456789abcdef";
const MAIL: Notice = {
  ...{ kind: "mail", to: "lin@bank.example", id: ID, lang: "zh" },
  ...{
    subject: "[沙岸] 登记了一起事件：支付中断\r\nBcc: x@y.example",
    text: "在收件箱中查看：http://localhost/\n.\n",
  },
};
const SMS: Notice = {
  kind: "sms",
  to: "+8613900000000",
  id: ID,
  lang: "en",
  text: "[Sandbank] Hi",
};

const said = async (sending: Promise<string>) =>
  sending.catch((error: unknown) => (error as Error).message);

describe("mail", () => {
  const got: { from: string; to: string[]; raw: string }[] = [];
  /** What the server answers to the recipient: a code of SMTP, or nothing against him. */
  let answer: number | undefined;
  let server: SMTPServer;
  let port: number;
  before(async () => {
    server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      onRcptTo(_address, _session, callback) {
        if (answer === undefined) return callback();
        callback(Object.assign(new Error("no lin@bank.example here"), { responseCode: answer }));
      },
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? "" : mailFrom.address;
          const to = rcptTo.map(({ address }) => address);
          got.push({ from, to, raw: Buffer.concat(chunks).toString("utf8") });
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    port = (server.server.address() as AddressInfo).port;
  });
  after(() => new Promise<void>((resolve) => void server.close(resolve)));

  const send = (more: object = {}, list = LOOPBACK) => {
    const from = "notices@sandbank.example";
    const to = { host: "localhost", port, secure: false, from, ...more };
    return said(mailer(to, outside(list))(MAIL, NEVER_ENDED));
  };

  test("arrives once, to one recipient, in plain text, under an id that is the same each time", async () => {
    answer = undefined;
    assert.equal(await send({ host: "127.0.0.1" }), "taken");
    assert.equal(await send({ host: "127.0.0.1" }), "taken");
    assert.equal(got.length, 2);
    for (const { from, to, raw } of got) {
      assert.deepEqual([from, to], ["notices@sandbank.example", ["lin@bank.example"]]);
      assert.match(raw, new RegExp(`^Message-ID: <${ID}@sandbank\\.example>\r$`, "im"));
      assert.match(raw, /^Content-Type: text\/plain; charset=utf-8\r$/im);
      assert.match(raw, /^Auto-Submitted: auto-generated\r$/im);
      assert.ok(!/^Bcc:/im.test(raw), "a subject adds no header");
    }
  });

  test("that the server will never take is refused; what it may take later is tried again", async () => {
    for (const [code, outcome] of [
      [550, /^refused$/],
      [553, /^refused$/],
      [450, /^the mail server did not take it: EENVELOPE 450$/],
      [421, /^the mail server did not take it/],
    ] as const) {
      answer = code;
      const heard = await send({ host: "127.0.0.1" });
      assert.match(heard, outcome);
      assert.ok(!heard.includes("lin@"), "no address in what is kept");
    }
  });

  test("is not sent to a server that points inside, nor without TLS beyond the inside", async () => {
    assert.match(await send({ host: "127.0.0.1" }, { inside: [] }), /outside_address_private/);
    const resolve = async () => [{ address: "127.0.0.1" }];
    const from = "notices@sandbank.example";
    const rebound = mailer(
      { host: "mail.example", port, secure: false, from },
      outside({ inside: [], resolve }),
    );
    assert.match(await said(rebound(MAIL, NEVER_ENDED)), /outside_address_private/);
    const open = {
      pin: async (host: string) => ({ host, addresses: ["127.0.0.1"] as const, inside: false }),
    };
    const plain = mailer({ host: "mail.example", port, secure: false, from }, open);
    answer = undefined;
    const count = got.length;
    assert.match(await said(plain(MAIL, NEVER_ENDED)), /did not take it: E?TLS|did not take it/);
    assert.equal(got.length, count, "nothing went out unencrypted");
  });

  test("finds nobody where no server is", async () => {
    const none = await send({ host: "127.0.0.1", port: 1 });
    assert.match(none, /^the mail server did not take it: E/);
  });
});

describe("a text message", () => {
  const got: { headers: Record<string, unknown>; body: unknown; url: string }[] = [];
  let status = 201;
  let server: Server;
  let url: string;
  before(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        got.push({ headers: request.headers, body: JSON.parse(text), url: request.url ?? "" });
        response.writeHead(status, { "content-type": "application/json" }).end('{"id":"1"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const send = (list = LOOPBACK) =>
    said(texter({ url, key: "gateway-key" }, outside(list))(SMS, NEVER_ENDED));

  test("is handed to the gateway with its key and an id that is the same each time", async () => {
    assert.equal(await send(), "taken");
    assert.equal(await send(), "taken");
    assert.deepEqual(
      got.map((one) => [one.url, one.headers["idempotency-key"], one.headers["authorization"]]),
      [1, 2].map(() => ["/v1/messages", ID, "Bearer gateway-key"]),
    );
    assert.deepEqual(got[0]?.body, { to: SMS.to, text: SMS.text });
  });

  test("is refused, or tried again, by what the gateway answers", async () => {
    for (const [code, outcome] of [
      ...[202, 200, 409].map((one) => [one, "taken"] as const),
      ...[400, 410, 422].map((one) => [one, "refused"] as const),
      ...[401, 403, 404, 429, 500, 503, 302].map(
        (one) => [one, `the gateway did not take it: ${one}`] as const,
      ),
    ]) {
      status = code;
      assert.equal(await send(), outcome, String(code));
    }
  });

  test("goes nowhere inside that is not listed, and needs https beyond it", async () => {
    const count = got.length;
    assert.match(await send({ inside: [] }), /outside_address_private/);
    const beyond = outside({ inside: [], resolve: async () => [{ address: "8.8.8.8" }] });
    const plain = texter({ url: "http://gateway.example/v1" }, beyond)(SMS, NEVER_ENDED);
    assert.equal(await said(plain), "the gateway is not called: outside_needs_https");
    assert.equal(got.length, count);
    const none = texter({ url: "http://127.0.0.1:1" }, outside(LOOPBACK));
    assert.equal(await said(none(SMS, NEVER_ENDED)), "the gateway was not reached: ECONNREFUSED");
  });
});

test("where nothing is set up there is no post office", () => {
  const identity = { mode: "live", presentRoles: async () => [] } as const;
  const site = () => "https://sandbank.example";
  const joined = { identity, site, codeKey: new Uint8Array(32) };
  assert.equal(postOffice({ inside: [] }, joined), undefined);
  const office = postOffice({ inside: [], sms: { url: "https://gateway.example" } }, joined);
  assert.deepEqual(office?.kinds, ["sms"]);
  assert.equal(office.inbox("zh"), "https://sandbank.example/zh/console/inbox");
});
