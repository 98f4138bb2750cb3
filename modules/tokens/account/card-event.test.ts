/** The issuer's words about cards: lost, replaced, closed, in any order and told as often as it likes. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import fc from "fast-check";
import { RISK, TUESDAY } from "../testing/bed.ts";
import { CONSENT, furnishedBed, HOLDER, payment, TRAVEL } from "../testing/bed.ts";
import { type Bed, CARD, CUSTOMERS, ISSUER } from "../testing/bed.ts";
import { codeOf } from "../testing/vaulted.ts";
import type { CardState, TokenAnswer } from "../contract.ts";
import { findToken } from "../token/token.store.ts";
import { causesOf } from "../token/token.ts";
import { findCard } from "./account.store.ts";
import type { CardEventAnswer } from "./account.contract.ts";
import { counts, heard, type Places, standingBy } from "./card-event.ts";

const DAY = 86_400_000;
const NONE: Places = { lost: 0n, replaced: 0n, closed: 0n };
const KINDS = ["lost", "replaced", "closed"] as const;

describe("how a card stands by what was heard of it", () => {
  const table: readonly [Places, CardState][] = [
    [NONE, "open"],
    [{ ...NONE, lost: 1n }, "lost"],
    [{ ...NONE, replaced: 1n }, "open"],
    [{ lost: 1n, replaced: 2n, closed: 0n }, "open"],
    [{ lost: 3n, replaced: 2n, closed: 0n }, "lost"],
    [{ lost: 3n, replaced: 4n, closed: 1n }, "closing"],
    [{ lost: 3n, replaced: 2n, closed: 9n }, "closing"],
  ];
  for (const [places, state] of table) {
    const { lost, replaced, closed } = places;
    test(`lost at ${lost}, replaced at ${replaced}, closed at ${closed}: ${state}`, () => {
      assert.equal(standingBy(places), state);
    });
  }

  const words = fc.uniqueArray(
    fc.record({ kind: fc.constantFrom(...KINDS), seq: fc.bigInt(1n, 12n) }),
    { selector: ({ seq }) => seq, maxLength: 12 },
  );
  const hear = (of: readonly { kind: keyof Places; seq: bigint }[]) =>
    of.reduce((places, { kind, seq }) => heard(places, kind, seq), NONE);

  test("it depends on what was said and not on what came first, however often", () => {
    fc.assert(
      fc.property(words, fc.array(fc.nat(11)), (said, drawn) => {
        const again = drawn.flatMap((at) => said.slice(at, at + 1));
        const inOrder = said.toSorted((a, b) => (a.seq < b.seq ? -1 : 1));
        const other = [...again, ...said.toReversed(), ...again];
        assert.deepEqual(hear(other), hear(inOrder));
      }),
    );
  });

  test("a word that does not count leaves the standing as it is", () => {
    fc.assert(
      fc.property(words, fc.constantFrom(...KINDS), fc.bigInt(1n, 12n), (said, kind, seq) => {
        const places = hear(said);
        const state = standingBy(places);
        if (counts({ ...places, state }, kind, seq)) return;
        assert.equal(standingBy(heard(places, kind, seq)), state);
      }),
    );
  });
});

describe("the issuer's words and the tokens of a card", () => {
  let bed: Bed;
  let first: { readonly id: string; readonly number: string };
  let second: { readonly id: string; readonly number: string };
  let count = 0;

  before(async () => {
    bed = await furnishedBed();
    first = await bed.issue();
    second = await bed.issue();
  });
  after(() => bed.end());

  const tell = (
    word: { kind: keyof Places; seq: number; event?: string; expires?: string },
    principal: Principal = ISSUER,
  ) => {
    const { kind, seq, event = `e-${++count}`, expires = "2070-03" } = word;
    const face = kind === "replaced" ? { last4: "8765", bin: "999902", expires } : {};
    const content = { event, card: CARD, seq: String(seq), kind, ...face };
    return bed.act("tokens.hear_card_event", content, { id: `card-event.${event}`, principal });
  };
  const told = async (word: Parameters<typeof tell>[0]) => {
    const outcome = await tell(word);
    assert.ok(
      outcome.kind === "accepted",
      JSON.stringify(outcome, (_, v) => String(v)),
    );
    const { effect, state } = outcome.answer as CardEventAnswer;
    return `${effect}, ${state}`;
  };
  const causes = async ({ id }: { readonly id: string }) => {
    const token = await findToken(bed.store, 1, id);
    return causesOf(token?.causes ?? 0);
  };
  const pay = async ({ number }: { readonly number: string }, amount = "100") =>
    codeOf(await bed.act("tokens.authorise", payment(number, amount), { principal: TRAVEL }));
  const suspend = (token: { readonly number: string }, cause: string, principal: Principal) =>
    bed.done("tokens.suspend_token", { token: token.number, cause, holder: HOLDER }, { principal });

  test("only the issuer's system tells: no person, no other role, no unknown card", async () => {
    const person: Principal = { ...ISSUER, kind: "person", id: "operator-wu" };
    assert.equal(codeOf(await tell({ kind: "lost", seq: 1 }, person)), "issuer_system_only");
    for (const other of [CUSTOMERS, TRAVEL, RISK]) {
      assert.equal(codeOf(await tell({ kind: "lost", seq: 1 }, other)), "role_may_not");
    }
    const content = { event: "x", card: first.id, seq: "1", kind: "lost" };
    const nowhere = await bed.act("tokens.hear_card_event", content, { principal: ISSUER });
    assert.equal(codeOf(nowhere), "card_unknown");
  });

  test("lost: cause issuer on every token, none can pay, and none is issued", async () => {
    assert.equal(await pay(first), "accepted");
    await suspend(second, "issuer", ISSUER);
    await suspend(first, "holder", CUSTOMERS);
    assert.equal(await told({ kind: "lost", seq: 3, event: "lost-3" }), "applied, lost");
    assert.deepEqual(await causes(first), ["holder", "issuer"]);
    assert.deepEqual(await causes(second), ["issuer"]);
    assert.equal(await pay(first), "payment_declined");
    const issuing = { holder: HOLDER, card: CARD, scenes: ["travel"], controls: {} };
    const issued = { ...issuing, slot: 1, consent: CONSENT };
    assert.equal(codeOf(await bed.act("tokens.issue_token", issued)), "card_closed");
  });

  test("told again it is the same event; another event in its place is refused", async () => {
    assert.equal(await told({ kind: "lost", seq: 3, event: "lost-3" }), "applied, lost");
    const taken = await tell({ kind: "closed", seq: 3 });
    assert.equal(codeOf(taken), "card_event_place_taken");
    assert.equal(
      codeOf(await tell({ kind: "lost", seq: 4, event: "lost-3" })),
      "command_id_reused",
    );
  });

  test("a replacement that happened before the loss gives the number and lifts nothing", async () => {
    assert.equal(await told({ kind: "replaced", seq: 2 }), "applied, lost");
    const card = await findCard(bed.store, 1, CARD);
    assert.deepEqual([card?.last4, card?.bin, card?.state], ["8765", "999902", "lost"]);
    assert.deepEqual(await causes(first), ["holder", "issuer"]);
  });

  test("replaced: what the loss set is lifted and nothing else; references stay, the end moves", async () => {
    const before = await findCard(bed.store, 1, CARD);
    assert.equal(await told({ kind: "replaced", seq: 5, expires: "2071-01" }), "applied, open");
    const card = await findCard(bed.store, 1, CARD);
    assert.deepEqual([card?.id, card?.par, card?.holder], [CARD, before?.par, HOLDER]);
    assert.equal(toIso(card?.expires as Instant), "2071-01-31T16:00:00.000Z");
    assert.deepEqual(await causes(first), ["holder"], "the holder's own cause is the holder's");
    assert.deepEqual(await causes(second), ["issuer"], "nor was this set by the loss");
    const token = await findToken(bed.store, 1, first.id);
    assert.equal(toIso(token?.expires as Instant), "2071-01-31T16:00:00.000Z");
    await bed.done("tokens.resume_token", {
      ...{ token: first.number, cause: "holder", holder: HOLDER },
    });
    assert.equal(await pay(first), "accepted");
  });

  test("tokens: one with an end of its own keeps it, and none outlives card or consent", async () => {
    const consent = { ...CONSENT, until: "2070-12-31" };
    const own = await bed.issue({}, ["travel"], { consent });
    const short = await bed.issue({}, ["travel"], { type: "one_time" });
    const shown = (at: Instant | undefined) => (at === undefined ? "" : toIso(at).slice(0, 10));
    const ends = async (tokens: readonly { readonly id: string }[]) => {
      const found = await Promise.all(tokens.map(({ id }) => findToken(bed.store, 1, id)));
      return found.map((token) => [shown(token?.expires), shown(token?.consent?.until)]);
    };
    const tomorrow = toIso((TUESDAY + DAY) as Instant).slice(0, 10);
    const all = [first, own, short];
    assert.equal(await told({ kind: "replaced", seq: 6, expires: "2070-06" }), "applied, open");
    const nearer = [
      ["2070-06-30", "2070-06-30"],
      ["2070-06-30", "2070-12-31"],
      [tomorrow, tomorrow],
    ];
    assert.deepEqual(await ends(all), nearer);
    assert.equal(await told({ kind: "replaced", seq: 7, expires: "2071-01" }), "applied, open");
    const further = [
      ["2071-01-31", "2071-01-31"],
      ["2070-12-31", "2070-12-31"],
      [tomorrow, tomorrow],
    ];
    assert.deepEqual(await ends(all), further);
  });

  test("a loss and a replacement that come too late change nothing", async () => {
    assert.equal(await told({ kind: "lost", seq: 4 }), "superseded, open");
    assert.equal(await told({ kind: "replaced", seq: 1 }), "superseded, open");
    assert.deepEqual(await causes(first), []);
    assert.equal(await pay(first), "accepted");
  });

  test("closed: nothing new is paid; tokens end once nothing is in flight, and not before", async () => {
    const content = payment(first.number, "7000");
    const { payment: held } = await bed.done<{ payment: string }>("tokens.authorise", content, {
      principal: TRAVEL,
    });
    assert.equal(await told({ kind: "closed", seq: 8 }), "applied, closing");
    assert.equal(await pay(first), "payment_declined");
    const [due] = bed.tokens.dues;
    assert(due);
    const stateOf = async () => (await findToken(bed.store, 1, first.id))?.state;
    assert.equal(await due.next(TUESDAY), TUESDAY);
    await due.fire();
    assert.equal(await stateOf(), "live");
    assert.equal(await due.next(TUESDAY), undefined, "looked at again in a day");
    const capture = { payment: held, amount: "7000", final: true };
    await bed.done("tokens.capture", capture, { principal: TRAVEL });
    // The payments of the tests above are voided by their time.
    for (let day = 1; day <= 8; day += 1) {
      await bed.turn((TUESDAY + day * DAY) as Instant);
      await bed.guard.tick(1);
      await due.fire();
    }
    assert.equal(await stateOf(), "deleted");
    assert.equal((await findCard(bed.store, 1, CARD))?.state, "closed");
    await bed.booksAgree();
  });

  test("a closed card hears nothing any more, and a refund still comes home", async () => {
    assert.equal(
      await told({ kind: "replaced", seq: 10, expires: "2079-01" }),
      "superseded, closed",
    );
    assert.equal(await told({ kind: "lost", seq: 9 }), "superseded, closed");
    const card = await findCard(bed.store, 1, CARD);
    assert.equal(toIso(card?.expires as Instant), "2071-01-31T16:00:00.000Z");
    const fund = { card: CARD, amount: "1" };
    assert.equal(
      codeOf(await bed.act("tokens.fund_card", fund, { principal: ISSUER })),
      "card_closed",
    );
  });
});

describe("a card with nothing in flight", () => {
  test("ends with its tokens at the next look, once however often it is closed", async () => {
    const bed = await furnishedBed();
    after(() => bed.end());
    const token = await bed.issue();
    const close = (seq: string) =>
      bed.act(
        "tokens.hear_card_event",
        { event: `close-${seq}`, card: CARD, seq, kind: "closed" },
        { principal: ISSUER },
      );
    assert.equal(codeOf(await close("7")), "accepted");
    assert.equal(codeOf(await close("8")), "accepted");
    const [due] = bed.tokens.dues;
    await due?.fire();
    const shown = (await findToken(bed.store, 1, token.id)) as unknown as TokenAnswer;
    assert.equal(shown.state, "deleted");
    assert.equal(codeOf(await close("9")), "accepted");
    assert.equal(await due?.next((TUESDAY + 30 * DAY) as Instant), undefined);
  });
});
