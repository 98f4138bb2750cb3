/**
 * A partition with every kind of act that the follower must count, for its tests: openings of
 * customers, payments, holds that are captured, released or run out, refunds, and refusals of every
 * kind; under a clock that is turned by hand.
 */
import assert from "node:assert/strict";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import {
  type Call,
  type Command,
  guardMigrations,
  HOT_SETTINGS,
  openPartition,
  type Outcome,
  type Policy,
  type RunningGuard,
  startGuard,
} from "@sandbank/kernel/guard";
import { type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import { fen } from "@sandbank/kernel/money";
import type { Store } from "@sandbank/kernel/store";
import { testDatabase } from "@sandbank/kernel/testing";
import { z } from "zod";
import { followerRole, sandboxMigrations, sandboxRole } from "../store.ts";

/** A Tuesday at 23:50 in Shanghai: windows of all three spans end soon. */
export const BEGINNING = fromIso("2060-11-30T23:50:00+08:00");
export const CUSTOMER: Principal = {
  ...{ kind: "person", id: "wang-min", organisation: "customers", roles: ["customer"] },
};

const partner = z.string();
const paying = z.strictObject({ customer: z.string(), amount: z.int().min(1), partner });
type Paying = z.infer<typeof paying>;

const verb = <Content>(
  name: string,
  cls: Command["class"],
  of: Pick<Command<Content, null>, "contract" | "decide">,
): Command => ({
  ...{ name: `tokens.${name}`, class: cls, may: ["customer"] },
  keys: () => ({ reads: [], writes: [] }),
  load: async (_tx, _partition, questions) => questions.map(() => null),
  ...of,
});

const open = verb<{ customer: string }>("open", "OPEN", {
  contract: z.strictObject({ customer: z.string() }),
  decide: ({ command: { customer } }) => ({
    ...{ entries: [], changes: [], answer: {}, counts: { as: "use", customer } },
  }),
});
const pay = verb<Paying>("pay", "USE", {
  contract: paying,
  decide: ({ command, now }) => ({
    ...{ entries: [], changes: [], answer: { at: toIso(now) } },
    counts: { as: "use", currency: "CNY", ...command, amount: fen(command.amount) },
  }),
});
const reserve = verb<Paying>("reserve", "USE", {
  contract: paying,
  decide({ command, id, now }) {
    const amount = fen(command.amount);
    const [debit, credit] = [{ key: "till" }, { key: "spent" }].map((account) => ({
      ...account,
      book: "money:CNY" as const,
    }));
    assert.ok(debit && credit);
    return {
      entries: [
        { kind: "hold", hold: id, amount, expires: (now + 3_600_000) as Instant },
        { kind: "transfer", debit, credit, amount, hold: id },
      ],
      counts: { as: "hold", currency: "CNY", ...command, amount },
      ...{ changes: [], answer: { hold: id, at: toIso(now) } },
    };
  },
});
const finish = verb<{ hold: string; amount?: number | undefined }>("finish", "SERVICE", {
  contract: z.strictObject({ hold: z.uuid(), amount: z.int().optional() }),
  decide: ({ command: { hold, amount } }) => ({
    entries: [
      amount === undefined
        ? { kind: "release", hold }
        : { kind: "capture", hold, amount: fen(amount), final: true },
    ],
    ...{ changes: [], answer: {} },
  }),
});
const refund = verb<Paying & { at: string }>("refund", "SERVICE", {
  contract: paying.extend({ at: z.string() }),
  decide: ({ command: { at, ...command } }) => ({
    ...{ entries: [], changes: [], answer: {} },
    counts: { as: "give_back", ...command, amount: fen(command.amount), at: fromIso(at) },
  }),
});

const rule = (id: string, more: Partial<Policy["limits"][number]>): Policy["limits"][number] => ({
  ...{ id, measure: "amount", classes: ["USE"], scope: "pilot", window: "none" },
  ...{ cap: "9000000000", clause: `1.10-${id}`, ...more },
});

/** Limits of every scope and window that the follower must tell apart. */
export const POLICY: Policy = {
  ...{ pilot: "payment-tokens", version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2020-01-01T00:00:00+08:00", to: "2099-01-01T00:00:00+08:00" },
  limits: [
    rule("pilot_customers", { measure: "customers", classes: ["OPEN"], cap: "6" }),
    rule("one_payment", { measure: "single", cap: "900" }),
    rule("customer_day_amount", { scope: "customer", window: "day", cap: "5000" }),
    rule("pilot_day_amount", { window: "day", cap: "20000" }),
    rule("pilot_day_count", { measure: "count", window: "day", cap: "60" }),
    rule("pilot_amount", {}),
    rule("partner_month_amount", { scope: "partner", window: "month", cap: "15000" }),
  ],
  checks: [
    {
      ...{ kind: "partner", allowed: ["farsail", "lantern", "tideway"], classes: ["USE"] },
      clause: "1.7",
    },
  ],
};

export interface FollowedBed {
  readonly guard: RunningGuard;
  readonly owner: Store;
  /** Logs in as `sandbank_follower`. */
  readonly store: Store;
  /** Logs in as `sandbank_sandbox`. */
  readonly sandbox: Store;
  act(command: string, content: unknown, more?: Partial<Call>): Promise<Outcome>;
  put(policy: Policy, partition: number): Promise<void>;
  turn(to: Instant): Promise<void>;
  end(): Promise<void>;
}

const MIGRATIONS = [
  ...[ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
  sandboxMigrations,
];
const ROLES = [
  ...[followerRole, sandboxRole],
  { role: "sandbank_tokens", memberOf: ["sandbank_act"], settings: HOT_SETTINGS },
];

/** Partitions 1 to `count` of the pilot, each under POLICY, at BEGINNING. */
export async function followedBed(count: number): Promise<FollowedBed> {
  const database = await testDatabase({ migrations: MIGRATIONS, roles: ROLES });
  const { owner } = database;
  const role = "sandbank_tokens";
  const numbers = Array.from({ length: count + 1 }, (_, i) => i);
  for (const partition of numbers) {
    const pilot = partition === 0 ? "sandbox" : POLICY.pilot;
    const row = { partition, pilot, module: "tokens", role, supervised: partition > 0 };
    await openPartition(owner, { ...row, origin: `test.sandbank/${pilot}/${partition}` });
  }
  const guard = await startGuard({
    commands: [open, pay, reserve, finish, refund],
    stores: new Map([["tokens", database.as(role)]]),
    mode: "demo",
    onFault: (fault) => assert.fail(fault),
  });
  let n = 0;
  const act: FollowedBed["act"] = (command, content, more) =>
    guard.act({ partition: 1, id: `f-${++n}`, command, content, principal: CUSTOMER, ...more });
  const own = async (command: string, content: unknown, partition: number) => {
    const outcome = await act(command, content, {
      ...{ partition, principal: systemPrincipal("sandbox") },
    });
    assert.equal(outcome.kind, "accepted", command);
  };
  const put: FollowedBed["put"] = (policy, at) => own("guard.put_policy", { policy }, at);
  const turn: FollowedBed["turn"] = (to) => own("guard.turn_clock", { to: toIso(to) }, 0);
  await turn(BEGINNING);
  for (const partition of numbers.slice(1)) await put(POLICY, partition);
  return {
    ...{ guard, owner, act, put, turn },
    store: database.as(followerRole.role),
    sandbox: database.as(sandboxRole.role),
    async end() {
      await guard.close();
      await database.end();
    },
  };
}
