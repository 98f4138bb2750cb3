/**
 * How a value breaks its contract: which field, what is wrong with it and what form is expected, in
 * both languages. Reads the issues of the contracts' library by their code; the table of codes is
 * total, and no sentence of the library is ever shown.
 */
import type { z } from "zod";
import { branchesOf, type FormSchema, formOf, namesOf } from "./form.ts";
import type { Text } from "./text.ts";

/** What is wrong with one field. `field` is a JSON pointer, `""` for the whole. */
export interface Broken {
  readonly field: string;
  /** What is wrong: "is not written as it must be". */
  readonly rule: Text;
  /** What it must be: "a decimal string of fen of 1 to 17 digits". */
  readonly form: Text;
}

/** What can be wrong, in the words of every door. */
export const RULES = {
  missing: { zh: "必须填写", en: "is needed" },
  unknown: { zh: "这里没有这一项", en: "is not a field of this request" },
  type: { zh: "类型不对", en: "is of another type" },
  written: { zh: "写法不符合规定", en: "is not written as it must be" },
  choice: { zh: "不在可选范围内", en: "is not one of the choices" },
  short: { zh: "太短", en: "is too short" },
  long: { zh: "太长", en: "is too long" },
  few: { zh: "项数太少", en: "has too few items" },
  many: { zh: "项数太多", en: "has too many items" },
  small: { zh: "太小", en: "is too small" },
  large: { zh: "太大", en: "is too large" },
  step: { zh: "不是规定的倍数", en: "is not a multiple that is taken" },
  name: { zh: "含有不允许的名称", en: "has a name that is not taken" },
  otherwise: { zh: "不符合约定", en: "does not meet the contract" },
} as const satisfies Readonly<Record<string, Text>>;

type Issue = z.core.$ZodIssue;
type Sized = { readonly origin: string };

const TOO_SMALL: Readonly<Record<string, Text>> = { string: RULES.short, array: RULES.few };
const TOO_BIG: Readonly<Record<string, Text>> = { string: RULES.long, array: RULES.many };

/** Every code that the library knows; one that it adds does not compile until it is said here. */
const RULE_OF: Readonly<Record<Issue["code"], (issue: Issue, value: unknown) => Text>> = {
  invalid_type: (_, value) => (value === undefined ? RULES.missing : RULES.type),
  invalid_value: (_, value) => (value === undefined ? RULES.missing : RULES.choice),
  invalid_format: () => RULES.written,
  invalid_union: (_, value) => (value === undefined ? RULES.missing : RULES.choice),
  invalid_key: () => RULES.name,
  invalid_element: () => RULES.otherwise,
  too_small: (issue) => TOO_SMALL[(issue as unknown as Sized).origin] ?? RULES.small,
  too_big: (issue) => TOO_BIG[(issue as unknown as Sized).origin] ?? RULES.large,
  not_multiple_of: () => RULES.step,
  unrecognized_keys: () => RULES.unknown,
  custom: () => RULES.otherwise,
};

/** What the first issue says, for a value that did not meet the contract of this schema. */
export function brokenBy(
  issue: Issue | undefined,
  { schema, value }: { readonly schema: FormSchema; readonly value: unknown },
): Broken {
  const path = (issue?.path ?? []).map(String);
  const rule =
    issue === undefined ? RULES.otherwise : RULE_OF[issue.code](issue, valueAt(value, path));
  const [extra] = issue?.code === "unrecognized_keys" ? issue.keys : [];
  if (extra !== undefined) {
    return { field: pointerOf([...path, extra]), rule, form: leftOut(nodesAt(schema, path)) };
  }
  return { field: pointerOf(path), rule, form: formOf(...nodesAt(schema, path)) };
}

/** The form of a field that is none: gone, and what there is in its place. */
export function leftOut(nodes: readonly FormSchema[]): Text {
  const known = namesOf(nodes.flatMap((node) => Object.keys((node["properties"] ?? {}) as object)));
  if (known === "") return { zh: "空缺", en: "left out" };
  return { zh: `空缺（可用的有 ${known}）`, en: `left out (there are ${known})` };
}

/** The schemas that a place in a value may have: several where the contract offers a choice. */
export function nodesAt(schema: FormSchema, path: readonly string[]): FormSchema[] {
  let nodes = spread(schema);
  for (const part of path) nodes = nodes.flatMap((node) => under(node, part)).flatMap(spread);
  return nodes;
}

function spread(schema: FormSchema): FormSchema[] {
  return branchesOf(schema)?.flatMap(spread) ?? [schema];
}

function under(node: FormSchema, part: string): FormSchema[] {
  const properties = (node["properties"] ?? {}) as Readonly<Record<string, FormSchema>>;
  if (Object.hasOwn(properties, part)) return [properties[part] ?? {}];
  const tuple = node["prefixItems"] as readonly FormSchema[] | undefined;
  const rest = /^\d+$/.test(part) ? (tuple?.[Number(part)] ?? node["items"]) : undefined;
  const inside = rest ?? node["additionalProperties"];
  return typeof inside === "object" && inside !== null ? [inside as FormSchema] : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return at;
}

const NAME_MAX = 80;
/** Longest pointer that is answered, in characters. */
export const POINTER_MAX = 400;

/** A JSON pointer (RFC 6901), cut where a caller's own names would make it long. */
export function pointerOf(path: readonly string[]): string {
  const parts = path.map((part) =>
    part.slice(0, NAME_MAX).replaceAll("~", "~0").replaceAll("/", "~1"),
  );
  return parts
    .map((part) => `/${part}`)
    .join("")
    .slice(0, POINTER_MAX);
}
