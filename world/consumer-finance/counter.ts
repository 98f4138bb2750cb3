/**
 * The counter of a firm that speaks the form edge: instalments are paid at once, fees authorised and
 * captured, what was paid twice goes back. It writes the same order book as a shop that speaks JSON.
 */
import type { FormAnswer, FormAsked, FormClient } from "../sandbank/forms.ts";
import type { OrderBook } from "../shop/book.ts";
import { type Basket, type Deed, type Order, type OrderState, placed } from "../shop/order.ts";
import { NotUnderstood, type ShopFront } from "../shop/shop.ts";

const DONE = "00";
const DECLINED = "30";
const CNY = "156";
const CHANNEL_TYPES: Readonly<Record<string, string>> = { web: "07", app: "08" };

export class FormCounter {
  readonly front: ShopFront;
  readonly book: OrderBook;
  readonly #client: FormClient;
  readonly #now: () => Promise<string>;

  /** `now` tells the time of the bank's clock as a `txnTime`, which is when a message is first sent. */
  constructor(
    front: ShopFront,
    parts: {
      readonly client: FormClient;
      readonly book: OrderBook;
      now(): Promise<string>;
    },
  ) {
    this.front = front;
    this.book = parts.book;
    this.#client = parts.client;
    this.#now = () => parts.now();
  }

  /** Pays at once. */
  async pay(basket: Basket): Promise<Order> {
    return this.#begin(basket, "01");
  }

  /** Authorises: the money is held until it is captured or let go. */
  async authorise(basket: Basket): Promise<Order> {
    return this.#begin(basket, "02");
  }

  /** Takes `amount` of what is held and lets the rest go. */
  capture(number: string, amount: bigint): Promise<Deed> {
    return this.#deed(number, { verb: "capture", txnType: "03", amount });
  }

  void(number: string): Promise<Deed> {
    return this.#deed(number, { verb: "void", txnType: "32", amount: 0n });
  }

  refund(number: string, amount: bigint): Promise<Deed> {
    return this.#deed(number, { verb: "refund", txnType: "04", amount });
  }

  async #begin(basket: Basket, txnType: "01" | "02"): Promise<Order> {
    const known = this.book.find(basket.number) ?? this.book.write(placed(basket));
    if (known.state !== "placed") return known;
    const order = await this.#dated(known, txnType);
    const { token, amount, scene, mcc, channel } = basket;
    const more = {
      ...{ txnAmt: amount.toString(), currencyCode: CNY },
      channelType: CHANNEL_TYPES[channel] ?? "08",
      reserved: `{scene=${scene}&mcc=${mcc}}`,
    };
    const heard = await this.#ask(order, { txnType, more, token });
    if (heard.respCode === DECLINED) {
      return this.book.write({ ...order, state: "declined", code: DECLINED });
    }
    const payment = queryIdOf(heard);
    const captured = txnType === "01" ? amount : 0n;
    const state: OrderState = txnType === "01" ? "captured" : "authorised";
    return this.book.write({ ...order, state, payment, captured });
  }

  async #deed(
    number: string,
    asked: {
      readonly verb: Deed["verb"];
      readonly txnType: "03" | "04" | "32";
      readonly amount: bigint;
    },
  ): Promise<Deed> {
    const { verb, txnType, amount } = asked;
    const known = this.#known(number);
    const done = known.deeds[verb];
    if (done !== undefined) return done;
    const order = await this.#dated(known, txnType);
    const sum = verb === "void" ? {} : { txnAmt: amount.toString(), currencyCode: CNY };
    const more = { origQryId: order.payment ?? "", ...sum };
    const heard = await this.#ask(order, { txnType, more });
    const { respCode = "" } = heard;
    const deed: Deed = respCode === DONE ? { verb, amount } : { verb, amount, code: respCode };
    const deeds = { ...order.deeds, [verb]: deed };
    this.book.write({ ...(respCode === DONE ? after(order, asked) : order), deeds });
    return deed;
  }

  /** Writes down when a message is first sent: with the order it names an act, today and again. */
  async #dated(order: Order, txnType: FormAsked["txnType"]): Promise<Order> {
    const { times = {} } = order;
    if (times[txnType] !== undefined) return order;
    return this.book.write({ ...order, times: { ...times, [txnType]: await this.#now() } });
  }

  #ask(order: Order, asked: Pick<FormAsked, "txnType" | "more" | "token">): Promise<FormAnswer> {
    const orderId = order.number.replaceAll(/[^A-Za-z0-9]/g, "").padEnd(8, "0");
    const txnTime = order.times?.[asked.txnType] ?? "";
    const named = { merId: order.merchant, orderId, txnTime };
    return this.#client.send({ ...named, ...asked });
  }

  #known(number: string): Order {
    const order = this.book.find(number);
    if (order?.payment === undefined) throw new Error(`no payment of order ${number} in the book`);
    return order;
  }
}

function after(
  order: Order,
  { verb, amount }: { readonly verb: Deed["verb"]; readonly amount: bigint },
): Order {
  if (verb === "capture") return { ...order, state: "captured", captured: amount };
  if (verb === "void") return { ...order, state: "voided" };
  return { ...order, refunded: order.refunded + amount };
}

function queryIdOf(heard: FormAnswer): string {
  const { respCode, respMsg, queryId } = heard;
  if (respCode === DONE && queryId !== undefined) return queryId;
  throw new NotUnderstood(`${respCode}: ${respMsg}`);
}
