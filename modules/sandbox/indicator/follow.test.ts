/**
 * The follower against the journal: whatever happened, the counters are those of SQL that was
 * written for nothing else, straight over the guard's and the ledger's tables; and following again
 * from the first act gives the same digits wherever the slices were cut.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import fc from "fast-check";
import { type Follower, openFollower } from "./follow.ts";
import { BEGINNING, type FollowedBed, followedBed, POLICY } from "./follow.fixture.ts";

const RUNS = 25;

// Windows by the text of their local time, every figure by a query of its own over whole tables.
const WINDOWS = `(values ('hour', 'YYYY-MM-DD HH24'), ('day', 'YYYY-MM-DD'), ('month', 'YYYY-MM'))
  s(span, form)`;
const LOCAL = "at time zone 'Asia/Shanghai'";
const STRAIGHT = {
  acts: statement(
    "test.straight_acts",
    `select s.span || ' ' || to_char(j.at ${LOCAL}, s.form) as begins,
            j.command || ' ' || j.class || ' ' || j.outcome as line, count(*) as n
       from guard.journal j, ${WINDOWS} where j.partition = $1 group by 1, 2 order by 1, 2`,
  ),
  peaks: statement(
    "test.straight_peaks",
    `select begins, 'peak ' || max(n) || ' of ' || sum(n) || ' in ' || min(low) || '-' || max(high)
              as line, 1::int8 as n
       from (select s.span || ' ' || to_char(j.at ${LOCAL}, s.form) as begins,
                    floor(extract(epoch from j.at)) as second, count(*) as n, min(j.seq) as low,
                    max(j.seq) as high
               from guard.journal j, ${WINDOWS} where j.partition = $1 group by 1, 2) q
      group by 1 order by 1`,
  ),
  denials: statement(
    "test.straight_denials",
    `select begins, line, count(*) as n from (
       select s.span || ' ' || to_char(j.at ${LOCAL}, s.form) as begins,
              (f ->> 'code') || ' ' || coalesce(f ->> 'limit', '') as line
         from guard.journal j, ${WINDOWS}, jsonb_array_elements(j.answer::jsonb -> 'failed') f
        where j.partition = $1 and j.answer like '{"refused"%'
       union all
       select s.span || ' ' || to_char(j.at ${LOCAL}, s.form), j.outcome || ' '
         from guard.journal j, ${WINDOWS}
        where j.partition = $1 and j.answer like '{"refused"%'
          and j.answer::jsonb -> 'failed' = '[]') q
      group by 1, 2 order by 1, 2`,
  ),
  uses: statement(
    "test.straight_uses",
    `select s.span || ' ' || to_char(j.at ${LOCAL}, s.form) as begins, a.key as line,
            sum(x.amounts[i] * (case x.kinds[i] when 2 then -1 else 1 end))::int8 as n
       from ledger.act x join guard.journal j on j.partition = x.partition and j.seq = x.seq,
            generate_subscripts(x.accounts, 1) i, ledger.account a, ${WINDOWS}
      where x.partition = $1 and a.partition = $1 and a.id = x.accounts[i] and x.kinds[i] <> 4
        and a.key like 'limit/%' and a.key not like 'limit/customer%'
      group by 1, 2 order by 1, 2`,
  ),
} as const;
const COUNTED = {
  acts: statement(
    "test.counted_acts",
    `select c.span || ' ' || to_char(c.begins ${LOCAL}, s.form) as begins,
            c.command || ' ' || c.class || ' ' || c.outcome as line, c.acts as n
       from sandbox.acts_counted c join ${WINDOWS} using (span) where c.partition = $1
      order by 1, 2`,
  ),
  peaks: statement(
    "test.counted_peaks",
    `select c.span || ' ' || to_char(c.begins ${LOCAL}, s.form) as begins,
            'peak ' || c.peak || ' of ' || c.acts || ' in ' || c.first_seq || '-' || c.last_seq
              as line, 1::int8 as n
       from sandbox.window_counted c join ${WINDOWS} using (span) where c.partition = $1
      order by 1`,
  ),
  denials: statement(
    "test.counted_denials",
    `select c.span || ' ' || to_char(c.begins ${LOCAL}, s.form) as begins,
            c.code || ' ' || c.rule as line, c.acts as n
       from sandbox.denials_counted c join ${WINDOWS} using (span) where c.partition = $1
      order by 1, 2`,
  ),
  uses: statement(
    "test.counted_uses",
    `select c.span || ' ' || to_char(c.begins ${LOCAL}, s.form) as begins,
            'limit/' || c.rule || '/' || c.whose || '/' || c.period as line, c.moved as n
       from sandbox.uses_counted c join ${WINDOWS} using (span) where c.partition = $1
      order by 1, 2`,
  ),
} as const;
const BALANCES = statement(
  "test.limit_balances",
  `select key as line, debits + pending_debits - credits as n from ledger.account
    where partition = $1 and key like 'limit/%' and key not like 'limit/customer%' order by 1`,
);
const SUMS = statement(
  "test.limit_sums",
  `select 'limit/' || rule || '/' || whose || '/' || period as line, sum(moved)::int8 as n
     from sandbox.uses_counted where partition = $1 and span = 'month' group by 1 order by 1`,
);

const COMMANDS = statement(
  "test.commands_counted",
  "select distinct command from sandbox.acts_counted where outcome = 'accepted' order by 1",
);

type Step =
  | { readonly verb: "open"; readonly customer: string }
  | { readonly verb: "pay" | "reserve"; readonly customer: string; readonly amount: number }
  | { readonly verb: "finish"; readonly nth: number; readonly amount: number | undefined }
  | { readonly verb: "refund"; readonly nth: number }
  | { readonly verb: "wait"; readonly ms: number }
  | { readonly verb: "follow"; readonly most: number };

const customer = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const amount = fc.integer({ min: 1, max: 1_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant("open" as const), customer }),
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constantFrom("pay" as const, "reserve" as const),
      ...{ customer, amount },
    }),
  },
  fc.record({
    verb: fc.constant("finish" as const),
    nth: fc.nat(6),
    amount: fc.option(amount, { nil: undefined }),
  }),
  fc.record({ verb: fc.constant("refund" as const), nth: fc.nat(6) }),
  fc.record({ verb: fc.constant("wait" as const), ms: fc.constantFrom(1, 400, 70_000, 4_000_000) }),
  fc.record({ verb: fc.constant("follow" as const), most: fc.integer({ min: 1, max: 7 }) }),
);
/** One history that holds acts of every kind, whatever is drawn beside it. */
const EVERY_KIND: Step[][] = [
  [
    ...[{ verb: "open", customer: "a" } as const, { verb: "follow", most: 1 } as const],
    { verb: "reserve", customer: "a", amount: 600 },
    { verb: "reserve", customer: "b", amount: 500 },
    { verb: "pay", customer: "b", amount: 401 },
    { verb: "pay", customer: "a", amount: 903 },
  ],
  [
    ...[{ verb: "finish", nth: 0, amount: 200 } as const, { verb: "refund", nth: 0 } as const],
    ...[{ verb: "finish", nth: 5, amount: 1 } as const, { verb: "wait", ms: 4_000_000 } as const],
  ],
];

