/**
 * The form of a declaration as something to fill in, read off its own contract: what each field is,
 * what stands in it as text, and how it becomes JSON again. Pure; the contract stays the one place
 * that says which fields there are.
 */
import {
  attachmentContract,
  dateContract,
  planStepsContract,
  textContract,
} from "@sandbank/sandbox/contract";
import { z } from "zod";

/** What an empty field becomes. */
type Empty = "null" | "absent" | undefined;

export type Node =
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Node])[] }
  /** `isOrdered` where the place of an item is part of what the list says. */
  | { readonly kind: "list"; readonly item: Node; readonly isOrdered: boolean }
  /** A part that is not there until somebody begins to fill it in. */
  | { readonly kind: "maybe"; readonly inner: Node; readonly empty: "null" | "absent" }
  | { readonly kind: "several"; readonly options: readonly string[] }
  | { readonly kind: "choice"; readonly options: readonly string[]; readonly empty: Empty }
  | {
      readonly kind: "both" | "attachment" | "day" | "line" | "lines" | "whole" | "switch";
      readonly empty: Empty;
    }
  /** Nothing to choose: the contract knows one value, such as the currency. */
  | { readonly kind: "fixed"; readonly value: string }
  /** Nothing to fill in: it stays as it is. */
  | { readonly kind: "kept" };

/** What stands in the fields: text, lists of it, parts by name; null for a part that is not there. */
export type Typed = string | null | readonly Typed[] | { readonly [name: string]: Typed };

const KEPT_OF_ALL: readonly string[] = ["number", "source"];
/** Of a provision, which has a text: where it stands and who wrote it follow from the form. */
const KEPT_OF_PROVISION: readonly string[] = ["clause", "from"];

export function nodeOf(schema: unknown, empty?: Empty): Node {
  if (schema === textContract) return { kind: "both", empty };
  if (schema === attachmentContract) return { kind: "attachment", empty };
  if (schema === dateContract) return { kind: "day", empty };
  if (schema instanceof z.ZodDefault) return nodeOf(schema.unwrap(), empty);
  if (schema instanceof z.ZodNullable) return optional(schema.unwrap(), "null");
  if (schema instanceof z.ZodOptional) return optional(schema.unwrap(), "absent");
  if (schema instanceof z.ZodObject) return objectOf(schema.shape);
  if (schema instanceof z.ZodArray) return listOf(schema, empty);
  if (schema instanceof z.ZodEnum) {
    return { kind: "choice", options: schema.options.map(String), empty };
  }
  if (schema instanceof z.ZodLiteral) return { kind: "fixed", value: String(schema.value) };
  if (schema instanceof z.ZodBoolean) return { kind: "switch", empty };
  if (schema instanceof z.ZodNumber) return { kind: "whole", empty };
  if (schema instanceof z.ZodString) return { kind: "line", empty };
  return { kind: "kept" };
}

function optional(inner: unknown, empty: "null" | "absent"): Node {
  const node = nodeOf(inner, empty);
  // An empty list of regions means the whole country, so that none said is something else.
  const apart = node.kind === "object" || node.kind === "list" || node.kind === "lines";
  return apart && !(node.kind === "lines" && empty === "absent")
    ? { kind: "maybe", inner: node, empty }
    : node;
}

function objectOf(shape: Readonly<Record<string, unknown>>): Node {
  const names = Object.keys(shape);
  const provision = ["clause", "from", "text"].every((name) => names.includes(name));
  const kept = provision ? KEPT_OF_PROVISION : KEPT_OF_ALL;
  const fields = names.map((name): readonly [string, Node] => [
    name,
    kept.includes(name) ? { kind: "kept" } : nodeOf(shape[name]),
  ]);
  return { kind: "object", fields };
}

function listOf(schema: z.ZodArray, empty: Empty): Node {
  const item = nodeOf(schema.element);
  if (item.kind === "choice") return { kind: "several", options: item.options };
  if (item.kind === "line") return { kind: "lines", empty };
  return { kind: "list", item, isOrdered: schema === (planStepsContract as unknown) };
}

