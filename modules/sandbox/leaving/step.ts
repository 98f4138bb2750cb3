/**
 * Doing an exit: what the institution reports item by item, and closing the steps in their order. A
 * step closes only when each of its queries is true; what stands against it is listed, to the fen.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { type PlanStep, slugContract } from "../declaration/declaration.contract.ts";
import { alive } from "../order/enact.ts";
import { type Issued, issue, notIssued } from "../policy/issue.ts";
import type { EndingPorts } from "../ports.ts";
import { after, EXIT_TABLE, ITEM_TABLE, STEP_TABLE } from "../exit/exit.ts";
import {
  type ExitItem,
  exitItemContract,
  type StepClosing,
  stepClosingContract,
} from "../exit/exit.contract.ts";
import { refuse } from "../exit/exit.refusals.ts";
import {
  closeStep as putClosed,
  endItem,
  type ExitRow,
  listItem,
  moveExit,
  openStep,
  type StepRow,
} from "../exit/exit.store.ts";
import {
  type Leaving,
  loadLeaving,
  notOf,
  OFFICERS,
  readLedger,
  realityOf,
  runnersOf,
  stepOf,
} from "./leaving.ts";
import { failedOf, type LedgerFacts, openOf } from "../exit/obligation.ts";

const ABOUT = {
  class: "SERVICE",
  keys: ({ pilot }: { readonly pilot: string }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: loadLeaving,
  may: OFFICERS,
} as const;

const reporting = z.strictObject({ pilot: slugContract, item: exitItemContract });

/**
 * `sandbox.report_exit_item`. Refuses with exit_not_begun, exit_of_another_institution,
 * exit_item_kind_unknown, exit_item_kind_is_closed, exit_item_unknown, the item's own code.
 */
export function reportItem(
  ports: EndingPorts,
): Command<{ readonly pilot: string; readonly item: ExitItem }, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.report_exit_item",
    contract: reporting,
    may: [...OFFICERS, "permit_client"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot, item }, principal, now }) {
      const { exit } = state;
      if (exit === undefined) return refuse("exit_not_begun");
      const runners = runnersOf(state, ports.operatorOf(pilot));
      if (!runners.includes(principal.organisation) && notOf("supervisor", principal, runners)) {
        return refuse("exit_of_another_institution");
      }
      const changed = report(state, exit, { item, principal, now });
      if (isRefusal(changed)) return changed;
      return { entries: [], changes: [changed], answer: { pilot, kind: item.kind, ref: item.ref } };
    },
  };
}

function report(
  state: Leaving,
  exit: ExitRow,
  of: { readonly item: ExitItem; readonly principal: Principal; readonly now: Instant },
): Change | Refusal {
  const { item, principal, now } = of;
  const { kind, ref } = item;
  const ours = exit.plan.steps.filter(({ items }) => items === kind).map(({ id }) => id);
  if (ours.length === 0) return refuse("exit_item_kind_unknown");
  const open = state.steps.some(({ step, state: at }) => ours.includes(step) && at !== "closed");
  if (!open) return refuse("exit_item_kind_is_closed");
  const found = state.items.find((row) => row.kind === kind && row.ref === ref);
  const name = { pilot: exit.pilot, kind, ref };
  if (item.event === "list") {
    if (found !== undefined) {
      const no = after(ITEM_TABLE, found.state, "list");
      assert.ok(isRefusal(no), "nothing is listed twice");
      return no;
    }
    return change(listItem, {
      ...name,
      amount: item.amountFen === undefined ? null : BigInt(item.amountFen),
      ends: item.ends ?? null,
      ...{ listed_by: principal.id, listed_at: toIso(now) },
    });
  }
  if (found === undefined) return refuse("exit_item_unknown");
  const to = after(ITEM_TABLE, found.state, item.event);
  if (isRefusal(to)) return to;
  const ended = { evidence: item.evidence, ended_by: principal.id, ended_at: toIso(now) };
  return change(endItem, { ...name, state: to, ...ended });
}

const closing = stepClosingContract.extend({ pilot: slugContract });
type Closing = Readonly<z.infer<typeof closing>>;

/**
 * `sandbox.close_exit_step`. Refuses with exit_not_begun, the exit's own code, exit_step_unknown,
 * exit_step_of_another_office, exit_of_another_institution, the step's own code,
 * exit_items_not_all_listed, exit_obligations_outstanding.
 */
