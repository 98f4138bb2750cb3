/** A pilot on the permit edge on a durable database behind a real HTTP server, and its traffic. */
import { machineNow } from "@sandbank/kernel/clock";
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import {
  guardMigrations,
  HOT_SETTINGS,
  openPartition,
  type Policy,
  startGuard,
} from "@sandbank/kernel/guard";
import { httpServer } from "@sandbank/kernel/http";
import {
  identityMigrations,
  identityRole,
  openIdentity,
  systemPrincipal,
} from "@sandbank/kernel/identity";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import { testDatabase, type TestDatabase } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { statement } from "@sandbank/kernel/store";
import { sandboxCommands, sandboxMigrations, sandboxModule, sandboxRole } from "@sandbank/sandbox";
import { RequestSigner } from "@sandbank/world";

const PILOT = "small-business-credit";
const PARTITION = 2;
const BANK = "furrow-bank";
const CUSTOMERS = 10_000;
const RATE = { per_second: 1_000_000, burst: 1_000_000 };

/** Limits and checks like the demonstration's, wide enough that nothing is declined. */
const POLICY: Policy = {
  ...{ pilot: PILOT, version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2020-01-01T00:00:00Z", to: "2090-01-01T00:00:00Z" },
  limits: [
    limit("drawdown_amount", { measure: "single" }),
    limit("customer_outstanding", { scope: "customer" }),
    limit("pilot_outstanding", {}),
    limit("pilot_day_amount", { window: "day" }),
  ],
  checks: [
    { kind: "operator", allowed: [BANK], classes: ["OPEN", "USE", "SERVICE"], clause: "1.4" },
    { kind: "currency", allowed: ["CNY"], classes: ["USE"], clause: "1.10-C7" },
    { kind: "kyc", least: 2, classes: ["USE"], clause: "1.7.2-C10" },
  ],
};

function limit(id: string, more: Partial<Policy["limits"][number]>): Policy["limits"][number] {
  const usual = { measure: "amount", classes: ["USE"], scope: "pilot", window: "none" } as const;
  return { id, ...usual, cap: "900000000000000000", clause: "1.10-C1", ...more };
}

export interface PermitBed {
  /** Reserves so many permits in one request and confirms them in another. */
  batch(size: number): Promise<void>;
  /** The same by requests that are signed. */
  signed(size: number): Promise<void>;
  /** The same for one permit, in two requests of their own. */
  one(): Promise<void>;
  end(): Promise<void>;
}

export async function permitBed(): Promise<PermitBed> {
  const database = await opened();
  const store = database.as(sandboxRole.role);
  const stores = new Map([["sandbox", store]]);
  const guard = await startGuard({ commands: sandboxCommands, stores, mode: "demo" });
  const system = systemPrincipal("sandbox");
  const put = { partition: PARTITION, id: "policy-1", principal: system };
  await guard.act({ ...put, command: "guard.put_policy", content: { policy: POLICY } });
  const site = { id: "localhost", name: "bench", origins: ["http://localhost"] };
  const identity = openIdentity({ store: database.as(identityRole.role), mode: "demo", site });
  const { routes } = sandboxModule({
    ...{ store, guard, carrier: { apply: unasked }, limits: { read: unasked } },
    tasks: { waiting: unasked, approve: unasked, reject: unasked },
    journal: { page: unasked },
    operatorOf: () => BANK,
    acts: { now: unasked, heads: unasked, slice: unasked },
    indicators: { latest: unasked },
    obligations: { read: unasked },
    archives: { folder: unasked, logs: unasked, facts: unasked },
    permits: {
      partitionOf: (pilot) => (pilot === PILOT ? PARTITION : undefined),
      now: async () => machineNow(),
    },
  });
  const server = await httpServer({ routes, identity, config: CONFIG });
  const listening = await server.listen({ port: 0 });
  if (isRefusal(listening)) throw new Error(listening.code);
  const name = { zh: "阡陌银行（虚构）", en: "Furrow Bank (fictional)" };
  await identity.putOrganisation({ id: BANK, kind: "institution", name, fictional: true });
  const asked = { organisation: BANK, name: "permits", roles: ["permit_client"] } as const;
  const made = await identity.createKey(asked);
  if (isRefusal(made)) throw new Error(made.code);
  const base = `${listening.origin}/api/permits/${PILOT}`;
  const signer = new RequestSigner();
  await database.owner.query(ENROL, [Buffer.from(signer.publicKey, "base64url"), BANK]);
  const bearer = { authorization: `Bearer ${made.key}` };
  const { batch, one } = traffic(
    sender(base, () => bearer),
    "draw",
  );
  const signing = sender(base, (url, body) =>
    signer.sign({ method: "POST", url, id: undefined, body }),
  );
  return {
    ...{ batch, one, signed: traffic(signing, "signed").batch },
    async end() {
      await server.close();
      await guard.close();
      await database.end();
    },
  };
}

const ENROL = statement(
  "bench.enrol_request_key",
  `insert into identity.request_key
     (id, public_key, organisation, line, roles, enrolled_by, created, expires)
   select encode(sha256($1::bytea), 'hex'), $1::bytea, l.organisation, l.id, '{permit_client}',
          'bench', '2020-01-01', '2090-01-01'
     from identity.key_line l where l.organisation = $2`,
);

const CONFIG = {
  ...{ body_bytes_max: 1_048_576, receive_ms_max: 60_000 },
  rates: { principal: RATE, visitor: RATE },
};

function unasked(): never {
  throw new Error("nothing here asks for this");
}

async function opened(): Promise<TestDatabase> {
  const database = await testDatabase({
    migrations: [
      ...[identityMigrations, ledgerMigrations, evidenceMigrations, jobsMigrations],
      ...[guardMigrations, sandboxMigrations],
    ],
    roles: [identityRole, { ...sandboxRole, settings: HOT_SETTINGS }],
    durable: true,
  });
  await openPartition(database.owner, {
    ...{ partition: PARTITION, pilot: PILOT, module: "sandbox", role: sandboxRole.role },
    ...{ supervised: true, origin: `bench.sandbank/${PILOT}/${PARTITION}` },
  });
  return database;
}

type Send = (path: string, body: object) => Promise<unknown>;

type Prove = (url: string, body: string) => Readonly<Record<string, string>>;

function sender(base: string, prove: Prove): Send {
  return async (path, content) => {
    const [url, body] = [base + path, JSON.stringify(content)];
    const headers = { ...prove(url, body), "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

/** Customers in an order that is scattered and the same in every run. */
function factsOf(n: number, series: string) {
  const customer = `c-${(n * 7_919) % CUSTOMERS}`;
  const of = { class: "USE", customer, amount: String(10_000 + (n % 977)), currency: "CNY" };
  return { id: `${series}-${n}`, ...of, product: "drawdown", eligibility: { kyc: 2 } };
}

function traffic(send: Send, series: string): Pick<PermitBed, "batch" | "one"> {
  let next = 0;
  const all = async (acts: readonly object[]) => {
    const { results } = (await send("/batches", { acts })) as { results: { outcome: string }[] };
    const wrong = results.find((one) => one.outcome !== "accepted");
    if (wrong) throw new Error(JSON.stringify(wrong));
  };
  return {
    async batch(size) {
      const asked = Array.from({ length: size }, () => factsOf(next++, series));
      await all(asked.map((facts) => ({ act: "reserve", ...facts })));
      await all(asked.map(({ id }) => ({ act: "confirm", id })));
    },
    async one() {
      const facts = factsOf(next++, series);
      await send("", facts);
      await send(`/${facts.id}/confirm`, {});
    },
  };
}
