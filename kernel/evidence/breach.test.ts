/**
 * A breach of each kind that a replay can see, planted in a log that is hashed and signed as it should
 * be, with a facts file that opens every act: each is named by act, clause, use and cap, and the same
 * log with one less of it is believed.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { filesOf, type FixturePosting, LOG, sourceOf, Story } from "./story.fixture.ts";
import { verifyLog } from "./verify.ts";

const DAY = "limit/pilot_day/pilot/2026-11-24";
const STOCK = "limit/pilot_stock/pilot/all";
const OWED = "limit/customer_owed/firm-1/all";
const LIMITS = [
  { id: "pilot_day", cap: "100", clause: "1.10-C1" },
  { id: "pilot_stock", cap: "100", window: "none", clause: "1.10-C2" },
  { id: "customer_owed", cap: "50", scope: "customer", window: "none", clause: "1.10-C3" },
  { id: "partner_month", cap: "80", scope: "partner", window: "month", clause: "1.10-C4" },
  { id: "events_year", cap: "3", measure: "count", window: "year", clause: "1.10-C5" },
  { id: "people", cap: "2", measure: "customers", window: "none", clause: "1.10-C6" },
] as const;

const begin = () => new Story().put(LIMITS);
const debit = (account: string, amount: number): FixturePosting => [account, 1, String(amount)];
const credit = (account: string, amount: number): FixturePosting => [account, 2, String(amount)];
const held = (account: string, amount: number): FixturePosting => [account, 3, String(amount)];
const posted = (story: Story, ...postings: FixturePosting[]) => story.act({ postings });

/** What a finding has to name. */
interface Named {
  readonly code?: string;
  readonly seq: number;
  readonly account: string;
  readonly clause?: string;
  readonly used: number;
  readonly cap?: number;
}

interface Kind {
  readonly name: string;
  /** The log; `more` is 1 for the breach and 0 for what is still within. */
  readonly log: (more: 0 | 1) => Story;
  readonly found: readonly Named[];
}

const KINDS: readonly Kind[] = [
  {
    name: "a pilot-wide cap, in the window of a day",
    log: (more) => posted(posted(begin(), debit(DAY, 60)), debit(DAY, 40 + more)),
    found: [{ seq: 3, account: DAY, clause: "1.10-C1", used: 101, cap: 100 }],
  },
  {
    name: "a hold reserves: what is held counts like what is used",
    log: (more) => posted(posted(begin(), held(DAY, 60)), held(DAY, 40 + more)),
    found: [{ seq: 3, account: DAY, clause: "1.10-C1", used: 101, cap: 100 }],
  },
  {
    name: "a capture of more than was held",
    log: (more) => posted(posted(begin(), held(DAY, 60)), held(DAY, -60), debit(DAY, 100 + more)),
    found: [{ seq: 3, account: DAY, clause: "1.10-C1", used: 101, cap: 100 }],
  },
  {
    name: "a stock with what was given back: only what is outstanding counts",
    log: (more) =>
      [debit(STOCK, 90), credit(STOCK, 30), debit(STOCK, 40 + more), credit(STOCK, 80)].reduce(
        (story, one) => posted(story, one),
        begin(),
      ),
    found: [{ seq: 4, account: STOCK, clause: "1.10-C2", used: 101, cap: 100 }],
  },
  {
    name: "the cap of one customer, while the pilot's is far away",
    log: (more) =>
      posted(
        posted(begin(), debit(STOCK, 30), debit(OWED, 30)),
        ...[debit(STOCK, 20 + more), debit(OWED, 20 + more)],
      ),
    found: [{ seq: 3, account: OWED, clause: "1.10-C3", used: 51, cap: 50 }],
  },
  {
    name: "a partner's month; the next month begins anew",
    log: (more) =>
      [
        debit("limit/partner_month/shop/2026-11", 80),
        debit("limit/partner_month/other/2026-12", 80),
        debit("limit/partner_month/shop/2026-12", 80 + more),
      ].reduce((story, one) => posted(story, one), begin()),
    found: [
      {
        ...{ seq: 4, account: "limit/partner_month/shop/2026-12", clause: "1.10-C4" },
        ...{ used: 81, cap: 80 },
      },
    ],
  },
  {
    name: "a number of acts in a year",
    log: (more) =>
      Array.from({ length: 3 + more }, () => debit("limit/events_year/pilot/2026", 1)).reduce(
        (story, one) => posted(story, one),
        begin(),
      ),
    found: [
      { seq: 5, account: "limit/events_year/pilot/2026", clause: "1.10-C5", used: 4, cap: 3 },
    ],
  },
  {
    name: "a number of customers",
    log: (more) =>
      Array.from({ length: 2 + more }, () => debit("limit/people/pilot/all", 1)).reduce(
        (story, one) => posted(story, one),
        begin(),
      ),
    found: [{ seq: 4, account: "limit/people/pilot/all", clause: "1.10-C6", used: 3, cap: 2 }],
  },
  {
    name: "a cap that a directive lowered: it binds from its commit on, and is cited",
    log: (more) => {
      const lowered = { id: "pilot_stock", cap: "50", window: "none", clause: "1.10-C2/D2" };
      const before = posted(begin(), debit(STOCK, 90)).put([lowered]);
      return posted(posted(before, credit(STOCK, 60)), debit(STOCK, 20 + more));
    },
    found: [{ seq: 5, account: STOCK, clause: "1.10-C2/D2", used: 51, cap: 50 }],
  },
  {
    name: "two limits in one act: both are named",
    log: (more) => posted(begin(), debit(STOCK, 100 + more), debit(OWED, 50 + more)),
    found: [
      { seq: 2, account: STOCK, clause: "1.10-C2", used: 101, cap: 100 },
      { seq: 2, account: OWED, clause: "1.10-C3", used: 51, cap: 50 },
    ],
  },
  {
    name: "room made by giving back what was never taken",
    log: (more) => posted(posted(begin(), debit(STOCK, 60)), credit(STOCK, 60 + more)),
    found: [{ code: "limit_below_nothing", seq: 3, account: STOCK, used: -1 }],
  },
];

