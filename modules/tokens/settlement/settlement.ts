/**
 * Settling with a requestor, day by day in Shanghai: what was left before, plus what was captured,
 * less what was refunded, is paid out; refunds above that are carried into the next day. The source
 * names no fees, so there are none. Pure.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { toIso } from "@sandbank/kernel/clock";
import type { SettledAnswer } from "../contract.ts";
import type { Movement } from "./movement.store.ts";

/** How much moved in a day. Amounts are fen. */
export interface DayMoved {
  readonly captures: bigint;
  readonly captured: bigint;
  readonly refunds: bigint;
  readonly refunded: bigint;
}

/** A day as it was settled, from the requestor's side: `closing` is below 0 if refunds are carried. */
export interface Settled extends DayMoved {
  readonly opening: bigint;
  readonly paid: bigint;
  readonly closing: bigint;
}

/** What is paid out, and what is left. */
export function settledOf(opening: bigint, moved: DayMoved): Settled {
  const due = opening + moved.captured - moved.refunded;
  const paid = due > 0n ? due : 0n;
  return { ...moved, opening, paid, closing: due - paid };
}

/** The same day of several partitions, added up. */
export function sumOf(days: readonly Settled[]): Settled {
  const sum = (of: (day: Settled) => bigint) => days.reduce((total, day) => total + of(day), 0n);
  return {
    opening: sum((day) => day.opening),
    captures: sum((day) => day.captures),
    captured: sum((day) => day.captured),
    refunds: sum((day) => day.refunds),
    refunded: sum((day) => day.refunded),
    paid: sum((day) => day.paid),
    closing: sum((day) => day.closing),
  };
}

/** A settled day as callers see it. */
export function shownDay(trid: string, day: string, settled: Settled): SettledAnswer {
  const { opening, captures, captured, refunds, refunded, paid, closing } = settled;
  return {
    ...{ trid, day, opening: String(opening) },
    ...{ captures: String(captures), captured: String(captured) },
    ...{ refunds: String(refunds), refunded: String(refunded) },
    ...{ paid: String(paid), closing: String(closing) },
  };
}

/** A line of a file. */
export interface Line extends Omit<Movement, "id"> {
  readonly at: Instant;
}

/** Lines of one part of a file. */
export const PART_LINES_MAX = 10_000;

/** How many parts a file of so many lines has; one that is empty has one. */
export function partsOf(lines: bigint, most = PART_LINES_MAX): number {
  return Math.max(1, Math.ceil(Number(lines) / most));
}

export interface FilePart {
  readonly control: SettledAnswer;
  readonly part: number;
  readonly parts: number;
  readonly lines: readonly Line[];
}

/** The text of a part: what is signed. The control totals are those of the whole day in each part. */
export const TEXT_OF = { json: jsonText, csv: csvText } as const;

function jsonText({ control, part, parts, lines }: FilePart): string {
  const shown = lines.map(({ amount, at, ...line }) => ({
    ...line,
    ...{ amount: String(amount), at: toIso(at) },
  }));
  return `${JSON.stringify({ version: 1, ...control, part, parts, lines: shown })}\n`;
}

const CONTROL = [
  ...(["trid", "day", "opening", "captures", "captured", "refunds", "refunded"] as const),
  ...(["paid", "closing"] as const),
] as const;
const LINE = ["kind", "payment", "merchant", "scene", "amount"] as const;

/** Commas and line feeds: the first field of each record says what the record is. */
function csvText({ control, part, parts, lines }: FilePart): string {
  const records = [
    ["control", ...CONTROL, "part", "parts"],
    ["total", ...CONTROL.map((name) => control[name]), String(part), String(parts)],
    ["line", ...LINE, "at"],
    ...lines.map((line) => ["moved", ...LINE.map((name) => String(line[name])), toIso(line.at)]),
  ];
  return records.map((record) => `${record.map(csvField).join(",")}\n`).join("");
}

/** A name that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(text: string): string {
  const plain = /^(-?[0-9]+|[^=+\-@].*|)$/s.test(text) ? text : `'${text}`;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
