/**
 * One pilot that runs by permits, on a real database with a real guard, for tests of the edge and of
 * every kind of limit and check: the policy is whatever a test puts in force.
 */
import assert from "node:assert/strict";
import { fromIso, machineNow } from "@sandbank/kernel/clock";
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import {
  type CheckRule,
  guardMigrations,
  HOT_SETTINGS,
  type LimitRule,
  openPartition,
  type Outcome,
  type Policy,
  type RunningGuard,
  startGuard,
} from "@sandbank/kernel/guard";
import { identityMigrations, type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { balances, ledgerMigrations } from "@sandbank/kernel/ledger";
import { statement, type Store } from "@sandbank/kernel/store";
import { askerOf } from "@sandbank/kernel/http/testing";
import { testDatabase } from "@sandbank/kernel/testing";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { sandboxCommands, sandboxMigrations, sandboxModule, sandboxRole } from "../index.ts";
import type { SandboxModule } from "../index.ts";

export const PERMIT_PILOT = "small-business-credit";
const PARTITION = 2;

/** The fictional institution that runs the pilot, and one that has nothing to do with it. */
export const INSTITUTION = keyOf("alder-bank");
export const STRANGER = keyOf("rowan-bank");

function keyOf(organisation: string): Principal {
  return { kind: "key", id: `${organisation}-key`, organisation, roles: ["permit_client"] };
}

/** A limit as tests need it: pilot-wide, USE, no window, clause 1.10 unless told. */
export function limitOf(id: string, more: Partial<LimitRule>): LimitRule {
  const usual = { measure: "amount", classes: ["USE"], scope: "pilot", window: "none" } as const;
  return { id, ...usual, cap: "1", clause: "1.10-C1", ...more };
}

export interface PermitBed {
  readonly guard: RunningGuard;
  readonly store: Store;
  readonly partition: number;
  /** Puts the next version of the policy in force. */
  policy(more?: Partial<Policy>): Promise<void>;
  /** An answer that keeps its contract, or a refusal. */
  ask(route: string, asked: Asked): Promise<unknown>;
  /** Publishes versions of the user statement by their hashes, as far as consents look at them. */
  state(hashes: readonly string[]): Promise<void>;
  /** Turns business time. */
  turn(to: string): Promise<void>;
  /** What is used of a limit's account. */
  used(key: string): Promise<bigint>;
  end(): Promise<void>;
}

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly principal?: Principal;
}

export async function permitBed(): Promise<PermitBed> {
  const database = await openPermits();
  const store = database.as(sandboxRole.role);
  const readings = database.as("sandbank_reader");
  const guard = await startGuard({
    commands: sandboxCommands,
    stores: new Map([["sandbox", store]]),
    mode: "demo",
    onFault: (fault) => assert.fail(fault),
  });
  let now = machineNow();
  const sandbox = sandboxModule({
    ...{ store, guard, ...NOT_ASKED },
    permits: {
      partitionOf: (pilot) => (pilot === PERMIT_PILOT ? PARTITION : undefined),
      now: async () => now,
    },
  });
  const system = systemPrincipal("sandbox");
  const routes = askerOf(sandbox.routes, { principal: INSTITUTION });
  let version = 0;
  return {
    ...{ guard, store, partition: PARTITION },
    async policy(more = {}) {
      version += 1;
      const outcome = await guard.act({
        ...{ partition: PARTITION, id: `policy-${version}`, principal: system },
        command: "guard.put_policy",
        content: { policy: { ...USUAL, ...more, version } },
      });
      assert.equal(outcome.kind, "accepted", said(outcome));
    },
    ask: (name, { params = {}, ...asked }) =>
      routes(name, { ...asked, params: { slug: PERMIT_PILOT, ...params } }),
    state: (hashes) => publish(sandbox, store, hashes),
    async turn(to) {
      now = fromIso(to);
      const turned = { partition: 0, id: `turn-${now}`, principal: system, content: { to } };
      const outcome = await guard.act({ ...turned, command: "guard.turn_clock" });
      assert.equal(outcome.kind, "accepted", said(outcome));
    },
    async used(key) {
      const row = (await balances(readings, PARTITION, key)).find((one) => one.key === key);
      return row === undefined ? 0n : row.debits + row.pending_debits - row.credits;
    },
    async end() {
      await guard.close();
      await database.end();
    },
  };
}

const PUBLISH = statement(
  "test.publish_statements",
  `insert into sandbox.user_statement
   select 0, $1, u.version, 1, u.hash, '{}', '2026-11-24Z'
     from unnest($2::int[], $3::text[]) u(version, hash)`,
);

async function publish(sandbox: SandboxModule, store: Store, hashes: readonly string[]) {
  await sandbox.load();
  const versions = hashes.map((_, at) => at + 1);
  await store.query(PUBLISH, [PERMIT_PILOT, versions, hashes]);
}

async function openPermits() {
  const database = await testDatabase({
    migrations: [
      ...[
        identityMigrations,
        ledgerMigrations,
        evidenceMigrations,
        jobsMigrations,
        guardMigrations,
      ],
      sandboxMigrations,
    ],
    roles: [
      { ...sandboxRole, settings: HOT_SETTINGS },
      { role: "sandbank_reader", memberOf: ["sandbank_read"] },
    ],
  });
  const own = { module: "sandbox", role: sandboxRole.role };
  const rows = [
    { partition: 0, pilot: "sandbox", supervised: false },
    { partition: PARTITION, pilot: PERMIT_PILOT, supervised: true },
  ];
  for (const row of rows) {
    await openPartition(database.owner, { ...own, ...row, origin: `test/${row.pilot}` });
  }
  return database;
}

const absent = () => assert.fail("no part of the permit edge asks for this");
const NOT_ASKED = {
  operatorOf: () => undefined,
  carrier: { apply: absent },
  limits: { read: absent },
  indicators: { latest: absent },
  tasks: { waiting: absent, approve: absent, reject: absent },
  journal: { page: absent },
  acts: { now: absent, heads: absent, slice: absent },
  obligations: { read: absent },
  archives: { folder: absent, logs: absent, facts: absent },
};

const USUAL: Policy = {
  ...{ pilot: PERMIT_PILOT, version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2020-01-01T00:00:00Z", to: "2090-01-01T00:00:00Z" },
  limits: [],
  checks: [],
};

/** The check that names who may act, as the compiler makes it of the terms. */
export const OPERATOR: CheckRule = {
  ...{ kind: "operator", allowed: [INSTITUTION.organisation], clause: "1.4" },
  classes: ["OPEN", "USE", "SERVICE"],
};

function said(outcome: Outcome): string {
  return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
}

/** The code of a refusal, or the state of the permit that was answered. */
export function codeOf(answer: unknown): string {
  return isRefusal(answer) ? answer.code : (answer as { readonly state: string }).state;
}

/** Every failed limit and check of a refusal, with its figures. */
export function failedOf(answer: unknown): Refusal["failed"] {
  assert.ok(isRefusal(answer), "it was not refused");
  return answer.failed;
}