async function findingsOf(story: Story) {
  const source = sourceOf(filesOf(story.leaves));
  const seen = await verifyLog({ source, log: LOG, facts: story.facts });
  assert.equal(seen.signed, true, "the forger has the key");
  assert.equal(seen.replayed?.unopened, 0, "the facts file opens every act");
  return seen.findings.map(({ code, params = {} }) => {
    const { seq = "", account = "", clause, used = "", cap } = params;
    return {
      ...{ code, seq: Number(seq), account, used: Number(used) },
      ...(clause === undefined ? {} : { clause }),
      ...(cap === undefined ? {} : { cap: Number(cap) }),
    };
  });
}

describe("a breach in a log that is hashed and signed as it should be", () => {
  for (const { name, log, found } of KINDS) {
    test(name, async () => {
      const named = found.map((one) => ({ code: "act_exceeded_cap", ...one }));
      assert.deepEqual(await findingsOf(log(1)), named);
      assert.deepEqual(await findingsOf(log(0)), [], "one less of it is within");
    });
  }

  test("a use that is hidden in an account which the limit does not have", async () => {
    const hidden = [
      ["limit/pilot_day/somebody/2026-11-24", "1.10-C1", 100],
      ["limit/pilot_day/pilot/2026-11", "1.10-C1", 100],
      ["limit/pilot_stock/pilot/2026-11-24", "1.10-C2", 100],
      ["limit/customer_owed//all", "1.10-C3", 50],
    ] as const;
    for (const [account, clause, cap] of hidden) {
      const found = await findingsOf(posted(begin(), debit(account, 1)));
      const named = { code: "use_beside_limit", seq: 2, account, used: 1, clause, cap };
      assert.deepEqual(found, [named], account);
    }
    const own = "limit/customer_owed/a/b/all";
    assert.deepEqual(
      await findingsOf(posted(begin(), debit(own, 1))),
      [],
      "a name may hold any sign",
    );
  });

  test("who leaves lines out is not accused of giving back too much, nor for an erased customer", async () => {
    const story = posted(posted(begin(), debit(OWED, 20)), credit(OWED, 20));
    const source = sourceOf(filesOf(story.leaves));
    const cut = await verifyLog({ source, log: LOG, facts: story.facts.toSpliced(1, 1) });
    assert.deepEqual(cut.findings, []);
    const erased = begin().erased();
    erased.say({ t: "erasure", acts: "0", commitment: "0".repeat(64) });
    posted(erased, credit(OWED, 20));
    assert.deepEqual(await findingsOf(erased), []);
  });
});
