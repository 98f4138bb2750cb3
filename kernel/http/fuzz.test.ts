/**
 * Throws hostile input at every reader of outside text and at everything that a sample server
 * serves: each answers or refuses. A few hundred inputs each; for readers 100,000 with SANDBANK_LONG=1.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import type { Instant } from "../clock/index.ts";
import { readBearer, readToken } from "../identity/index.ts";
import { isRefusal } from "../words/index.ts";
import { readSessionCookies, sessionCookie } from "./cookie.ts";
import { compileContract } from "./contract.ts";
import { formTokens, readForm } from "./form.ts";
import { type HttpTrial, httpTrial } from "./sample/trial.ts";
import { readJson } from "./json.ts";
import { readLanguage } from "./language.ts";
import { maskNumbers } from "./log.ts";
import { Refused } from "./problem.ts";
import { isCrossSite, isKnownHost } from "./security.ts";
import type { Served } from "./server.ts";
import { readContentDigest } from "./digest.ts";
import { readSignature, signatureBase } from "./signature.ts";
import { readStaticPath } from "./statics.ts";
import { readDictionary, stringText } from "./structured.ts";

// SANDBANK_LONG=1 means 100,000 inputs for each reader; a larger number itself. The composed server
// is thrown at with as many in apps/server; this small one, whose tests run inside the runner, less.
const LONG = Number(process.env["SANDBANK_LONG"] ?? "0");
const runs = (usual: number) => ({ numRuns: LONG > 1 ? LONG : LONG === 1 ? 100_000 : usual });
const RUNS = runs(300);
const REQUESTS = { numRuns: LONG > 0 ? 5_000 : 60 };

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ maxLength: 200 }),
  fc.json(),
  fc.constantFrom(
    "",
    "=",
    ";",
    "&",
    "%",
    "%00",
    "\u0000",
    "__proto__=1",
    "a=%E0%A4%A",
    "~~",
    "[::1]:",
  ),
);

const messageOf = (text: string) => {
  const headers = { host: text, "content-digest": text };
  return { method: "POST", scheme: "http", url: `/${text}`, headers } as const;
};

/** What a reader of outside text may do: answer, or throw a refusal. */
function readsOrRefuses(read: (text: string) => unknown, text: string): void {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof Refused, `${String(error)} for ${JSON.stringify(text)}`);
  }
}

describe("every reader of outside text answers or refuses, and never breaks", () => {
  const tokens = formTokens(new Uint8Array(32));
  const readers: Record<string, (text: string) => unknown> = {
    json: readJson,
    form: readForm,
    language: readLanguage,
    bearer: readBearer,
    token: readToken,
    cookies: (text) => readSessionCookies(text, false),
    "form token": (text) => tokens.read(text, 0 as Instant),
    host: (text) => isKnownHost(text, new Set(["localhost"])),
    "cross site": (text) => isCrossSite({ origin: text, host: text }),
    "static path": readStaticPath,
    "structured field": readDictionary,
    "content digest": readContentDigest,
    "signature input": (text) => readSignature({ "signature-input": text, signature: "a=:AAAA:" }),
    signature: (text) => readSignature({ "signature-input": 'a=("@method")', signature: text }),
    "covered header": (text) =>
      signatureBase({ components: ["@target-uri", "host", text], params: "" }, messageOf(text)),
    mask: maskNumbers,
  };
  for (const [name, read] of Object.entries(readers)) {
    test(name, () => {
      fc.assert(
        fc.property(hostile, (text) => readsOrRefuses(read, text)),
        RUNS,
      );
    });
  }
});

