/** The life of an incident: every state against every event, and once through guard and database. */
import assert from "node:assert/strict";
import { after as afterAll, before, describe, test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import {
  APPROVER,
  type Bed,
  CUSTOMER,
  OFFICER,
  OPERATOR,
  PILOT,
  sandboxBed,
} from "../testing/bed.ts";
import { incidentStateContract, stepContract, type Step } from "./incident.contract.ts";
import { after, eventsOf, INCIDENT_EVENTS, INCIDENT_STATES, take } from "./incident.ts";
import type { IncidentRow } from "./incident.store.ts";

/** Written a second time by hand: from, event, to. */
const LEGAL = [
  ["opened", "detect", "detected"],
  ["opened", "dismiss", "dismissed"],
  ["detected", "classify", "classified"],
  ["detected", "dismiss", "dismissed"],
  ["classified", "classify", "classified"],
  ["classified", "mitigate", "mitigated"],
  ["classified", "resolve", "resolved"],
  ["mitigated", "resolve", "resolved"],
  ["resolved", "close", "closed"],
  ["resolved", "reopen", "classified"],
] as const;

const text = { zh: "演示用说明", en: "a text of the test" };
const NOW = fromIso("2026-11-24T10:00:00+08:00");
const EARLIER = "2026-11-24T09:00:00+08:00";
const LATER = "2026-11-24T10:00:00.001+08:00";
const classify: Extract<Step, { readonly event: "classify" }> = {
  ...{ event: "classify", severity: 2, category: "fraud", affected: null },
  ...{ lossFen: "0", recordsLeaked: "0" },
};
const STEPS: Readonly<Record<Step["event"], Step>> = {
  detect: { event: "detect", startedAt: EARLIER },
  classify,
  mitigate: { event: "mitigate", note: text },
  resolve: { event: "resolve", cause: text },
  close: { event: "close", summary: text },
  reopen: { event: "reopen", note: text },
  dismiss: { event: "dismiss", note: text },
};

test("each event in each state has the answer that the table gives", () => {
  const legal = new Map<string, string>(LEGAL.map(([from, event, to]) => [`${from} ${event}`, to]));
  for (const from of INCIDENT_STATES) {
    for (const event of INCIDENT_EVENTS) {
      const answer = after(from, event);
      const expected = legal.get(`${from} ${event}`);
      if (expected === undefined) {
        assert.ok(isRefusal(answer), `${from} ${event} is refused`);
        assert.match(answer.code, /^incident_(is|was)_/);
      } else assert.equal(answer, expected, `${from} ${event}`);
    }
  }
  assert.deepEqual(eventsOf("closed"), []);
  assert.deepEqual(eventsOf("dismissed"), []);
});

test("the browser's lists of states and events are those of the noun", () => {
  assert.deepEqual(incidentStateContract.options, INCIDENT_STATES);
  const events = stepContract.options.map((one) => one.shape.event.value);
  assert.deepEqual(events.toSorted(), INCIDENT_EVENTS.toSorted());
});

const OTHER: Principal = { ...OPERATOR, id: "operator-he", organisation: "elsewhere" };
const opened: IncidentRow = {
  ...{ id: "01990000-0000-7000-8000-000000000001", pilot: PILOT, number: 1, state: "opened" },
  ...{ category: "outage", severity: null, title: text, organisation: OPERATOR.organisation },
  ...{ cause: null, summary: null, acts_partition: null, acts_first: null, acts_last: null },
  ...{ loss_fen: 0n, records_leaked: 0n, opened_at: NOW, started_at: null, detected_at: null },
  ...{ resolved_at: null, closed_at: null },
};
const detected: IncidentRow = { ...opened, state: "detected" };
const tomorrow: Step = { event: "detect", startedAt: LATER };
const turned: Step = { ...classify, affected: { partition: 1, first: "9", last: "8" } };
const resolved: IncidentRow = { ...opened, state: "resolved", severity: 1 };

test("what is refused, in the order of precedence", () => {
  const rows: readonly (readonly [string, IncidentRow | undefined, Step, Principal, string])[] = [
    ["nobody knows it", undefined, STEPS.close, OTHER, "incident_unknown"],
    ["not ours", opened, STEPS.close, OTHER, "incident_of_another_organisation"],
    ["ours, closing", opened, STEPS.close, OPERATOR, "incident_closed_by_supervisor_only"],
    [
      "ours, resolved, closing",
      resolved,
      STEPS.close,
      OPERATOR,
      "incident_closed_by_supervisor_only",
    ],
    ["too early", opened, STEPS.close, OFFICER, "incident_is_opened"],
    ["begins tomorrow", opened, tomorrow, OPERATOR, "incident_starts_in_the_future"],
    ["acts turned round", detected, turned, OPERATOR, "affected_acts_out_of_order"],
    [
      "began now",
      opened,
      { event: "detect", startedAt: "2026-11-24T02:00:00Z" },
      OPERATOR,
      "taken",
    ],
    ["by the supervisor", opened, STEPS.detect, OFFICER, "taken"],
    ["closed by the supervisor", resolved, STEPS.close, APPROVER, "taken"],
  ];
  for (const [situation, incident, step, principal, expected] of rows) {
    const act = "01990000-0000-7000-8000-000000000002";
    const changes = take({ incident, step, principal, now: NOW as Instant, act });
    assert.equal(isRefusal(changes) ? changes.code : "taken", expected, situation);
  }
});

describe("an incident on record", () => {
  let bed: Bed;
  before(async () => {
    bed = await sandboxBed();
    await bed.started();
  });
  afterAll(() => bed.end());

  const outcomeOf = (outcome: Outcome) =>
    outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  const by = (principal: Principal) => ({ principal });
  const openOne = async () => {
    const content = { pilot: PILOT, category: "outage", title: text };
    const outcome = await bed.act("sandbox.open_incident", content, by(OPERATOR));
    assert.ok(outcome.kind === "accepted");
    return (outcome.answer as { incident: string }).incident;
  };
  const step = async (incident: string, taken: Step, principal = OPERATOR) => {
    const content = { incident, step: taken };
    return outcomeOf(await bed.act(`sandbox.${taken.event}_incident`, content, by(principal)));
  };

  test("goes from opened to closed, each step put down, and is public from its severity on", async () => {
    const incident = await openOne();
    const shown = async () => {
      const found = bed.sandbox.routes.find(({ path }) => path === "/api/pilots/{slug}/incidents");
      const asked = { params: { slug: PILOT }, principal: CUSTOMER } as never;
      return (await found?.handle(asked)) as {
        incidents: { state: string; affectedActs: string }[];
      };
    };
    assert.deepEqual((await shown()).incidents, []);
    const began = "2020-03-20T09:00:00+08:00";
    assert.equal(await step(incident, { event: "detect", startedAt: began }), "accepted");
    const affected = { partition: 1, first: "2", last: "6" };
    assert.equal(await step(incident, { ...classify, affected, lossFen: "1250" }), "accepted");
    assert.equal(await step(incident, STEPS.mitigate), "accepted");
    assert.equal(await step(incident, STEPS.mitigate), "incident_is_mitigated");
    assert.equal(await step(incident, STEPS.resolve), "accepted");
    assert.equal(await step(incident, STEPS.close), "incident_closed_by_supervisor_only");
    assert.equal(await step(incident, STEPS.reopen, OFFICER), "accepted");
    assert.equal(await step(incident, STEPS.resolve), "accepted");
    assert.equal(await step(incident, STEPS.close, OFFICER), "accepted");
    const [one] = (await shown()).incidents;
    assert.deepEqual([one?.state, one?.affectedActs], ["closed", "5"]);
    const steps = statement(
      "test.steps_of",
      "select event from sandbox.incident_step where incident = $1::uuid order by at, id",
    );
    const events = await bed.database.owner.query<{ event: string }>(steps, [incident]);
    assert.deepEqual(
      events.map(({ event }) => event),
      ["open", "detect", "classify", "mitigate", "resolve", "reopen", "resolve", "close"],
    );
  });

  test("is numbered within its pilot, also when several are opened at once", async () => {
    const numbers = await Promise.all(
      [1, 2, 3].map(async () => {
        const content = { pilot: PILOT, category: "other", title: text };
        const outcome = await bed.act("sandbox.open_incident", content, by(OPERATOR));
        assert.ok(outcome.kind === "accepted");
        return (outcome.answer as { number: number }).number;
      }),
    );
    assert.deepEqual(
      numbers.toSorted((one, other) => one - other),
      [2, 3, 4],
    );
    const unknown = { pilot: "no-such-pilot", category: "other", title: text };
    const refused = await bed.act("sandbox.open_incident", unknown, by(OPERATOR));
    assert.equal(outcomeOf(refused), "pilot_unknown");
    const customer = await bed.act("sandbox.open_incident", unknown, by(CUSTOMER));
    assert.equal(outcomeOf(customer), "role_may_not");
  });

  test("the database holds the same table and refuses every other move itself", async () => {
    const table = statement(
      "test.incident_table",
      "select from_state, event, to_state from sandbox.incident_transition",
    );
    const rows = await bed.database.owner.query<Record<string, string>>(table);
    const line = (cells: readonly (string | undefined)[]) => cells.join(" ");
    assert.deepEqual(
      rows.map((row) => line([row["from_state"], row["event"], row["to_state"]])).toSorted(),
      LEGAL.map(line).toSorted(),
    );
    const incident = await openOne();
    const force = statement(
      "test.force_incident",
      "update sandbox.incident set state = $2 where id = $1::uuid",
    );
    for (const to of ["classified", "mitigated", "resolved", "closed"]) {
      await assert.rejects(
        bed.database.owner.query(force, [incident, to]),
        /cannot go from opened/,
      );
    }
    const begin = statement(
      "test.begin_incident",
      `insert into sandbox.incident (partition, id, pilot, number, state, category, title,
         organisation, opened_at)
       select partition, gen_random_uuid(), pilot, 99, 'closed', category, title, organisation,
         opened_at from sandbox.incident where id = $1::uuid`,
    );
    await assert.rejects(bed.database.owner.query(begin, [incident]), /cannot begin as closed/);
  });
});
