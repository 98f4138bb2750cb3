/**
 * Requests at one thing that is served, aimed in four ways: right, nearly right, hostile, and wrong
 * before any body is read. What each aim takes of a hundred is stated; so is what is aimed lower.
 */
import { type HttpServer, inputSchema, type Served } from "@sandbank/kernel/http";
import type { Lang } from "@sandbank/kernel/words";
import { type Dice, diceOf } from "./dice.fixture.ts";
import {
  type Draw,
  fitting,
  hostileBody,
  type Pools,
  type Schema,
  spoilt,
} from "./hostile.fixture.ts";
import { rightOf, type World } from "./world.fixture.ts";

export type Aim = "right" | "near" | "hostile" | "edge";

/** Of a hundred requests, how many are aimed how. */
export type Shares = Readonly<Record<Aim, number>>;

/** Of a hundred requests. */
const SHARES: Readonly<Record<"usual" | "seldom" | "bare", Shares>> = {
  usual: { right: 20, near: 45, hostile: 20, edge: 15 },
  seldom: { right: 1, near: 50, hostile: 31, edge: 18 },
  bare: { right: 4, near: 6, hostile: 20, edge: 70 },
};

/**
 * What reads a whole journal, moves everybody's time or closes the pilot is asked for rightly less
 * often: once taken it would leave the rest with less to try, or with nothing else to do.
 */
const SELDOM = /(books|facts|journal|directives|approve|reject)$|^POST \/api\/clock/;

/** What takes no parameter and no body can only be asked for wrongly at the edge. */
function sharesOf(label: string, operation: Schema | undefined): Shares {
  if (SELDOM.test(label)) return SHARES.seldom;
  const takes = operation?.["requestBody"] ?? (operation?.["parameters"] as unknown[])?.[0];
  const isBare = takes === undefined && !/\{(?!lang)/.test(label);
  return isBare ? SHARES.bare : SHARES.usual;
}

export interface Person {
  readonly cookie: string;
  readonly csrf: string;
}

/** With what requests are made. */
export interface Means {
  readonly seed: number;
  readonly pools: Pools;
  readonly world: World;
  readonly people: readonly Person[];
  /** By `organisation/name`. */
  readonly keys: ReadonlyMap<string, string>;
  readonly openapi: HttpServer["openapi"];
}

export interface Request {
  readonly aim: Aim;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
  /** Whose session it carries, where it carries one. */
  readonly person: number;
  /** The language it asks for, where it does so plainly. */
  readonly lang: Lang | undefined;
}

/** Draws request number `input`; the same seed, thing and number give the same, bar what was learnt. */
export type Thrower = (input: number) => Request;

/** Whose key fits a path; where none is named, anybody's. */
const FITTING: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/(authorisations|settlements)/, "farsail-travel/requestor"],
  [/^\/api\/(cards|tokens|declines)(?!.*funds)/, "sandbar-bank/customers"],
  [/^\/api\/(cards|misuse|requestors|scenes)/, "sandbar-bank/operator"],
  [/directives/, "supervisor/officer"],
  [/^\/api\/tasks/, "supervisor/approver"],
  [/^\/api\/clock/, "platform/clock"],
  [/(books|facts|journal|metrics)/, "auditor/auditor"],
];

