/**
 * The ledger's engine: a pure function over balances that were loaded under the partition's lock.
 * It applies groups of entries in order, each all or nothing, and names every entry that failed.
 * It reads no clock, draws no number and knows no database; `ledger.store.ts` loads and stores.
 */
import assert from "node:assert/strict";
import type { Instant } from "../clock/index.ts";
import type { Failed } from "../words/index.ts";
import {
  type Account,
  canCountCredit,
  canCountDebit,
  hasDepth,
  hasRoom,
  isEmpty,
  lowest,
  OPENED_BY_ACT_MAX,
  openAccount,
  putCap,
  returnable,
  used,
} from "./account.ts";
import type {
  AccountRef,
  Capture,
  Citation,
  Entry,
  GiveBack,
  HoldEntry,
  Release,
} from "./entry.ts";
import type { Transfer, Use } from "./entry.ts";
import { captureMovements, type Hold, left, type LegMovement, releaseMovements } from "./hold.ts";

/** Which counter of an account a posting moves; `hold_*` amounts are negative when they go back. */
export const POSTING_KINDS = ["debit", "credit", "hold_debit", "hold_credit"] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

export interface Posting {
  readonly account: Account;
  readonly kind: PostingKind;
  readonly amount: bigint;
}

export type GroupResult =
  | { readonly ok: true; readonly postings: readonly Posting[] }
  | { readonly ok: false; readonly failed: readonly Failed[] };

/** The act that a group belongs to: its place in the order and its instant. */
export interface Act {
  readonly seq: bigint;
  readonly now: Instant;
  /** Set where the guard itself ends a hold at its expiry. */
  readonly expiring?: boolean;
  /** Judges the group and undoes it whatever the result: something else has already failed. */
  readonly probe?: boolean;
}

/** Everything that changed since the balances were loaded, ready to be stored set-wise. */
export interface Movements {
  readonly opened: readonly Account[];
  /** Known accounts of which only counters moved. */
  readonly changed: readonly Account[];
  /** Known accounts whose cap was put or which closed; their counters may have moved too. */
  readonly resettled: readonly Account[];
  readonly holdsOpened: readonly Hold[];
  readonly holdsChanged: readonly Hold[];
}

interface Before {
  readonly account: Account;
  readonly counters: readonly [bigint, bigint, bigint, bigint];
  readonly cap: bigint | null;
  readonly grandfathered: bigint | null;
  readonly closed: boolean;
}

interface HoldBefore {
  readonly hold: Hold;
  readonly captured: bigint;
  readonly state: Hold["state"];
}

/** The group under way: what it did, what it would have to undo, what it failed. */
interface Group {
  readonly act: Act;
  readonly postings: Posting[];
  readonly failed: Failed[];
  readonly before: Map<bigint, Before>;
  readonly holdsBefore: HoldBefore[];
  readonly opened: Account[];
  readonly holdsOpened: Hold[];
}

/** Balances of one partition, in memory for one batch or for as long as a line keeps them. */
export class Balances {
  readonly #byKey = new Map<string, Account>();
  readonly #byId = new Map<bigint, Account>();
  readonly #holds = new Map<string, Hold>();
  readonly #opened = new Set<Account>();
  readonly #changed = new Set<Account>();
  readonly #resettled = new Set<Account>();
  readonly #holdsOpened = new Set<Hold>();
  readonly #holdsChanged = new Set<Hold>();

  constructor(accounts: readonly Account[], holds: readonly Hold[]) {
    this.admit(accounts, holds);
  }

  /** How many accounts and holds are in memory. */
  get size(): number {
    return this.#byId.size + this.#holds.size;
  }

