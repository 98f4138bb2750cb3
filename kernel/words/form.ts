/**
 * What a value must look like, said in words: from the JSON Schema of a contract to half a sentence
 * such as "a decimal string of fen of 1 to 17 digits". A contract may say it better than its schema
 * can, under `x-form`. It knows no library and no request; texts of libraries go nowhere near people.
 */
import type { Text } from "./text.ts";

/** A node of a JSON Schema, as far as forms are read from it. */
export type FormSchema = Readonly<Record<string, unknown>>;

/** The key under which a contract says its form in words of its own. */
export const FORM_KEY = "x-form";

/** Most choices or names that are listed; the rest is in the description of the interface. */
const LISTED_MAX = 12;

const FORMATS: Readonly<Record<string, Text>> = {
  uuid: {
    zh: "UUID，如 0199a3c4-7d1e-7c3a-9b5e-2f6d8e1a4b70",
    en: "a UUID such as 0199a3c4-7d1e-7c3a-9b5e-2f6d8e1a4b70",
  },
  "date-time": {
    zh: "带时区的时间，如 2026-11-24T10:00:00+08:00",
    en: "an instant with its offset, such as 2026-11-24T10:00:00+08:00",
  },
  date: { zh: "日期，如 2026-11-24", en: "a day, such as 2026-11-24" },
  email: { zh: "电子邮箱地址", en: "an e-mail address" },
  uri: { zh: "网址", en: "an address that begins with https://" },
};

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: "文本", en: "text" },
  number: { zh: "数", en: "a number" },
  integer: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  null: { zh: "null", en: "null" },
  array: { zh: "列表", en: "a list" },
  object: { zh: "对象", en: "an object" },
};

const ANYTHING: Text = { zh: "接口说明中的写法", en: "what the description of the interface says" };

/** The form of one schema, or of several that a value may choose from. */
export function formOf(...schemas: readonly FormSchema[]): Text {
  const flat = schemas.flatMap((one) => branchesOf(one) ?? [one]);
  const choices = flat.flatMap(choicesOf);
  if (choices.length > 0 && flat.every((one) => choicesOf(one).length > 0)) return oneOf(choices);
  const forms = flat.map(formOfOne);
  const distinct = forms.filter(({ en }, at) => forms.findIndex((one) => one.en === en) === at);
  if (distinct.length === 0) return ANYTHING;
  return {
    zh: distinct.map(({ zh }) => zh).join("，或"),
    en: distinct.map(({ en }) => en).join(", or "),
  };
}

/** What a schema offers to choose from, if it is a choice. */
export function branchesOf(schema: FormSchema): readonly FormSchema[] | undefined {
  if (FORM_KEY in schema) return undefined;
  const types = schema["type"];
  if (Array.isArray(types)) return types.map((type: unknown) => ({ ...schema, type }));
  return (schema["oneOf"] ?? schema["anyOf"]) as readonly FormSchema[] | undefined;
}

function choicesOf(schema: FormSchema): string[] {
  if ("const" in schema) return [String(schema["const"])];
  return ((schema["enum"] ?? []) as readonly unknown[]).map(String);
}

function oneOf(choices: readonly string[]): Text {
  const distinct = [...new Set(choices)];
  const [only] = distinct;
  if (distinct.length === 1 && only !== undefined) return { zh: only, en: only };
  const listed = distinct.slice(0, LISTED_MAX);
  const more = distinct.length > LISTED_MAX;
  return {
    zh: `以下之一：${listed.join("、")}${more ? "等" : ""}`,
    en: `one of ${listed.join(", ")}${more ? " and others" : ""}`,
  };
}

function formOfOne(schema: FormSchema): Text {
  const own = schema[FORM_KEY] as Text | undefined;
  if (own !== undefined) return own;
  const choices = choicesOf(schema);
  if (choices.length > 0) return oneOf(choices);
  const format = FORMATS[String(schema["format"])];
  if (format !== undefined) return format;
  switch (schema["type"]) {
    case "string":
      return formOfText(schema);
    case "number":
    case "integer":
      return within(TYPES[schema["type"]] ?? ANYTHING, schema["minimum"], schema["maximum"]);
    case "array":
      return formOfList(schema);
    case "object":
      return formOfObject(schema);
    default:
      return TYPES[String(schema["type"])] ?? ANYTHING;
  }
}

function formOfText(schema: FormSchema): Text {
  const pattern = schema["pattern"] as string | undefined;
  if (pattern !== undefined) return formOfPattern(pattern);
  const { zh, en } = spanOf(schema["minLength"], schema["maxLength"]);
  return zh === ""
    ? (TYPES["string"] as Text)
    : { zh: `${zh}个字符的文本`, en: `text of ${en} characters` };
}

