/**
 * Contracts at the edge: a Zod schema becomes a JSON Schema and an Ajv function, compiled once.
 * Objects are closed: an unknown member is refused, never dropped. What JSON Schema cannot say
 * (refinements, transforms, coercion) is noticed, and such a contract is checked by Zod after Ajv.
 */
import assert from "node:assert/strict";
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import type { Refusal, Text } from "../words/index.ts";
import { refuse } from "./http.refusals.ts";

/** Where in a request a contract applies; also the head of the field's pointer. */
export type Place = "body" | "form" | "query" | "params";

const POINTER_HEAD: Readonly<Record<Place, string>> = {
  body: "",
  form: "",
  query: "/query",
  params: "/params",
};

const SETTINGS = { allErrors: false, strict: true, strictTypes: false, useDefaults: true } as const;
const formats = { validateFormats: false } as const;

// Loaded once; a schema of its own for each contract. `texts` reads what arrives as text: paths,
// queries and forms, where "5" is how one says 5.
const bodies = new Ajv2020({ ...SETTINGS, ...formats, strictRequired: false });
const texts = new Ajv2020({ ...SETTINGS, ...formats, coerceTypes: "array" });

/** Types of schema that JSON Schema expresses whole. */
const PLAIN_TYPES = new Set([
  ...["string", "number", "boolean", "null", "literal", "enum", "object", "array", "tuple"],
  ...["union", "optional", "nullable", "default", "record", "unknown", "any", "never", "readonly"],
]);
const PLAIN_CHECKS = new Set([
  ...["min_length", "max_length", "length_equals", "greater_than", "less_than", "multiple_of"],
  "number_format",
]);
/** Formats of strings that come with a pattern. `regex` is one. */
const PLAIN_FORMATS = new Set(["regex", "uuid", "datetime", "date", "email", "base64url", "hex"]);
const PLAIN_NUMBERS = new Set(["safeint", "int32", "uint32", "float32", "float64"]);

interface Inside {
  readonly type?: string;
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly coerce?: boolean;
  readonly checks?: readonly unknown[];
  readonly [part: string]: unknown;
}

function insideOf(schema: unknown): Inside | undefined {
  const zod = (schema as { _zod?: { def?: Inside } } | null | undefined)?._zod;
  return zod?.def;
}

function isPlainCheck(check: unknown): boolean {
  const def = insideOf(check);
  if (def?.check === undefined) return false;
  if (def.check === "string_format") {
    return PLAIN_FORMATS.has(def.format ?? "") && flagless(def.pattern);
  }
  return PLAIN_CHECKS.has(def.check);
}

/** JSON Schema patterns have no flags: `/a/i` would lose its `i`. */
function flagless(pattern: RegExp | undefined): boolean {
  return pattern === undefined || pattern.flags.replace("u", "") === "";
}

/** True if Ajv alone decides as Zod would. Looks at every part; a doubt is a no. */
export function isPlain(schema: z.ZodType, seen = new Set<unknown>()): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  const def = insideOf(schema);
  if (def?.type === undefined || !PLAIN_TYPES.has(def.type) || def.coerce === true) return false;
  if (def.check === "string_format" && !isPlainCheck(schema)) return false;
  if (def.check === "number_format" && !PLAIN_NUMBERS.has(def.format ?? "")) return false;
  if (!(def.checks ?? []).every(isPlainCheck)) return false;
  return partsOf(def).every((part) => isPlain(part as z.ZodType, seen));
}

function partsOf(def: Inside): unknown[] {
  const parts: unknown[] = [];
  for (const [name, part] of Object.entries(def)) {
    if (name === "checks") continue;
    if (name === "shape") parts.push(...Object.values(part as object));
    else if (Array.isArray(part)) parts.push(...part.filter((one) => insideOf(one) !== undefined));
    else if (insideOf(part) !== undefined) parts.push(part);
  }
  return parts;
}

