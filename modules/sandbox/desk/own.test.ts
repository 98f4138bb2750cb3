/** A customer who is signed in finds, follows and acts on the complaints that he lodged, and no others. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import type { FollowedComplaint, OwnComplaint } from "../contract.ts";
import { type Bed, COMPLAINTS_CHEN, CUSTOMER, PILOT, sandboxBed } from "../testing/bed.ts";
import { PUBLIC_DESK } from "./complaints.ts";

const OTHER: Principal = { ...CUSTOMER, id: "li-na" };

describe("the complaints of a customer who is signed in", () => {
  let bed: Bed;
  let count = 0;
  before(async () => {
    bed = await sandboxBed();
    await bed.started();
  });
  after(() => bed.end());

  /** Asks a route as kernel/http would; a refusal by its code. */
  async function ask<Answer>(
    name: string,
    principal: Principal,
    asked: { readonly params?: object; readonly body?: object } = {},
  ): Promise<Answer> {
    const found = bed.sandbox.routes.find((one) => `${one.method} ${one.path}` === name);
    assert.ok(found, name);
    const answer = await found.handle({
      params: found.params?.parse(asked.params ?? {}),
      query: {},
      body: found.body?.parse(asked.body ?? {}),
      ...{ principal, lang: "zh", id: `own-${++count}` },
    });
    if (isRefusal(answer)) return answer.code as Answer;
    return found.answer.parse(JSON.parse(JSON.stringify(answer))) as Answer;
  }

  const lodging = { category: "wrong_amount", text: "同一笔订单扣了两次款" } as const;

  async function lodge(principal: Principal): Promise<string> {
    const lodged = await bed.sandbox.complaints.lodge({
      ...{ pilot: PILOT, lodging, principal, id: `lodge-${++count}` },
    });
    assert.ok("complaint" in lodged);
    return lodged.complaint;
  }

  const list = async (of: Principal) =>
    (await ask<{ complaints: OwnComplaint[] }>("GET /api/complaints/own", of)).complaints;
  const follow = (of: Principal, id: string) =>
    ask<FollowedComplaint>("GET /api/complaints/own/{id}", of, { params: { id } });
  const act = (of: Principal, id: string, body: object) =>
    ask<unknown>("POST /api/complaints/own/{id}/acts", of, { params: { id }, body });

  test("each finds his own, latest first, and nothing of the public form", async () => {
    const first = await lodge(CUSTOMER);
    const second = await lodge(CUSTOMER);
    const foreign = await lodge(OTHER);
    await lodge(PUBLIC_DESK);
    assert.deepEqual(
      (await list(CUSTOMER)).map(({ id }) => id),
      [second, first],
    );
    assert.deepEqual(
      (await list(OTHER)).map(({ id }) => id),
      [foreign],
    );
  });

  test("a complaint of somebody else answers like one that is not there", async () => {
    const [own] = await list(CUSTOMER);
    assert.ok(own);
    assert.equal(await follow(OTHER, own.id), "complaint_unknown");
    assert.equal(await act(OTHER, own.id, { act: "withdraw" }), "complaint_unknown");
    const none = "0199a000-0000-7000-8000-000000000009";
    assert.equal(await follow(CUSTOMER, none), "complaint_unknown");
    assert.deepEqual(await list(COMPLAINTS_CHEN), [], "staff have a desk and no complaints");
  });

  test("it is followed with its words, added to, escalated once, and withdrawn", async () => {
    const [own] = await list(CUSTOMER);
    assert.ok(own);
    await act(CUSTOMER, own.id, { act: "add", words: "补充：订单号是A-17" });
    const seen = await follow(CUSTOMER, own.id);
    assert.deepEqual(
      seen.steps.map(({ event, words }) => [event, words]),
      [
        ["lodge", lodging.text],
        ["add", "补充：订单号是A-17"],
      ],
    );
    assert.deepEqual([seen.may.add, seen.may.withdraw, seen.may.escalate], [true, true, true]);
    await act(CUSTOMER, own.id, { act: "escalate" });
    assert.equal(await act(CUSTOMER, own.id, { act: "escalate" }), "already_escalated");
    await act(CUSTOMER, own.id, { act: "withdraw" });
    const ended = await follow(CUSTOMER, own.id);
    assert.equal(ended.complaint.state, "withdrawn");
    assert.equal(ended.may.add, false);
  });
});
