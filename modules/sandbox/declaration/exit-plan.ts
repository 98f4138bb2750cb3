/**
 * Whether an exit plan would bring everything to an end: what it names exists, it closes every class
 * before it settles what they leave, each obligation that the declaration can create has a step that
 * ends it, and an archive ends the whole. Pure, and the same for an editor as for a submission. It
 * judges no words: whether a step does what it says is for people.
 */
import type { Declaration } from "./declaration.contract.ts";
import type { ExitPlan, PlanStep, Predicate } from "./exit-plan.contract.ts";
import type { FlawCode } from "./exit-plan.words.ts";

/** One thing that is wrong with a plan. */
export interface Flaw {
  readonly code: FlawCode;
  /** The step, or the classes of a segment; empty where it is about the whole plan. */
  readonly of: string;
  /** JSON pointer into the declaration. */
  readonly field: string;
}

const PLAN = "/form/exitPlan";

/** What is wrong with any plan, whoever's it is; empty if it may be run. */
export function planFlaws(plan: ExitPlan): readonly Flaw[] {
  return [
    ...plan.steps.flatMap((step, at) => stepFlaws(plan, { step, at })),
    ...openClasses(plan),
    ...ALWAYS.flatMap(({ query, code }) => (asks(plan, query) ? [] : [ofPlan(code, "/steps")])),
    ...beforeTheClose(plan),
    ...(archiveEnds(plan) ? [] : [ofPlan("exit_plan_not_ended_by_archive", "/steps")]),
  ];
}

/** The same, and what a declaration drafted here must say besides; empty if it may be submitted. */
export function declaredFlaws(declaration: Declaration): readonly Flaw[] {
  const plan = declaration.form?.exitPlan ?? null;
  if (plan === null) return [];
  const leaves = LEAVES.filter(({ arises, ends }) => arises(declaration) && !ends(plan));
  const runsOn = plan.runOffDays > 0;
  return [
    ...planFlaws(plan),
    ...leaves.map(({ code, field }) => ofPlan(code, field)),
    ...(runsOn === declaration.exit.useRunsOn
      ? []
      : [ofPlan("exit_run_off_contradicts", "/runOffDays")]),
    ...plan.steps.flatMap((step, at) =>
      step.days === null || step.costFen === null
        ? [ofStep("exit_step_without_term", { step, at }, step.days === null ? "days" : "costFen")]
        : [],
    ),
  ];
}

const ofPlan = (code: FlawCode, field: string): Flaw => ({
  ...{ code, of: "", field: `${PLAN}${field}` },
});

interface Placed {
  readonly step: PlanStep;
  /** Its place in the plan, from 0. */
  readonly at: number;
}

function ofStep(code: FlawCode, { step, at }: Placed, field: string): Flaw {
  return { code, of: step.id, field: `${PLAN}/steps/${at}/${field}` };
}

const asks = ({ steps }: Pick<ExitPlan, "steps">, query: Predicate) =>
  steps.some(({ until }) => until.includes(query));

/** What every pilot may leave open, whatever it declares. */
const ALWAYS = [
  { query: "permits_finished", code: "exit_leaves_reservations_open" },
  { query: "complaints_ended", code: "exit_leaves_complaints_open" },
  { query: "claims_paid", code: "exit_leaves_claims_unpaid" },
] as const satisfies readonly { readonly query: Predicate; readonly code: FlawCode }[];

interface Leave {
  readonly code: FlawCode;
  readonly field: string;
  /** Whether a pilot of this declaration can create it at all. */
  arises(declaration: Declaration): boolean;
  ends(plan: ExitPlan): boolean;
}

/** What a pilot may leave open because of what it declares. */
const LEAVES: readonly Leave[] = [
  {
    ...{ code: "exit_leaves_balances_open", field: "/steps" },
    arises: ({ form }) =>
      (form?.caps ?? []).some(
        ({ window, measure }) => window === "none" && (measure === "amount" || measure === "count"),
      ),
    ends: (plan) => asks(plan, "stocks_zero"),
  },
  {
    ...{ code: "exit_leaves_partners_bound", field: "/items" },
    arises: ({ form }) => (form?.partners ?? []).length > 0,
    ends: (plan) => endsItems(plan, "partners"),
  },
  {
    ...{ code: "exit_leaves_data_kept", field: "/items" },
    arises: ({ form }) => (form?.purposes ?? []).length > 0,
    ends: (plan) => endsItems(plan, "data"),
  },
];

/** True if a step waits for items of a kind that ends this. */
function endsItems({ items, steps }: ExitPlan, what: "partners" | "data"): boolean {
  const kinds = items.filter(({ ends }) => ends === what).map(({ id }) => id);
  return steps.some(
    (step) =>
      step.items !== undefined &&
      kinds.includes(step.items) &&
      step.until.includes("items_finished"),
  );
}

function stepFlaws(plan: ExitPlan, { step, at }: Placed): readonly Flaw[] {
  const { id, items, until, closes } = step;
  const known = items === undefined || plan.items.some((kind) => kind.id === items);
  const segments = new Set(plan.segments.map((segment) => segment.id));
  const stray = closes.segments.some((one) => !segments.has(one));
  const unpaired = closes.classes.length > 0 !== closes.segments.length > 0;
  const twice = plan.steps.findIndex((one) => one.id === id) < at;
  return [
    ...(twice ? [ofStep("exit_step_given_twice", { step, at }, "id")] : []),
    ...(known && (items !== undefined) === until.includes("items_finished")
      ? []
      : [ofStep("exit_step_and_items_disagree", { step, at }, "items")]),
    ...(stray || unpaired
      ? [ofStep("exit_step_closes_no_segment", { step, at }, "closes/segments")]
      : []),
  ];
}

/** Every class of every segment that no step closes, and the waiting for it. */
function openClasses({ segments, steps }: ExitPlan): readonly Flaw[] {
  const code = "exit_leaves_classes_open";
  const open = segments.flatMap(({ id }) =>
    (["OPEN", "USE"] as const)
      .filter(
        (one) =>
          !steps.some(({ closes }) => closes.classes.includes(one) && closes.segments.includes(id)),
      )
      .map((one) => ({ ...ofPlan(code, "/steps"), of: `${one}/${id}` })),
  );
  const waits = open.length > 0 || asks({ steps }, "classes_closed");
  return waits ? open : [{ ...ofPlan(code, "/steps"), of: "OPEN, USE" }];
}

/**
 * What is settled last: balances, holds and duties are read outside of the lock, which is sound only because
 * nothing grows any more (`obligation.ts`), and what people are owed may come out of the last use.
 */
const SETTLES: readonly Predicate[] = [
  ...(["permits_finished", "holds_finished", "stocks_zero", "duties_done"] as const),
  ...(["complaints_ended", "claims_paid"] as const),
];

function beforeTheClose({ steps }: ExitPlan): readonly Flaw[] {
  const last = steps.findLastIndex(({ closes }) => closes.classes.length > 0);
  return steps.flatMap((step, at) =>
    at < last && step.until.some((query) => SETTLES.includes(query))
      ? [ofStep("exit_step_before_the_close", { step, at }, "until")]
      : [],
  );
}

/** One step waits for the archive, by the supervisor; after it only items are left. */
function archiveEnds({ steps }: ExitPlan): boolean {
  const [step, ...more] = steps.filter(({ until }) => until.includes("archive_verified"));
  if (step === undefined || more.length > 0 || step.by !== "supervisor") return false;
  const after = steps.slice(steps.indexOf(step) + 1);
  return after.every(
    ({ until, closes }) =>
      closes.classes.length === 0 && until.every((query) => query === "items_finished"),
  );
}
