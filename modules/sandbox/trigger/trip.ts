/**
 * `sandbox.trip`: a trigger of the terms puts its pilot under a directive, at once and by itself. The
 * directive binds like one that two people issued and is lifted by two people only. A trigger whose
 * directive still binds does not trip again.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { limitIdContract } from "../admission/admission.contract.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { issueDirective } from "../directive/directive.store.ts";
import { type Dossier, loadDossiers } from "../dossier/dossier.ts";
import { alive, enact, nextNumber } from "../order/enact.ts";
import { refuse as refusePilot } from "../refusals.ts";
import { causeOf, tripNotice } from "./trigger.ts";
import { refuse } from "./trigger.refusals.ts";
import { addTrip, type TripRow, tripsIn } from "./trigger.store.ts";

const contract = z.strictObject({
  pilot: slugContract,
  trigger: limitIdContract,
  /** What was seen, as text for people: a figure, or since when it is silent. */
  measured: z.string().min(1).max(80),
  /** The clause of the compensation terms, where the pool is the cause. */
  clause: z.string().min(1).max(40).optional(),
});

type Content = Readonly<z.infer<typeof contract>>;

interface State {
  readonly dossier: Dossier;
  readonly trips: readonly TripRow[];
}

/** Refuses with pilot_unknown, trigger_unknown, the state's own code. */
export const trip: Command<Content, State> = {
  name: "sandbox.trip",
  class: "SERVICE",
  barrier: true,
  contract,
  may: ["system"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  async load(tx, partition, questions) {
    const slugs = [...new Set(questions.map(({ command }) => command.pilot))];
    const [dossiers, trips] = await Promise.all([
      loadDossiers(tx, partition, { questions, slugOf: ({ pilot }: Content) => pilot }),
      tripsIn(tx, partition, slugs),
    ]);
    return questions.map(({ command: { pilot, trigger } }, at) => ({
      dossier: dossiers[at] as Dossier,
      trips: trips.filter((row) => row.pilot === pilot && row.trigger === trigger),
    }));
  },
  decide({ state: { dossier, trips }, command, now, id }): Decision | Refusal {
    const { pilot } = dossier;
    if (pilot === undefined) return refusePilot("pilot_unknown");
    const { trigger, measured, clause: cited } = command;
    const stated = { trigger, measured, ...(cited === undefined ? {} : { clause: cited }) };
    const cause = pilot.admission === null ? undefined : causeOf(pilot.admission, stated);
    if (cause === undefined) return refuse("trigger_unknown", { params: { trigger } });
    const answer = { pilot: pilot.slug, trigger };
    if (trips.some((row) => row.binds)) {
      return { entries: [], changes: [], answer: { ...answer, tripped: false } };
    }
    const number = nextNumber(dossier);
    const { tightens, reason, liftedWhen, clause } = cause;
    const kind = tightens.closes.length > 0 ? ("suspension" as const) : ("restriction" as const);
    const decided = enact({
      pilot,
      tightenings: [...alive(dossier), { number, ...tightens }],
      notice: { id, kind, text: tripNotice(pilot.body.name, cause), directive: id },
      now,
      rows: (policy) => [
        change(issueDirective, {
          ...{ id, pilot: pilot.slug, number, kind, policy, reason, lifted_when: liftedWhen },
          closes: JSON.stringify(tightens.closes),
          lowers: JSON.stringify(tightens.lowers),
          in_force_at: toIso(now),
        }),
        change(addTrip, {
          ...{ directive: id, pilot: pilot.slug, trigger, measured, clause, at: toIso(now) },
          number: trips.length + 1,
        }),
      ],
    });
    return isRefusal(decided) ? decided : { ...decided, answer: { ...answer, tripped: true } };
  },
};
