/**
 * Loads and stores balances set-wise: one statement per kind of row, whatever the number of acts.
 * Callers hold the partition's lock; these functions open no transaction of their own.
 */
import { type Instant, toIso } from "../clock/index.ts";
import { boolArray, int2Column, int4Column, int8Column, type Migrations } from "../store/index.ts";
import { readLines, statement, textArray, textColumn, timestamptzArray } from "../store/index.ts";
import { type Tx, uuidArray, uuidColumn } from "../store/index.ts";
import type { Account } from "./account.ts";
import type { Book, Entry } from "./entry.ts";
import type { Hold, HoldLeg, HoldState } from "./hold.ts";
import { Balances, type Movements, type Posting, type PostingKind } from "./ledger.ts";

export const ledgerMigrations: Migrations = {
  schema: "ledger",
  folder: new URL("./sql/", import.meta.url),
};

const LOAD_ACCOUNTS = statement(
  "ledger.load_accounts",
  "select * from ledger.load_accounts($1, $2, $3)",
);
const LOAD_HOLDS = statement("ledger.load_holds", "select * from ledger.load_holds($1, $2)");
const DUE_HOLDS = statement("ledger.due_holds", "select * from ledger.due_holds($1, $2, $3)");
const INSERT_ACCOUNTS = statement(
  "ledger.insert_accounts",
  "select ledger.insert_accounts($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
);
const UPDATE_ACCOUNTS = statement(
  "ledger.update_accounts",
  "select ledger.update_accounts($1,$2,$3,$4,$5,$6,$7,$8,$9)",
);
const UPDATE_COUNTERS = statement(
  "ledger.update_counters",
  "select ledger.update_counters($1,$2,$3,$4,$5,$6)",
);
const INSERT_ACTS = statement(
  "ledger.insert_acts",
  "select ledger.insert_acts($1,$2,$3,$4,$5,$6,$7)",
);
const INSERT_HOLDS = statement(
  "ledger.insert_holds",
  "select ledger.insert_holds($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
);
const UPDATE_HOLDS = statement("ledger.update_holds", "select ledger.update_holds($1,$2,$3,$4)");

/** How history writes the kinds of postings. */
export const KIND_NUMBERS: Record<PostingKind, number> = {
  debit: 1,
  credit: 2,
  hold_debit: 3,
  hold_credit: 4,
};

/** One act's postings as history keeps them. */
export interface PostedAct {
  readonly seq: bigint;
  readonly postings: readonly Posting[];
}

/** Keys of accounts and ids of holds. */
export interface Touched {
  readonly keys: ReadonlySet<string>;
  readonly holds: ReadonlySet<string>;
}

/** The keys of accounts and the ids of holds that entries touch. */
export function touchedBy(entries: Iterable<Entry>): { keys: Set<string>; holds: Set<string> } {
  const keys = new Set<string>();
  const holds = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "transfer") keys.add(entry.debit.key).add(entry.credit.key);
    else if (entry.kind === "use" || entry.kind === "close") keys.add(entry.account.key);
    else if (entry.kind === "give_back") {
      keys.add(entry.account.key);
      if (entry.hold !== undefined) holds.add(entry.hold);
    } else holds.add(entry.hold);
  }
  return { keys, holds };
}

/** Loads what the entries touch. Missing accounts and holds are simply not there yet. */
export async function loadBalancesIn(
  tx: Tx,
  partition: number,
  touched: Touched,
): Promise<Balances> {
  const balances = new Balances([], []);
  await loadLackingIn(tx, partition, { balances, touched });
  return balances;
}

/** Loads what the entries touch and the balances lack. */
export async function loadLackingIn(
  tx: Tx,
  partition: number,
  { balances, touched }: { readonly balances: Balances; readonly touched: Touched },
): Promise<void> {
  const keys = [...touched.keys].filter((key) => !balances.account(key));
  const holds = [...touched.holds].filter((id) => !balances.hold(id));
  if (keys.length === 0 && holds.length === 0) return;
  const holdIds = uuidArray(holds);
  const [accountLines, holdRows] = await Promise.all([
    tx.rows(LOAD_ACCOUNTS, [partition, textArray(keys), holdIds]),
    holds.length === 0 ? [] : tx.rows(LOAD_HOLDS, [partition, holdIds]),
  ]);
  const accounts = accountLines.flatMap(accountsOf);
  balances.admit(accounts, holdRows.map(holdOf));
}

/** Ids of open holds whose time is over, earliest first, at most `most`. */
export async function dueHoldsIn(
  tx: Tx,
  partition: number,
  due: { readonly now: Instant; readonly most: number },
): Promise<string[]> {
  const rows = await tx.rows(DUE_HOLDS, [partition, toIso(due.now), due.most]);
  return rows.map((row) => row[0] as string);
}

/** Writes history and everything that moved. Statements are sent together, without waiting. */
export async function storeMovementsIn(
  tx: Tx,
  partition: number,
  what: {
    readonly at: string;
    readonly acts: readonly PostedAct[];
    readonly movements: Movements;
  },
): Promise<void> {
  const { opened, changed, resettled, holdsOpened, holdsChanged } = what.movements;
  const acts = what.acts.filter((act) => act.postings.length > 0);
  const sent: Promise<unknown>[] = [];
  if (acts.length > 0) sent.push(insertActs(tx, partition, { at: what.at, acts }));
  if (opened.length > 0) sent.push(insertAccounts(tx, partition, opened));
  if (changed.length > 0) sent.push(updateCounters(tx, partition, changed));
  if (resettled.length > 0) sent.push(updateAccounts(tx, partition, resettled));
  if (holdsOpened.length > 0) sent.push(insertHolds(tx, partition, holdsOpened));
  if (holdsChanged.length > 0) {
    const ids = uuidArray(holdsChanged.map((hold) => hold.id));
    const captured = int8Column(holdsChanged, (hold) => hold.captured);
    const states = textArray(holdsChanged.map((hold) => hold.state));
    sent.push(tx.query(UPDATE_HOLDS, [partition, ids, captured, states]));
  }
  await Promise.all(sent);
}