  /**
   * Adds what was loaded; what is here already stays as it is, since it may have moved on from what
   * the database could show.
   */
  admit(accounts: readonly Account[], holds: readonly Hold[]): void {
    for (const account of accounts) {
      if (this.#byId.has(account.id)) continue;
      this.#byKey.set(account.key, account);
      this.#byId.set(account.id, account);
    }
    for (const hold of holds) if (!this.#holds.has(hold.id)) this.#holds.set(hold.id, hold);
  }

  /** The account of a key as it stands now, or undefined where none was loaded or opened. */
  account(key: string): Account | undefined {
    return this.#byKey.get(key);
  }

  hold(id: string): Hold | undefined {
    return this.#holds.get(id);
  }

  /**
   * Applies one linked group. A failing entry is not applied, the entries after it are still
   * judged, so that `failed` is the whole list; then the group as a whole is undone.
   */
  apply(entries: readonly Entry[], act: Act): GroupResult {
    const group: Group = {
      act,
      postings: [],
      failed: [],
      before: new Map(),
      holdsBefore: [],
      opened: [],
      holdsOpened: [],
    };
    for (const entry of entries) this.#applyEntry(group, entry);
    if (group.failed.length > 0) {
      this.#undo(group);
      return { ok: false, failed: group.failed };
    }
    if (act.probe) this.#undo(group);
    else this.#keep(group);
    return { ok: true, postings: group.postings };
  }

  /** What is to be stored for all groups so far. */
  movements(): Movements {
    return {
      opened: [...this.#opened],
      changed: [...this.#changed],
      resettled: [...this.#resettled],
      holdsOpened: [...this.#holdsOpened],
      holdsChanged: [...this.#holdsChanged],
    };
  }

  /**
   * The movements so far, after which none are left: for balances that outlive their batch. Nothing
   * is forgotten: until its commit is seen everywhere, the database would still show it as it was.
   */
  take(): Movements {
    const movements = this.movements();
    this.#opened.clear();
    this.#changed.clear();
    this.#resettled.clear();
    this.#holdsOpened.clear();
    this.#holdsChanged.clear();
    return movements;
  }

  #applyEntry(group: Group, entry: Entry): void {
    switch (entry.kind) {
      case "transfer":
        return this.#transfer(group, entry);
      case "use":
        return this.#use(group, entry);
      case "give_back":
        return this.#giveBack(group, entry);
      case "hold":
        return this.#openHold(group, entry);
      case "capture":
        return this.#capture(group, entry);
      case "release":
        return this.#release(group, entry);
      case "close":
        return this.#close(group, entry.account);
    }
  }

  #transfer(group: Group, entry: Transfer): void {
    const { amount, cites, hold } = entry;
    if (amount <= 0n) return fail(group, { code: "amount_not_positive", asked: amount });
    if (entry.debit.key === entry.credit.key) return fail(group, { code: "accounts_same" });
    const debit = this.#find(group, entry.debit);
    const credit = this.#find(group, entry.credit);
    const { book } = entry.debit;
    if (entry.credit.book !== book || debit.book !== book || credit.book !== book) {
      return fail(group, { code: "books_differ" });
    }
    if (debit.closed || credit.closed) return fail(group, { code: "account_closed" });
    if (!canCountDebit(debit, amount) || !canCountCredit(credit, amount)) {
      return fail(group, { code: "amount_too_large", asked: amount });
    }
    const room = hasRoom(debit, amount);
    const depth = hasDepth(credit, amount);
    if (!room) fail(group, overCap(debit, amount, cites));
    if (!depth) fail(group, underFloor(credit, amount));
    if (!room || !depth) return;
    this.#post(group, { account: debit, kind: hold ? "hold_debit" : "debit", amount });
    this.#post(group, { account: credit, kind: hold ? "hold_credit" : "credit", amount });
    if (hold === undefined) return;
    reserve(group, hold, { account: debit.id, side: "debit", amount, whole: false });
    reserve(group, hold, { account: credit.id, side: "credit", amount, whole: false });
  }

  #use(group: Group, entry: Use): void {
    const { amount, hold } = entry;
    if (amount <= 0n) return fail(group, { code: "amount_not_positive", asked: amount });
    const account = this.#find(group, entry.account);
    if (account.book !== entry.account.book) return fail(group, { code: "books_differ" });
    if (account.closed) return fail(group, { code: "account_closed" });
    if (!canCountDebit(account, amount)) {
      return fail(group, { code: "amount_too_large", asked: amount });
    }
    if (!hasRoom(account, amount)) return fail(group, overCap(account, amount, entry.cites));
    this.#post(group, { account, kind: hold ? "hold_debit" : "debit", amount });
    if (hold === undefined) return;
    reserve(group, hold, {
      account: account.id,
      side: "debit",
      amount,
      whole: entry.whole ?? false,
    });
  }

  /** Gives back at most what is posted, and nothing where the hold that is named took nothing. */
  #giveBack(group: Group, entry: GiveBack): void {
    assert(entry.amount >= 0n, "what goes back is not negative");
    const id = this.#byKey.get(entry.account.key)?.id;
    if (id === undefined) return;
    const took = entry.hold === undefined ? undefined : (this.#holds.get(entry.hold)?.legs ?? []);
    if (took && !took.some((leg) => leg.account === id)) return;
    const account = this.#find(group, entry.account);
    if (account.book !== entry.account.book) return fail(group, { code: "books_differ" });
    const most = returnable(account);
    const amount = entry.amount < most ? entry.amount : most;
    if (amount > 0n) this.#post(group, { account, kind: "credit", amount });
  }

  #openHold(group: Group, entry: HoldEntry): void {
    if (entry.amount <= 0n) return fail(group, { code: "amount_not_positive" });
    if (this.#holds.has(entry.hold)) return fail(group, { code: "hold_exists" });
    const hold: Hold = {
      id: entry.hold,
      amount: entry.amount,
      expires: entry.expires,
      legs: [],
      captured: 0n,
      state: "open",
    };
    this.#holds.set(hold.id, hold);
    group.holdsOpened.push(hold);
  }

  #capture(group: Group, entry: Capture): void {
    const hold = this.#openHoldOf(group, entry.hold);
    if (!hold) return;
    if (entry.amount <= 0n) return fail(group, { code: "amount_not_positive" });
    if (entry.amount > left(hold)) {
      const taken = { unit: "fen", used: hold.captured, cap: hold.amount, asked: entry.amount };
      return fail(group, { code: "capture_above_hold", ...taken } as Failed);
    }
    rememberHold(group, hold);
    const final = entry.final || entry.amount === left(hold);
    for (const movement of captureMovements(hold, entry.amount, final)) this.#move(group, movement);
    hold.captured += entry.amount;
    if (final) hold.state = "captured";
  }

  #release(group: Group, entry: Release): void {
    const hold = this.#openHoldOf(group, entry.hold);
    if (!hold) return;
    rememberHold(group, hold);
    for (const movement of releaseMovements(hold)) this.#move(group, movement);
    hold.state = group.act.expiring ? "expired" : "released";
  }

  #close(group: Group, ref: AccountRef): void {
    const account = this.#find(group, ref);
    if (account.closed) return fail(group, { code: "account_closed" });
    if (!isEmpty(account)) return fail(group, { code: "account_not_empty" });
    account.closed = true;
  }

  /** The hold if it can still be captured or released at the instant of the act. */
  #openHoldOf(group: Group, id: string): Hold | undefined {
    const hold = this.#holds.get(id);
    if (!hold) return void fail(group, { code: "hold_absent" });
    if (hold.state === "expired") return void fail(group, { code: "hold_expired" });
    if (hold.state !== "open") return void fail(group, { code: "hold_ended" });
    if (!group.act.expiring && hold.expires <= group.act.now) {
      return void fail(group, { code: "hold_expired" });
    }
    return hold;
  }

