/** The fields of a form of one act: what each is, what is wrong with what was typed, what is sent. */
import { parseYuan } from "@sandbank/kernel/money";
import type { Saying } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";

const WORDS_MAX = 5000;

export interface Option {
  readonly value: string;
  readonly label: string;
}

export type ActField =
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly label: string;
      readonly options: readonly Option[];
    }
  | {
      readonly kind: "words";
      readonly name: string;
      readonly label: string;
      readonly hint?: string;
      readonly optional?: boolean;
    }
  | {
      readonly kind: "amount";
      readonly name: string;
      readonly label: string;
      readonly hint?: string;
    };

export type Values = Readonly<Record<string, string>>;

/** An amount of at least one fen; undefined for anything else that was typed. */
function readAmount(typed: string): bigint | undefined {
  const fen = parseYuan(typed);
  return fen !== undefined && fen > 0n ? fen : undefined;
}

/** What is wrong, in the order of the fields. */
export function actFaults(
  fields: readonly ActField[],
  values: Values,
  say: Saying,
): readonly { readonly field: string; readonly text: string }[] {
  return fields.flatMap((field) => {
    const typed = (values[field.name] ?? "").trim();
    const fault = (text: string) => [{ field: field.name, text }];
    if (field.kind === "choice") {
      return typed === "" ? fault(say(words.choose, { label: field.label })) : [];
    }
    if (field.kind === "amount") {
      return readAmount(typed) === undefined ? fault(say(words.amount)) : [];
    }
    if (typed === "") return field.optional === true ? [] : fault(say(words.write));
    return typed.length > WORDS_MAX ? fault(say(words.long)) : [];
  });
}

/** What is sent: amounts in fen, what was left empty left out. */
export function readAmounts(fields: readonly ActField[], values: Values): Values {
  const read = fields.flatMap((field) => {
    const typed = (values[field.name] ?? "").trim();
    if (field.kind !== "amount") return typed === "" ? [] : [[field.name, typed] as const];
    const fen = readAmount(typed);
    return fen === undefined ? [] : [[field.name, String(fen)] as const];
  });
  return Object.fromEntries(read);
}