/** What stands in the fields of a value. */
export function typedOf(node: Node, value: unknown): Typed {
  switch (node.kind) {
    case "object": {
      const parts = (value ?? {}) as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        node.fields.map(([name, field]) => [name, typedOf(field, parts[name])]),
      );
    }
    case "list":
      return ((value ?? []) as readonly unknown[]).map((one) => typedOf(node.item, one));
    case "maybe":
      return value === null || value === undefined ? null : typedOf(node.inner, value);
    case "several":
      return (value ?? []) as readonly string[];
    case "both":
      return (value ?? { zh: "", en: "" }) as Typed;
    case "lines":
      return ((value ?? []) as readonly string[]).join("\n");
    case "switch":
      return value === true ? "yes" : "no";
    case "choice":
      if (typeof value === "string") return value;
      return node.empty ? "" : (node.options[0] ?? "");
    case "fixed":
      return node.value;
    case "attachment":
    case "kept":
      return (value ?? null) as Typed;
    case "day":
    case "line":
    case "whole":
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
  }
}

/** A part that nobody has filled in yet. */
export function blankOf(node: Node): Typed {
  return typedOf(node, undefined);
}

/** The value of what stands in the fields; what is left empty becomes what the contract wants. */
export function valueOf(node: Node, typed: Typed): unknown {
  switch (node.kind) {
    case "object": {
      const parts = typed as Readonly<Record<string, Typed>>;
      const read = node.fields.map(
        ([name, field]) => [name, valueOf(field, parts[name] ?? null)] as const,
      );
      return Object.fromEntries(read.filter(([, value]) => value !== undefined));
    }
    case "list":
      return (typed as readonly Typed[]).map((one) => valueOf(node.item, one));
    case "maybe":
      return typed === null ? emptyOf(node.empty) : valueOf(node.inner, typed);
    case "both": {
      const { zh, en } = typed as { readonly zh: string; readonly en: string };
      const said = { zh: zh.trim(), en: en.trim() };
      return said.zh === "" && said.en === "" && node.empty ? emptyOf(node.empty) : said;
    }
    case "lines": {
      const lines = (typed as string).split(/[\n,，、]/).map((line) => line.trim());
      const said = lines.filter((line) => line !== "");
      return said.length === 0 && node.empty === "absent" ? undefined : said;
    }
    case "switch":
      return typed === "yes";
    case "whole":
      return typed === "" && node.empty ? emptyOf(node.empty) : Number(typed || Number.NaN);
    case "choice":
    case "day":
    case "line":
      return typed === "" && node.empty ? emptyOf(node.empty) : (typed as string).trim();
    case "fixed":
      return node.value;
    case "several":
    case "attachment":
    case "kept":
      return typed;
  }
}

function emptyOf(empty: "null" | "absent"): null | undefined {
  return empty === "null" ? null : undefined;
}

/** The tree with another value at a path. */
export function withAt(tree: Typed, path: readonly string[], value: Typed): Typed {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(tree)) {
    return (tree as readonly Typed[]).map((one, at) =>
      String(at) === name ? withAt(one, rest, value) : one,
    );
  }
  const parts = (tree ?? {}) as Readonly<Record<string, Typed>>;
  return { ...parts, [name]: withAt(parts[name] ?? null, rest, value) };
}

/** The list with two of its items in each other's place. */
export function swapped(items: readonly Typed[], one: number, other: number): readonly Typed[] {
  return items.map((item, at) =>
    at === one ? (items[other] ?? null) : at === other ? (items[one] ?? null) : item,
  );
}

/** The value at a path; null where there is none. */
export function valueAt(tree: Typed, path: readonly string[]): Typed {
  return path.reduce<Typed>((at, name) => {
    if (at === null || typeof at === "string") return null;
    return (at as Readonly<Record<string, Typed>>)[name] ?? null;
  }, tree);
}

/** The node at a path of names and places. */
export function nodeAt(node: Node, path: readonly string[]): Node {
  return path.reduce<Node>((at, name) => {
    const open = at.kind === "maybe" ? at.inner : at;
    if (open.kind === "list") return open.item;
    if (open.kind !== "object") return { kind: "kept" };
    return open.fields.find(([field]) => field === name)?.[1] ?? { kind: "kept" };
  }, node);
}
