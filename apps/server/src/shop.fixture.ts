/**
 * A requestor with a scene, and a holder with a card, money and a token, all made through the API:
 * what it takes before a payment can be asked for. Everybody here is fictional.
 */
import assert from "node:assert/strict";

/** One request as a test makes it. `of` is whose key, as `organisation/name`. */
export interface Asking {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly of: string;
  /** The Idempotency-Key. */
  readonly id?: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export type Ask = (asking: Asking) => Promise<Answer>;

export const PILOT = "payment-tokens";
export const REQUESTOR = "farsail-travel/requestor";
export const OPERATOR = "sandbar-bank/operator";
export const SECOND = "sandbar-bank/approver";
export const CUSTOMERS = "sandbar-bank/customers";
export const AUDITOR = "auditor/auditor";

/** What a shop works with. */
export interface Shop {
  readonly trid: string;
  readonly scene: string;
  readonly holder: string;
  readonly card: string;
  readonly token: string;
  readonly number: string;
}

const TRID = "10100000001";
const SCENE = "farsail-trips";
const HOLDER = "holder-lin";
const CARD_NUMBER = "9999020000000002";

interface Made {
  readonly id?: string;
  readonly task?: string;
}

/** Makes a shop; made again with the same `name` it is the same one. */
export async function openShop(ask: Ask, name: string, funds: bigint): Promise<Shop> {
  const post = async (of: string, path: string, body: unknown): Promise<Made> => {
    const id = `${name}${path.replaceAll(/[^a-z]+/g, ".")}`;
    const answer = await ask({ method: "POST", path, of, id, body });
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  };
  const named = { zh: "远帆旅行（虚构）", en: "Farsail Travel (fictional)" };
  const organisation = "farsail-travel";
  await post(OPERATOR, "/api/requestors", { trid: TRID, organisation, name: named });
  const proposed = await post(OPERATOR, `/api/requestors/${TRID}/activate`, {});
  await post(SECOND, `/api/tasks/${proposed.task}/approve`, {});
  const at = { merchants: ["FARSAIL-AIR"], mccs: ["4511"], channels: ["app"] };
  await post(OPERATOR, "/api/scenes", { id: SCENE, trid: TRID, ...at, name: named });
  const plastic = { holder: HOLDER, number: CARD_NUMBER, expires: "2036-12" };
  const { id: card = "" } = await post(CUSTOMERS, "/api/cards", plastic);
  await post(OPERATOR, `/api/cards/${card}/funds`, { amount: funds.toString() });
  const consent = await consentOf(ask);
  const wanted = { holder: HOLDER, card, scenes: [SCENE], controls: {}, consent };
  const made = (await post(CUSTOMERS, "/api/tokens", wanted)) as { id: string; number: string };
  const { id: token, number } = made;
  return { trid: TRID, scene: SCENE, holder: HOLDER, card, token, number };
}

/** The text in use, as a holder agrees to it who was shown it. */
export async function consentOf(ask: Ask): Promise<{ version: number; hash: string }> {
  const { status, body } = await ask({ path: "/api/consent-text", of: CUSTOMERS });
  assert.equal(status, 200, JSON.stringify(body));
  const { version, hash } = body as { version: number; hash: string };
  return { version, hash };
}

/** The body of an authorisation at this shop. */
export function paymentAt({ number, scene }: Shop, amount: bigint, reference: string) {
  return {
    token: number,
    amount: amount.toString(),
    currency: "CNY",
    ...{ merchant: "FARSAIL-AIR", mcc: "4511", channel: "app", scene },
    reference,
  };
}

/** Asks a server over a socket. */
export function asking(server: { readonly origin: string; key(of: string): string }): Ask {
  return async ({ method = "GET", path, of, id, body }) => {
    const answer = await fetch(`${server.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${server.key(of)}`,
        ...(id === undefined ? {} : { "idempotency-key": id }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
}

interface Books {
  readonly differing: readonly string[];
  readonly books: readonly {
    readonly book: string;
    readonly debits: string;
    readonly credits: string;
    readonly pending_debits: string;
    readonly pending_credits: string;
  }[];
}

/** The auditor's books hold: accounts are their history, and the money balances. */
export async function proveBooks(ask: Ask): Promise<Books> {
  const path = `/api/pilots/${PILOT}/books`;
  const { status, body } = await ask({ path, of: AUDITOR });
  assert.equal(status, 200, JSON.stringify(body));
  const books = body as Books;
  assert.deepEqual(books.differing, []);
  const money = books.books.filter(({ book }) => book === "money:CNY");
  assert.equal(money.length, 1);
  for (const row of money) {
    assert.equal(row.debits, row.credits);
    assert.equal(row.pending_debits, row.pending_credits);
  }
  return books;
}
