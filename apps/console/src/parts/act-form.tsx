/**
 * A form of one act: a few fields, judged when they are sent, one button that says the act, and what
 * came of it. What was typed stays; a refusal is shown with reason and remedy.
 */
import { Textarea, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { ask, isUnknown, type Trouble } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { type ActField, actFaults, readAmounts, type Values } from "./act-field.ts";
import { Faults } from "./faults.tsx";
import { TroubleNote } from "./trouble.tsx";

interface ActFormProps {
  readonly fields: readonly ActField[];
  /** The button: what is done. */
  readonly act: string;
  readonly grave?: boolean;
  readonly path: string;
  /** The body that is sent; amounts are in fen already. */
  body(values: Values): object;
  done(outcome: OutcomeAnswer): void;
}

export function ActForm({ fields, act, grave = false, path, body, done }: ActFormProps) {
  const { lang, who } = useSetting();
  const [values, setValues] = useState<Values>({});
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [reference, setReference] = useState(drawId);
  const faults = actFaults(fields, values, sayIn(lang));
  const shown = tries === 0 ? [] : faults;
  const send = async () => {
    setBusy(true);
    const sent = { lang, csrf: who.csrf, id: reference, body: body(readAmounts(fields, values)) };
    const answer = await ask<OutcomeAnswer>(path, sent);
    setBusy(false);
    if ("good" in answer) return done(answer.good);
    if (!isUnknown(answer.trouble)) setReference(drawId());
    return setTrouble(answer.trouble);
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (faults.length === 0 && !busy) void send();
  };
  return (
    <form className="fields" noValidate onSubmit={sent}>
      <Faults faults={shown} round={tries} />
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={values[field.name] ?? ""}
          fault={shown.find((one) => one.field === field.name)?.text}
          change={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <p className="acts">
        <button
          type="submit"
          className={grave ? "button stop" : "button primary"}
          aria-disabled={busy}
        >
          {act}
        </button>
      </p>
    </form>
  );
}

interface OneFieldProps {
  readonly field: ActField;
  readonly value: string;
  readonly fault: string | undefined;
  change(value: string): void;
}

function OneField({ field, value, fault, change }: OneFieldProps) {
  if (field.kind === "choice")
    return <Choice field={field} value={value} fault={fault} change={change} />;
  const input = {
    id: field.name,
    label: field.label,
    description: field.hint,
    error: fault,
    value,
  };
  if (field.kind === "amount") {
    return (
      <TextInput
        {...input}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return <Textarea {...input} onChange={(event) => change(event.currentTarget.value)} />;
}

function Choice({
  field,
  value,
  fault,
  change,
}: Omit<OneFieldProps, "field"> & { readonly field: ActField & { readonly kind: "choice" } }) {
  const { name, label, options } = field;
  return (
    <fieldset
      className="choices"
      aria-describedby={fault === undefined ? undefined : `${name}-fault`}
    >
      <legend>{label}</legend>
      {fault !== undefined && (
        <p className="error" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {options.map((option, at) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            id={at === 0 ? name : `${name}-${option.value}`}
            checked={value === option.value}
            onChange={() => change(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
