/**
 * `sandbox.suspend`: closes classes of a pilot under test. SERVICE cannot be named: what exists is
 * always finished. Takes effect at the approval's commit, partition by partition.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { refuse } from "../refusals.ts";
import { suspensionContract } from "../directive/directive.contract.ts";
import { issueDirective } from "../directive/directive.store.ts";
import { alive, enact, nextNumber, ORDERS } from "./enact.ts";

const contract = suspensionContract.omit({ kind: true }).extend({ pilot: slugContract });

/**
 * Refuses with pilot_unknown, the state's own code (only testing, restricted, suspended, evaluation
 * and passed know suspension), classes_already_suspended.
 */
export const suspend: Command<Readonly<z.infer<typeof contract>>, Dossier> = {
  ...ORDERS,
  name: "sandbox.suspend",
  contract,
  decide({ state, command, now, id }) {
    const { pilot } = state;
    if (pilot === undefined) return refuse("pilot_unknown");
    const bound = alive(state);
    const closed = new Set(bound.flatMap((row) => row.closes));
    const closes = [...new Set(command.classes)].sort();
    const notice = {
      ...{ id, kind: "suspension" as const, text: command.notice, directive: id },
    };
    const number = nextNumber(state);
    const decided = enact({
      pilot,
      tightenings: [...bound, { number, closes, lowers: [] }],
      notice,
      now,
      rows: (policy) => [
        change(issueDirective, {
          ...{ id, pilot: pilot.slug, number, kind: "suspension" as const, policy },
          closes: JSON.stringify(closes),
          lowers: "[]",
          reason: command.reason,
          lifted_when: command.liftedWhen,
          in_force_at: toIso(now),
        }),
      ],
    });
    if (!("refused" in decided) && closes.every((name) => closed.has(name))) {
      return refuse("classes_already_suspended");
    }
    return decided;
  },
};
