/**
 * `sandbox.restrict`: lowers caps of a pilot under test. It cannot raise one: whoever wants more
 * room changes the terms of admission. A cap below its use refuses later uses and undoes none.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type LimitRule } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { livingLimits, type Tightening } from "../policy/policy.ts";
import { refuse } from "../refusals.ts";
import { restrictionContract } from "../directive/directive.contract.ts";
import { issueDirective } from "../directive/directive.store.ts";
import { alive, enact, nextNumber, ORDERS } from "./enact.ts";

const contract = restrictionContract.omit({ kind: true }).extend({ pilot: slugContract });

type Content = Readonly<z.infer<typeof contract>>;

/**
 * Refuses with pilot_unknown, the state's own code, limit_not_in_policy,
 * restriction_must_lower_the_cap.
 */
export const restrict: Command<Content, Dossier> = {
  ...ORDERS,
  name: "sandbox.restrict",
  contract,
  decide({ state, command, now, id }) {
    const { pilot } = state;
    if (pilot === undefined) return refuse("pilot_unknown");
    const bound = alive(state);
    const loose = pilot.admission === null ? undefined : loosening(pilot, bound, command);
    const number = nextNumber(state);
    const lowers = command.caps;
    const decided = enact({
      pilot,
      tightenings: [...bound, { number, closes: [], lowers }],
      notice: { id, kind: "restriction", text: command.notice, directive: id },
      now,
      rows: (policy) => [
        change(issueDirective, {
          ...{ id, pilot: pilot.slug, number, kind: "restriction" as const, policy },
          closes: "[]",
          lowers: JSON.stringify(lowers),
          reason: command.reason,
          lifted_when: command.liftedWhen,
          in_force_at: toIso(now),
        }),
      ],
    });
    return isRefusal(decided) ? decided : (loose ?? decided);
  },
};

/** The first cap that names no limit or does not lower one. */
function loosening(
  pilot: PilotRow,
  bound: readonly Tightening[],
  { caps }: Content,
): Refusal | undefined {
  const limits = new Map<string, LimitRule>(
    livingLimits(pilot.body, pilot.admission, bound).map((rule) => [rule.id, rule]),
  );
  for (const [place, { limit, cap }] of caps.entries()) {
    const field = `/caps/${place}`;
    const known = limits.get(limit);
    if (known === undefined) return refuse("limit_not_in_policy", { field, params: { limit } });
    if (BigInt(cap) >= BigInt(known.cap)) {
      const params = { limit, cap: known.cap };
      return refuse("restriction_must_lower_the_cap", { field, params });
    }
  }
  return undefined;
}
