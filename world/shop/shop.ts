/**
 * A shop that takes payments by token: order, authorise, then capture (whole or in parts), void or
 * refund, and reconcile with the bank to the fen. It knows a token's number and nothing of the card;
 * it does what its customers order and never looks behind a "no".
 */
import type { Heard, SandbankClient } from "../sandbank/client.ts";
import type { OrderBook } from "./book.ts";
import { type Basket, type Deed, type Order, type OrderState, placed } from "./order.ts";

/** What people see of a shop. Every shop of this world is fictional and says so. */
export interface ShopFront {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** Token requestor id, 11 digits. */
  readonly trid: string;
  readonly articles: readonly Article[];
}

export interface Article {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly merchant: string;
  /** Merchant category code, ISO 18245. */
  readonly mcc: string;
  readonly scene: string;
  readonly channel: string;
}

/** One figure as the shop's book and as the bank has it, in fen. */
export interface Compared {
  readonly book: bigint;
  readonly bank: bigint;
}

export interface Reconciled {
  readonly agrees: boolean;
  /** Over all days: what the bank has paid, and what it still owes. */
  readonly owed: Compared;
  readonly held: Compared;
  /** What the bank says that it has paid on the days that it has settled. */
  readonly paid: bigint;
}

/** The bank answered something that its OpenAPI document does not promise. */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";
}

interface Standing {
  readonly state: OrderState;
  readonly captured: string;
  readonly refunded: string;
}

/** A page of settled days; `next` is what to ask for the following one with. */
interface Statement {
  readonly days: readonly { readonly paid: string }[];
  readonly next: string | null;
}

export class Shop {
  readonly front: ShopFront;
  readonly book: OrderBook;
  readonly #client: SandbankClient;

  constructor(
    front: ShopFront,
    parts: { readonly client: SandbankClient; readonly book: OrderBook },
  ) {
    this.front = front;
    this.book = parts.book;
    this.#client = parts.client;
  }

  /** Writes the order down, then asks for the money. Asked again, answers what it knows already. */
  async order(basket: Basket): Promise<Order> {
    const order = this.book.find(basket.number) ?? this.book.write(placed(basket));
    if (order.state !== "placed") return order;
    const { number, token, amount, merchant, mcc, channel, scene } = basket;
    const heard = await this.#client.post("/api/authorisations", this.#key(number, "authorise"), {
      ...{ token, amount: amount.toString(), currency: "CNY", merchant, mcc, channel, scene },
      reference: number,
    });
    if (heard.said === "no") {
      const seen = heard.failed.find((one) => one.code !== heard.code)?.code;
      const code = seen === undefined ? heard.code : `${heard.code}/${seen}`;
      return this.book.write({ ...order, state: "declined", code });
    }
    const { payment } = heard.body as { readonly payment: string };
    return this.book.write({ ...order, state: "authorised", payment });
  }

  /** Takes `amount` of the authorised money; `final` gives the rest back to the customer. */
  capture(
    number: string,
    taken: { readonly part: number; readonly amount: bigint; readonly final: boolean },
  ): Promise<Deed> {
    const { part, amount, final } = taken;
    const body = { amount: amount.toString(), final };
    return this.#deed({ number, verb: "capture", part, amount }, "captures", body);
  }

  /** Gives the whole authorisation back. */
  void(number: string): Promise<Deed> {
    return this.#deed({ number, verb: "void", part: 1, amount: 0n }, "void", {});
  }

  refund(number: string, back: { readonly part: number; readonly amount: bigint }): Promise<Deed> {
    const { part, amount } = back;
    const body = { amount: amount.toString() };
    return this.#deed({ number, verb: "refund", part, amount }, "refunds", body);
  }

  /** Asks the bank how an order stands: an authorisation ends without the shop if it waits too long. */
  async look(number: string): Promise<Order> {
    const order = this.#known(number);
    if (order.payment === undefined) return order;
    const heard = await this.#client.get(`/api/authorisations/${order.payment}`);
    return this.#stands(order, heard);
  }

  /** Compares the book with the bank's settlement, to the fen. */
  async reconcile(): Promise<Reconciled> {
    const heard = await this.#client.get(`/api/settlements/${this.front.trid}`);
    const bank = bodyOf(heard) as { readonly owed: string; readonly held: string };
    const paid = await this.#paid();
    const book = this.book.totals();
    const owed = { book: book.owed, bank: paid + BigInt(bank.owed) };
    const held = { book: book.held, bank: BigInt(bank.held) };
    return { agrees: owed.book === owed.bank && held.book === held.bank, owed, held, paid };
  }

  /** Adds up the statement of settled days, page by page. */
  async #paid(): Promise<bigint> {
    let paid = 0n;
    let before: string | null | undefined;
    for (; before !== null;) {
      const page = before === undefined ? "" : `?before=${before}`;
      const heard = await this.#client.get(`/api/settlements/${this.front.trid}/files${page}`);
      const { days, next } = bodyOf(heard) as Statement;
      for (const day of days) paid += BigInt(day.paid);
      before = next;
    }
    return paid;
  }

  async #deed(
    asked: {
      readonly number: string;
      readonly verb: Deed["verb"];
      readonly part: number;
      readonly amount: bigint;
    },
    route: "captures" | "void" | "refunds",
    body: unknown,
  ): Promise<Deed> {
    const { number, verb, part, amount } = asked;
    const order = this.#known(number);
    const key = this.#key(number, `${verb}-${part}`);
    const done = order.deeds[key];
    if (done !== undefined) return done;
    const { payment } = order;
    if (payment === undefined) throw new Error(`order ${number} was never authorised`);
    const heard = await this.#client.post(`/api/authorisations/${payment}/${route}`, key, body);
    const deed: Deed = heard.said === "yes" ? { verb, amount } : { verb, amount, code: heard.code };
    const stands = heard.said === "yes" ? this.#stands(order, heard) : order;
    this.book.write({ ...stands, deeds: { ...order.deeds, [key]: deed } });
    return deed;
  }

  #stands(order: Order, heard: Heard): Order {
    const { state, captured, refunded } = bodyOf(heard) as Standing;
    return this.book.write({
      ...order,
      state,
      captured: BigInt(captured),
      refunded: BigInt(refunded),
    });
  }

  #known(number: string): Order {
    const order = this.book.find(number);
    if (order === undefined) throw new Error(`no order ${number} in the book`);
    return order;
  }

  /** The key of an act: the same order and act give the same key, on any day and any machine. */
  #key(number: string, act: string): string {
    return `${this.front.id}.${number}.${act}`;
  }
}

function bodyOf(heard: Heard): unknown {
  if (heard.said === "yes") return heard.body;
  throw new NotUnderstood(`${heard.status} ${heard.code}: ${heard.detail}`);
}
