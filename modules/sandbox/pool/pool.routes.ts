/**
 * Compensation over HTTP: a pool in figures for everybody, claims for the institution and the
 * supervisor, payouts by one person or by two. Who was paid stands in none of them.
 */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { outcomeContract, pilotParams } from "../contract.ts";
import {
  type Claim,
  claimActContract,
  claimDetailContract,
  claimParams,
  claimsContract,
  claimsQueryContract,
  compensationContract,
  compensationTermsContract,
  fundingContract,
  type Payout,
  raisingContract,
} from "../compensation/compensation.contract.ts";
import { refuse } from "../compensation/compensation.refusals.ts";
import {
  type ClaimRow,
  findClaim,
  type PayoutRow,
  readClaims,
  readPayouts,
} from "../compensation/compensation.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse as refuseOfSandbox } from "../refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";
import { readWordings } from "../wording/wording.store.ts";
import type { PoolPorts, Pools } from "./pool.ts";

const CLAIMS_MOST = 500;

/** /api/pilots/{slug}/compensation…, /api/pilots/{slug}/claims, /api/claims…. */
export function poolRoutes(ports: PoolPorts, pools: Pools): Route[] {
  return [
    ...poolOfPilot(ports, pools),
    raisingRoute(pools),
    ...claimLists(ports, pools),
    claimActs(pools),
  ];
}

function poolOfPilot({ guard }: PoolPorts, pools: Pools): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/compensation",
      summary: { zh: "风险补偿资金池", en: "The compensation pool in figures" },
      auth: "none",
      params: pilotParams,
      answer: compensationContract,
      refusals: ["pilot_has_no_pool"],
      async handle({ params }) {
        return (await pools.detail(params.slug)) ?? refuse("pilot_has_no_pool");
      },
    }),
    route({
      method: "POST",
      path: "/api/pilots/{slug}/compensation/terms",
      summary: {
        zh: "提出补偿条款，待他人批准",
        en: "Propose compensation terms; another approves",
      },
      auth: "any",
      params: pilotParams,
      body: compensationTermsContract.omit({ pilot: true }),
      answer: outcomeContract,
      async handle({ params, body, principal, id }) {
        const terms = { ...body, pilot: params.slug };
        return answerOf(
          await guard.act({
            ...{ partition: SANDBOX_PARTITION, principal, id },
            ...{ command: "sandbox.set_compensation_terms", content: { terms } },
          }),
        );
      },
    }),
    route({
      method: "POST",
      path: "/api/pilots/{slug}/compensation/funding",
      summary: { zh: "存入补偿资金", en: "Put money into the pool" },
      auth: "any",
      params: pilotParams,
      body: fundingContract,
      answer: outcomeContract,
      refusals: ["pilot_has_no_pool", "pool_has_no_insurer", "institution_does_not_run_pilot"],
      async handle({ params, body, principal, id }) {
        const outcome = await pools.fund({ pilot: params.slug, ...body, principal, id });
        return isRefusal(outcome) ? outcome : answerOf(outcome);
      },
    }),
  ];
}

function raisingRoute(pools: Pools): Route {
  return route({
    method: "POST",
    path: "/api/pilots/{slug}/claims",
    summary: { zh: "提出赔付申请", en: "Raise a claim" },
    auth: "any",
    params: pilotParams,
    body: raisingContract,
    answer: outcomeContract,
    refusals: ["complaint_not_upheld", "complaint_has_a_claim", "loss_cap_exceeded"],
    async handle({ params, body, principal, id }) {
      const outcome = await pools.raise({ pilot: params.slug, raising: body, principal, id });
      return isRefusal(outcome) ? outcome : answerOf(outcome);
    },
  });
}

function claimLists({ store }: PoolPorts, pools: Pools): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/claims",
      summary: { zh: "赔付申请", en: "Claims, those that wait first" },
      auth: "any",
      query: claimsQueryContract,
      answer: claimsContract,
      async handle({ query, principal }) {
        if (!isStaff(principal)) return refuseOfSandbox("staff_of_this_pilot_only");
        const institution = seesAll(principal) ? undefined : principal.organisation;
        const of = { pilot: query.pilot, institution, most: CLAIMS_MOST };
        const rows = await readClaims(store, SANDBOX_PARTITION, of);
        return { at: toIso(await pools.now()), claims: rows.map(claimView) };
      },
    }),
    route({
      method: "GET",
      path: "/api/claims/{id}",
      summary: { zh: "一项赔付申请", en: "One claim, with its payouts" },
      auth: "any",
      params: claimParams,
      answer: claimDetailContract,
      refusals: ["claim_unknown"],
      async handle({ params, principal }) {
        if (!isStaff(principal)) return refuseOfSandbox("staff_of_this_pilot_only");
        const row = await findClaim(store, SANDBOX_PARTITION, params.id);
        const reached = row && (seesAll(principal) || row.institution === principal.organisation);
        if (row === undefined || !reached) return refuse("claim_unknown");
        const ids = row.wording === null ? [] : [row.wording];
        const [payouts, words] = await Promise.all([
          readPayouts(store, SANDBOX_PARTITION, row.id),
          readWordings(store, SANDBOX_PARTITION, ids),
        ]);
        return {
          claim: claimView(row),
          payouts: payouts.map(payoutView),
          words: words.get(row.wording ?? "") ?? null,
        };
      },
    }),
  ];
}

function claimActs(pools: Pools): Route {
  return route({
    method: "POST",
    path: "/api/claims/{id}/acts",
    summary: { zh: "审核或支付一项赔付申请", en: "Judge a claim or pay it" },
    auth: "any",
    params: claimParams,
    body: claimActContract,
    answer: outcomeContract,
    refusals: [
      ...["claim_unknown", "claim_judged_by_who_raised_it", "more_than_was_claimed"],
      ...["more_than_was_admitted", "payout_needs_two_persons"],
    ],
    async handle({ params, body, principal, id }) {
      const outcome = await pools.actOnClaim({ claim: params.id, act: body, principal, id });
      return isRefusal(outcome) ? outcome : answerOf(outcome);
    },
  });
}

function seesAll({ roles }: Principal): boolean {
  return roles.some((role) => role.startsWith("supervisor_") || role === "auditor");
}

function claimView(row: ClaimRow): Claim {
  const when = (at: ClaimRow["paid_at"]) => (at === null ? null : toIso(at));
  return {
    ...{ id: row.id, number: row.number, pilot: row.pilot, state: row.state },
    ...{ complaint: row.complaint, incident: row.incident, claimed: String(row.claimed) },
    admitted: row.admitted === null ? null : String(row.admitted),
    ...{ paid: String(row.paid), raisedBy: row.raised_by, raisedAt: toIso(row.raised_at) },
    ...{ judgedBy: row.judged_by, judgedAt: when(row.judged_at), paidAt: when(row.paid_at) },
  };
}

function payoutView(row: PayoutRow): Payout {
  return {
    ...{ id: row.id, amount: String(row.amount), fromPool: String(row.from_pool) },
    fromInsurer: String(row.from_insurer),
    fromInstitution: String(row.from_institution),
    ...{ at: toIso(row.at), paidBy: row.paid_by, approvedBy: row.approved_by },
  };
}
