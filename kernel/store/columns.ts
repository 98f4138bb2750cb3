/**
 * Columns of a batch in PostgreSQL's binary form of an array. A batch is thousands of values; as
 * text each would be printed or quoted here and parsed there, which costs up to five times as much.
 * One dimension only, and no types but those of hot rows.
 */
import assert from "node:assert/strict";

const HEAD_BYTES = 20;
const LINES_HEAD_BYTES = 28;
const INT8 = { oid: 20, bytes: 8 } as const;
const INT4 = { oid: 23, bytes: 4 } as const;
const INT2 = { oid: 21, bytes: 2 } as const;
const UUID = { oid: 2950, bytes: 16 } as const;
const TEXT_OID = 25;
const BYTEA_OID = 17;
const IS_NULL = -1;

function columnOf(count: number, { oid, bytes }: { oid: number; bytes: number }): DataView {
  return headOf(count, oid, HEAD_BYTES + count * (4 + bytes));
}

/** Dimensions, no nulls told, type of the elements, their number, lower bound. */
function headOf(count: number, oid: number, most: number): DataView {
  const buffer = Buffer.allocUnsafe(most);
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
 * A `text[]`; null stays null. PostgreSQL's text holds no U+0000 and nothing that UTF-8 cannot write:
 * a value with either throws. `bytesMax` bounds each element; a longer one throws too.
 */
export function textColumn<T>(
  rows: readonly T[],
  of: (row: T) => string | null,
  bytesMax = Infinity,
): Buffer {
  const texts = rows.map(of);
  let most = HEAD_BYTES;
  for (const text of texts) most += 4 + (text === null ? 0 : text.length * 3);
  const view = headOf(texts.length, TEXT_OID, most);
  const bytes = bytesOf(view, most);
  let at = HEAD_BYTES;
  for (const text of texts) {
    const length = text === null ? 0 : bytes.write(text, at + 4, "utf8");
    if (text !== null) refuseUnwritable(text, length);
    if (length > bytesMax) throw new RangeError(`a text of ${length} bytes, at most ${bytesMax}`);
    view.setInt32(at, text === null ? IS_NULL : length);
    at += 4 + length;
  }
  return bytes.subarray(0, at);
}

/** Only a text with more bytes than characters can hold half a surrogate pair. */
function refuseUnwritable(text: string, bytes: number): void {
  if (text.includes("\0")) throw new RangeError("text with U+0000");
  if (bytes !== text.length && !text.isWellFormed()) {
    throw new RangeError("text with half a surrogate pair");
  }
}

/** A `bytea[]`. */
export function byteaColumn<T>(rows: readonly T[], of: (row: T) => Uint8Array): Buffer {
  const values = rows.map(of);
  const most = values.reduce((sum, value) => sum + 4 + value.length, HEAD_BYTES);
  const view = headOf(values.length, BYTEA_OID, most);
  const bytes = bytesOf(view, most);
  let at = HEAD_BYTES;
  for (const value of values) {
    view.setInt32(at, value.length);
    bytes.set(value, at + 4);
    at += 4 + value.length;
  }
  return bytes;
}

/** A `uuid[]` from ids in their usual text; null stays null. Throws on what is no such text. */
export function uuidColumn<T>(rows: readonly T[], of: (row: T) => string | null): Buffer {
  const view = columnOf(rows.length, UUID);
  const bytes = bytesOf(view, view.byteLength);
  let at = HEAD_BYTES;
  for (const row of rows) {
    const value = of(row);
    view.setInt32(at, value === null ? IS_NULL : UUID.bytes);
    at += 4;
    if (value === null) continue;
    if (bytes.write(value.replaceAll("-", ""), at, "hex") !== UUID.bytes || value.length !== 36) {
      throw new RangeError(`not a uuid: ${value}`);
    }
    at += UUID.bytes;
  }
  return bytes.subarray(0, at);
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