const PARTNERS = ["farsail", "lantern", "tideway", "undeclared"];

/** What of a partition's past later steps come back to. */
interface Past {
  readonly partition: number;
  readonly holds: string[];
  readonly paid: object[];
}

let bed: FollowedBed;
let follower: Follower;
let now = BEGINNING;

async function play(one: Step, past: Past): Promise<Outcome | undefined> {
  const { partition, holds, paid } = past;
  if (one.verb === "follow") return void (await follower.step(partition, one.most));
  if (one.verb === "wait") return void (await bed.turn((now = (now + one.ms) as Instant)));
  const to = { partition };
  if (one.verb === "open") return bed.act("tokens.open", { customer: one.customer }, to);
  if (one.verb === "finish") {
    const hold = holds[one.nth] ?? "01890000-0000-7000-8000-000000000000";
    const some = one.amount === undefined ? {} : { amount: one.amount };
    return bed.act("tokens.finish", { hold, ...some }, to);
  }
  if (one.verb === "refund") {
    const [was] = paid.splice(one.nth, 1);
    return was && bed.act("tokens.refund", was, to);
  }
  const partner = PARTNERS[one.amount % PARTNERS.length];
  const content = { customer: one.customer, amount: one.amount, partner };
  const outcome = await bed.act(`tokens.${one.verb}`, content, to);
  if (outcome.kind !== "accepted") return outcome;
  const { hold, at } = outcome.answer as { hold?: string; at: string };
  if (hold === undefined) paid.push({ ...content, at });
  else holds.push(hold);
  return outcome;
}

async function agrees(partition: number): Promise<void> {
  for (const kind of ["acts", "peaks", "denials", "uses"] as const) {
    const [straight, counted] = await Promise.all([
      bed.owner.query(STRAIGHT[kind], [partition]),
      bed.owner.query(COUNTED[kind], [partition]),
    ]);
    assert.deepEqual(counted, straight, kind);
  }
  const sums = await bed.owner.query<{ line: string; n: bigint }>(SUMS, [partition]);
  assert.deepEqual(
    await bed.owner.query(BALANCES, [partition]),
    sums,
    "what moved adds up to what each limit has used",
  );
}

