/**
 * What is read of an exit: how it stands, what a dry run finds, and the public report. The routes
 * and the public site use this same engine. It decides nothing.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import { type ArchiveRow, readArchives } from "../archive/archive.store.ts";
import type { PlanStep } from "../declaration/declaration.contract.ts";
import { readObeyed } from "../policy/policy.store.ts";
import { findPilot, type PilotRow, readServed } from "../pilot/pilot.store.ts";
import { type EndingPorts, SANDBOX_PARTITION } from "../ports.ts";
import type { ExitAnswer, ExitDryRun, ExitReport } from "../exit/exit.contract.ts";
import {
  type ExitRow,
  findExit,
  type ItemRow,
  readItems,
  readOpen,
  readSteps,
  type StepRow,
} from "../exit/exit.store.ts";
import { readLedger, realityOf } from "./leaving.ts";
import { type Open, openOf, openText } from "../exit/obligation.ts";
import { planLeaf, planOf } from "../exit/plan.ts";
import type { Plan } from "../exit/plan.contract.ts";

const DAY_MS = 86_400_000;

/** Readers of exits, for routes and for the public site. */
export interface Exits {
  /** How the exit of a pilot stands; undefined before it begins. */
  standing(pilot: string): Promise<ExitAnswer | undefined>;
  /** The public report; undefined before the exit is completed. */
  report(pilot: string): Promise<ExitReport | undefined>;
  /** What an exit would meet now; undefined for a pilot that is unknown or has no plan. */
  dryRun(pilot: string): Promise<ExitDryRun | undefined>;
  items(pilot: string): Promise<readonly ItemRow[]>;
}

interface Read {
  readonly pilot: PilotRow;
  readonly exit: ExitRow;
  readonly steps: readonly StepRow[];
  readonly items: readonly ItemRow[];
  readonly archives: readonly ArchiveRow[];
}

export function openExits(ports: Pick<EndingPorts, "store" | "obligations">): Exits {
  const { store } = ports;
  return {
    async standing(slug) {
      const read = await readExit(store, slug);
      return read && standingOf(read);
    },
    async report(slug) {
      const read = await readExit(store, slug);
      return read && reportOf(read);
    },
    dryRun: (slug) => dryRun(ports, slug),
    items: (slug) => readItems(store, SANDBOX_PARTITION, slug),
  };
}

async function readExit(store: Store, slug: string): Promise<Read | undefined> {
  const [pilot, exit, steps, items, archives] = await Promise.all([
    findPilot(store, SANDBOX_PARTITION, slug),
    findExit(store, SANDBOX_PARTITION, slug),
    readSteps(store, SANDBOX_PARTITION, slug),
    readItems(store, SANDBOX_PARTITION, slug),
    readArchives(store, SANDBOX_PARTITION, slug),
  ]);
  return pilot && exit && { pilot, exit, steps, items, archives };
}

function standingOf({ pilot, exit, steps, items, archives }: Read): ExitAnswer {
  const { plan } = exit;
  const closed = steps.filter(({ state }) => state === "closed").length;
  return {
    ...{ pilot: pilot.slug, name: pilot.body.name, state: exit.state, cause: exit.cause },
    ...{ reason: exit.reason, plan: plan.label, planFrom: plan.from },
    ...{ planVersion: plan.declaration ?? null, planHash: planLeaf(plan).hash },
    ...{ begunAt: toIso(exit.begun_at), runOffUntil: when(exit.run_off_until) },
    segments: [...plan.segments],
    steps: plan.steps.map((step, place) => stepShown(step, place + 1, { plan, steps, items })),
    progress: { closed, of: plan.steps.length },
    archives: archives.map(({ number, state, hash, manifest, written_at, verified_at }) => ({
      ...{ number, state, hash, files: manifest?.files.length ?? null },
      ...{ writtenAt: when(written_at), verifiedAt: when(verified_at) },
    })),
    ...{ confirmedAt: when(exit.confirmed_at), completedAt: when(exit.completed_at) },
  };
}

function stepShown(
  step: PlanStep,
  number: number,
  { plan, steps, items }: Pick<Read, "steps" | "items"> & { readonly plan: Plan },
): ExitAnswer["steps"][number] {
  const row = steps.find((one) => one.number === number);
  const ours = items.filter(({ kind }) => kind === step.items);
  const count = (state: ItemRow["state"]) => ours.filter((one) => one.state === state).length;
  return {
    ...{ number, id: step.id, text: step.text, until: [...step.until], by: step.by },
    closes: { classes: [...step.closes.classes], segments: [...step.closes.segments] },
    state: row?.state ?? "waiting",
    ...{ openedAt: when(row?.opened_at ?? null), closedAt: when(row?.closed_at ?? null) },
    ...{ organisation: row?.organisation ?? null, evidence: row?.evidence ?? null },
    ...{ days: step.days ?? null, costFen: step.costFen ?? null, dueBy: dueBy(step, row) },
    items:
      step.items === undefined
        ? null
        : {
            ...{ kind: step.items, text: itemText(plan, step.items), listed: ours.length },
            ...{ finished: count("finished"), transferred: count("transferred") },
          },
  };
}

