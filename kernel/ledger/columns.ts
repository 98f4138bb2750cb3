/**
 * Columns of a batch in PostgreSQL's binary form of an array. A ledger's batch is thousands of
 * integers; as text each would be printed and parsed on both sides, which costs five times as much.
 * One dimension only, and no type but the integers of the ledger.
 */
import assert from "node:assert/strict";

const HEAD_BYTES = 20;
const LINES_HEAD_BYTES = 28;
const INT8 = { oid: 20, bytes: 8 } as const;
const INT4 = { oid: 23, bytes: 4 } as const;
const INT2 = { oid: 21, bytes: 2 } as const;
const IS_NULL = -1;

function columnOf(count: number, { oid, bytes }: { oid: number; bytes: number }): DataView {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + count * (4 + bytes));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.setInt32(0, 1);
  view.setInt32(4, 0);
  view.setInt32(8, oid);
  view.setInt32(12, count);
  view.setInt32(16, 1);
  return view;
}

function bytesOf(view: DataView, length: number): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, length);
}

/** An `int8[]` with one element for each row; null stays null. */
export function int8Column<T>(rows: readonly T[], of: (row: T) => bigint | null): Buffer {
  const view = columnOf(rows.length, INT8);
  let at = HEAD_BYTES;
  for (const row of rows) {
    const value = of(row);
    view.setInt32(at, value === null ? IS_NULL : INT8.bytes);
    at += 4;
    if (value === null) continue;
    view.setBigInt64(at, value);
    at += INT8.bytes;
  }
  return bytesOf(view, at);
}

/** An `int4[]`. */
export function int4Column(values: readonly number[]): Buffer {
  const view = columnOf(values.length, INT4);
  let at = HEAD_BYTES;
  for (const value of values) {
    view.setInt32(at, INT4.bytes);
    view.setInt32(at + 4, value);
    at += 4 + INT4.bytes;
  }
  return bytesOf(view, at);
}

/** An `int2[]`. */
export function int2Column<T>(rows: readonly T[], of: (row: T) => number): Buffer {
  const view = columnOf(rows.length, INT2);
  let at = HEAD_BYTES;
  for (const row of rows) {
    view.setInt32(at, INT2.bytes);
    view.setInt16(at + 4, of(row));
    at += 4 + INT2.bytes;
  }
  return bytesOf(view, at);
}

/**
 * Reads what `array_send` made of an `int8[][]`: `of` sees each line in turn. The line is the same
 * array every time, overwritten: take from it what is to be kept. Null stays null.
 */
export function readLines<T>(bytes: Buffer, of: (line: readonly (bigint | null)[]) => T): T[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assert(view.getInt32(0) === 2 && view.getInt32(8) === INT8.oid, "lines of int8");
  const [count, width] = [view.getInt32(12), view.getInt32(20)];
  const line: (bigint | null)[] = Array.from({ length: width }, () => null);
  const found: T[] = [];
  let at = LINES_HEAD_BYTES;
  for (let i = 0; i < count; i += 1) {
    for (let column = 0; column < width; column += 1) {
      const isNull = view.getInt32(at) === IS_NULL;
      line[column] = isNull ? null : view.getBigInt64(at + 4);
      at += isNull ? 4 : 4 + INT8.bytes;
    }
    found.push(of(line));
  }
  return found;
}
