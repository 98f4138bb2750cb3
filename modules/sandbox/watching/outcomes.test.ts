/**
 * What else may come of a watch period: silence, an exit that is required, a proposal that a finding
 * outdates; figures over some days alone; and what the database itself refuses.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { VISITOR } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import * as contract from "../contract.ts";
import { OFFICER, OPERATOR, PILOT, SENIOR_XU, SYSTEM } from "../testing/bed.ts";
import { codeOf, figures, text } from "../testing/evaluated.ts";
import { type WatchedBed, watchedBed } from "../testing/watched.ts";
import { LEGAL } from "../watch/moves.fixture.ts";
import { openSilences } from "./silence.ts";

let on: WatchedBed;
const accept = { ruling: "accept", reason: text, conditions: [] };
const BANK: Principal = {
  ...{ kind: "key", id: "bank-key", organisation: "alder-bank", roles: ["permit_client"] },
};
const HEARTBEAT = { silentSeconds: 30, closes: ["OPEN" as const], clause: "5.2-C7" };
const LISTENED = {
  operators: [{ role: "operator", name: text, organisation: BANK.organisation }],
  ...{ heartbeat: HEARTBEAT, watchDays: 60 },
};

describe("silence in a watch period", () => {
  let now: Instant;
  let silences: ReturnType<typeof openSilences>;
  before(async () => {
    on = await watchedBed(LISTENED);
    const up = machineNow();
    now = up;
    silences = openSilences({ store: on.bed.store, guard: on.bed.guard }, up, () => now);
  });
  after(() => on.bed.end());

  /** Looks as the server does, second by second, and answers with what was found in all of them. */
  const listen = async (seconds: number) => {
    const fell: object[] = [];
    for (let second = 1; second <= seconds; second++) {
      now = (now + 1_000) as Instant;
      fell.push(...(await silences.round()));
    }
    return fell;
  };
  const beat = async () =>
    codeOf(await on.bed.act("sandbox.beat", { pilot: PILOT }, { principal: BANK }));

  test("before the first beat nobody listens; heard in time, nothing is found", async () => {
    now = (machineNow() + 3_600_000) as Instant;
    assert.deepEqual(await silences.round(), []);
    assert.equal(await beat(), "accepted");
    now = machineNow();
    assert.deepEqual(await silences.round(), []);
    assert.deepEqual(await listen(29), []);
  });

  test("G21: longer than the terms allow is one finding, and closes no class", async () => {
    assert.deepEqual(await listen(2), [{ pilot: PILOT, trigger: "heartbeat" }]);
    assert.deepEqual(await listen(5), [], "it is open already");
    const { state, findings } = await on.watch();
    assert.deepEqual(
      [state, findings.length, findings[0]?.kind, findings[0]?.check],
      ["questioned", 1, "silence", null],
    );
    const [notice] = await on.noticesOf("watch_finding");
    assert.match(notice?.text.zh ?? "", /没有心跳，超过约定的30秒/);
    assert.deepEqual(await on.lettersOf(OFFICER), ["watch_finding"]);
    assert.equal(await on.pay("open"), "accepted", "no directive reaches a graduated pilot");
  });

  test("ruled on while it goes on, silence is found anew; heard again, it is not", async () => {
    assert.equal(await on.rule(accept), "accepted");
    assert.deepEqual(await silences.round(), [{ pilot: PILOT, trigger: "heartbeat" }]);
    assert.equal(await beat(), "accepted");
    now = machineNow();
    assert.equal(await on.rule(accept), "accepted");
    assert.deepEqual(await silences.round(), []);
    assert.deepEqual(
      (await on.watch()).findings.map(({ state, ruling }) => [state, ruling]),
      [
        ["accepted", 1],
        ["accepted", 2],
      ],
    );
  });

  test("found by the system alone, and only of a pilot that is watched", async () => {
    const silent = { pilot: PILOT, since: toIso(machineNow()) };
    assert.equal(await on.ask("find_silence", silent), "role_may_not");
    const other = { ...silent, pilot: "phone-pos" };
    assert.equal(await on.ask("find_silence", other, SYSTEM), "watch_unknown");
    const none = { ...silent, pilot: "nothing" };
    assert.equal(await on.ask("find_silence", none, SYSTEM), "pilot_unknown");
  });
});