async function digits(partition: number): Promise<unknown> {
  const kinds = Object.values(COUNTED);
  return Promise.all(kinds.map((one) => bed.owner.query(one, [partition])));
}

describe("whatever happens in a partition", () => {
  before(async () => {
    bed = await followedBed(RUNS);
    follower = openFollower(bed.store);
    now = BEGINNING;
  });
  after(() => bed.end());

  test("the counters are those of the journal to the last digit, and rebuilding changes none", async () => {
    let partition = 0;
    const seen = new Set<string>();
    const history = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(history, async (bursts) => {
        const past: Past = { partition: ++partition, holds: [], paid: [] };
        for (const burst of bursts) {
          // Payments of one burst arrive together; what turns the clock or follows goes alone.
          const alone = (one: Step) => one.verb === "wait" || one.verb === "follow";
          const together = burst.filter((one) => !alone(one)).map((one) => play(one, past));
          for (const outcome of await Promise.all(together)) {
            if (outcome?.kind === "refused") seen.add(outcome.refusal.code);
          }
          for (const one of burst.filter(alone)) await play(one, past);
        }
        await bed.guard.tick(past.partition);
        await follower.catchUp(past.partition);
        await agrees(past.partition);
        const incremental = await digits(past.partition);
        await follower.rebuild(past.partition);
        assert.deepEqual(await digits(past.partition), incremental);
      }),
      { numRuns: RUNS, examples: [[EVERY_KIND]] },
    );
    for (const code of ["single_amount_exceeded", "partner_not_declared", "hold_absent"]) {
      assert.ok(seen.has(code), `the histories hold refusals with ${code}`);
    }
    const commands = await bed.owner.query<{ command: string }>(COMMANDS);
    assert.deepEqual(
      commands.map(({ command }) => command),
      [
        ...["guard.expire_hold", "guard.put_policy", "tokens.finish", "tokens.open", "tokens.pay"],
        ...["tokens.refund", "tokens.reserve"],
      ],
      "accepted acts of every kind were followed",
    );
  });
});

describe("a follower", () => {
  before(async () => {
    bed = await followedBed(2);
    follower = openFollower(bed.store);
    now = BEGINNING;
  });
  after(() => bed.end());

  const pay = (more: object = {}) =>
    bed.act("tokens.pay", { customer: "a", amount: 100, partner: "farsail", ...more });

  test("counts a bounded slice and says what is left", async () => {
    for (let i = 0; i < 5; i++) await pay();
    assert.deepEqual(await follower.step(1, 2), { seq: 2n, behind: 4n });
    assert.deepEqual(await follower.step(1, 100), { seq: 6n, behind: 0n });
    assert.deepEqual(await follower.step(1, 100), { seq: 6n, behind: 0n });
  });

  test("counts nothing where the guard knows no partition", async () => {
    assert.deepEqual(await follower.step(77), { seq: 0n, behind: 0n });
  });

  test("two followers of one partition count each act once", async () => {
    for (let i = 0; i < 20; i++) await pay();
    const other = openFollower(bed.store);
    await Promise.all([
      follower.catchUp(1),
      other.catchUp(1),
      follower.step(1, 3),
      other.step(1, 3),
    ]);
    await agrees(1);
  });

  test("keeps a rule out of the counters once any policy counts it for each customer", async () => {
    const limits = POLICY.limits.map((one) =>
      one.id === "partner_month_amount" ? { ...one, scope: "customer" as const } : one,
    );
    await bed.put({ ...POLICY, version: 2, limits }, 2);
    await bed.act(
      "tokens.pay",
      { customer: "secret-customer", amount: 7, partner: "farsail" },
      {
        ...{ partition: 2 },
      },
    );
    await follower.catchUp(2);
    const lines = JSON.stringify(await digits(2), (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    assert.match(lines, /pilot_day_amount/);
    assert.doesNotMatch(lines, /secret-customer|partner_month_amount/);
  });

  test("compares each day that is over with a recount, once, and names the one that differs", async () => {
    await bed.turn((now = (now + 86_400_000) as Instant));
    await pay();
    await follower.catchUp(1);
    assert.deepEqual(await follower.compare(1, now), []);
    const falsify = statement(
      "test.falsify",
      "update sandbox.acts_counted set acts = acts + 1 where partition = $1 and span = 'hour'",
    );
    await bed.turn((now = (now + 86_400_000) as Instant));
    await pay();
    await follower.catchUp(1);
    await bed.owner.query(falsify, [1]);
    const [day, ...rest] = await follower.compare(1, now);
    assert.ok(day !== undefined && rest.length === 0);
    assert.equal(toIso(day), "2060-11-30T16:00:00.000Z");
    assert.deepEqual(await follower.compare(1, now), [], "each day once");
  });
});
