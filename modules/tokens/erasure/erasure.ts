/**
 * Erasing a holder: by the holder's own request, or proposed by the bank's compliance officer and
 * approved by a second person. Everything must have ended before: no token that could still pay,
 * nothing held and no money on a card. What names the holder goes from this module, from what opens
 * the acts and, by a job, from the vault; books, journal and log stay.
 *
 *   The number of a deleted token stays, so that no other holder is ever given it.
 *
 * The act's id is its receipt's. Once the vault has destroyed what it had, an act of its own says how
 * much that was, so that the log holds both: that it was ordered and that it was done.
 */
import { randomBytes, toIso } from "@sandbank/kernel/clock";
import {
  type Belonging,
  belongingsIn,
  change,
  type Command,
  erasure,
  type Loading,
} from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import { z } from "zod";
import { cardAccount } from "../account/account.ts";
import { holderContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { refuse as refuseReceipt } from "./erasure.refusals.ts";
import {
  addErasure,
  eraseHolder,
  erasePayment,
  type Erasure,
  erasuresIn,
  type Held,
  heldIn,
  putDestroyed,
} from "./erasure.store.ts";

/** The job that has the vault forget the cards. */
export const FORGET_CARDS = "tokens.forget_cards";

const SALT_BYTES = 16;
const content = z.strictObject({ holder: holderContract });
type Erasing = z.infer<typeof content>;

interface Found {
  readonly held: Held | undefined;
  readonly belongings: readonly Belonging[];
}

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Erasing, unknown>[],
): Promise<Found[]> {
  const holders = questions.map(({ command }) => command.holder);
  const [held, belongings] = await Promise.all([
    heldIn(tx, partition, holders),
    belongingsIn(tx, partition, holders),
  ]);
  return holders.map((holder) => ({
    held: held.get(holder),
    belongings: belongings.get(holder) ?? [],
  }));
}

const erasing: Pick<
  Command<Erasing, Found, { readonly salt: string }>,
  "class" | "contract" | "keys" | "subject" | "prepare" | "load" | "decide"
> = {
  class: "SERVICE",
  contract: content,
  keys: () => ({ reads: [], writes: [] }),
  subject: (_found, { holder }) => holder,
  prepare: async () => ({ salt: Buffer.from(randomBytes(SALT_BYTES)).toString("hex") }),
  load,
  decide({ state: { held, belongings }, command: { holder }, facts, partition, id, now }) {
    const cards = held?.cards ?? [];
    if (cards.length === 0) return refuse("holder_unknown");
    if (held?.live) return refuse("holder_has_tokens");
    const accounts = cards.map(cardAccount);
    const payments = belongings.filter(
      ({ command, outcome }) => command === "tokens.authorise" && outcome === "accepted",
    );
    const { changes, ...rest } = erasure({
      ...{ customer: holder, belongings, salt: facts.salt },
      accounts: accounts.map(({ key }) => key),
    });
    return {
      ...rest,
      // An account that still holds or owes anything does not close, and then nothing is erased.
      entries: accounts.map((account) => ({ kind: "close", account })),
      changes: [
        change(eraseHolder, { holder }),
        ...payments.map(({ act }) => change(erasePayment, { id: act })),
        ...changes,
        change(addErasure, {
          ...{ id, cards: cards.length, acts: belongings.length, payments: payments.length },
          at: toIso(now),
        }),
      ],
      answer: { erased: belongings.length, receipt: id },
      jobs: [{ task: FORGET_CARDS, payload: { erasure: id, cards, home: partition } }],
    };
  },
};

/**
 * By the bank: one proposes, another approves. Refuses `holder_unknown`, `holder_has_tokens`, and by
 * the ledger `account_not_empty`.
 */
export const eraseByBank: Command<Erasing, Found, { readonly salt: string }> = {
  ...erasing,
  name: "tokens.erase_holder",
  may: ["compliance_officer"],
  fourEyes: { approvers: ["institution_approver"] },
};

/** By the holder, who signed in as himself. Refuses `holder_is_another` besides. */
export const eraseMe: Command<Erasing, Found, { readonly salt: string }> = {
  ...erasing,
  name: "tokens.erase_me",
  barrier: true,
  may: ["customer"],
  decide(question) {
    const { principal, command } = question;
    const himself = principal.kind === "person" && principal.id === command.holder;
    return himself ? erasing.decide(question) : refuse("holder_is_another");
  },
};

const confirming = z.strictObject({
  erasure: z.uuid(),
  sealed: z.int().min(0),
  claims: z.int().min(0),
});

/**
 * Says what the vault destroyed; said again, it changes nothing. About nobody, since whom it was about
 * is erased: its opening stays and can be shown. Refuses `erasure_unknown`.
 */
export const confirmErasure: Command<z.infer<typeof confirming>, Erasure | undefined> = {
  name: "tokens.confirm_erasure",
  class: "SERVICE",
  contract: confirming,
  may: ["system"],
  keys: ({ erasure: id }) => ({ reads: [], writes: [`erasure/${id}`] }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.erasure);
    const found = await erasuresIn(tx, partition, ids);
    return ids.map((id) => found.get(id));
  },
  decide({ state, command, now }) {
    if (!state) return refuseReceipt("erasure_unknown");
    const { sealed, claims } = command;
    const row = { id: state.id, sealed, claims, destroyed_at: toIso(now) };
    return {
      entries: [],
      changes: state.destroyed_at === null ? [change(putDestroyed, row)] : [],
      answer: { receipt: state.id, sealed, claims },
    };
  },
};
