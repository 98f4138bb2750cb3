/**
 * Values to throw at a server: right ones by the contract that a route publishes, nearly right ones,
 * and bytes. Hostile texts and values are drawn once by fast-check, from the seed, into pools; each
 * input then puts its own together with dice, which costs a hundredth of drawing it whole.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import fc from "fast-check";
import type { Dice } from "./dice.fixture.ts";

export type Schema = Readonly<Record<string, unknown>>;

/** Draws one value. */
export type Draw<T = unknown> = (dice: Dice) => T;

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    ...["", " ", "0", "-1", "1.5", "1e3", "NaN", "null", "__proto__", "constructor", "\u0000"],
    ...["\ud800", "\u202e", "٣", "\uff11", "' or 1=1 --", "{{7*7}}", "../../etc/passwd", "%00"],
    ...["a\r\nb: c", "9".repeat(16), "9".repeat(17), "9".repeat(400), "沙".repeat(2_000)],
    ...["x".repeat(5_000), "2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
  ),
);

const value = fc.oneof(
  { depthSize: "small" },
  text,
  fc.constantFrom(null, true, false, -1, 0, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], { a: {} }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 2, max: 400 }).map((deep) => nested(deep)),
);

function nested(deep: number): unknown {
  let whole: unknown = 1;
  for (let at = 0; at < deep; at++) whole = at % 2 === 0 ? [whole] : { a: whole };
  return whole;
}

/** What is drawn from again and again. */
export interface Pools {
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
  readonly queries: readonly string[];
  readonly segments: readonly string[];
  readonly headers: readonly string[];
  /** Texts that a pattern takes. */
  matching(pattern: string): readonly string[];
}

const POOL = 2_000;
const MATCHING = 200;

/** Header values as they can come over a wire. */
const headerText = text.map((one) => one.replaceAll(/[^\x20-\x7e\x80-\xff]/g, "?").slice(0, 4_000));
const HEADERS = [
  "a".repeat(9_000),
  "*",
  "null",
  "en",
  "zh",
  "text/html",
  "http://elsewhere.example",
];
const SEGMENTS = ["%", "%ff", "..", "%2e%2e", "%00", "a%2fb", "~", "a".repeat(600), "a/b", "//"];

/** The pools of a seed. */
export function poolsOf(seed: number): Pools {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = POOL): T[] =>
    fc.sample(arbitrary, { seed, numRuns });
  const patterns = new Map<string, readonly string[]>();
  const encoded = text.map((one) => encodeURIComponent(one.toWellFormed()).slice(0, 900));
  return {
    texts: sample(text),
    values: sample(value),
    queries: sample(fc.webQueryParameters()),
    segments: [...sample(encoded), ...Array.from({ length: 100 }, () => SEGMENTS).flat()],
    headers: [...sample(headerText), ...Array.from({ length: 100 }, () => HEADERS).flat()],
    matching(pattern) {
      const known = patterns.get(pattern);
      if (known !== undefined) return known;
      const drawn = sample(textOf(pattern), MATCHING);
      patterns.set(pattern, drawn);
      return drawn;
    },
  };
}

/** Text that a pattern takes. What it looks ahead for cannot be drawn, and is tried afterwards. */
function textOf(pattern: string): fc.Arbitrary<string> {
  const shape = new RegExp(pattern);
  const drawable = pattern.replaceAll(/\(\?<?[=!][^()]*\)/g, "");
  try {
    const drawn = fc.stringMatching(new RegExp(drawable), { size: "small" });
    return drawable === pattern ? drawn : drawn.filter((one) => shape.test(one));
  } catch {
    return text;
  }
}

/** Draws values that the schema takes, or nearly: what it cannot say in words is left out. */
export function fitting(schema: Schema, pools: Pools, known: readonly string[]): Draw {
  const inside = (one: unknown): Draw => fitting(one as Schema, pools, known);
  const choices = (schema["oneOf"] ?? schema["anyOf"]) as readonly Schema[] | undefined;
  if (choices) {
    const draws = choices.map(inside);
    return (dice) => dice.pick(draws)(dice);
  }
  if ("const" in schema) return () => schema["const"];
  if (schema["enum"]) return (dice) => dice.pick(schema["enum"] as readonly unknown[]);
  switch (schema["type"]) {
    case "string":
      return fittingText(schema, pools, known);
    case "integer":
    case "number": {
      const least = Math.max(-(2 ** 31), Number(schema["minimum"] ?? 0));
      const most = Math.min(2 ** 31 - 1, Number(schema["maximum"] ?? 1_000));
      return (dice) => least + dice.below(most - least + 1);
    }
    case "boolean":
      return (dice) => dice.chance(1, 2);
    case "null":
      return () => null;
    case "array": {
      const least = Number(schema["minItems"] ?? 0);
      const most = Math.max(least, Math.min(3, Number(schema["maxItems"] ?? 3)));
      const item = inside(schema["items"] ?? {});
      return (dice) =>
        Array.from({ length: least + dice.below(most - least + 1) }, () => item(dice));
    }
    case "object":
      return fittingObject(schema, inside);
    default:
      return (dice) => anyValue(pools, dice);
  }
}

