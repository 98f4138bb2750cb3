/**
 * Every table of states of the sandbox, every state against every event: the code answers each of
 * them, and the database refuses every move that no event makes, and every other beginning. The
 * database's half is tried on copies of the tables, without rows beside them and with their triggers
 * as they stand.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { refusalEntry } from "@sandbank/kernel/words";
import { statement } from "@sandbank/kernel/store";
import { type StandingRow, type TestDatabase, triedMoves } from "@sandbank/kernel/testing";
import { CHANGE_EVENTS, CHANGE_TABLE } from "../change/change.ts";
import { COMMENT_EVENTS, COMMENT_TABLE } from "../comment/standing.ts";
import { CLAIM, CLAIM_EVENTS } from "../compensation/claim.ts";
import { COMPLAINT, COMPLAINT_EVENTS } from "../complaint/complaint.ts";
import { ROUND_EVENTS, ROUND_TABLE } from "../consultation/consultation.ts";
import { DIRECTIVE_TABLE, STEPS } from "../directive/directive.ts";
import { CONTACT_EVENTS, CONTACTS } from "../contact/standing.ts";
import { DISPATCH_EVENTS, DISPATCHES } from "../dispatch/dispatch.ts";
import {
  EVALUATION_EVENTS,
  EVALUATION_TABLE,
  EXPERT_EVENTS,
  EXPERT_TABLE,
  EXTENSION_EVENTS,
  EXTENSION_TABLE,
  REPORT_EVENTS,
  REPORT_TABLE,
} from "../evaluation/evaluation.ts";
import {
  ARCHIVE_EVENTS,
  ARCHIVE_TABLE,
  EXIT_EVENTS,
  EXIT_TABLE,
  ITEM_EVENTS,
  ITEM_TABLE,
  STEP_EVENTS,
  STEP_TABLE,
} from "../exit/exit.ts";
import { INCIDENT_EVENTS, INCIDENT_TABLE } from "../incident/incident.ts";
import { PERMIT, PERMIT_EVENTS } from "../permit/permit.ts";
import { EVENTS, TRANSITIONS } from "../pilot/pilot.ts";
import { type Bed, sandboxBed } from "../testing/bed.ts";
import { CONDITION_EVENTS, CONDITION_TABLE, FINDING_TABLE } from "../watch/watch.ts";
import { RULINGS, WATCH_EVENTS, WATCH_TABLE } from "../watch/watch.ts";

type Cell = { readonly to: string } | { readonly refusal: string } | { readonly no: string };

/** A table of states in the code, and where its rows stand in the database. */
interface Machine {
  readonly name: string;
  readonly events: readonly string[];
  readonly table: Readonly<Record<string, Readonly<Record<string, Cell>>>>;
  readonly place: string;
  /** The states with which a row may begin. */
  readonly begins: readonly string[];
  /** Columns of a row in each state that has one; its column `state` alone unless told. */
  readonly rows?: Readonly<Record<string, StandingRow>>;
  /** The table that holds the moves of the code a second time, with the machine's name in it. */
  readonly moves?: { readonly place: string; readonly of?: string };
}

const SOMEBODY = "01970000-0000-7000-8000-000000000001";
const judged = { moderated_by: "officer" };
const SOME_DAY = "2026-01-01T00:00:00Z";
const ended = (end: string): StandingRow => ({ ended: end, closed_at: SOME_DAY });
const settled = (state: string): StandingRow => ({ state, settled_at: SOME_DAY });
const evaluationMoves = (of: string) => ({ place: "sandbox.evaluation_transition", of });
const watchMoves = (of: string) => ({ place: "sandbox.watch_transition", of });
const exitMoves = (of: string) => ({ place: "sandbox.exit_transition", of });

