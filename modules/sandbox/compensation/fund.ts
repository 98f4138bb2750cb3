/**
 * The terms of a pilot's compensation, and the money that stands behind them. Terms are set by two of
 * the supervisor; the institution puts money in, and records what its insurer promised.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Loading } from "@sandbank/kernel/guard";
import { fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { pilotsIn } from "../pilot/pilot.store.ts";
import { refuse as refuseOfSandbox } from "../refusals.ts";
import { compensationTermsContract, fundingContract } from "./compensation.contract.ts";
import { refuse } from "./compensation.refusals.ts";
import { putTerms, type TermsRow, termsIn } from "./compensation.store.ts";
import { fundPool, promiseCover } from "./postings.ts";

const setting = z.strictObject({ terms: compensationTermsContract });
type Setting = Readonly<z.infer<typeof setting>>;

interface Known {
  readonly isKnown: boolean;
  readonly latest: TermsRow | undefined;
}

async function loadKnown(tx: Tx, partition: number, pilots: readonly string[]): Promise<Known[]> {
  const [known, terms] = await Promise.all([
    pilotsIn(tx, partition, [...new Set(pilots)]),
    termsIn(tx, partition, pilots),
  ]);
  return pilots.map((pilot) => ({
    isKnown: known.some((row) => row.slug === pilot),
    latest: terms.get(pilot),
  }));
}

const SETTING = {
  class: "SERVICE",
  contract: setting,
  keys: ({ terms }: Setting) => ({ reads: [], writes: [`pool/${terms.pilot}`] }),
  load: (tx: Tx, partition: number, questions: readonly Loading<Setting, unknown>[]) =>
    loadKnown(
      tx,
      partition,
      questions.map(({ command }) => command.terms.pilot),
    ),
  shown: ({ latest }: Known) => `terms ${latest?.version ?? 0}`,
} as const;

const decideTerms: Command<Setting, Known>["decide"] = ({ state, command: { terms }, now }) => {
  if (!state.isKnown) return refuseOfSandbox("pilot_unknown");
  const version = (state.latest?.version ?? 0) + 1;
  const row = { pilot: terms.pilot, version, body: JSON.stringify(terms), at: toIso(now) };
  return {
    entries: [],
    changes: [change(putTerms, row)],
    answer: { pilot: terms.pilot, version },
    leaves: [{ t: "compensation_terms", version, terms: JSON.parse(row.body) }],
  };
};

/** Sets the terms of a pilot's compensation: proposed and approved by the supervisor. */
export const setTerms: Command<Setting, Known> = {
  ...{ ...SETTING, name: "sandbox.set_compensation_terms" },
  may: ["supervisor_officer", "supervisor_approver"],
  fourEyes: { approvers: ["supervisor_approver"] },
  decide: decideTerms,
};

/** The terms that come with the demonstration, set by the system at its first start. */
export const loadTerms: Command<Setting, Known> = {
  ...{ ...SETTING, name: "sandbox.load_compensation_terms", may: ["system"] },
  decide: decideTerms,
};

const funding = fundingContract.extend({
  pilot: slugContract,
  /** Who runs the pilot here, as the edge knows it. */
  institution: z.string().min(1).max(63),
});
type Funding = Readonly<z.infer<typeof funding>>;

/**
 * Puts money into the pool, or a promise of the insurer into the books. Refuses pilot_has_no_pool,
 * institution_does_not_run_pilot, pool_has_no_insurer. What a pool holds is public.
 */
export const fund: Command<Funding, TermsRow | undefined> = {
  name: "sandbox.fund_pool",
  class: "SERVICE",
  contract: funding,
  may: ["institution_operator", "compensation_trustee", "system"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pool/${pilot}`] }),
  async load(tx, partition, questions) {
    const pilots = questions.map(({ command }) => command.pilot);
    const terms = await termsIn(tx, partition, pilots);
    return pilots.map((pilot) => terms.get(pilot));
  },
  decide({ state: terms, command, principal }) {
    const { pilot, to, amount, institution } = command;
    const own = principal.roles.includes("system") || principal.organisation === institution;
    if (!own) return refuse("institution_does_not_run_pilot");
    if (terms === undefined) return refuse("pilot_has_no_pool");
    if (to === "insurer" && terms.body.insurer === null) return refuse("pool_has_no_insurer");
    const sum = fen(BigInt(amount));
    const entry = to === "pool" ? fundPool(pilot, sum) : promiseCover(pilot, sum);
    return { entries: [entry], changes: [], answer: { pilot, to, amount } };
  },
};
