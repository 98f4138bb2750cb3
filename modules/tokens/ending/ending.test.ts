/** P4.5: the pilot ends step by step, each step only once what it rests on is really over. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Policy } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { z } from "zod";
import type { CardState } from "../contract.ts";
import {
  CONSENT,
  CUSTOMERS,
  HOLDER,
  ISSUER,
  payment,
  RISK,
  roomy,
  TRAVEL,
  TRID,
  TUESDAY,
} from "../testing/bed.ts";
import { codeOf, vaultedBed, type VaultedBed } from "../testing/vaulted.ts";
import { cardNumber } from "../vault/vault.fixture.ts";
import { hold } from "../rotation/destruction.ts";
import type { endingNoticeContract, leftContract } from "../ending.contract.ts";
import { SWEEP_MOST } from "./ending.ts";
import { currentNotice, noticeOf } from "./ending.words.ts";

const DAY_MS = 86_400_000;
const LEAVING: Policy = {
  ...{ ...roomy, version: 2, phase: "exiting" },
  classes: { OPEN: false, USE: false, SERVICE: true },
};

const person = (id: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation: "sandbar-bank", roles },
});
/** The two holders of the parts, as the keeper of these tests names them. */
const CHEN = person("chen-lan", "institution_operator");
const ZHAO = person("zhao-yu", "institution_approver");
const THIRD = person("lin-an", "institution_operator", "institution_approver");

type Left = z.infer<typeof leftContract>["left"];
type Notice = z.infer<typeof endingNoticeContract>["notice"];
type Parked = { readonly parked: true; readonly task: string };

const CARDS = statement("ending_test.cards", "select state from tokens.card order by id");
const CONSENTS = statement(
  "ending_test.consents",
  "select count(*) filter (where withdrawn is null) as standing, count(*) as all from tokens.consent",
);
const DESTRUCTION = statement(
  "ending_test.destruction",
  "select ordered_by, approved_by, keys, destroyed_at from tokens.key_destruction",
);

