/**
 * Pilots that leave, on a real database with a real guard, real logs and a real folder, for tests:
 * two run by permits of a fictional institution, so that balances, holds and reservations are those
 * of the ledger. The end of a test is the end of the folder.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromIso, machineNow, toIso } from "@sandbank/kernel/clock";
import {
  evidenceMigrations,
  factsLine,
  logFolder,
  openPublisher,
  publisherRole,
} from "@sandbank/kernel/evidence";
import { advance, limitKey, openings, openPartition, startGuard } from "@sandbank/kernel/guard";
import { type Call, guardMigrations, HOT_SETTINGS, type Outcome } from "@sandbank/kernel/guard";
import { identityMigrations, type Principal, type Role } from "@sandbank/kernel/identity";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { type Jobs, jobsMigrations, jobsRole, openJobs } from "@sandbank/kernel/jobs";
import { ledgerMigrations, openHolds, outstanding } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import { testDatabase, type TestDatabase } from "@sandbank/kernel/testing";
import type { Admission } from "../admission/admission.contract.ts";
import { endingCommands, sandboxCommands, sandboxMigrations, sandboxModule } from "../index.ts";
import { type SandboxModule, sandboxRole } from "../index.ts";
import { type ObligationReader, type PolicyCarrier, SANDBOX_PARTITION } from "../ports.ts";

/** The pilots of this bed with their one partition each. */
const LEAVING: Readonly<Record<string, number>> = {
  "small-business-credit": 2,
  "mortgage-credit": 3,
};
const RUNNER = "alder-bank";
/** Later than any machine that runs this: a partition never acts before it was opened. */
const STARTED = "2041-03-04T10:00:00+08:00";

const person = (id: string, organisation: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation, roles },
});
export const OFFICER = person("officer-li", "supervisor", "supervisor_officer");
export const APPROVER = person("approver-zhao", "supervisor", "supervisor_approver");
export const OPERATOR = person("operator-bai", RUNNER, "institution_operator");
export const COMPLIANCE = person("compliance-wei", RUNNER, "compliance_officer");
export const FOREIGNER = person("compliance-tang", "rowan-bank", "compliance_officer");
const CLIENT: Principal = {
  ...{ kind: "key", id: "alder-key", organisation: RUNNER, roles: ["permit_client"] },
};
const SYSTEM = systemPrincipal("sandbox");

/** Terms with a stock of loans of at most 10,000.00 over 300 days. */
function termsOf(pilot: string): Admission {
  const text = {
    zh: "测试用条件，机构均为虚构",
    en: "terms of a test; every institution is fictional",
  };
  const cap = { classes: ["USE" as const], scope: "pilot" as const, label: text };
  return {
    ...{ pilot, demo: true, label: text, periodDays: 300, checks: [] },
    operators: [{ role: "lender", name: text, organisation: RUNNER }],
    caps: [
      ...[{ ...cap, id: "loans", measure: "amount" as const, window: "none" as const }].map(
        (one) => ({ ...one, cap: "1000000", clause: "1.10-C1" }),
      ),
      ...[{ ...cap, id: "lent_in_day", measure: "amount" as const, window: "day" as const }].map(
        (one) => ({ ...one, cap: "1000000", clause: "1.10-C2" }),
      ),
    ],
  };
}

export interface LeavingBed {
  readonly database: TestDatabase;
  readonly sandbox: SandboxModule;
  readonly jobs: Jobs;
  /** The folder below which logs and archives stand. */
  readonly folder: string;
  act(command: string, content: object, more?: Partial<Call>): Promise<Outcome>;
  /** What was done, or the code of the refusal. */
  said(command: string, content: object, more?: Partial<Call>): Promise<string>;
  /** Proposed by the officer, approved by the approver, jobs done. */
  order(command: string, content: object): Promise<string>;
  /** An act of the institution in the pilot's own partition. */
  permit(pilot: string, command: string, content: object): Promise<string>;
  turn(to: string): Promise<void>;
  publish(): Promise<void>;
  end(): Promise<void>;
}

const UNMEASURED = { measures: { over: async () => undefined } };
const SILENT = { error: () => {}, warn: () => {} };
const UNWITNESSED = { witnesses: [], quorum: 0, witnessTimeoutMs: 1_000, leaseMs: 60_000 };

