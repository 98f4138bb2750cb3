/**
 * A pool through the real guard on a real database: funding, claims, payouts by one and by two, the
 * loss cap, 64 at once, kills at every step, and invariants over any history.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Call, Outcome } from "@sandbank/kernel/guard";
import { balances, differingAccounts, trialBalance } from "@sandbank/kernel/ledger";
import { machineNow } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { statement } from "@sandbank/kernel/store";
import { readClaims, readPayouts } from "../compensation/compensation.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import {
  APPROVER,
  type Bed,
  COMPLAINTS_CHEN,
  CUSTOMER,
  INSTITUTION,
  OFFICER,
  PILOT,
  sandboxBed,
  SENIOR_XU,
  TRUSTEE_LU,
  TRUSTEE_SHI,
} from "../testing/bed.ts";

let bed: Bed;
let count = 0;
const id = () => `pool-${++count}`;
const OPERATOR_SUN: Principal = {
  ...{ kind: "person", id: "operator-sun", organisation: INSTITUTION },
  roles: ["institution_operator"],
};

function codeOf(outcome: Outcome | Refusal): string {
  if (isRefusal(outcome)) return outcome.code;
  return outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
}
const answerOf = (outcome: Outcome | Refusal) => {
  assert.ok(!isRefusal(outcome) && outcome.kind === "accepted", codeOf(outcome));
  return outcome.answer as Record<string, string>;
};
const fund = (amount: string, to: "pool" | "insurer" = "pool", principal = OPERATOR_SUN) =>
  bed.sandbox.pools.fund({ pilot: PILOT, to, amount, principal, id: id() });
const raise = (kind: "complaint" | "incident", cause: string, amount: string) => {
  const raising = { cause: { kind, id: cause }, amount };
  const by = { principal: COMPLAINTS_CHEN, id: id() };
  return bed.sandbox.pools.raise({ pilot: PILOT, raising, ...by });
};
const admit = (claim: string, amount: string, principal = TRUSTEE_LU) =>
  bed.sandbox.pools.actOnClaim({ claim, act: { act: "admit", amount }, principal, id: id() });
const pay = (claim: string, amount: string, principal = TRUSTEE_LU) =>
  bed.sandbox.pools.actOnClaim({ claim, act: { act: "pay", amount }, principal, id: id() });
const detail = async () => {
  const found = await bed.sandbox.pools.detail(PILOT);
  assert.ok(found);
  return found;
};

/** An incident that was confirmed: claims come out of it without end. */
async function incident(): Promise<string> {
  const title = { zh: "重复扣款", en: "Charged twice" };
  const opening = { pilot: PILOT, category: "transactions", title };
  const opened = await bed.act("sandbox.open_incident", opening, { principal: OFFICER });
  const { incident: which } = answerOf(opened);
  assert.ok(which);
  const step = { event: "detect", startedAt: "2026-11-24T00:00:00Z" };
  const detected = await bed.act("sandbox.detect_incident", { incident: which, step });
  assert.equal(codeOf(detected), "accepted");
  return which;
}

/** A claim that was admitted in full. */
async function admittedClaim(cause: string, amount: string): Promise<string> {
  const { claim = "" } = answerOf(await raise("incident", cause, amount));
  answerOf(await admit(claim, amount));
  return claim;
}

const READER = "sandbank_reader";

