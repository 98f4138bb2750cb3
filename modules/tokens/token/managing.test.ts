/** P4.2, P4.4: what tokens are made as, shared, suspended, bounded and ended by, on a real guard. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { Controls } from "../contract.ts";
import { type Bed, CARD, confirming, CONSENT, CUSTOMERS, furnishedBed } from "../testing/bed.ts";
import { HOLDER, ISSUER, payment, RISK, SHOPS, TRAVEL, TUESDAY } from "../testing/bed.ts";
import { codeOf, failedOf } from "../testing/outcomes.ts";
import { endingOf, KINDS } from "./kind.ts";
import { sharingDigest } from "./share.ts";
import { findToken } from "./token.store.ts";

const DAY_MS = 86_400_000;
const requestor = { principal: TRAVEL };
const issuer = { principal: ISSUER };
const CHEN: Principal = {
  ...{ kind: "person", id: "chen", organisation: "sandbar-bank" },
  roles: ["institution_approver"],
};

test("a token ends with the earliest of card, consent and type, and no later than asked", () => {
  const [now, card] = [0 as Instant, (90 * DAY_MS) as Instant];
  const day = (n: number) => (n * DAY_MS) as Instant;
  const ends = (consent: number | undefined, asked: number | undefined) => {
    const until = consent === undefined ? undefined : day(consent);
    const wanted = asked === undefined ? undefined : day(asked);
    return (type: keyof typeof KINDS) =>
      endingOf(type, { card, consent: until, asked: wanted, now });
  };
  assert.equal(ends(undefined, undefined)("on_file"), card);
  assert.equal(ends(30, undefined)("on_file"), day(30));
  assert.equal(ends(undefined, undefined)("one_time"), day(1));
  assert.equal(ends(undefined, 90)("hce"), card);
  assert.equal(ends(30, 30)("qr"), day(30));
  assert.equal(ends(30, 31)("qr"), undefined);
  assert.equal(ends(undefined, 91)("on_file"), undefined);
  assert.equal(ends(undefined, 0)("on_file"), undefined);
  assert.equal(ends(undefined, 2)("one_time"), undefined);
});

describe("P4.2: what a token is issued as", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());
  const shown = async ({ id }: { readonly id: string }) => {
    const token = await findToken(bed.store, 1, id);
    assert.ok(token);
    return token;
  };
  const issuing = (more: object) => ({
    ...{ holder: HOLDER, card: CARD, scenes: ["travel"], controls: {}, slot: 1, consent: CONSENT },
    ...more,
  });

  test("its type brings the issuer's bounds, its principal the assurance, its card the PAR", async () => {
    const token = await shown(await bed.issue({}, ["travel"], { type: "hce" }));
    assert.deepEqual([token.type, token.assurance], ["hce", "institution"]);
    assert.match(token.par, /^[0-9A-Z]{29}$/);
    assert.deepEqual(token.control.issuer.allow, { channels: ["nfc"] });
    const outcome = await bed.act("tokens.authorise", payment(token.number, "1"), requestor);
    assert.equal(codeOf(outcome), "payment_declined");
    const person = (more: object): Principal => ({
      ...{ kind: "person", id: HOLDER, organisation: "sandbar-bank", roles: ["customer"] },
      ...more,
    });
    const soon = (machineNow() + 60_000) as Instant;
    const rows = [
      [person({}), "signed_in"],
      [person({ steppedUpUntil: soon }), "second_factor"],
    ] as const;
    for (const [principal, assurance] of rows) {
      const answer = await bed.done<{ token: string }>("tokens.issue_token", issuing({}), {
        principal,
      });
      assert.equal((await shown({ id: answer.token })).assurance, assurance);
    }
  });

  test("only the text in use is agreed to, and the token ends with the consent", async () => {
    const old = { ...CONSENT, hash: "0".repeat(64) };
    const code = async (more: object) => codeOf(await bed.act("tokens.issue_token", issuing(more)));
    assert.equal(await code({ consent: old }), "consent_text_not_current");
    assert.equal(await code({ consent: { ...CONSENT, version: 2 } }), "consent_text_not_current");
    const until = (day: string) => ({ consent: { ...CONSENT, until: day } });
    assert.equal(await code(until("2060-11-22")), "consent_over_already");
    assert.equal(await code({ expires: toIso(TUESDAY) }), "token_expiry_out_of_range");
    const token = await shown(await bed.issue({}, ["travel"], until("2060-11-23")));
    assert.equal(token.expires, fromIso("2060-11-24T00:00:00+08:00"));
    assert.equal(token.consent?.until, token.expires);
    const pay = () => bed.act("tokens.authorise", payment(token.number, "1"), requestor);
    await bed.turn(fromIso("2060-11-23T23:59:59.999+08:00"));
    assert.equal(codeOf(await pay()), "accepted");
    await bed.turn(fromIso("2060-11-24T00:00:00+08:00"));
    assert.equal(codeOf(await pay()), "payment_declined");
  });

  test("withdrawing the consent ends the token, and deleting the token withdraws the consent", async () => {
    const [mine, other] = [await bed.issue(), await bed.issue()];
    const foreign = { token: mine.number, holder: "li-na" };
    assert.equal(codeOf(await bed.act("tokens.withdraw_consent", foreign)), "token_absent");
    await bed.done("tokens.withdraw_consent", { token: mine.number, holder: HOLDER });
    await bed.done("tokens.delete_token", { token: other.number }, issuer);
    for (const token of [mine, other]) {
      const { state, consent } = await shown(token);
      assert.equal(state, "deleted");
      assert.ok(consent?.withdrawn);
      const outcome = await bed.act("tokens.authorise", payment(token.number, "1"), requestor);
      assert.equal(codeOf(outcome), "payment_declined");
    }
    const again = await bed.act("tokens.withdraw_consent", { token: mine.number, holder: HOLDER });
    assert.equal(codeOf(again), "token_absent");
  });
});

describe("P4.4: sharing", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());
  const shop = (number: string, amount: string) =>
    bed.act("tokens.authorise", payment(number, amount, { scene: "shopping" }), {
      principal: SHOPS,
    });

  test("a scene is added with the holder's second factor for it, and bounded in the same act", async () => {
    const token = await bed.issue({ dayAmount: "1000" });
    const found = await findToken(bed.store, 1, token.id);
    assert.ok(found);
    assert.equal(codeOf(await shop(token.number, "1")), "payment_declined");
    const content = { token: token.number, holder: HOLDER, scene: "shopping" };
    const bounds = { dayAmount: "100" };
    const share = (more: object, principal: Principal = CUSTOMERS) =>
      bed.act("tokens.share_token", { ...content, ...more }, { principal });
    const confirmed = (bound: typeof bounds | undefined) =>
      confirming(CUSTOMERS, sharingDigest(found, { scene: "shopping", bounds: bound }));
    assert.equal(codeOf(await share({ bounds })), "loosening_needs_step_up");
    // What was confirmed without bounds, or with them, is not the other.
    assert.equal(codeOf(await share({ bounds }, confirmed(undefined))), "loosening_needs_step_up");
    assert.equal(codeOf(await share({}, confirmed(bounds))), "loosening_needs_step_up");
    assert.equal(codeOf(await share({ scene: "nowhere" })), "scene_unknown");
    assert.equal(codeOf(await share({ bounds }, confirmed(bounds))), "accepted");
    assert.equal(codeOf(await share({ bounds }, confirmed(bounds))), "scene_shared_already");
    assert.equal(codeOf(await shop(token.number, "100")), "accepted");
    assert.deepEqual(
      failedOf(await shop(token.number, "1")).map(({ code, clause }) => [code, clause]),
      [["token_scene_amount_exceeded", "control v2"]],
    );
  });

  test("a scene is taken off at once, but never the last", async () => {
    const token = await bed.issue({}, ["travel", "shopping"]);
    const off = (scene: string) =>
      bed.act("tokens.unshare_token", { token: token.number, holder: HOLDER, scene });
    assert.equal(codeOf(await off("nowhere")), "scene_not_shared");
    assert.equal(codeOf(await off("shopping")), "accepted");
    assert.equal(codeOf(await shop(token.number, "1")), "payment_declined");
    assert.equal(codeOf(await off("travel")), "scene_is_last");
  });
});

const FORCED = statement(
  "test.force_causes",
  "update tokens.token set causes = 0 where partition = 1 and id = $1",
);

describe("suspension as a set", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());

  test("of two requestors each lifts its own, and the token waits for both", async () => {
    const token = await bed.issue({}, ["travel", "shopping"]);
    const content = { token: token.number, cause: "requestor" };
    const by = (verb: string, principal: Principal) =>
      bed.act(`tokens.${verb}_token`, content, { principal });
    const bits = async () => (await findToken(bed.store, 1, token.id))?.causes;
    assert.equal(codeOf(await by("suspend", TRAVEL)), "accepted");
    assert.equal(codeOf(await by("resume", SHOPS)), "token_not_suspended");
    assert.equal(codeOf(await by("suspend", SHOPS)), "accepted");
    assert.equal(await bits(), 4);
    assert.equal(codeOf(await by("resume", TRAVEL)), "accepted");
    assert.equal(await bits(), 4);
    const pay = () => bed.act("tokens.authorise", payment(token.number, "1"), requestor);
    assert.equal(codeOf(await pay()), "payment_declined");
    assert.equal(codeOf(await by("resume", SHOPS)), "accepted");
    assert.equal(await bits(), 0);
    assert.equal(codeOf(await pay()), "accepted");
  });

  test("each cause is set and lifted by its own party and by nobody else", async () => {
    const officer: Principal = {
      ...{ kind: "person", id: "officer", organisation: "supervisor" },
      roles: ["supervisor_officer"],
    };
    const parties = {
      holder: CUSTOMERS,
      issuer: ISSUER,
      requestor: TRAVEL,
      risk: RISK,
      sandbox: officer,
    };
    const { number, id } = await bed.issue();
    const bits = async () => (await findToken(bed.store, 1, id))?.causes;
    let standing = 0;
    for (const [at, [cause, party]] of Object.entries(parties).entries()) {
      const content = { token: number, cause, ...(cause === "holder" ? { holder: HOLDER } : {}) };
      for (const other of Object.values(parties).filter((one) => one !== party)) {
        const outcome = await bed.act("tokens.suspend_token", content, { principal: other });
        assert.equal(codeOf(outcome), "cause_of_another_role");
      }
      await bed.done("tokens.suspend_token", content, { principal: party });
      standing |= 1 << at;
      assert.equal(await bits(), standing);
    }
    for (const [at, [cause, party]] of Object.entries(parties).entries()) {
      const paid = await bed.act("tokens.authorise", payment(number, "1"), requestor);
      assert.equal(codeOf(paid), "payment_declined");
      const content = { token: number, cause, ...(cause === "holder" ? { holder: HOLDER } : {}) };
      const [foreign] = Object.values(parties).filter((one) => one !== party);
      const kept = await bed.act("tokens.resume_token", content, { principal: foreign ?? party });
      assert.equal(codeOf(kept), "cause_of_another_role");
      await bed.done("tokens.resume_token", content, { principal: party });
      standing &= ~(1 << at);
      assert.equal(await bits(), standing);
    }
    await bed.done("tokens.authorise", payment(number, "1"), requestor);
  });

  test("the database keeps the causes itself: the module cannot write them", async () => {
    const token = await bed.issue();
    await assert.rejects(bed.store.query(FORCED, [token.id]), /permission denied/);
  });
});

describe("P4.3: the issuer bounds the holder", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());

  test("tightening at once, loosening by two; the strictest holds and is cited", async () => {
    const token = await bed.issue({ dayAmount: "1000" });
    const to = (controls: Controls, version?: number) => ({
      ...{ token: token.number, controls },
      ...(version === undefined ? {} : { version }),
    });
    const cited = async (amount: string) => {
      const outcome = await bed.act("tokens.authorise", payment(token.number, amount), requestor);
      return failedOf(outcome).map(({ clause, cap }) => [clause, cap]);
    };
    const own = await bed.act("tokens.bound_token", to({ dayAmount: "500" }));
    assert.equal(codeOf(own), "role_may_not");
    await bed.done("tokens.bound_token", to({ dayAmount: "500" }), issuer);
    assert.deepEqual(await cited("501"), [["issuer control v2", 500n]]);
    const wider = await bed.act("tokens.bound_token", to({ dayAmount: "900" }), issuer);
    assert.equal(codeOf(wider), "bounds_loosening_needs_two");
    const content = { token: token.number, holder: HOLDER, controls: { dayAmount: "400" } };
    await bed.done("tokens.change_controls", content);
    assert.deepEqual(await cited("401"), [["control v3", 400n]]);
    const stale = await bed.act("tokens.loosen_bounds", to({}, 2), issuer);
    assert.equal(codeOf(stale), "controls_changed_since");
    const parked = await bed.act("tokens.loosen_bounds", to({}), issuer);
    assert.ok(parked.kind === "parked");
    const self = await bed.act(
      "guard.approve_task",
      { task: parked.task },
      {
        principal: { ...CHEN, id: ISSUER.id },
      },
    );
    assert.equal(codeOf(self), "task_own_proposal");
    await bed.done("guard.approve_task", { task: parked.task }, { principal: CHEN });
    const after = await findToken(bed.store, 1, token.id);
    assert.deepEqual([after?.control.version, after?.control.texts.issuer], [4, "{}"]);
    assert.deepEqual(await cited("401"), [["control v4", 400n]]);
  });
});