/** Both pilots recorded, armed and started on one instant of business time. */
export async function leavingBed(): Promise<LeavingBed> {
  const database = await openLeaving();
  const folder = mkdtempSync(join(tmpdir(), "sandbank-leaving-"));
  const store = database.as(sandboxRole.role);
  const readings = database.as("sandbank_reader");
  const ending = { ...UNMEASURED, store, obligations: obligationsOf(readings), operatorOf };
  const guard = await startGuard({
    commands: [...sandboxCommands, ...endingCommands(ending)],
    stores: new Map([["sandbox", store]]),
    mode: "demo",
    onFault: (fault) => assert.fail(fault),
  });
  const sandbox = sandboxModule({
    ...{ ...NOT_ASKED, ...ending, guard },
    carrier: carrierOf(guard.act.bind(guard)),
    permits: { partitionOf: (pilot) => LEAVING[pilot], now: async () => machineNow() },
    archives: archivesOf(readings, folder),
  });
  const jobs = openJobs({ store: database.as("sandbank_jobs"), log: SILENT });
  jobs.register(sandbox.tasks);
  const publisher = openPublisher({
    ...{ ...UNWITNESSED, store: database.as(publisherRole.role) },
    ...{ keys: join(folder, "keys"), logs: join(folder, "logs") },
  });
  let count = 0;
  const act: LeavingBed["act"] = (command, content, more) => {
    const call = { partition: SANDBOX_PARTITION, id: `test-${++count}`, principal: OFFICER };
    return guard.act({ ...call, command, content, ...more });
  };
  const said: LeavingBed["said"] = async (...asked) => codeOf(await act(...asked));
  const bed: LeavingBed = {
    ...{ database, sandbox, jobs, folder, act, said },
    async order(command, content) {
      const parked = await act(command, content);
      if (parked.kind !== "parked") return codeOf(parked);
      const task = { task: parked.task };
      const said = codeOf(await act("guard.approve_task", task, { principal: APPROVER }));
      await jobs.drain();
      return said;
    },
    async permit(pilot, command, content) {
      const more = { partition: LEAVING[pilot] ?? -1, principal: CLIENT };
      return codeOf(await act(`sandbox.${command}`, content, more));
    },
    async turn(to) {
      const turn = { id: `turn-${++count}`, to: fromIso(to), partition: 0, principal: SYSTEM };
      const turned = await advance(guard, sandbox.dues, turn);
      assert.ok(!("refused" in turned), JSON.stringify(turned));
      await jobs.drain();
    },
    publish: async () => void (await publisher.round()),
    async end() {
      for (const part of [guard.close(), jobs.stop(0), publisher.release()]) await part;
      await database.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await startAll(bed);
  return bed;
}

/** Everything that ships is recorded; the pilots of this bed are armed and started. */
async function startAll(bed: LeavingBed): Promise<void> {
  await bed.turn(STARTED);
  await bed.sandbox.load();
  for (const [pilot, partition] of Object.entries(LEAVING)) {
    const armed = { pilot, partitions: [partition], admission: termsOf(pilot) };
    assert.equal(await bed.said("sandbox.arm", armed), "accepted");
    assert.equal(await bed.said("sandbox.start", { pilot }), "accepted");
  }
  await bed.jobs.drain();
}

async function openLeaving(): Promise<TestDatabase> {
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
      ...[jobsRole, publisherRole],
    ],
  });
  const own = { module: "sandbox", role: sandboxRole.role };
  const sandbox = { ...own, partition: 0, pilot: "sandbox", supervised: false };
  await openPartition(database.owner, { ...sandbox, origin: originOf("sandbox", 0) });
  for (const [pilot, partition] of Object.entries(LEAVING)) {
    const row = { ...own, partition, pilot, supervised: true };
    await openPartition(database.owner, { ...row, origin: originOf(pilot, partition) });
  }
  return database;
}

function originOf(pilot: string, partition: number): string {
  return `test.sandbank/${pilot}/${partition}`;
}

function operatorOf(pilot: string): string | undefined {
  return LEAVING[pilot] === undefined ? undefined : RUNNER;
}

function obligationsOf(readings: Store): ObligationReader {
  return {
    async read(pilot, stocks) {
      const partition = LEAVING[pilot] ?? -1;
      const sums = stocks.map(async ({ limit, unit }) => {
        const prefix = limitKey(limit, "", "").slice(0, -1);
        const { used, held } = await outstanding(readings, partition, prefix);
        return { limit, unit, amount: used + held };
      });
      const { holds, last } = await openHolds(readings, partition);
      return {
        stocks: await Promise.all(sums),
        holds: { count: holds, last: last === null ? null : toIso(last) },
      };
    },
  };
}

function archivesOf(readings: Store, folder: string) {
  return {
    folder: (pilot: string) => join(folder, "archives", pilot),
    logs(pilot: string) {
      const partition = LEAVING[pilot] ?? -1;
      const origin = originOf(pilot, partition);
      const log = { partition, origin, folder: join(folder, "logs", logFolder(origin)) };
      return existsSync(join(log.folder, "checkpoint")) ? [log] : [];
    },
    async *facts(partition: number) {
      const rows = await openings(readings, partition, { after: 0n, most: 1_000 });
      for (const row of rows) yield factsLine(row);
    },
  };
}

function carrierOf(act: (call: Call) => Promise<Outcome>): PolicyCarrier {
  return {
    async apply(pilot, policy) {
      const partition = LEAVING[pilot] ?? -1;
      const id = `policy-${pilot}-v${policy.version}`;
      const call = { partition, id, command: "guard.put_policy", content: { policy } };
      const outcome = await act({ ...call, principal: SYSTEM });
      return outcome.kind === "accepted" ? [{ partition, at: outcome.at }] : [];
    },
  };
}

function codeOf(outcome: Outcome): string {
  return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
}

const absent = () => assert.fail("no test of leaving asks for this");
const NOT_ASKED = {
  limits: { read: absent },
  tasks: { waiting: absent, approve: absent, reject: absent },
  journal: { page: absent },
  indicators: { latest: async () => [] },
  acts: { now: absent, heads: absent, slice: absent },
};
