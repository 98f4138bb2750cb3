/**
 * What every decision about an exit looks at: the pilot's dossier, its exit with steps, items and
 * archives, and what is open of it in the sandbox's own tables, loaded set-wise under the lock. What
 * the ledger counts in other partitions is read before, and travels as facts.
 */
import { businessClock, toIso } from "@sandbank/kernel/clock";
import { clockRow, type Loading } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { operatorsUnder } from "../admission/operators.ts";
import { type ArchiveRow, archivesIn } from "../archive/archive.store.ts";
import { type Dossier, loadDossiers } from "../dossier/dossier.ts";
import { findLatestPolicy } from "../policy/policy.store.ts";
import { type EndingPorts, SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../exit/exit.refusals.ts";
import {
  exitsIn,
  type ExitRow,
  type ItemRow,
  itemsIn,
  type OpenCounts,
  openIn,
  type StepRow,
  stepsIn,
} from "../exit/exit.store.ts";
import { factsOf, type LedgerFacts, type Reality } from "../exit/obligation.ts";
import type { Office, PlanStep } from "../declaration/declaration.contract.ts";
import type { Plan } from "../exit/plan.contract.ts";

export interface Leaving {
  readonly dossier: Dossier;
  readonly exit: ExitRow | undefined;
  readonly steps: readonly StepRow[];
  readonly items: readonly ItemRow[];
  readonly archives: readonly ArchiveRow[];
  readonly open: OpenCounts | undefined;
}

/** One state per question, in order. `facts.at` says which reservations still count. */
export async function loadLeaving<C extends { readonly pilot: string }>(
  tx: Tx,
  partition: number,
  questions: readonly Loading<C, LedgerFacts>[],
): Promise<Leaving[]> {
  const pilots = [...new Set(questions.map(({ command }) => command.pilot))];
  // The earliest reading: what was reserved then counts for all, which errs towards "still open".
  const at = questions.map(({ facts }) => facts.at).toSorted()[0] ?? "";
  const [dossiers, exits, steps, items, archives, open] = await Promise.all([
    loadDossiers(tx, partition, { questions, slugOf: ({ pilot }) => pilot }),
    exitsIn(tx, partition, pilots),
    stepsIn(tx, partition, pilots),
    itemsIn(tx, partition, pilots),
    archivesIn(tx, partition, pilots),
    openIn(tx, partition, { pilots, at }),
  ]);
  return questions.map(({ command: { pilot } }, place) => {
    const ours = (row: { readonly pilot: string }) => row.pilot === pilot;
    return {
      dossier: dossiers[place] as Dossier,
      exit: exits.find(ours),
      ...{ steps: steps.filter(ours), items: items.filter(ours) },
      ...{ archives: archives.filter(ours), open: open.find(ours) },
    };
  });
}

/** Reads what the ledger counts of a pilot: the facts of a command, and of a dry run. */
export async function readLedger(
  ports: Pick<EndingPorts, "store" | "obligations">,
  pilot: string,
): Promise<LedgerFacts> {
  const at = toIso(businessClock(await clockRow(ports.store)).now());
  const policy = await findLatestPolicy(ports.store, SANDBOX_PARTITION, pilot);
  const limits = (policy?.body.limits ?? []).filter(
    ({ window, measure }) => window === "none" && /^(amount|count)$/.test(measure),
  );
  const stocks = limits.map(({ id, measure }) => ({
    limit: id,
    unit: measure === "amount" ? ("fen" as const) : ("count" as const),
  }));
  return factsOf(await ports.obligations.read(pilot, stocks), at, limits);
}

/** Everything that the queries of steps look at. */
export function realityOf(state: Leaving, ledger: LedgerFacts): Reality {
  const { dossier, exit, items, archives, open } = state;
  const { pilot } = dossier;
  const served = dossier.served.filter((row) => row.pilot === pilot?.slug);
  const deaf = served.filter(
    ({ served: partition }) =>
      !dossier.obeyed.some((row) => row.served === partition && row.version === pilot?.policy),
  );
  return {
    ...{ ledger, deaf: deaf.length, items },
    permits: {
      count: open?.permits ?? 0n,
      amount: open?.permits_amount ?? 0n,
      last: open?.permits_last ?? null,
    },
    complaints: open?.complaints ?? 0n,
    claims: { count: open?.claims ?? 0n, amount: open?.claims_amount ?? 0n },
    archived: archives.some((one) => one.state === "verified"),
    runOffUntil: exit?.run_off_until ?? null,
  };
}

/** The step of a plan by its name. */
export function stepOf(plan: Plan, step: string): PlanStep | undefined {
  return plan.steps.find(({ id }) => id === step);
}

const OFFICES: Readonly<Record<Office, readonly Role[]>> = {
  operator: ["institution_operator", "institution_approver"],
  compliance: ["compliance_officer"],
  supervisor: ["supervisor_officer", "supervisor_approver"],
};

/** The roles that may confirm any step; which office a step wants is for its decision. */
export const OFFICERS: readonly Role[] = Object.values(OFFICES).flat();

/** The organisations that run a pilot here: who operates it, and whom its terms name. */
export function runnersOf(
  { dossier: { pilot } }: Pick<Leaving, "dossier">,
  operator: string | undefined,
): readonly string[] {
  return operatorsUnder(pilot?.admission, operator);
}

/**
 * Why this principal is not of the office, or undefined. Refuses with exit_step_of_another_office,
 * exit_of_another_institution.
 */
export function notOf(
  office: Office,
  principal: Principal,
  runners: readonly string[],
): Refusal | undefined {
  if (!principal.roles.some((role) => OFFICES[office].includes(role))) {
    return refuse("exit_step_of_another_office");
  }
  if (office !== "supervisor" && !runners.includes(principal.organisation)) {
    return refuse("exit_of_another_institution");
  }
  return undefined;
}