/** The end of the last day that the plan gives a step, the day of its opening not counted. */
function dueBy({ days }: PlanStep, row: StepRow | undefined): string | null {
  const opened = row?.opened_at ?? null;
  if (opened === null || (days ?? null) === null) return null;
  return toIso(shanghaiMidnight(addDays(shanghaiDate(opened), (days ?? 0) + 1)));
}

/** What a plan calls one kind of its items. */
function itemText({ items }: Plan, kind: string): Text {
  return items.find(({ id }) => id === kind)?.text ?? { zh: kind, en: kind };
}

function reportOf(read: Read): ExitReport | undefined {
  const { exit, archives } = read;
  const archive = archives.findLast(({ state }) => state === "verified");
  const { statement, completed_at: completed } = exit;
  if (statement === null || completed === null || archive === undefined) return undefined;
  const { hash, manifest, verified_at: verified } = archive;
  if (hash === null || manifest === null || verified === null) return undefined;
  const bytes = manifest.files.reduce((sum, file) => sum + BigInt(file.bytes), 0n);
  return {
    ...{ ...standingOf(read), statement, openingAt: exit.opening.at },
    opening: [...exit.opening.open] as ExitReport["opening"],
    days: Math.ceil((completed - exit.begun_at) / DAY_MS),
    archive: {
      ...{ hash, files: manifest.files.length, bytes: String(bytes), verifiedAt: toIso(verified) },
      logs: manifest.logs.map(({ origin, size, root }) => ({ origin, size, root })),
    },
  };
}

async function dryRun(
  ports: Pick<EndingPorts, "store" | "obligations">,
  slug: string,
): Promise<ExitDryRun | undefined> {
  const { store } = ports;
  const pilot = await findPilot(store, SANDBOX_PARTITION, slug);
  const exit = await findExit(store, SANDBOX_PARTITION, slug);
  const plan = exit?.plan ?? (pilot && planOf(pilot));
  if (pilot === undefined || plan === undefined) return undefined;
  const ledger = await readLedger(ports, slug);
  const [rows, items, archives, open, served, obeyed] = await Promise.all([
    readSteps(store, SANDBOX_PARTITION, slug),
    readItems(store, SANDBOX_PARTITION, slug),
    readArchives(store, SANDBOX_PARTITION, slug),
    readOpen(store, SANDBOX_PARTITION, { pilot: slug, at: ledger.at }),
    readServed(store, SANDBOX_PARTITION, slug),
    readObeyed(store, SANDBOX_PARTITION, slug),
  ]);
  const dossier = {
    ...{ pilot, directives: [], obeyed },
    served: served.map((one) => ({ served: one, pilot: slug })),
  };
  const state = { dossier, exit, steps: [], items, archives, open };
  const reality = realityOf(state, ledger);
  const steps = plan.steps.map((step, place) => ({
    ...{ number: place + 1, id: step.id, text: step.text },
    found: openOf(step, reality),
  }));
  const all = steps.flatMap(({ found }) => found);
  return {
    ...{ pilot: slug, begun: exit !== undefined, at: ledger.at },
    steps: steps.map(({ found, ...step }) => ({ ...step, open: openText(found, toIso) })),
    endsByTerms: when(latest(all)),
    endsOnlyByBeingDone: all.some(({ ends }) => ends === null),
    ...{ ...costs(all), ...termsOf(plan, rows) },
  };
}

/** What the plan states of the steps that are still to be closed, each after the other. */
function termsOf({ steps }: Plan, rows: readonly StepRow[]) {
  const left = steps.filter(
    (_, place) => rows.find(({ number }) => number === place + 1)?.state !== "closed",
  );
  const days = left.flatMap((step) => step.days ?? []);
  const costs = left.flatMap((step) => step.costFen ?? []);
  return {
    planDays: days.length < left.length ? null : days.reduce((sum, one) => sum + one, 0),
    planCostFen:
      costs.length < left.length ? null : String(costs.reduce((sum, one) => sum + BigInt(one), 0n)),
  };
}

function latest(open: readonly Open[]): Instant | null {
  const ends = open.flatMap(({ ends: at }) => at ?? []);
  return ends.length === 0 ? null : ends.reduce((one, other) => (one > other ? one : other));
}

/** Sums in fen, by whose money it is. */
function costs(open: readonly Open[]) {
  const sum = (side: Open["side"]) =>
    String(
      open
        .filter((one) => one.side === side && one.unit === "fen")
        .reduce((total, { amount }) => total + amount, 0n),
    );
  return {
    costFen: sum("owed_to_customers"),
    owedByCustomersFen: sum("owed_by_customers"),
    inFlightFen: sum("in_flight"),
  };
}

function when(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}
