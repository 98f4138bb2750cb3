/** I26: what is tried with tokens where it has no place, counted once each, and shown without a name. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addDays, type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { refusalEntry } from "@sandbank/kernel/words";
import type { MisuseAnswer, TriesAnswer } from "../contract.ts";
import { asker } from "../testing/asker.ts";
import { type Bed, CUSTOMERS, cardOf, furnishedBed, HOLDER, ISSUER } from "../testing/bed.ts";
import { payment, RISK, SHOPS, TRAVEL, TUESDAY } from "../testing/bed.ts";
import { journalOf } from "../testing/readings.ts";
import { CAUSES, causeOf, per10k, reasonsOf } from "./misuse.ts";
import { misuseOver } from "./overview.ts";

const DAY_MS = 86_400_000;
const day = (days: number) => addDays(shanghaiDate(TUESDAY), days);
const travel = { principal: TRAVEL };
const STRANGER = "9999880100000000";

test("every cause lists codes that there are, each once", () => {
  const codes = Object.values(CAUSES).flat();
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.ok(refusalEntry(code), code);
});

for (const [codes, cause] of [
  [["scene_not_of_token"], "scene"],
  [["token_suspended", "mcc_outside_scene"], "scene"],
  [["token_payment_amount_exceeded", "merchant_outside_scene"], "scene"],
  [["token_suspended", "token_day_amount_exceeded"], "limit"],
  [["token_hour_closed", "cryptogram_missing"], "hours"],
  [["pilot_limit_exceeded"], "pilot"],
  [["pilot_limit_exceeded", "funds_insufficient"], "pilot"],
  [["payment_declined"], "erased"],
  [["something_that_nobody_wrote"], "pilot"],
] as const) {
  test(`${codes.join(" and ")} is counted as ${cause}`, () => {
    assert.equal(causeOf(codes.map((code) => ({ code }))), cause);
  });
}

test("how a payment stands that was to be raised is no try with a token", () => {
  assert.deepEqual(reasonsOf("payment_voided", []), []);
  assert.deepEqual(reasonsOf("payment_unknown", [{ code: "payment_unknown" }]), []);
  assert.deepEqual(reasonsOf("funds_insufficient", []), [{ code: "funds_insufficient" }]);
});

test("misuse in every 10,000 tries is rounded to a thousandth, half of one up", () => {
  const rows = [
    [0n, 0n, undefined],
    [0n, 7n, 0n],
    [1n, 3n, 3_333_333n],
    [2n, 3n, 6_666_667n],
    [1n, 20_000_000n, 1n],
    [1n, 20_000_001n, 0n],
    [9n, 9n, 10_000_000n],
  ] as const;
  for (const [misused, tries, share] of rows) assert.equal(per10k(misused, tries), share);
});

describe("P4.3: misuse over two days", () => {
  let bed: Bed;
  let ask: ReturnType<typeof asker>;
  let bounded: { readonly id: string; readonly number: string };
  let small: typeof bounded;
  const pay = (number: string, amount: string, more: object = {}) =>
    bed.act("tokens.authorise", payment(number, amount, more), travel);
  const sums = (days: string, principal: Principal = RISK) =>
    ask<MisuseAnswer>("GET /api/misuse", { query: { days }, principal });
  const triesOf = (query: object, principal: Principal = ISSUER) =>
    ask<TriesAnswer>("GET /api/misuse/tries", { query, principal });

  before(async () => {
    bed = await furnishedBed("10000");
    ask = asker(bed);
    bounded = await bed.issue({ dayAmount: "1000" });
    small = await bed.issue({ paymentAmount: "500" });
    await pay(bounded.number, "900");
    await pay(bounded.number, "200");
    await pay(bounded.number, "10", { mcc: "5999" });
    await pay(small.number, "600", { mcc: "5999" });
    await pay(STRANGER, "10");
    const spied = payment(bounded.number, "10");
    await bed.act("tokens.authorise", spied, { principal: SHOPS });
    await bed.turn((TUESDAY + DAY_MS) as Instant);
    const held = await bed.done<{ payment: string }>(
      ...(["tokens.authorise", payment(bounded.number, "950"), travel] as const),
    );
    await pay(bounded.number, "51");
    await bed.act("tokens.increase", { payment: held.payment, amount: "51" }, travel);
    await pay((await bed.issue()).number, "9999999");
    // How a payment stands is no try.
    await bed.done("tokens.void", { payment: held.payment }, travel);
    await bed.act("tokens.increase", { payment: held.payment, amount: "1" }, travel);
  });
  after(() => bed.end());

  test("is counted once each, by day, cause, scene and token", async () => {
    const { days, causes, scenes, tokens, cut } = await sums("2");
    assert.deepEqual(days, [
      {
        ...{ day: day(0), tries: "6", declined: "5", outOfScene: "3", overLimit: "1" },
        per10k: "6666667",
      },
      {
        ...{ day: day(1), tries: "4", declined: "3", outOfScene: "0", overLimit: "2" },
        per10k: "5000000",
      },
    ]);
    assert.deepEqual(
      causes.map(({ cause, declined }) => [cause, declined]),
      [
        ["scene", "3"],
        ["limit", "3"],
        ["unknown", "1"],
        ["funds", "1"],
      ],
    );
    const both = { outOfScene: "3", overLimit: "3" };
    assert.deepEqual(scenes, [{ scene: "travel", declined: "8", ...both }]);
    assert.deepEqual(
      tokens.map(({ token, outOfScene, overLimit }) => [token, outOfScene, overLimit]),
      [
        [bounded.id, "2", "3"],
        [small.id, "1", "0"],
      ],
    );
    assert.equal(cut, false);
    assert.deepEqual(
      (await sums("1")).days.map((one) => one.day),
      [day(1)],
    );
  });

  test("opens into its tries, by cause and by token, with the figures of each reason", async () => {
    const { tries, next } = await triesOf({ day: day(0) });
    assert.deepEqual(
      tries.map(({ cause, organisation, amount }) => [cause, organisation, amount]),
      [
        ["scene", "lanternlight", "10"],
        ["unknown", "farsail", "10"],
        ["scene", "farsail", "600"],
        ["scene", "farsail", "10"],
        ["limit", "farsail", "200"],
      ],
    );
    assert.equal(next, null);
    const codes = tries[2]?.failed.map(({ code }) => code);
    assert.deepEqual(codes, ["mcc_outside_scene", "token_payment_amount_exceeded"]);
    const [limit] = (await triesOf({ day: day(0), cause: "limit" })).tries;
    const { code, used, cap, asked, clause } = limit?.failed[0] ?? {};
    assert.deepEqual([code, used, cap, asked], ["token_day_amount_exceeded", "900", "1000", "200"]);
    assert.equal(clause, "control v1");
    const own = await triesOf({ day: day(0), token: small.id });
    assert.deepEqual(
      own.tries.map(({ token }) => token),
      [small.id],
    );
    const raised = (await triesOf({ day: day(1), token: bounded.id })).tries;
    assert.deepEqual(
      raised.map(({ amount, scene, cause }) => [amount, scene, cause]),
      [
        ["51", "travel", "limit"],
        ["51", "travel", "limit"],
      ],
    );
    const [poor] = (await triesOf({ day: day(1), cause: "funds" })).tries;
    assert.deepEqual(
      poor?.failed.map(({ code: of, used: on, figures }) => [of, on, figures]),
      [["funds_insufficient", undefined, ""]],
    );
    assert.deepEqual((await triesOf({ day: day(0), scene: "shopping" })).tries, []);
    assert.deepEqual(await triesOf({ day: "2060-02-31" }), { tries: [], next: null });
  });

  test("names no holder, and of a number the last four digits of a token of ours", async () => {
    const { tries } = await triesOf({ day: day(0) });
    assert.deepEqual(
      tries.map(({ number }) => number),
      [
        `**** ${bounded.number.slice(-4)}`,
        null,
        `**** ${small.number.slice(-4)}`,
        ...[`**** ${bounded.number.slice(-4)}`, `**** ${bounded.number.slice(-4)}`],
      ],
    );
    const said = JSON.stringify([tries, await sums("90")]);
    for (const secret of [HOLDER, bounded.number, small.number, STRANGER]) {
      assert.ok(!said.includes(secret), secret);
    }
  });

  test("is read page by page, and says where it counts no further", async () => {
    await bed.turn((TUESDAY + 2 * DAY_MS) as Instant);
    await Promise.all(Array.from({ length: 103 }, () => pay(STRANGER, "1")));
    const first = await triesOf({ day: day(2) });
    assert.equal(first.tries.length, 100);
    const second = await triesOf({ day: day(2), before: first.next });
    assert.deepEqual([second.tries.length, second.next], [3, null]);
    const acts = new Set([...first.tries, ...second.tries].map(({ act }) => act));
    assert.equal(acts.size, 103);
    const ports = { ...bed, journal: journalOf(bed.readings), issuer: ISSUER.organisation };
    const now = async () => (TUESDAY + 2 * DAY_MS) as Instant;
    const counted = await misuseOver({ ...ports, now }, 3, 103);
    assert.deepEqual([counted.days[2]?.declined, counted.days[1]?.declined], ["103", "0"]);
    assert.equal(counted.cut, true);
  });

  test("keeps of a holder who was erased that a payment was declined, and nothing else", async () => {
    const [holder, card] = ["zhao", "0199a000-0000-7000-8000-00000000000e"];
    await bed.done("tokens.add_card", cardOf(card, holder));
    const { number } = await bed.issue({}, ["travel"], { holder, card });
    await pay(number, "1", { mcc: "5999" });
    await bed.done("tokens.delete_token", { token: number, holder });
    const himself: Principal = { ...CUSTOMERS, kind: "person", id: holder };
    await bed.done("tokens.erase_me", { holder }, { principal: himself });
    const [last] = (await triesOf({ day: day(2) })).tries;
    assert.deepEqual(
      [last?.cause, last?.scene, last?.token, last?.number, last?.amount],
      ["erased", "", null, null, null],
    );
  });

  test("is for the issuer's people, the supervisor and auditors", async () => {
    const officer: Principal = { ...ISSUER, organisation: "supervisor", id: "o" };
    const seen = { ...officer, roles: ["supervisor_officer" as const] };
    const audited = { ...officer, organisation: "auditor", roles: ["auditor" as const] };
    for (const principal of [seen, audited, RISK]) {
      assert.equal((await sums("1", principal)).days.length, 1);
    }
    const other: Principal = { ...ISSUER, organisation: "harbour-bank" };
    for (const principal of [other, TRAVEL, CUSTOMERS]) {
      const no = "for_issuer_and_supervisor_only" as unknown;
      assert.equal(await sums("1", principal), no);
      assert.equal(await triesOf({ day: day(0) }, principal), no);
    }
  });
});
