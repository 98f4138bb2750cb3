/** Silence and breakers as tables, and on a real guard: at once, with their cause, lifted by two. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, machineNow } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { Adequacy } from "../ports.ts";
import { shippedAdmissions } from "../admission/admission.ts";
import { APPROVER, type Bed, CUSTOMER, PILOT, sandboxBed, SYSTEM } from "../testing/bed.ts";
import { windowOf } from "../indicator/facts.ts";
import { heartbeatReadings } from "../sight/heartbeats.ts";
import { fakeIndicators, keepsIndicatorContract } from "../testing/indicators.ts";
import { Listening, LOOK_MS_MAX } from "./listening.ts";
import { isSilent, trippedBy } from "./trigger.ts";
import { openWatch, type Tripped, type Watch } from "./watch.ts";

const at = (text: string) => fromIso(`2026-11-24T${text}Z`);

test("G21 · silence is longer than agreed, counted from the last beat or from when we listen", () => {
  const rows = [
    ["10:00:00", "09:00:00", "10:00:30.000", false],
    ["10:00:00", "09:00:00", "10:00:30.001", true],
    ["10:00:00", "10:05:00", "10:05:30.000", false],
    ["10:00:00", "10:05:00", "10:05:30.001", true],
    ["10:00:00", "09:00:00", "09:59:00.000", false],
  ] as const;
  for (const [beat, up, now, silent] of rows) {
    const listening = new Listening(at(up));
    for (let look = at(up); look < at(now); look = Math.min(look + 250, at(now)) as Instant) {
      listening.look(look);
      if (look >= at(beat)) listening.silentMs(PILOT, at(beat));
    }
    listening.look(at(now));
    const silentMs = listening.silentMs(PILOT, at(beat));
    assert.equal(isSilent({ silentSeconds: 30 }, silentMs), silent, `${beat} ${up} ${now}`);
  }
});

test("G21 · a machine that stood still accuses nobody: each look speaks for a second at most", () => {
  const listening = new Listening(at("10:00:00"));
  listening.look(at("10:00:00.250"));
  assert.equal(listening.silentMs(PILOT, at("10:00:00.100")), 150);
  listening.look(at("10:05:00"));
  assert.equal(listening.silentMs(PILOT, at("10:00:00.100")), 150 + LOOK_MS_MAX);
  listening.look(at("10:05:00.250"));
  assert.equal(listening.silentMs(PILOT, at("10:00:00.100")), 400 + LOOK_MS_MAX);
  listening.look(at("10:04:00"));
  assert.equal(listening.silentMs(PILOT, at("10:05:00.200")), 0);
});

test("G19, G20 · beyond the value in every one of so many windows; at the value is not beyond", () => {
  const reading = (value: bigint) => ({ value, from: at("10:00:00"), to: at("10:01:00") });
  const above = { comparator: "above", value: "100", windows: 3 } as const;
  const below = { comparator: "below", value: "10000", windows: 1 } as const;
  const rows = [
    [above, [101n, 102n, 103n], true],
    [above, [101n, 100n, 103n], false],
    [above, [101n, 102n, 103n, 5n], true],
    [above, [101n, 102n], false],
    [above, [], false],
    [below, [9_999n], true],
    [below, [10_000n], false],
  ] as const;
  for (const [trigger, values, trips] of rows) {
    const found = trippedBy(trigger, values.map(reading));
    assert.equal(found?.value, trips ? values[0] : undefined, values.join());
  }
});

test("the fake indicators keep the contract of the port", async () => {
  const fake = fakeIndicators();
  fake.say("payment-tokens", "success_rate", [1n, 2n, 3n, 4n]);
  await keepsIndicatorContract(fake, { pilot: "payment-tokens", indicator: "success_rate" });
});

const BANK: Principal = {
  ...{ kind: "key", id: "bank-key", organisation: "alder-bank", roles: ["permit_client"] },
};
const text = { zh: "演示用说明", en: "a text of the test" };
const label = { zh: "技术成功率（基点）", en: "Technical success rate in basis points" };

describe("triggers on a real guard", () => {
  let bed: Bed;
  let watch: Watch;
  let now = machineNow();
  let up = now;
  let pool: Adequacy | undefined;
  const codeOf = (outcome: Outcome) =>
    outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  const beat = (principal = BANK, pilot = PILOT) =>
    bed.act("sandbox.beat", { pilot }, { principal });
  const pay = (amount: number, verb = "pay") =>
    bed.act(`tokens.${verb}`, { customer: "c1", amount }, { partition: 1, principal: CUSTOMER });
  /** Looks as the server does, second by second, and answers with what tripped in all of them. */
  const listen = async (seconds: number): Promise<Tripped[]> => {
    const tripped: Tripped[] = [];
    for (let second = 1; second <= seconds; second++) {
      now = (now + 1_000) as Instant;
      tripped.push(...(await watch.round()));
    }
    return tripped;
  };
  const detail = async () => (await bed.sandbox.register.detail(PILOT)) ?? assert.fail();
  const lift = async () => {
    const bound = (await detail()).directives.filter((one) => one.status !== "lifted");
    for (const { id } of bound) {
      const order = { pilot: PILOT, directive: id, reason: text, notice: text };
      assert.equal(codeOf(await bed.order("sandbox.lift", order)), "accepted");
    }
  };

  before(async () => {
    bed = await sandboxBed();
    await bed.sandbox.load();
    const shipped = shippedAdmissions().find((one) => one.pilot === PILOT) ?? assert.fail();
    const [operator] = shipped.operators;
    const admission = {
      ...shipped,
      operators: [{ ...operator, organisation: BANK.organisation }],
      heartbeat: { silentSeconds: 30, closes: ["OPEN", "USE"], clause: "5.2-C7" },
      triggers: [
        {
          ...{ id: "success_rate", indicator: "success_rate_bp", comparator: "below", label },
          ...{ value: "9900", windows: 2, closes: [], clause: "5.2-C8" },
          lowers: [{ limit: "pilot_day_amount", cap: "1000" }],
        },
        {
          ...{ id: "losses", indicator: "loss_fen", comparator: "above", label },
          ...{ value: "5000", windows: 1, closes: ["OPEN"], lowers: [], clause: "5.2-C9" },
        },
      ],
    };
    const arm = { pilot: PILOT, partitions: [1], admission };
    assert.equal(codeOf(await bed.act("sandbox.arm", arm)), "accepted");
    assert.equal(codeOf(await bed.act("sandbox.start", { pilot: PILOT })), "accepted");
    await bed.jobs.drain();
    const pools = { read: async () => pool };
    const ports = { store: bed.store, guard: bed.guard, indicators: bed.indicators, pools };
    watch = openWatch(ports, up, () => now);
  });
  after(() => bed.end());

  test("before the first beat nobody listens for silence", async () => {
    now = (up + 3_600_000) as Instant;
    assert.deepEqual(await watch.round(), []);
  });

  test("only an operator's key sends the heartbeat, and only where the terms ask for one", async () => {
    const stranger = { ...BANK, organisation: "rowan-bank" };
    assert.equal(codeOf(await beat(stranger)), "heartbeat_of_another_operator");
    assert.equal(codeOf(await beat(CUSTOMER)), "role_may_not");
    assert.equal(codeOf(await beat(BANK, "nothing")), "pilot_unknown");
    assert.equal(codeOf(await beat()), "accepted");
  });

  test("G21 · thirty-one seconds of silence suspend OPEN and USE with the cause; SERVICE goes on", async () => {
    now = machineNow();
    assert.deepEqual(await watch.round(), []);
    now = (now + 3_600_000) as Instant;
    assert.deepEqual(await watch.round(), [], "an hour that stood still is no silence");
    assert.deepEqual(await listen(29), []);
    assert.deepEqual(await listen(2), [{ pilot: PILOT, trigger: "heartbeat" }]);
    await bed.jobs.drain();
    const { state, directives, policy } = await detail();
    assert.equal(state, "suspended");
    const [directive] = directives;
    assert.match(directive?.reason.en ?? "", /no heartbeat since .* 30 seconds .*5\.2-C7/);
    assert.match(directive?.reason.zh ?? "", /没有心跳.*30秒.*5\.2-C7/);
    assert.deepEqual([directive?.status, policy?.effective], ["effective", true]);
    assert.deepEqual(
      [codeOf(await pay(1)), codeOf(await pay(1, "open"))],
      ["class_closed", "class_closed"],
    );
    assert.equal(codeOf(await pay(1, "refund")), "accepted");
  });

  test("beating again lifts nothing, and the same silence trips once", async () => {
    assert.deepEqual(await watch.round(), []);
    assert.equal(codeOf(await beat()), "accepted");
    now = machineNow();
    assert.deepEqual(await watch.round(), []);
    assert.equal((await detail()).state, "suspended");
  });

  test("two people of the supervisor lift it, and the next silence is another directive", async () => {
    const [{ id: directive } = { id: "" }] = (await detail()).directives;
    const order = { pilot: PILOT, directive, reason: text, notice: text };
    assert.equal(
      codeOf(await bed.act("sandbox.lift", order, { principal: SYSTEM })),
      "role_may_not",
    );
    const parked = await bed.act("sandbox.lift", order, { principal: APPROVER });
    assert.ok(parked.kind === "parked");
    const own = { task: parked.task };
    const alone = await bed.act("guard.approve_task", own, { principal: APPROVER });
    assert.equal(codeOf(alone), "task_own_proposal");
    await lift();
    assert.equal((await detail()).state, "testing");
    assert.equal(codeOf(await pay(1)), "accepted");
    assert.equal((await listen(32)).length, 1);
    await bed.jobs.drain();
    assert.equal((await detail()).directives.length, 2);
    await beat();
    now = machineNow();
    await lift();
  });

  test("G20 · a breaker needs its windows in a row, and lowers a cap that the refusal then cites", async () => {
    bed.indicators.say(PILOT, "success_rate_bp", [9_800n, 9_900n, 9_899n]);
    assert.deepEqual(await watch.round(), []);
    bed.indicators.say(PILOT, "success_rate_bp", [9_900n, 9_899n, 9_700n]);
    assert.deepEqual(await watch.round(), [{ pilot: PILOT, trigger: "success_rate" }]);
    await bed.jobs.drain();
    assert.equal((await detail()).state, "restricted");
    const refused = await pay(1_000);
    assert.ok(refused.kind === "refused");
    const [failed] = refused.refusal.failed;
    assert.deepEqual(
      [failed?.limit, failed?.cap, failed?.clause],
      [...["pilot_day_amount", 1_000n, "1.10-C4/D3"]],
    );
  });

  test("G19 · losses above their cap close OPEN; at the cap exactly they do not", async () => {
    await lift();
    bed.indicators.say(PILOT, "success_rate_bp", []);
    bed.indicators.say(PILOT, "loss_fen", [5_000n]);
    assert.deepEqual(await watch.round(), []);
    bed.indicators.say(PILOT, "loss_fen", [5_001n]);
    assert.deepEqual(await watch.round(), [{ pilot: PILOT, trigger: "losses" }]);
    await bed.jobs.drain();
    assert.equal(codeOf(await pay(1, "open")), "class_closed");
    bed.indicators.say(PILOT, "loss_fen", []);
    await lift();
  });

  test("G18 · a pool below what is required closes OPEN, cites its clause, and leaves USE", async () => {
    const terms = { at: now, required: 10_000n, clause: "5.2", version: 1 };
    pool = { ...terms, free: 10_000n, adequate: true };
    assert.deepEqual(await watch.round(), []);
    pool = { ...terms, free: 9_999n, adequate: false };
    assert.deepEqual(await watch.round(), [{ pilot: PILOT, trigger: "compensation" }]);
    await bed.jobs.drain();
    assert.match((await detail()).directives.at(-1)?.reason.en ?? "", /9999\/10000 .*5\.2/);
    assert.equal(codeOf(await pay(1, "open")), "class_closed");
    assert.equal(codeOf(await pay(1)), "accepted");
    pool = { ...terms, free: 10_000n, adequate: true };
  });

  test("a cause that is named as an incident has to be closed before anything is lifted", async () => {
    const opening = { pilot: PILOT, category: "other", title: text };
    const opened = await bed.act("sandbox.open_incident", opening);
    assert.ok(opened.kind === "accepted");
    const { incident } = opened.answer as { readonly incident: string };
    const named = { pilot: PILOT, reason: text, notice: text, incident };
    const bound = (await detail()).directives.find((one) => one.status !== "lifted");
    const lifting = { ...named, directive: bound?.id };
    const refused = async () => {
      assert.equal(codeOf(await bed.act("sandbox.lift", lifting)), "cause_is_not_closed");
      assert.equal(codeOf(await bed.act("sandbox.resume", named)), "cause_is_not_closed");
    };
    const none = { category: "other", affected: null, lossFen: "0", recordsLeaked: "0" };
    const steps = [
      { event: "detect", startedAt: "2026-11-24T00:00:00Z" },
      { event: "classify", severity: 3, ...none },
      { event: "resolve", cause: text },
      { event: "close", summary: text },
    ];
    for (const step of steps) {
      await refused();
      const taken = await bed.act(`sandbox.${step.event}_incident`, { incident, step });
      assert.equal(codeOf(taken), "accepted", step.event);
    }
    assert.equal(codeOf(await bed.order("sandbox.lift", lifting)), "accepted");
    assert.equal((await detail()).state, "testing");
    const foreign = { ...named, pilot: "phone-pos" };
    assert.equal(codeOf(await bed.act("sandbox.resume", foreign)), "cause_is_not_closed");
  });

  test("nobody but the system trips, and only triggers of the terms", async () => {
    const content = { pilot: PILOT, trigger: "compensation", measured: "1/2", clause: "5.2" };
    assert.equal(codeOf(await bed.act("sandbox.trip", content)), "role_may_not");
    const unknown = { ...content, trigger: "nothing" };
    const by = { principal: SYSTEM };
    assert.equal(codeOf(await bed.act("sandbox.trip", unknown, by)), "trigger_unknown");
    const first = await bed.act("sandbox.trip", content, by);
    const again = await bed.act("sandbox.trip", content, by);
    assert.deepEqual(
      [first, again].map((one) => one.kind === "accepted" && one.answer),
      [true, false].map((tripped) => ({ pilot: PILOT, trigger: "compensation", tripped })),
    );
  });

  /** What the limit of a pilot has used, by the ledger. */
  const usedOf = async (limit: string) => {
    const { limits } = (await bed.sandbox.register.limits(PILOT)) ?? { limits: [] };
    return BigInt(limits.find(({ id }) => id === limit)?.used ?? "0");
  };
  const sixtyFour = <T>(act: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 64 }, (_, n) => act(n)));

  /** How many of 64 who trip the same trigger at once put a directive in force. */
  const trippedAtOnce = async (of: { readonly trigger: string; readonly measured: string }) => {
    const content = { pilot: PILOT, ...of };
    const tried = await sixtyFour(() => bed.act("sandbox.trip", content, { principal: SYSTEM }));
    return tried.filter(
      (one) => one.kind === "accepted" && (one.answer as { readonly tripped: boolean }).tripped,
    ).length;
  };

  test("G20 · 64 who trip at once trip once, and the lowered cap holds to the fen for 64 who ask", async () => {
    await lift();
    const had = (await detail()).directives.length;
    assert.equal(await trippedAtOnce({ trigger: "success_rate", measured: "9899" }), 1);
    assert.equal((await detail()).directives.length, had + 1);
    await bed.jobs.drain();
    const [used, amount] = [await usedOf("pilot_day_amount"), 50n];
    const fits = (1_000n - used) / amount;
    assert.ok(fits > 0n && fits < 64n, `${fits} fit`);
    const paid = (await sixtyFour(() => pay(Number(amount)))).filter(
      (one) => codeOf(one) === "accepted",
    );
    assert.equal(BigInt(paid.length), fits);
    assert.equal(await usedOf("pilot_day_amount"), used + fits * amount);
    await lift();
  });

  test("G21 · 64 beats at once are 64, and 64 who find it silent close it once", async () => {
    const beats = statement(
      "test.beats",
      "select beats from sandbox.heartbeat where partition = 0 and pilot = $1",
    );
    const count = async () => {
      const [row] = await bed.database.owner.query<{ beats: bigint }>(beats, [PILOT]);
      return row?.beats ?? 0n;
    };
    const had = await count();
    const codes = (await sixtyFour(() => beat())).map(codeOf);
    assert.deepEqual([...new Set(codes)], ["accepted"]);
    assert.equal(await count(), had + 64n);
    const gaps = heartbeatReadings(bed.store);
    const month = { window: windowOf("month", machineNow()), now: machineNow() };
    const told = (await gaps({ pilot: PILOT, ...month })) ?? 0n;
    assert.equal(await trippedAtOnce({ trigger: "heartbeat", measured: "31" }), 1);
    assert.equal(await gaps({ pilot: PILOT, ...month }), told + 1n, "I30 counts it once");
    const before = windowOf("month", (month.window.begins - 1) as Instant);
    assert.equal(await gaps({ pilot: PILOT, window: before, now: month.now }), 0n);
    assert.equal(await gaps({ pilot: "open-bank", ...month }), undefined, "nobody listens to it");
    await bed.jobs.drain();
    assert.equal((await detail()).state, "suspended");
    await lift();
  });

  test("G18 · the pool falls short while 64 open: who was let in is counted, nobody after", async () => {
    const had = await usedOf("pilot_customers");
    const open = (round: string) => (n: number) => {
      const content = { customer: `${round}-${n}`, amount: 1 };
      return bed.act("tokens.open", content, { partition: 1, principal: CUSTOMER });
    };
    pool = { at: now, required: 10_000n, clause: "5.2", version: 1, free: 9_999n, adequate: false };
    const asking = sixtyFour(open("rush"));
    now = machineNow();
    assert.deepEqual(await watch.round(), [{ pilot: PILOT, trigger: "compensation" }]);
    await bed.jobs.drain();
    const codes = (await asking).map(codeOf);
    const passed = codes.filter((code) => code === "accepted").length;
    assert.equal(codes.filter((code) => code === "class_closed").length, 64 - passed);
    assert.equal(await usedOf("pilot_customers"), had + BigInt(passed));
    const after = (await sixtyFour(open("late"))).map(codeOf);
    assert.deepEqual([...new Set(after)], ["class_closed"]);
    assert.equal(await usedOf("pilot_customers"), had + BigInt(passed));
    pool = undefined;
  });
});