/** The JSON Schema (2020-12) of what a caller may send; every plain object closed. */
export function inputSchema(schema: z.ZodType): Record<string, unknown> {
  const made = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const type = insideOf(zodSchema)?.type;
      assert.notEqual(
        type,
        "intersection",
        "contracts use .extend, an intersection cannot be closed",
      );
      if (type === "object" && jsonSchema.additionalProperties === undefined) {
        jsonSchema.additionalProperties = false;
      }
    },
  }) as Record<string, unknown>;
  const { $schema: _draft, "~standard": _standard, ...rest } = made;
  return rest;
}

/** The JSON Schema of what we answer. Open, so that answers may grow. */
export function outputSchema(schema: z.ZodType): Record<string, unknown> {
  const made = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  const { $schema: _draft, "~standard": _standard, ...rest } = made as Record<string, unknown>;
  return rest;
}

/** What a contract says of a value: the value to go on with, or the refusal. */
export type Checked = { readonly value: unknown } | Refusal;

/** Compiles a contract for one place. The function it returns never throws on any value. */
export function compileContract(schema: z.ZodType, place: Place): (value: unknown) => Checked {
  const validate = (place === "body" ? bodies : texts).compile(inputSchema(schema));
  const plain = isPlain(schema);
  return (value) => {
    if (!validate(value)) return refusalOf(validate.errors?.[0], place);
    if (plain) return { value };
    const parsed = schema.safeParse(value);
    return parsed.success ? { value: parsed.data } : refusalOfZod(parsed.error.issues[0], place);
  };
}

/** A rule for each keyword of JSON Schema that our contracts use. */
const RULES: Readonly<Record<string, (params: Record<string, unknown>) => Text>> = {
  required: () => ({ zh: "必须填写", en: "is needed" }),
  additionalProperties: () => ({ zh: "这里没有这一项", en: "is not a field of this request" }),
  type: ({ type }) => ({ zh: `应为 ${String(type)} 类型`, en: `must be of type ${String(type)}` }),
  pattern: () => ({ zh: "写法不符合规定", en: "is not written as it must be" }),
  minLength: ({ limit }) => ({
    zh: `至少 ${String(limit)} 个字符`,
    en: `must have at least ${String(limit)} characters`,
  }),
  maxLength: ({ limit }) => ({
    zh: `最多 ${String(limit)} 个字符`,
    en: `may have at most ${String(limit)} characters`,
  }),
  minItems: ({ limit }) => ({
    zh: `至少 ${String(limit)} 项`,
    en: `must have at least ${String(limit)} items`,
  }),
  maxItems: ({ limit }) => ({
    zh: `最多 ${String(limit)} 项`,
    en: `may have at most ${String(limit)} items`,
  }),
  minimum: ({ limit }) => ({
    zh: `不小于 ${String(limit)}`,
    en: `must be at least ${String(limit)}`,
  }),
  maximum: ({ limit }) => ({
    zh: `不大于 ${String(limit)}`,
    en: `must be at most ${String(limit)}`,
  }),
  enum: () => ({ zh: "不在可选范围内", en: "is not one of the choices" }),
  const: () => ({ zh: "不在可选范围内", en: "is not one of the choices" }),
};
const RULE_OTHER: Text = { zh: "不符合约定", en: "does not meet the contract" };

function refusalOf(error: ErrorObject | undefined, place: Place): Refusal {
  const params = (error?.params ?? {}) as Record<string, unknown>;
  const extra = params["missingProperty"] ?? params["additionalProperty"];
  const tail = extra === undefined ? "" : `/${pointerPart(String(extra).slice(0, 80))}`;
  const rule = RULES[error?.keyword ?? ""]?.(params) ?? RULE_OTHER;
  return notMet(`${POINTER_HEAD[place]}${(error?.instancePath ?? "").slice(0, 400)}${tail}`, rule);
}

function pointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function refusalOfZod(
  issue: { readonly path: readonly PropertyKey[] } | undefined,
  place: Place,
): Refusal {
  const path = (issue?.path ?? []).map((part) => `/${pointerPart(String(part).slice(0, 80))}`);
  return notMet(`${POINTER_HEAD[place]}${path.join("").slice(0, 400)}`, RULE_OTHER);
}

function notMet(field: string, rule: Text): Refusal {
  const params = { field: field === "" ? "/" : field, rule_zh: rule.zh, rule_en: rule.en };
  return refuse("contract_not_met", { field, params });
}