describe("an exit that is required", () => {
  before(async () => {
    on = await watchedBed();
  });
  after(() => on.bed.end());

  test("what is found after a ruling was proposed outdates the proposal", async () => {
    on.bed.measures.say(figures([0n, 1n]));
    await on.turnTo("2060-10-01T00:00:00");
    await on.turnTo("2060-10-30T00:00:00");
    const task = await on.propose(accept);
    await on.turnTo("2060-11-01T00:00:00");
    assert.equal((await on.watch()).findings.length, 2);
    assert.equal(await on.approve(task), "task_out_of_date");
    assert.equal((await on.watch()).state, "questioned");
  });

  test("no exit begins otherwise: a graduated pilot leaves out of its watch alone", async () => {
    const begin = { reason: text, notice: text };
    assert.equal(await on.ask("begin_exit", begin), "pilot_has_graduated");
  });

  test("退出须两人: the pilot leaves by its plan, and its caps bind what is left of it", async () => {
    assert.equal(await on.rule({ ruling: "require_exit", reason: text }), "accepted");
    assert.equal(await on.stateOf(), "exiting");
    const detail = await on.bed.sandbox.register.detail(PILOT);
    assert.deepEqual(detail?.policy?.classes, { OPEN: false, USE: false, SERVICE: true });
    const read = await on.read("/api/pilots/{slug}/exit");
    const exit = contract.exitContract.parse(read);
    assert.deepEqual([exit.cause, exit.reason, exit.state], ["watch", text, "running"]);
    assert.equal(await on.pay("refund"), "accepted", "what exists is finished");
    assert.equal(await on.pay(), "class_closed");
  });

  test("every open finding is settled by it, and all of it stays on record", async () => {
    const { state, findings, rulings, endedAt } = await on.watch();
    assert.deepEqual(
      [state, findings.map((one) => one.state), rulings.length],
      ["exit_required", ["exit_required", "exit_required"], 1],
    );
    assert.equal(endedAt, "2060-10-31T16:00:00.000Z");
    assert.equal((await on.standing()).state, "graduated");
    assert.match((await on.noticesOf("exit_begun"))[0]?.text.en ?? "", /requires .* to leave/);
    assert.equal((await on.lettersOf(SENIOR_XU))[0], "watch_ruled");
    assert.equal(await on.propose(accept), "watch_required_an_exit");
    await on.turnTo("2061-03-01T00:00:00");
    assert.equal((await on.watch()).checks.length, 2, "nothing is compared any more");
  });
});

describe("figures over some days alone", () => {
  before(async () => {
    on = await watchedBed();
  });
  after(() => on.bed.end());

  const month = (from: string, to: string) => {
    const [begins, ends] = [fromIso(`${from}T00:00:00+08:00`), fromIso(`${to}T00:00:00+08:00`)];
    const machine = machineNow();
    return { from: begins, to: ends, machineFrom: machine, machineTo: machine };
  };
  const over = async (from: string, to: string) => {
    const names = ["denial_rate_bp", "acts", "grave_incidents"];
    const measured = await on.bed.sandbox.board.over(PILOT, names, month(from, to));
    const told = measured?.figures.map(({ name, value, sums, over: of }) => [
      name,
      value,
      sums,
      of,
    ]);
    return measured === undefined ? undefined : [measured.complete, told];
  };

  test("only acts and incidents of those days are counted, by the formulas of the indicators", async () => {
    await on.turnTo("2060-09-20T10:00:00");
    for (let paid = 0; paid < 3; paid++) assert.equal(await on.pay(), "accepted");
    await on.turnTo("2060-10-20T10:00:00");
    assert.equal(await on.pay(), "accepted");
    await grave("2060-10-20T09:00:00+08:00");
    await on.turnTo("2060-11-02T10:00:00");
    await on.follow();
    assert.deepEqual(await over("2060-09-11", "2060-10-01"), [
      true,
      [
        ["denial_rate_bp", 0n, 0n, 3n],
        ["acts", 3n, null, null],
        ["grave_incidents", 0n, null, null],
      ],
    ]);
    assert.deepEqual(await over("2060-10-01", "2060-11-01"), [
      true,
      [
        ["denial_rate_bp", 0n, 0n, 1n],
        ["acts", 1n, null, null],
        ["grave_incidents", 1n, null, null],
      ],
    ]);
  });

  test("days that are not over have no figures", async () => {
    assert.equal(await over("2060-11-01", "2060-11-03"), undefined);
  });

  async function grave(startedAt: string): Promise<void> {
    const act = async (step: string, content: object) => {
      const asked = await on.bed.act(`sandbox.${step}_incident`, content, { principal: OPERATOR });
      return asked.kind === "accepted" ? asked.answer : assert.fail(`${step} ${asked.kind}`);
    };
    const opening = { pilot: PILOT, category: "outage", title: text };
    const { incident } = (await act("open", opening)) as { incident: string };
    await act("detect", { incident, step: { event: "detect", startedAt } });
    const found = { severity: 1, category: "outage", affected: null };
    const step = { event: "classify", ...found, lossFen: "0", recordsLeaked: "0" };
    await act("classify", { incident, step });
  }
});

