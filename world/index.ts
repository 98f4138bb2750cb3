export { machineNow, machineNowText, pause } from "./clock.ts";
export {
  type Door,
  type Failed,
  type Heard,
  NotReached,
  SandbankClient,
} from "./sandbank/client.ts";
export { type BookTotals, OrderBook } from "./shop/book.ts";
export {
  type Basket,
  type Deed,
  heldOf,
  type Order,
  type OrderState,
  owedOf,
} from "./shop/order.ts";
export {
  type Article,
  type Compared,
  NotUnderstood,
  type Reconciled,
  Shop,
  type ShopFront,
} from "./shop/shop.ts";
export { type RunningPage, shopPage, startPage, yuan } from "./shop/page.ts";
export { FARSAIL } from "./travel/travel.ts";
export { LANTERN } from "./consumer-finance/consumer-finance.ts";
