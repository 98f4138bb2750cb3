/**
 * Payment tokens on a real database with a real guard, for tests: a card with money on it, two
 * requestors, scenes, and a clock that is turned by hand. People and firms are fictional.
 */
import assert from "node:assert/strict";
import { createHmac, type KeyObject, verify } from "node:crypto";
import { businessClock, fromIso, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { evidenceMigrations, newSigner, publisherRole, signText } from "@sandbank/kernel/evidence";
import { clockRow, guardMigrations, HOT_SETTINGS, openPartition } from "@sandbank/kernel/guard";
import { partitionHeads, policyOf } from "@sandbank/kernel/guard";
import { type Call, type Outcome, type Policy, type RunningGuard } from "@sandbank/kernel/guard";
import { startGuard } from "@sandbank/kernel/guard";
import { type Principal, type Role, systemPrincipal } from "@sandbank/kernel/identity";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { differingAccounts, ledgerMigrations, trialBalance } from "@sandbank/kernel/ledger";
import { statement, type Store } from "@sandbank/kernel/store";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import { tokensCommands, tokensMigrations, tokensModule, vaultMigrations } from "../index.ts";
import { tokensRole, vaultRole } from "../index.ts";
import type { TokensModule } from "../index.ts";
import { currentText, hashOf } from "../consent/consent.ts";
import type { Controls } from "../contract.ts";
import type { BankSigner, Partitions, Signers, SigningKeys } from "../ports.ts";
import type { TokenCodes, Vault } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { findTokens } from "../token/token.store.ts";
import { booksOf, journalOf } from "./readings.ts";

const key = (id: string, organisation: string, role: Role): Principal => ({
  ...{ kind: "key", id, organisation, roles: [role] },
});
/** The bank's customers' key; it acts for every holder. */
export const CUSTOMERS = key("key-customers", "sandbar-bank", "customer");
export const ISSUER = key("key-issuer", "sandbar-bank", "institution_operator");
/** Approves what the issuer proposes. */
export const SECOND = key("key-second", "sandbar-bank", "institution_approver");
/** Farsail Travel and Lanternlight Shops, both fictional. */
export const TRAVEL = key("key-travel", "farsail", "requestor");
export const SHOPS = key("key-shops", "lanternlight", "requestor");
export const RISK = key("key-risk", "sandbar-bank", "compliance_officer");
export const SYSTEM = systemPrincipal("sandbox");

export const TRID = "99900000001";
export const HOLDER = "wang-min";
export const CARD = "0199a000-0000-7000-8000-000000000001";
/** A Tuesday, 10:00 in Shanghai: far ahead, since business time never runs behind the machine's. */
export const TUESDAY = fromIso("2060-11-23T10:00:00+08:00");

/** A card of a holder, as the vault would speak of it. */
export const cardOf = (cardRef: string, holder: string) => ({
  ...{ cardRef, holder, par: "SBX0ABCDEFGHIJKLMNOPQRSTUVWXY", last4: "4321", bin: "999901" },
  expires: "2069-12",
});

/** What a holder agrees to who was shown the text in use. */
export const CONSENT = { version: currentText().version, hash: hashOf(currentText()) };

/** A principal who confirmed this very thing by a second factor, for five minutes from now. */
export function confirming(principal: Principal, digest: string): Principal {
  return { ...principal, confirmed: { digest, until: (machineNow() + 300_000) as Instant } };
}

/** The roomiest policy; tests narrow what they are about. */
export const roomy: Policy = {
  ...{ pilot: "payment-tokens", version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2020-01-01T00:00:00+08:00", to: "2099-01-01T00:00:00+08:00" },
  ...{ limits: [], checks: [] },
};

/** A bed with `count` partitions; holders spread over them by the length of their name. */
export function partitionsOf(count: number): Partitions {
  return {
    all: Array.from({ length: count }, (_, i) => i + 1),
    ofHolder: (holder) => (holder.length % count) + 1,
    slotOf: (partition) => partition,
    ofSlot: (slot) => (slot >= 1 && slot <= count ? slot : 1),
  };
}

export interface Bed {
  readonly guard: RunningGuard;
  readonly tokens: TokensModule;
  readonly partitions: Partitions;
  readonly owner: Store;
  /** Publishes the logs. */
  readonly publishing: Store;
  readonly store: Store;
  readonly readings: Store;
  act(command: string, content: unknown, more?: Partial<Call>): Promise<Outcome>;
  /** Acts and expects it to be accepted; answers with the answer. */
  done<Answer>(command: string, content: unknown, more?: Partial<Call>): Promise<Answer>;
  /** The issuer proposes it and a second person of the bank approves; in partition 1 unless told. */
  byTwo<Answer>(command: string, content: unknown, partition?: number): Promise<Answer>;
  turn(to: Instant): Promise<void>;
  put(policy: Policy): Promise<void>;
  /** Issues a token of the card for the scenes and answers with its number and id. */
  issue(
    controls?: Controls,
    scenes?: readonly string[],
    more?: object,
  ): Promise<{ number: string; id: string }>;
  /** The number of a holder's newest token. */
  numberOf(holder: string): Promise<string>;
  /** Position of an account, pending debits counted; 0 for one that is not open. */
  used(account: string): Promise<bigint>;
  /** Fails unless counters equal history and money balances. */
  booksAgree(): Promise<void>;
  end(): Promise<void>;
}

const MIGRATIONS = [
  ...[ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
  ...[vaultMigrations, tokensMigrations],
];
const ROLES = [
  vaultRole,
  { ...tokensRole, settings: HOT_SETTINGS },
  { role: "sandbank_reader", memberOf: ["sandbank_read"] },
  publisherRole,
];

export async function tokensBed(
  count = 1,
  openVault: (database: TestDatabase) => Promise<Vault> = async () => pretendVault(),
): Promise<Bed> {
  const database = await testDatabase({ migrations: MIGRATIONS, roles: ROLES });
  const partitions = partitionsOf(count);
  for (const partition of partitions.all) {
    const row = { partition, pilot: "payment-tokens", module: "tokens", supervised: true };
    const origin = `test.sandbank/payment-tokens/${partition}`;
    await openPartition(database.owner, { ...row, role: tokensRole.role, origin });
  }
  // Time is turned where the sandbox stands: in a partition that is held to no policy.
  const keeper = { partition: 0, pilot: "sandbox", module: "tokens", supervised: false };
  const role = tokensRole.role;
  await openPartition(database.owner, { ...keeper, role, origin: "test.sandbank/sandbox/0" });
  const store = database.as("sandbank_tokens");
  const readings = database.as("sandbank_reader");
  const guard = await startGuard({
    commands: tokensCommands(CODES),
    stores: new Map([["tokens", store]]),
    mode: "demo",
    onFault: (fault) => assert.fail(fault),
  });
  const books = booksOf(readings);
  const tokens = tokensModule({
    ...{ store, guard, partitions, books, vault: await openVault(database) },
    codes: CODES,
    issuer: ISSUER.organisation,
    ...{ signer: SIGNER, signers: SIGNERS, keys: KEYS },
    journal: journalOf(readings),
    pilot: { leaves: () => leavesIn(readings) },
    now: () => nowOf(readings),
  });
  const acting = actingOn(guard);
  return {
    ...{ guard, tokens, partitions, store, readings, ...acting },
    ...{ owner: database.owner, publishing: database.as(publisherRole.role) },
    ...arranging(store, partitions, acting.done),
    async used(account) {
      const line = await books.read(1, account);
      return line ? line.debits + line.pendingDebits - line.credits : 0n;
    },
    booksAgree: () => booksAgree(readings, partitions),
    async end() {
      await guard.close();
      await database.end();
    },
  };
}

/** Codes as the vault would make them, under a key that everybody knows. */
export const CODES: TokenCodes = {
  cryptogramOf: (token, message) =>
    createHmac("sha256", token).update(message).digest().subarray(0, 16),
};

/** Signs as the bank does, under a key that lives as long as the tests. */
const { signer: noteSigner } = newSigner("test.sandbank/bank", "log");
export const SIGNER: BankSigner = {
  vkey: noteSigner.vkey,
  sign: (text) => signText(noteSigner, text),
};

/** Keys that requestors have enrolled, by id; tests add theirs. */
export const ENROLLED = new Map<string, { readonly key: KeyObject; readonly of: Principal }>();
const SIGNERS: Signers = {
  async findSigner({ keyid, text, signature }) {
    const enrolled = ENROLLED.get(keyid);
    const holds = enrolled && verify(null, Buffer.from(text), enrolled.key, signature);
    return enrolled && holds ? enrolled.of : refuse("form_signature_wrong");
  },
};

/** Each key stands as in use, under the name of its holder's program. */
const KEYS: SigningKeys = {
  of: async (organisation) =>
    [...ENROLLED].flatMap(([id, { of }]) => {
      const key = { id, name: of.id, state: "in_use" as const, expires: TUESDAY };
      return of.organisation === organisation ? [key] : [];
    }),
};

/** True once the policy in force sends the pilot away. */
async function leavesIn(readings: Store): Promise<boolean> {
  const [head] = (await partitionHeads(readings)).filter(({ pilot }) => pilot !== "sandbox");
  const policy = head && (await policyOf(readings, head.partition, head.policy_version));
  return policy?.phase === "exiting" || policy?.phase === "exited";
}

async function nowOf(readings: Store): Promise<Instant> {
  return businessClock(await clockRow(readings)).now();
}

/** Says a new card of every number, and looks at none. */
function pretendVault(): Vault {
  let drawn = 0;
  return {
    async seal({ holder }) {
      const tail = String(++drawn).padStart(12, "0");
      return cardOf(`0199a000-0000-7000-9000-${tail}`, holder);
    },
    renumber: async ({ number }) => ({ last4: number.slice(-4), bin: number.slice(0, 6) }),
    look: async ({ cards }) =>
      cards.map(({ cardRef }) => ({ cardRef, number: "9999020000000010", expires: "2069-12" })),
    forget: async (_id, cards) => ({ cards: cards.length, claims: cards.length }),
    rotate: async () => {},
    destroyKeys: async () => 3,
    overview: async () => ({ keys: [], kept: [], rotations: [], quotas: [] }),
  };
}

const NUMBER = statement("test.number_of", "select number from tokens.token where id = $1");

function arranging(
  store: Store,
  partitions: Partitions,
  done: Bed["done"],
): Pick<Bed, "turn" | "put" | "issue" | "numberOf"> {
  const system = { principal: SYSTEM };
  return {
    async turn(to) {
      await done("guard.turn_clock", { to: toIso(to) }, { ...system, partition: 0 });
    },
    async put(policy) {
      for (const partition of partitions.all) {
        await done("guard.put_policy", { policy }, { ...system, partition });
      }
    },
    async issue(controls = {}, scenes = ["travel"], more = {}) {
      const content = { holder: HOLDER, card: CARD, scenes, controls, slot: 1, consent: CONSENT };
      const { token: id } = await done<{ token: string }>("tokens.issue_token", {
        ...content,
        ...more,
      });
      const [row] = await store.query<{ number: string }>(NUMBER, [id]);
      assert(row);
      return { id, number: row.number };
    },
    async numberOf(holder) {
      const [row] = await findTokens(store, partitions.ofHolder(holder), holder);
      assert(row);
      return row.number;
    },
  };
}

async function booksAgree(readings: Store, partitions: Partitions): Promise<void> {
  const until = await nowOf(readings);
  for (const partition of partitions.all) {
    assert.deepEqual(await differingAccounts(readings, partition), []);
    for (const book of await trialBalance(readings, partition, until)) {
      if (book.book !== "money:CNY") continue;
      assert.equal(book.debits, book.credits);
      assert.equal(book.pending_debits, book.pending_credits);
    }
  }
}

function actingOn(guard: RunningGuard) {
  let n = 0;
  const act: Bed["act"] = (command, content, more) => {
    const call = { partition: 1, id: `test-${++n}`, command, content, principal: CUSTOMERS };
    return guard.act({ ...call, ...more });
  };
  const done: Bed["done"] = async <Answer>(
    command: string,
    content: unknown,
    more?: Partial<Call>,
  ) => {
    const outcome = await act(command, content, more);
    assert.equal(
      outcome.kind,
      "accepted",
      JSON.stringify(outcome, (_, v) => (typeof v === "bigint" ? `${v}` : v)),
    );
    return (outcome as Outcome & { kind: "accepted" }).answer as Answer;
  };
  const byTwo: Bed["byTwo"] = async (command, content, partition = 1) => {
    const proposed = await act(command, content, { principal: ISSUER, partition });
    assert(proposed.kind === "parked", proposed.kind);
    return done("guard.approve_task", { task: proposed.task }, { principal: SECOND, partition });
  };
  return { act, done, byTwo };
}

/** A bed on that Tuesday: two requestors with a scene each, and a card with `funds` fen on it. */
export async function furnishedBed(funds = "10000000", policy = roomy): Promise<Bed> {
  const bed = await tokensBed();
  await bed.put(policy);
  await bed.turn(TUESDAY);
  const issuer = { principal: ISSUER };
  const both = [
    { trid: TRID, organisation: "farsail", scene: "travel" },
    { trid: "99900000002", organisation: "lanternlight", scene: "shopping" },
  ];
  for (const { trid, organisation, scene } of both) {
    const name = { zh: "演示机构（虚构）", en: "Demo firm (fictional)" };
    await bed.done("tokens.register_requestor", { trid, organisation, name }, issuer);
    await bed.byTwo("tokens.activate_requestor", { trid });
    const lists = { merchants: [], mccs: ["4511", "7011-7033"], channels: ["app", "web"] };
    await bed.done("tokens.register_scene", { id: scene, trid, ...lists, name }, issuer);
  }
  await bed.done("tokens.add_card", cardOf(CARD, HOLDER));
  await bed.done("tokens.fund_card", { card: CARD, amount: funds }, issuer);
  return bed;
}

/** A payment of the travel scene. */
export const payment = (token: string, amount: string, more: object = {}) => ({
  ...{ token, amount, currency: "CNY", merchant: "farsail-air", mcc: "4511", channel: "app" },
  ...{ scene: "travel", reference: "order-1" },
  ...more,
});
