/**
 * Claims and payouts. A claim comes out of an upheld complaint or an incident and counts against the
 * loss cap at once; another person judges it; one person pays up to the threshold of the terms and
 * two above it. The pool pays first, then the insurer, then the institution.
 */
import { shanghaiYear, toIso } from "@sandbank/kernel/clock";
import {
  type Change,
  change,
  type Command,
  type Loading,
  type Question,
} from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { fenText, fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { complaintsIn, type ComplaintRow } from "../complaint/complaint.store.ts";
import { conflictOf } from "../complaint/take.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { incidentsIn, type IncidentRow } from "../incident/incident.store.ts";
import { claimWording } from "../wording/wording.store.ts";
import { wordingContract } from "../wording/wording.ts";
import { moveClaim } from "./claim.ts";
import { raisingContract } from "./compensation.contract.ts";
import { refuse } from "./compensation.refusals.ts";
import {
  addPayout,
  claimedForIn,
  type ClaimRow,
  claimsIn,
  enterClaim,
  type Pool,
  poolsIn,
  putClaim,
  type TermsRow,
  termsIn,
} from "./compensation.store.ts";
import { lossIncurred, lossSpared, payOut, sharesOf } from "./postings.ts";

const raising = raisingContract.extend({
  pilot: slugContract,
  /** Who runs the pilot here, as the edge knows it. */
  institution: z.string().min(1).max(63),
});
type Raising = Readonly<z.infer<typeof raising>>;

/** What a claim may come out of. */
interface Cause {
  readonly pilot: string;
  /** Of a complaint: whose desk it is. */
  readonly institution?: string;
  /** Why nothing is owed out of it, if so. */
  refused(person: string): Refusal | undefined;
}

interface Raisable {
  readonly terms: TermsRow | undefined;
  readonly cause: Cause | undefined;
}

async function loadRaisable(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Raising, unknown>[],
): Promise<Raisable[]> {
  const asked = questions.map(({ command }) => command);
  const ids = (kind: string) =>
    asked.flatMap(({ cause }) => (cause.kind === kind ? [cause.id] : []));
  const [terms, complaints, incidents, claimed] = await Promise.all([
    termsIn(
      tx,
      partition,
      asked.map(({ pilot }) => pilot),
    ),
    complaintsIn(tx, partition, ids("complaint")),
    incidentsIn(tx, partition, ids("incident")),
    claimedForIn(tx, partition, ids("complaint")),
  ]);
  return asked.map(({ pilot, cause: { kind, id } }) => {
    const complaint = kind === "complaint" ? complaints.get(id) : undefined;
    const incident = kind === "incident" ? incidents.find((one) => one.id === id) : undefined;
    const cause = complaint
      ? outOfComplaint(complaint, claimed.has(complaint.id))
      : incident && outOfIncident(incident);
    return { terms: terms.get(pilot), cause };
  });
}

function outOfComplaint(of: ComplaintRow, claimed: boolean): Cause {
  const last = of.recheck_outcome ?? of.outcome;
  const upheld = last === "upheld" || last === "partly";
  return {
    ...{ pilot: of.pilot, institution: of.institution },
    refused(person) {
      const conflict = conflictOf(of, person);
      if (conflict !== undefined) return conflict;
      if (!upheld) return refuse("complaint_not_upheld");
      return claimed ? refuse("complaint_has_a_claim") : undefined;
    },
  };
}

/** Something happened, once it was more than noticed and not dismissed. */
function outOfIncident({ pilot, state }: IncidentRow): Cause {
  const confirmed = state !== "opened" && state !== "dismissed";
  return { pilot, refused: () => (confirmed ? undefined : refuse("incident_not_confirmed")) };
}

/**
 * Raises a claim. Refuses claim_cause_unknown, pilot_has_no_pool, the conflict codes of complaints,
 * complaint_not_upheld, complaint_has_a_claim, incident_not_confirmed, and by the ledger
 * loss_cap_exceeded.
 */
export const raiseClaim: Command<Raising, Raisable> = {
  name: "sandbox.raise_claim",
  class: "SERVICE",
  contract: raising,
  may: ["complaint_handler", "institution_operator"],
  keys: ({ cause }) => ({
    reads: cause.kind === "complaint" ? [`complaint/${cause.id}`] : [],
    writes: [`claim-for/${cause.id}`],
  }),
  load: loadRaisable,
  decide({ state: { terms, cause }, command, principal, now, id }) {
    const { pilot, amount } = command;
    const { institution, cause: of } = command;
    const desk = cause?.institution ?? institution;
    const own = desk === institution && principal.organisation === institution;
    if (cause?.pilot !== pilot || !own) return refuse("claim_cause_unknown");
    if (terms === undefined) return refuse("pilot_has_no_pool");
    const refused = cause.refused(principal.id);
    if (refused !== undefined) return refused;
    const claimed = fen(BigInt(amount));
    const { lossCap, clause } = terms.body;
    return {
      entries: [lossIncurred(pilot, claimed, { cap: fen(BigInt(lossCap)), clause })],
      changes: [
        change(enterClaim, {
          ...{ id, pilot, institution, year: Number(shanghaiYear(now)) },
          complaint: of.kind === "complaint" ? of.id : null,
          incident: of.kind === "incident" ? of.id : null,
          ...{ claimed, raised_by: principal.id, raised_at: toIso(now) },
        }),
      ],
      answer: { claim: id, state: "raised" },
    };
  },
};

const claim = z.uuid().toLowerCase();
/** The pilot stands in the content, so that the key of its pool is known before anything is loaded. */
const about = z.strictObject({ claim, pilot: slugContract });
const judging = about.extend({ amount: fenText, wording: wordingContract.optional() });
const refusing = about.extend({ wording: wordingContract });
const paying = about.extend({ amount: fenText });

type About = Readonly<z.infer<typeof about>>;
type Found = ClaimRow | undefined;

const ABOUT_CLAIM = {
  class: "SERVICE",
  may: ["compensation_trustee"],
  keys: ({ claim: id }: About) => ({ reads: [], writes: [`claim/${id}`] }),
  async load(
    tx: Tx,
    partition: number,
    questions: readonly Loading<About, unknown>[],
  ): Promise<Found[]> {
    const ids = questions.map(({ command }) => command.claim);
    const found = await claimsIn(tx, partition, ids);
    return ids.map((id) => found.get(id));
  },
} as const;

/** The claim, if it is of this pilot and of the principal's institution. */
function own(found: Found, pilot: string, principal: Principal): ClaimRow | Refusal {
  const fits = found?.pilot === pilot && found.institution === principal.organisation;
  return found && fits ? found : refuse("claim_unknown");
}

function stand(row: ClaimRow): Change {
  const { id, state, admitted, paid, judged_by, judged_at, paid_at, wording } = row;
  return change(putClaim, {
    ...{ id, state, admitted, paid, judged_by, wording },
    judged_at: judged_at === null ? null : toIso(judged_at),
    paid_at: paid_at === null ? null : toIso(paid_at),
  });
}

/**
 * Admits a claim, whole or in part; what is not admitted counts against the loss cap no more. Refuses
 * claim_unknown, the state's code, claim_judged_by_who_raised_it, more_than_was_claimed.
 */
export const admitClaim: Command<Readonly<z.infer<typeof judging>>, Found> = {
  ...{ ...ABOUT_CLAIM, name: "sandbox.admit_claim", contract: judging },
  decide({ state: found, command, principal, now }) {
    const of = own(found, command.pilot, principal);
    if (isRefusal(of)) return of;
    const state = moveClaim(of.state, "admit");
    if (isRefusal(state)) return state;
    if (of.raised_by === principal.id) return refuse("claim_judged_by_who_raised_it");
    const admitted = fen(BigInt(command.amount));
    if (admitted > of.claimed) return refuse("more_than_was_claimed");
    const spared = fen(of.claimed - admitted);
    const judged = { judged_by: principal.id, judged_at: now };
    const { wording } = command;
    return {
      entries: spared > 0n ? [lossSpared(of.pilot, spared)] : [],
      changes: [
        ...(wording === undefined ? [] : [change(claimWording, { id: wording.id })]),
        stand({ ...of, state, admitted, ...judged, wording: wording?.id ?? null }),
      ],
      answer: { claim: of.id, state },
    };
  },
};

/** Refuses a claim, with words that say why. Refuses as admitting does. */
export const refuseClaim: Command<Readonly<z.infer<typeof refusing>>, Found> = {
  ...{ ...ABOUT_CLAIM, name: "sandbox.refuse_claim", contract: refusing },
  decide({ state: found, command, principal, now }) {
    const of = own(found, command.pilot, principal);
    if (isRefusal(of)) return of;
    const state = moveClaim(of.state, "refuse");
    if (isRefusal(state)) return state;
    if (of.raised_by === principal.id) return refuse("claim_judged_by_who_raised_it");
    const { wording } = command;
    const judged = { judged_by: principal.id, judged_at: now, wording: wording.id };
    return {
      entries: [lossSpared(of.pilot, fen(of.claimed))],
      changes: [change(claimWording, { id: wording.id }), stand({ ...of, state, ...judged })],
      answer: { claim: of.id, state },
    };
  },
};

type Payment = Readonly<z.infer<typeof paying>>;

interface Payable {
  readonly of: Found;
  readonly terms: TermsRow | undefined;
  readonly pool: Pool | undefined;
}

const PAYING = {
  ...ABOUT_CLAIM,
  contract: paying,
  keys: ({ claim: id, pilot }: Payment) => ({
    reads: [],
    writes: [`claim/${id}`, `pool/${pilot}`],
  }),
  async load(
    tx: Tx,
    partition: number,
    questions: readonly Loading<Payment, unknown>[],
  ): Promise<Payable[]> {
    const asked = questions.map(({ command }) => command);
    const pilots = asked.map(({ pilot }) => pilot);
    const [claims, terms, pools] = await Promise.all([
      claimsIn(
        tx,
        partition,
        asked.map((one) => one.claim),
      ),
      termsIn(tx, partition, pilots),
      poolsIn(tx, partition, pilots),
    ]);
    return asked.map(({ claim: id, pilot }) => ({
      ...{ of: claims.get(id), terms: terms.get(pilot), pool: pools.get(pilot) },
    }));
  },
} as const;

/** A payout by as many persons as its sum asks for. */
function pay(question: Question<Payment, Payable, unknown>, persons: 1 | 2) {
  const { state, command, principal, approver, now, id } = question;
  const of = own(state.of, command.pilot, principal);
  if (isRefusal(of)) return of;
  const { terms, pool } = state;
  if (terms === undefined || pool === undefined) return refuse("pilot_has_no_pool");
  const amount = fen(BigInt(command.amount));
  const paid = fen(of.paid + amount);
  const admitted = of.admitted ?? 0n;
  const next = moveClaim(of.state, paid === admitted ? "pay_rest" : "pay_part");
  if (isRefusal(next)) return next;
  if (paid > admitted) {
    const code = "more_than_was_admitted";
    const figures = { used: of.paid, cap: admitted, asked: amount };
    return refuse(code, { failed: [{ code, limit: "admitted", unit: "fen", ...figures }] });
  }
  const alone = paid <= BigInt(terms.body.byOneUpTo);
  if (persons === 1 && !alone) return refuse("payout_needs_two_persons");
  if (persons === 2 && alone) return refuse("payout_needs_one_person_only");
  if (approver !== undefined && approver.organisation !== of.institution) {
    return refuse("claim_unknown");
  }
  const shares = sharesOf(amount, pool);
  const { pool: from_pool, insurer: from_insurer, institution: from_institution } = shares;
  return {
    entries: payOut({ pilot: of.pilot, claim: of.id }, shares),
    changes: [
      stand({ ...of, state: next, paid, paid_at: next === "paid" ? now : null }),
      change(addPayout, {
        ...{ id, claim: of.id, amount, from_pool, from_insurer, from_institution },
        ...{ at: toIso(now), paid_by: principal.id, approved_by: approver?.id ?? null },
      }),
    ],
    answer: {
      ...{ claim: of.id, payout: id, state: next, pool: String(from_pool) },
      ...{ insurer: String(from_insurer), institution: String(from_institution) },
    },
  };
}

/**
 * Pays what one person may pay. Refuses claim_unknown, the state's code, more_than_was_admitted,
 * payout_needs_two_persons: what counts is all that was paid on the claim, so that slices of a large
 * sum take two as well.
 */
export const payClaim: Command<Payment, Payable> = {
  ...{ ...PAYING, name: "sandbox.pay_claim" },
  decide: (question) => pay(question, 1),
};

/** Pays by two: a trustee proposes, another trustee or a senior of the institution approves. */
export const payClaimByTwo: Command<Payment, Payable> = {
  ...{ ...PAYING, name: "sandbox.pay_claim_by_two" },
  fourEyes: { approvers: ["compensation_trustee", "institution_approver"] },
  shown: ({ of }) => (of === undefined ? "unknown" : `${of.state} ${of.paid}`),
  decide: (question) => pay(question, 2),
};