const MACHINES: readonly Machine[] = [
  {
    ...{ name: "pilot and application", events: EVENTS, table: TRANSITIONS },
    ...{ place: "sandbox.pilot", begins: ["draft", "registered"] },
    moves: { place: "sandbox.transition" },
  },
  {
    ...{ name: "round of consultation", events: ROUND_EVENTS, table: ROUND_TABLE },
    ...{ place: "sandbox.consultation", begins: [""] },
    rows: {
      "": { ended: "" },
      ...{ clock: ended("clock"), refused: ended("refused"), withdrawn: ended("withdrawn") },
    },
  },
  {
    ...{ name: "comment", events: COMMENT_EVENTS, table: COMMENT_TABLE },
    ...{ place: "sandbox.comment", begins: ["waiting"] },
    rows: {
      waiting: { state: "waiting" },
      admitted: { state: "admitted", ...judged },
      answered: { state: "admitted", ...judged, answer: SOMEBODY },
      set_aside: { state: "set_aside", ...judged },
      duplicate: { state: "duplicate", ...judged },
    },
  },
  {
    ...{ name: "change", events: CHANGE_EVENTS, table: CHANGE_TABLE },
    ...{ place: "sandbox.change_request", begins: ["requested"] },
    rows: {
      requested: { state: "requested" },
      adopted: settled("adopted"),
      refused: settled("refused"),
      withdrawn: settled("withdrawn"),
    },
  },
  {
    ...{ name: "directive", events: STEPS, table: DIRECTIVE_TABLE },
    ...{ place: "sandbox.directive", begins: ["in_force"] },
    // What is proposed is the guard's task, and what was dropped has no row.
    rows: {
      in_force: { status: "in_force" },
      effective: { status: "effective" },
      lifted: { status: "lifted" },
    },
  },
  {
    ...{ name: "dispatch", events: DISPATCH_EVENTS, table: DISPATCHES },
    ...{ place: "sandbox.dispatch", begins: ["waiting"] },
  },
  {
    ...{ name: "contact", events: CONTACT_EVENTS, table: CONTACTS },
    ...{ place: "sandbox.contact", begins: ["unproven"] },
    // The state is not kept: it follows from what has happened and when.
    rows: {
      unproven: { proven_at: null, closed_at: null },
      proven: { proven_at: SOME_DAY, closed_at: null },
      closed: { closed_at: SOME_DAY },
    },
  },
  {
    ...{ name: "code on its way to a contact", events: DISPATCH_EVENTS, table: DISPATCHES },
    ...{ place: "sandbox.contact_code", begins: ["waiting"] },
  },
  {
    ...{ name: "complaint", events: COMPLAINT_EVENTS, table: COMPLAINT },
    ...{ place: "sandbox.complaint", begins: ["received"] },
    moves: { place: "sandbox.complaint_transition" },
  },
  {
    ...{ name: "claim", events: CLAIM_EVENTS, table: CLAIM },
    ...{ place: "sandbox.claim", begins: ["raised"] },
    moves: { place: "sandbox.claim_transition" },
  },
  {
    ...{ name: "incident", events: INCIDENT_EVENTS, table: INCIDENT_TABLE },
    ...{ place: "sandbox.incident", begins: ["opened"] },
    moves: { place: "sandbox.incident_transition" },
  },
  {
    ...{ name: "permit", events: PERMIT_EVENTS, table: PERMIT },
    ...{ place: "sandbox.permit", begins: ["reserved"] },
    // Expiry is not kept: it follows from the instant.
    rows: Object.fromEntries(
      ["reserved", "confirmed", "cancelled", "closed"].map((state) => [state, { state }]),
    ),
  },
  {
    ...{ name: "exit", events: EXIT_EVENTS, table: EXIT_TABLE },
    ...{ place: "sandbox.exit", begins: ["running"], moves: exitMoves("exit") },
  },
  {
    ...{ name: "step of an exit", events: STEP_EVENTS, table: STEP_TABLE },
    ...{ place: "sandbox.exit_step", begins: ["waiting"], moves: exitMoves("step") },
  },
  {
    ...{ name: "item of an exit", events: ITEM_EVENTS, table: ITEM_TABLE },
    ...{ place: "sandbox.exit_item", begins: ["listed"], moves: exitMoves("item") },
  },
  {
    ...{ name: "archive", events: ARCHIVE_EVENTS, table: ARCHIVE_TABLE },
    ...{ place: "sandbox.exit_archive", begins: ["requested"], moves: exitMoves("archive") },
  },
  {
    ...{ name: "evaluation", events: EVALUATION_EVENTS, table: EVALUATION_TABLE },
    ...{ place: "sandbox.evaluation", begins: ["self_test"] },
    moves: evaluationMoves("evaluation"),
  },
  {
    ...{ name: "report of an evaluation", events: REPORT_EVENTS, table: REPORT_TABLE },
    ...{
      place: "sandbox.evaluation_report",
      begins: ["standing"],
      moves: evaluationMoves("report"),
    },
  },
  {
    ...{ name: "expert", events: EXPERT_EVENTS, table: EXPERT_TABLE },
    ...{
      place: "sandbox.evaluation_expert",
      begins: ["appointed"],
      moves: evaluationMoves("expert"),
    },
  },
  {
    ...{ name: "extension", events: EXTENSION_EVENTS, table: EXTENSION_TABLE },
    ...{ place: "sandbox.extension", begins: ["asked"], moves: evaluationMoves("extension") },
  },
  {
    ...{ name: "watch period", events: WATCH_EVENTS, table: WATCH_TABLE },
    ...{ place: "sandbox.watch_period", begins: ["running"], moves: watchMoves("watch") },
  },
  {
    ...{ name: "finding of a watch period", events: RULINGS, table: FINDING_TABLE },
    ...{ place: "sandbox.watch_finding", begins: ["open"], moves: watchMoves("finding") },
  },
  {
    ...{ name: "condition of a ruling", events: CONDITION_EVENTS, table: CONDITION_TABLE },
    ...{ place: "sandbox.watch_condition", begins: ["pending"], moves: watchMoves("condition") },
  },
];

/** Moves of the code: from, event, to. */
function movesOf({ table, events }: Machine): readonly (readonly [string, string, string])[] {
  return Object.entries(table).flatMap(([from, row]) =>
    events.flatMap((event) => {
      const cell = row[event];
      return cell && "to" in cell ? [[from, event, cell.to] as const] : [];
    }),
  );
}

