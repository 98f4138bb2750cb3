/**
 * Authorising a payment with a token. Whatever stands against it, the requestor hears one coarse
 * code; the whole reason goes into a decline for the holder and the issuer. Limits and funds are not
 * read here: they are entries that the ledger takes or refuses as one group.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { type Change, change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Loading, Question } from "@sandbank/kernel/guard";
import type { Entry } from "@sandbank/kernel/ledger";
import { type Fen, fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import { cardAccount } from "../account/account.ts";
import type { Confirmation } from "../confirmation/confirmation.store.ts";
import { type Authorisation, authorisationContract } from "../contract.ts";
import { type Presented, presentedBy, spends } from "../cryptogram/cryptogram.ts";
import { type CryptogramPlace, cryptogramsIn } from "../cryptogram/cryptogram.store.ts";
import { placeName, spendCryptogram } from "../cryptogram/cryptogram.store.ts";
import type { TokenCodes } from "../ports.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import type { Token } from "../token/token.ts";
import { tokensIn } from "../token/token.store.ts";
import { confirmationsFor, confirmationUse } from "./confirmed.ts";
import { momentOf } from "./moment.ts";
import { declined, type Found, HOME_COUNTRY, objections } from "./objection.ts";
import { HOLD_MS } from "./payment.ts";
import { addPayment } from "./payment.store.ts";
import { bitsOf, pushWindows, type Window, windowsAt } from "./windows.ts";

/** What the keys say, before the queue: whether the cryptogram that was brought is genuine. */
export interface Verified {
  readonly cryptogram: Presented;
}

type Asked = Question<Authorisation, Found, Verified>;

/** A genuine cryptogram is spent by what it is shown to, be that granted or declined. */
function spentBy({ command, state, facts, now, id }: Asked): Change[] {
  const { made } = state;
  if (!spends(facts.cryptogram, made)) return [];
  const row = { number: command.token, counter: made.counter, act: id, at: momentOf(now).at };
  return [change(spendCryptogram, row)];
}

interface Holding {
  readonly token: Token;
  readonly scene: Scene;
  readonly hold: string;
  readonly amount: Fen;
  readonly expires: Instant;
  readonly windows: readonly Window[];
  readonly confirmation: Confirmation | undefined;
}

/**
 * The postings of an authorisation: money of the card held for the requestor, and the windows of the
 * token with it. Debit `card/{id}`, credit `settlement/{trid}`, both pending until it expires.
 */
export function holdEntries(holding: Holding): Entry[] {
  const { token, scene, hold, amount, expires, windows, confirmation } = holding;
  const { trid, organisation } = scene;
  const settlement = { key: `settlement/${trid}`, book: "money:CNY" as const, owner: organisation };
  const entries: Entry[] = [
    { kind: "hold", hold, amount, expires },
    { kind: "transfer", debit: cardAccount(token.card), credit: settlement, amount, hold },
  ];
  pushWindows(entries, windows, { token: token.id, amount, hold });
  if (confirmation) entries.push(confirmationUse(token, confirmation, hold));
  return entries;
}

function granted(asked: Asked, { token, scene }: { readonly token: Token; readonly scene: Scene }) {
  const { command, now, id } = asked;
  const { merchant, mcc, country = HOME_COUNTRY, channel, reference } = command;
  const { holder, card, control } = token;
  const { trid, organisation } = scene;
  const amount = fen(BigInt(command.amount));
  const { at, expires } = momentOf(now);
  const windows = windowsAt(control, { token: token.id, scene: scene.id, now });
  const row = {
    id,
    token: token.id,
    card,
    holder,
    trid,
    organisation,
    scene: scene.id,
    merchant,
    mcc,
    country,
    channel,
    reference,
    amount,
    control: control.version,
    windows: bitsOf(windows),
    at,
    expires,
  };
  const ends = (now + HOLD_MS) as Instant;
  const { confirmation } = asked.state;
  const holding = { token, scene, hold: id, amount, expires: ends, windows, confirmation };
  const decision: Decision = {
    entries: holdEntries(holding),
    counts: {
      as: "hold",
      customer: holder,
      amount,
      currency: "CNY",
      partner: trid,
      merchant,
      channel,
    },
    changes: [change(addPayment, row)],
    spends: spentBy(asked),
    answer: { payment: id, state: "authorised", amount: command.amount, expires },
  };
  return decision;
}

/** A cryptogram is used under a key of its own, and made under one of its token's. */
function keysOf({ token, cryptogram }: Authorisation) {
  const reads = [`token/${token}`];
  if (!cryptogram) return { reads, writes: [] };
  reads.push(`cryptograms/${token}`);
  return { reads, writes: [`cryptogram/${token}/${cryptogram.counter}`] };
}

/**
 * Authorises a payment: everything or nothing, held for seven days. Refuses `payment_declined` for
 * every reason of the module's own; limits and funds refuse by their own codes, which the route
 * makes coarse for requestors. P4.1, P4.3.
 */
export function authoriseBy(codes: TokenCodes): Command<Authorisation, Found, Verified> {
  return {
    name: "tokens.authorise",
    class: "USE",
    contract: authorisationContract,
    // Tokens, cards, controls and scenes are all written by commands without this mark.
    alongside: true,
    may: ["requestor"],
    keys: keysOf,
    subject: ({ token }) => token?.holder,
    prepare: async (command, { organisation }) => ({
      cryptogram: presentedBy(codes, command, organisation),
    }),
    load: foundIn,
    decide(question) {
      const { command, principal, now, id, state, facts } = question;
      const { token, scene } = state;
      const asked = { command, principal, presented: facts.cryptogram, now };
      const failed = objections(state, asked);
      if (failed.length > 0 || !token || !scene) {
        return declined({ ...asked, id, token, spent: spentBy(question) }, failed);
      }
      return granted(question, { token, scene });
    },
  };
}

async function foundIn(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Authorisation, Verified>[],
): Promise<Found[]> {
  const numbers = new Set<string>();
  const ids = new Set<string>();
  const places: CryptogramPlace[] = [];
  for (const { command } of questions) {
    numbers.add(command.token);
    ids.add(command.scene);
    const place = placeOf(command);
    if (place) places.push(place);
  }
  const [tokens, scenes, made] = await Promise.all([
    tokensIn(tx, partition, numbers),
    scenesIn(tx, partition, ids),
    places.length === 0 ? undefined : cryptogramsIn(tx, partition, places),
  ]);
  const large = questions.map(({ command: { token, merchant, amount } }) => ({
    ...{ token: tokens.get(token), merchant, amount: BigInt(amount) },
  }));
  const confirmed = await confirmationsFor(tx, partition, large);
  return questions.map(({ command }, at) => {
    const place = placeOf(command);
    return {
      token: tokens.get(command.token),
      scene: scenes.get(command.scene),
      made: place && made?.get(placeName(place)),
      confirmation: confirmed[at],
    };
  });
}

function placeOf({ token, cryptogram }: Authorisation): CryptogramPlace | undefined {
  return cryptogram && { number: token, counter: Number(cryptogram.counter) };
}
