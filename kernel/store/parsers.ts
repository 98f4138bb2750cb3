/**
 * How columns arrive in TypeScript: int8 as bigint, timestamptz as an Instant, date as a CalendarDate
 * string, bytea as a Buffer, numeric as its text, json as parsed. A `timestamp` without zone stays text: no column
 * of ours has one.
 */
import pg from "pg";
import { readArray } from "./arrays.ts";
import { readTimestamptz } from "./wire.ts";

type Read = (text: string) => unknown;

const asText: Read = (text) => text;
const readBool: Read = (text) => text === "t";
const readBytea: Read = (text) => Buffer.from(text.slice(2), "hex");
const arrayOf =
  (element: Read): Read =>
  (text) =>
    readArray(text, element);

const { builtins } = pg.types;

/** By the type's oid; the numbers are the array types, which `builtins` does not name. */
const READ = new Map<number, Read>([
  [builtins.INT8, BigInt],
  [builtins.TIMESTAMPTZ, readTimestamptz],
  [builtins.DATE, asText],
  [builtins.BYTEA, readBytea],
  [builtins.TIMESTAMP, asText],
  [builtins.INTERVAL, asText],
  [builtins.NUMERIC, asText],
  [1000, arrayOf(readBool)],
  [1001, arrayOf(readBytea)],
  [1003, arrayOf(asText)],
  [1005, arrayOf(Number)],
  [1007, arrayOf(Number)],
  [1009, arrayOf(asText)],
  [1015, arrayOf(asText)],
  [1016, arrayOf(BigInt)],
  [1182, arrayOf(asText)],
  [1185, arrayOf(readTimestamptz)],
  [1231, arrayOf(asText)],
  [2951, arrayOf(asText)],
]);

/** The parsers in the form that `pg` takes. */
export const parsers = {
  getTypeParser(oid: number, format?: string): Read {
    const read = READ.get(oid);
    if (read && format !== "binary") return read;
    return pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text") as Read;
  },
} as unknown as pg.CustomTypesConfig;
