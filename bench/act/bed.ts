/** A pilot of payment tokens on a durable database, filled and started, and its traffic. */
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import {
  type Call,
  guardMigrations,
  HOT_SETTINGS,
  openPartition,
  type Outcome,
  type Policy,
  type RunningGuard,
  startGuard,
} from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import { type Migrations, type RoleDeclaration, statement } from "@sandbank/kernel/store";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import { tokensCommands, tokensMigrations, tokensRole } from "@sandbank/tokens";

export const PARTITION = 1;
const PILOT = "payment-tokens";

const SEED = statement("bench.act_seed", "select bench_act.seed($1, $2, $3)");
const ANALYZE = statement("bench.act_analyze", "analyze");
const seedMigrations: Migrations = {
  schema: "bench_act",
  folder: new URL("./sql/", import.meta.url),
};

const SHOP: Principal = { kind: "key", id: "shop-key", organisation: "shop", roles: ["requestor"] };
export const SYSTEM: Principal = {
  kind: "system",
  id: "bench",
  organisation: "sandbank",
  roles: ["system"],
};

/** No payment here brings a cryptogram. */
const NO_CODES = { cryptogramOf: () => new Uint8Array(16) };

/** The caps of a pilot like the demonstration's, wide enough that only what should be is declined. */
const POLICY: Policy = {
  ...{ pilot: PILOT, version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2020-01-01T00:00:00Z", to: "2090-01-01T00:00:00Z" },
  limits: [
    limit("pilot_customers", { measure: "customers", classes: ["OPEN"] }),
    limit("payment_amount", { measure: "single", cap: "500000" }),
    limit("pilot_day_amount", { window: "day" }),
    limit("pilot_outstanding_amount", {}),
  ],
  checks: [{ kind: "currency", allowed: ["CNY"], classes: ["USE"], clause: "1.10-C6" }],
};

function limit(id: string, more: Partial<Policy["limits"][number]>): Policy["limits"][number] {
  const usual = { measure: "amount", classes: ["USE"], scope: "pilot", window: "none" } as const;
  return { id, ...usual, cap: "900000000000000000", clause: "1.10", ...more };
}

export interface ActBed {
  readonly guard: RunningGuard;
  readonly database: TestDatabase;
  /** The next authorisation; two in a hundred ask for more than the token allows. */
  authorise(): Promise<Outcome>;
  end(): Promise<void>;
}

/** What a bed holds. */
export interface Filling {
  /** Two to each customer. */
  readonly tokens: number;
  /** Stand in the same database: the parts that look at the acts. */
  readonly migrations?: readonly Migrations[];
  readonly roles?: readonly RoleDeclaration[];
}

export async function actBed(filling: Filling): Promise<ActBed> {
  const { tokens, migrations = [], roles = [] } = filling;
  const database = await testDatabase({
    migrations: [
      ...[ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
      ...[tokensMigrations, seedMigrations],
      ...migrations,
    ],
    roles: [{ ...tokensRole, settings: HOT_SETTINGS }, ...roles],
    durable: true,
  });
  await openPartition(database.owner, {
    ...{ partition: PARTITION, pilot: PILOT, module: "tokens", role: tokensRole.role },
    ...{ supervised: true, origin: "bench.sandbank/payment-tokens/1" },
  });
  await database.owner.query(SEED, [PARTITION, tokens / 2, tokens]);
  await database.owner.query(ANALYZE);
  const stores = new Map([["tokens", database.as(tokensRole.role)]]);
  const guard = await startGuard({ commands: tokensCommands(NO_CODES), stores, mode: "demo" });
  const policy = { partition: PARTITION, id: "policy-1", principal: SYSTEM };
  await guard.act({ ...policy, command: "guard.put_policy", content: { policy: POLICY } });
  let n = 0;
  return {
    ...{ guard, database },
    authorise: () => guard.act(callOf(n++, tokens)),
    async end() {
      await guard.close();
      await database.end();
    },
  };
}

/** The number of the nth token of a bed, as `bench_act.number_of` has it. */
export function numberOf(n: number): string {
  return `99998800${String(n).padStart(8, "0")}`;
}

/** Tokens in an order that is scattered and the same in every run. */
function callOf(n: number, tokens: number): Call {
  const token = (n * 7_919) % tokens;
  const amount = n % 50 === 49 ? "500001" : String(1_000 + (n % 977));
  return {
    ...{ partition: PARTITION, id: `a-${n}`, principal: SHOP, command: "tokens.authorise" },
    content: {
      token: numberOf(token),
      ...{ amount, currency: "CNY", merchant: "m1", mcc: "5411", channel: "app" },
      ...{ scene: "shop", reference: `r-${n}` },
    },
  };
}
