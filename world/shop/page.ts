/**
 * The page of a shop: its figures and latest orders, server-rendered in Chinese and English, and
 * labelled simulated. It shows and never acts; a token appears by its last four digits only.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Order, OrderState } from "./order.ts";
import type { Shop } from "./shop.ts";

type Lang = "zh" | "en";
type Text = Readonly<Record<Lang, string>>;

const ORDERS_SHOWN = 50;

const WORDS = {
  simulated: {
    zh: "模拟：这家商户是虚构的，没有真实的人、货物或款项。",
    en: "Simulated: this shop is fictional; there are no real people, goods or money.",
  },
  tag: { zh: "模拟", en: "simulated" },
  orders: { zh: "订单数", en: "Orders" },
  captured: { zh: "已请款", en: "Captured" },
  refunded: { zh: "已退款", en: "Refunded" },
  held: { zh: "已授权未请款", en: "Authorised, not captured" },
  owed: { zh: "应收银行", en: "Owed by the bank" },
  latest: { zh: "最近的订单", en: "Latest orders" },
  number: { zh: "订单号", en: "Order" },
  article: { zh: "项目", en: "Article" },
  amount: { zh: "金额", en: "Amount" },
  token: { zh: "支付标记", en: "Token" },
  state: { zh: "状态", en: "State" },
  none: { zh: "还没有订单。", en: "There are no orders yet." },
  other: { zh: "English", en: "中文" },
  yuan: { zh: "元", en: "CNY" },
} satisfies Record<string, Text>;

const STATES: Readonly<Record<OrderState, Text>> = {
  placed: { zh: "已下单", en: "Placed" },
  declined: { zh: "已拒绝", en: "Declined" },
  authorised: { zh: "已授权", en: "Authorised" },
  part_captured: { zh: "部分请款", en: "Captured in part" },
  captured: { zh: "已请款", en: "Captured" },
  voided: { zh: "已撤销", en: "Voided" },
  expired: { zh: "已过期", en: "Expired" },
};

const STYLE = `body{font:16px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1b1b1b;background:#fff}.tag{border:2px solid #8a4b00;color:#8a4b00;
border-radius:.3rem;padding:0 .5rem;font-size:1rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1.5rem}
dd{margin:0;font-variant-numeric:tabular-nums}table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #ddd}.n{text-align:end;font-variant-numeric:tabular-nums}`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Fen as yuan: 123456n is `1,234.56`. */
export function yuan(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0n ? "-" : ""}${whole}.${digits.slice(-2)}`;
}

/** The whole page as HTML. */
export function shopPage(shop: Shop, lang: Lang): string {
  const { front, book } = shop;
  const totals = book.totals();
  const other: Lang = lang === "zh" ? "en" : "zh";
  const money = (fen: bigint) => `${yuan(fen)} ${WORDS.yuan[lang]}`;
  const figures = (["captured", "refunded", "owed", "held"] as const)
    .map((name) => `<dt>${WORDS[name][lang]}</dt><dd>${money(totals[name])}</dd>`)
    .join("");
  const latest = book.all().slice(-ORDERS_SHOWN).toReversed();
  const rows = latest.map((order) => rowOf(shop, order, lang)).join("");
  const heads = (["number", "article", "token", "amount", "state"] as const)
    .map(
      (name) => `<th scope="col"${name === "amount" ? ' class="n"' : ""}>${WORDS[name][lang]}</th>`,
    )
    .join("");
  const table = `<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
  return `<!doctype html><html lang="${lang === "zh" ? "zh-Hans" : "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escape(front.name[lang])} · ${WORDS.tag[lang]}</title>
<style>${STYLE}</style></head><body><header><a href="/${other}/" lang="${other}">${WORDS.other[lang]}</a>
<h1>${escape(front.name[lang])} <span class="tag">${WORDS.tag[lang]}</span></h1><p>${WORDS.simulated[lang]}</p></header>
<main><dl><dt>${WORDS.orders[lang]}</dt><dd>${totals.orders}</dd>${figures}</dl>
<h2>${WORDS.latest[lang]}</h2>${latest.length === 0 ? `<p>${WORDS.none[lang]}</p>` : table}</main></body></html>\n`;
}

function rowOf(shop: Shop, order: Order, lang: Lang): string {
  const article = shop.front.articles.find((one) => one.id === order.article);
  const cells = [
    escape(order.number),
    escape(article?.name[lang] ?? order.article),
    `…${escape(order.token.slice(-4))}`,
  ];
  const first = cells.map((cell) => `<td>${cell}</td>`).join("");
  return `<tr>${first}<td class="n">${yuan(order.amount)}</td><td>${STATES[order.state][lang]}</td></tr>`;
}

export interface RunningPage {
  readonly origin: string;
  end(): Promise<void>;
}

/** Serves the page at `/zh/` and `/en/` on this machine only; port 0 takes any free one. */
export async function startPage(shop: Shop, port = 0): Promise<RunningPage> {
  const server: Server = createServer((request, response) => {
    const lang = /^\/(zh|en)\/$/.exec(request.url ?? "")?.[1] as Lang | undefined;
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    };
    if (request.method !== "GET") response.writeHead(405, headers).end();
    else if (lang) response.writeHead(200, headers).end(shopPage(shop, lang));
    else if (request.url === "/") response.writeHead(302, { location: "/zh/" }).end();
    else response.writeHead(404, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${taken}`,
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
