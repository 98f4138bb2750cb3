/**
 * Random acts over a few accounts and holds, judged twice: by the engine and by a model that adds
 * everything up anew (`model.fixture.ts`). After each act the invariants of a ledger are checked on the
 * engine's own state.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Instant } from "../clock/index.ts";
import type { Fen } from "../money/index.ts";
import { type Account, lowest, used } from "./account.ts";
import type { AccountRef, Entry } from "./entry.ts";
import type { Hold } from "./hold.ts";
import { Balances, type GroupResult, type Movements } from "./ledger.ts";
import { Model, type Step, sum } from "./model.fixture.ts";

// ---- Random acts. ----

const ACCOUNTS: readonly (readonly [AccountRef, readonly (bigint | undefined)[]])[] = [
  [{ key: "cash", book: "money:CNY" }, [undefined]],
  [{ key: "mei", book: "money:CNY" }, [0n, 0n, 0n, 20n, -5n]],
  [{ key: "shop", book: "money:CNY", floor: -40n }, [undefined]],
  [{ key: "till", book: "money:CNY", floor: 0n }, [undefined, 60n]],
  [{ key: "limit/day", book: "limits" }, [undefined, 90n, 90n, 90n, 40n, 0n]],
  [{ key: "limit/count", book: "limits" }, [4n, 4n, 4n, 2n]],
  [{ key: "unit", book: "units" }, [undefined]],
];
const HOLDS = ["h1", "h2", "h3"];

const account = (from: number, to: number): fc.Arbitrary<AccountRef> =>
  fc.integer({ min: from, max: to }).chain((i) => {
    const [ref, caps] = ACCOUNTS[i]!;
    return fc.constantFrom(...caps).map((cap) => (cap === undefined ? ref : { ...ref, cap }));
  });
const amount = fc.oneof(
  { weight: 20, arbitrary: fc.bigInt({ min: 1n, max: 30n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -1n, max: 0n }) },
) as fc.Arbitrary<Fen>;
const cites = { code: "over_limit", limit: "l", unit: "fen", clause: "c" } as const;

const money = fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 2, maxLength: 2 });
const transfer: fc.Arbitrary<Entry> = money
  .chain(([from, to]) =>
    fc.record({ debit: account(from!, from!), credit: account(to!, to!), amount }),
  )
  .map((of) => ({ kind: "transfer", ...of }));
const across: fc.Arbitrary<Entry> = fc
  .record({ debit: account(0, 6), credit: account(0, 6), amount })
  .map((of) => ({ kind: "transfer", ...of }));
const use: fc.Arbitrary<Entry> = fc
  .record({ account: account(4, 5), amount })
  .map((of) => ({ kind: "use", cites, ...of }));
const giveBack: fc.Arbitrary<Entry> = fc
  .record({ account: account(4, 5), amount: fc.bigInt({ min: 0n, max: 40n }) })
  .map((of) => ({ kind: "give_back", ...of }));
const hold = fc.constantFrom(...HOLDS);
const capture: fc.Arbitrary<Entry> = fc
  .record({ hold, amount, final: fc.boolean() })
  .map((of) => ({ kind: "capture", ...of }));
const release: fc.Arbitrary<Entry> = hold.map((id) => ({ kind: "release", hold: id }));
const close: fc.Arbitrary<Entry> = account(1, 6).map((ref) => ({ kind: "close", account: ref }));

const plain = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: transfer },
    { weight: 6, arbitrary: use },
    { weight: 2, arbitrary: giveBack },
    { weight: 4, arbitrary: capture },
    { weight: 2, arbitrary: release },
    { weight: 1, arbitrary: across },
    { weight: 1, arbitrary: close },
  ),
  { minLength: 1, maxLength: 3 },
);
const authorisation = fc
  .record({
    id: hold,
    amount: fc.bigInt({ min: 1n, max: 30n }) as fc.Arbitrary<Fen>,
    life: fc.integer({ min: 1, max: 20 }),
    debit: account(0, 1),
    credit: account(2, 3),
    limit: account(4, 4),
    count: fc.option(account(5, 5)),
    before: fc.array(fc.oneof(transfer, use), { maxLength: 1 }),
    after: fc.array(fc.oneof(capture, use, release), { maxLength: 1 }),
  })
  .map((of) => (now: number): Entry[] => [
    ...of.before,
    { kind: "hold", hold: of.id, amount: of.amount, expires: (now + of.life) as Instant },
    { kind: "transfer", debit: of.debit, credit: of.credit, amount: of.amount, hold: of.id },
    { kind: "use", account: of.limit, amount: of.amount, hold: of.id, cites },
    ...(of.count
      ? [{ kind: "use", account: of.count, amount: 1n, hold: of.id, whole: true, cites } as const]
      : []),
    ...of.after,
  ]);

/** What every run begins with: somebody has money and the till is not empty. */
const FUNDING: Entry[] = [
  { kind: "transfer", debit: ACCOUNTS[0]![0], credit: ACCOUNTS[1]![0], amount: 80n as Fen },
  { kind: "transfer", debit: ACCOUNTS[3]![0], credit: ACCOUNTS[2]![0], amount: 40n as Fen },
];

