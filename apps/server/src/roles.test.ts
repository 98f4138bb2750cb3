/**
 * What each login role may do in the composed database, tried and not read off: every table by
 * every verb, every function by a call. Whatever is not in the short lists below is denied.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openPartition } from "@sandbank/kernel/guard";
import { clientConfig, listTables, statement } from "@sandbank/kernel/store";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import pg from "pg";
import { migrations, partitionsOf, roles } from "./parts.ts";

const OWN = "select, insert";

/** Table, then verbs; the columns that may be updated stand in brackets. */
const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sandbank_follower: {
    "sandbox.acts_counted": `${OWN}, update(acts), delete`,
    "sandbox.denials_counted": `${OWN}, update(acts), delete`,
    "sandbox.follower": `${OWN}, update(at in_second second seq)`,
    "sandbox.probe": `${OWN}, delete`,
    "sandbox.probes_counted": `${OWN}, update(down_ms failed observed_ms probes)`,
    "sandbox.recount": OWN,
    "sandbox.requests_counted": `${OWN}, update(answered failed refused)`,
    "sandbox.uses_counted": `${OWN}, update(moved), delete`,
    "sandbox.window_counted": `${OWN}, update(acts first_seq last_seq peak), delete`,
  },
  sandbank_identity: {
    "identity.api_key": `${OWN}, update(state)`,
    "identity.challenge": `${OWN}, update(used_at), delete`,
    "identity.key_line": `${OWN}, update(name)`,
    "identity.one_time_link": `${OWN}, update(used_at), delete`,
    "identity.organisation": `${OWN}, update(fictional kind name_en name_zh state)`,
    "identity.passkey": `${OWN}, update(backed_up counter last_used state)`,
    "identity.person": `${OWN}, update(locale name_en name_zh organisation roles state)`,
    "identity.request_key": "select",
    "identity.session": `${OWN}, update(confirmed confirmed_until last_seen stepped_up_until), delete`,
  },
  sandbank_jobs: {
    "jobs.outbox": "select, update(attempts last_error lease lease_ends parked_at run_at), delete",
  },
  sandbank_publisher: {},
  sandbank_reader: {},
  sandbank_sandbox: {
    "sandbox.acknowledgement": OWN,
    "sandbox.acts_counted": "select",
    "sandbox.claim": `${OWN}, update(admitted judged_at judged_by paid paid_at state wording)`,
    "sandbox.claim_transition": "select",
    "sandbox.compensation_terms": OWN,
    "sandbox.complaint": `${OWN}, update(answered_at concerns days due ended_at escalated_at ground handler interests next_at outcome overdue_since recheck_asked_at recheck_at recheck_due recheck_outcome recheck_overdue state)`,
    "sandbox.complaint_step": OWN,
    "sandbox.complaint_transition": "select",
    "sandbox.answer": OWN,
    "sandbox.application": `${OWN}, update(published_at)`,
    "sandbox.attachment": OWN,
    "sandbox.attachment_bytes": OWN,
    "sandbox.change_request": `${OWN}, update(settled_at state)`,
    "sandbox.comment": `${OWN}, update(answer moderated_at moderated_by original reason state)`,
    "sandbox.contact": `${OWN}, update(closed_at proven_at)`,
    "sandbox.contact_code": `${OWN}, update(reason settled_at state used_at wrong)`,
    "sandbox.consultation": `${OWN}, update(closed_at covers ended next_at)`,
    "sandbox.consent": OWN,
    "sandbox.declaration_version": OWN,
    "sandbox.denials_counted": "select",
    "sandbox.dispatch": `${OWN}, update(reason settled_at state)`,
    "sandbox.directive": `${OWN}, update(effective_at lifted_at status)`,
    "sandbox.evaluation": `${OWN}, update(approved_by confirmed_by decided_at decided_by decision_approved_by effective_at graduated_at reason settled_at state)`,
    "sandbox.evaluation_criterion": OWN,
    "sandbox.evaluation_expert": `${OWN}, update(reason recused_at recused_by state)`,
    "sandbox.evaluation_measurement": OWN,
    "sandbox.evaluation_override": OWN,
    "sandbox.evaluation_report": `${OWN}, update(state)`,
    "sandbox.evaluation_return": OWN,
    "sandbox.evaluation_transition": "select",
    "sandbox.extension": `${OWN}, update(approved_by ruling settled_at settled_by state)`,
    "sandbox.exit":
      "select, insert, update(completed_at completed_by confirmed_at confirmed_by state statement)",
    "sandbox.exit_archive":
      "select, insert, update(hash manifest restored state verified_at written_at)",
    "sandbox.exit_item": "select, insert, update(ended_at ended_by evidence state)",
    "sandbox.exit_step":
      "select, insert, update(closed_at closed_by evidence opened_at organisation reading state)",
    "sandbox.exit_transition": "select",
    "sandbox.filing": `${OWN}, update(key published_at signature signed_at signed_by)`,
    "sandbox.follower": "select",
    "sandbox.incident": `${OWN}, update(acts_first acts_last acts_partition category cause closed_at detected_at loss_fen records_leaked resolved_at severity started_at state summary)`,
    "sandbox.incident_step": OWN,
    "sandbox.incident_transition": "select",
    "sandbox.heartbeat": `${OWN}, update(at beats machine_at organisation)`,
    "sandbox.letter": OWN,
    "sandbox.letter_read": OWN,
    "sandbox.notice": OWN,
    "sandbox.notice_count": `${OWN}, update(last)`,
    "sandbox.partition_of_pilot": OWN,
    "sandbox.passage": "select",
    "sandbox.payout": OWN,
    "sandbox.permit": `${OWN}, update(confirmed given_back state)`,
    "sandbox.pilot": `${OWN}, update(admission declaration period_from period_to policy since state)`,
    "sandbox.policy_version": OWN,
    "sandbox.probe": "select",
    "sandbox.probes_counted": "select",
    "sandbox.recount": "select",
    "sandbox.registration": OWN,
    "sandbox.requests_counted": "select",
    "sandbox.ruling": OWN,
    "sandbox.signing_key": `${OWN}, update(ended_at)`,
    "sandbox.transition": "select",
    "sandbox.trip": OWN,
    "sandbox.user_statement": OWN,
    "sandbox.uses_counted": "select",
    "sandbox.watch_check": OWN,
    "sandbox.watch_condition": `${OWN}, update(judged_at lacks measured over state sums)`,
    "sandbox.watch_criterion": OWN,
    "sandbox.watch_finding": `${OWN}, update(ruling state)`,
    "sandbox.watch_period": `${OWN}, update(checked_to ended_at ends_at machine_to next_at state)`,
    "sandbox.watch_ruling": OWN,
    "sandbox.watch_transition": "select",
    "sandbox.window_counted": "select",
    "sandbox.wording": `${OWN}, update(body claimed erased_at kept_at salt), delete`,
  },
  sandbank_tokens: {
    "tokens.authorisation": `${OWN}, update(amount at captured control hold holder reference refunded state windows)`,
    "tokens.card": `${OWN}, update(bin closed_seq expires holder last4 lost_seq next_at par replaced_seq state)`,
    "tokens.card_event": OWN,
    "tokens.confirmation": OWN,
    "tokens.consent": `${OWN}, update(until withdrawn)`,
    "tokens.control": OWN,
    "tokens.cryptogram": OWN,
    "tokens.decline": `${OWN}, delete`,
    "tokens.ending_notice": `${OWN}, delete`,
    "tokens.erasure": `${OWN}, update(claims destroyed_at sealed)`,
    "tokens.key_destruction": `${OWN}, update(destroyed_at keys)`,
    "tokens.key_rotation": `${OWN}, update(ended_at)`,
    "tokens.movement": OWN,
    "tokens.requestor": `${OWN}, update(state)`,
    "tokens.scene": `${OWN}, update(state)`,
    "tokens.settlement": OWN,
    "tokens.spent_cryptogram": OWN,
    "tokens.suspension": `${OWN}, delete`,
    "tokens.token": `${OWN}, update(control expires holder scenes state)`,
  },
  sandbank_vault: {
    "vault.card": `${OWN}, update(bin commitment expiry iv key kind last4 renumbered sealed), delete`,
    "vault.claim": `${OWN}, delete`,
    "vault.erasure": OWN,
    "vault.key": `${OWN}, update(ended kek state uses wrapped)`,
    "vault.quota": `${OWN}, update(cap used)`,
    "vault.rotation": `${OWN}, update(ended home moved ref)`,
    "vault.sight": OWN,
  },
};