export function closeStep(ports: EndingPorts): Command<Closing, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.close_exit_step",
    barrier: true,
    contract: closing,
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command, facts, principal, now }) {
      const { exit } = state;
      if (exit === undefined) return refuse("exit_not_begun");
      const last = exit.plan.steps.at(-1)?.id === command.step;
      const to = after(EXIT_TABLE, exit.state, last ? "close_last_step" : "close_step");
      if (isRefusal(to)) return to;
      const step = stepOf(exit.plan, command.step);
      const row = state.steps.find((one) => one.step === command.step);
      if (step === undefined || row === undefined) return refuse("exit_step_unknown");
      const foreign = notOf(step.by, principal, runnersOf(state, ports.operatorOf(command.pilot)));
      if (foreign !== undefined) return foreign;
      const no = notDone({ state, exit, step, row, facts, command });
      if (no !== undefined) return no;
      return close({ state, exit, step, row, facts, command, last, principal, now });
    },
  };
}

interface Done {
  readonly state: Leaving;
  readonly exit: ExitRow;
  readonly step: PlanStep;
  readonly row: StepRow;
  readonly facts: LedgerFacts;
  readonly command: StepClosing;
}

/** Why the step is not done, or undefined. */
function notDone({ state, step, row, facts, command }: Done): Refusal | undefined {
  const to = after(STEP_TABLE, row.state, "close");
  if (isRefusal(to)) return to;
  if (step.items !== undefined) {
    const listed = state.items.filter(({ kind }) => kind === step.items).length;
    if (listed !== command.items) {
      const params = { said: String(command.items ?? "?"), listed: String(listed) };
      return refuse("exit_items_not_all_listed", { field: "/items", params });
    }
  }
  const open = openOf(step, realityOf(state, facts));
  if (open.length === 0) return undefined;
  const { clause } = state.dossier.pilot?.body.exit ?? { clause: "5.3" };
  return refuse("exit_obligations_outstanding", { failed: failedOf(open, clause) });
}

function close(
  of: Done & { readonly last: boolean; readonly principal: Principal; readonly now: Instant },
): Decision | Refusal {
  const { state, exit, step, row, facts, command, last, principal, now } = of;
  const { pilot } = exit;
  const at = toIso(now);
  const issued = policyAfter(of);
  if (issued !== undefined && notIssued(issued)) return issued;
  const reading = { at: facts.at, until: step.until, items: command.items ?? null };
  const next = state.steps.find(({ number }) => number === row.number + 1);
  return {
    entries: [],
    changes: [
      ...(issued?.changes ?? []),
      change(putClosed, {
        ...{ pilot, number: row.number, closed_at: at, closed_by: principal.id, reading },
        ...{ organisation: principal.organisation, evidence: command.evidence },
      }),
      ...(next ? [change(openStep, { pilot, number: next.number, opened_at: at })] : []),
      ...(last ? [change(moveExit, { ...still(exit), state: "drained" })] : []),
    ],
    answer: { pilot, step: step.id, number: row.number, drained: last },
    jobs: issued?.jobs ?? [],
    leaves: [
      ...(issued?.leaves ?? []),
      { t: "exit_step", pilot, number: row.number, step: step.id, evidence: command.evidence },
    ],
  };
}

/** An exit row whose confirmation and completion stand as they are: nothing yet. */
export function still({ pilot }: ExitRow) {
  return {
    ...{ pilot, confirmed_by: null, confirmed_at: null, statement: null },
    ...{ completed_by: null, completed_at: null },
  };
}

/**
 * The policy that follows from a step: where USE ran on for the step's segments and none is left, it
 * closes with the last of them. All other classes closed when the exit began.
 */
function policyAfter(of: {
  readonly state: Leaving;
  readonly exit: ExitRow;
  readonly step: PlanStep;
  readonly row: StepRow;
  readonly now: Instant;
}): Issued | Refusal | undefined {
  const { state, exit, step, row, now } = of;
  const { pilot } = state.dossier;
  assert.ok(pilot !== undefined, "an exit has its pilot");
  const later = exit.plan.steps.slice(row.number);
  const closesUse = (one: PlanStep) => one.closes.classes.includes("USE");
  if (!pilot.body.exit.useRunsOn || !closesUse(step) || later.some(closesUse)) return undefined;
  const { admission, period_from: from, period_to: to } = pilot;
  assert.ok(admission !== null && from !== null && to !== null, "a tested pilot has its terms");
  return issue({
    ...{ pilot, to: pilot.state, admission, tightenings: alive(state.dossier), now },
    ...{ period: { from: toIso(from), to: toIso(to) }, runOff: "over" },
  });
}
