/** Claims and payouts as a rulebook: the table, the order of payment, and every "no" by its code. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fromIso } from "@sandbank/kernel/clock";
import type { Command } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { fen } from "@sandbank/kernel/money";
import { isRefusal } from "@sandbank/kernel/words";
import { adequacyOf, CLAIM, CLAIM_EVENTS, medianDaysOf, moveClaim, requiredOf } from "./claim.ts";
import { CLAIM_STATES, type CompensationTerms } from "./compensation.contract.ts";
import type { ClaimRow } from "./compensation.store.ts";
import { fund, loadTerms } from "./fund.ts";
import { admitClaim, payClaim, payClaimByTwo, raiseClaim, refuseClaim } from "./pay.ts";
import { payOut, sharesOf } from "./postings.ts";

const PILOT = "payment-tokens";
const BANK = "sandbar-bank";
const NOW = fromIso("2027-03-10T09:00:00+08:00");
const ID = "01990000-0000-7000-8000-000000000001";
const WORDING = { id: "01990000-0000-7000-8000-0000000000ff", commitment: "b".repeat(64) };

const staff = (id: string, ...roles: Principal["roles"]): Principal => ({
  ...{ kind: "person", id, organisation: BANK, roles },
});
const CHEN = staff("chen", "complaint_handler");
const LU = staff("lu", "compensation_trustee");
const SHI = staff("shi", "compensation_trustee");
const FOREIGN: Principal = { ...LU, organisation: "other-bank" };

const body: CompensationTerms = {
  ...{ pilot: PILOT, clause: "5.2-D1", demo: true, lossCap: "1000000", byOneUpTo: "10000" },
  required: { kind: "fixed", amount: "500000" },
  insurer: { zh: "礁石财险（虚构）", en: "Reef Insurance (fictional)" },
  institution: { zh: "沙洲银行（虚构）", en: "Sandbar Bank (fictional)" },
};
const terms = { pilot: PILOT, version: 1, at: NOW, body };
const raised: ClaimRow = {
  ...{ id: ID, number: "P-2027-0001", pilot: PILOT, state: "raised", institution: BANK },
  ...{ complaint: ID, incident: null, claimed: 20_000n, admitted: null, paid: 0n },
  ...{ raised_by: "chen", raised_at: NOW, judged_by: null, judged_at: null, paid_at: null },
  wording: null,
};
const admitted: ClaimRow = {
  ...raised,
  ...{ state: "admitted", admitted: 15_000n, judged_by: "lu", judged_at: NOW },
};
const refused: ClaimRow = { ...raised, state: "refused", judged_by: "lu", judged_at: NOW };
const paid: ClaimRow = { ...admitted, state: "paid", paid: 15_000n, paid_at: NOW };
const pool = { pool: fen(6000), insurer: fen(3000), loss: 15_000n };
const payable = (of: ClaimRow | undefined, more: object = {}) => ({ of, terms, pool, ...more });

/** Decides as the guard would: the code, or the state that follows. */
function decide(
  command: Command,
  asked: {
    readonly of: unknown;
    readonly by?: Principal;
    readonly approver?: Principal;
    readonly content?: object;
  },
): string {
  const { of, by = LU, content = {} } = asked;
  const outcome = command.decide({
    ...{ state: of, principal: by, now: NOW, id: ID, partition: 0, facts: undefined },
    ...(asked.approver === undefined ? {} : { approver: asked.approver }),
    command: command.contract.parse(content),
  });
  if (isRefusal(outcome)) return outcome.code;
  assert.ok("answer" in outcome);
  return (outcome.answer as { state?: string }).state ?? "done";
}

const about = { claim: ID, pilot: PILOT };
const cause = (kind: string) => ({ cause: { kind, id: ID }, pilot: PILOT, institution: BANK });
const found = (more: object = {}) => ({
  terms,
  cause: { pilot: PILOT, institution: BANK, refused: () => undefined, ...more },
});

describe("the table", () => {
  test("every event has an answer in every state, and each state its own code", () => {
    const codes = CLAIM_STATES.map((state) => {
      const refusals = new Set<string>();
      for (const event of CLAIM_EVENTS) {
        const moved = moveClaim(state, event);
        const next = CLAIM[state][event];
        assert.equal(isRefusal(moved) ? moved.code : moved, "to" in next ? next.to : next.refusal);
        if ("refusal" in next) refusals.add(next.refusal);
      }
      assert.equal(refusals.size, 1, state);
      return [...refusals][0];
    });
    assert.equal(new Set(codes).size, CLAIM_STATES.length);
  });
});

