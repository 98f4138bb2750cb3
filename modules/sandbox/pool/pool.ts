/**
 * Compensation as faces call it: how a pool stands against what is required, and what is done to
 * claims. Figures come from the ledger and from the rows of claims; none is typed in.
 */
import { readdirSync, readFileSync } from "node:fs";
import { businessClock, type Instant, toIso } from "@sandbank/kernel/clock";
import { clockRow, type Outcome } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { type Fen, fen, sum } from "@sandbank/kernel/money";
import type { Refusal } from "@sandbank/kernel/words";
import { adequacyOf, medianDaysOf, requiredOf } from "../compensation/claim.ts";
import {
  type ClaimAct,
  type Compensation,
  type CompensationTerms,
  compensationTermsContract,
  type Raising,
} from "../compensation/compensation.contract.ts";
import { refuse } from "../compensation/compensation.refusals.ts";
import {
  type ClaimRow,
  findClaim,
  type Pool,
  readClaims,
  readPaidBy,
  readPool,
  type TermsRow,
} from "../compensation/compensation.store.ts";
import { findLatestPolicy } from "../policy/policy.store.ts";
import {
  type Adequacy,
  type CompensationReader,
  SANDBOX_PARTITION,
  type SandboxPorts,
} from "../ports.ts";
import { maskNumbersIn } from "../wording/masking.ts";
import { keepWording } from "../wording/wording.store.ts";
import type { Sender } from "../desk/complaints.ts";

/** Claims of one pilot that its figures may sum. */
const CLAIMS_MAX = 10_000;

export type PoolPorts = Pick<SandboxPorts, "store" | "guard" | "limits" | "operatorOf">;

export interface Pools extends CompensationReader {
  /** Everything public about a pilot's pool; undefined where there are no terms. */
  detail(pilot: string): Promise<Compensation | undefined>;
  fund(
    of: Sender & {
      readonly pilot: string;
      readonly to: "pool" | "insurer";
      readonly amount: string;
    },
  ): Promise<Outcome | Refusal>;
  raise(
    of: Sender & { readonly pilot: string; readonly raising: Raising },
  ): Promise<Outcome | Refusal>;
  actOnClaim(
    of: Sender & { readonly claim: string; readonly act: ClaimAct },
  ): Promise<Outcome | Refusal>;
  now(): Promise<Instant>;
  /** Sets the terms that ship with the demonstration and funds their pools; idempotent. */
  loadDemo(pilots: readonly string[]): Promise<void>;
}

export function openPools(ports: PoolPorts): Pools {
  const now = async () => businessClock(await clockRow(ports.store)).now();
  return {
    now,
    async read(pilot) {
      const standing = await stand(ports, pilot);
      return standing && adequacy(standing, await now());
    },
    async detail(pilot) {
      const standing = await stand(ports, pilot);
      return standing && detail(ports, { standing, at: await now() });
    },
    fund: (of) => fund(ports, of),
    raise: (of) => raise(ports, of),
    actOnClaim: (of) => actOnClaim(ports, of),
    loadDemo: (pilots) => loadDemo(ports, pilots),
  };
}

interface Standing {
  readonly terms: TermsRow;
  readonly pool: Pool;
  /** Undefined where the requirement is no share of anything. */
  readonly exposure: Fen | undefined;
}

async function stand(ports: PoolPorts, pilot: string): Promise<Standing | undefined> {
  const found = await readPool(ports.store, SANDBOX_PARTITION, pilot);
  if (found === undefined) return undefined;
  const { required } = found.terms.body;
  if (required.kind === "fixed") return { ...found, exposure: undefined };
  return { ...found, exposure: await exposureOf(ports, pilot, required.exposure) };
}

/** What is at stake now: the use of a pilot-wide limit; nothing before the first policy. */
async function exposureOf(
  { store, limits }: PoolPorts,
  pilot: string,
  limit: string,
): Promise<Fen> {
  const policy = await findLatestPolicy(store, SANDBOX_PARTITION, pilot);
  if (policy === undefined) return fen(0);
  const { uses } = await limits.read(pilot, policy.body);
  return fen(uses.find((one) => one.limit === limit)?.used ?? 0n);
}

function adequacy({ terms, pool, exposure }: Standing, at: Instant) {
  const required = requiredOf(terms.body, exposure ?? fen(0));
  return {
    ...{ at, free: pool.pool, required, adequate: pool.pool >= required },
    ...{ clause: terms.body.clause, version: terms.version },
  } satisfies Adequacy;
}

