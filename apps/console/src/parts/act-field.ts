/** The fields of a form of one act: what each is, what is wrong with what was typed, what is sent. */
import { parseYuan } from "@sandbank/kernel/money";
import type { Text } from "@sandbank/kernel/words";
import type { Saying } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";

const WORDS_MAX = 5000;
const BOTH_MAX = 4000;
const LINE_MAX = 200;

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Named {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

/** What a line must look like, and what is said where it does not. */
interface LineForm {
  readonly of: RegExp;
  readonly wanted: string;
}

export type ActField =
  | (Named & { readonly kind: "choice" | "several"; readonly options: readonly Option[] })
  | (Named & { readonly kind: "words" | "amount" | "percent" | "day" | "moment" })
  /** One line, or several of which each is held to the form. */
  | (Named & { readonly kind: "line" | "lines"; readonly form?: LineForm })
  /** The same in both languages: `<name>_zh` and `<name>_en`. */
  | (Named & { readonly kind: "both" })
  | (Named & { readonly kind: "whole"; readonly least: number; readonly most: number })
  /** A document that stays with whoever has it: its SHA-256 is sent. */
  | (Named & { readonly kind: "document" })
  /** A document that is filed with Sandbank: its SHA-256 is sent. */
  | (Named & { readonly kind: "filed" })
  /** A heading between fields. */
  | (Named & { readonly kind: "head" });

export type Values = Readonly<Record<string, string>>;

/** An amount of at least one fen; undefined for anything else that was typed. */
function readAmount(typed: string): bigint | undefined {
  const fen = parseYuan(typed);
  return fen !== undefined && fen > 0n ? fen : undefined;
}

const PERCENT = /^(\d{1,6})(?:\.(\d{1,2}))? ?[%％]?$/;

/** A percentage with at most two decimals, in basis points; undefined for anything else. */
function readPercent(typed: string): bigint | undefined {
  const [, whole, part = ""] = PERCENT.exec(typed) ?? [];
  return whole === undefined ? undefined : BigInt(whole + part.padEnd(2, "0"));
}

interface Fault {
  readonly field: string;
  readonly text: string;
}

/** What is wrong, in the order of the fields. */
export function actFaults(
  fields: readonly ActField[],
  values: Values,
  say: Saying,
): readonly Fault[] {
  return fields.flatMap((field) => {
    if (field.kind === "head") return [];
    if (field.kind === "both") return bothFaults(field, values, say);
    const typed = (values[field.name] ?? "").trim();
    if (typed === "" && field.optional === true) return [];
    const text = faultOf(field, typed, say);
    return text === undefined ? [] : [{ field: field.name, text }];
  });
}

function bothFaults(field: ActField, values: Values, say: Saying): readonly Fault[] {
  const typed = bothOf(values, field.name);
  if (typed.zh === "" && typed.en === "" && field.optional === true) return [];
  return (["zh", "en"] as const).flatMap((lang) => {
    const empty = typed[lang] === "";
    if (!empty && typed[lang].length <= BOTH_MAX) return [];
    const text = empty ? words[`write_${lang}`] : words.long_both;
    return [{ field: `${field.name}_${lang}`, text: say(text, { label: field.label }) }];
  });
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/;
const HASH = /^[0-9a-f]{64}$/;

/** What is wrong with one field, in words. */
function faultOf(field: ActField, typed: string, say: Saying): string | undefined {
  const { label } = field;
  switch (field.kind) {
    case "choice":
    case "several":
      return typed === "" ? say(words.choose, { label }) : undefined;
    case "amount":
      return readAmount(typed) === undefined ? say(words.amount) : undefined;
    case "percent":
      return readPercent(typed) === undefined ? say(words.percent, { label }) : undefined;
    case "words":
      if (typed === "") return say(words.write);
      return typed.length > WORDS_MAX ? say(words.long) : undefined;
    case "line":
    case "lines": {
      const lines = field.kind === "line" ? [typed] : splitLines(typed);
      if (field.form !== undefined) {
        return lines.every((line) => field.form?.of.test(line)) ? undefined : field.form.wanted;
      }
      return typed === "" || typed.length > LINE_MAX ? say(words.line, { label }) : undefined;
    }
    case "day":
      return DAY.test(typed) ? undefined : say(words.day, { label });
    case "moment":
      return MOMENT.test(typed) ? undefined : say(words.moment, { label });
    case "document":
    case "filed":
      return HASH.test(typed) ? undefined : say(words.document, { label });
    case "whole": {
      const { least, most } = field;
      const fits = /^\d{1,9}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;
      const bounds = { label, least: String(least), most: String(most) };
      return fits ? undefined : say(words.whole, bounds);
    }
    case "both":
    case "head":
      return undefined;
  }
}

/** What is sent: amounts in fen, percentages in basis points, what was left empty left out. */
export function readValues(fields: readonly ActField[], values: Values): Values {
  const kinds = new Map(fields.map(({ name, kind }) => [name, kind]));
  const names = fields.flatMap(({ name, kind }) =>
    kind === "both" ? [`${name}_zh`, `${name}_en`] : [name],
  );
  const read = names.flatMap((name) => {
    const typed = (values[name] ?? "").trim();
    const read = READERS[kinds.get(name) ?? "line"];
    if (read === undefined) return typed === "" ? [] : [[name, typed] as const];
    const value = read(typed);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return Object.fromEntries(read);
}

/** How kinds are read that are typed in one unit and sent in a smaller one. */
const READERS: Readonly<Partial<Record<ActField["kind"], (typed: string) => bigint | undefined>>> =
  { amount: readAmount, percent: readPercent };

/** A field in both languages as the API takes it. */
export function bothOf(values: Values, name: string): Text {
  const typed = (lang: string) => (values[`${name}_${lang}`] ?? "").trim();
  return { zh: typed("zh"), en: typed("en") };
}

const splitLines = (typed: string): readonly string[] =>
  typed
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What was typed line by line, without those that are empty. */
export function linesOf(values: Values, name: string): readonly string[] {
  return splitLines(values[name] ?? "");
}

/** The choices that were made of several. */
export function severalOf(values: Values, name: string): readonly string[] {
  return (values[name] ?? "").split(",").filter((one) => one !== "");
}

/** A moment that was typed in Beijing's time, with its offset. */
export function momentOf(typed: string): string {
  return `${typed.replace(" ", "T")}:00+08:00`;
}
