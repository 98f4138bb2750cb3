/** Arming behind its gates: a funded pool, monitoring that is heard, a user statement on record. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, machineNow } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { shippedAdmissions } from "../admission/admission.ts";
import { type Bed, INSTITUTION, OFFICER, PILOT, sandboxBed } from "../testing/bed.ts";
import { openGates } from "./gates.ts";

const MONITOR: Principal = {
  ...{ kind: "key", id: "sandbar-monitor", organisation: INSTITUTION, roles: ["permit_client"] },
};
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

describe("a registered pilot is armed only if what it rests on stands", () => {
  let bed: Bed;
  before(async () => {
    bed = await sandboxBed({ gated: true });
    await bed.sandbox.load();
  });
  after(() => bed.end());
  const shipped = shippedAdmissions().find((one) => one.pilot === PILOT);
  const heartbeat = { silentSeconds: 600, closes: ["OPEN", "USE"], clause: "5.2-C7" };
  const arm = (more: object = {}) =>
    bed.act("sandbox.arm", {
      ...{ pilot: PILOT, partitions: [1], admission: { ...shipped, demo: false, ...more } },
    });
  const beat = async (by: Principal, institution?: string) =>
    codeOf(
      await bed.act(
        "sandbox.beat",
        { pilot: PILOT, ...(institution === undefined ? {} : { institution }) },
        { principal: by },
      ),
    );

  test("without pool and monitoring both are named, the pool first", async () => {
    const outcome = await arm({ heartbeat });
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.refusal.code, "arm_needs_funded_pool");
    assert.deepEqual(
      outcome.refusal.failed.map(({ code }) => code),
      ["arm_needs_funded_pool", "arm_needs_fresh_heartbeat"],
    );
  });

  test("with its pool funded as its terms require, the monitoring is left", async () => {
    await bed.sandbox.pools.loadDemo([PILOT]);
    assert.equal(codeOf(await arm({ heartbeat })), "arm_needs_fresh_heartbeat");
  });

  test("before terms name an operator, who runs the pilot connects its monitoring and nobody else", async () => {
    assert.equal(await beat(MONITOR), "heartbeat_of_another_operator");
    const stranger = { ...MONITOR, organisation: "rowan-bank" };
    assert.equal(await beat(stranger, INSTITUTION), "heartbeat_of_another_operator");
    assert.equal(await beat(OFFICER, INSTITUTION), "role_may_not");
    assert.equal(await beat(MONITOR, INSTITUTION), "accepted");
  });

  test("a beat is fresh for as long as the terms allow silence, to the millisecond", async () => {
    const { store, sandbox } = bed;
    const [row] = await store.query<{ machine_at: Instant }>(
      statement("test.beat_heard", "select machine_at from sandbox.heartbeat"),
    );
    assert.ok(row && row.machine_at <= machineNow());
    const unmet = (later: number, silentSeconds: number | undefined) => {
      const clock = () => (row.machine_at + later) as Instant;
      return openGates({ store, pools: sandbox.pools }, clock).unmet(PILOT, silentSeconds);
    };
    assert.deepEqual(await unmet(600_000, 600), []);
    assert.deepEqual(await unmet(600_001, 600), ["fresh_heartbeat"]);
    assert.deepEqual(await unmet(600_001, undefined), [], "terms that ask for none");
  });

  test("the database makes no pilot ready without a user statement", async () => {
    const forced = `update sandbox.pilot set state = 'ready' where slug = '${PILOT}'`;
    await assert.rejects(
      bed.database.owner.query(statement("test.forced_ready", forced)),
      /without a user statement/,
    );
  });

  test("with all of it there it is armed, and the statement is published with it", async () => {
    assert.equal(codeOf(await arm({ heartbeat })), "accepted");
    const detail = await bed.sandbox.register.detail(PILOT);
    assert.equal(detail?.state, "ready");
    // Terms of the demonstration name no organisation, so from now on nobody's beat is the pilot's.
    assert.equal(await beat(MONITOR, INSTITUTION), "heartbeat_of_another_operator");
  });
});

test("the demonstration funds its pools before it arms, so its pilots start behind the gates", async () => {
  const bed = await sandboxBed({ gated: true });
  await bed.started();
  assert.equal((await bed.sandbox.register.detail(PILOT))?.state, "testing");
  await bed.end();
});
