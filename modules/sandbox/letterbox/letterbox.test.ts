/** Letters over a real database: written with the act they tell of, found by whom they are for. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Principal } from "@sandbank/kernel/identity";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import { type InboxAnswer, inboxContract, letterKindContract } from "../inbox/inbox.contract.ts";
import { isFor, LETTERS } from "../inbox/inbox.ts";
import {
  APPROVER,
  type Bed,
  CUSTOMER,
  OFFICER,
  OPERATOR,
  PILOT,
  sandboxBed,
} from "../testing/bed.ts";

const text = { zh: "演示用说明", en: "a text of the test" };
const OTHER: Principal = { ...OPERATOR, id: "operator-he", organisation: "elsewhere" };

test("the browser's list of letters is that of the inbox", () => {
  assert.deepEqual(letterKindContract.options.toSorted(), Object.keys(LETTERS).toSorted());
});

test("a letter is for a role, of every organisation or of one", () => {
  const roles = ["institution_operator"];
  const rows: readonly (readonly [Principal, string | null, boolean])[] = [
    [OPERATOR, null, true],
    [OPERATOR, OPERATOR.organisation, true],
    [OTHER, OPERATOR.organisation, false],
    [OFFICER, null, false],
    [CUSTOMER, null, false],
  ];
  for (const [principal, organisation, expected] of rows) {
    assert.equal(isFor({ roles, organisation }, principal), expected, principal.id);
  }
});

describe("an inbox", () => {
  let bed: Bed;
  let routes: ReturnType<typeof codeAskerOf>;
  before(async () => {
    bed = await sandboxBed();
    routes = codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" });
    await bed.started();
  });
  after(() => bed.end());

  const ask = (name: string, principal: Principal, params: object = {}) =>
    routes(name, { params, principal });
  const inboxOf = async (principal: Principal): Promise<InboxAnswer> =>
    inboxContract.parse(await ask("GET /api/inbox", principal));
  const kinds = ({ letters }: InboxAnswer) => letters.map(({ kind, read }) => `${kind} ${read}`);
  const act = async (command: string, content: object, principal = OPERATOR) => {
    const outcome = await bed.act(`sandbox.${command}_incident`, content, { principal });
    assert.ok(outcome.kind === "accepted", command);
    return outcome.answer as { incident: string };
  };

  test("tells the supervisor of an incident, and the institution how it ended", async () => {
    const { incident } = await act("open", { pilot: PILOT, category: "outage", title: text });
    const step = (event: string, more: object, principal = OPERATOR) =>
      act(event, { incident, step: { event, ...more } }, principal);
    assert.deepEqual(kinds(await inboxOf(OFFICER)), ["incident_opened false"]);
    assert.deepEqual(kinds(await inboxOf(OPERATOR)), []);
    await step("detect", { startedAt: "2020-03-20T09:00:00+08:00" });
    const none = { affected: null, lossFen: "0", recordsLeaked: "0" };
    await step("classify", { severity: 3, category: "outage", ...none });
    await step("resolve", { cause: text });
    await step("reopen", { note: text }, OFFICER);
    await step("resolve", { cause: text });
    await step("close", { summary: text }, OFFICER);
    assert.deepEqual(kinds(await inboxOf(APPROVER)), [
      ...["incident_resolved false", "incident_resolved false", "incident_opened false"],
    ]);
    assert.deepEqual(kinds(await inboxOf(OPERATOR)), [
      ...["incident_closed false", "incident_reopened false"],
    ]);
    assert.deepEqual(kinds(await inboxOf(OTHER)), [], "nothing for another institution");
  });

  test("each person reads a letter for himself, once; letters of others are unknown", async () => {
    const { letters, unread } = await inboxOf(OFFICER);
    const [first] = letters;
    assert.ok(first && unread === 3);
    const params = { id: first.id };
    for (let again = 0; again < 2; again++) {
      const answer = await ask("POST /api/inbox/{id}/read", OFFICER, params);
      assert.equal((answer as { outcome: string }).outcome, "accepted");
    }
    assert.equal((await inboxOf(OFFICER)).unread, 2);
    assert.equal((await inboxOf(APPROVER)).unread, 3);
    assert.equal(await ask("POST /api/inbox/{id}/read", OPERATOR, params), "letter_unknown");
    assert.equal(await ask("POST /api/inbox/{id}/read", CUSTOMER, params), "role_may_not");
    const nobody = { id: "01990000-0000-7000-8000-00000000abcd" };
    assert.equal(await ask("POST /api/inbox/{id}/read", OFFICER, nobody), "letter_unknown");
  });
});
