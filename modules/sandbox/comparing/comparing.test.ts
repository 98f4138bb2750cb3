/** Regimes over their routes: the templates for everybody, an application for whoever may see it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { VISITOR } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import * as contract from "../contract.ts";
import { CUSTOMER, OFFICER } from "../testing/bed.ts";
import { DRAFTED } from "../testing/declared.ts";
import { consulting, DRAFTER, type Walk, walk } from "../testing/walk.ts";

const APPLICATION = "/api/applications/{slug}/regimes/{regime}";
const PILOT = "/api/pilots/{slug}/regimes/{regime}";

describe("regimes over their routes", () => {
  let on: Walk;
  let count = 0;
  before(async () => {
    on = await walk();
  });
  after(() => on.end());

  /** Asks a route as kernel/http would: contracts in, contract out. */
  const ask = async (path: string, params: object, principal: Principal = VISITOR) => {
    const found = on.bed.sandbox.routes.find((one) => one.path === path);
    assert.ok(found, path);
    const answer = await found.handle({
      ...{ params: found.params?.parse(params), query: undefined, body: undefined },
      ...{ principal, lang: "en", id: `regimes-${++count}` },
    });
    return isRefusal(answer) ? answer.code : found.answer.parse(JSON.parse(JSON.stringify(answer)));
  };
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
    const testPeriod = { from: "2027-03-01", to: "2027-08-31" };
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