describe("P4.5: payment tokens end", () => {
  let bed: VaultedBed;
  let held = "";
  const cards: string[] = [];

  before(async () => {
    bed = await vaultedBed();
    await bed.put(roomy);
    await bed.turn(TUESDAY);
    const name = { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" };
    const issuer = { principal: ISSUER };
    await bed.done(
      "tokens.register_requestor",
      { trid: TRID, organisation: "farsail", name },
      issuer,
    );
    await bed.byTwo("tokens.activate_requestor", { trid: TRID });
    const lists = { merchants: [], mccs: ["4511"], channels: ["app"] };
    await bed.done("tokens.register_scene", { id: "travel", trid: TRID, ...lists, name }, issuer);
    for (const [n, holder] of [HOLDER, "li-na"].entries()) {
      const body = { holder, number: cardNumber(n), expires: "2069-12" };
      const { id } = await bed.ask<{ id: string }>("POST /api/cards", { body });
      cards.push(id);
      const asked = { holder, card: id, scenes: ["travel"], controls: {}, consent: CONSENT };
      const token = await bed.ask<{ number: string }>("POST /api/tokens", { body: asked });
      if (holder !== HOLDER) continue;
      await bed.done("tokens.fund_card", { card: id, amount: "50000" }, issuer);
      const paid = await bed.done<{ payment: string }>(
        "tokens.authorise",
        payment(token.number, "7000"),
        { principal: TRAVEL },
      );
      held = paid.payment;
    }
  });
  after(() => bed.end());

  const windUp = <A = { done: number; left: number } | string>(part: string, principal = RISK) =>
    bed.ask<A>("POST /api/ending/{part}", { params: { part }, body: {}, principal });
  const done = async (part: string) => {
    const answer = await windUp(part);
    assert.ok(typeof answer === "object", String(answer));
    return [answer.done, answer.left];
  };
  const left = async () => {
    const { left: found } = await bed.ask<{ left: Left }>("GET /api/ending", { principal: RISK });
    return found.map(({ what, ref, amount }) => [ref === null ? what : `${what}/${ref}`, amount]);
  };
  const notice = async (holder: string) => {
    const params = { holder };
    const answer = await bed.ask<{ notice: Notice }>("GET /api/holders/{holder}/ending", {
      params,
    });
    return answer.notice;
  };
  const destroy = <A = string>(principal: Principal) =>
    bed.ask<A>("POST /api/vault/destruction", { body: {}, principal });
  const approve = async ({ task }: Parked, principal: Principal) =>
    codeOf(await bed.act("guard.approve_task", { task }, { principal }));

  test("nothing is wound up while the pilot has not been told to leave", async () => {
    for (const part of ["notices", "tokens", "cards"]) {
      assert.equal(await windUp(part), "pilot_not_leaving");
    }
    assert.equal(await destroy(CHEN), "pilot_not_leaving");
    assert.equal(await notice(HOLDER), null);
    await bed.put(LEAVING);
    for (const other of [CUSTOMERS, TRAVEL]) {
      assert.equal(await windUp("tokens", other), "for_staff_of_the_vault");
    }
  });

  test("what is left is counted as it stands: holders, scenes, the open hold, tokens, cards, keys", async () => {
    assert.deepEqual(await left(), [
      ["holders_untold", "2"],
      ["scenes_open/travel", "1"],
      [`payments_open/${held}`, "7000"],
      ["tokens_live", "2"],
      ["cards_bound", "2"],
      // A data key, an index key, the key of cryptograms, and the key above them.
      ["keys_kept", "4"],
    ]);
    const found = await bed.tokens.left();
    const hold = found.find(({ what }) => what === "payments_open");
    assert.equal(hold?.ends, toIso((TUESDAY + 7 * DAY_MS) as Instant));
  });

  test("every holder is told once, in the words in use, and reads it himself", async () => {
    assert.deepEqual(await done("notices"), [2, 0]);
    assert.deepEqual(await done("notices"), [0, 0]);
    const told = await notice("li-na");
    assert.equal(told?.version, currentNotice());
    assert.deepEqual(told?.text, noticeOf(currentNotice()));
    const other = person("li-na", "customer");
    const params = { holder: HOLDER };
    const foreign = await bed.ask("GET /api/holders/{holder}/ending", { params, principal: other });
    assert.equal(foreign, "holder_is_another");
  });

  test("with a hold open no token is deleted, and no card is unbound before its tokens", async () => {
    assert.equal(await windUp("tokens"), "ending_payments_open");
    assert.equal(await windUp("cards"), "ending_tokens_live");
    assert.equal(await destroy(CHEN), "ending_cards_bound");
    await bed.done("tokens.end_scene", { scene: "travel" }, { principal: ISSUER });
    const capture = { payment: held, amount: "6000", final: true };
    await bed.done("tokens.capture", capture, { principal: TRAVEL });
    const refund = { payment: held, amount: "500" };
    await bed.done("tokens.refund", refund, { principal: TRAVEL });
    assert.deepEqual((await left())[0], [`settlements_owed/${TRID}`, "5500"]);
    await bed.turn((TUESDAY + DAY_MS) as Instant);
    const settle = { trid: TRID, day: "2060-11-23" };
    await bed.done("tokens.settle", settle, { principal: ISSUER });
    assert.deepEqual((await left())[0], ["tokens_live", "2"]);
  });

  test("tokens are deleted with what their holders agreed to, then cards are unbound", async () => {
    assert.deepEqual(await done("tokens"), [2, 0]);
    const [consents] = await bed.owner.query<{ standing: bigint; all: bigint }>(CONSENTS);
    assert.deepEqual([consents?.standing, consents?.all], [0n, 2n]);
    assert.deepEqual(await done("cards"), [2, 0]);
    const states = await bed.owner.query<{ state: CardState }>(CARDS);
    assert.deepEqual(
      states.map(({ state }) => state),
      ["closed", "closed"],
    );
    assert.deepEqual(await left(), [["keys_kept", "4"]]);
    const late = { payment: held, amount: "100" };
    await bed.done("tokens.refund", late, { principal: TRAVEL });
    await bed.booksAgree();
  });

  test("the keys are destroyed by the two who hold the parts, and by nobody else", async () => {
    assert.equal(await destroy(ISSUER), "destruction_by_people_only");
    assert.equal(await destroy(THIRD), "key_holders_only");
    const parked = await destroy<Parked>(CHEN);
    assert.ok(parked.parked);
    assert.equal(await approve(parked, THIRD), "key_holders_only");
    assert.equal(await approve(parked, CHEN), "role_may_not");
    assert.deepEqual(await left(), [["keys_kept", "4"]]);
    assert.equal(await approve(parked, ZHAO), "accepted");
    await bed.deliver();
    assert.deepEqual(await left(), []);
    const [order] = await bed.owner.query<Record<string, unknown>>(DESTRUCTION);
    assert.deepEqual(
      [order?.ordered_by, order?.approved_by, order?.keys],
      ["chen-lan", "zhao-yu", 3],
    );
    assert.notEqual(order?.destroyed_at, null);
  });

  test("afterwards no number is seen and none comes in; no key is turned or destroyed again", async () => {
    const look = { cards, purpose: "dispute", reference: "dispute-9" };
    assert.equal(
      await bed.ask("POST /api/looks", { body: look, principal: RISK }),
      "vault_keys_destroyed",
    );
    const body = { holder: HOLDER, number: cardNumber(9), expires: "2069-12" };
    assert.equal(await bed.ask("POST /api/cards", { body }), "vault_keys_destroyed");
    assert.equal(await destroy(CHEN), "keys_destruction_ordered");
    const turn = { body: { kind: "card" }, principal: CHEN };
    const proposed = await bed.ask<Parked | string>("POST /api/vault/rotations", turn);
    assert.equal(proposed, "keys_destruction_ordered");
  });

  test("a holder who is erased takes the word that he was told with him", async () => {
    const himself = person("li-na", "customer");
    await bed.ask("POST /api/holders/{holder}/erasure", {
      ...{ params: { holder: "li-na" }, body: {}, principal: himself },
    });
    assert.equal(await notice("li-na"), null);
    assert.notEqual(await notice(HOLDER), null);
  });
});

const FILL = statement(
  "ending_test.fill",
  `insert into tokens.token (partition, number, id, card, holder, scenes, type, assurance, state,
     causes, expires, control, at)
   select 1, '99998899' || lpad(n::text, 8, '0'), gen_random_uuid(), $1, 'crowd-' || n % 7,
          '{travel}', 'on_file', 'institution', 'live', 0, '2069-01-01', 1, '2060-01-01'
     from generate_series(1, $2) n`,
);

test("more than one act takes are taken by the next ones, however often it is asked", async () => {
  const bed = await vaultedBed();
  after(() => bed.end());
  await bed.put(roomy);
  await bed.turn(TUESDAY);
  const body = { holder: HOLDER, number: cardNumber(0), expires: "2069-12" };
  const { id } = await bed.ask<{ id: string }>("POST /api/cards", { body });
  await bed.owner.query(FILL, [id, SWEEP_MOST + 2]);
  await bed.put(LEAVING);
  const asked = { params: { part: "tokens" }, body: {}, principal: RISK };
  assert.deepEqual(await bed.ask("POST /api/ending/{part}", asked), {
    ...{ part: "tokens", done: SWEEP_MOST, left: 2 },
  });
  const count = async () => {
    const left = await bed.tokens.left();
    return left.find(({ what }) => what === "tokens_live")?.amount ?? 0n;
  };
  assert.equal(await count(), 2n);
  await bed.deliver();
  assert.equal(await count(), 0n);
  // Seven of the crowd have nothing left; who holds the card is still told.
  const told = { params: { part: "notices" }, body: {}, principal: RISK };
  assert.deepEqual(await bed.ask("POST /api/ending/{part}", told), {
    ...{ part: "notices", done: 1, left: 0 },
  });
});

test("who holds the parts: two people, a part each, by their ids", () => {
  const holders = ["孙运营 p-1", "许高管 p-2"] as const;
  for (const people of [["p-1"], ["p-2"], ["p-1", "p-2"], ["p-2", "p-1"]]) {
    assert.equal(hold(holders, people), true, people.join());
  }
  for (const people of [["p-3"], ["p-1", "p-3"], ["p-1", "p-1"], ["p"], ["孙运营p-1"], []]) {
    assert.equal(hold(holders, people), false, people.join());
  }
});
