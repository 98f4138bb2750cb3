export { machineNow, machineNowText, pause } from "./clock.ts";
export {
  type Door,
  type Failed,
  type Heard,
  NotReached,
  SandbankClient,
  type Tried,
} from "./sandbank/client.ts";
export { demoCardNumber } from "./sandbank/card-number.ts";
export { BankKey } from "./sandbank/bank-key.ts";
export { type FormAnswer, FormClient } from "./sandbank/forms.ts";
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
export { type Difference, differences, fetchFile } from "./shop/settlement.ts";
export type { SettlementFile } from "./shop/settlement.ts";
export { FormCounter } from "./consumer-finance/counter.ts";
export { FARSAIL } from "./travel/travel.ts";
export { LANTERN } from "./consumer-finance/consumer-finance.ts";
export { type Business, type Entry, Institution } from "./institution/institution.ts";
export type { InstitutionFront } from "./institution/institution.ts";
export { HARBOUR } from "./institution/ferry-payments.ts";
export { businessOfMonth } from "./institution/month.ts";
export { FURROW } from "./institution/microcredit.ts";
export { EAVES } from "./institution/mortgage.ts";
export { TRELLIS } from "./institution/open-bank.ts";
export { PEBBLE } from "./institution/phone-pos.ts";
export { HARROW } from "./institution/provenance.ts";
export { type PermitAct, PermitClient, type PermitResult } from "./sandbank/permits.ts";
export type { Arrived } from "./post/letter.ts";
export { type PostAsked, type RunningPost, startPost } from "./post/post.ts";
export { RequestSigner } from "./sandbank/signing.ts";