/** Functions that act: each of them belongs to the guard's batch. */
const ACT = [
  ...["evidence.append", "evidence.head_of", "guard.add_members", "guard.add_tasks"],
  ...["guard.clock_row", "guard.decide_tasks", "guard.known", "guard.lock", "guard.members"],
  ...["guard.own_head", "guard.partitions", "guard.policy_of", "guard.put_policies"],
  ...["guard.task_of", "guard.turn_clock", "guard.write", "jobs.enqueue", "ledger.due_holds"],
  ...["ledger.insert_accounts", "ledger.insert_acts", "ledger.insert_holds"],
  ...["ledger.load_accounts", "ledger.load_holds", "ledger.own", "ledger.update_accounts"],
  ...["ledger.update_counters", "ledger.update_holds"],
  ...["guard.add_secrets", "guard.sweep_secrets", "guard.take_secret"],
  ...["identity.is_organisation", "identity.issue_keys"],
  ...["identity.end_request_keys", "identity.enrol_request_keys"],
  ...["identity.request_keys", "identity.request_keys_of"],
  ...["guard.belongings", "guard.erase", "guard.fence", "guard.glance"],
  ...["ledger.drop_windows", "ledger.over_windows"],
];
const READ = [
  ...["evidence.latest_checkpoint", "evidence.leaves", "evidence.logs", "guard.clock_row"],
  ...["guard.heads", "guard.journal_page", "guard.openings", "guard.partitions"],
  ...["guard.accepted_page", "guard.policy_of", "guard.refused_between"],
  ...["guard.refused_page", "guard.slice_page", "guard.tasks"],
  "ledger.balances",
  ...["ledger.differing_accounts", "ledger.next_due", "ledger.statement", "ledger.trial_balance"],
  ...["ledger.has_over_windows", "ledger.open_holds", "ledger.outstanding"],
];
const PUBLISH = [
  ...["evidence.latest_checkpoint", "evidence.lease", "evidence.leaves", "evidence.logs"],
  "evidence.put_checkpoint",
];
const FOLLOW = [
  ...["guard.heads", "guard.tally_acts", "guard.tally_denials", "guard.tally_seconds"],
  "guard.tally_uses",
];
/** What a trigger writes that no role may write. */
const TRIGGERS = ["sandbox.write_passage", "tokens.put_causes"];
/** What the constraints of a table ask, in the name of whoever writes it. */
const CHECKS = ["tokens.are_terms", "tokens.bounds_hold"];
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  sandbank_follower: FOLLOW,
  sandbank_identity: [],
  sandbank_jobs: [],
  sandbank_publisher: PUBLISH,
  sandbank_reader: READ,
  sandbank_sandbox: ACT,
  sandbank_tokens: [...ACT, ...CHECKS],
  sandbank_vault: [],
};

