/**
 * Throws drawn requests at everything that the composed server serves, with credentials that fit.
 * Each is answered or refused in full, never with a fault, and what is refused at the edge leaves
 * no trace in the journal. 60 requests for each thing served; 100,000 with SANDBANK_LONG=1, another
 * number with that number. SANDBANK_SEED repeats a run.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { machineNow } from "@sandbank/kernel/clock";
import { isConfigProblem, readConfig } from "@sandbank/kernel/config";
import { journalPage, partitionHeads } from "@sandbank/kernel/guard";
import type { Served } from "@sandbank/kernel/http";
import { isRefusal, refusalEntry } from "@sandbank/kernel/words";
import fc from "fast-check";
import { type Sandbank, startSandbank } from "./compose.ts";
import { bodies, fitting, headerText, type Schema, segments } from "./hostile.fixture.ts";
import { READER } from "./parts.ts";
import { type Ask, openShop, paymentAt, PILOT, proveBooks, REQUESTOR } from "./shop.fixture.ts";

const LONG = Number(process.env["SANDBANK_LONG"] ?? "0");
const RUNS = LONG > 1 ? LONG : LONG === 1 ? 100_000 : 60;
const SEED = Number(process.env["SANDBANK_SEED"] ?? machineNow() % 2 ** 31);
const HOURS_MS = 12 * 3_600_000;
/** Things served that are thrown at side by side: acts then share batches. */
const LANES = 24;
const PAGE = 5_000;

interface Person {
  readonly cookie: string;
  readonly csrf: string;
}