/** What must be true after any history. */
async function prove(): Promise<void> {
  const readings = bed.database.as(READER);
  assert.deepEqual(await differingAccounts(readings, SANDBOX_PARTITION), []);
  const rows = await balances(readings, SANDBOX_PARTITION, "");
  const lies = (key: string) => {
    const row = rows.find((one) => one.key === key);
    return row === undefined ? 0n : row.credits - row.debits;
  };
  assert.ok(lies(`pool/${PILOT}`) >= 0n, "the pool is never overdrawn");
  assert.ok(lies(`insurer/${PILOT}`) >= 0n, "nor is the insurer's promise");
  const claims = await readClaims(bed.store, SANDBOX_PARTITION, {
    ...{ pilot: PILOT, institution: undefined, most: 10_000 },
  });
  let open = 0n;
  for (const claim of claims) {
    const payouts = await readPayouts(bed.store, SANDBOX_PARTITION, claim.id);
    const sum = payouts.reduce((all, one) => all + one.amount, 0n);
    assert.equal(sum, claim.paid, "what is paid is the sum of its payouts");
    assert.equal(lies(`payee/${claim.id}`), claim.paid, "and what the ledger moved");
    assert.ok(claim.paid <= (claim.admitted ?? 0n) && (claim.admitted ?? 0n) <= claim.claimed);
    if (claim.state !== "refused") open += claim.admitted ?? claim.claimed;
  }
  const standing = await detail();
  assert.equal(standing.lossUsed, String(open), "losses are what was admitted or is still claimed");
  assert.ok(open <= BigInt(standing.terms.lossCap), "and stay under the cap");
  for (const book of await trialBalance(readings, SANDBOX_PARTITION, machineNow())) {
    if (book.book === "money:CNY") assert.equal(book.debits, book.credits);
  }
}

async function begin(): Promise<void> {
  bed = await sandboxBed();
  await bed.started();
}

