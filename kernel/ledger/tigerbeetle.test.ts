/**
 * TigerBeetle's own state-machine tables, run through our engine as far as both mean the same. Each
 * of the 740 rows ends in exactly one place: it agrees, it differs (it is run, and our own answer is
 * asserted), it does not apply for a reason that is printed, or it is mere structure. The counts are
 * asserted, so that no row can fall away in silence.
 *
 * How the words translate: D<C (debits must not exceed credits) is a cap of 0 on our position, C<D a
 * floor of 0; a chain of LNK rows is one group; PEN opens a hold, POS is its final capture, VOI its
 * release; a timeout is an instant at which the hold expires.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Instant } from "../clock/index.ts";
import { type Fen, FEN_MAX } from "../money/index.ts";
import { type Account, openAccount } from "./account.ts";
import type { AccountRef, Book, Entry } from "./entry.ts";
import { applyGroups, Balances } from "./ledger.ts";

const folder =
  process.env["SANDBANK_VECTORS"] ?? new URL("../../../shared/vectors", import.meta.url);
const file = new URL(
  "tokens/tigerbeetle/state_machine_tables.json",
  typeof folder === "string" ? `file://${folder}/` : `${folder.href}/`,
);

/** Our code for each of theirs. */
const CODES: Record<string, string> = {
  accounts_must_be_different: "accounts_same",
  accounts_must_have_the_same_ledger: "books_differ",
  transfer_must_have_the_same_ledger_as_accounts: "books_differ",
  ledger_must_not_be_zero: "books_differ",
  exceeds_credits: "funds_insufficient",
  exceeds_debits: "floor_reached",
  overflows_debits_pending: "amount_too_large",
  overflows_credits_pending: "amount_too_large",
  overflows_debits_posted: "amount_too_large",
  overflows_credits_posted: "amount_too_large",
  overflows_debits: "amount_too_large",
  overflows_credits: "amount_too_large",
};

const REASONS = {
  creation: "accounts open on first use: there is no request that creates one",
  balancing: "balancing transfers: not a feature",
  imported: "imported timestamps: not a feature",
  query: "query API with user_data filters: statements are read in SQL (ledger.statement)",
  idempotency: "ids of transfers: a plain transfer has none, its act's command id is the guard's",
  failedBefore:
    "id_already_failed: a refused act may be asked again, under a command id of its own",
  reserved: "reserved ids and bits: our types have none",
  shape: "impossible shapes: our entries cannot say them",
  closing: "closing by a pending transfer, with a balance: an account closes here when it is empty",
  ends: "the end of time: an expiry is an instant, not a sum that could overflow",
  depends: "depends on a row that does not apply",
} as const;

/** Tests that are wholly about something that we do not have. */
const WHOLE: Record<string, string> = {
  create_accounts: REASONS.creation,
  "linked accounts": REASONS.creation,
  "linked_event_chain_open for an already failed batch": REASONS.creation,
  "create_transfers: balancing_debit | balancing_credit (*_must_not_exceed_*)": REASONS.balancing,
  "create_transfers: balancing_debit | balancing_credit (¬*_must_not_exceed_*)": REASONS.balancing,
  "create_transfers: balancing_debit | balancing_credit (amount=maxInt, balance≈maxInt)":
    REASONS.balancing,
  "create_transfers: balancing_debit/balancing_credit + pending": REASONS.balancing,
  "imported events: timestamp": REASONS.imported,
  "imported events: linked chain": REASONS.imported,
};

/** Results that our engine has no counterpart for. */
const RESULTS: Record<string, string> = {
  timestamp_must_be_zero: REASONS.imported,
  reserved_flag: REASONS.reserved,
  id_must_not_be_zero: REASONS.reserved,
  id_must_not_be_int_max: REASONS.reserved,
  debit_account_id_must_not_be_zero: REASONS.reserved,
  debit_account_id_must_not_be_int_max: REASONS.reserved,
  credit_account_id_must_not_be_zero: REASONS.reserved,
  credit_account_id_must_not_be_int_max: REASONS.reserved,
  pending_id_must_be_zero: REASONS.shape,
  timeout_reserved_for_pending_transfer: REASONS.shape,
  closing_transfer_must_be_pending: REASONS.shape,
  code_must_not_be_zero: REASONS.shape,
  overflows_timeout: REASONS.ends,
  debit_account_not_found: REASONS.creation,
  credit_account_not_found: REASONS.creation,
  debit_account_already_closed: REASONS.closing,
  credit_account_already_closed: REASONS.closing,
  id_already_failed: REASONS.failedBefore,
};

const EPOCH = 1_000_000 as Instant;
const NEVER = Number.MAX_SAFE_INTEGER as Instant;

type Verdict = "agrees" | "differs" | "structure" | { readonly reason: string };