const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      entries: fc.oneof(
        { weight: 6, arbitrary: plain.map((entries) => (_now: number) => entries) },
        { weight: 4, arbitrary: authorisation },
        { weight: 1, arbitrary: release.map((entry) => (_now: number) => entry) },
      ),
      wait: fc.nat({ max: 3 }),
      probe: fc.nat({ max: 9 }).map((chance) => chance === 0),
    }),
    { minLength: 1, maxLength: 25, size: "max" },
  )
  .map((list) => {
    let now = 1_000;
    const funded: Step = { entries: FUNDING, act: { seq: 0n, now: now as Instant } };
    const random = list.map(({ entries, wait, probe }, i): Step => {
      now += wait;
      const act = { seq: BigInt(i + 1), now: now as Instant, ...(probe && { probe }) };
      const said = entries(now);
      if (Array.isArray(said)) return { entries: said, act };
      return { entries: [said as Entry], act: { ...act, expiring: true } };
    });
    return [funded, ...random];
  });

// ---- What is compared. ----

const keys = ACCOUNTS.map(([ref]) => ref.key);

/** Everything observable of the engine's state, as plain values. */
function stateOf(balances: Balances): unknown {
  return structuredClone({
    accounts: keys.map((key) => balances.account(key)),
    holds: HOLDS.map((id) => balances.hold(id)),
    movements: balances.movements(),
  });
}

function codesOf(result: GroupResult): string[] {
  return result.ok ? [] : result.failed.map((failed) => failed.code);
}

function sameAsModel(balances: Balances, model: Model): void {
  for (const key of keys) {
    const found = balances.account(key);
    assert.equal(found === undefined, model.opening(key) === undefined, key);
    if (!found) continue;
    assert.deepEqual(
      [found.debits, found.credits, found.pendingDebits, found.pendingCredits, found.closed],
      [
        model.posted(key, "debit"),
        model.posted(key, "credit"),
        model.pending(key, "debit"),
        model.pending(key, "credit"),
        model.closed(key),
      ],
      key,
    );
    assert.equal(found.cap ?? undefined, model.cap(key), key);
  }
  for (const id of HOLDS) {
    assert.equal(balances.hold(id)?.state, model.holdState(id), id);
    assert.equal(balances.hold(id)?.captured ?? 0n, model.captured(id), id);
  }
}

function accountsOf(balances: Balances): Account[] {
  return keys.flatMap((key) => balances.account(key) ?? []);
}

/** I1, I2, I5 and I8 on the engine's own numbers. */
function invariantsHold(balances: Balances): void {
  for (const book of ["money:CNY", "units"]) {
    const accounts = accountsOf(balances).filter((found) => found.book === book);
    const of = (pick: (found: Account) => bigint) => sum(accounts.map(pick));
    assert.equal(
      of((a) => a.debits),
      of((a) => a.credits),
      `I1 ${book}`,
    );
    assert.equal(
      of((a) => a.pendingDebits),
      of((a) => a.pendingCredits),
      `I1 ${book} pending`,
    );
  }
  for (const found of accountsOf(balances)) {
    const cap = [found.cap, found.grandfathered].filter((value) => value !== null);
    const most = cap.toSorted((a, b) => (a < b ? -1 : 1)).at(-1);
    if (found.cap !== null) assert.ok(used(found) <= most!, `I2 cap of ${found.key}`);
    if (found.floor !== null) assert.ok(lowest(found) >= found.floor, `I2 floor of ${found.key}`);
    const counters = [found.debits, found.credits, found.pendingDebits, found.pendingCredits];
    for (const counter of counters) assert.equal(typeof counter, "bigint", "I8");
    assert.ok(counters.every((counter) => counter >= 0n));
  }
  for (const id of HOLDS) {
    const found = balances.hold(id);
    if (found) assert.ok(found.captured >= 0n && found.captured <= found.amount, "I5");
  }
}

/** Keeps what a database would: the engine starts each batch from rows that it stored before. */
class Shelf {
  accounts = new Map<string, Account>();
  holds = new Map<string, Hold>();

  load(): Balances {
    const [accounts, holds] = structuredClone([
      [...this.accounts.values()],
      [...this.holds.values()],
    ]);
    return new Balances(accounts as Account[], holds as Hold[]);
  }

