/** Cryptograms on the real guard and PostgreSQL: bound, spent once, and spent by a "no" too. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Instant } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import { type Bed, CARD, CODES, furnishedBed, HOLDER, ISSUER, payment } from "../testing/bed.ts";
import { SHOPS, TRAVEL, TRID, TUESDAY } from "../testing/bed.ts";
import { type Cryptogram, objectionTo, type Presented } from "./cryptogram.ts";
import { codeOf, CRYPTOGRAM_MS } from "./cryptogram.ts";

const CLIENTS = 64;
const coarse = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

interface Made {
  readonly counter: number;
  readonly organisation: string;
}

/** Asks for a cryptogram as the holder's app does and computes its code as the route does. */
async function brought(bed: Bed, token: string, amount: string) {
  const asked = { token, holder: HOLDER, scene: "travel", amount, currency: "CNY" };
  const { counter, organisation } = await bed.done<Made>("tokens.make_cryptogram", asked);
  const bound = { counter, scene: "travel", organisation, amount: BigInt(amount), currency: "CNY" };
  return { counter: String(counter), code: codeOf(CODES, token, bound) };
}

const SPENT = statement(
  "test.spent",
  "select counter, act from tokens.spent_cryptogram where number = $1 order by counter",
);

describe("P4.1: a cryptogram", () => {
  let bed: Bed;
  let token: string;
  const pay = (amount: string, more: object, principal = TRAVEL) =>
    bed.act("tokens.authorise", payment(token, amount, more), { principal });
  const spent = async () => (await bed.owner.query<Made>(SPENT, [token])).map((row) => row.counter);

  before(async () => {
    bed = await furnishedBed("100000");
    const name = { zh: "须密文", en: "With cryptograms" };
    const lists = { merchants: [], mccs: [], channels: [] };
    const scene = { id: "guarded", trid: TRID, ...lists, name, cryptogram: true };
    await bed.done("tokens.register_scene", scene, { principal: ISSUER });
    token = (await bed.issue({ dayAmount: "50000" }, ["travel", "guarded"])).number;
  });
  after(() => bed.end());

  test("rises by one each time, and pays its own amount once", async () => {
    const first = await brought(bed, token, "100");
    const second = await brought(bed, token, "100");
    assert.deepEqual([first.counter, second.counter], ["1", "2"]);
    assert.notEqual(first.code, second.code);
    assert.equal(coarse(await pay("100", { cryptogram: second })), "accepted");
    assert.equal(coarse(await pay("100", { cryptogram: second })), "payment_declined");
    assert.equal(coarse(await pay("100", { cryptogram: first })), "accepted");
    assert.deepEqual(await spent(), [1, 2]);
  });

  test("is asked for in scenes that need one, and not elsewhere", async () => {
    const without = await pay("100", { scene: "guarded" });
    assert.equal(coarse(without), "payment_declined");
    assert.equal(coarse(await pay("100", {})), "accepted");
  });

  test("of a payment that the ledger refuses is spent all the same", async () => {
    const one = await brought(bed, token, "60000");
    const declined = await pay("60000", { cryptogram: one });
    assert.equal(coarse(declined), "token_day_amount_exceeded");
    assert.ok((await spent()).includes(Number(one.counter)));
    await bed.booksAgree();
  });

  test("is not spent by whoever guesses its counter, nor by another requestor", async () => {
    const one = await brought(bed, token, "100");
    const forged = { ...one, code: "0".repeat(32) };
    assert.equal(coarse(await pay("100", { cryptogram: forged })), "payment_declined");
    const other = await pay("100", { cryptogram: one }, SHOPS);
    assert.equal(coarse(other), "payment_declined");
    const more = await pay("101", { cryptogram: one });
    assert.equal(coarse(more), "payment_declined");
    assert.equal(coarse(await pay("100", { cryptogram: one })), "accepted");
  });

  test(`shown by ${CLIENTS} at once admits exactly one`, async () => {
    const one = await brought(bed, token, "200");
    const before = await bed.used(`card/${CARD}`);
    const outcomes = await Promise.all(
      Array.from({ length: CLIENTS }, (_, n) =>
        pay("200", { cryptogram: one, reference: `replay-${n}` }),
      ),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === "accepted").length, 1);
    const others = new Set(outcomes.map(coarse));
    assert.deepEqual([...others].toSorted(), ["accepted", "payment_declined"]);
    assert.equal(await bed.used(`card/${CARD}`), before + 200n);
    const counters = (await spent()).filter((counter) => counter === Number(one.counter));
    assert.equal(counters.length, 1);
  });

  test(`asked for by ${CLIENTS} at once gets ${CLIENTS} counters, none twice`, async () => {
    const all = await Promise.all(Array.from({ length: CLIENTS }, () => brought(bed, token, "1")));
    assert.equal(new Set(all.map(({ counter }) => counter)).size, CLIENTS);
  });

  test("asked for again under one id is the same one", async () => {
    const asked = { token, holder: HOLDER, scene: "travel", amount: "5", currency: "CNY" };
    const first = await bed.done("tokens.make_cryptogram", asked, { id: "app-1" });
    assert.deepEqual(await bed.done("tokens.make_cryptogram", asked, { id: "app-1" }), first);
  });

  test("is refused by the database where a counter would be made or spent twice", async () => {
    const ADD = statement(
      "test.add_cryptogram",
      `insert into tokens.cryptogram
         select partition, number, counter, scene, organisation, amount, currency, at, expires
           from tokens.cryptogram where number = $1 and counter = 1`,
    );
    const SPEND = statement(
      "test.spend_cryptogram",
      "insert into tokens.spent_cryptogram select * from tokens.spent_cryptogram where number = $1 and counter = 1",
    );
    await assert.rejects(bed.owner.query(ADD, [token]), { sqlState: "23505" });
    await assert.rejects(bed.owner.query(SPEND, [token]), { sqlState: "23505" });
  });

  test("is made for its holder only, and for scenes that the token serves", async () => {
    const asked = { token, holder: HOLDER, scene: "travel", amount: "5", currency: "CNY" };
    const make = (more: object) => bed.act("tokens.make_cryptogram", { ...asked, ...more });
    assert.equal(coarse(await make({ holder: "li-na" })), "token_absent");
    assert.equal(coarse(await make({ token: "9999880100000000" })), "token_absent");
    assert.equal(coarse(await make({ scene: "shopping" })), "scene_not_of_token");
    assert.equal(coarse(await make({ scene: "nowhere" })), "scene_unknown");
    await bed.done("tokens.suspend_token", { token, cause: "holder", holder: HOLDER });
    assert.equal(coarse(await make({})), "token_suspended");
    await bed.done("tokens.resume_token", { token, cause: "holder", holder: HOLDER });
  });

  test("is brought by a token whose controls want one, in whatever scene", async () => {
    const guarded = await bed.issue({ cryptogram: true });
    const pays = (more: object) =>
      bed.act("tokens.authorise", payment(guarded.number, "9", more), { principal: TRAVEL });
    assert.equal(coarse(await pays({})), "payment_declined");
    const cryptogram = await brought(bed, guarded.number, "9");
    assert.equal(coarse(await pays({ cryptogram })), "accepted");
    assert.equal(coarse(await pays({ cryptogram })), "payment_declined");
  });

  test("is good for less than five minutes", async () => {
    const one = await brought(bed, token, "7");
    await bed.turn((TUESDAY + 2 * CRYPTOGRAM_MS) as Instant);
    assert.equal(coarse(await pay("7", { cryptogram: one })), "payment_declined");
  });
});

