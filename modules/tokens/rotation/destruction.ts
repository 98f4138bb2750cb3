/**
 * Destroying every key of the vault, as acts. The two people who hold the parts sign for it: one
 * proposes, the other approves, and nobody else can do either. A job has the vault do it; that it is
 * done is an act of its own, with a record in the log for all the world: from there on no copy of
 * what was sealed opens, in whatever archive it lies.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import {
  addDestruction,
  type Destruction,
  destructionIn,
  endDestruction,
} from "./destruction.store.ts";
import { refuse } from "./rotation.refusals.ts";
import { latestIn } from "./rotation.store.ts";

/** The job that has the vault destroy its keys. */
export const DESTROY_KEYS = "tokens.destroy_keys";

/** The keys at hand, as the route reads them: what the two of them sign for. */
const content = z.strictObject({
  keks: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[0-9a-f]{16}$/),
        holders: z.tuple([z.string(), z.string()]),
      }),
    )
    .min(1)
    .max(20),
});
type Destroying = z.infer<typeof content>;

interface Found {
  readonly destruction: Destruction | undefined;
  readonly rotating: boolean;
}

/** True if these people hold different parts: a holder's name contains his id as a word. */
export function hold(holders: readonly [string, string], people: readonly string[]): boolean {
  const [first, second] = holders.map((holder) => holder.split(" "));
  const [one = "", other] = people;
  const each = (a?: string[], b?: string[]) =>
    a?.includes(one) === true && (other === undefined || b?.includes(other) === true);
  return each(first, second) || each(second, first);
}

/**
 * Orders it. Refuses `destruction_by_people_only`, `for_staff_of_the_vault` to an approver of another
 * organisation, `key_holders_only`, `keys_destruction_ordered`, `rotation_under_way`. That the pilot
 * leaves and no card is bound any more is asked by the route: neither ever comes back.
 */
export const destroyKeys: Command<Destroying, Found> = {
  name: "tokens.destroy_keys",
  class: "SERVICE",
  contract: content,
  may: ["institution_operator", "institution_approver", "compliance_officer"],
  fourEyes: { approvers: ["institution_approver"] },
  keys: () => ({ reads: [], writes: ["key/kek", "key/card", "key/index"] }),
  async load(tx, partition, questions) {
    const [destruction, latest] = await Promise.all([
      destructionIn(tx, partition),
      latestIn(tx, partition, ["kek", "card", "index"]),
    ]);
    const rotating = [...latest.values()].some(({ ended_at }) => ended_at === null);
    return questions.map(() => ({ destruction, rotating }));
  },
  decide({ state, command: { keks }, principal, approver, id, now }) {
    const people = [principal, ...(approver ? [approver] : [])];
    if (people.some(({ kind }) => kind !== "person")) {
      return refuse("destruction_by_people_only");
    }
    if (approver && approver.organisation !== principal.organisation) {
      return refuse("for_staff_of_the_vault");
    }
    const ids = people.map((one) => one.id);
    const foreign = keks.find(({ holders }) => !hold(holders, ids));
    if (foreign) return refuse("key_holders_only", { params: { name: foreign.name } });
    if (state.destruction) return refuse("keys_destruction_ordered");
    if (state.rotating) return refuse("rotation_under_way");
    const order = { keks: keks.map(({ name }) => name).join(" "), at: toIso(now) };
    const by = { ordered_by: principal.id, approved_by: approver?.id ?? "" };
    return {
      entries: [],
      changes: [change(addDestruction, { id, ...order, ...by })],
      answer: { destruction: id },
      jobs: [{ task: DESTROY_KEYS, payload: { destruction: id } }],
    };
  },
};

const confirming = z.strictObject({ destruction: z.uuid(), keys: z.int().min(1) });

/** Says that no key is left; said again, it changes nothing. Refuses `destruction_unknown`. */
export const confirmDestruction: Command<z.infer<typeof confirming>, Destruction | undefined> = {
  name: "tokens.confirm_destruction",
  class: "SERVICE",
  contract: confirming,
  may: ["system"],
  keys: () => ({ reads: [], writes: ["key/kek"] }),
  async load(tx, partition, questions) {
    const destruction = await destructionIn(tx, partition);
    return questions.map(({ command }) =>
      destruction?.id === command.destruction ? destruction : undefined,
    );
  },
  decide({ state, command: { destruction, keys }, now }) {
    if (!state) return refuse("destruction_unknown");
    const answer = { destruction, keys };
    if (state.keys !== null) return { entries: [], changes: [], answer };
    const at = toIso(now);
    return {
      entries: [],
      changes: [change(endDestruction, { id: destruction, keys, destroyed_at: at })],
      answer,
      leaves: [{ t: "keys_destroyed", keys, at }],
    };
  },
};
