/** One field of a form of an act, drawn as what it is. */
import { Textarea, TextInput } from "@mantine/core";
import { LANG_TAGS } from "@sandbank/ui";
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";
import { type ActField, severalOf, type Values } from "./act-field.ts";
import { DocumentField } from "./document-field.tsx";
import { FiledField } from "./filed-field.tsx";

export interface OneFieldProps {
  readonly field: ActField;
  readonly values: Values;
  readonly faults: readonly { readonly field: string; readonly text: string }[];
  change(name: string, value: string): void;
}

export function OneField({ field, values, faults, change }: OneFieldProps) {
  const say = sayIn(useSetting().lang);
  const { name, label, hint } = field;
  const value = values[name] ?? "";
  const fault = faults.find((one) => one.field === name)?.text;
  const input = { id: name, label, description: hint, error: fault, value };
  const changed = (event: { readonly currentTarget: { readonly value: string } }) =>
    change(name, event.currentTarget.value);
  switch (field.kind) {
    case "head":
      return <h2>{label}</h2>;
    case "choice":
    case "several":
      return <Choice {...{ field, value, fault }} change={(next) => change(name, next)} />;
    case "both":
      return <Both {...{ field, values, faults, change }} />;
    case "words":
    case "lines":
      return <Textarea {...input} onChange={changed} />;
    case "document":
      return <DocumentField {...{ field, value, fault }} change={(next) => change(name, next)} />;
    case "filed":
      return <FiledField {...{ field, value, fault }} change={(next) => change(name, next)} />;
    case "day":
    case "moment": {
      // A browser's own field would speak the browser's language and not the page's.
      const usual = say(words[`${field.kind}_hint`]);
      const description = hint === undefined ? usual : `${usual} ${hint}`;
      return (
        <TextInput {...input} description={description} autoComplete="off" onChange={changed} />
      );
    }
    case "amount":
    case "percent":
    case "whole":
    case "line": {
      const mode = {
        amount: "decimal",
        percent: "decimal",
        whole: "numeric",
        line: "text",
      } as const;
      const more = { inputMode: mode[field.kind], autoComplete: "off" } as const;
      return <TextInput {...input} {...more} onChange={changed} />;
    }
  }
}

/** The same said twice, once in each language. */
function Both({ field, values, faults, change }: OneFieldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="two">
      {(["zh", "en"] as const).map((tongue) => {
        const id = `${field.name}_${tongue}`;
        return (
          <Textarea
            key={id}
            id={id}
            lang={LANG_TAGS[tongue]}
            label={say(words[`in_${tongue}`], { label: field.label })}
            description={field.hint}
            error={faults.find((one) => one.field === id)?.text}
            value={values[id] ?? ""}
            onChange={(event) => change(id, event.currentTarget.value)}
          />
        );
      })}
    </div>
  );
}

interface ChoiceProps {
  readonly field: ActField & { readonly kind: "choice" | "several" };
  readonly value: string;
  readonly fault: string | undefined;
  change(value: string): void;
}

function Choice({ field, value, fault, change }: ChoiceProps) {
  const { name, label, hint, options, kind } = field;
  const chosen = kind === "several" ? severalOf({ [name]: value }, name) : [value];
  const press = (option: string) => {
    if (kind === "choice") return change(option);
    const rest = chosen.filter((one) => one !== option);
    return change((rest.length < chosen.length ? rest : [...chosen, option]).join(","));
  };
  return (
    <fieldset
      className="choices"
      aria-describedby={fault === undefined ? undefined : `${name}-fault`}
    >
      <legend>{label}</legend>
      {hint !== undefined && <p className="small">{hint}</p>}
      {fault !== undefined && (
        <p className="error" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {options.map((option, at) => (
        <label className="choice" key={option.value}>
          <input
            type={kind === "several" ? "checkbox" : "radio"}
            name={name}
            value={option.value}
            id={at === 0 ? name : `${name}-${option.value}`}
            checked={chosen.includes(option.value)}
            onChange={() => press(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