/** A transfer row by the names of its columns. */
function transferOf(words: string[]) {
  const [, id, debit, credit, amount, pending, , , , timeout, ledger] = words as string[];
  return {
    id: id!,
    debit: debit!,
    credit: credit!,
    amount: amountOf(amount!),
    pending: pending!,
    timeout: Number(timeout === "_" ? 0 : timeout),
    book: bookOf(ledger!),
    linked: words[12] === "LNK",
    holds: words[13] === "PEN",
    posts: words[14] === "POS",
    voids: words[15] === "VOI",
    balances: words[16] === "BDR" || words[17] === "BCR",
    closes: words[19] === "CDR" || words[20] === "CCR",
    expected: words[23]!,
  };
}
type TransferRow = ReturnType<typeof transferOf>;

/** Theirs ends at 2^128 − 1 and ours at 2^63 − 1; `-n` is that end less n. */
function amountOf(word: string): Fen {
  return (word.startsWith("-") ? FEN_MAX - BigInt(word.slice(1)) : BigInt(word)) as Fen;
}

function bookOf(ledger: string): Book {
  const books: Record<string, Book> = { L1: "money:CNY", L2: "units" };
  return books[ledger] ?? (`ledger ${ledger}` as Book);
}

/** One test's world: the accounts it declared, the engine over them, and what was answered. */
class World {
  #rows = new Map<string, Account>();
  #balances: Balances | undefined;
  #answered = new Map<string, bigint>();
  /** Accounts and transfers of which a row was not run as TigerBeetle ran it. */
  readonly astray = new Set<string>();
  readonly #holds: string[] = [];
  #chain: TransferRow[] = [];
  #now: Instant = EPOCH;
  #seq = 0n;

  get balances(): Balances {
    return (this.#balances ??= new Balances([...this.#rows.values()], []));
  }

  account(words: string[]): Verdict {
    const [, key] = words;
    if (this.#rows.has(key!)) this.#begin();
    const ref: AccountRef = {
      key: key!,
      book: bookOf(words[10]!),
      ...(words[13] === "D<C" && { cap: 0n }),
      ...(words[14] === "C<D" && { floor: 0n }),
    };
    assert.equal(words[20], "created");
    this.#rows.set(key!, openAccount(ref, BigInt(this.#rows.size)));
    return "agrees";
  }

  #begin(): void {
    this.#rows = new Map();
    this.#balances = undefined;
    this.#answered = new Map();
    this.astray.clear();
  }

  setup([, key, pendingDebits, debits, pendingCredits, credits]: string[]): Verdict {
    Object.assign(this.#rows.get(key!)!, {
      pendingDebits: amountOf(pendingDebits!),
      debits: amountOf(debits!),
      pendingCredits: amountOf(pendingCredits!),
      credits: amountOf(credits!),
    });
    return "agrees";
  }

  /** Verdicts of the rows of a chain, once its last row has come. */
  transfer(words: string[]): Verdict[] {
    this.#chain.push(transferOf(words));
    if (this.#chain.at(-1)!.linked) return [];
    const chain = this.#chain;
    this.#chain = [];
    const reason = chain.map((row) => this.#reason(row)).find((found) => found !== undefined);
    if (reason === undefined) return this.#run(chain);
    for (const row of chain) this.#leaveOut(row);
    return chain.map(() => ({ reason }));
  }

  #reason(row: TransferRow): string | undefined {
    if (row.closes && row.expected !== "closing_transfer_must_be_pending") return REASONS.closing;
    if (row.balances && !row.expected.startsWith("exceeds_")) return REASONS.balancing;
    const known = RESULTS[row.expected];
    if (known) return known;
    const ends = row.posts || row.voids;
    if (row.expected.startsWith("exists") && !row.holds && !ends) return REASONS.idempotency;
    if (ends && this.astray.has(row.pending)) return REASONS.closing;
    if (row.expected === "accounts_must_be_different") return undefined;
    return this.#rows.has(row.debit) && this.#rows.has(row.credit) ? undefined : REASONS.creation;
  }

  /** A row that is not run leaves its accounts astray if TigerBeetle moved something by it. */
  #leaveOut(row: TransferRow): void {
    if (row.expected !== "created") return;
    this.astray.add(row.id);
    if (row.amount > 0n) this.astray.add(row.debit).add(row.credit);
  }