function insertAccounts(tx: Tx, partition: number, opened: readonly Account[]): Promise<unknown> {
  return tx.query(INSERT_ACCOUNTS, [
    partition,
    int8Column(opened, (account) => account.id),
    textColumn(opened, (account) => account.key),
    textColumn(opened, (account) => account.book),
    textColumn(opened, (account) => account.owner),
    textColumn(opened, (account) => account.period),
    ...counterColumns(opened),
    int8Column(opened, (account) => account.cap),
    int8Column(opened, (account) => account.floor),
    int8Column(opened, (account) => account.grandfathered),
    boolArray(opened.map((account) => account.closed)),
  ]);
}

function updateCounters(tx: Tx, partition: number, changed: readonly Account[]): Promise<unknown> {
  const ids = int8Column(changed, (account) => account.id);
  return tx.query(UPDATE_COUNTERS, [partition, ids, ...counterColumns(changed)]);
}

function updateAccounts(
  tx: Tx,
  partition: number,
  resettled: readonly Account[],
): Promise<unknown> {
  return tx.query(UPDATE_ACCOUNTS, [
    partition,
    int8Column(resettled, (account) => account.id),
    ...counterColumns(resettled),
    int8Column(resettled, (account) => account.cap),
    int8Column(resettled, (account) => account.grandfathered),
    boolArray(resettled.map((account) => account.closed)),
  ]);
}

function counterColumns(accounts: readonly Account[]): Buffer[] {
  return [
    int8Column(accounts, (account) => account.debits),
    int8Column(accounts, (account) => account.credits),
    int8Column(accounts, (account) => account.pendingDebits),
    int8Column(accounts, (account) => account.pendingCredits),
  ];
}

function insertActs(
  tx: Tx,
  partition: number,
  { at, acts }: { readonly at: string; readonly acts: readonly PostedAct[] },
): Promise<unknown> {
  const postings: Posting[] = [];
  const ends: number[] = [];
  for (const act of acts) {
    for (const posting of act.postings) postings.push(posting);
    ends.push(postings.length);
  }
  return tx.query(INSERT_ACTS, [
    partition,
    at,
    int8Column(acts, (act) => act.seq),
    int4Column(ends),
    int8Column(postings, (posting) => posting.account.id),
    int8Column(postings, (posting) => posting.amount),
    int2Column(postings, (posting) => KIND_NUMBERS[posting.kind]),
  ]);
}

function insertHolds(tx: Tx, partition: number, holds: readonly Hold[]): Promise<unknown> {
  const legs: HoldLeg[] = [];
  const ends: number[] = [];
  for (const hold of holds) {
    for (const leg of hold.legs) legs.push(leg);
    ends.push(legs.length);
  }
  return tx.query(INSERT_HOLDS, [
    partition,
    uuidColumn(holds, (hold) => hold.id),
    int8Column(holds, (hold) => hold.amount),
    int8Column(holds, (hold) => hold.captured),
    timestamptzArray(holds.map((hold) => hold.expires)),
    textColumn(holds, (hold) => hold.state),
    int4Column(ends),
    int8Column(legs, (leg) => leg.account),
    int8Column(legs, (leg) => leg.amount),
    int2Column(legs, (leg) => (leg.side === "debit" ? 1 : 2) + (leg.whole ? 2 : 0)),
  ]);
}

const BOOKS: readonly Book[] = ["money:CNY", "limits", "units"];
const CLOSED = 8;

function accountsOf([keys, lines]: unknown[]): Account[] {
  if (lines === null) return [];
  let next = 0;
  return readLines(lines as Buffer, (line): Account => {
    const trait = Number(line[8]);
    return {
      id: line[0] as bigint,
      key: (keys as string[])[next++] as string,
      book: BOOKS[trait % CLOSED] as Book,
      owner: null,
      period: null,
      debits: line[1] as bigint,
      credits: line[2] as bigint,
      pendingDebits: line[3] as bigint,
      pendingCredits: line[4] as bigint,
      cap: line[5] as bigint | null,
      floor: line[6] as bigint | null,
      grandfathered: line[7] as bigint | null,
      closed: trait >= CLOSED,
    };
  });
}

function holdOf(row: unknown[]): Hold {
  // A hold that reserves of nothing has no legs: the text of an empty array has no numbers.
  const numbers = (text: unknown) => (text as string).match(/-?[0-9]+/g) ?? [];
  const amounts = numbers(row[6]);
  const sides = numbers(row[7]);
  const legs = numbers(row[5]).map((account, i): HoldLeg => {
    const side = Number(sides[i]);
    return {
      account: BigInt(account),
      side: side % 2 === 1 ? "debit" : "credit",
      amount: BigInt(amounts[i] ?? "0"),
      whole: side > 2,
    };
  });
  return {
    id: row[0] as string,
    amount: row[1] as bigint,
    captured: row[2] as bigint,
    expires: row[3] as Instant,
    state: row[4] as HoldState,
    legs,
  };
}
