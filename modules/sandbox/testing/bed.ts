/**
 * The sandbox on a real database with a real guard, for tests: its own partition, and two partitions
 * of the token pilot with one command of each class. The carrier can be told to lose partitions.
 */
import assert from "node:assert/strict";
import { businessClock, type Instant, machineNow } from "@sandbank/kernel/clock";
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import { guardMigrations, HOT_SETTINGS, journalPage, openPartition } from "@sandbank/kernel/guard";
import { advance, limitKey, periodOf, startGuard, tasks } from "@sandbank/kernel/guard";
import { actsInSlice, clockRow, partitionHeads } from "@sandbank/kernel/guard";
import type { Call, Command, CommandClass, Guard, Outcome } from "@sandbank/kernel/guard";
import { identityMigrations, type Principal, type Role } from "@sandbank/kernel/identity";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { jobsMigrations, jobsRole, openJobs, type Jobs } from "@sandbank/kernel/jobs";
import { balances, ledgerMigrations } from "@sandbank/kernel/ledger";
import { fen } from "@sandbank/kernel/money";
import type { Store } from "@sandbank/kernel/store";
import { testDatabase, type TestDatabase } from "@sandbank/kernel/testing";
import { z } from "zod";
import { endingCommands, followerRole, sandboxMigrations, sandboxRole } from "../index.ts";
import { sandboxCommands, sandboxCommandsBehind, sandboxModule } from "../index.ts";
import type { SandboxModule } from "../index.ts";
import { fakeIndicators, type FakeIndicators } from "./indicators.ts";
import { saidMeasures, type SaidMeasures } from "./measures.ts";
import {
  type ActsReader,
  type ArmingGates,
  type JournalReader,
  type LimitsReader,
  type PolicyCarrier,
  type PostOffice,
  SANDBOX_PARTITION,
  type SandboxPorts,
  type TaskDesk,
} from "../ports.ts";

export const PILOT = "payment-tokens";
/** Two partitions; the demonstration's terms have pilot-wide caps and so use the first alone. */
export const SERVED = [1, 2] as const;

const person = (id: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, roles },
  organisation: roles[0]?.startsWith("supervisor") ? "supervisor" : "outside",
});
export const OFFICER = person("officer-li", "supervisor_officer");
export const APPROVER = person("approver-zhao", "supervisor_approver");
export const OPERATOR = person("operator-wu", "institution_operator");
export const CUSTOMER = person("wang-min", "customer");
/** Who runs the token pilot, and whose staff answers complaints about it. */
export const INSTITUTION = "sandbar-bank";
const member = (id: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, roles, organisation: INSTITUTION },
});
export const COMPLAINTS_CHEN = member("complaints-chen", "complaint_handler");
export const COMPLAINTS_HE = member("complaints-he", "complaint_handler");
export const SENIOR_XU = member("senior-xu", "institution_approver");
export const TRUSTEE_LU = member("trustee-lu", "compensation_trustee");
export const TRUSTEE_SHI = member("trustee-shi", "compensation_trustee");
export const SYSTEM = systemPrincipal("sandbox");

/** A command that does nothing but count against the limits of the pilot. */
function counting(cls: CommandClass, verb: string): Command {
  return {
    name: `tokens.${verb}`,
    class: cls,
    contract: z.strictObject({ customer: z.string(), amount: z.int().min(1) }),
    may: ["customer"],
    keys: () => ({ reads: [], writes: [] }),
    load: async (_tx, _partition, questions) => questions.map(() => null),
    decide: ({ command: { customer, amount } }) => ({
      ...{ entries: [], changes: [], answer: {} },
      counts: { as: "use", customer, amount: fen(amount), currency: "CNY" },
    }),
  };
}

const COUNTING = [counting("OPEN", "open"), counting("USE", "pay"), counting("SERVICE", "refund")];

