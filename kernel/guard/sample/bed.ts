/** A guard over the sample module on a real database, for tests: one call, one bed. */
import assert from "node:assert/strict";
import { type Instant, randomBytes, toIso } from "../../clock/index.ts";
import { evidenceMigrations } from "../../evidence/index.ts";
import {
  identityMigrations,
  identityRole,
  type Principal,
  type Role,
} from "../../identity/index.ts";
import { jobsMigrations } from "../../jobs/index.ts";
import { ledgerMigrations } from "../../ledger/index.ts";
import type { Login, Store } from "../../store/index.ts";
import { testDatabase } from "../../testing/index.ts";
import type { Call, Outcome } from "../command.ts";
import type { GuardFault } from "../fault.ts";
import { startGuard } from "../guard.ts";
import type { RunningGuard } from "../running.ts";
import { SecretBox } from "../secret.ts";
import { guardMigrations } from "../guard.store.ts";
import { HOT_SETTINGS, openPartition } from "../partition.store.ts";
import type { Policy } from "../policy.ts";
import { sampleCommands, sampleMigrations } from "./sample.ts";

export const CUSTOMER: Principal = {
  kind: "person",
  id: "wang-min",
  organisation: "customers",
  roles: ["customer"],
};
export const OFFICER: Principal = {
  kind: "person",
  id: "officer-li",
  organisation: "supervisor",
  roles: ["supervisor_officer"],
};
export const APPROVER: Principal = {
  kind: "person",
  id: "approver-zhao",
  organisation: "supervisor",
  roles: ["supervisor_approver", "supervisor_officer"],
};
export const SYSTEM: Principal = {
  kind: "system",
  id: "sandbox",
  organisation: "sandbank",
  roles: ["system"],
};

/** The roomiest policy; tests narrow what they are about. */
export function roomyPolicy(more: Partial<Policy> = {}): Policy {
  return {
    pilot: "sample",
    version: 1,
    phase: "testing",
    classes: { OPEN: true, USE: true, SERVICE: true },
    period: { from: "2020-01-01T00:00:00+08:00", to: "2099-01-01T00:00:00+08:00" },
    limits: [],
    checks: [],
    ...more,
  };
}

export interface Bed {
  readonly guard: RunningGuard;
  readonly owner: Store;
  readonly store: Store;
  readonly readings: Store;
  readonly identity: Store;
  readonly faults: GuardFault[];
  /** Roles that people have by now; whoever is not here has the roles he acts with. */
  readonly present: Map<string, readonly Role[]>;
  /** How another process logs in as the sample. */
  readonly login: Login;
  restartAfterKill9(): Promise<void>;
  act(command: string, content: unknown, more?: Partial<Call>): Promise<Outcome>;
  put(policy: Policy, partition?: number): Promise<Outcome>;
  /** Turns business time, which stands where no policy holds: in partition 0. */
  turn(to: Instant): Promise<void>;
  end(): Promise<void>;
}

const ROLE = "sandbank_sample";

const MIGRATIONS = [
  ...[identityMigrations, ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
  sampleMigrations,
];
const ROLES = [
  { role: ROLE, memberOf: ["sandbank_act"], settings: HOT_SETTINGS },
  { role: "sandbank_reader", memberOf: ["sandbank_read"] },
  identityRole,
];

/** Partitions 1 to `count`, and 0, where no policy holds and the clock is turned. */
async function openPartitions(owner: Store, count: number): Promise<void> {
  const keeper = { partition: 0, pilot: "sandbox", module: "sample", supervised: false };
  await openPartition(owner, { ...keeper, role: ROLE, origin: "test.sandbank/sandbox/0" });
  for (let partition = 1; partition <= count; partition++) {
    const origin = `test.sandbank/sample/${partition}`;
    const row = { partition, pilot: "sample", module: "sample", supervised: true };
    await openPartition(owner, { ...row, role: ROLE, origin });
  }
}

/** Opens `partitions` partitions of the sample, each under the given policy. */
export async function sampleBed(
  policy = roomyPolicy(),
  partitions = 1,
  durable = false,
): Promise<Bed> {
  const database = await testDatabase({
    durable,
    migrations: MIGRATIONS,
    roles: ROLES,
  });
  await openPartitions(database.owner, partitions);
  const store = database.as(ROLE);
  const faults: GuardFault[] = [];
  const present = new Map<string, readonly Role[]>();
  const guard = await startGuard({
    commands: sampleCommands,
    stores: new Map([["sample", store]]),
    mode: "demo",
    secrets: new SecretBox(randomBytes(32)),
    roles: async (principal) => present.get(principal.id) ?? principal.roles,
    onFault: (fault) => faults.push(fault),
  });
  let n = 0;
  const act: Bed["act"] = (command, content, more) =>
    guard.act({ partition: 1, id: `id-${++n}`, command, content, principal: CUSTOMER, ...more });
  const put: Bed["put"] = (next, partition = 1) =>
    act("guard.put_policy", { policy: next }, { principal: SYSTEM, partition });
  for (let partition = 1; partition <= partitions; partition++) await put(policy, partition);
  return {
    guard,
    owner: database.owner,
    store,
    readings: database.as("sandbank_reader"),
    identity: database.as("sandbank_identity"),
    faults,
    present,
    login: database.login("sandbank_sample"),
    async turn(to) {
      const turn = { principal: SYSTEM, partition: 0 };
      const outcome = await act("guard.turn_clock", { to: toIso(to) }, turn);
      assert.equal(outcome.kind, "accepted");
    },
    restartAfterKill9: () => database.restartAfterKill9(),
    act,
    put,
    async end() {
      await guard.close();
      await database.end();
    },
  };
}
