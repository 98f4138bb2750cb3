/**
 * A ledger as a stranger would write it, to judge ours by: it keeps nothing but the list of facts that
 * were accepted, in order, and adds them up anew for every question. For tests only.
 */
import type { AccountRef, Entry } from "./entry.ts";
import type { Hold } from "./hold.ts";
import type { Act } from "./ledger.ts";

/** An act and what it says. */
export interface Step {
  readonly entries: readonly Entry[];
  readonly act: Act;
}

type Side = "debit" | "credit";
type Fact =
  | { what: "opened"; ref: AccountRef }
  | { what: "capped"; key: string; cap: bigint }
  | { what: "closed"; key: string }
  | { what: "moved"; key: string; side: Side; amount: bigint }
  | { what: "held"; key: string; side: Side; amount: bigint; hold: string; whole: boolean }
  | { what: "hold"; id: string; amount: bigint; expires: number }
  | { what: "captured"; id: string; amount: bigint; final: boolean }
  | { what: "ended"; id: string; how: "released" | "expired" };

/** The sum of amounts. */
export const sum = (amounts: bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

export class Model {
  facts: Fact[] = [];
  /** Holds that the group under way may not open: what belongs to them counts all the same. */
  #refusedHolds = new Set<string>();

  #all<W extends Fact["what"]>(what: W): Extract<Fact, { what: W }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { what: W }> => fact.what === what);
  }

  opening(key: string): AccountRef | undefined {
    return this.#all("opened").find((fact) => fact.ref.key === key)?.ref;
  }

  cap(key: string): bigint | undefined {
    return this.#all("capped").findLast((fact) => fact.key === key)?.cap;
  }

  floor(key: string): bigint | undefined {
    const ref = this.opening(key);
    return ref?.book === "limits" ? 0n : ref?.floor;
  }

  closed(key: string): boolean {
    return this.#all("closed").some((fact) => fact.key === key);
  }

  captured(id: string): bigint {
    return sum(this.#all("captured").flatMap((fact) => (fact.id === id ? [fact.amount] : [])));
  }

  holdState(id: string): Hold["state"] | undefined {
    const hold = this.#all("hold").find((fact) => fact.id === id);
    if (!hold) return undefined;
    const ended = this.#all("ended").find((fact) => fact.id === id);
    if (ended) return ended.how;
    const final = this.#all("captured").some((fact) => fact.id === id && fact.final);
    return final || this.captured(id) === hold.amount ? "captured" : "open";
  }

  hold(id: string): { amount: bigint; expires: number } | undefined {
    return this.#all("hold").find((fact) => fact.id === id);
  }

  posted(key: string, side: Side): bigint {
    const moved = this.#all("moved").filter((fact) => fact.key === key && fact.side === side);
    const held = this.#all("held").filter((fact) => fact.key === key && fact.side === side);
    return sum([
      ...moved.map((fact) => fact.amount),
      ...held.map(({ hold, whole, amount }) => {
        const taken = this.captured(hold);
        return whole && taken > 0n ? amount : taken;
      }),
    ]);
  }

  pending(key: string, side: Side): bigint {
    const held = this.#all("held").filter((fact) => fact.key === key && fact.side === side);
    return sum(
      held.map(({ hold, whole, amount }) => {
        if (this.holdState(hold) !== "open") return 0n;
        const taken = this.captured(hold);
        return whole && taken > 0n ? 0n : amount - taken;
      }),
    );
  }

  used(key: string): bigint {
    return this.posted(key, "debit") + this.pending(key, "debit") - this.posted(key, "credit");
  }

  lowest(key: string): bigint {
    return this.posted(key, "debit") - this.posted(key, "credit") - this.pending(key, "credit");
  }

  /** Judges a group: the codes that it fails with, or none and its facts stay. */
  judge({ entries, act }: Step): string[] {
    const kept = this.facts;
    this.facts = [...kept];
    this.#refusedHolds.clear();
    const codes = entries.flatMap((entry) => this.#entry(entry, act));
    if (codes.length > 0 || act.probe) this.facts = kept;
    return codes;
  }

  #entry(entry: Entry, act: Act): string[] {
    if (entry.kind === "transfer") return this.#transfer(entry);
    if (entry.kind === "use") return this.#use(entry);
    if (entry.kind === "give_back") return this.#giveBack(entry);
    if (entry.kind === "close") return this.#close(entry.account);
    if (entry.kind === "hold") return this.#openHold(entry);
    return this.#endHold(entry, act);
  }

  #meet(ref: AccountRef): void {
    if (!this.opening(ref.key)) this.facts.push({ what: "opened", ref });
    if (ref.cap !== undefined) this.facts.push({ what: "capped", key: ref.key, cap: ref.cap });
  }

  #transfer({ debit, credit, amount, hold }: Extract<Entry, { kind: "transfer" }>): string[] {
    if (amount <= 0n) return ["amount_not_positive"];
    if (debit.key === credit.key) return ["accounts_same"];
    this.#meet(debit);
    this.#meet(credit);
    const books = [debit, credit].flatMap((ref) => [ref.book, this.opening(ref.key)?.book]);
    if (new Set(books).size > 1) return ["books_differ"];
    if (this.closed(debit.key) || this.closed(credit.key)) return ["account_closed"];
    const codes: string[] = [];
    const [cap, floor] = [this.cap(debit.key), this.floor(credit.key)];
    if (cap !== undefined && this.used(debit.key) + amount > cap) codes.push("funds_insufficient");
    if (floor !== undefined && this.lowest(credit.key) - amount < floor) {
      codes.push("floor_reached");
    }
    if (codes.length === 0) {
      this.#move({ key: debit.key, side: "debit", amount, hold, whole: false });
      this.#move({ key: credit.key, side: "credit", amount, hold, whole: false });
    }
    return codes;
  }

  #use({ account, amount, hold, whole, cites }: Extract<Entry, { kind: "use" }>): string[] {
    if (amount <= 0n) return ["amount_not_positive"];
    this.#meet(account);
    if (this.opening(account.key)?.book !== account.book) return ["books_differ"];
    if (this.closed(account.key)) return ["account_closed"];
    const cap = this.cap(account.key);
    if (cap !== undefined && this.used(account.key) + amount > cap) return [cites.code];
    this.#move({ key: account.key, side: "debit", amount, hold, whole: whole ?? false });
    return [];
  }

  #move(move: {
    key: string;
    side: Side;
    amount: bigint;
    hold: string | undefined;
    whole: boolean;
  }): void {
    const { key, side, amount, hold, whole } = move;
    const refused = hold !== undefined && this.#refusedHolds.has(hold);
    if (hold === undefined || refused) this.facts.push({ what: "moved", key, side, amount });
    else this.facts.push({ what: "held", key, side, amount, hold, whole });
  }

  #giveBack({ account, amount }: Extract<Entry, { kind: "give_back" }>): string[] {
    if (!this.opening(account.key)) return [];
    this.#meet(account);
    if (this.opening(account.key)?.book !== account.book) return ["books_differ"];
    const depth = this.lowest(account.key);
    const back = [amount, depth].toSorted((a, b) => (a < b ? -1 : 1))[0] ?? 0n;
    if (back > 0n) {
      this.facts.push({ what: "moved", key: account.key, side: "credit", amount: back });
    }
    return [];
  }

  #close(ref: AccountRef): string[] {
    this.#meet(ref);
    const { key } = ref;
    if (this.closed(key)) return ["account_closed"];
    const rest = [
      this.posted(key, "debit") - this.posted(key, "credit"),
      this.pending(key, "debit"),
      this.pending(key, "credit"),
    ];
    if (rest.some((amount) => amount !== 0n)) return ["account_not_empty"];
    this.facts.push({ what: "closed", key });
    return [];
  }

  #openHold({ hold, amount, expires }: Extract<Entry, { kind: "hold" }>): string[] {
    if (amount <= 0n) return ["amount_not_positive"];
    if (this.hold(hold)) {
      this.#refusedHolds.add(hold);
      return ["hold_exists"];
    }
    this.facts.push({ what: "hold", id: hold, amount, expires });
    return [];
  }

  #endHold(entry: Extract<Entry, { kind: "capture" | "release" }>, act: Act): string[] {
    const { hold: id } = entry;
    const hold = this.hold(id);
    const state = this.holdState(id);
    if (!hold) return ["hold_absent"];
    if (state === "expired") return ["hold_expired"];
    if (state !== "open") return ["hold_ended"];
    if (!act.expiring && act.now >= hold.expires) return ["hold_expired"];
    if (entry.kind === "release") {
      this.facts.push({ what: "ended", id, how: act.expiring ? "expired" : "released" });
      return [];
    }
    if (entry.amount <= 0n) return ["amount_not_positive"];
    if (entry.amount + this.captured(id) > hold.amount) return ["capture_above_hold"];
    this.facts.push({ what: "captured", id, amount: entry.amount, final: entry.final });
    return [];
  }
}