describe("what is read is what was meant", () => {
  test("whatever JSON is taken is what JSON.parse says", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        let value: unknown;
        try {
          value = readJson(text);
        } catch (error) {
          assert.ok(error instanceof Refused);
          return;
        }
        assert.deepEqual(value, JSON.parse(text));
      }),
      RUNS,
    );
  });

  test("plain objects are taken, and with one name doubled at any depth they are not", () => {
    const name = fc.string({ minLength: 1, maxLength: 6 }).filter((one) => one !== "__proto__");
    const leaf = fc.oneof(fc.boolean(), fc.string({ maxLength: 9 }), fc.integer());
    const tree = fc.dictionary(name, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })), {
      minKeys: 1,
      maxKeys: 100,
    });
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 8 }), (object, depth) => {
        const good = JSON.stringify(object);
        assert.deepEqual(readJson(good), JSON.parse(good));
        const [first = ""] = Object.keys(object);
        const twice = `${good.slice(0, -1)},${JSON.stringify(first)}:1}`;
        const nested = `{"a":`.repeat(depth) + twice + "}".repeat(depth);
        assert.throws(() => readJson(nested), Refused);
      }),
      RUNS,
    );
  });

  test("a form says what it was made of", () => {
    const name = fc.stringMatching(/^[a-z][a-z_]{0,9}$/);
    const value = fc.string({ maxLength: 30 }).map((text) => text.replaceAll("\r", ""));
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (fields) => {
        const read = readForm(new URLSearchParams(fields).toString());
        assert.deepEqual({ ...read }, fields);
      }),
      RUNS,
    );
  });

  test("a dictionary says what it was made of, and cut or grown anywhere never breaks", () => {
    const text = fc.stringMatching(/^[ -~]{0,20}$/);
    const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,8}$/);
    const bytes = fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one));
    const members = fc.uniqueArray(fc.tuple(key, text, bytes), { selector: ([one]) => one });
    const drawn = fc.tuple(members, fc.nat(400), hostile);
    fc.assert(
      fc.property(drawn, ([made, at, more]) => {
        const field = made
          .map(([name, said, raw]) => {
            return `${name}=(${stringText(said)});b=:${raw.toString("base64")}:;n=${raw.length}`;
          })
          .join(", ");
        const read = readDictionary(field);
        assert.ok(read !== undefined || field.length > 4_096, field);
        for (const [name, said, raw] of made) {
          const member = read?.get(name);
          if (member === undefined || !("list" in member)) continue;
          assert.equal(member.list[0]?.bare.value, said);
          assert.deepEqual(member.parameters.get("b")?.value, raw);
          assert.equal(member.parameters.get("n")?.value, raw.length);
        }
        readDictionary(field.slice(0, at));
        readDictionary(field.slice(0, at) + more + field.slice(at));
      }),
      RUNS,
    );
  });

  test("a cookie is read back, and sent twice it counts as not sent", () => {
    const token = "t".repeat(43);
    const [pair = ""] = sessionCookie("bank", token, true).split(";");
    assert.equal(readSessionCookies(`a=b; ${pair}`, true).get("bank"), token);
    assert.equal(readSessionCookies(`${pair}; ${pair}`, true).get("bank"), undefined);
    assert.equal(readSessionCookies(pair, false).get("bank"), undefined);
  });

  test("a form token is good for its id, its time and its key", () => {
    const now = 1_795_600_000_000 as Instant;
    const tokens = formTokens(new Uint8Array(32).fill(1));
    const token = tokens.issue("id-1", now);
    const later = (ms: number) => (now + ms) as Instant;
    assert.equal(tokens.read(token, later(3_000)), "id-1");
    const code = (text: string, at: Instant, by = tokens) => {
      const answer = by.read(text, at);
      return isRefusal(answer) ? answer.code : answer;
    };
    assert.equal(code(token, later(2_999)), "form_too_quick");
    assert.equal(code(token, later(86_400_001)), "form_not_ours");
    assert.equal(code(token, later(3_000), formTokens(new Uint8Array(32))), "form_not_ours");
  });

  test("the language is the one weighed most", () => {
    const rows: [string | undefined, string][] = [
      ["en", "en"],
      ["zh-Hans-CN, en;q=0.9", "zh"],
      ["fr, en;q=0.5, zh;q=0.4", "en"],
      ["en;q=0, zh;q=0.1", "zh"],
      ["fr", "zh"],
      [undefined, "zh"],
      ["english", "zh"],
    ];
    for (const [header, lang] of rows) assert.equal(readLanguage(header), lang, String(header));
  });

  test("no long number survives in a log", () => {
    const digits = fc.stringMatching(/^\d{13,19}$/);
    fc.assert(
      fc.property(digits, fc.string(), (number, around) => {
        const text = maskNumbers(`${around.replaceAll(/\d/g, "")}${number}x`);
        assert.ok(!text.includes(number) && text.includes(number.slice(-4)));
      }),
      RUNS,
    );
    assert.equal(maskNumbers("6212 3456 7890 1234"), "[number ending 1234]");
    assert.equal(
      maskNumbers("01990000-1234-7123-8123-123456789012"),
      "01990000-1234-7123-8123-123456789012",
    );
  });
});

