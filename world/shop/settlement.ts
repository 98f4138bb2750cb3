/**
 * A shop's own reading of the bank's settlement files: fetched part by part, believed by the bank's
 * signature alone, added up again, and held against the order book payment by payment.
 */
import { createHash } from "node:crypto";
import type { BankKey } from "../sandbank/bank-key.ts";
import type { SandbankClient } from "../sandbank/client.ts";
import type { OrderBook } from "./book.ts";
import { NotUnderstood } from "./shop.ts";

/** A capture or a refund as the bank has it; amounts are fen. */
export interface Moved {
  readonly kind: "capture" | "refund";
  readonly payment: string;
  readonly amount: bigint;
}

/** A day's file, whole. */
export interface SettlementFile {
  readonly day: string;
  readonly opening: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly paid: bigint;
  readonly closing: bigint;
  readonly moved: readonly Moved[];
}

interface Part {
  readonly text: string;
  readonly digest: string;
  readonly signature: string;
  readonly parts: number;
}

type Totals = Readonly<Record<string, string>>;

interface Asked {
  readonly trid: string;
  readonly day: string;
  readonly form: "json" | "csv";
  readonly bank: BankKey;
}

/** Fetches a day's file. Throws `NotUnderstood` for one that is not signed or does not add up. */
export async function fetchFile(client: SandbankClient, asked: Asked): Promise<SettlementFile> {
  const moved: Moved[] = [];
  let totals: Totals = {};
  for (let part = 1, parts = 1; part <= parts; part += 1) {
    const got = await fetchPart(client, asked, part);
    parts = got.parts;
    const read = asked.form === "json" ? readJson(got.text) : readCsv(got.text);
    totals = read.totals;
    moved.push(...read.moved);
  }
  return wholeOf(asked, totals, moved);
}

async function fetchPart(client: SandbankClient, asked: Asked, part: number): Promise<Part> {
  const { trid, day, form, bank } = asked;
  const path = `/api/settlements/${trid}/files/${day}?form=${form}&part=${part}`;
  const heard = await client.get(path);
  if (heard.said === "no") throw new NotUnderstood(`${heard.code}: ${heard.detail}`);
  const got = heard.body as Part;
  const digest = createHash("sha256").update(got.text).digest("hex");
  if (digest !== got.digest || !bank.signedLine(got.text, got.signature)) {
    throw new NotUnderstood(`the file of ${day} is not signed by the bank`);
  }
  return got;
}

function readJson(text: string): { readonly totals: Totals; readonly moved: Moved[] } {
  const { lines, ...totals } = JSON.parse(text) as Totals & { readonly lines: readonly Totals[] };
  return { totals: totals as Totals, moved: lines.map(movedOf) };
}

/** Records of four kinds, told by their first field; a header names the fields of the next kind. */
function readCsv(text: string): { readonly totals: Totals; readonly moved: Moved[] } {
  const records = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const named = (kind: string, header: string) => {
    const names = records.find(([first]) => first === header) ?? [];
    const those = records.filter(([first]) => first === kind);
    return those.map((fields) => Object.fromEntries(names.map((name, at) => [name, fields[at]])));
  };
  const [totals = {}] = named("total", "control");
  return { totals: totals as Totals, moved: (named("moved", "line") as Totals[]).map(movedOf) };
}

function movedOf({ kind, payment = "", amount = "" }: Totals): Moved {
  if (kind !== "capture" && kind !== "refund") throw new NotUnderstood(`a line of kind ${kind}`);
  return { kind, payment, amount: BigInt(amount) };
}

function wholeOf({ trid, day }: Asked, totals: Totals, moved: readonly Moved[]): SettlementFile {
  const figure = (name: string) => BigInt(totals[name] ?? "");
  const sum = (kind: Moved["kind"]) =>
    moved.reduce((all, one) => (one.kind === kind ? all + one.amount : all), 0n);
  const [opening, paid, closing] = [figure("opening"), figure("paid"), figure("closing")];
  const [captured, refunded] = [figure("captured"), figure("refunded")];
  const holds =
    totals["trid"] === trid &&
    totals["day"] === day &&
    captured === sum("capture") &&
    refunded === sum("refund") &&
    opening + captured - refunded === paid + closing;
  if (!holds) throw new NotUnderstood(`the file of ${day} does not add up`);
  return { day, opening, captured, refunded, paid, closing, moved };
}

/** A payment of which book and files say two things, in fen. */
export interface Difference {
  readonly payment: string;
  readonly book: readonly [captured: bigint, refunded: bigint];
  readonly files: readonly [captured: bigint, refunded: bigint];
}

/** Every payment of which the book and all files together do not say the same. */
export function differences(book: OrderBook, files: readonly SettlementFile[]): Difference[] {
  const inFiles = new Map<string, [bigint, bigint]>();
  for (const { kind, payment, amount } of files.flatMap(({ moved }) => moved)) {
    const sums = inFiles.get(payment) ?? [0n, 0n];
    sums[kind === "capture" ? 0 : 1] += amount;
    inFiles.set(payment, sums);
  }
  const inBook = new Map<string, [bigint, bigint]>();
  for (const { payment, captured, refunded } of book.all()) {
    if (payment !== undefined && captured > 0n) inBook.set(payment, [captured, refunded]);
  }
  const payments = new Set([...inFiles.keys(), ...inBook.keys()]);
  return [...payments]
    .map((payment) => ({
      payment,
      book: inBook.get(payment) ?? ([0n, 0n] as const),
      files: inFiles.get(payment) ?? ([0n, 0n] as const),
    }))
    .filter(({ book: own, files: bank }) => own[0] !== bank[0] || own[1] !== bank[1]);
}