/** What is thrown at one thing served, aimed as told or as fits it. */
export function throwerAt(served: Served, means: Means, aims?: Shares): Thrower {
  const label = `${served.method} ${served.path}`;
  const { seed, pools, world } = means;
  const operation = operationOf(served, means.openapi);
  const draws = drawsOf(served, operation, means);
  const shares = aims ?? sharesOf(label, operation);
  return (input) => {
    const dice = diceOf(seed, label, input);
    const aim = aimOf(dice.below(100), shares);
    const right = rightOf(label, { world, dice, turn: input });
    const drawn: Drawn = {
      aim,
      body: right.body === undefined ? draws.body : () => right.body,
      query: right.query ?? draws.query(dice),
      segment: right.segment ?? dice.pick(world.known),
    };
    const sent = requestOf(served, drawn, {
      pools,
      dice,
      hasBody: operation?.["requestBody"] !== undefined || served.page?.form !== undefined,
      isForm: takesForm(served),
    });
    const asker = aim === "edge" ? dice.pick(ASKERS) : "fits";
    const at = right.person ?? dice.below(means.people.length);
    const person = asker === "nobody" ? undefined : means.people[at];
    const sender = { served, asker, ...(person === undefined ? {} : { person }) };
    const odd = aim === "edge" ? oddHeaders(pools, dice) : {};
    const lang = dice.pick(LANGS);
    const headers = {
      ...{ host: "localhost", "accept-language": lang, ...sent.headers },
      ...credentials(sender, means.keys, dice),
      ...odd,
    };
    const isPlain = aim !== "edge" && !served.path.startsWith("/{lang}");
    return { ...sent, headers, person: at, lang: isPlain ? lang : undefined };
  };
}

function aimOf(drawn: number, shares: Shares): Aim {
  if (drawn < shares.right) return "right";
  if (drawn < shares.right + shares.near) return "near";
  return drawn < 100 - shares.edge ? "hostile" : "edge";
}

function operationOf(served: Served, openapi: HttpServer["openapi"]): Schema | undefined {
  const paths = openapi["paths"] as Record<string, Record<string, Schema>>;
  return paths[served.path]?.[served.method.toLowerCase()];
}

interface Draws {
  readonly body: Draw;
  readonly query: Draw<Readonly<Record<string, unknown>>>;
}

function drawsOf({ page }: Served, operation: Schema | undefined, { pools, world }: Means): Draws {
  const body = operation?.["requestBody"] as { content?: Record<string, Schema> } | undefined;
  const [taken] = Object.values(body?.content ?? {});
  const json = taken?.["schema"] as Schema | undefined;
  const schema = page?.form === undefined ? json : inputSchema(page.form);
  const queries = ((operation?.["parameters"] ?? []) as readonly Schema[])
    .filter((one) => one["in"] === "query")
    .map((one) => ({
      name: String(one["name"]),
      isNeeded: one["required"] === true,
      draw: fitting(one["schema"] as Schema, pools, world.known),
    }));
  return {
    body: schema === undefined ? () => ({}) : fitting(schema, pools, world.known),
    query: (dice) =>
      Object.fromEntries(
        queries
          .filter(({ isNeeded }) => isNeeded || dice.chance(1, 2))
          .map(({ name, draw }) => [name, draw(dice)]),
      ),
  };
}

interface Drawn {
  readonly aim: Aim;
  readonly body: Draw;
  readonly query: Readonly<Record<string, unknown>>;
  readonly segment: string;
}

interface By {
  readonly pools: Pools;
  readonly dice: Dice;
  readonly hasBody: boolean;
  readonly isForm: boolean;
}

function requestOf(served: Served, drawn: Drawn, by: By): Omit<Request, "person" | "lang"> {
  const { aim } = drawn;
  const { dice, hasBody } = by;
  // A nearly right request is wrong in one of its parts.
  const parts = [...(hasBody ? ["body", "body", "body"] : []), "query", "segment"];
  const wrong = aim === "near" ? dice.pick(parts) : aim === "hostile" ? "all" : "none";
  const segment =
    wrong === "segment" || (wrong === "all" && dice.chance(1, 2))
      ? badSegment(drawn, by)
      : encodeURIComponent(drawn.segment);
  const lang = dice.pick(["zh", "en"]);
  const path = served.path
    .replace("{lang}", lang)
    .replaceAll(/\{[A-Za-z0-9_]+\*?\}/g, () => segment);
  const query = queryOf(drawn, wrong, by);
  const method = aim === "edge" && dice.chance(1, 6) ? dice.pick(METHODS) : served.method;
  const isReading = method === "GET" || method === "OPTIONS";
  return {
    aim,
    method,
    url: query === "" ? path : `${path}?${query}`,
    headers: isReading ? {} : { "content-type": typeOf(served, aim, by) },
    body: isReading ? undefined : bodyOf(drawn, wrong, by),
  };
}