describe("what the pool says no to", () => {
  const raise = { amount: "20000", ...cause("complaint") };
  const judge = { ...about, amount: "15000" };
  const pay = { ...about, amount: "10000" };
  const more = { ...about, amount: "10001" };
  const cases: readonly (readonly [string, string, Command, Parameters<typeof decide>[1]])[] = [
    ["投诉成立后提出赔付", "raised", raiseClaim, { of: found(), by: CHEN, content: raise }],
    [
      "nothing to claim for",
      "claim_cause_unknown",
      raiseClaim,
      { of: { terms, cause: undefined }, by: CHEN, content: raise },
    ],
    [
      "the complaint of another desk",
      "claim_cause_unknown",
      raiseClaim,
      { of: found({ institution: "other" }), by: CHEN, content: raise },
    ],
    [
      "another pilot's complaint",
      "claim_cause_unknown",
      raiseClaim,
      { of: found({ pilot: "open-bank" }), by: CHEN, content: raise },
    ],
    [
      "by staff of another bank",
      "claim_cause_unknown",
      raiseClaim,
      { of: found(), by: FOREIGN, content: raise },
    ],
    [
      "no terms",
      "pilot_has_no_pool",
      raiseClaim,
      { of: { ...found(), terms: undefined }, by: CHEN, content: raise },
    ],
    ["核准", "admitted", admitClaim, { of: raised, content: judge }],
    ["全额核准", "admitted", admitClaim, { of: raised, content: { ...about, amount: "20000" } }],
    [
      "more than was claimed",
      "more_than_was_claimed",
      admitClaim,
      { of: raised, content: { ...about, amount: "20001" } },
    ],
    [
      "提出人不得审核",
      "claim_judged_by_who_raised_it",
      admitClaim,
      { of: raised, by: { ...CHEN, roles: ["compensation_trustee"] }, content: judge },
    ],
    ["judged twice", "claim_is_admitted", admitClaim, { of: admitted, content: judge }],
    [
      "another bank's trustee",
      "claim_unknown",
      admitClaim,
      { of: raised, by: FOREIGN, content: judge },
    ],
    [
      "under the wrong pilot",
      "claim_unknown",
      admitClaim,
      { of: raised, content: { ...judge, pilot: "open-bank" } },
    ],
    ["nothing is there", "claim_unknown", admitClaim, { of: undefined, content: judge }],
    ["不予核准", "refused", refuseClaim, { of: raised, content: { ...about, wording: WORDING } }],
    [
      "refused by who raised it",
      "claim_judged_by_who_raised_it",
      refuseClaim,
      { of: raised, by: CHEN, content: { ...about, wording: WORDING } },
    ],
    [
      "refused after it was paid",
      "claim_is_paid",
      refuseClaim,
      { of: paid, content: { ...about, wording: WORDING } },
    ],
    ["一人可付至限额", "admitted", payClaim, { of: payable(admitted), content: pay }],
    [
      "限额以上须两人",
      "payout_needs_two_persons",
      payClaim,
      { of: payable(admitted), content: more },
    ],
    [
      "slices of a large sum",
      "payout_needs_two_persons",
      payClaim,
      { of: payable({ ...admitted, paid: 10_000n }), content: { ...about, amount: "1" } },
    ],
    ["两人办理", "admitted", payClaimByTwo, { of: payable(admitted), content: more }],
    [
      "两人办理, the rest",
      "paid",
      payClaimByTwo,
      { of: payable(admitted), approver: SHI, content: { ...about, amount: "15000" } },
    ],
    [
      "two where one is enough",
      "payout_needs_one_person_only",
      payClaimByTwo,
      { of: payable(admitted), content: pay },
    ],
    [
      "approved by another bank",
      "claim_unknown",
      payClaimByTwo,
      { of: payable(admitted), approver: FOREIGN, content: more },
    ],
    [
      "more than was admitted",
      "more_than_was_admitted",
      payClaimByTwo,
      { of: payable(admitted), content: { ...about, amount: "15001" } },
    ],
    ["before it is judged", "claim_is_raised", payClaim, { of: payable(raised), content: pay }],
    ["what was refused", "claim_is_refused", payClaim, { of: payable(refused), content: pay }],
    ["paid twice", "claim_is_paid", payClaim, { of: payable(paid), content: pay }],
    [
      "without terms",
      "pilot_has_no_pool",
      payClaim,
      { of: payable(admitted, { terms: undefined }), content: pay },
    ],
    [
      "money of another bank",
      "institution_does_not_run_pilot",
      fund,
      {
        of: terms,
        by: FOREIGN,
        content: { pilot: PILOT, to: "pool", amount: "1", institution: BANK },
      },
    ],
    [
      "a promise without an insurer",
      "pool_has_no_insurer",
      fund,
      {
        of: { ...terms, body: { ...body, insurer: null } },
        content: { pilot: PILOT, to: "insurer", amount: "1", institution: BANK },
      },
    ],
    [
      "money before terms",
      "pilot_has_no_pool",
      fund,
      { of: undefined, content: { pilot: PILOT, to: "pool", amount: "1", institution: BANK } },
    ],
    [
      "terms of an unknown pilot",
      "pilot_unknown",
      loadTerms,
      { of: { isKnown: false, latest: undefined }, content: { terms: body } },
    ],
  ];
  for (const [situation, expected, command, asked] of cases) {
    test(`${command.name}: ${situation} → ${expected}`, () => {
      assert.equal(decide(command, asked), expected);
    });
  }
});

