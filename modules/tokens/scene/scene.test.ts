/** Scenes: every state against every step, in code and in the database, and what it stops. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import { type SceneState, sceneStateContract } from "../contract.ts";
import { type Bed, furnishedBed, ISSUER, payment, TRAVEL, TRID } from "../testing/bed.ts";
import { SCENE, SCENE_EVENTS } from "./scene.ts";

/** Rows: state; columns: suspend, resume, end. */
const LIFE: Readonly<Record<SceneState, readonly string[]>> = {
  open: ["suspended", "!scene_not_suspended", "ended"],
  suspended: ["!scene_suspended_already", "open", "ended"],
  ended: ["!scene_ended", "!scene_ended", "!scene_ended"],
};
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const issuer = { principal: ISSUER };

test("every step of a scene has one answer in every state", () => {
  const drawn = Object.entries(SCENE).map(([state, row]) => {
    const steps = SCENE_EVENTS.map((event) => row[event]);
    return [state, steps.map((step) => ("to" in step ? step.to : `!${step.no}`))];
  });
  assert.deepEqual(Object.fromEntries(drawn), LIFE);
});

describe("a scene", () => {
  let bed: Bed;
  let token: string;
  const pay = () => bed.act("tokens.authorise", payment(token, "100"), { principal: TRAVEL });

  before(async () => {
    bed = await furnishedBed();
    token = (await bed.issue()).number;
  });
  after(() => bed.end());

  test("takes no step in the database that the table does not know", async () => {
    const ADD = statement(
      "test.add_scene",
      `insert into tokens.scene
         (partition, id, trid, merchants, mccs, channels, name_zh, name_en, cryptogram,
          at, state)
       values (1, $1, $2, '{}', '{}', '{}', 's', 's', false, '2060-01-01Z', $3)`,
    );
    const PUT = statement(
      "test.put_scene",
      "update tokens.scene set state = $2 where partition = 1 and id = $1",
    );
    let n = 0;
    for (const from of sceneStateContract.options) {
      const known = SCENE_EVENTS.map((event) => SCENE[from][event]).flatMap((step) =>
        "to" in step ? [step.to] : [],
      );
      for (const to of sceneStateContract.options) {
        const id = `second-lock-${++n}`;
        await bed.owner.query(ADD, [id, TRID, "open"]);
        if (from !== "open") await bed.owner.query(PUT, [id, from]);
        const put = bed.owner.query(PUT, [id, to]);
        if (known.includes(to)) await put;
        else await assert.rejects(put, { sqlState: "23514" }, `${from} → ${to}`);
      }
      if (from === "open") continue;
      await assert.rejects(bed.owner.query(ADD, [`second-lock-${++n}`, TRID, from]), {
        sqlState: "23514",
      });
    }
  });

  test("is suspended by one, resumed by two, and cut off for good", async () => {
    assert.equal(codeOf(await pay()), "accepted");
    await bed.done("tokens.suspend_scene", { scene: "travel" }, issuer);
    assert.equal(codeOf(await pay()), "payment_declined");
    const parked = await bed.act("tokens.resume_scene", { scene: "travel" }, issuer);
    assert.equal(codeOf(parked), "parked");
    assert.equal(codeOf(await pay()), "payment_declined");
    await bed.byTwo("tokens.resume_scene", { scene: "travel" });
    assert.equal(codeOf(await pay()), "accepted");
    await bed.done("tokens.end_scene", { scene: "travel" }, issuer);
    assert.equal(codeOf(await pay()), "payment_declined");
    const back = await bed.act("tokens.resume_scene", { scene: "travel" }, issuer);
    assert.equal(codeOf(back), "scene_ended");
    const none = await bed.act("tokens.end_scene", { scene: "nowhere" }, issuer);
    assert.equal(codeOf(none), "scene_absent");
  });
});
