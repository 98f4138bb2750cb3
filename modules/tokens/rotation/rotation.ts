/**
 * Turning a key of the vault, as acts: one person proposes, another approves, and a job has the vault
 * do it while payments and looks go on. That it has ended is an act of its own, so that the log says
 * from when to when each key served. No key and no card is named here.
 *
 *   order by two ──▶ going on ── the vault has moved everything ──▶ ended
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { newRotationContract, type NewRotation } from "../vault.contract.ts";
import { type Destruction, destructionIn } from "./destruction.store.ts";
import { refuse } from "./rotation.refusals.ts";
import {
  addRotation,
  endRotation,
  latestIn,
  type Rotation,
  rotationsIn,
} from "./rotation.store.ts";

/** The job that has the vault turn a key. */
export const TURN_KEY = "tokens.turn_key";

interface Found {
  readonly latest: Rotation | undefined;
  readonly destruction: Destruction | undefined;
}

/**
 * Orders a rotation. Refuses `rotation_by_people_only`, `for_staff_of_the_vault` to an approver of
 * another organisation than the proposer's, `keys_destruction_ordered`, and `rotation_under_way`
 * while another of its kind goes on. Whether the key to turn to is at hand is asked by the route, outside any transaction.
 */
export const rotateKey: Command<NewRotation, Found> = {
  name: "tokens.rotate_key",
  class: "SERVICE",
  contract: newRotationContract,
  may: ["institution_operator"],
  fourEyes: { approvers: ["institution_approver"] },
  keys: ({ kind }) => ({ reads: [], writes: [`key/${kind}`] }),
  async load(tx, partition, questions) {
    const kinds = questions.map(({ command }) => command.kind);
    const [latest, destruction] = await Promise.all([
      latestIn(tx, partition, kinds),
      destructionIn(tx, partition),
    ]);
    return kinds.map((kind) => ({ latest: latest.get(kind), destruction }));
  },
  shown: ({ latest }) => latest?.id ?? "",
  decide({ state: { latest, destruction }, command, principal, approver, id, now }) {
    if (principal.kind !== "person") return refuse("rotation_by_people_only");
    if (approver && approver.organisation !== principal.organisation) {
      return refuse("for_staff_of_the_vault");
    }
    if (destruction) return refuse("keys_destruction_ordered");
    if (latest?.ended_at === null) return refuse("rotation_under_way");
    const { kind } = command;
    const kek = command.kind === "kek" ? command.kek : null;
    const by = { ordered_by: principal.id, approved_by: approver?.id ?? "" };
    return {
      entries: [],
      changes: [change(addRotation, { id, kind, kek, ...by, at: toIso(now) })],
      answer: { rotation: id },
      jobs: [{ task: TURN_KEY, payload: { id, kind, kek } }],
    };
  },
};

const ending = z.strictObject({ rotation: z.uuid() });

/** Says that a rotation has ended; said again, it changes nothing. Refuses `rotation_unknown`. */
export const endKeyRotation: Command<z.infer<typeof ending>, Rotation | undefined> = {
  name: "tokens.end_rotation",
  class: "SERVICE",
  contract: ending,
  may: ["system"],
  keys: ({ rotation }) => ({ reads: [], writes: [`rotation/${rotation}`] }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.rotation);
    const found = await rotationsIn(tx, partition, ids);
    return ids.map((id) => found.get(id));
  },
  decide({ state, command, now }) {
    if (!state) return refuse("rotation_unknown");
    const ended = change(endRotation, { id: state.id, ended_at: toIso(now) });
    return {
      entries: [],
      changes: state.ended_at === null ? [ended] : [],
      answer: { rotation: command.rotation },
    };
  },
};
