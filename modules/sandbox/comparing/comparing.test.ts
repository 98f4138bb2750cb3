/** Regimes over their routes: the templates for everybody, an application for whoever may see it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addDays } from "@sandbank/kernel/clock";
import { VISITOR } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import * as contract from "../contract.ts";
import { CUSTOMER, OFFICER } from "../testing/bed.ts";
import { DRAFTED } from "../testing/declared.ts";
import { consulting, DRAFTER, FIRST_DAY, type Walk, walk } from "../testing/walk.ts";

const APPLICATION = "/api/applications/{slug}/regimes/{regime}";
const PILOT = "/api/pilots/{slug}/regimes/{regime}";

describe("regimes over their routes", () => {
  let on: Walk;
  let asked: ReturnType<typeof codeAskerOf>;
  before(async () => {
    on = await walk();
    asked = codeAskerOf(on.bed.sandbox.routes, { principal: VISITOR });
  });
  after(() => on.end());

  const ask = (path: string, params: object, principal: Principal = VISITOR) =>
    asked(`GET ${path}`, { params, principal });
  const held = async (regime: string, principal: Principal) => {
    const answer = await ask(APPLICATION, { slug: DRAFTED, regime }, principal);
    return typeof answer === "string" ? answer : contract.conformityContract.parse(answer);
  };

  test("anybody reads the templates, all of them or one, and an unknown one is absent", async () => {
    const { regimes } = contract.regimesAnswerContract.parse(await ask("/api/regimes", {}));
    assert.deepEqual(
      regimes.map(({ id }) => id),
      ["pboc", "fca", "mas", "mas-express", "taiwan"],
    );
    for (const one of regimes) {
      assert.deepEqual(await ask("/api/regimes/{id}", { id: one.id }), one);
    }
    assert.equal(await ask("/api/regimes/{id}", { id: "nowhere" }), "regime_unknown");
  });

  test("a draft is held against a regime for its own people and the supervisor's, nobody else", async () => {
    const seen = await held("fca", DRAFTER);
    assert.ok(typeof seen !== "string");
    assert.deepEqual([seen.pilot, seen.regime, seen.version], [DRAFTED, "fca", 1]);
    assert.deepEqual(
      seen.verdicts.filter(({ outcome }) => outcome === "outside").map(({ item }) => item),
      ["test"],
    );
    assert.deepEqual(await held("fca", OFFICER), seen);
    assert.equal(await held("fca", { ...DRAFTER, organisation: "rowan-bank" }), "pilot_unknown");
    assert.equal(await held("fca", CUSTOMER), "staff_of_this_pilot_only");
    assert.equal(await held("nowhere", OFFICER), "regime_unknown");
  });

  test("the latest version on file is the one that is held", async () => {
    const testPeriod = { from: FIRST_DAY, to: addDays(FIRST_DAY, 180) };
    await on.revise({ ...on.body, testPeriod });
    const seen = await held("fca", DRAFTER);
    assert.ok(typeof seen !== "string");
    const test1 = seen.verdicts.find(({ item }) => item === "test");
    assert.deepEqual([seen.version, test1?.outcome], [2, "met"]);
  });

  test("the public asks the same of a pilot once its declaration is published", async () => {
    assert.equal(await ask(PILOT, { slug: DRAFTED, regime: "taiwan" }), "pilot_unknown");
    await consulting(on);
    const seen = contract.conformityContract.parse(
      await ask(PILOT, { slug: DRAFTED, regime: "taiwan" }),
    );
    assert.deepEqual(seen, await held("taiwan", OFFICER));
    assert.equal(await ask(PILOT, { slug: DRAFTED, regime: "nowhere" }), "regime_unknown");
    assert.equal(await ask(PILOT, { slug: "nothing", regime: "taiwan" }), "pilot_unknown");
  });
});
