/**
 * `sandbox.acknowledge_policy`: a partition obeys a version from the instant of its own commit. When
 * the last one does, the directives that the version carries become effective. Told twice, it
 * changes nothing the second time.
 */
import { fromIso, instantText, toIso, type Instant } from "@sandbank/kernel/clock";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { makeEffective } from "../directive/directive.store.ts";
import { type Dossier, loadDossiers } from "../dossier/dossier.ts";
import { refuse } from "../refusals.ts";
import { acknowledge } from "../policy/policy.store.ts";

const contract = z.strictObject({
  pilot: slugContract,
  version: z.int().min(1),
  served: z.int().min(1),
  at: instantText,
});

type Content = Readonly<z.infer<typeof contract>>;

/** Refuses with pilot_unknown, policy_version_unknown, partition_not_of_this_pilot. */
export const acknowledgePolicy: Command<Content, Dossier> = {
  name: "sandbox.acknowledge_policy",
  class: "SERVICE",
  contract,
  may: ["system"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: (tx, partition, questions) =>
    loadDossiers(tx, partition, { questions, slugOf: ({ pilot }) => pilot }),
  decide({ state, command }) {
    const { pilot, version, served } = command;
    if (state.pilot === undefined) return refuse("pilot_unknown");
    if (version > state.pilot.policy) {
      return refuse("policy_version_unknown", { params: { version: String(version) } });
    }
    if (!state.served.some((row) => row.served === served && row.pilot === pilot)) {
      return refuse("partition_not_of_this_pilot", { params: { partition: String(served) } });
    }
    const known = state.obeyed.find((row) => row.served === served);
    if (known !== undefined && known.version >= version) {
      return { entries: [], changes: [], answer: { pilot, version, served, effective: [] } };
    }
    const effective = becomeEffective(state, command);
    const row = { pilot, version, served, at: toIso(fromIso(command.at)) };
    return {
      entries: [],
      changes: [change(acknowledge, row), ...effective.changes],
      answer: { pilot, version, served, effective: effective.numbers },
    };
  },
};

/** The directives that every partition obeys once this acknowledgement counts. */
function becomeEffective(
  { directives, served, obeyed }: Dossier,
  told: Content,
): { readonly changes: readonly Change[]; readonly numbers: readonly number[] } {
  const versions = new Map(obeyed.map((row) => [row.served, row]));
  const here = { version: told.version, at: fromIso(told.at) };
  const all = served
    .filter((row) => row.pilot === told.pilot)
    .map((row) => (row.served === told.served ? here : versions.get(row.served)));
  const through = Math.min(...all.map((row) => row?.version ?? 0));
  const last = Math.max(...all.map((row) => row?.at ?? 0));
  const due = directives.filter((row) => row.status === "in_force" && row.policy <= through);
  return {
    changes: due.map(({ id, in_force_at }) =>
      change(makeEffective, { id, at: toIso(Math.max(last, in_force_at) as Instant) }),
    ),
    numbers: due.map((row) => row.number),
  };
}
