/**
 * What there is to ask about: a shop, cards, tokens, payments and tasks, made through the API before
 * anything is thrown and added to by what is taken. Says what a right request of a route looks like.
 */
import assert from "node:assert/strict";
import { type Ask, consentOf, CUSTOMERS, openShop, OPERATOR } from "../shop.fixture.ts";
import { paymentAt, PILOT } from "../shop.fixture.ts";
import { REQUESTOR, type Shop } from "../shop.fixture.ts";
import { SoftwareAuthenticator } from "@sandbank/kernel/testing";
import type { Dice } from "./dice.fixture.ts";

const CARDS = 48;
/** Newest of each kind that are asked about. */
const KEPT = 400;

/** Ids of one kind; the oldest make room for the newest. */
class Ring {
  readonly kept: string[] = [];
  #next = 0;

  add(id: string): void {
    this.kept[this.#next] = id;
    this.#next = (this.#next + 1) % KEPT;
  }
}

interface Token {
  readonly id: string;
  readonly number: string;
  readonly holder: string;
  readonly card: string;
}

export interface World {
  readonly shop: Shop;
  /** The text that holders agree to, as they do. */
  readonly consent: Awaited<ReturnType<typeof consentOf>>;
  readonly tokens: readonly Token[];
  /** Ids by the head of the path that takes them. */
  readonly ids: Readonly<Record<string, Ring>>;
  /** Texts that mean something to somebody: what is drawn from them gets past the contracts. */
  readonly known: readonly string[];
  /** A passkey for each person, and the questions that were put to them and not yet answered. */
  readonly passkeys: readonly SoftwareAuthenticator[];
  readonly questions: Readonly<Record<string, Question[]>>;
}

interface Question {
  readonly options: object;
  readonly person: number;
}

/** Parts of a right request; what a route leaves open is drawn from its contract. */
export interface Right {
  readonly segment?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Who must send it. */
  readonly person?: number;
}

/** Makes the world through the API. Everybody in it is fictional. */
export async function openWorld(
  ask: Ask,
  { people, origin }: { readonly people: readonly string[]; readonly origin: string },
): Promise<World> {
  const shop = await openShop(ask, "fuzz", 1_000_000_000n);
  const consent = await consentOf(ask);
  const numbers = Array.from({ length: CARDS }, (_, at) => at);
  const tokens = await Promise.all(numbers.map((at) => openToken(ask, shop, at)));
  const ids = Object.fromEntries(
    ["authorisations", "cards", "tokens", "tasks", "staff"].map((kind) => [kind, new Ring()]),
  );
  for (const { id, card } of tokens) {
    ids["tokens"]?.add(id);
    ids["cards"]?.add(card);
  }
  for (const person of people) ids["staff"]?.add(person);
  const payments = await Promise.all(tokens.map((one, at) => pay(ask, { ...shop, ...one }, at)));
  for (const payment of payments) ids["authorisations"]?.add(payment);
  const places = ["FARSAIL-AIR", "4511", "app", "zh", "en", PILOT, "console", "1", "100"];
  const orders = ["2036-12", "farsail-travel", "sandbar-bank", "9999020000000008"];
  const more = ["tokens/4/checkpoint", "payment-tokens/4/checkpoint", "role_may_not"];
  return {
    ...{ shop, consent, tokens, ids },
    known: [...Object.values(shop), ...places, ...orders, ...more],
    passkeys: people.map(() => new SoftwareAuthenticator({ id: "localhost", origin })),
    questions: Object.fromEntries(ASKING.map((path) => [path, []])),
  };
}

/** Where a browser is asked to answer by a passkey; the answer goes to the path above. */
const ASKING = ["passkey", "passkeys", "step-up"].map((one) => `/api/session/${one}/options`);

async function openToken(ask: Ask, shop: Shop, at: number): Promise<Token> {
  const holder = `holder-${at}`;
  const post = async (of: string, path: string, body: unknown): Promise<unknown> => {
    const answer = await ask({
      method: "POST",
      path,
      of,
      id: `world-${path}-${at}`.replaceAll("/", "."),
      body,
    });
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const plastic = { holder, number: cardNumber(at), expires: "2036-12" };
  const { id: card } = (await post(CUSTOMERS, "/api/cards", plastic)) as { id: string };
  await post(OPERATOR, `/api/cards/${card}/funds`, { amount: "1000000000" });
  const consent = await consentOf(ask);
  const wanted = { holder, card, scenes: [shop.scene], controls: {}, consent };
  const made = (await post(CUSTOMERS, "/api/tokens", wanted)) as { id: string; number: string };
  return { ...made, holder, card };
}

async function pay(ask: Ask, shop: Shop, at: number): Promise<string> {
  const body = paymentAt(shop, 10_000n, `world-${at}`);
  const id = `world-paid-${at}`;
  const paid = await ask({ method: "POST", path: "/api/authorisations", of: REQUESTOR, id, body });
  assert.equal(paid.status, 201, JSON.stringify(paid.body));
  return (paid.body as { payment: string }).payment;
}

/** A number of the demonstration's range with its check digit (ISO/IEC 7812-1, annex B). */
function cardNumber(at: number): string {
  const head = `999902${String(500_000_000 + at).padStart(9, "0")}`;
  const sum = [...head].toReversed().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${head}${(10 - (sum % 10)) % 10}`;
}

/** Remembers what an answer names or asks, so that later requests can be about it. */
export function learn(
  world: World,
  path: string,
  told: { readonly answer: unknown; readonly person: number },
): void {
  const { answer, person } = told;
  const [, , kind = ""] = path.split("/");
  const questions = world.questions[path];
  if (questions !== undefined && questions.length < KEPT) {
    questions.push({ options: answer as object, person });
  }
  const { id, payment, task } = answer as { id?: string; payment?: string; task?: string };
  if (task !== undefined) world.ids["tasks"]?.add(task);
  else if (kind === "authorisations" && payment !== undefined) world.ids[kind]?.add(payment);
  else if (kind === "cards" && id !== undefined) world.ids[kind]?.add(id);
}

const NAME = { zh: "甲（虚构）", en: "A (fictional)" };

type Asked = { readonly world: World; readonly dice: Dice; readonly turn: number };

const thrownRequestor = (turn: number) => String(20_000_000_000 + turn);

function steps(
  path: string,
  verbs: readonly string[],
  segmentOf: (turn: number) => string,
): Readonly<Record<string, (asked: Asked) => Right>> {
  const right = ({ dice, turn }: Asked) => ({ segment: segmentOf(dice.below(turn + 1)) });
  return Object.fromEntries(verbs.map((verb) => [`POST /api/${path}/${verb}`, right]));
}

/** Right requests that a contract alone does not tell. `turn` is different in each. */
const RIGHT: Readonly<Record<string, (asked: Asked) => Right>> = {
  "POST /api/authorisations": ({ world, dice, turn }) => {
    const at = { ...world.shop, ...dice.pick(world.tokens) };
    return { body: paymentAt(at, BigInt(1 + dice.below(99)), `thrown-${turn}`) };
  },
  "POST /api/authorisations/{id}/captures": ({ dice }) => ({
    body: { amount: String(1 + dice.below(9)), final: dice.chance(1, 4) },
  }),
  "POST /api/authorisations/{id}/refunds": () => ({ body: { amount: "1" } }),
  "POST /api/cards": ({ turn }) => ({
    body: { holder: `holder-t${turn}`, number: cardNumber(CARDS + turn), expires: "2036-12" },
  }),
  "POST /api/cards/{id}/funds": () => ({ body: { amount: "1" } }),
  "POST /api/cards/{id}/returns": () => ({ body: { amount: "1" } }),
  "POST /api/requestors": ({ turn }) => ({
    body: {
      trid: thrownRequestor(turn),
      organisation: "farsail-travel",
      name: { ...NAME },
    },
  }),
  // Steps are tried on what was thrown before, never on the shop by which the rest is tried.
  ...steps("requestors/{trid}", ["activate", "suspend", "resume", "end"], thrownRequestor),
  ...steps("scenes/{scene}", ["suspend", "resume", "end"], (turn) => `scene-${turn}`),
  "POST /api/scenes": ({ world, turn }) => {
    const at = { merchants: ["FARSAIL-AIR"], mccs: ["4511"], channels: ["app"] };
    return { body: { id: `scene-${turn}`, trid: world.shop.trid, ...at, name: { ...NAME } } };
  },
  "POST /api/tokens": ({ world, dice }) => {
    // Of few holders: what a list of tokens costs is tried, and not by every list.
    const { holder, card } = dice.pick(world.tokens.slice(0, 4));
    const { shop, consent } = world;
    return { body: { holder, card, scenes: [shop.scene], controls: {}, consent } };
  },
  "PUT /api/tokens/{id}/controls": ({ world, dice }) => {
    const { id, holder } = dice.pick(world.tokens);
    return { segment: id, body: { holder, controls: { dayAmount: "90000000" } } };
  },
  "POST /api/tokens/{id}/controls/preview": ({ world, dice }) => {
    const { id, holder } = dice.pick(world.tokens);
    return { segment: id, body: { holder, controls: { weekAmount: "90000000" } } };
  },
  "GET /api/tokens/{id}/controls": (asked) => seenBy(asked),
  "GET /api/tokens/{id}/windows": (asked) => seenBy(asked),
  "POST /api/tokens/{id}/explain": ({ world, dice }) => {
    const { id, holder } = dice.pick(world.tokens);
    const at = { merchant: "FARSAIL-AIR", mcc: "4511", channel: "app", scene: world.shop.scene };
    return { segment: id, body: { holder, amount: "100", currency: "CNY", ...at } };
  },
  "POST /api/tokens/{id}/suspend": (asked) => ofHolder(asked),
  "POST /api/tokens/{id}/resume": (asked) => ofHolder(asked),
  "GET /api/tokens": ({ world, dice }) => ({
    query: { holder: dice.pick(world.tokens).holder },
  }),
  "GET /api/declines": ({ world, dice }) => ({
    query: { holder: dice.pick(world.tokens).holder },
  }),
  "POST /api/session/passkeys": ({ world }) => {
    const asked = world.questions["/api/session/passkeys/options"]?.pop();
    if (asked === undefined) return {};
    const response = world.passkeys[asked.person]?.create(asked.options);
    return { body: { name: "A", response }, person: asked.person };
  },
  "POST /api/session/passkey": ({ world, dice }) => {
    const asked = world.questions["/api/session/passkey/options"]?.pop();
    const response = asked && dice.pick(world.passkeys).get(asked.options);
    return response === undefined ? {} : { body: { face: "console", response } };
  },
  "POST /api/session/step-up": ({ world }) => {
    const asked = world.questions["/api/session/step-up/options"]?.pop();
    const response = asked && world.passkeys[asked.person]?.get(asked.options);
    return response === undefined ? {} : { body: { response }, person: asked?.person ?? 0 };
  },
  "GET /api/settlements/{trid}": ({ world }) => ({ segment: world.shop.trid }),
};

function ofHolder({ world, dice }: Asked): Right {
  const { id, holder } = dice.pick(world.tokens);
  return { segment: id, body: { cause: "holder", holder } };
}

function seenBy({ world, dice }: Asked): Right {
  const { id, holder } = dice.pick(world.tokens);
  return { segment: id, query: { holder } };
}

/** A right request of what is served, as far as anything is known of it. */
export function rightOf(label: string, asked: Asked): Right {
  const known = RIGHT[label]?.(asked) ?? {};
  if (known.segment !== undefined) return known;
  const { world, dice } = asked;
  const ring = world.ids[label.split("/")[2] ?? ""]?.kept ?? [];
  if (ring.length > 0) return { ...known, segment: dice.pick(ring) };
  return label.includes("{slug}") ? { ...known, segment: PILOT } : known;
}