describe("from complaint to payout", () => {
  before(begin);
  after(() => bed.end());

  test("the demonstration's pool holds twice what is required before the pilot is armed", async () => {
    const standing = await detail();
    assert.deepEqual(
      [standing.free, standing.required, standing.adequate, standing.insurerLeft],
      ["100000000", "50000000", true, "200000000"],
    );
    assert.equal(await bed.sandbox.pools.read("phone-pos"), undefined);
    const again = await bed.sandbox.load();
    assert.deepEqual(again, { recorded: [], armed: [], started: [] });
  });

  test("须有成立的投诉: only an upheld complaint gives a claim, and one gives one", async () => {
    const lodging = { category: "wrong_amount", text: "演示投诉：同一笔扣了两次款" } as const;
    const of = { pilot: PILOT, lodging, principal: CUSTOMER, id: id() };
    const lodged = await bed.sandbox.complaints.lodge(of);
    assert.ok("complaint" in lodged);
    const { complaint } = lodged;
    assert.equal(codeOf(await raise("complaint", complaint, "81250")), "complaint_not_upheld");
    const sender = { complaint, principal: COMPLAINTS_CHEN };
    await bed.sandbox.complaints.handle({
      ...{ ...sender, id: id(), handling: { act: "accept", interest: "none" } },
    });
    assert.equal(codeOf(await raise("complaint", complaint, "81250")), "complaint_not_upheld");
    const handling = { act: "decide", outcome: "upheld", words: "认定成立" } as const;
    await bed.sandbox.complaints.handle({ ...sender, id: id(), handling });
    const raised = answerOf(await raise("complaint", complaint, "81250"));
    assert.equal(codeOf(await raise("complaint", complaint, "81250")), "complaint_has_a_claim");
    const { claim = "" } = raised;
    assert.equal(codeOf(await pay(claim, "1")), "claim_is_raised");
    answerOf(await admit(claim, "81250"));
    const before = await detail();
    const done = answerOf(await pay(claim, "81250"));
    assert.deepEqual([done["state"], done["pool"], done["institution"]], ["paid", "81250", "0"]);
    const then = await detail();
    assert.equal(BigInt(before.free) - BigInt(then.free), 81_250n);
    assert.deepEqual([then.paid, then.paidBy.pool, then.medianDays], ["81250", "81250", 0]);
    assert.equal(codeOf(await pay(claim, "1")), "claim_is_paid");
    await prove();
  });

  test("限额以上须两人: proposed by a trustee, approved by another, never by oneself", async () => {
    const claim = await admittedClaim(await incident(), "100001");
    const parked = await pay(claim, "100001");
    assert.ok(!isRefusal(parked) && parked.kind === "parked");
    const approve = (principal: Principal) =>
      bed.act("guard.approve_task", { task: parked.task }, { principal });
    const tried = [];
    for (const one of [TRUSTEE_LU, COMPLAINTS_CHEN, APPROVER, TRUSTEE_SHI]) {
      tried.push(codeOf(await approve(one)));
    }
    assert.deepEqual(tried, ["task_own_proposal", "role_may_not", "role_may_not", "accepted"]);
    assert.equal(codeOf(await approve(SENIOR_XU)), "task_decided");
    const payouts = await readPayouts(bed.store, SANDBOX_PARTITION, claim);
    assert.deepEqual(
      payouts.map((one) => [one.amount, one.paid_by, one.approved_by]),
      [[100_001n, TRUSTEE_LU.id, TRUSTEE_SHI.id]],
    );
    await prove();
  });

  test("a proposal is out of date once something was paid in between", async () => {
    const claim = await admittedClaim(await incident(), "150000");
    const parked = await pay(claim, "150000");
    assert.ok(!isRefusal(parked) && parked.kind === "parked");
    answerOf(await pay(claim, "100000"));
    const approval = { task: parked.task };
    const late = await bed.act("guard.approve_task", approval, { principal: TRUSTEE_SHI });
    assert.equal(codeOf(late), "task_out_of_date");
    await prove();
  });

  test("an incident that was not confirmed gives no claim, and a stranger's pool none either", async () => {
    const title = { zh: "疑似故障", en: "Maybe a fault" };
    const opening = { pilot: PILOT, category: "outage", title };
    const { incident: which = "" } = answerOf(await bed.act("sandbox.open_incident", opening));
    assert.equal(codeOf(await raise("incident", which, "1")), "incident_not_confirmed");
    const foreign = { ...OPERATOR_SUN, organisation: "other-bank" };
    assert.equal(codeOf(await fund("1", "pool", foreign)), "institution_does_not_run_pilot");
    const unknown = "01990000-0000-7000-8000-00000000dead";
    assert.equal(codeOf(await raise("complaint", unknown, "1")), "claim_cause_unknown");
  });

  test("损失上限: losses claimed and paid stop at the cap, to the fen, and what is spared comes back", async () => {
    const cause = await incident();
    const { terms, lossUsed } = await detail();
    const left = BigInt(terms.lossCap) - BigInt(lossUsed);
    const over = await raise("incident", cause, String(left + 1n));
    assert.ok(!isRefusal(over) && over.kind === "refused");
    const [failed] = over.refusal.failed;
    assert.deepEqual(
      [over.refusal.code, failed?.used, failed?.cap, failed?.asked, failed?.clause],
      ["loss_cap_exceeded", BigInt(lossUsed), BigInt(terms.lossCap), left + 1n, "5.2-D1"],
    );
    const { claim = "" } = answerOf(await raise("incident", cause, String(left)));
    assert.equal(codeOf(await raise("incident", cause, "1")), "loss_cap_exceeded");
    answerOf(await admit(claim, String(left - 5n)));
    assert.equal(codeOf(await raise("incident", cause, "6")), "loss_cap_exceeded");
    assert.equal(codeOf(await raise("incident", cause, "5")), "accepted");
    await prove();
  });

  test("terms are set by two of the supervisor, and the gate follows them", async () => {
    const { terms } = await detail();
    const required = { kind: "fixed" as const, amount: "99999999999" };
    const content = { terms: { ...terms, required } };
    assert.equal(
      codeOf(await bed.act("sandbox.set_compensation_terms", content, { principal: OPERATOR_SUN })),
      "role_may_not",
    );
    assert.equal(codeOf(await bed.order("sandbox.set_compensation_terms", content)), "accepted");
    const standing = await bed.sandbox.pools.read(PILOT);
    assert.deepEqual([standing?.adequate, standing?.version], [false, 2]);
    assert.equal(standing?.required, 99_999_999_999n);
  });
});