/** A value of the pool, and a copy of it: what is drawn is then spoilt in place. */
function anyValue(pools: Pools, dice: Dice): unknown {
  const value = dice.pick(pools.values);
  return typeof value === "object" ? structuredClone(value) : value;
}

function fittingObject(schema: Schema, inside: (schema: unknown) => Draw): Draw {
  const needed = new Set((schema["required"] ?? []) as string[]);
  const members = Object.entries((schema["properties"] ?? {}) as Record<string, Schema>).map(
    ([name, one]) => ({ name, draw: inside(one), isNeeded: needed.has(name) }),
  );
  return (dice) => {
    const whole: Record<string, unknown> = {};
    for (const { name, draw, isNeeded } of members) {
      if (isNeeded || dice.chance(1, 2)) whole[name] = draw(dice);
    }
    return whole;
  };
}

function fittingText(schema: Schema, pools: Pools, known: readonly string[]): Draw<string> {
  if (schema["format"] === "date-time") return instant;
  const pattern = schema["pattern"] as string | undefined;
  const most = Math.min(40, Number(schema["maxLength"] ?? 40));
  if (pattern === undefined) return (dice) => dice.pick(pools.texts).slice(0, most) || "甲";
  const free = pools.matching(pattern);
  const shape = new RegExp(pattern);
  const fits = known.filter((one) => shape.test(one));
  return (dice) => dice.pick(fits.length > 0 && dice.chance(3, 4) ? fits : free);
}

const INSTANTS = [
  ...["2026-02-30T00:00:00Z", "2000-01-01T00:00:00Z", "2026-11-24T10:00:00+08:00", "x"],
] as const;

function instant(dice: Dice): string {
  if (dice.chance(1, 4)) return dice.pick(INSTANTS);
  return toIso((1_795_600_000_000 + dice.below(86_400_000)) as Instant);
}

interface Place {
  readonly of: Record<string, unknown>;
  readonly name: string;
}

/** Nearly right: one or two places of a right value, which must be fresh, are not. */
export function spoilt(whole: unknown, pools: Pools, dice: Dice): unknown {
  const places: Place[] = [];
  placesOf(whole, places);
  if (places.length === 0) return anyValue(pools, dice);
  for (let left = 1 + dice.below(2); left > 0; left--) {
    const { of, name } = dice.pick(places);
    switch (dice.below(7)) {
      case 0:
        delete of[name];
        break;
      case 1:
        of[`extra${dice.below(9)}`] = anyValue(pools, dice);
        break;
      case 2:
        of[name] = [of[name]];
        break;
      case 3:
      case 4:
        of[name] = nudged(of[name], pools, dice);
        break;
      default:
        of[name] = anyValue(pools, dice);
    }
  }
  return whole;
}

/** The same with a character more, less or other: near the edges of what a pattern takes. */
function nudged(was: unknown, pools: Pools, dice: Dice): unknown {
  if (typeof was === "number") return was + dice.pick([-1, 1, 0.5]);
  if (typeof was !== "string") return JSON.stringify(was) ?? "";
  const at = dice.below(was.length + 1);
  const odd = dice.pick(["0", "9", " ", "-", "\u0000", "é", "\u202e", dice.pick(pools.texts)]);
  return was.slice(0, at) + odd + was.slice(at + dice.below(2));
}

function placesOf(whole: unknown, into: Place[]): void {
  if (typeof whole !== "object" || whole === null || into.length > 40) return;
  const of = whole as Record<string, unknown>;
  for (const name of Object.keys(of)) {
    into.push({ of, name });
    placesOf(of[name], into);
  }
}

/** Bytes that are no right body of anything: other JSON, JSON cut or bent, forms, noise, too much. */
export function hostileBody(right: Draw, pools: Pools, dice: Dice): Buffer {
  const json = () => {
    const whole = right(dice);
    return Buffer.from(typeof whole === "string" ? whole : (JSON.stringify(whole) ?? ""));
  };
  switch (dice.below(12)) {
    case 0:
      return Buffer.from(Array.from({ length: dice.below(200) }, () => dice.below(256)));
    case 1:
      return json().subarray(0, -1 - dice.below(20));
    case 2:
      return bent(json(), dice);
    case 3:
      return Buffer.from(dice.pick(pools.queries));
    case 4:
      return Buffer.from(dice.pick(pools.texts));
    case 5:
      return twice(json());
    case 6:
      return dice.chance(1, 10) ? LARGE : bent(json(), dice);
    default:
      return Buffer.from(JSON.stringify(dice.pick(pools.values)) ?? "");
  }
}

const LARGE = Buffer.from(JSON.stringify({ a: "x".repeat(1_100_000) }));

/** A byte of it is another. */
function bent(bytes: Buffer, dice: Dice): Buffer {
  if (bytes.length > 0) bytes[dice.below(bytes.length)] = dice.below(256);
  return bytes;
}

/** The first name of an object stands in it twice. */
function twice(json: Buffer): Buffer {
  const said = json.toString();
  const name = /^\{("[^"]*"):/.exec(said)?.[1];
  return name === undefined ? json : Buffer.from(`${said.slice(0, -1)},${name}:1}`);
}