describe("what stands against a payment by what it brought", () => {
  const now = 1_000_000 as Instant;
  const bound = { scene: "travel", organisation: "farsail", amount: 100n, currency: "CNY" };
  const made = { ...bound, counter: 1, expires: (now + 1) as Instant, spent: false };
  const codes = (
    presented: Presented,
    more: { readonly made?: Cryptogram | undefined; readonly needed?: boolean } = {},
  ) => {
    const { needed = false } = more;
    const of = "made" in more ? more.made : made;
    return objectionTo({ presented, made: of, bound }, { needed, now }).map(({ code }) => code);
  };
  const other = (part: Partial<Cryptogram>) => ({ made: { ...made, ...part } });

  for (const [situation, said, expected] of [
    ["none, not needed", codes("none"), []],
    ["none, needed", codes("none", { needed: true }), ["cryptogram_missing"]],
    ["genuine", codes("genuine", { needed: true }), []],
    ["genuine, at its end", codes("genuine", other({ expires: now })), ["cryptogram_expired"]],
    ["genuine, spent", codes("genuine", other({ spent: true })), ["cryptogram_spent"]],
    ["never made", codes("wrong", { made: undefined }), ["cryptogram_wrong"]],
    ["forged", codes("wrong"), ["cryptogram_wrong"]],
    ["other amount", codes("wrong", other({ amount: 99n })), ["cryptogram_of_another_payment"]],
    ["other scene", codes("wrong", other({ scene: "s" })), ["cryptogram_of_another_payment"]],
    [
      "other currency",
      codes("wrong", other({ currency: "USD" })),
      ["cryptogram_of_another_payment"],
    ],
    ["other firm", codes("wrong", other({ organisation: "o" })), ["cryptogram_of_another_payment"]],
  ] as const) {
    test(situation, () => assert.deepEqual(said, expected));
  }
});