for (const machine of MACHINES) {
  test(`${machine.name}: every event has an answer in every state`, () => {
    const { table, events } = machine;
    const states = Object.keys(table);
    for (const state of states) {
      assert.deepEqual(Object.keys(table[state] ?? {}).toSorted(), events.toSorted(), state);
      for (const event of events) {
        const cell = table[state]?.[event];
        assert.ok(cell, `${state} ${event}`);
        if ("to" in cell) assert.ok(states.includes(cell.to), `${state} ${event} ${cell.to}`);
        else {
          const code = "refusal" in cell ? cell.refusal : cell.no;
          assert.ok(refusalEntry(code), `${state} ${event}: nobody declares ${code}`);
        }
      }
    }
  });
}

describe("the second lock", () => {
  let bed: Bed;
  let database: TestDatabase;
  before(async () => {
    bed = await sandboxBed();
    database = bed.database;
  });
  after(() => bed.end());

  for (const machine of MACHINES) {
    test(`${machine.name}: the database makes the moves of the table and no other`, async () => {
      const { place, begins, table } = machine;
      const rows =
        machine.rows ?? Object.fromEntries(Object.keys(table).map((state) => [state, { state }]));
      const told = await triedMoves(database.owner, place, rows);
      const legal = movesOf(machine).filter(
        ([from, , to]) => from !== to && Object.hasOwn(rows, from) && Object.hasOwn(rows, to),
      );
      const expected = [
        ...begins.map((state) => `nothing → ${state}`),
        ...new Set(legal.map(([from, , to]) => `${from} → ${to}`)),
      ];
      assert.deepEqual(told.toSorted(), expected.toSorted());
    });
  }

  test("the moves that the database keeps as rows are those of the code, event by event", async () => {
    for (const machine of MACHINES) {
      const { moves } = machine;
      if (moves === undefined) continue;
      const { place, of } = moves;
      const kept = await database.owner.query<Record<"from_state" | "event" | "to_state", string>>(
        statement(
          `test.moves ${place} ${of ?? ""}`,
          `select from_state, event, to_state from ${place}${of === undefined ? "" : ` where of = '${of}'`}`,
        ),
      );
      const rows = kept.map(
        ({ from_state, event, to_state }) => `${from_state} ${event} ${to_state}`,
      );
      const told = movesOf(machine).map((move) => move.join(" "));
      assert.deepEqual(rows.toSorted(), told.toSorted(), machine.name);
    }
  });

  test("every column that says where something stands belongs to one of these tables", async () => {
    const found = await database.owner.query<{ place: string }>(
      statement(
        "test.state_columns",
        `select distinct format('%s.%s', n.nspname, c.relname) as place from pg_class c
           join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'sandbox'
           join pg_attribute a on a.attrelid = c.oid and a.attname in ('state', 'status', 'ended')
             and a.atttypid = 'text'::regtype
          where c.relkind = 'r'`,
      ),
    );
    const places = found.map(({ place }) => place).toSorted();
    assert.deepEqual(places, MACHINES.map(({ place }) => place).toSorted());
  });

  test("tasks are the guard's: the sandbox decides one by its function alone, and once", async () => {
    const store = database.as("sandbank_sandbox");
    const insert = "insert into guard.task (partition) values (0)";
    for (const text of ["update guard.task set state = 'open'", "delete from guard.task", insert]) {
      await assert.rejects(store.query(statement(`test.${text}`, text)), /permission denied/);
    }
    const decide = statement(
      "test.decide_tasks",
      `select guard.decide_tasks(0, array[$1]::uuid[], array['approved'], array['x'],
         array[now()], array[null])`,
    );
    await assert.rejects(store.query(decide, [SOMEBODY]), /a task was decided twice/);
  });

  test("words that were erased stay so, and words that an act names are not swept", async () => {
    const told = await database.owner.transaction(async (tx) => {
      const run = (name: string, text: string) => tx.query(statement(`test.words ${name}`, text));
      await run(
        "keep",
        `insert into sandbox.wording (partition, id, organisation, command, field, kept_at, claimed,
           erased_at) values (0, '${SOMEBODY}', 'o', 'c', 'f', now(), true, now())`,
      );
      await run(
        "lock",
        `create function pg_temp.refuses(what text) returns boolean language plpgsql as $$
         begin execute what; return false; exception when check_violation then return true; end $$`,
      );
      const tries = ["set erased_at = null, body = '', salt = ''", "set claimed = false"];
      const asked = statement("test.words refuses", "select pg_temp.refuses($1) as refuses");
      const all = [
        ...tries.map((one) => `update sandbox.wording ${one}`),
        "delete from sandbox.wording",
      ];
      const answers: boolean[] = [];
      for (const one of all) {
        const [row] = await tx.query<{ refuses: boolean }>(asked, [one]);
        answers.push(row?.refuses ?? false);
      }
      return answers;
    });
    assert.deepEqual(told, [true, true, true]);
  });
});
