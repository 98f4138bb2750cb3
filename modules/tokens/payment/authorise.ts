/**
 * Authorising a payment with a token. Whatever stands against it, the requestor hears one coarse
 * code; the whole reason goes into a decline for the holder and the issuer. Limits and funds are not
 * read here: they are entries that the ledger takes or refuses as one group.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { type Change, change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Loading, Question, RefusalWithChanges } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Entry } from "@sandbank/kernel/ledger";
import { fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import type { Failed } from "@sandbank/kernel/words";
import { cardAccount } from "../account/account.ts";
import { type Authorisation, authorisationContract } from "../contract.ts";
import { brokenBy } from "../control/control.ts";
import { type Cryptogram, objectionTo, type Presented } from "../cryptogram/cryptogram.ts";
import { presentedBy, spends } from "../cryptogram/cryptogram.ts";
import { type CryptogramPlace, cryptogramsIn } from "../cryptogram/cryptogram.store.ts";
import { placeName, spendCryptogram } from "../cryptogram/cryptogram.store.ts";
import type { TokenCodes } from "../ports.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";
import { type Scene, takesChannel, takesMcc, takesMerchant } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import type { Token } from "../token/token.ts";
import { tokensIn } from "../token/token.store.ts";
import { addDecline } from "./decline.store.ts";
import { HOLD_MS } from "./payment.ts";
import { addPayment } from "./payment.store.ts";
import { pushWindows, windowsOf } from "./windows.ts";

/** What there is for an authorisation: either may be missing. */
export interface Found {
  readonly token: Token | undefined;
  readonly scene: Scene | undefined;
  /** The cryptogram of the counter that it names. */
  readonly made: Cryptogram | undefined;
}

/** What the keys say, before the queue: whether the cryptogram that was brought is genuine. */
export interface Verified {
  readonly cryptogram: Presented;
}

/** Who asks for what, and when. */
export interface Asking {
  readonly command: Authorisation;
  readonly principal: Principal;
  readonly facts: Verified;
  readonly now: Instant;
}

type Asked = Question<Authorisation, Found, Verified>;

/** Everything that stands against a payment before the ledger is asked; in order of precedence. */
export function objections(found: Found, asked: Asking): Failed[] {
  const { token, scene } = found;
  if (!token) return [no("token_unknown")];
  const { command, now } = asked;
  const failed: Failed[] = [];
  if (token.state === "deleted") failed.push(no("token_deleted"));
  if (token.expires <= now) failed.push(no("token_expired"));
  if (token.causes !== 0) failed.push(no("token_suspended"));
  if (!token.cardOpen) failed.push(no("card_closed"));
  pushOutsideScene(failed, { token, scene }, asked);
  failed.push(...aboutCryptogram(found, asked));
  const broken = brokenBy(token.control, BigInt(command.amount), now);
  return broken.length === 0 ? failed : [...failed, ...broken];
}

function pushOutsideScene(
  failed: Failed[],
  { token, scene }: { readonly token: Token; readonly scene: Scene | undefined },
  { command, principal }: Asking,
): void {
  const { scene: limit, merchant, mcc, channel } = command;
  if (scene?.organisation !== principal.organisation) failed.push(no("scene_of_another_requestor"));
  if (!token.scenes.includes(limit)) failed.push(no("scene_not_of_token", limit));
  if (!scene) return;
  if (scene.requestor !== "active") failed.push(no("requestor_not_active"));
  if (scene.state !== "open") failed.push(no("scene_not_open", limit));
  if (!takesMerchant(scene, merchant)) failed.push(no("merchant_outside_scene", limit));
  if (!takesMcc(scene, mcc)) failed.push(no("mcc_outside_scene", limit));
  if (!takesChannel(scene, channel)) failed.push(no("channel_outside_scene", limit));
}

function aboutCryptogram({ scene, made }: Found, { command, principal, facts, now }: Asking) {
  const { amount, currency, scene: at } = command;
  const { organisation } = principal;
  const bound = { scene: at, organisation, amount: BigInt(amount), currency };
  const needed = scene?.cryptogram === true;
  return objectionTo({ presented: facts.cryptogram, made, bound }, { needed, now });
}

/** A genuine cryptogram is spent by what it is shown to, be that granted or declined. */
function spentBy({ command, state, facts, now, id }: Asked): Change[] {
  const { made } = state;
  if (!spends(facts.cryptogram, made)) return [];
  const row = { number: command.token, counter: made.counter, act: id, at: isoOf(now) };
  return [change(spendCryptogram, row)];
}

function no(code: TokensRefusal, limit?: string): Failed {
  return limit === undefined ? { code } : { code, limit };
}

function declined(asked: Asked, failed: readonly Failed[]): RefusalWithChanges {
  const { command, principal, now, id, state } = asked;
  const { scene, merchant, reference } = command;
  const { token } = state;
  const row = {
    ...{ id, scene, merchant, reference },
    token: token?.id ?? null,
    holder: token?.holder ?? null,
    organisation: principal.organisation,
    amount: BigInt(command.amount),
    code: failed[0]?.code ?? "payment_declined",
    failed: failedText(failed),
    at: isoOf(now),
  };
  return { refusal: refuse("payment_declined"), onRefusal: [change(addDecline, row), ...spentBy(asked)] };
}

function failedText(failed: readonly Failed[]): string {
  return JSON.stringify(failed, (_, value) => (typeof value === "bigint" ? `${value}` : value));
}

// One instant serves a whole batch, so its texts are made once.
let knownNow = -1;
let nowText = "";
let expiresText = "";

function isoOf(now: Instant): string {
  if (now !== knownNow) {
    nowText = toIso(now);
    expiresText = toIso((now + HOLD_MS) as Instant);
    knownNow = now;
  }
  return nowText;
}

/**
 * The postings of an authorisation: money of the card held for the requestor, and the windows of the
 * token with it. Debit `card/{id}`, credit `settlement/{trid}`, both pending for seven days.
 */
function granted(asked: Asked, { token, scene }: { readonly token: Token; readonly scene: Scene }) {
  const { command, now, id } = asked;
  const { merchant, channel, reference } = command;
  const { holder, card, control } = token;
  const { trid, organisation } = scene;
  const amount = fen(BigInt(command.amount));
  const at = isoOf(now);
  const settlement = { key: `settlement/${trid}`, book: "money:CNY" as const, owner: organisation };
  const entries: Entry[] = [
    { kind: "hold", hold: id, amount, expires: (now + HOLD_MS) as Instant },
    { kind: "transfer", debit: cardAccount(card), credit: settlement, amount, hold: id },
  ];
  pushWindows(entries, control, { token: token.id, amount, hold: id, now });
  const row = {
    id,
    token: token.id,
    card,
    holder,
    trid,
    organisation,
    scene: scene.id,
    merchant,
    channel,
    reference,
    amount,
    control: control.version,
    windows: windowsOf(control),
    at,
    expires: expiresText,
  };
  const decision: Decision = {
    entries,
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
    answer: { payment: id, state: "authorised", amount: command.amount, expires: expiresText },
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
      const { token, scene } = question.state;
      const failed = objections(question.state, question);
      if (failed.length > 0 || !token || !scene) return declined(question, failed);
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
  return questions.map(({ command }) => {
    const place = placeOf(command);
    return {
      token: tokens.get(command.token),
      scene: scenes.get(command.scene),
      made: place && made?.get(placeName(place)),
    };
  });
}

function placeOf({ token, cryptogram }: Authorisation): CryptogramPlace | undefined {
  return cryptogram && { number: token, counter: Number(cryptogram.counter) };
}