test("Ajv says yes exactly where Zod does", () => {
  const schema = z.object({
    id: z.uuid(),
    day: z.iso.date(),
    count: z.number().int().min(0).max(9),
    kind: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), text: z.string().max(3) }),
      z.object({ kind: z.literal("b"), list: z.array(z.enum(["x", "y"])).min(1) }),
    ]),
    map: z.record(z.string().max(2), z.boolean()).optional(),
    none: z.string().nullable(),
  });
  let taken = 0;
  const strict = schema.strict();
  const check = compileContract(schema, "body");
  const right = {
    id: fc.uuid(),
    day: fc.constantFrom("2026-02-28", "2024-02-29"),
    count: fc.integer({ min: 0, max: 9 }),
    kind: fc.oneof(
      fc.record({ kind: fc.constant("a"), text: fc.string({ maxLength: 3 }) }),
      fc.record({ kind: fc.constant("b"), list: fc.constant(["x"]) }),
    ),
    map: fc.dictionary(fc.string({ maxLength: 2 }), fc.boolean(), { noNullPrototype: true }),
    none: fc.oneof(fc.string(), fc.constant(null)),
  };
  const wrong = {
    id: fc.string(),
    day: fc.constantFrom("2026-02-30", "2026-1-1", "x"),
    count: fc.oneof(fc.constantFrom(-1, 10), fc.double(), fc.string()),
    kind: fc.oneof(
      fc.record({ kind: fc.constantFrom("a", "b"), text: fc.string({ maxLength: 5 }) }),
      fc.record({ kind: fc.constantFrom("a", "b"), list: fc.constantFrom([], ["z"], ["x", "y"]) }),
    ),
    map: fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.boolean(), fc.integer())),
    none: fc.integer(),
    extra: fc.boolean(),
  };
  const all = fc.record(right);
  const spoilt = fc
    .tuple(all, fc.record(wrong), fc.subarray(Object.keys(wrong), { minLength: 1, maxLength: 2 }))
    .map(([good, bad, names]) => ({
      ...good,
      ...Object.fromEntries(names.map((name) => [name, bad[name as keyof typeof bad]])),
    }));
  const near = fc.oneof(all, spoilt, fc.record(right, { requiredKeys: [] }));
  fc.assert(
    fc.property(fc.oneof(near, fc.anything()), (value) => {
      const answer = check(jsonOf(value));
      taken += isRefusal(answer) ? 0 : 1;
      const zod = strict.safeParse(jsonOf(value)).success && closedDown(jsonOf(value));
      assert.equal(!isRefusal(answer), zod);
    }),
    RUNS,
  );
  assert.ok(taken > RUNS.numRuns / 10, "the trial never said yes");
});

/** What can arrive as JSON. */
function jsonOf(value: unknown): unknown {
  try {
    return JSON.parse(
      JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? 0 : one)) ?? "null",
    );
  } catch {
    return null;
  }
}

/** The nested object is closed too, which `.strict()` on the outer one does not say. */
function closedDown(value: unknown): boolean {
  const kind = (value as { kind: { kind: string } }).kind;
  const known = kind.kind === "a" ? ["kind", "text"] : ["kind", "list"];
  return Object.keys(kind).every((name) => known.includes(name));
}

describe("everything that is served", () => {
  let trial: HttpTrial;
  before(async () => {
    const rates = {
      visitor: { per_second: 1e9, burst: 1e9 },
      principal: { per_second: 1e9, burst: 1e9 },
    };
    trial = await httpTrial({ rates, check_answers: false });
  });
  after(() => trial.end());

  const segment = fc.oneof(
    fc
      .string({ unit: "binary", maxLength: 40 })
      .map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom(
      "%",
      "%00",
      "..",
      "%2e%2e",
      "a",
      "%ff",
      "limit",
      "01990000-0000-7000-8000-000000000001",
    ),
  );
  const header = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom("", "a".repeat(9_000)));
  const request = fc.record({
    segment,
    query: fc.oneof(fc.constant(""), fc.webQueryParameters(), segment),
    body: fc.oneof(
      hostile,
      fc.json(),
      fc.constant("a=1&b=2"),
      fc.constant('{"amount":"1","merchant":"m"}'),
    ),
    type: fc.constantFrom(
      "application/json",
      "application/x-www-form-urlencoded",
      "text/plain",
      "x",
    ),
    keyed: fc.boolean(),
    headers: fc.dictionary(
      fc.constantFrom(
        "cookie",
        "accept-language",
        "idempotency-key",
        "x-csrf-token",
        "sandbank-face",
        "origin",
        "accept",
      ),
      header,
    ),
  });

  async function throwAt(
    served: Served,
    sent: typeof request extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const lang = served.path.replace("{lang}", "zh");
    const path = lang.replaceAll(/\{[a-z]+\*?\}/g, () => sent.segment);
    const reading = served.method === "GET";
    const { headers: extra, keyed, type } = sent;
    const printable = Object.entries(extra).map(([name, text]) => [
      name,
      text.replaceAll(/[^\x20-\x7e]/g, "?"),
    ]);
    const answer = await trial.server.inject({
      method: served.method as "GET",
      url: `${path}${sent.query === "" ? "" : `?${sent.query}`}`,
      headers: {
        host: "localhost",
        ...(reading ? {} : { "content-type": type }),
        ...(keyed ? { authorization: `Bearer ${trial.key}` } : {}),
        ...(Object.fromEntries(printable) as Record<string, string>),
      },
      ...(reading ? {} : { payload: sent.body }),
    });
    const meant = served.path === "/api/trial/ends/{end}";
    assert.ok(
      answer.statusCode < 500 || meant,
      `${served.method} ${path} ${answer.statusCode} ${answer.body}`,
    );
  }

  test(
    "answers or refuses whatever is thrown at it, and never with a fault",
    { timeout: 3_600_000 },
    async () => {
      for (const served of trial.server.served) {
        await fc.assert(
          fc.asyncProperty(request, (sent) => throwAt(served, sent)),
          REQUESTS,
        );
      }
    },
  );
});