  /** Gives balances that outlive their batch the holds that they have forgotten. */
  lend(balances: Balances, entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind !== "hold" && entry.kind !== "capture" && entry.kind !== "release") continue;
      const hold = balances.hold(entry.hold) ? undefined : this.holds.get(entry.hold);
      if (hold) balances.admit([], [structuredClone(hold)]);
    }
  }

  store(movements: Movements): void {
    const { opened, changed, resettled, holdsOpened, holdsChanged } = structuredClone(movements);
    for (const row of opened) {
      assert.ok(!this.accounts.has(row.key), "opened twice");
      this.accounts.set(row.key, row);
    }
    for (const { key, debits, credits, pendingDebits, pendingCredits } of changed) {
      const row = this.accounts.get(key);
      assert.ok(row, "changed but never opened");
      Object.assign(row, { debits, credits, pendingDebits, pendingCredits });
    }
    for (const row of resettled) {
      assert.ok(this.accounts.has(row.key), "settled anew but never opened");
      this.accounts.set(row.key, row);
    }
    for (const row of holdsOpened) this.holds.set(row.id, row);
    for (const row of holdsChanged) this.holds.set(row.id, row);
  }
}

describe("the engine", () => {
  it("agrees with the model on every act, and the invariants hold after each", () => {
    const property = fc.property(steps, (list) => {
      const balances = new Balances([], []);
      const model = new Model();
      for (const step of list) {
        const before = stateOf(balances);
        const result = balances.apply(step.entries, step.act);
        assert.deepEqual(codesOf(result), model.judge(step));
        if (!result.ok)
          assert.deepEqual(stateOf(balances), before, "I6: a failed act left a trace");
        sameAsModel(balances, model);
        invariantsHold(balances);
      }
    });
    fc.assert(property, { numRuns: 400 });
  });

  it("I3: the postings it reports add up to the counters", () => {
    const property = fc.property(steps, (list) => {
      const balances = new Balances([], []);
      const replay = new Map<string, bigint>();
      for (const { entries, act } of list) {
        const result = balances.apply(entries, act);
        if (!result.ok || act.probe) continue;
        for (const { account: of, kind, amount: by } of result.postings) {
          const counter = `${of.key} ${kind}`;
          replay.set(counter, (replay.get(counter) ?? 0n) + by);
        }
      }
      for (const found of accountsOf(balances)) {
        const of = (kind: string) => replay.get(`${found.key} ${kind}`) ?? 0n;
        assert.deepEqual(
          [of("debit"), of("credit"), of("hold_debit"), of("hold_credit")],
          [found.debits, found.credits, found.pendingDebits, found.pendingCredits],
        );
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("I10: any cutting into batches, loaded anew or kept, equals applying the acts one by one", () => {
    const property = fc.property(steps, fc.infiniteStream(fc.boolean()), (list, cuts) => {
      const [one, many, keeping] = [new Shelf(), new Shelf(), new Shelf()];
      const kept = new Balances([], []);
      let batch = many.load();
      for (const { entries, act } of list) {
        const alone = one.load();
        const resultAlone = alone.apply(entries, act);
        one.store(alone.movements());
        const resultInBatch = batch.apply(entries, act);
        assert.deepEqual(codesOf(resultInBatch), codesOf(resultAlone));
        keeping.lend(kept, entries);
        assert.deepEqual(codesOf(kept.apply(entries, act)), codesOf(resultAlone));
        if (!cuts.next().value) continue;
        many.store(batch.movements());
        batch = many.load();
        keeping.store(kept.take());
      }
      many.store(batch.movements());
      keeping.store(kept.take());
      assert.deepEqual(many, one);
      assert.deepEqual(keeping, one);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("I4, I5: a hold is opened once, resolves at most once and never after its expiry", () => {
    const property = fc.property(steps, (list) => {
      const balances = new Balances([], []);
      const opened = new Set<string>();
      let ended = new Set<string>();
      for (const { entries, act } of list) {
        if (!balances.apply(entries, act).ok || act.probe) continue;
        for (const entry of entries) {
          if (entry.kind === "hold") {
            assert.ok(!opened.has(entry.hold));
            opened.add(entry.hold);
          } else if (entry.kind === "capture" || entry.kind === "release") {
            assert.ok(opened.has(entry.hold) && !ended.has(entry.hold));
            assert.ok(act.expiring || act.now < balances.hold(entry.hold)!.expires);
          }
        }
        ended = new Set(HOLDS.filter((id) => (balances.hold(id)?.state ?? "open") !== "open"));
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("gives the same answer to the same acts, whenever and wherever it runs", () => {
    const property = fc.property(steps, (list) => {
      const run = () => {
        const balances = new Balances([], []);
        const results = list.map(({ entries, act }) => codesOf(balances.apply(entries, act)));
        return { results, state: stateOf(balances) };
      };
      assert.deepEqual(run(), run());
    });
    fc.assert(property, { numRuns: 50 });
  });
});
