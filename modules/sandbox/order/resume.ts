/**
 * `sandbox.resume` lifts every suspension of a pilot that is in force; `sandbox.lift` lifts one
 * directive. Two people of the supervisor, as for imposing them. What remains in force still binds.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal, type Text } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { incidentsIn } from "../incident/incident.store.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { refuse } from "../refusals.ts";
import { liftingContract, resumptionContract } from "../directive/directive.contract.ts";
import { type DirectiveRow, liftDirective } from "../directive/directive.store.ts";
import { step } from "../directive/directive.ts";
import { alive, enact, ORDERS } from "./enact.ts";

const resumption = resumptionContract.omit({ kind: true }).extend({ pilot: slugContract });
const lifting = liftingContract.omit({ kind: true }).extend({ pilot: slugContract });

interface Content {
  readonly pilot: string;
  readonly incident?: string | undefined;
}

/** The dossier with the incident that is named as the cause. */
async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Content, unknown>[],
): Promise<Dossier[]> {
  const dossiers = await ORDERS.load(tx, partition, questions);
  const named = questions.map(({ command }) => command.incident);
  const ids = named.filter((id) => id !== undefined);
  if (ids.length === 0) return dossiers;
  const rows = await incidentsIn(tx, partition, ids);
  return dossiers.map((dossier, at) => ({
    ...dossier,
    incident: rows.find((row) => row.id === named[at]),
  }));
}

/** A cause that is named as an incident has to be one of this pilot, and closed. */
function openCause({ incident }: Pick<Dossier, "incident">, named: Content): Refusal | undefined {
  if (named.incident === undefined) return undefined;
  const closed = incident?.pilot === named.pilot && incident.state === "closed";
  return closed ? undefined : refuse("cause_is_not_closed", { field: "/incident" });
}

/** Refuses with pilot_unknown, cause_is_not_closed, nothing_is_suspended, the state's own code. */
export const resume: Command<Readonly<z.infer<typeof resumption>>, Dossier> = {
  ...{ ...ORDERS, load },
  name: "sandbox.resume",
  contract: resumption,
  decide({ state, command, now, id }) {
    const { pilot } = state;
    if (pilot === undefined) return refuse("pilot_unknown");
    const open = openCause(state, command);
    if (open !== undefined) return open;
    const ends = alive(state).filter((row) => row.kind === "suspension");
    if (ends.length === 0) return refuse("nothing_is_suspended");
    const notice = { id, kind: "resumption" as const, text: command.notice };
    return end({ dossier: state, pilot, ends, notice, now });
  },
};

/**
 * Refuses with pilot_unknown, cause_is_not_closed, directive_unknown, directive_is_lifted, the
 * state's own code.
 */
export const lift: Command<Readonly<z.infer<typeof lifting>>, Dossier> = {
  ...{ ...ORDERS, load },
  name: "sandbox.lift",
  contract: lifting,
  decide({ state, command, now, id }) {
    const { pilot } = state;
    if (pilot === undefined) return refuse("pilot_unknown");
    const open = openCause(state, command);
    if (open !== undefined) return open;
    const found = state.directives.find((row) => row.id === command.directive);
    if (found === undefined) return refuse("directive_unknown");
    const ended = step(found.status, "lift");
    if (isRefusal(ended)) return ended;
    const notice = {
      ...{ id, kind: "lifting" as const, text: command.notice, directive: found.id },
    };
    return end({ dossier: state, pilot, ends: [found], notice, now });
  },
};

function end(of: {
  readonly dossier: Dossier;
  readonly pilot: PilotRow;
  readonly ends: readonly DirectiveRow[];
  readonly notice: {
    readonly id: string;
    readonly kind: "resumption" | "lifting";
    readonly text: Text;
    readonly directive?: string;
  };
  readonly now: Instant;
}): Decision | Refusal {
  const { dossier, pilot, ends, notice, now } = of;
  return enact({
    pilot,
    tightenings: alive(dossier).filter((row) => !ends.includes(row)),
    notice,
    now,
    rows: () => ends.map(({ id }) => change(liftDirective, { id, at: toIso(now) })),
  });
}