function formOfList(schema: FormSchema): Text {
  const { zh, en } = spanOf(schema["minItems"], schema["maxItems"]);
  const items = schema["items"];
  const each =
    typeof items === "object" && items !== null ? formOf(items as FormSchema) : undefined;
  return {
    zh: `${zh === "" ? "" : `${zh}项的`}列表${each === undefined ? "" : `，每项为${each.zh}`}`,
    en: `a list${en === "" ? "" : ` of ${en} items`}${each === undefined ? "" : `, each ${each.en}`}`,
  };
}

function formOfObject(schema: FormSchema): Text {
  const names = Object.keys((schema["properties"] ?? {}) as object);
  if (names.length === 0) return TYPES["object"] as Text;
  const listed = namesOf(names);
  return { zh: `对象，可含 ${listed}`, en: `an object with ${listed}` };
}

/** Names of fields, as many as are listed. */
export function namesOf(names: readonly string[]): string {
  return names.slice(0, LISTED_MAX).join(", ") + (names.length > LISTED_MAX ? ", …" : "");
}

/** Bounds that JavaScript sets for whole numbers say nothing to people. */
function bound(value: unknown): number | undefined {
  if (typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return undefined;
  return value;
}

function within(what: Text, least: unknown, most: unknown): Text {
  const { zh, en } = spanOf(least, most);
  return zh === "" ? what : { zh: `${zh}的${what.zh}`, en: `${what.en} of ${en}` };
}

/** `1 to 80`, `at least 1`, `at most 80`, `80`, or nothing. */
function spanOf(from: unknown, to: unknown): Text {
  const [least, most] = [bound(from), bound(to)];
  if (least !== undefined && least === most) return { zh: `${least} `, en: String(least) };
  if (least !== undefined && most !== undefined) {
    return { zh: `${least} 到 ${most} `, en: `${least} to ${most}` };
  }
  if (least !== undefined) return { zh: `至少 ${least} `, en: `at least ${least}` };
  return most === undefined ? { zh: "", en: "" } : { zh: `至多 ${most} `, en: `at most ${most}` };
}

const COUNT = /^\^\[1-9\]\[0-9\]\{0,(\d+)\}\$$/;
const COUNT_OR_ZERO = /^\^\(0\|\[1-9\]\[0-9\]\{0,(\d+)\}\)\$$/;
/** One class of characters, or a first one and the rest, each with how many. */
const RUN = /^\^((?:\[[^\]]+\]|\\d)(?:\{\d+(?:,\d+)?\})?)((?:\[[^\]]+\]|\\d)\{\d+(?:,\d+)?\})?\$$/;

/** What a pattern takes. One that is no plain run of characters is shown as it stands. */
function formOfPattern(pattern: string): Text {
  const count = COUNT.exec(pattern) ?? COUNT_OR_ZERO.exec(pattern);
  if (count !== null) {
    const digits = Number(count[1]) + 1;
    const zero = pattern.startsWith("^(0");
    return {
      zh: `${zero ? "" : "大于 0 的"}整数，1 到 ${digits} 位，写成文本`,
      en: `a whole number${zero ? "" : " above 0"} of 1 to ${digits} digits, as text`,
    };
  }
  const [, first, rest] = RUN.exec(pattern) ?? [];
  if (first === undefined) {
    return { zh: `符合 ${pattern} 的文本`, en: `text of the form ${pattern}` };
  }
  const [one, other] = [runOf(first), rest === undefined ? undefined : runOf(rest)];
  const chosen = other ?? one;
  const least = one.least + (other?.least ?? 0);
  const span = spanOf(least, one.most + (other?.most ?? 0));
  const head = other === undefined ? { zh: "", en: "" } : headOf(one.characters);
  return {
    zh: `${span.zh.trim()} 个字符，可用 ${chosen.characters}${head.zh}`,
    en: `${span.en} characters of ${chosen.characters}${head.en}`,
  };
}

function headOf(characters: string): Text {
  return { zh: `，首字符为 ${characters}`, en: `, the first of ${characters}` };
}

interface Run {
  readonly characters: string;
  readonly least: number;
  readonly most: number;
}

/** `[a-z_]{1,9}` as its characters and how many. */
function runOf(text: string): Run {
  const [, characters = "", least = "1", most] =
    /^(?:\[([^\]]+)\]|\\d)(?:\{(\d+)(?:,(\d+))?\})?$/.exec(text) ?? [];
  const shown = characters === "" ? "0–9" : charactersOf(characters);
  return { characters: shown, least: Number(least), most: Number(most ?? least) };
}

function charactersOf(inside: string): string {
  const parts = inside.replaceAll("\\d", "0-9").replaceAll("\\", "").match(/.-.|./g) ?? [];
  return parts
    .map((part) => (part.length === 3 ? `${part[0]}–${part[2]}` : part === " " ? "␠" : part))
    .join(" ");
}