const LANGS = ["zh", "en"] as const;
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const;

function badSegment({ segment }: Drawn, { pools, dice }: By): string {
  if (dice.chance(1, 2)) return dice.pick(pools.segments);
  const at = dice.below(segment.length + 1);
  const odd = dice.pick(["0", "f", "Z", "-", "..", " ", "\u0000", "é"]);
  return encodeURIComponent(segment.slice(0, at) + odd + segment.slice(at + dice.below(2)));
}

function queryOf({ query }: Drawn, wrong: string, { pools, dice }: By): string {
  if (wrong === "all" && dice.chance(1, 2)) return dice.pick(pools.queries);
  const asked = wrong === "query" ? spoilt({ ...query, extra: "1" }, pools, dice) : query;
  return encoded(asked).slice(0, 4_000);
}

/** A record as a query or a form says it: what is no text as JSON, a list as its name many times. */
function encoded(record: unknown): string {
  const said = (one: unknown) => (typeof one === "string" ? one : (JSON.stringify(one) ?? ""));
  const pairs = Object.entries(record ?? {}).flatMap(([name, one]) =>
    (Array.isArray(one) ? one : [one]).map((each) => [name, said(each).toWellFormed()]),
  );
  return new URLSearchParams(pairs).toString();
}

function bodyOf({ body }: Drawn, wrong: string, by: By): Buffer {
  const { pools, dice, hasBody, isForm } = by;
  const right = isForm ? (drawing: Dice) => encoded(body(drawing)) : body;
  if (wrong === "all") return hostileBody(right, pools, dice);
  const whole = wrong === "body" ? spoilt(body(dice), pools, dice) : body(dice);
  if (isForm) return Buffer.from(encoded(whole));
  return hasBody ? Buffer.from(JSON.stringify(whole) ?? "") : Buffer.from("{}");
}

function takesForm({ kind, route }: Served): boolean {
  return kind === "page" || route?.form === true;
}

function typeOf(served: Served, aim: Aim, { dice, pools }: By): string {
  if (aim === "edge" && dice.chance(1, 5)) return dice.pick(pools.headers);
  if (takesForm(served) || (aim === "edge" && dice.chance(1, 5))) {
    return "application/x-www-form-urlencoded";
  }
  return "application/json";
}

const ODD = [
  ...["host", "host", "host"],
  ...["cookie", "accept-language", "idempotency-key", "x-csrf-token", "sandbank-face", "origin"],
  ...["accept", "host", "authorization", "content-encoding", "sec-fetch-site"],
] as const;

function oddHeaders(pools: Pools, dice: Dice): Record<string, string> {
  if (dice.chance(1, 4)) return {};
  return { [dice.pick(ODD)]: dice.pick(pools.headers), [dice.pick(ODD)]: dice.pick(pools.headers) };
}

const ASKERS = ["fits", "nobody", "other"] as const;

interface Sender {
  readonly served: Served;
  /** `other`: a person where a key fits, anybody's key where a person fits. */
  readonly asker: (typeof ASKERS)[number];
  readonly person?: Person;
}

function credentials(
  { served, asker, person }: Sender,
  keys: Means["keys"],
  dice: Dice,
): Record<string, string> {
  if (person === undefined) return {};
  const isPersonal = served.route?.auth === "session" || served.kind === "page";
  if (isPersonal ? asker === "fits" : asker === "other") {
    // Signing out for good would leave nobody to try the rest with.
    const ends = served.path === "/api/session" && served.method === "DELETE";
    return { cookie: person.cookie, ...(ends ? {} : { "x-csrf-token": person.csrf }) };
  }
  const named = asker === "fits" && FITTING.find(([path]) => path.test(served.path))?.[1];
  const name = named === undefined || named === false ? dice.pick([...keys.keys()]) : named;
  return { authorization: `Bearer ${keys.get(name) ?? ""}` };
}
