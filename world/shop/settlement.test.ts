/** A shop's reading of settlement files against a bank of its own: believed, added up, compared. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { BankKey, differences, fetchFile, OrderBook, SandbankClient } from "../index.ts";
import { placed } from "./order.ts";

const TRID = "10100000001";
const DAY = "2026-11-24";
const NAME = "bank.example/bank";
const pair = generateKeyPairSync("ed25519");
const raw = Buffer.from(String(pair.publicKey.export({ format: "jwk" }).x), "base64url");
const typed = Buffer.concat([Buffer.of(1), raw]);
const id = createHash("sha256").update(`${NAME}\n`).update(typed).digest().subarray(0, 4);
const bank = new BankKey(`${NAME}+${id.toString("hex")}+${typed.toString("base64")}`);

const line = (text: string) => {
  const bytes = Buffer.concat([id, sign(null, Buffer.from(text), pair.privateKey)]);
  return `— ${NAME} ${bytes.toString("base64")}\n`;
};

const TOTALS = {
  ...{ trid: TRID, day: DAY, opening: "-5", captures: "2", captured: "300", refunds: "1" },
  ...{ refunded: "40", paid: "255", closing: "0" },
};
const LINES = [
  { kind: "capture", payment: "p-1", amount: "100" },
  { kind: "capture", payment: "p-2", amount: "200" },
  { kind: "refund", payment: "p-2", amount: "40" },
] as const;

const json = (lines: readonly object[], totals: object = TOTALS) =>
  `${JSON.stringify({ ...totals, lines })}\n`;
const csv = (lines: readonly (typeof LINES)[number][]) =>
  [
    ["control", ...Object.keys(TOTALS)],
    ["total", ...Object.values(TOTALS)],
    ["line", "kind", "payment", "amount"],
    ...lines.map(({ kind, payment, amount }) => ["moved", kind, payment, amount]),
  ]
    .map((record) => `${record.join(",")}\n`)
    .join("");

/** A bank that serves these parts; `signed` says what it signs in place of a part's text. */
async function bankOf(t: TestContext, parts: readonly string[], signed = (text: string) => text) {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "", "http://bank.example").searchParams.get("part");
    const text = parts[Number(asked) - 1] ?? "";
    const digest = createHash("sha256").update(text).digest("hex");
    const body = { text, digest, signature: line(signed(text)), parts: parts.length };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return new SandbankClient({ origin: `http://127.0.0.1:${port}`, key: "key" });
}

const asked = { trid: TRID, day: DAY, bank };

/** A book of two payments as the files have them, but for `more` captured of the second. */
function bookOf(more = 0n): OrderBook {
  const book = new OrderBook();
  const basket = {
    token: "9",
    article: "a",
    merchant: "m",
    mcc: "4511",
    channel: "app",
    scene: "s",
  };
  const order = (number: string, amount: bigint) => placed({ ...basket, number, amount });
  book.write({ ...order("1", 100n), payment: "p-1", captured: 100n, state: "captured" });
  const second = { payment: "p-2", captured: 200n + more, refunded: 40n };
  book.write({ ...order("2", 300n), ...second, state: "captured" });
  book.write({ ...order("3", 9n), payment: "p-3", state: "voided" });
  return book;
}

test("a file agrees with the book in both forms and over several parts, to the fen", async (t) => {
  const [first, ...rest] = LINES;
  const inParts = await bankOf(t, [json([first]), json(rest)]);
  const whole = await bankOf(t, [csv(LINES)]);
  const files = [
    await fetchFile(inParts, { ...asked, form: "json" }),
    await fetchFile(whole, { ...asked, form: "csv" }),
  ];
  assert.deepEqual(files[0], files[1]);
  assert.deepEqual(differences(bookOf(), files.slice(1)), []);
});

test("a fen that differs is found with its payment, and so is a payment that one side lacks", async (t) => {
  const file = await fetchFile(await bankOf(t, [json(LINES)]), { ...asked, form: "json" });
  assert.deepEqual(differences(bookOf(1n), [file]), [
    { payment: "p-2", book: [201n, 40n], files: [200n, 40n] },
  ]);
  assert.deepEqual(
    differences(new OrderBook(), [file]).map(({ payment }) => payment),
    ["p-1", "p-2"],
  );
});

for (const [what, parts, signed] of [
  ["whose text was changed after it was signed", [json(LINES)], (text: string) => `${text} `],
  ["whose lines are not what its totals say", [json(LINES.slice(1))], undefined],
  ["that pays more than is due", [json(LINES, { ...TOTALS, paid: "256" })], undefined],
  ["of another day", [json(LINES, { ...TOTALS, day: "2026-11-25" })], undefined],
  ["that lacks a part", [json(LINES.slice(0, 1)), json([])], undefined],
] as const) {
  test(`a file ${what} is not believed`, async (t) => {
    const client = await bankOf(t, parts, signed);
    const fetched = fetchFile(client, { ...asked, form: "json" });
    await assert.rejects(fetched, { name: "NotUnderstood" });
  });
}
