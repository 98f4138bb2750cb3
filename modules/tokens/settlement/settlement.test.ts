/** P4.1: requestors are paid by the day: files that anybody can check, and books that agree to the fen. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { readNote, readVerifier, signedBy } from "@sandbank/kernel/evidence";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { asker } from "../testing/asker.ts";
import { type Bed, CONSENT, furnishedBed, ISSUER, payment, roomy, SIGNER } from "../testing/bed.ts";
import { SHOPS, tokensBed, TRAVEL, TRID, TUESDAY } from "../testing/bed.ts";
import { csvField, partsOf, settledOf } from "./settlement.ts";

const DAY_MS = 86_400_000;
const at = (days: number) => (TUESDAY + days * DAY_MS) as Instant;
const dayOf = (days: number) => shanghaiDate(at(days));
const issuer = { principal: ISSUER };
const travel = { principal: TRAVEL };
const FILES = "/api/settlements/{trid}/files";

interface File {
  readonly text: string;
  readonly digest: string;
  readonly signature: string;
  readonly part: number;
  readonly parts: number;
}

interface Settled {
  readonly opening: string;
  readonly captured: string;
  readonly refunded: string;
  readonly paid: string;
  readonly closing: string;
  readonly lines: readonly { kind: string; payment: string; amount: string }[];
}

test("what is owed is paid, and refunds above it are carried", () => {
  const moved = (captured: bigint, refunded: bigint) => ({
    ...{ captures: 1n, captured, refunds: 1n, refunded },
  });
  const rows = [
    [0n, 100n, 30n, 70n, 0n],
    [0n, 30n, 30n, 0n, 0n],
    [0n, 30n, 31n, 0n, -1n],
    [-1n, 1n, 0n, 0n, 0n],
    [-1n, 2n, 0n, 1n, 0n],
  ] as const;
  for (const [opening, captured, refunded, paid, closing] of rows) {
    const settled = settledOf(opening, moved(captured, refunded));
    assert.deepEqual([settled.paid, settled.closing], [paid, closing]);
  }
});

test("a file has a part for each 10,000 lines, and one if it is empty", () => {
  assert.deepEqual(
    [0n, 1n, 10_000n, 10_001n].map((lines) => partsOf(lines)),
    [1, 1, 1, 2],
  );
});

test("a field is never a formula, and a number is always a number", () => {
  const fields = ["shop", "-12", "-shop", "=1+1", "@x", "+1", 'a"b', "a,b", ""];
  assert.deepEqual(fields.map(csvField), [
    ...["shop", "-12", "'-shop", "'=1+1", "'@x", "'+1", '"a""b"', '"a,b"', ""],
  ]);
});

describe("P4.1: settling day by day", () => {
  let bed: Bed;
  let ask: ReturnType<typeof asker>;
  let token: string;
  const pays = async (amount: string) => {
    const content = payment(token, amount);
    const { payment: id } = await bed.done<{ payment: string }>(
      "tokens.authorise",
      content,
      travel,
    );
    await bed.done("tokens.capture", { payment: id, amount, final: true }, travel);
    return id;
  };
  const settle = (days: number, principal = ISSUER) =>
    ask(`POST ${FILES}`, { params: { trid: TRID }, body: { day: dayOf(days) }, principal });
  const fileOf = (days: number, form: "json" | "csv" = "json") =>
    ask<File>(`GET ${FILES}/{day}`, {
      params: { trid: TRID, day: dayOf(days) },
      query: { form },
      ...travel,
    });
  const settledOn = async (days: number) => JSON.parse((await fileOf(days)).text) as Settled;

  before(async () => {
    bed = await furnishedBed("1000000");
    ask = asker(bed);
    token = (await bed.issue()).number;
  });
  after(() => bed.end());

  test("waits until the day is over, and pays what was captured less what was refunded", async () => {
    const first = await pays("10000");
    await pays("6000");
    await bed.done("tokens.refund", { payment: first, amount: "1000" }, travel);
    assert.equal(await settle(0), "settlement_day_not_over");
    await bed.turn(at(1));
    assert.deepEqual(await settle(0), { trid: TRID, day: dayOf(0) });
    assert.equal(await settle(0), "settlement_exists");
    assert.equal(await settle(1), "settlement_day_not_over");
    assert.equal(await bed.used(`settlement/${TRID}`), 0n);
    assert.equal(await bed.used(`payout/${TRID}`), -15_000n);
    const owed = await ask("GET /api/settlements/{trid}", { params: { trid: TRID }, ...travel });
    assert.deepEqual(owed, { trid: TRID, owed: "0", held: "0" });
    await bed.booksAgree();
  });

  test("gives a file whose lines add up to what was paid, in JSON and in CSV", async () => {
    const { lines, ...control } = await settledOn(0);
    const sum = (kind: string) =>
      lines
        .filter((line) => line.kind === kind)
        .reduce((all, line) => all + BigInt(line.amount), 0n);
    assert.deepEqual([sum("capture"), sum("refund"), lines.length], [16_000n, 1_000n, 3]);
    const { opening, captured, refunded, paid, closing } = control;
    assert.deepEqual(
      [opening, captured, refunded, paid, closing],
      [...["0", "16000", "1000", "15000", "0"]],
    );
    const { text } = await fileOf(0, "csv");
    const records = text.split("\n").map((line) => line.split(","));
    assert.deepEqual(records.slice(0, 2), [
      ["control", "trid", "day", "opening", "captures", "captured", "refunds", "refunded"].concat(
        ...["paid", "closing", "part", "parts"],
      ),
      ["total", TRID, dayOf(0), "0", "2", "16000", "1", "1000", "15000", "0", "1", "1"],
    ]);
    const moved = records.filter(([kind]) => kind === "moved");
    assert.deepEqual(
      moved.map(([, kind, id, , , amount]) => ({ kind, payment: id, amount })),
      lines.map(({ kind, payment: id, amount }) => ({ kind, payment: id, amount })),
    );
  });

  test("signs each file, and a changed digit is not believed", async () => {
    const file = await fileOf(0);
    assert.equal(file.digest, createHash("sha256").update(file.text).digest("hex"));
    const { keys } = await ask<{ keys: string[] }>("GET /api/bank-keys");
    assert.deepEqual(keys, [SIGNER.vkey]);
    const verifier = readVerifier(keys[0] ?? "");
    assert(!isRefusal(verifier));
    const believed = (text: string) => {
      const note = readNote(`${text}\n${file.signature}`);
      return !isRefusal(note) && signedBy(note, verifier) !== undefined;
    };
    assert.equal(believed(file.text), true);
    assert.equal(believed(file.text.replace("15000", "15001")), false);
    assert.deepEqual(await fileOf(0), file);
  });

  test("carries refunds above captures, and refuses a day before the one that waits", async () => {
    const early = await pays("100");
    await bed.done("tokens.refund", { payment: early, amount: "100" }, travel);
    await bed.turn(at(2));
    const late = await pays("700");
    await bed.turn(at(3));
    assert.equal(await settle(2), "settlement_out_of_order");
    await settle(1);
    await settle(2);
    await bed.done("tokens.refund", { payment: late, amount: "700" }, travel);
    await bed.turn(at(4));
    await settle(3);
    assert.deepEqual([(await settledOn(3)).paid, (await settledOn(3)).closing], ["0", "-700"]);
    await pays("1000");
    await bed.turn(at(5));
    await settle(4);
    const { opening, paid, closing } = await settledOn(4);
    assert.deepEqual([opening, paid, closing], ["-700", "300", "0"]);
    assert.equal(await bed.used(`settlement/${TRID}`), 0n);
    await bed.booksAgree();
  });

  test("states all settled days, newest first, and a day on which nothing moved has a file", async () => {
    await bed.turn(at(7));
    await settle(6);
    assert.deepEqual((await settledOn(6)).lines, []);
    const params = { trid: TRID };
    const { days } = await ask<{ days: { day: string }[] }>(`GET ${FILES}`, { params, ...travel });
    assert.deepEqual(
      days.map(({ day }) => day),
      [6, 4, 3, 2, 1, 0].map(dayOf),
    );
    const query = { before: dayOf(3) };
    const older = await ask<{ days: unknown[] }>(`GET ${FILES}`, { params, query, ...travel });
    assert.equal(older.days.length, 3);
    assert.equal(await settle(5), "settlement_exists");
  });

  test("is for the bank and for whose it is: others hear that there is none", async () => {
    const params = { trid: TRID, day: dayOf(0) };
    const foreign = await ask(`GET ${FILES}/{day}`, { params, principal: SHOPS });
    assert.equal(foreign, "requestor_unknown");
    const list = { params: { trid: TRID }, principal: SHOPS };
    assert.equal(await ask(`GET ${FILES}`, list), "requestor_unknown");
    assert.equal(await settle(6, TRAVEL), "role_may_not");
    const absent = { params: { trid: TRID, day: "2060-02-30" }, ...travel };
    assert.equal(await ask(`GET ${FILES}/{day}`, absent), "settlement_file_absent");
    const before = { params: { trid: TRID }, query: { before: "2060-06-31" }, ...travel };
    assert.deepEqual(await ask(`GET ${FILES}`, before), { days: [], next: null });
    const part = { params, query: { part: "2" }, ...travel };
    assert.equal(await ask(`GET ${FILES}/{day}`, part), "settlement_file_absent");
  });

  test("is refused by the database where a day does not add up or is closed twice", async () => {
    const ADD = statement(
      "test.add_settlement",
      `insert into tokens.settlement values (1, $1, $2, 0, 1, 100, 0, 0, $3, $4, '2060-01-01Z')`,
    );
    const add = (paid: number, closing: number, day = "2059-01-01") =>
      bed.owner.query(ADD, [TRID, day, paid, closing]);
    await assert.rejects(add(100, 1), { sqlState: "23514" });
    await assert.rejects(add(99, 1), { sqlState: "23514" });
    await assert.rejects(add(100, 0, dayOf(0)), { sqlState: "23505" });
  });
});

test("a file of several partitions is whole only once all have settled", async (t) => {
  const bed = await tokensBed(3);
  t.after(() => bed.end());
  await bed.put(roomy);
  await bed.turn(TUESDAY);
  const ask = asker(bed);
  const name = { zh: "演示机构（虚构）", en: "Demo firm (fictional)" };
  await ask("POST /api/requestors", {
    body: { trid: TRID, organisation: "farsail", name },
    ...issuer,
  });
  for (const partition of bed.partitions.all) {
    await bed.byTwo("tokens.activate_requestor", { trid: TRID }, partition);
  }
  const lists = { merchants: [], mccs: [], channels: [] };
  await ask("POST /api/scenes", { body: { id: "travel", trid: TRID, ...lists, name }, ...issuer });
  for (const holder of ["wang-min", "li-nalin", "zhao"]) {
    const plastic = { holder, number: "9999020000000000", expires: "2069-12" };
    const { id: card } = await ask<{ id: string }>("POST /api/cards", { body: plastic });
    await ask("POST /api/cards/{id}/funds", {
      params: { id: card },
      body: { amount: "9000" },
      ...issuer,
    });
    const wanted = { holder, card, scenes: ["travel"], controls: {}, consent: CONSENT };
    const { number } = await ask<{ number: string }>("POST /api/tokens", { body: wanted });
    const body = payment(number, "3000");
    const { payment: id } = await ask<{ payment: string }>("POST /api/authorisations", {
      body,
      ...travel,
    });
    const taking = { params: { id }, body: { amount: "3000", final: true }, ...travel };
    await ask("POST /api/authorisations/{id}/captures", taking);
  }
  await bed.turn(at(1));
  const content = { trid: TRID, day: dayOf(0) };
  await bed.done("tokens.settle", content, { ...issuer, partition: 2 });
  const file = { params: content, ...travel };
  assert.equal(await ask(`GET ${FILES}/{day}`, file), "settlement_file_absent");
  await ask(`POST ${FILES}`, { params: { trid: TRID }, body: { day: dayOf(0) }, ...issuer });
  const { text } = await ask<File>(`GET ${FILES}/{day}`, file);
  const { paid, lines } = JSON.parse(text) as Settled;
  assert.deepEqual([paid, lines.length], ["9000", 3]);
  await bed.booksAgree();
});
