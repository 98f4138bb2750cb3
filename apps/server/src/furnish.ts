/**
 * What the demonstration begins with, so that a newcomer finds a bank at work: two fictional firms
 * that take payments, the scenes in which they do, and one customer who has paid. Each act is asked
 * of a route as the person or firm who may do it, so nothing is written past contracts and guard.
 *
 *   Its last act opens the last scene. Whoever finds that scene knows that all before it was done,
 *   and does nothing: what a visitor ended or erased meanwhile is not brought back. After an
 *   interruption the acts are asked again under the same ids, and the journal answers those that stood.
 */
import type { Route } from "@sandbank/kernel/http";
import type { DemoMade, Identity, Principal } from "@sandbank/kernel/identity";
import { explain, isRefusal, type Text } from "@sandbank/kernel/words";
import { DEMO } from "./demo.ts";

interface Shop {
  readonly trid: string;
  readonly organisation: string;
  readonly scenes: readonly {
    readonly id: string;
    readonly mcc: string;
    readonly name: Text;
  }[];
}

const TRAVEL: Shop = {
  ...{ trid: "99900000001", organisation: "farsail-travel" },
  scenes: [
    { id: "flights", mcc: "4511", name: { zh: "机票", en: "Flights" } },
    { id: "hotels", mcc: "7011", name: { zh: "酒店", en: "Hotels" } },
  ],
};
const LENDER: Shop = {
  ...{ trid: "99900000002", organisation: "lantern-finance" },
  scenes: [{ id: "repayments", mcc: "6012", name: { zh: "还款", en: "Repayments" } }],
};
const LAST_SCENE = "repayments";

/** The customer who has paid, and her card: of a range that no card has. */
const PAYER = "温晴";
const CARD = { number: "9999020000000077", expires: "2031-08" } as const;
/** Fen. */
const CONTROLS = { paymentAmount: "50000", dayAmount: "100000", monthAmount: "500000" } as const;
const FUNDS = "200000";

interface Stage {
  /** Routes of the modules, as the edge has them. */
  readonly routes: readonly Route[];
  readonly identity: Pick<Identity, "findKey">;
}

interface Asked {
  readonly params?: object;
  readonly body?: object;
  /** Names the act for ever; what only reads needs none. */
  readonly id?: string;
  /** The refusal that is wanted, where one is. */
  readonly refusal?: string;
}

/** Asks a route as a principal, as the edge does with what it has read. */
type Asking = <Answer>(of: Principal, route: string, asked?: Asked) => Promise<Answer>;

/** Furnishes a demonstration that was not furnished before. Throws a fault where an act is refused. */
export async function furnish({ routes, identity }: Stage, demo: DemoMade): Promise<void> {
  const ask = askingOf(routes);
  const cast = await castOf(identity, demo);
  const { scenes } = await ask<{ scenes: { id: string }[] }>(cast.operator, "GET /api/scenes");
  if (scenes.some(({ id }) => id === LAST_SCENE)) return;
  await openShop(ask, cast, TRAVEL);
  await payAFewTimes(ask, cast);
  await openShop(ask, cast, LENDER);
}

interface Cast {
  readonly operator: Principal;
  readonly approver: Principal;
  readonly payer: Principal;
  readonly travel: Principal;
}

/** Who acts: people of the demonstration by their Chinese names, and a firm by its key. */
async function castOf(identity: Stage["identity"], { people, keys }: DemoMade): Promise<Cast> {
  const person = (name: string): Principal => {
    const found = people.find((one) => one.name.zh === name);
    if (found === undefined) throw new Error(`the demonstration has no ${name}`);
    const { id, organisation, roles } = found;
    return { kind: "person", id, organisation, roles };
  };
  const key = keys.find(({ organisation }) => organisation === TRAVEL.organisation)?.key;
  const travel = await identity.findKey(`Bearer ${key}`);
  if (isRefusal(travel)) throw new Error(explain(travel, "en").sentence);
  return {
    ...{ operator: person("孙运营"), approver: person("许高管"), payer: person(PAYER) },
    travel,
  };
}

