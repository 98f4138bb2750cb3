/**
 * Closing an exit takes two people of two organisations: compliance of the institution confirms, the
 * supervisor completes or sends it back. Each of the two asks every query of every step again, so
 * nothing that came up since is left behind.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move } from "../pilot/pilot.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import type { EndingPorts } from "../ports.ts";
import { after, EXIT_TABLE, type ExitEvent } from "../exit/exit.ts";
import { exitConfirmationContract } from "../exit/exit.contract.ts";
import { refuse } from "../exit/exit.refusals.ts";
import { type ExitRow, moveExit } from "../exit/exit.store.ts";
import { type Leaving, loadLeaving, notOf, readLedger, realityOf, runnersOf } from "./leaving.ts";
import { failedOf, type LedgerFacts, openOfAll } from "../exit/obligation.ts";
import { still } from "./step.ts";

const ABOUT = {
  class: "SERVICE",
  barrier: true,
  keys: ({ pilot }: { readonly pilot: string }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: loadLeaving,
} as const;

/** The exit if it knows the event; refuses with exit_not_begun or the exit's own code. */
function standing(state: Leaving, event: ExitEvent): ExitRow | Refusal {
  if (state.exit === undefined) return refuse("exit_not_begun");
  const to = after(EXIT_TABLE, state.exit.state, event);
  return isRefusal(to) ? to : state.exit;
}

/** exit_obligations_outstanding with everything that any step's query still finds, or undefined. */
function unfinished(state: Leaving, exit: ExitRow, facts: LedgerFacts): Refusal | undefined {
  const open = openOfAll(exit.plan.steps, realityOf(state, facts));
  if (open.length === 0) return undefined;
  const { clause } = state.dossier.pilot?.body.exit ?? { clause: "5.3" };
  return refuse("exit_obligations_outstanding", { failed: failedOf(open, clause) });
}

const confirming = exitConfirmationContract.extend({ pilot: slugContract });

/** Refuses with exit_not_begun, the exit's own code, exit_of_another_institution, exit_obligations_outstanding. */
export function confirmExit(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof confirming>>, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.confirm_exit",
    contract: confirming,
    may: ["compliance_officer"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot, statement }, facts, principal, now }) {
      const exit = standing(state, "confirm");
      if (isRefusal(exit)) return exit;
      const foreign = notOf("compliance", principal, runnersOf(state, ports.operatorOf(pilot)));
      if (foreign !== undefined) return foreign;
      const open = unfinished(state, exit, facts);
      if (open !== undefined) return open;
      const by = { confirmed_by: principal.id, confirmed_at: toIso(now), statement };
      return {
        entries: [],
        changes: [change(moveExit, { ...still(exit), ...by, state: "confirmed" })],
        answer: { pilot, exit: "confirmed" },
      };
    },
  };
}

const sending = z.strictObject({ pilot: slugContract, reason: textContract });

/** Refuses with exit_not_begun, the exit's own code. The confirmation is void; the journal has why. */
export function sendBackExit(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof sending>>, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.send_back_exit",
    contract: sending,
    may: ["supervisor_officer", "supervisor_approver"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot } }) {
      const exit = standing(state, "send_back");
      if (isRefusal(exit)) return exit;
      return {
        entries: [],
        changes: [change(moveExit, { ...still(exit), state: "drained" })],
        answer: { pilot, exit: "drained" },
      };
    },
  };
}

const completing = z.strictObject({ pilot: slugContract });

/**
 * Refuses with exit_not_begun, the exit's own code, exit_confirmed_by_the_same_person,
 * exit_obligations_outstanding.
 */
export function completeExit(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof completing>>, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.complete_exit",
    contract: completing,
    may: ["supervisor_approver"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command, facts, principal, now, id }) {
      const exit = standing(state, "complete");
      if (isRefusal(exit)) return exit;
      if (exit.confirmed_by === principal.id) return refuse("exit_confirmed_by_the_same_person");
      const open = unfinished(state, exit, facts);
      if (open !== undefined) return open;
      const { pilot } = state.dossier;
      assert.ok(pilot !== undefined && exit.confirmed_at !== null, "it was confirmed");
      const to = move(pilot.state, "complete_exit");
      if (isRefusal(to)) return to;
      const issued = reissue({ pilot, to, tightenings: alive(state.dossier), now });
      if (notIssued(issued)) return issued;
      const { confirmed_by, statement } = exit;
      const archive = state.archives.findLast((one) => one.state === "verified")?.hash ?? null;
      const text = STEP_NOTICES.exited(pilot.body.name);
      return {
        entries: [],
        changes: [
          ...issued.changes,
          change(moveExit, {
            ...{ pilot: command.pilot, state: "completed", confirmed_by, statement },
            confirmed_at: toIso(exit.confirmed_at),
            ...{ completed_by: principal.id, completed_at: toIso(now) },
          }),
          publish({ id, pilot: command.pilot, at: now, kind: "exited", text }),
        ],
        answer: { pilot: command.pilot, phase: to, policy: issued.policy.version, archive },
        jobs: issued.jobs,
        leaves: [...issued.leaves, { t: "exited", pilot: command.pilot, archive }],
      };
    },
  };
}
