/**
 * Raising an authorised payment: a hotel night more, before anything is captured. The old hold is let
 * go and one of the whole new amount taken in its place, in one group: both or neither. So the payment
 * counts in the periods of today, under the controls of today, and still ends when it would have.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Loading } from "@sandbank/kernel/guard";
import { fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import { z } from "zod";
import type { Confirmation } from "../confirmation/confirmation.store.ts";
import { increaseBodyContract } from "../contract.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import type { Token } from "../token/token.ts";
import { tokensIn } from "../token/token.store.ts";
import { holdEntries } from "./authorise.ts";
import { step } from "./finish.ts";
import { momentOf } from "./moment.ts";
import { declined, HOME_COUNTRY, objections } from "./objection.ts";
import { confirmationsFor } from "./confirmed.ts";
import type { Payment } from "./payment.ts";
import { numbersOfIn, paymentsIn, raisePayment } from "./payment.store.ts";
import { bitsOf, windowsAt } from "./windows.ts";

const content = increaseBodyContract.extend({ payment: z.uuid().toLowerCase() });
type Increasing = z.infer<typeof content>;

interface Found {
  readonly payment: Payment | undefined;
  readonly token: Token | undefined;
  readonly scene: Scene | undefined;
  readonly confirmation: Confirmation | undefined;
}

/**
 * Raises a payment by an amount. It is judged whole, as if it were asked for now, but for its
 * cryptogram, which it brought when it was authorised. Refuses `payment_unknown`,
 * `payment_captured_in_part`, `payment_captured`, `payment_voided`, `payment_expired`, and as
 * authorising does.
 */
export const increase: Command<Increasing, Found> = {
  name: "tokens.increase",
  class: "USE",
  contract: content,
  // Payments are written under their own key, tokens and scenes by commands without this mark.
  alongside: true,
  may: ["requestor"],
  keys: ({ payment }) => ({ reads: [], writes: [`payment/${payment}`] }),
  subject: ({ payment }) => payment?.holder,
  load: foundIn,
  decide({ state, command, principal, now, id }) {
    const { payment, token, scene, confirmation } = state;
    const taken = step(payment, { event: "increase", principal, now });
    if ("refused" in taken) return taken;
    const { of } = taken;
    const amount = fen(of.amount + BigInt(command.amount));
    const asked = { command: wholeOf(of, { token, amount }), principal, now };
    const found = { token, scene, made: undefined, confirmation };
    const failed = objections(found, { ...asked, presented: "before" });
    if (failed.length > 0 || !token || !scene) {
      return declined({ ...asked, id, token, spent: [] }, failed);
    }
    const { control } = token;
    const windows = windowsAt(control, { token: token.id, scene: scene.id, now });
    const { merchant, channel } = of;
    const who = { customer: of.holder, partner: of.trid, merchant, channel };
    const row = { id: of.id, hold: id, amount, control: control.version, at: momentOf(now).at };
    return {
      entries: [
        { kind: "release", hold: of.hold },
        ...holdEntries({
          ...{ token, scene, hold: id, amount, expires: of.expires },
          ...{ windows, confirmation },
        }),
      ],
      counts: { as: "hold", amount, currency: "CNY", ...who },
      changes: [change(raisePayment, { ...row, windows: bitsOf(windows) })],
      answer: {
        ...{ payment: of.id, state: "authorised" },
        ...{ amount: String(amount), expires: toIso(of.expires) },
      },
    };
  },
};

/** The payment as an authorisation of its whole new amount. */
function wholeOf(
  { merchant, mcc, country, channel, scene, reference }: Payment,
  { token, amount }: { readonly token: Token | undefined; readonly amount: bigint },
) {
  const of = { token: token?.number ?? "", amount: String(amount), currency: "CNY" as const };
  const where = { mcc: mcc ?? "", country: country ?? HOME_COUNTRY };
  return { ...of, ...where, merchant, channel, scene, reference };
}

async function foundIn(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Increasing, unknown>[],
): Promise<Found[]> {
  const ids = questions.map(({ command }) => command.payment);
  const [payments, numbers] = await Promise.all([
    paymentsIn(tx, partition, ids),
    numbersOfIn(tx, partition, ids),
  ]);
  const [tokens, scenes] = await Promise.all([
    tokensIn(tx, partition, numbers.values()),
    scenesIn(
      tx,
      partition,
      [...payments.values()].map(({ scene }) => scene),
    ),
  ]);
  const tokenOf = (id: string) => tokens.get(numbers.get(id) ?? "");
  const large = questions.map(({ command }) => {
    const { amount = 0n, merchant = "" } = payments.get(command.payment) ?? {};
    const token = tokenOf(command.payment);
    return { token, merchant, amount: amount + BigInt(command.amount) };
  });
  const confirmed = await confirmationsFor(tx, partition, large);
  return ids.map((id, at) => ({
    payment: payments.get(id),
    token: tokenOf(id),
    scene: scenes.get(payments.get(id)?.scene ?? ""),
    confirmation: confirmed[at],
  }));
}