function askingOf(routes: readonly Route[]): Asking {
  const byName = new Map(routes.map((one) => [`${one.method} ${one.path}`, one]));
  return async <Answer>(principal: Principal, name: string, asked: Asked = {}) => {
    const route = byName.get(name);
    if (route === undefined) throw new Error(`there is no ${name}`);
    const { params = {}, body, id = "furnish-reading", refusal } = asked;
    const answer: unknown = await route.handle({
      params: route.params?.parse(params),
      query: route.query?.parse(params),
      body: route.body?.parse(body),
      ...{ principal, lang: "zh", id },
    });
    if (isRefusal(answer) && answer.code !== refusal) {
      throw new Error(`${name}: ${explain(answer, "en").sentence}`);
    }
    return answer as Answer;
  };
}

/** Registers a firm, admits it by two people of the bank, and opens its scenes in their order. */
async function openShop(
  ask: Asking,
  { operator, approver }: Cast,
  { trid, organisation, scenes }: Shop,
): Promise<void> {
  const name = DEMO.organisations.find(({ id }) => id === organisation)?.name;
  const body = { trid, organisation, name };
  await ask(operator, "POST /api/requestors", { body, id: `furnish-${trid}` });
  const admitting = { params: { trid }, id: `furnish-${trid}-admit` };
  const activate = "POST /api/requestors/{trid}/activate";
  const { task } = await ask<{ task: string }>(operator, activate, admitting);
  const approving = { params: { id: task }, body: {}, id: `furnish-${trid}-approve` };
  await ask(approver, "POST /api/tasks/{id}/approve", approving);
  for (const { id, mcc, name: called } of scenes) {
    const scene = { id, trid, merchants: [], mccs: [mcc], channels: [], name: called };
    await ask(operator, "POST /api/scenes", { body: scene, id: `furnish-scene-${id}` });
  }
}

/** Binds a card, makes a token, and pays three times: taken, on hold, and above a limit. */
async function payAFewTimes(ask: Asking, cast: Cast): Promise<void> {
  const { operator, payer, travel } = cast;
  const holder = payer.id;
  const card = await ask<{ id: string }>(payer, "POST /api/cards", {
    ...{ body: { holder, ...CARD }, id: "furnish-card" },
  });
  await ask(operator, "POST /api/cards/{id}/funds", {
    ...{ params: { id: card.id }, body: { amount: FUNDS }, id: "furnish-funds" },
  });
  const text = await ask<{ version: number; hash: string }>(payer, "GET /api/consent-text");
  const consent = { version: text.version, hash: text.hash };
  const scenes = TRAVEL.scenes.map(({ id }) => id);
  const wanted = { holder, card: card.id, scenes, controls: CONTROLS, consent };
  const token = await ask<{ number: string }>(payer, "POST /api/tokens", {
    ...{ body: wanted, id: "furnish-token" },
  });
  const pay = (amount: string, where: object, refusal?: string) => {
    const usual = { currency: "CNY", channel: "app", reference: `demo-${amount}` };
    const body = { ...usual, ...where, token: token.number, amount };
    const asked = { body, id: `furnish-pay-${amount}`, ...(refusal && { refusal }) };
    return ask<{ payment: string }>(travel, "POST /api/authorisations", asked);
  };
  const flight = { scene: "flights", mcc: "4511", merchant: "FARSAIL-AIR" };
  const { payment } = await pay("48000", flight);
  await ask(travel, "POST /api/authorisations/{id}/captures", {
    ...{ params: { id: payment }, body: { amount: "48000", final: true }, id: "furnish-capture" },
  });
  await pay("26000", { scene: "hotels", mcc: "7011", merchant: "FARSAIL-HOTEL" });
  await pay("56000", flight, "payment_declined");
}
