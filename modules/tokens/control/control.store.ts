/** Versions of controls in the database: only ever appended. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import type { Control } from "./control.ts";

interface ControlRow {
  readonly token: string;
  readonly version: number;
  readonly payment_amount: bigint | null;
  readonly day_amount: bigint | null;
  readonly day_count: bigint | null;
  readonly month_amount: bigint | null;
  readonly hours: string | null;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly at: string;
}

/** Adds a version of a token's controls. */
export const addControl: Effect<ControlRow> = {
  statement: statement(
    "tokens.add_control",
    `insert into tokens.control (partition, token, version, payment_amount, day_amount, day_count,
       month_amount, hours, first_day, last_day, at)
     select $1, * from unnest($2::uuid[], $3::int[], $4::int8[], $5::int8[], $6::int8[],
       $7::int8[], $8::text[], $9::date[], $10::date[], $11::timestamptz[])`,
  ),
  columns: [
    ...(["token", "version", "payment_amount", "day_amount", "day_count", "month_amount"] as const),
    ...(["hours", "first_day", "last_day", "at"] as const),
  ],
};

/** A control as its row. */
export function controlRow(token: string, control: Control, at: string): ControlRow {
  return {
    ...{ token, version: control.version, at },
    payment_amount: control.paymentAmount,
    day_amount: control.dayAmount,
    day_count: control.dayCount,
    month_amount: control.monthAmount,
    hours: control.hours,
    first_day: control.firstDay,
    last_day: control.lastDay,
  };
}

/** Columns of a control `k` as statements of other nouns select them, in this order. */
export const CONTROL_COLUMNS = `k.version, k.payment_amount, k.day_amount, k.day_count,
  k.month_amount, k.hours, k.first_day::text, k.last_day::text`;

/** Reads `CONTROL_COLUMNS` from a row of columns, beginning at a place. */
export function readControl(row: readonly unknown[], from: number): Control {
  const [version, paymentAmount, dayAmount, dayCount] = row.slice(from, from + 4);
  const [monthAmount, hours, firstDay, lastDay] = row.slice(from + 4, from + 8);
  const read = { version, paymentAmount, dayAmount, dayCount, monthAmount, hours, firstDay };
  return { ...read, lastDay } as Control;
}