let folder: string;
let sandbank: Sandbank;
let keys: ReadonlyMap<string, string>;
let people: readonly Person[];
let known: readonly string[];
/** Bodies that are right as they stand, by path: what is drawn starts from them too. */
let samples: ReadonlyMap<string, readonly unknown[]>;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbank-fuzz-"));
  const config = readConfig({ PORT: "0", SANDBANK_DATA: folder });
  assert.ok(!isConfigProblem(config));
  const started = await startSandbank(config);
  assert.ok(!isRefusal(started));
  sandbank = started;
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as {
    readonly keys: readonly { organisation: string; name: string; key: string }[];
    readonly people: readonly { link: string }[];
  };
  keys = new Map(demo.keys.map((one) => [`${one.organisation}/${one.name}`, one.key]));
  people = await Promise.all(demo.people.map(({ link }) => signIn(link)));
  known = await somethingToAskFor();
});
after(async () => {
  await sandbank?.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function signIn(link: string): Promise<Person> {
  const answer = await sandbank.server.inject({
    ...{ method: "POST", url: "/api/session/link", headers: { host: "localhost" } },
    payload: { link: link.split("/").at(-1) },
  });
  assert.equal(answer.statusCode, 200, answer.body);
  const [cookie = ""] = String(answer.headers["set-cookie"]).split(";", 1);
  return { cookie, csrf: answer.json<{ csrf: string }>().csrf };
}

const ask: Ask = async ({ method = "GET", path, of, id, body }) => {
  const answer = await sandbank.server.inject({
    ...{ method, url: path },
    headers: {
      ...{ host: "localhost", authorization: `Bearer ${keys.get(of)}` },
      ...(id === undefined ? {} : { "idempotency-key": id }),
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.json() as unknown };
};

/** A shop with a payment, so that what is drawn can be about something. */
async function somethingToAskFor(): Promise<string[]> {
  const shop = await openShop(ask, "fuzz", 1_000_000_000n);
  const paid = await ask({
    ...{ method: "POST", path: "/api/authorisations", of: REQUESTOR, id: "fuzz-paid" },
    body: paymentAt(shop, 100n, "fuzz-paid"),
  });
  const { payment } = paid.body as { payment: string };
  const { holder, card, scene } = shop;
  const name = { zh: "甲（虚构）", en: "A (fictional)" };
  const at = { merchants: ["FARSAIL-AIR"], mccs: ["4511"], channels: ["app"] };
  samples = new Map<string, readonly unknown[]>([
    ["/api/authorisations", ["a", "b", "c"].map((one) => paymentAt(shop, 1n, one))],
    ["/api/authorisations/{id}/captures", [{ amount: "1", final: false }]],
    ["/api/authorisations/{id}/refunds", [{ amount: "1" }]],
    ["/api/cards/{id}/funds", [{ amount: "1" }]],
    ["/api/tokens", [{ holder, card, scenes: [scene], controls: {} }]],
    ["/api/tokens/{id}/controls", [{ holder, controls: { dayAmount: "900000" }, version: 1 }]],
    ["/api/scenes", [{ id: "another", trid: shop.trid, ...at, name }]],
  ]);
  const places = [
    "FARSAIL-AIR",
    "4511",
    "app",
    "zh",
    "en",
    PILOT,
    "console",
    "tokens/4/checkpoint",
  ];
  const orders = ["1", "100", "2036-12", "farsail-travel", "sandbar-bank", "9999020000000008"];
  return [...Object.values(shop), payment, ...places, ...orders];
}

/** Whose key fits a path; where none is named, anybody's. */
const FITTING: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/(authorisations|settlements)/, REQUESTOR],
  [/^\/api\/(cards|tokens|declines)(?!.*funds)/, "sandbar-bank/customers"],
  [/^\/api\/(cards|requestors|scenes)/, "sandbar-bank/operator"],
  [/directives/, "supervisor/officer"],
  [/^\/api\/tasks/, "supervisor/approver"],
  [/^\/api\/clock/, "platform/clock"],
  [/(books|facts|journal)/, "auditor/auditor"],
];

/** Where the interesting errors are: a wrong header is as likely as a wrong body. */
function requests(served: Served) {
  const operations = sandbank.server.openapi["paths"] as Record<string, Record<string, Schema>>;
  const operation = operations[served.path]?.[served.method.toLowerCase()];
  const queries = ((operation?.["parameters"] ?? []) as readonly Schema[]).filter(
    (one) => one["in"] === "query",
  );
  const query = fc.oneof(
    fc.constant(""),
    fc
      .record(
        Object.fromEntries(
          queries.map((one) => [one["name"], fitting(one["schema"] as Schema, known)]),
        ),
        { requiredKeys: [], noNullPrototype: true },
      )
      .map((one) => new URLSearchParams(one as Record<string, string>).toString()),
    fc.webQueryParameters(),
    segments(known),
  );
  const rare = fc.dictionary(
    fc.constantFrom(
      ...["cookie", "accept-language", "idempotency-key", "x-csrf-token", "sandbank-face"],
      ...["origin", "accept", "host", "authorization", "content-encoding", "sec-fetch-site"],
    ),
    headerText,
    { minKeys: 1, maxKeys: 2 },
  );
  return fc.record({
    segment: segments(known),
    query,
    body: bodies(bodySchema(operation), known, samples.get(served.path) ?? []),
    who: fc.constantFrom(
      "fits",
      "fits",
      "fits",
      "fits",
      "fits",
      "fits",
      "any key",
      "person",
      "nobody",
    ),
    pick: fc.nat({ max: 1_000 }),
    type: fc.oneof(
      { arbitrary: fc.constant("application/json"), weight: 12 },
      { arbitrary: fc.constantFrom("text/plain", "application/x-www-form-urlencoded"), weight: 1 },
      { arbitrary: headerText, weight: 1 },
    ),
    headers: fc.oneof(
      { arbitrary: fc.constant<Record<string, string>>({}), weight: 6 },
      { arbitrary: rare, weight: 1 },
    ),
    method: fc.oneof(
      { arbitrary: fc.constant(served.method), weight: 30 },
      { arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"), weight: 1 },
    ),
  });
}
type Thrown = ReturnType<typeof requests> extends fc.Arbitrary<infer T> ? T : never;

function bodySchema(operation: Schema | undefined): Schema | undefined {
  const body = operation?.["requestBody"] as { content?: Record<string, Schema> } | undefined;
  return body?.content?.["application/json"]?.["schema"] as Schema | undefined;
}

function credentials(served: Served, { who, pick }: Thrown): Record<string, string> {
  const person = people[pick % people.length];
  const named = FITTING.find(([path]) => path.test(served.path))?.[1];
  const names = [...keys.keys()];
  const name = who === "fits" && named ? named : names[pick % names.length];
  const isPersonal = served.route?.auth === "session" || served.kind === "page";
  if (who === "nobody") return {};
  if (person !== undefined && (who === "person" || (who === "fits" && isPersonal))) {
    // Signing out for good would leave nobody to try the rest with.
    const ends = served.path === "/api/session" && served.method === "DELETE";
    return { cookie: person.cookie, ...(ends ? {} : { "x-csrf-token": person.csrf }) };
  }
  return { authorization: `Bearer ${keys.get(name ?? "")}` };
}

interface Said {
  readonly status: number;
  readonly code: string | undefined;
}

/** What each drawn request heard, by its Idempotency-Key. */
const heard = new Map<string, Said>();
const tally = new Map<number, number>();
let count = 0;

async function throwAt(served: Served, sent: Thrown): Promise<void> {
  count += 1;
  const id = `thrown-${count}`;
  const lang = count % 2 === 0 ? "zh" : "en";
  const path = served.path
    .replace("{lang}", lang)
    .replaceAll(/\{[A-Za-z0-9_]+\*?\}/g, () => sent.segment);
  const hasBody = sent.method !== "GET" && sent.method !== "OPTIONS";
  const answer = await sandbank.server.inject({
    method: sent.method as "GET",
    url: `${path}${sent.query === "" ? "" : `?${sent.query}`}`,
    // Visitors come from everywhere, so that their rate is no wall.
    remoteAddress: `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`,
    headers: {
      host: "localhost",
      ...(hasBody ? { "content-type": sent.type } : {}),
      "idempotency-key": id,
      ...credentials(served, sent),
      ...sent.headers,
    },
    ...(hasBody ? { payload: sent.body } : {}),
  });
  const { statusCode: status, body, headers } = answer;
  tally.set(status, (tally.get(status) ?? 0) + 1);
  const line = `${served.method} ${served.path} ${path} → ${status} ${body.slice(0, 2_000)}`;
  assert.ok(status < 500, line);
  const type = String(headers["content-type"] ?? "");
  const code = status < 400 ? undefined : codeOf(type, body, line);
  if (!("idempotency-key" in sent.headers)) heard.set(id, { status, code });
}

/** The code of a problem, which is whole: known, with a sentence of what is and one of what to do. */
function codeOf(type: string, body: string, line: string): string {
  assert.doesNotMatch(body, /node:internal|\.ts:\d+|at async /, line);
  if (type.startsWith("text/html")) {
    // The public site says in its own way that it has no such page, with ways on.
    if (/<h1[\s>]/.test(body) && line.includes("→ 404") && body.includes('class="masthead"')) {
      return "page_absent";
    }
    const code = /<code>([a-z][a-z0-9_]*)<\/code>/.exec(body)?.[1] ?? "";
    assert.ok(refusalEntry(code), line);
    return code;
  }
  assert.match(type, /^application\/problem\+json/, line);
  const problem = JSON.parse(body) as Record<string, unknown>;
  const { code, detail, remedy, instance } = problem;
  assert.ok(refusalEntry(String(code)), line);
  for (const text of [detail, remedy, instance]) assert.ok(typeof text === "string" && text, line);
  assert.doesNotMatch(`${String(detail)}${String(remedy)}`, /\{[a-z_]+\}|undefined/, line);
  return String(code);
}

const AT_THE_EDGE = new Set([400, 401, 405, 413, 415, 421]);
const INVALID = new Set([...AT_THE_EDGE, 404, 422]);

interface Recorded {
  readonly refused: number;
  readonly acts: number;
}

/** No request that was refused as invalid stands in a journal but as that refusal. */
async function proveNoEffect(): Promise<Recorded> {
  const store = sandbank.database.as(READER);
  let [refused, acts] = [0, 0];
  for (const { partition, seq } of await partitionHeads(store)) {
    for (let before = seq + 1n; before > 1n;) {
      const lines = await journalPage(store, partition, { before, most: PAGE });
      for (const line of lines) {
        acts += 1;
        const said = heard.get(line.id);
        if (said === undefined || !INVALID.has(said.status)) continue;
        const text = `${line.id} ${line.command} ${line.outcome}, but said ${JSON.stringify(said)}`;
        assert.ok(!AT_THE_EDGE.has(said.status), text);
        assert.equal(line.outcome, said.code, text);
        refused += 1;
      }
      const last = lines.at(-1);
      if (last === undefined) break;
      before = last.seq;
    }
  }
  return { refused, acts };
}

async function throwAll(t: TestContext, all: readonly Served[]): Promise<void> {
  const waiting = [...all];
  const began = machineNow();
  const first = count;
  const lane = async (): Promise<void> => {
    for (let served = waiting.shift(); served !== undefined; served = waiting.shift()) {
      const thrownAt = served;
      const property = fc.asyncProperty(requests(thrownAt), (sent) => throwAt(thrownAt, sent));
      await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: LONG > 0 });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = Math.max(1, machineNow() - began) / 1_000;
  const thrown = count - first;
  t.diagnostic(`seed ${SEED}: ${thrown} requests at ${all.length} things served in ${seconds} s`);
  t.diagnostic(`${Math.round(thrown / seconds)} a second`);
}

describe("everything that is served, answered or refused in full", () => {
  const isApi = ({ kind }: Served) => kind === "api";

  test("routes", { timeout: HOURS_MS }, async (t) => {
    await throwAll(t, sandbank.server.served.filter(isApi));
    const good = [...tally].filter(([status]) => status < 300).reduce((sum, [, n]) => sum + n, 0);
    t.diagnostic(JSON.stringify(Object.fromEntries([...tally].toSorted(([a], [b]) => a - b))));
    assert.ok(good * 20 > count, `only ${good} of ${count} were taken: the trial tries nothing`);
  });

  test("pages, folders and what is built in", { timeout: HOURS_MS }, async (t) => {
    await throwAll(
      t,
      sandbank.server.served.filter((one) => !isApi(one)),
    );
  });

  test("what was refused has no effect", { timeout: HOURS_MS }, async (t) => {
    const { acts, refused } = await proveNoEffect();
    t.diagnostic(
      `${acts} acts stand in the journals, ${refused} as a refusal that was so answered`,
    );
    await proveBooks(ask);
  });
});