/** What a stranger to a partition may still ask of it: reading that no lock guards. */
const ASKED_BY_STRANGERS = new Set([
  ...["evidence.head_of", "guard.policy_of", "guard.clock_row"],
  "guard.partitions",
  // Puts a job into the queue, where only the server's own tasks run; no money, no record moves.
  "jobs.enqueue",
]);

const COLUMNS = statement(
  "roles.columns",
  `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table", a.attname as name
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 2`,
);
const ROUTINES = statement(
  "roles.routines",
  `select n.nspname || '.' || p.proname as name, p.prosecdef as definer,
          array(select format_type(t, null) from unnest(p.proargtypes) t)::text[] as types,
          p.prorettype = 'trigger'::regtype as trigger
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
);
const SEQUENCES = statement(
  "roles.sequences",
  `select n.nspname || '.' || c.relname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S'`,
);

interface Routine {
  readonly name: string;
  readonly definer: boolean;
  readonly types: readonly string[];
  readonly trigger: boolean;
}

describe("login roles", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase({ migrations, roles });
    for (const row of partitionsOf("roles.example")) await openPartition(database.owner, row);
  });
  after(() => database.end());

  /** Runs a sentence as a role, takes it back, and says what PostgreSQL objected to, if anything. */
  async function tries<T>(
    role: string,
    work: (ask: (sql: string) => Promise<string | undefined>) => Promise<T>,
  ): Promise<T> {
    const client = new pg.Client(clientConfig(database.login(role)));
    await client.connect();
    try {
      return await work(async (sql) => {
        await client.query("begin");
        try {
          await client.query(sql);
          return undefined;
        } catch (error) {
          assert.ok(error instanceof pg.DatabaseError, String(error));
          return `${error.code}: ${error.message}`;
        } finally {
          await client.query("rollback");
        }
      });
    } finally {
      await client.end();
    }
  }

  const isDenied = (said: string | undefined) =>
    said?.startsWith("42501: permission denied") ?? false;

  async function rightsOf(role: string): Promise<Record<string, string>> {
    const columns = Map.groupBy(
      await database.owner.query<{ table: string; name: string }>(COLUMNS),
      ({ table }) => table,
    );
    const tables = await listTables(database);
    return tries(role, async (ask) => {
      const may = async (sql: string) => !isDenied(await ask(sql));
      const found: Record<string, string> = {};
      for (const table of tables) {
        const verbs: string[] = [];
        if (await may(`select * from ${table} limit 0`)) verbs.push("select");
        if (await may(`insert into ${table} default values`)) verbs.push("insert");
        const updated: string[] = [];
        for (const { name } of columns.get(table) ?? []) {
          const column = pg.escapeIdentifier(name);
          const said = await ask(`update ${table} set ${column} = null where false`);
          // PostgreSQL sees before the right that a column can only be default: then it is nobody's.
          if (!isDenied(said) && !said?.startsWith("428C9")) updated.push(name);
        }
        if (updated.length > 0) verbs.push(`update(${updated.join(" ")})`);
        if (await may(`delete from ${table} where false`)) verbs.push("delete");
        if (await may(`truncate ${table}`)) verbs.push("truncate");
        if (verbs.length > 0) found[table] = verbs.join(", ");
      }
      return found;
    });
  }

  const logins = roles.filter(({ login }) => login !== false).map(({ role }) => role);

  test("every role that logs in has its two lists", () => {
    assert.deepEqual(Object.keys(TABLES), logins.toSorted());
    assert.deepEqual(Object.keys(FUNCTIONS), logins.toSorted());
  });

  describe("a role may do what its lists say and nothing else", () => {
    for (const role of Object.keys(TABLES)) {
      test(`${role}: tables`, async () => {
        assert.deepEqual(await rightsOf(role), TABLES[role]);
      });

      test(`${role}: functions`, async () => {
        const routines = await database.owner.query<Routine>(ROUTINES);
        const called = await tries(role, async (ask) => {
          const names = new Set<string>();
          for (const { name, types, trigger } of routines) {
            if (trigger) continue;
            const nothing = types.map((type) => `null::${type}`).join(", ");
            if (!isDenied(await ask(`select ${name}(${nothing})`))) names.add(name);
          }
          return [...names];
        });
        assert.deepEqual(called, [...(FUNCTIONS[role] ?? [])].toSorted());
      });

      test(`${role}: takes no number, makes nothing, becomes nobody`, async () => {
        const sequences = await database.owner.query<{ name: string }>(SEQUENCES);
        await tries(role, async (ask) => {
          const sentences = [
            ...sequences.map(({ name }) => `select nextval('${name}')`),
            "create table public.mine ()",
            "create schema mine",
            "create temporary table mine ()",
            "create role sandbank_mine",
            ...["sandbank_owner", ...logins.filter((other) => other !== role)].map(
              (other) => `set session authorization ${other}`,
            ),
            ...["sandbank_owner", ...logins.filter((other) => other !== role)].map(
              (other) => `set role ${other}`,
            ),
          ];
          for (const sql of sentences) assert.match((await ask(sql)) ?? "done", /^42501/, sql);
        });
      });
    }
  });

  test("only functions that act or read for a role run with their owner's rights", async () => {
    const routines = await database.owner.query<Routine>(ROUTINES);
    const definers = new Set(routines.filter(({ definer }) => definer).map(({ name }) => name));
    assert.deepEqual(
      [...definers].toSorted(),
      [...new Set([...ACT, ...READ, ...FOLLOW, ...PUBLISH, ...TRIGGERS])].toSorted(),
    );
  });

  const acts = (role: string) => ACT.every((name) => FUNCTIONS[role]?.includes(name));

  describe("a role that does not own a partition does nothing in it", () => {
    const rows = partitionsOf("roles.example");
    for (const { role, partition } of rows) {
      for (const stranger of logins.filter((one) => acts(one) && one !== role)) {
        test(`${stranger} in partition ${partition}`, async () => {
          const routines = await database.owner.query<Routine>(ROUTINES);
          await tries(stranger, async (ask) => {
            for (const { name, types } of routines) {
              if (!ACT.includes(name) || ASKED_BY_STRANGERS.has(name)) continue;
              const rest = types.slice(1).map((type) => fitting(type));
              const said = await ask(`select ${name}(${[partition, ...rest].join(", ")})`);
              assert.match(said ?? "done", /does not own partition/, name);
            }
          });
        });

        test(`${role} does own partition ${partition}`, async () => {
          await tries(role, async (ask) => {
            assert.equal(await ask(`select ledger.own(${partition})`), undefined);
            assert.equal(
              await ask(`select * from guard.lock(${partition}, '2026-11-24T00:00:00Z')`),
              undefined,
            );
          });
        });
      }
    }
  });

  function fitting(type: string): string {
    if (type.endsWith("[]")) return `'{}'::${type}`;
    if (type === "uuid") return "'01990000-0000-7000-8000-000000000001'::uuid";
    if (type === "bytea") return "''::bytea";
    if (type === "timestamp with time zone") return "'2026-11-24T00:00:00Z'::timestamptz";
    return type === "text" ? "''" : "1";
  }
});
