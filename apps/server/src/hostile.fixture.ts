/**
 * Requests to throw at a server: right ones by the contract that a route publishes, nearly right
 * ones, and bytes. Everything is drawn by fast-check, so that one seed gives the same requests.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import fc from "fast-check";

export type Schema = Readonly<Record<string, unknown>>;

/** Values that mean something to somebody: what is drawn from them gets past the contracts. */
export type Known = readonly string[];

/** Text that has broken readers elsewhere. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    ...["", " ", "0", "-1", "1.5", "1e3", "NaN", "null", "__proto__", "constructor", "\u0000"],
    ...[
      "\ud800",
      "\u202e",
      "٣",
      "\uff11",
      "' or 1=1 --",
      "{{7*7}}",
      "../../etc/passwd",
      "%00",
      "a\r\nb: c",
    ],
    ...["9".repeat(16), "9".repeat(17), "9".repeat(400), "x".repeat(5_000), "沙".repeat(2_000)],
    ...["2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"],
  ),
);

const hostileValue = fc.oneof(
  { depthSize: "small" },
  hostileText,
  fc.constantFrom(null, true, false, -1, 0, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], { a: {} }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 2, max: 400 }).map((deep) => nested(deep)),
);

function nested(deep: number): unknown {
  let value: unknown = 1;
  for (let at = 0; at < deep; at++) value = at % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that the schema takes, or nearly: what it cannot say in words of its own is left out. */
export function fitting(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const choices = (schema["oneOf"] ?? schema["anyOf"]) as readonly Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, known)));
  if ("const" in schema) return fc.constant(schema["const"]);
  if (schema["enum"]) return fc.constantFrom(...(schema["enum"] as readonly unknown[]));
  switch (schema["type"]) {
    case "string":
      return text(schema, known);
    case "integer":
    case "number":
      return fc.integer({
        min: Math.max(-(2 ** 31), Number(schema["minimum"] ?? 0)),
        max: Math.min(2 ** 31 - 1, Number(schema["maximum"] ?? 1_000)),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting((schema["items"] ?? {}) as Schema, known), {
        minLength: Number(schema["minItems"] ?? 0),
        maxLength: Math.max(
          Number(schema["minItems"] ?? 0),
          Math.min(3, Number(schema["maxItems"] ?? 3)),
        ),
      });
    case "object":
      return object(schema, known);
    default:
      return hostileValue;
  }
}

function object(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const members = Object.entries((schema["properties"] ?? {}) as Record<string, Schema>);
  const made = Object.fromEntries(members.map(([name, one]) => [name, fitting(one, known)]));
  const needed = (schema["required"] ?? []) as string[];
  return fc.record(made, {
    requiredKeys: needed.filter((name) => name in made),
    noNullPrototype: true,
  });
}

function text(schema: Schema, known: Known): fc.Arbitrary<string> {
  const pattern =
    schema["pattern"] === undefined ? undefined : new RegExp(schema["pattern"] as string);
  const fits = known.filter((one) => pattern?.test(one) ?? true);
  const most = Math.min(40, Number(schema["maxLength"] ?? 40));
  const free =
    pattern === undefined ? fc.string({ minLength: 1, maxLength: most }) : matching(pattern);
  if (schema["format"] === "date-time") return instants;
  return fits.length === 0
    ? free
    : fc.oneof({ arbitrary: fc.constantFrom(...fits), weight: 3 }, { arbitrary: free, weight: 1 });
}

/** Mostly near: a clock once turned to the end of time leaves nothing to try. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: 86_400_000 }).map((ms) => toIso((1_795_600_000_000 + ms) as Instant)),
  fc.constantFrom("2026-02-30T00:00:00Z", "2000-01-01T00:00:00Z", "2026-11-24T10:00:00+08:00", "x"),
);

function matching(pattern: RegExp): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(pattern, { size: "small" });
  } catch {
    return fc.string({ maxLength: 30 });
  }
}

interface Spoil {
  readonly how: "replace" | "drop" | "add" | "wrap";
  readonly where: number;
  readonly what: unknown;
}

const spoils = fc.array(
  fc.record({
    how: fc.constantFrom("replace" as const, "drop" as const, "add" as const, "wrap" as const),
    where: fc.nat({ max: 30 }),
    what: hostileValue,
  }),
  { minLength: 1, maxLength: 2 },
);

/** Nearly right: one or two places of a right value are not. */
function spoil(value: unknown, by: readonly Spoil[]): unknown {
  let whole: unknown = structuredClone(value);
  for (const { how, where, what: drawn } of by) {
    // Constants are drawn as they are, and would be put into themselves.
    const what = structuredClone(drawn);
    const places = placesOf(whole);
    const place = places[where % Math.max(1, places.length)];
    if (place === undefined) whole = what;
    else if (how === "drop") delete place.of[place.name];
    else if (how === "add") place.of[`extra${where}`] = what;
    else place.of[place.name] = how === "wrap" ? [place.of[place.name]] : what;
  }
  return whole;
}

interface Place {
  readonly of: Record<string, unknown>;
  readonly name: string;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const of = value as Record<string, unknown>;
  return Object.keys(of).flatMap((name) => [{ of, name }, ...placesOf(of[name])]);
}

/** The bodies of a route: a third right, a third nearly, the rest JSON of anything or bytes. */
export function bodies(
  schema: Schema | undefined,
  known: Known,
  samples: readonly unknown[],
): fc.Arbitrary<Buffer> {
  const drawn = schema === undefined ? fc.constant<unknown>({}) : fitting(schema, known);
  const right = samples.length === 0 ? drawn : fc.oneof(drawn, fc.constantFrom(...samples));
  const near = fc.tuple(right, spoils).map(([value, by]) => spoil(value, by));
  const json = fc
    .oneof(right, near, hostileValue)
    .map((value) => Buffer.from(JSON.stringify(value) ?? ""));
  const bytes = fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.from(one));
  const cut = fc.tuple(json, fc.nat({ max: 20 })).map(([one, by]) => one.subarray(0, -by));
  const form = fc.webQueryParameters().map((one) => Buffer.from(one));
  const large = fc.constant(Buffer.from(JSON.stringify({ a: "x".repeat(300_000) })));
  return fc.oneof(
    { arbitrary: json, weight: 30 },
    { arbitrary: bytes, weight: 2 },
    { arbitrary: cut, weight: 2 },
    { arbitrary: form, weight: 2 },
    { arbitrary: large, weight: 1 },
  );
}

/** A segment of a path: one that means something, or one that must not. */
export function segments(known: Known): fc.Arbitrary<string> {
  const odd = hostileText.map((one) => encodeURIComponent(one.toWellFormed()).slice(0, 900));
  return fc.oneof(
    { arbitrary: fc.constantFrom(...known.map(encodeURIComponent)), weight: 4 },
    { arbitrary: odd, weight: 1 },
    { arbitrary: fc.constantFrom("%", "%ff", "..", "%2e%2e", "%00", "a%2fb", "~"), weight: 1 },
  );
}

/** Header values as they can come over a wire. */
export const headerText = fc.oneof(
  hostileText.map((one) => one.replaceAll(/[^\x20-\x7e\x80-\xff]/g, "?").slice(0, 4_000)),
  fc.constantFrom(
    "a".repeat(9_000),
    "*",
    "null",
    "en",
    "zh",
    "text/html",
    "http://elsewhere.example",
  ),
);
