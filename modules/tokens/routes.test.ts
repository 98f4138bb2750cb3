/** The routes as callers see them: contracts in and out, and to whom what is told. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type * as contract from "./contract.ts";
import { asker } from "./testing/asker.ts";
import { confirming, CUSTOMERS, ISSUER, payment, roomy, SHOPS, tokensBed } from "./testing/bed.ts";
import { type Bed, TRAVEL, TRID, TUESDAY } from "./testing/bed.ts";

const TRIED = {
  ...{ currency: "CNY", merchant: "farsail-air", mcc: "4511", channel: "app", scene: "travel" },
};
const name = { zh: "演示机构（虚构）", en: "Demo firm (fictional)" };

for (const count of [1, 3]) {
  describe(`the routes over ${count} partition(s)`, () => {
    let bed: Bed;
    let ask: ReturnType<typeof asker>;
    const issuer = { principal: ISSUER };
    const travel = { principal: TRAVEL };
    const holders = ["wang-min", "li-nalin", "zhao"];
    const tokens = new Map<string, contract.TokenAnswer>();

    before(async () => {
      bed = await tokensBed(count);
      await bed.put(roomy);
      await bed.turn(TUESDAY);
      ask = asker(bed);
    });
    after(() => bed.end());

    test("P4.2: from a requestor to tokens of three holders", async () => {
      const body = { trid: TRID, organisation: "farsail", name };
      assert.deepEqual(await ask("POST /api/requestors", { body, ...issuer }), { trid: TRID });
      assert.equal(await ask("POST /api/requestors", { body, ...issuer }), "requestor_exists");
      for (const partition of bed.partitions.all) {
        await bed.byTwo("tokens.activate_requestor", { trid: TRID }, partition);
      }
      const lists = { merchants: [], mccs: [], channels: [] };
      const scene = { id: "travel", trid: TRID, ...lists, name };
      assert.deepEqual(await ask("POST /api/scenes", { body: scene, ...issuer }), {
        scene: "travel",
      });
      for (const holder of holders) {
        const number = "9999020000000000";
        const added = { body: { holder, number, expires: "2069-12" } };
        const card = await ask<{ id: string; last4: string }>("POST /api/cards", added);
        assert.equal(card.last4, "4321");
        const funds = { params: { id: card.id }, body: { amount: "100000" }, ...issuer };
        await ask("POST /api/cards/{id}/funds", funds);
        const controls = { dayAmount: "50000" };
        const { version, hash } = await ask<contract.ConsentText>("GET /api/consent-text");
        const consent = { version, hash };
        const issued = { body: { holder, card: card.id, scenes: ["travel"], controls, consent } };
        const token = await ask<contract.TokenAnswer>("POST /api/tokens", issued);
        assert.deepEqual([token.state, token.version], ["active", 1]);
        assert.deepEqual(token.controls, controls);
        tokens.set(holder, token);
      }
    });

    test("P4.1: payments find their partition, settle together, and show their state", async () => {
      const ids: string[] = [];
      for (const holder of holders) {
        const number = tokens.get(holder)?.number ?? "";
        const body = payment(number, "10000");
        const paid = await ask<{ payment: string }>("POST /api/authorisations", {
          body,
          ...travel,
        });
        ids.push(paid.payment);
      }
      const settlement = { params: { trid: TRID }, ...travel };
      type Settled = contract.SettlementAnswer;
      const held = await ask<Settled>("GET /api/settlements/{trid}", settlement);
      assert.deepEqual(held, { trid: TRID, owed: "0", held: "30000" });
      const [first = "", second = "", third = ""] = ids;
      const taking = { body: { amount: "10000", final: true }, ...travel };
      const captures = "POST /api/authorisations/{id}/captures";
      await ask(captures, { params: { id: first }, ...taking });
      await ask(captures, { params: { id: second }, ...taking });
      const refunds = "POST /api/authorisations/{id}/refunds";
      await ask(refunds, { params: { id: second }, body: { amount: "4000" }, ...travel });
      await ask("POST /api/authorisations/{id}/void", { params: { id: third }, ...travel });
      const owed = await ask<Settled>("GET /api/settlements/{trid}", settlement);
      assert.deepEqual(owed, { trid: TRID, owed: "16000", held: "0" });
      const shown = "GET /api/authorisations/{id}";
      const seen = await ask<contract.PaymentAnswer>(shown, { params: { id: second }, ...travel });
      assert.deepEqual([seen.state, seen.captured, seen.refunded], ["captured", "10000", "4000"]);
      const other = { params: { id: second }, principal: SHOPS };
      assert.equal(await ask(shown, other), "payment_unknown");
      const foreign = { params: { trid: TRID }, principal: SHOPS };
      assert.equal(await ask("GET /api/settlements/{trid}", foreign), "requestor_unknown");
    });

    test("P4.3: a requestor hears one code; the holder reads the limit", async () => {
      const [holder = ""] = holders;
      const token = tokens.get(holder);
      assert(token);
      const declined = { body: payment(token.number, "50001"), ...travel };
      assert.equal(await ask("POST /api/authorisations", declined), "payment_declined");
      const { declines } = await ask<{ declines: contract.DeclineAnswer[] }>("GET /api/declines", {
        query: { holder },
      });
      assert.deepEqual(
        declines.map(({ code, token: of, amount }) => [code, of, amount]),
        [["token_day_amount_exceeded", token.id, "50001"]],
      );
      const asked = { query: { holder }, ...travel };
      assert.equal(await ask("GET /api/declines", asked), "for_holder_and_issuer_only");
      assert.equal(await ask("GET /api/tokens", asked), "for_holder_and_issuer_only");
    });

    test("P4.3: a holder manages tokens in one place", async () => {
      const [, holder = ""] = holders;
      const id = tokens.get(holder)?.id ?? "";
      const params = { id };
      const controls = { dayAmount: "40000" };
      const changed = { params, body: { holder, controls, version: 1 } };
      assert.deepEqual(await ask("PUT /api/tokens/{id}/controls", changed), {
        ...{ token: id, version: 2 },
      });
      const wider = { params, body: { holder, controls: { dayAmount: "50000" } } };
      const preview = await ask<{ loosens: string[]; digest: string }>(
        ...(["POST /api/tokens/{id}/controls/preview", wider] as const),
      );
      assert.deepEqual(preview.loosens, ["dayAmount"]);
      const put = "PUT /api/tokens/{id}/controls";
      assert.equal(await ask(put, wider), "loosening_needs_step_up");
      const confirmed = { ...wider, principal: confirming(CUSTOMERS, preview.digest) };
      assert.deepEqual(await ask(put, confirmed), { token: id, version: 3 });
      const query = { holder };
      const { versions } = await ask<{ versions: { version: number; by: string }[] }>(
        ...(["GET /api/tokens/{id}/controls", { params, query }] as const),
      );
      assert.deepEqual(
        versions.map(({ version, by }) => [version, by]),
        [
          [3, "holder"],
          [2, "holder"],
          [1, "holder"],
        ],
      );
      const body = { holder, ...TRIED, amount: "50001" };
      const told = await ask<contract.Explained>(
        ...(["POST /api/tokens/{id}/explain", { params, body }] as const),
      );
      assert.deepEqual(
        told.failed.map(({ code, clause, cap }) => [code, clause, cap]),
        [["token_day_amount_exceeded", "control v3", "50000"]],
      );
      const spied = { params, query: { holder: "wang-min" } };
      for (const [name, foreign] of [
        ["GET /api/tokens/{id}/windows", spied],
        ["GET /api/tokens/{id}/controls", spied],
        ["POST /api/tokens/{id}/explain", { params, body, ...travel }],
      ] as const) {
        assert.equal(await ask(name, foreign), "token_absent");
      }
      const cause = { params, body: { cause: "holder", holder } };
      await ask("POST /api/tokens/{id}/suspend", cause);
      const list = () =>
        ask<{ tokens: contract.TokenAnswer[] }>("GET /api/tokens", { query: { holder } });
      const [suspended] = (await list()).tokens;
      assert.deepEqual([suspended?.state, suspended?.causes], ["suspended", ["holder"]]);
      assert.deepEqual([suspended?.version, suspended?.controls], [3, { dayAmount: "50000" }]);
      await ask("POST /api/tokens/{id}/resume", cause);
      assert.equal((await list()).tokens[0]?.state, "active");
      await ask("DELETE /api/tokens/{id}", { params, query: { holder } });
      assert.equal((await list()).tokens[0]?.state, "deleted");
      assert.equal(await ask("POST /api/tokens/{id}/suspend", cause), "token_absent");
    });

    test("books agree at the end", () => bed.booksAgree());
  });
}
