/**
 * The OpenAPI 3.1 document, made from the same objects that serve. Summaries stand in both languages;
 * every operation names the problems that it may answer with.
 */
import { allRefusals } from "../words/index.ts";
import { inputSchema, outputSchema } from "./contract.ts";
import { FAULTS } from "./http.refusals.ts";
import { STATUS, STATUS_OF_CODE } from "./problem.ts";
import type { Route } from "./route.ts";
import { takesSigned } from "./signed.ts";

const PROBLEM_SCHEMA = {
  type: "object",
  description: "RFC 9457. `detail` and `remedy` are sentences in the language of the caller.",
  required: ["type", "title", "status", "code", "category", "detail", "remedy", "instance"],
  properties: {
    type: { type: "string", description: "/problems/<code>" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    category: { enum: [...Object.keys(STATUS), "fault"] },
    detail: { type: "string" },
    remedy: { type: "string" },
    field: { type: "string", description: "JSON pointer of the field at fault" },
    expected: { type: "string", description: "The form that this field must have, in words" },
    instance: { type: "string", description: "id of this request in the log" },
    failed: {
      type: "array",
      items: {
        type: "object",
        required: ["code", "detail"],
        properties: Object.fromEntries(
          ["code", "detail", "limit", "unit", "used", "cap", "asked", "clause"].map((name) => [
            name,
            { type: "string" },
          ]),
        ),
      },
    },
  },
};

const TITLES: Readonly<Record<number, string>> = {
  400: "Cannot be read · 无法读取",
  401: "Not signed in · 没有登录",
  403: "Not allowed · 不允许",
  404: "Not found · 没有找到",
  409: "Conflicts with what is, or a limit is reached · 与现状不符或已到上限",
  413: "Too large · 内容太大",
  415: "Of a type that is not read · 类型不能读取",
  422: "Breaks its contract · 填写有误",
  429: "Too fast · 请求太密",
  500: "Something broke · 系统故障",
  503: "Outcome unknown or store out of reach: ask again with the same id · 结果未知，用同一编号再问",
};

function codesOf(status: number): string[] {
  const refused = allRefusals()
    .filter((one) => (STATUS_OF_CODE[one.code] ?? STATUS[one.category]) === status)
    .map((one) => one.code);
  const faults = Object.entries(FAULTS).filter(([, fault]) => fault.status === status);
  return [...refused, ...faults.map(([code]) => code)].sort();
}

function problemResponses(): Record<string, unknown> {
  const made = Object.entries(TITLES).map(([status, description]) => {
    const content = {
      "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
    };
    return [`problem_${status}`, { description, content, "x-codes": codesOf(Number(status)) }];
  });
  return Object.fromEntries(made) as Record<string, unknown>;
}

const PARKED_SCHEMA = {
  type: "object",
  description: "Waits for a second person. · 等待另一人批准。",
  required: ["parked", "task", "at"],
  properties: {
    parked: { const: true },
    task: { type: "string" },
    at: { type: "string", format: "date-time" },
  },
};

function parametersOf(route: Route): unknown[] {
  const parts = [
    { where: "path", schema: route.params },
    { where: "query", schema: route.query },
  ] as const;
  const declared = parts.flatMap(({ where, schema }) => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = inputSchema(schema) as {
      properties?: Record<string, unknown>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      schema: property,
      required: where === "path" || required.includes(name),
    }));
  });
  const known = new Set(declared.map((one) => one.name));
  const bare = [...route.path.matchAll(/\{([A-Za-z0-9_]+)\}/g)]
    .map((match) => match[1] ?? "")
    .filter((name) => !known.has(name))
    .map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const id = { $ref: "#/components/parameters/IdempotencyKey" };
  return [...declared, ...bare, ...(route.method === "GET" ? [] : [id])];
}

function securityOf(route: Route): unknown[] {
  const keys = takesSigned(route) ? [{ key: [] }, { signature: [] }] : [{ key: [] }];
  const session = { session: [], csrf: [] };
  const table = { none: [], key: keys, session: [session], any: [...keys, session] };
  return table[route.auth];
}

function operationOf(route: Route): Record<string, unknown> {
  const type = route.form === true ? "application/x-www-form-urlencoded" : "application/json";
  const answer = { [type]: { schema: outputSchema(route.answer) } };
  const parked = { "application/json": { schema: { $ref: "#/components/schemas/Parked" } } };
  const status = String(route.status ?? 200);
  const problems = Object.keys(TITLES)
    .filter((one) => route.auth !== "none" || one !== "401")
    .map((one) => [one, { $ref: `#/components/responses/problem_${one}` }]);
  const responses: Record<string, unknown> = {
    [status]: { description: route.summary.en, content: answer },
    ...(status === "202" || route.method === "GET"
      ? {}
      : { "202": { description: "Waits for a second person.", content: parked } }),
    ...(Object.fromEntries(problems) as Record<string, unknown>),
  };
  return {
    operationId: operationId(route),
    summary: `${route.summary.en} · ${route.summary.zh}`,
    "x-summary": route.summary,
    ...(route.refusals === undefined ? {} : { "x-refusals": route.refusals }),
    ...(route.signed === undefined ? {} : { "x-signed": route.signed }),
    tags: [route.path.split("/")[2] ?? "api"],
    security: securityOf(route),
    parameters: parametersOf(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [type]: { schema: inputSchema(route.body) } },
          },
        }),
    responses,
  };
}

function operationId(route: Route): string {
  const words = `${route.method} ${route.path}`.toLowerCase().split(/[^a-z0-9]+/);
  return words.filter((word) => word !== "" && word !== "api").join("_");
}

const SIGNATURE = [
  "A signed request: HTTP Message Signatures (RFC 9421) with Ed25519, one signature under any label.",
  "Cover @method; @target-uri, or @authority, @path and @query; content-digest (RFC 9530, sha-256)",
  "where there is a body; idempotency-key where it is sent, and it must be where x-signed says",
  "act_in_key. Parameters: created (now, in whole seconds) and keyid (SHA-256 of the 32 raw bytes of",
  'the enrolled public key, in hexadecimal); expires, nonce, tag and alg="ed25519" may be added.',
  "Send no Authorization beside it. Keys are enrolled and ended at /api/request-keys. · 签名请求：按",
  "RFC 9421 用 Ed25519 签名，覆盖上述内容，不再带 Authorization；公钥在 /api/request-keys 登记和停用。",
].join(" ");

const COMPONENTS = {
  securitySchemes: {
    signature: { type: "http", scheme: "signature", description: SIGNATURE },
    key: { type: "http", scheme: "bearer", description: "An API key, sbk_…" },
    session: {
      type: "apiKey",
      in: "cookie",
      name: "sandbank_console",
      description: "The cookie of a face. With several, name the face in Sandbank-Face.",
    },
    csrf: { type: "apiKey", in: "header", name: "X-CSRF-Token" },
  },
  parameters: {
    IdempotencyKey: {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description: "Same id and content: same outcome. Other content under one id is refused.",
      schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{1,80}$" },
    },
  },
};

/** Makes the document. `version` is that of the program. */
export function openApi(
  routes: readonly Route[],
  about: { readonly title: string; readonly version: string },
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: "3.1.0",
    info: { ...about, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    paths,
    components: {
      ...COMPONENTS,
      schemas: { Problem: PROBLEM_SCHEMA, Parked: PARKED_SCHEMA },
      responses: problemResponses(),
    },
  };
}
