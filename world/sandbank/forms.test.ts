/** A stranger at the form edge of a bank of its own: lost, unknown and unsigned answers over real sockets. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { BankKey, FormClient, RequestSigner } from "../index.ts";
import { digestOf } from "./forms.ts";

const NAME = "bank.example/bank";
const pair = generateKeyPairSync("ed25519");
const raw = Buffer.from(String(pair.publicKey.export({ format: "jwk" }).x), "base64url");
const typed = Buffer.concat([Buffer.of(1), raw]);
const id = createHash("sha256").update(`${NAME}\n`).update(typed).digest().subarray(0, 4);
const bank = new BankKey(`${NAME}+${id.toString("hex")}+${typed.toString("base64")}`);

const ASKED = {
  txnType: "01",
  merId: "LANTERN-LOAN",
  orderId: "L0000001",
  txnTime: "20260101090000",
  more: { txnAmt: "100" },
} as const;

type Step = "cut" | "unsigned" | { readonly respCode: string };

/** A bank that answers each request by the next step, and keeps what it was sent. */
async function bankOf(t: TestContext, steps: readonly Step[]) {
  const sent: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const step = steps[sent.length] ?? "cut";
    sent.push(body);
    if (step === "cut") return void request.socket.destroy();
    const said = { respCode: "00", ...(step === "unsigned" ? {} : step), certId: bank.id };
    const bytes = sign(null, Buffer.from(`${digestOf(said)}\n`), pair.privateKey);
    const signature = Buffer.concat([id, step === "unsigned" ? bytes.toReversed() : bytes]);
    const fields = { ...said, signature: signature.toString("base64") };
    const type = "application/x-www-form-urlencoded; charset=utf-8";
    response.writeHead(200, { "content-type": type }).end(new URLSearchParams(fields).toString());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const door = { origin, trid: "10100000002", signer: new RequestSigner(), bank };
  return { sent, client: new FormClient({ ...door, pauseMs: 1, timeoutMs: 500, triesMax: 4 }) };
}

test("the very same message is sent until an answer is heard, known and signed by the bank", async (t) => {
  const steps = ["cut", "unsigned", { respCode: "03" }, { respCode: "30" }] as const;
  const { sent, client } = await bankOf(t, steps);
  assert.equal((await client.send(ASKED)).respCode, "30");
  assert.equal(sent.length, 4);
  assert.equal(new Set(sent).size, 1);
});

test("a bank that never answers is given up on after the last try", async (t) => {
  const { sent, client } = await bankOf(t, []);
  await assert.rejects(client.send(ASKED), { name: "NotReached" });
  assert.equal(sent.length, 4);
});