async function detail(
  { store }: PoolPorts,
  of: { readonly standing: Standing; readonly at: Instant },
): Promise<Compensation> {
  const { standing, at } = of;
  const { terms, pool, exposure } = standing;
  const { pilot } = terms;
  const asked = { pilot, institution: undefined, most: CLAIMS_MAX };
  const [claims, paidBy] = await Promise.all([
    readClaims(store, SANDBOX_PARTITION, asked),
    readPaidBy(store, SANDBOX_PARTITION, pilot),
  ]);
  const { free, required, adequate } = adequacy(standing, at);
  const count = (state: ClaimRow["state"]) => claims.filter((one) => one.state === state).length;
  const total = (amount: (one: ClaimRow) => bigint) =>
    String(sum(claims.map((one) => fen(amount(one)))));
  return {
    ...{ pilot, at: toIso(at), terms: terms.body, version: terms.version },
    ...{ free: String(free), required: String(required), adequate },
    exposure: exposure === undefined ? null : String(exposure),
    adequacy_ppm: adequacyOf(free, required),
    ...{ insurerLeft: String(pool.insurer), lossUsed: String(pool.loss) },
    claims: {
      ...{ raised: count("raised"), admitted: count("admitted") },
      ...{ refused: count("refused"), paid: count("paid") },
    },
    ...{ claimed: total((one) => one.claimed), paid: total((one) => one.paid) },
    paidBy: {
      ...{ pool: String(paidBy.pool), insurer: String(paidBy.insurer) },
      institution: String(paidBy.institution),
    },
    medianDays: medianDaysOf(claims),
  };
}

async function fund(
  { guard, operatorOf }: PoolPorts,
  of: Parameters<Pools["fund"]>[0],
): Promise<Outcome | Refusal> {
  const { pilot, to, amount, principal, id } = of;
  const institution = operatorOf(pilot);
  if (institution === undefined) return refuse("pilot_has_no_pool");
  return guard.act({
    ...{ partition: SANDBOX_PARTITION, principal, id, command: "sandbox.fund_pool" },
    content: { pilot, to, amount, institution },
  });
}

async function raise(
  { guard, operatorOf }: PoolPorts,
  of: Parameters<Pools["raise"]>[0],
): Promise<Outcome | Refusal> {
  const { pilot, raising, principal, id } = of;
  const institution = operatorOf(pilot);
  if (institution === undefined) return refuse("pilot_has_no_pool");
  return guard.act({
    ...{ partition: SANDBOX_PARTITION, principal, id, command: "sandbox.raise_claim" },
    content: { ...raising, pilot, institution },
  });
}

async function actOnClaim(
  { store, guard }: PoolPorts,
  of: Parameters<Pools["actOnClaim"]>[0],
): Promise<Outcome | Refusal> {
  const { claim, act, principal, id } = of;
  const row = await findClaim(store, SANDBOX_PARTITION, claim);
  if (row === undefined) return refuse("claim_unknown");
  const base = { claim, pilot: row.pilot };
  const call = { partition: SANDBOX_PARTITION, principal, id };
  if (act.act === "pay") {
    const known = await readPool(store, SANDBOX_PARTITION, row.pilot);
    if (known === undefined) return refuse("pilot_has_no_pool");
    // Which command it is follows from the sum; the command checks it again under the lock.
    const alone = row.paid + BigInt(act.amount) <= BigInt(known.terms.body.byOneUpTo);
    const command = alone ? "sandbox.pay_claim" : "sandbox.pay_claim_by_two";
    return guard.act({ ...call, command, content: { ...base, amount: act.amount } });
  }
  const body = act.words?.trim() ?? "";
  const keeping = { organisation: principal.organisation, command: id, field: "words" };
  const kept =
    body === ""
      ? undefined
      : await keepWording(store, SANDBOX_PARTITION, { ...keeping, body: maskNumbersIn(body) });
  const wording = kept && { wording: kept.wording };
  if (act.act === "refuse") {
    return guard.act({
      ...call,
      command: "sandbox.refuse_claim",
      content: { ...base, ...wording },
    });
  }
  const content = { ...base, amount: act.amount, ...wording };
  return guard.act({ ...call, command: "sandbox.admit_claim", content });
}

const FOLDER = new URL("../demo/compensation/", import.meta.url);

/** The terms that ship: the demonstration's. A file that is no such thing stops the program. */
function shippedTerms(): CompensationTerms[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), "utf8");
      return compensationTermsContract.parse(JSON.parse(text));
    });
}

/** What the demonstration's institution puts in at first: twice what is required, and a promise. */
const INSURED_FEN = "200000000";

async function loadDemo(ports: PoolPorts, pilots: readonly string[]): Promise<void> {
  const sender = { partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") };
  for (const terms of shippedTerms()) {
    const { pilot, required } = terms;
    const institution = ports.operatorOf(pilot);
    if (!pilots.includes(pilot) || institution === undefined) continue;
    if ((await readPool(ports.store, SANDBOX_PARTITION, pilot)) !== undefined) continue;
    const least = required.kind === "fixed" ? required.amount : required.least;
    const acts = [
      ["sandbox.load_compensation_terms", { terms }],
      ["sandbox.fund_pool", { pilot, to: "pool", amount: String(2n * BigInt(least)), institution }],
      ["sandbox.fund_pool", { pilot, to: "insurer", amount: INSURED_FEN, institution }],
    ] as const;
    for (const [nth, [command, content]] of acts.entries()) {
      const id = `compensation-${pilot}-${nth}`;
      const outcome = await ports.guard.act({ ...sender, id, command, content });
      if (outcome.kind !== "accepted") throw new Error(`${command} ${pilot}: ${outcome.kind}`);
    }
  }
}