describe("the order of payment", () => {
  before(begin);
  after(() => bed.end());

  test("赔付顺序: pool, then insurer, then institution, in one payout", async () => {
    const { terms, free, insurerLeft } = await detail();
    const content = { terms: { ...terms, lossCap: "9000000000", byOneUpTo: "9000000000" } };
    await bed.order("sandbox.set_compensation_terms", content);
    const sum = BigInt(free) + BigInt(insurerLeft) + 7n;
    const claim = await admittedClaim(await incident(), String(sum));
    const done = answerOf(await pay(claim, String(sum)));
    assert.deepEqual(
      [done["pool"], done["insurer"], done["institution"]],
      [free, insurerLeft, "7"],
    );
    const then = await detail();
    assert.deepEqual([then.free, then.insurerLeft, then.adequate], ["0", "0", false]);
    answerOf(await fund("12"));
    const next = await admittedClaim(await incident(), "20");
    const rest = answerOf(await pay(next, "20"));
    assert.deepEqual([rest["pool"], rest["insurer"], rest["institution"]], ["12", "0", "8"]);
    await prove();
  });
});

describe("sixty-four at once", () => {
  before(begin);
  after(() => bed.end());

  test("不得重复赔付: 64 trustees pay one claim, and it is paid once", async () => {
    const claim = await admittedClaim(await incident(), "90000");
    const tried = await Promise.all(
      Array.from({ length: 64 }, (_, nth) =>
        pay(claim, "90000", { ...TRUSTEE_LU, id: `trustee-${nth}` }),
      ),
    );
    const codes = tried.map(codeOf);
    assert.equal(codes.filter((code) => code === "accepted").length, 1);
    assert.equal(codes.filter((code) => code === "claim_is_paid").length, 63);
    await prove();
  });

  test("64 claims of 1/63 of what is left under the loss cap: 63 are raised", async () => {
    const cause = await incident();
    const { terms, lossUsed } = await detail();
    const each = (BigInt(terms.lossCap) - BigInt(lossUsed)) / 63n;
    const tried = await Promise.all(
      Array.from({ length: 64 }, () => raise("incident", cause, String(each))),
    );
    assert.equal(tried.filter((one) => codeOf(one) === "accepted").length, 63);
    assert.equal(tried.filter((one) => codeOf(one) === "loss_cap_exceeded").length, 1);
    await prove();
  });
});

describe("the process is killed", () => {
  before(begin);
  after(() => bed.end());

  const WORKER = new URL("../testing/worker.fixture.ts", import.meta.url).pathname;
  async function serve(calls: readonly Call[], stop?: string): Promise<Map<string, string>> {
    const child = spawn(process.execPath, [WORKER], {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        SANDBANK_LOGIN: JSON.stringify(bed.database.login("sandbank_sandbox")),
        ...(stop === undefined ? {} : { SANDBANK_STOP_AT: stop }),
      },
    });
    child.stdin.on("error", () => {});
    const answers = new Map<string, string>();
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { ready?: boolean; id: string; outcome: string };
      if (said.ready) for (const call of calls) child.stdin.write(`${JSON.stringify(call)}\n`);
      else answers.set(said.id, said.outcome);
      if (answers.size === calls.length) child.stdin.end();
    }
    return answers;
  }

  for (const stop of ["prepared", "locked", "decided", "written", "committed", "answered"]) {
    test(`at "${stop}": asked again with the same ids, no payout is made twice`, async () => {
      const claim = await admittedClaim(await incident(), "100000");
      const calls = Array.from({ length: 20 }, (_, nth): Call => ({
        ...{ partition: SANDBOX_PARTITION, id: `${stop}-${nth}`, principal: TRUSTEE_LU },
        command: "sandbox.pay_claim",
        content: { claim, pilot: PILOT, amount: "5000" },
      }));
      const first = await serve(calls, `${stop}:${stop === "prepared" ? 10 : 3}`);
      assert.ok(first.size < calls.length, "the worker died before it had answered everything");
      const second = await serve(calls);
      assert.deepEqual([...new Set(second.values())], ["accepted"]);
      for (const [key, outcome] of first) assert.equal(second.get(key), outcome, key);
      const payouts = await readPayouts(bed.store, SANDBOX_PARTITION, claim);
      assert.equal(payouts.length, calls.length);
      await prove();
    });
  }
});