  #move(group: Group, { leg, posted, freed }: LegMovement): void {
    const account = this.#byId.get(leg.account);
    assert(account, "the accounts of a hold are loaded with it");
    this.#remember(group, account);
    const pending = posted + freed;
    if (pending > 0n) this.#post(group, { account, kind: `hold_${leg.side}`, amount: -pending });
    if (posted > 0n) this.#post(group, { account, kind: leg.side, amount: posted });
  }

  /** Finds or opens the account and puts the cap in force that the entry states. */
  #find(group: Group, ref: AccountRef): Account {
    let account = this.#byKey.get(ref.key);
    if (!account) {
      const place = group.opened.length;
      assert(place < OPENED_BY_ACT_MAX, "an act opens too many accounts");
      account = openAccount(ref, group.act.seq * BigInt(OPENED_BY_ACT_MAX) + BigInt(place));
      this.#byKey.set(account.key, account);
      this.#byId.set(account.id, account);
      group.opened.push(account);
      return account;
    }
    this.#remember(group, account);
    if (ref.cap !== undefined) putCap(account, ref.cap);
    return account;
  }

  #post(group: Group, posting: Posting): void {
    const { account, kind, amount } = posting;
    if (kind === "debit") account.debits += amount;
    else if (kind === "credit") account.credits += amount;
    else if (kind === "hold_debit") account.pendingDebits += amount;
    else account.pendingCredits += amount;
    assert(account.pendingDebits >= 0n && account.pendingCredits >= 0n, "a hold freed twice");
    group.postings.push(posting);
  }

  #remember(group: Group, account: Account): void {
    if (group.before.has(account.id)) return;
    const { debits, credits, pendingDebits, pendingCredits, cap, grandfathered, closed } = account;
    group.before.set(account.id, {
      account,
      counters: [debits, credits, pendingDebits, pendingCredits],
      cap,
      grandfathered,
      closed,
    });
  }

  #keep(group: Group): void {
    for (const account of group.opened) this.#opened.add(account);
    for (const { account, cap, grandfathered, closed } of group.before.values()) {
      if (this.#opened.has(account) || this.#resettled.has(account)) continue;
      const same = account.cap === cap && account.grandfathered === grandfathered;
      if (same && account.closed === closed) this.#changed.add(account);
      else {
        this.#changed.delete(account);
        this.#resettled.add(account);
      }
    }
    for (const hold of group.holdsOpened) this.#holdsOpened.add(hold);
    for (const { hold } of group.holdsBefore) {
      if (!this.#holdsOpened.has(hold)) this.#holdsChanged.add(hold);
    }
  }

  #undo(group: Group): void {
    for (const { account, counters, cap, grandfathered, closed } of group.before.values()) {
      [account.debits, account.credits, account.pendingDebits, account.pendingCredits] = counters;
      account.cap = cap;
      account.grandfathered = grandfathered;
      account.closed = closed;
    }
    for (const { hold, captured, state } of group.holdsBefore.toReversed()) {
      hold.captured = captured;
      hold.state = state;
    }
    for (const account of group.opened) {
      this.#byKey.delete(account.key);
      this.#byId.delete(account.id);
    }
    for (const hold of group.holdsOpened) this.#holds.delete(hold.id);
  }
}