describe("figures", () => {
  const share = (ppm: number, least: string): CompensationTerms => ({
    ...body,
    required: { kind: "share_of_exposure", ppm, exposure: "pilot_outstanding_amount", least },
  });
  const cases = [
    [body, 0n, 500_000n],
    [body, 9_000_000_000n, 500_000n],
    [share(10_000, "0"), 1_000_000n, 10_000n],
    [share(10_000, "0"), 1_000_001n, 10_001n],
    [share(10_000, "0"), 1n, 1n],
    [share(10_000, "0"), 0n, 0n],
    [share(10_000, "20000"), 1_000_000n, 20_000n],
    [share(1_000_000, "0"), 123n, 123n],
  ] as const;
  for (const [declared, exposure, required] of cases) {
    const { kind } = declared.required;
    test(`应有资金: ${kind}, exposure ${exposure} → ${required}, rounded up`, () => {
      assert.equal(requiredOf(declared, fen(exposure)), required);
    });
  }

  test("adequacy is rounded down, so that 99.9999 % is not 100 %", () => {
    assert.equal(adequacyOf(fen(499_999), fen(500_000)), 999_998);
    assert.equal(adequacyOf(fen(999_999_999), fen(1_000_000_000)), 999_999);
    assert.equal(adequacyOf(fen(1), fen(0)), null);
    assert.equal(adequacyOf(fen(10n ** 18n), fen(1)), 1_000_000_000);
  });

  test("the middle of the days to pay is that of claims that were paid", () => {
    const at = (day: number) => fromIso(`2027-03-${day}T23:30:00+08:00`);
    const claims = [
      raised,
      { ...paid, raised_at: at(10), paid_at: at(12) },
      { ...paid, raised_at: at(10), paid_at: at(19) },
      { ...paid, raised_at: at(10), paid_at: at(10) },
    ];
    assert.equal(medianDaysOf(claims), 2);
    assert.equal(medianDaysOf([raised]), null);
  });
});

describe("the order of payment", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(fen);
  test("赔付顺序: the pool first, then the insurer, then the institution, and never a fen more", () => {
    const paying = fc.record({ amount, pool: amount, insurer: amount });
    fc.assert(
      fc.property(paying, ({ amount: sum, pool: has, insurer }) => {
        const shares = sharesOf(sum, { pool: has, insurer });
        assert.equal(shares.pool + shares.insurer + shares.institution, sum);
        assert.ok(shares.pool <= has && shares.insurer <= insurer);
        if (shares.insurer > 0n) assert.equal(shares.pool, has, "the pool is spent first");
        if (shares.institution > 0n) assert.equal(shares.insurer, insurer, "then the insurer");
        const entries = payOut({ pilot: PILOT, claim: ID }, shares);
        assert.ok(entries.every((entry) => entry.kind === "transfer" && entry.amount > 0n));
        const moved = entries.reduce(
          (all, entry) => ("amount" in entry ? all + entry.amount : all),
          0n,
        );
        assert.equal(moved, sum);
      }),
    );
  });
});
