/**
 * Contracts at the edge: a Zod schema becomes a JSON Schema and an Ajv function, compiled once, when
 * it is first asked or when the server has nothing better to do, so that starting does not wait.
 * Objects are closed: an unknown member is refused, never dropped. What JSON Schema cannot say
 * (refinements, transforms, coercion) is noticed, and such a contract is checked by Zod after Ajv.
 */
import assert from "node:assert/strict";
import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import {
  type Broken,
  brokenBy,
  FORM_KEY,
  formOf,
  type FormSchema,
  leftOut,
  nodesAt,
  POINTER_MAX,
  pointerOf,
  type Refusal,
  RULES,
} from "../words/index.ts";
import { refuse } from "./http.refusals.ts";

/** Where in a request a contract applies; also the head of the field's pointer. */
export type Place = "body" | "form" | "query" | "params";

const POINTER_HEAD: Readonly<Record<Place, string>> = {
  body: "",
  form: "",
  query: "/query",
  params: "/params",
};

// Ajv would spend half of compiling on shortening code that the engine compiles again anyway.
const SETTINGS = {
  code: { optimize: false },
  ...{ allErrors: false, strict: true, strictTypes: false, useDefaults: true, verbose: true },
  ...{ validateFormats: false, keywords: [FORM_KEY] },
};

// Loaded once; a schema of its own for each contract. `texts` reads what arrives as text: paths,
// queries and forms, where "5" is how one says 5.
const bodies = new Ajv2020({ ...SETTINGS, strictRequired: false });
const texts = new Ajv2020({ ...SETTINGS, coerceTypes: "array" });

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

/** A contract for one place. It never throws on any value. */
export interface Contract {
  (value: unknown): Checked;
  /** Compiles now what the first value would otherwise wait for, some milliseconds. */
  warm(): void;
}

/** Makes a contract for one place. What cannot be said in JSON Schema at all throws here. */
export function compileContract(schema: z.ZodType, place: Place): Contract {
  const form = inputSchema(schema);
  const plain = isPlain(schema);
  let compiled: ValidateFunction | undefined;
  const warm = () => (compiled ??= (place === "body" ? bodies : texts).compile(form));
  const check = (value: unknown): Checked => {
    const validate = warm();
    if (!validate(value)) {
      // Zod names the branch of a choice that was meant. What arrives as text it would misread.
      const read = place === "body" ? schema.safeParse(value) : undefined;
      if (read?.success === false)
        return notMet(brokenBy(read.error.issues[0], { schema: form, value }), place);
      return notMet(brokenByKeyword(validate.errors?.[0]), place);
    }
    if (plain) return { value };
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value: parsed.data };
    return notMet(brokenBy(parsed.error.issues[0], { schema: form, value }), place);
  };
  return Object.assign(check, { warm: () => void warm() });
}

/** The rule behind each keyword of JSON Schema that our contracts use. */
const RULE_OF: Readonly<Record<string, keyof typeof RULES>> = {
  ...{ required: "missing", additionalProperties: "unknown", type: "type", propertyNames: "name" },
  ...{ pattern: "written", format: "written", enum: "choice", const: "choice", oneOf: "choice" },
  ...{ anyOf: "choice", minLength: "short", maxLength: "long", minItems: "few", maxItems: "many" },
  ...{ minimum: "small", exclusiveMinimum: "small", maximum: "large", exclusiveMaximum: "large" },
  multipleOf: "step",
};

function brokenByKeyword(error: ErrorObject | undefined): Broken {
  const params = (error?.params ?? {}) as Readonly<Record<string, unknown>>;
  const node = (error?.parentSchema ?? {}) as FormSchema;
  const rule = RULES[RULE_OF[error?.keyword ?? ""] ?? "otherwise"];
  const at = (error?.instancePath ?? "").slice(0, POINTER_MAX);
  const [missing, extra] = [params["missingProperty"], params["additionalProperty"]];
  if (typeof missing === "string") {
    return { field: at + pointerOf([missing]), rule, form: formOf(...nodesAt(node, [missing])) };
  }
  if (typeof extra === "string") {
    return { field: at + pointerOf([extra]), rule, form: leftOut([node]) };
  }
  return { field: at, rule, form: formOf(node) };
}

function notMet({ field, rule, form }: Broken, place: Place): Refusal {
  const at = `${POINTER_HEAD[place]}${field}`;
  const said = { rule_zh: rule.zh, rule_en: rule.en, form_zh: form.zh, form_en: form.en };
  return refuse("contract_not_met", {
    field: at,
    params: { field: at === "" ? "/" : at, ...said },
  });
}