/** The engine as one function: groups in, a result for each in order, and what changed. */
export function applyGroups(
  balances: Balances,
  groups: readonly { readonly entries: readonly Entry[]; readonly act: Act }[],
): { readonly results: GroupResult[]; readonly movements: Movements } {
  const results = groups.map(({ entries, act }) => balances.apply(entries, act));
  return { results, movements: balances.movements() };
}

/** Adds a leg to a hold that this group opened; where that was refused there is none to add to. */
function reserve(group: Group, id: string, leg: Hold["legs"][number]): void {
  const hold = group.holdsOpened.find((opened) => opened.id === id);
  if (!hold) {
    assert(group.failed.length > 0, "a held entry follows the entry that opens its hold");
    return;
  }
  assert(leg.whole || leg.amount === hold.amount, "a leg that scales holds what the hold holds");
  hold.legs.push(leg);
}

function rememberHold(group: Group, hold: Hold): void {
  group.holdsBefore.push({ hold, captured: hold.captured, state: hold.state });
}

function fail(group: Group, failed: Failed): void {
  group.failed.push(failed);
}

function overCap(account: Account, asked: bigint, cites: Citation | undefined): Failed {
  const cap = account.cap ?? 0n;
  if (cites) return { ...cites, used: used(account), cap, asked };
  return { code: "funds_insufficient", unit: "fen", used: used(account), cap, asked };
}

function underFloor(account: Account, asked: bigint): Failed {
  const [depth, floor] = [lowest(account), account.floor ?? 0n];
  return { code: "floor_reached", unit: "fen", used: -depth, cap: -floor, asked };
}