describe("the database refuses by itself", () => {
  before(async () => {
    on = await watchedBed();
    on.bed.measures.say(figures([0n, 1n]));
    await on.turnTo("2060-10-01T00:00:00");
  });
  after(() => on.bed.end());

  let count = 0;
  const put = (sql: string) => on.bed.database.owner.query(statement(`test.watch_${++count}`, sql));
  const at = `partition = 0 and pilot = '${PILOT}'`;

  test("its legal moves are those of the tables in the code, each and no other", async () => {
    const rows = await on.bed.database.owner.query<Record<string, string>>(
      statement("test.watch_moves", "select * from sandbox.watch_transition"),
    );
    assert.deepEqual(
      rows
        .map((row) => [row["of"], row["from_state"], row["event"], row["to_state"]].join(" "))
        .toSorted(),
      LEGAL.map((row) => row.join(" ")).toSorted(),
    );
  });

  const REFUSED: readonly (readonly [string, RegExp])[] = [
    [`update sandbox.watch_period set state = 'ended' where ${at}`, /cannot go from questioned/],
    [`update sandbox.watch_period set state = 'running' where ${at}`, /while something is open/],
    [
      `update sandbox.watch_period set state = 'exit_required', ended_at = '2060-10-02Z' where ${at}`,
      /is exit_required while something is open|against its rulings/,
    ],
    [`update sandbox.watch_period set next_at = null where ${at}`, /violates check constraint/],
    [
      `update sandbox.watch_period set checked_to = ends_at, next_at = null where ${at}`,
      /is not checked as far as it says/,
    ],
    [`update sandbox.watch_criterion set met = true where ${at} and not met`, /violates check/],
    [`update sandbox.watch_finding set state = 'accepted' where ${at}`, /violates check/],
    [
      `insert into sandbox.watch_check values (0, '${PILOT}', 3, '2060-11-01Z', '2060-12-01Z',
         '2060-12-01Z', '2026-01-01Z', '2026-01-01Z')`,
      /does not follow the one before/,
    ],
    [
      `insert into sandbox.watch_ruling values (0, '${PILOT}', 1, 'accept', '{}', '[]', null,
         'a', 'a', '2060-10-02Z')`,
      /violates check/,
    ],
    [
      `insert into sandbox.watch_period (partition, pilot, state, organisation, days, from_terms,
         begun_at, ends_at, checked_to, next_at, machine_to)
       values (0, 'phone-pos', 'ended', 'x', 1, true, '2060-01-01Z', '2060-01-02Z', '2060-01-01Z',
         '2060-01-02Z', '2026-01-01Z')`,
      /cannot begin as ended/,
    ],
    [
      `update sandbox.pilot set state = 'exiting' where partition = 0 and slug = '${PILOT}'`,
      /cannot be exiting while|has no exit that lets it/,
    ],
  ];

  for (const [sql, expected] of REFUSED) {
    test(`${sql.slice(0, 90).replaceAll(/\s+/g, " ")}: no`, async () => {
      await assert.rejects(put(sql), expected);
    });
  }

  test("the module's role changes no comparing and no ruling, and deletes nothing", async () => {
    for (const sql of [
      "update sandbox.watch_criterion set met = true",
      "update sandbox.watch_check set to_at = now()",
      "update sandbox.watch_ruling set reason = '{}'",
      "update sandbox.watch_transition set to_state = 'ended'",
      "update sandbox.watch_period set days = 1",
      "delete from sandbox.watch_finding",
    ]) {
      await assert.rejects(
        on.bed.store.query(statement(`test.watch_forbidden_${++count}`, sql)),
        (error: unknown) => /permission denied/.test(whole(error)),
        sql,
      );
    }
  });

  test("a visitor reads the same record as anybody", async () => {
    const open = await on.read("/api/pilots/{slug}/watch-period", VISITOR);
    assert.deepEqual(open, await on.watch());
  });
});

/** The messages of an error and of its causes. */
function whole(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message} ${error.cause === undefined ? "" : whole(error.cause)}`;
}
