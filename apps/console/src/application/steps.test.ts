/** Which steps of an application are open to whom, and what stands in their way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApplicationAnswer } from "@sandbank/sandbox/contract";
import type { Who } from "../setting.ts";
import { bodyOf, stepsOpen, waitsFor } from "./steps.ts";

const who = (person: string, organisation: string, ...roles: string[]): Who => ({
  ...{ person, name: { zh: "某人", en: "Somebody" }, roles, csrf: "" },
  organisation: { id: organisation, kind: "", name: { zh: "某", en: "Some" }, fictional: true },
});
const OFFICER = who("li", "supervisor", "supervisor_officer");
const SIGNER = who("luo", "harbour-bank", "institution_approver");
const DRAFTER = who("gu", "harbour-bank", "institution_operator", "institution_approver");
const STRANGER = who("du", "tideway-tech", "institution_approver");

const version = { version: 1, draftedBy: "gu", signedBy: null };
const round = { round: 1, version: 1, state: "closed", waiting: 0, unanswered: 0 };
const at = (state: string, more: object = {}) =>
  ({
    ...{ slug: "harbour-pay", organisation: "harbour-bank", state, stands: 1, latest: 1 },
    ...{ missing: [], versions: [version], rounds: [], changes: [], ...more },
  }) as unknown as ApplicationAnswer;
const open = (of: ApplicationAnswer, whom: Who) =>
  stepsOpen(of, whom).map(({ step, blocked }) => `${step}${blocked === undefined ? "" : "!"}`);

test("a step is open to the office whose it is, and to nobody else", () => {
  assert.deepEqual(open(at("draft"), SIGNER), ["submit", "withdraw"]);
  assert.deepEqual(open(at("draft"), STRANGER), []);
  assert.deepEqual(open(at("draft"), OFFICER), []);
  assert.deepEqual(open(at("submitted"), OFFICER), ["accept", "return"]);
  assert.deepEqual(open(at("review"), OFFICER), ["publish", "refuse"]);
  assert.deepEqual(open(at("refused"), OFFICER), []);
  assert.equal(waitsFor(at("submitted"), OFFICER), true);
  assert.equal(waitsFor(at("submitted"), SIGNER), false);
});

test("what stands in the way is said before the step is taken", () => {
  assert.deepEqual(open(at("draft"), DRAFTER), ["submit!", "withdraw"]);
  const lacking = at("draft", {
    missing: [{ clause: "2.4", field: "/form/agreement", flaw: null }],
  });
  assert.deepEqual(open(lacking, SIGNER), ["submit!", "withdraw"]);
  assert.deepEqual(open(at("answering"), SIGNER), ["amend!", "withdraw"]);
  const heard = (more: object) => at("answering", { rounds: [{ ...round, ...more }] });
  assert.deepEqual(open(heard({}), OFFICER), ["register"]);
  assert.deepEqual(open(heard({ waiting: 1 }), OFFICER), ["register!"]);
  assert.deepEqual(open(heard({ unanswered: 2 }), OFFICER), ["register!"]);
});

test("nothing is armed while its pool has no terms or is short", () => {
  const armed = (pool: "unread" | "absent" | "short" | "adequate") =>
    stepsOpen(at("registered"), OFFICER, pool).map(({ blocked }) => blocked === undefined);
  assert.deepEqual(armed("absent"), [false]);
  assert.deepEqual(armed("short"), [false]);
  assert.deepEqual(armed("adequate"), [true]);
  assert.deepEqual(armed("unread"), [true]);
});

test("a change can be decided on only while one is asked for", () => {
  assert.deepEqual(open(at("testing"), OFFICER), []);
  const asked = at("testing", { changes: [{ id: "c1", state: "requested", material: false }] });
  assert.deepEqual(open(asked, OFFICER), ["adopt_change", "refuse_change"]);
  assert.deepEqual(bodyOf("adopt_change", asked, {}), { step: "adopt_change", change: "c1" });
});

test("what is typed is sent as the contract wants it", () => {
  const body = bodyOf("arm", at("registered"), { partitions: "9， 10" });
  assert.deepEqual(body, { step: "arm", partitions: [9, 10] });
  assert.deepEqual(bodyOf("publish", at("review"), {}), { step: "publish" });
  assert.deepEqual(bodyOf("publish", at("review"), { days: "14" }), { step: "publish", days: 14 });
  const reasons = { reason1_zh: "补充", reason1_en: "Add it" };
  const said = [{ zh: "补充", en: "Add it" }];
  assert.deepEqual(bodyOf("return", at("submitted"), reasons), { step: "return", reasons: said });
});