export interface Bed {
  readonly database: TestDatabase;
  readonly sandbox: SandboxModule;
  readonly store: Store;
  readonly jobs: Jobs;
  readonly guard: Guard;
  /** What indicators were, as a test says it. */
  readonly indicators: FakeIndicators;
  /** What was measured over a test, where a test says it; else what the acts come to. */
  readonly measures: SaidMeasures;
  /** Partitions that the carrier cannot reach at the moment. */
  readonly deaf: Set<number>;
  act(command: string, content: unknown, more?: Partial<Call>): Promise<Outcome>;
  /** An order proposed by the officer and approved by the approver, with its policy carried. */
  order(command: string, content: object): Promise<Outcome>;
  /** Turns business time, stopping wherever something of the sandbox falls due. */
  turn(to: Instant): Promise<{ readonly stops: number }>;
  /** Loads what ships, arms and starts the token pilot on one partition, carries its policy. */
  started(): Promise<void>;
  end(): Promise<void>;
}

const ROLES = [
  ...[sandboxRole, followerRole],
  { role: "sandbank_tokens", memberOf: ["sandbank_act"], settings: HOT_SETTINGS },
  { role: "sandbank_reader", memberOf: ["sandbank_read"] },
  jobsRole,
];
const MIGRATIONS = [
  ...[identityMigrations, ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
  sandboxMigrations,
];

interface BedAsked {
  /** Pilots are armed only behind the gates of a server; other tests leave them open. */
  readonly gated?: boolean;
  /** Where letters go outside; nowhere unless told. */
  readonly post?: PostOffice;
}

export async function sandboxBed({ gated = false, post }: BedAsked = {}): Promise<Bed> {
  const database = await testDatabase({ migrations: MIGRATIONS, roles: ROLES });
  await openPartitions(database.owner);
  const store = database.as("sandbank_sandbox");
  const readings = database.as("sandbank_reader");
  const gates: ArmingGates = { unmet: (...asked) => sandbox.gates.unmet(...asked) };
  const measures = saidMeasures((...asked) => sandbox.board.over(...asked));
  const guard = await startGuard({
    commands: [
      ...(gated ? sandboxCommandsBehind(gates) : sandboxCommands),
      ...[...endingCommands({ ...ENDING, store, operatorOf, measures }), ...COUNTING],
    ],
    stores: new Map(Object.entries({ sandbox: store, tokens: database.as("sandbank_tokens") })),
    mode: "demo",
    onFault: (fault) => assert.fail(fault),
  });
  const deaf = new Set<number>();
  const indicators = fakeIndicators();
  const sandbox: SandboxModule = sandboxModule({
    ...{ store, guard, carrier: carrierOf(guard.act.bind(guard), deaf) },
    limits: limitsOf(readings),
    tasks: deskOf(readings, guard.act.bind(guard)),
    journal: journalOf(readings),
    ...{ ...ENDING, permits: NO_PERMITS, operatorOf, indicators, acts: actsOf(readings) },
    post,
  });
  const log = { error: () => {}, warn: () => {} };
  const jobs = openJobs({ store: database.as("sandbank_jobs"), log });
  jobs.register(sandbox.tasks);
  let count = 0;
  const act: Bed["act"] = (command, content, more) => {
    const call = { partition: SANDBOX_PARTITION, id: `test-${++count}`, principal: OFFICER };
    return guard.act({ ...call, command, content, ...more });
  };
  return {
    ...{ database, sandbox, store, jobs, deaf, act, guard, indicators, measures },
    async order(command, content) {
      const parked = await act(command, content);
      if (parked.kind !== "parked") return parked;
      const approval = { task: parked.task };
      const outcome = await act("guard.approve_task", approval, { principal: APPROVER });
      await jobs.drain();
      return outcome;
    },
    async turn(to) {
      const turn = { id: `turn-${++count}`, to, partition: SANDBOX_PARTITION, principal: SYSTEM };
      const turned = await advance(guard, sandbox.dues, turn);
      return "refused" in turned ? assert.fail(turned.code) : turned;
    },
    async started() {
      await sandbox.load({ demoPartitions: (pilot) => (pilot === PILOT ? [SERVED[0]] : []) });
      await jobs.drain();
    },
    async end() {
      await guard.close();
      await jobs.stop(0);
      await database.end();
    },
  };
}

const absent = () => assert.fail("nothing here asks for an archive");
/** Exits have a bed of their own, testing/leaving.ts, where the ledger is really read. */
const ENDING: Pick<SandboxPorts, "obligations" | "archives"> = {
  obligations: { read: async () => ({ stocks: [], holds: { count: 0n, last: null } }) },
  archives: { folder: absent, logs: absent, facts: absent },
};
const NO_PERMITS = { partitionOf: () => undefined, now: async () => machineNow() };

function operatorOf(pilot: string): string | undefined {
  return pilot === PILOT ? INSTITUTION : undefined;
}

function journalOf(readings: Store): JournalReader {
  return {
    async page({ partition, before, most }) {
      const page = { before: before ?? 2n ** 62n, most };
      const lines = await journalPage(readings, partition, page);
      return lines.map(({ seq, at, command, class: cls, outcome, policy_version, act }) => ({
        ...{ partition, seq, at, command, class: cls, outcome, act },
        policyVersion: policy_version,
      }));
    },
  };
}

function actsOf(readings: Store): ActsReader {
  return {
    now: async () => businessClock(await clockRow(readings)).now(),
    heads: () => partitionHeads(readings),
    async slice({ partition, ...slice }) {
      const lines = await actsInSlice(readings, partition, slice);
      return lines.map(({ policy_version: policyVersion, ...line }) => {
        return { partition, ...line, policyVersion };
      });
    },
  };
}

async function openPartitions(owner: Store): Promise<void> {
  const origin = "test.sandbank";
  const own = { partition: 0, pilot: "sandbox", module: "sandbox", supervised: false };
  await openPartition(owner, { ...own, role: "sandbank_sandbox", origin: `${origin}/sandbox/0` });
  for (const partition of SERVED) {
    const row = { partition, pilot: PILOT, module: "tokens", supervised: true };
    const of = { role: "sandbank_tokens", origin: `${origin}/${PILOT}/${partition}` };
    await openPartition(owner, { ...row, ...of });
  }
}

type Act = (call: Call) => Promise<Outcome>;

function carrierOf(act: Act, deaf: ReadonlySet<number>): PolicyCarrier {
  return {
    async apply(pilot, policy) {
      const reached: { partition: number; at: Instant }[] = [];
      for (const partition of SERVED) {
        if (deaf.has(partition)) continue;
        const id = `policy-${pilot}-v${policy.version}`;
        const call = { partition, id, command: "guard.put_policy", content: { policy } };
        const outcome = await act({ ...call, principal: SYSTEM });
        if (outcome.kind === "accepted") reached.push({ partition, at: outcome.at });
      }
      return reached;
    },
  };
}

function limitsOf(readings: Store): LimitsReader {
  return {
    async read(_pilot, policy) {
      const at = businessClock(await clockRow(readings)).now();
      const uses = [];
      for (const rule of policy.limits) {
        if (rule.scope !== "pilot" || rule.measure === "single") continue;
        const period = periodOf(rule.window, at);
        const key = limitKey(rule.id, "pilot", period);
        const [found] = await balances(readings, SERVED[0], key);
        const used = found ? found.debits + found.pending_debits - found.credits : 0n;
        uses.push({ limit: rule.id, used, period });
      }
      return { at, uses };
    },
  };
}

function deskOf(readings: Store, act: Act): TaskDesk {
  const decide =
    (verb: "approve" | "reject"): TaskDesk["approve"] =>
    ({ task, principal, id, reason }) => {
      const content = reason === undefined ? { task } : { task, reason };
      const call = { partition: SANDBOX_PARTITION, id, principal, content };
      return act({ ...call, command: `guard.${verb}_task` });
    };
  return {
    async waiting() {
      const rows = await tasks(readings, "open");
      return rows.map(({ id, command, content, proposed_by, at, expires, state }) => ({
        ...{ id, command, at, expires, state, proposedBy: proposed_by },
        content: JSON.parse(content) as unknown,
      }));
    },
    approve: decide("approve"),
    reject: decide("reject"),
  };
}