describe("any history", () => {
  before(begin);
  after(() => bed.end());

  const amount = fc.bigInt({ min: 1n, max: 60_000_000n }).map(String);
  const nth = fc.nat(40);
  const step = fc.oneof(
    fc.record({
      verb: fc.constant("fund" as const),
      amount,
      to: fc.constantFrom("pool", "insurer"),
    }),
    fc.record({ verb: fc.constant("raise" as const), amount }),
    fc.record({ verb: fc.constant("admit" as const), amount, nth }),
    fc.record({ verb: fc.constant("refuse" as const), nth }),
    fc.record({ verb: fc.constant("pay" as const), amount, nth }),
  );

  test("the pool is never below nothing, nothing is paid that was not admitted, losses stay capped", async () => {
    const cause = await incident();
    const seen = new Set<string>();
    const run = async (
      steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
    ) => {
      const listed = await readClaims(bed.store, SANDBOX_PARTITION, {
        ...{ pilot: PILOT, institution: undefined, most: 200 },
      });
      const claims = listed.map((one) => one.id);
      const which = (at: number) => claims[at % Math.max(1, claims.length)] ?? cause;
      const all = await Promise.all(
        steps.map(async (one) => {
          if (one.verb === "fund") return fund(one.amount, one.to as "pool");
          if (one.verb === "raise") return raise("incident", cause, one.amount);
          if (one.verb === "admit") return admit(which(one.nth), one.amount);
          if (one.verb === "pay") return approved(await pay(which(one.nth), one.amount));
          const act = { act: "refuse", words: "不成立" } as const;
          const of = { claim: which(one.nth), act, principal: TRUSTEE_LU, id: id() };
          return bed.sandbox.pools.actOnClaim(of);
        }),
      );
      for (const outcome of all) seen.add(codeOf(outcome));
      await prove();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), run), {
      numRuns: 20,
      // Whatever is drawn, these are lived through: each asks for a fen too much.
      examples: [
        [[{ verb: "raise", amount: "100" }]],
        [[{ verb: "admit", amount: "101", nth: 0 }]],
        [[{ verb: "admit", amount: "100", nth: 0 }]],
        [[{ verb: "pay", amount: "101", nth: 0 }]],
      ],
    });
    for (const code of ["accepted", "more_than_was_claimed", "more_than_was_admitted"]) {
      assert.ok(seen.has(code), `no history had ${code}: ${[...seen].join()}`);
    }
  });

  /** A payout that waits for a second person gets one. */
  async function approved(outcome: Outcome | Refusal): Promise<Outcome | Refusal> {
    if (isRefusal(outcome) || outcome.kind !== "parked") return outcome;
    return bed.act("guard.approve_task", { task: outcome.task }, { principal: TRUSTEE_SHI });
  }
});

describe("what the database refuses by itself", () => {
  before(begin);
  after(() => bed.end());

  test("a wrong state, more than was admitted, a payout without its claim, one judge for both", async () => {
    const { claim = "" } = answerOf(await raise("incident", await incident(), "100"));
    const refused = (name: string, set: string) =>
      assert.rejects(
        bed.store.query(
          statement(`test.claim_${name}`, `update sandbox.claim set ${set} where id = $1`),
          [claim],
        ),
        /cannot go from|check constraint|not undone|as its payouts say/,
        set,
      );
    const judged = "judged_by = 'lu', judged_at = raised_at";
    await refused(
      "paid",
      `state = 'paid', admitted = 100, paid = 100, paid_at = raised_at, ${judged}`,
    );
    await refused("more", `state = 'admitted', admitted = 101, ${judged}`);
    await refused(
      "self",
      `state = 'admitted', admitted = 100, judged_at = raised_at, judged_by = raised_by`,
    );
    await refused("unpaid", `state = 'admitted', admitted = 100, paid = 50, ${judged}`);
    const insert = statement(
      "test.payout",
      `insert into sandbox.payout (partition, id, claim, amount, from_pool, from_insurer,
         from_institution, at, paid_by)
       values (0, $1, $2, 5, 5, 0, 0, '2027-01-01Z', 'lu')`,
    );
    await assert.rejects(bed.store.query(insert, [claim, claim]), /as its payouts say/);
    const change = statement("test.payout_change", "update sandbox.payout set amount = 1");
    await assert.rejects(bed.store.query(change), /permission denied/);
    await prove();
  });
});
