/**
 * A shop's order book: in memory, kept as one JSON file that is replaced whole. What was answered
 * after the last keeping is asked again with the same keys and answered alike, so nothing is lost.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { heldOf, type Order, owedOf, readOrder } from "./order.ts";

/** What the book says of all orders together, in fen. */
export interface BookTotals {
  readonly orders: number;
  readonly owed: bigint;
  readonly held: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
}

export class OrderBook {
  readonly #path: string | undefined;
  readonly #orders = new Map<string, Order>();

  /** Opens the book in a file; without one it lives in memory only. */
  constructor(path?: string) {
    this.#path = path;
    if (path === undefined || !existsSync(path)) return;
    const rows = JSON.parse(readFileSync(path, "utf8")) as unknown[];
    for (const order of rows.map(readOrder)) this.#orders.set(order.number, order);
  }

  find(number: string): Order | undefined {
    return this.#orders.get(number);
  }

  write(order: Order): Order {
    this.#orders.set(order.number, order);
    return order;
  }

  /** Every order, by number. */
  all(): Order[] {
    return [...this.#orders.values()].toSorted((a, b) => (a.number < b.number ? -1 : 1));
  }

  totals(): BookTotals {
    const all = [...this.#orders.values()];
    const sum = (of: (order: Order) => bigint) =>
      all.reduce((total, order) => total + of(order), 0n);
    return {
      orders: all.length,
      ...{ owed: sum(owedOf), held: sum(heldOf) },
      captured: sum((order) => order.captured),
      refunded: sum((order) => order.refunded),
    };
  }

  /** Writes the file beside and moves it into place, so that a kill leaves the old one or the new. */
  keep(): void {
    if (this.#path === undefined) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    const asText = (_: string, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value;
    writeFileSync(`${this.#path}.next`, `${JSON.stringify(this.all(), asText, 1)}\n`);
    renameSync(`${this.#path}.next`, this.#path);
  }
}