  #entries(row: TransferRow): Entry[] {
    const { id, pending, amount, book } = row;
    if (row.voids) return [{ kind: "release", hold: pending }];
    if (row.posts) {
      const hold = this.balances.hold(pending);
      const most = hold && amount === FEN_MAX ? hold.amount : amount;
      return [{ kind: "capture", hold: pending, amount: most as Fen, final: true }];
    }
    const [debit, credit] = [row.debit, row.credit].map((key) => ({ key, book }));
    const transfer = { kind: "transfer", debit: debit!, credit: credit!, amount } as const;
    if (!row.holds) return [transfer];
    const expires = row.timeout > 0 ? ((this.#now + row.timeout * 1000) as Instant) : NEVER;
    return [
      { kind: "hold", hold: id, amount, expires },
      { ...transfer, hold: id },
    ];
  }

  #run(chain: TransferRow[]): Verdict[] {
    const entries = chain.flatMap((row) => this.#entries(row));
    const result = this.balances.apply(entries, { seq: ++this.#seq, now: this.#now });
    const code = result.ok ? "created" : result.failed[0]!.code;
    for (const row of chain) {
      if (!result.ok) continue;
      this.#answered.set(row.id, row.amount);
      if (row.holds) this.#holds.push(row.id);
    }
    const [first] = chain;
    if (chain.length === 1 && first!.amount === 0n && first!.expected === "created") {
      assert.equal(code, "amount_not_positive", "a transfer of nothing is refused here");
      this.astray.add(first!.id);
      return ["differs"];
    }
    return chain.map((row): Verdict => {
      if (row.expected === "linked_event_failed") assert.equal(result.ok, false, row.id);
      else assert.equal(code, ourCode(row), JSON.stringify({ id: row.id, is: row.expected }));
      return "agrees";
    });
  }

  lookupAccount([, key, pendingDebits, debits, pendingCredits, credits]: string[]): Verdict {
    if (this.astray.has(key!)) return { reason: REASONS.depends };
    const account = this.balances.account(key!)!;
    assert.deepEqual(
      [account.pendingDebits, account.debits, account.pendingCredits, account.credits],
      [pendingDebits, debits, pendingCredits, credits].map((word) => amountOf(word!)),
      key!,
    );
    return "agrees";
  }

  lookupTransfer([, id, what, value]: string[]): Verdict {
    if (id === "-0") return { reason: REASONS.reserved };
    if (this.astray.has(id!)) return { reason: REASONS.depends };
    const amount = this.#answered.get(id!);
    if (what === "exists") assert.equal(amount !== undefined, value === "true", id!);
    else assert.equal(amount, amountOf(value!), id!);
    return "agrees";
  }

  /** Time goes on, and what is due expires, as the guard would have it before its next act. */
  tick([, seconds]: string[]): Verdict {
    if (Number(seconds) < 0) return { reason: REASONS.ends };
    this.#now = (this.#now + Number(seconds) * 1000) as Instant;
    for (const id of this.#holds) {
      const hold = this.balances.hold(id)!;
      if (hold.state !== "open" || hold.expires > this.#now) continue;
      const act = { seq: ++this.#seq, now: this.#now, expiring: true };
      assert.ok(this.balances.apply([{ kind: "release", hold: id }], act).ok);
    }
    return "agrees";
  }
}

function ourCode({ expected, holds }: TransferRow): string {
  if (expected === "created") return "created";
  if (expected.startsWith("exists")) return holds ? "hold_exists" : "hold_ended";
  const code = CODES[expected];
  assert.ok(code, `no code of ours for ${expected}`);
  return code;
}

function judge(world: World, row: string, alone: boolean): Verdict[] {
  const words = row.split(" ");
  if (row === "") return ["structure"];
  if (words[0] === "account") return [world.account(words)];
  if (words[0] === "setup") return [world.setup(words)];
  if (words[0] === "tick") return [world.tick(words)];
  if (words[0] === "transfer") return world.transfer(words);
  if (words[0] === "lookup_account") return [world.lookupAccount(words)];
  if (words[0] === "lookup_transfer") return [world.lookupTransfer(words)];
  if (words[0] === "commit" && alone) {
    const { results, movements } = applyGroups(world.balances, []);
    assert.deepEqual([results, movements.opened, movements.changed], [[], [], []]);
    return ["agrees"];
  }
  if (words[0] === "commit") return ["structure"];
  return [{ reason: REASONS.query }];
}

test("TigerBeetle's tables hold in our engine wherever both mean the same", (t) => {
  if (!existsSync(file)) return t.skip("the test vectors are not beside the project");
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as {
    tests: { name: string; rows: string[] }[];
  };
  const counts = { agrees: 0, differs: 0, structure: 0, "not applicable": 0 };
  const reasons = new Map<string, number>();
  const leftOut = (reason: string) => {
    counts["not applicable"]++;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  for (const { name, rows } of tests) {
    const world = new World();
    for (const row of rows) {
      const whole = WHOLE[name];
      if (whole && row !== "" && !row.startsWith("commit")) leftOut(whole);
      else if (whole) counts.structure++;
      else {
        for (const verdict of judge(world, row, rows.length === 1)) {
          if (typeof verdict === "object") leftOut(verdict.reason);
          else counts[verdict]++;
        }
      }
    }
  }
  for (const [reason, rows] of reasons) t.diagnostic(`not applicable, ${rows} rows: ${reason}`);
  t.diagnostic("differs: a transfer of 0 is refused here (amount_not_positive), there it posts");
  assert.deepEqual(counts, { agrees: 123, differs: 6, structure: 217, "not applicable": 394 });
});
