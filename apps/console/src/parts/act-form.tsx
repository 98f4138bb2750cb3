/**
 * A form of one act: a few fields, judged when they are sent, one button that says the act, and what
 * came of it. What was typed stays; a refusal is shown with reason and remedy.
 */
import { type ReactNode, type SyntheticEvent, useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { Faults } from "@sandbank/ui/face/parts";
import { ask, isUnknown, type Trouble } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { type ActField, actFaults, readValues, type Values } from "./act-field.ts";
import { OneField } from "./one-field.tsx";
import { TroubleNote } from "./trouble.tsx";

interface ActFormProps {
  /** The fields, or those that go with what was chosen so far. */
  readonly fields: readonly ActField[] | ((values: Values) => readonly ActField[]);
  /** The button: what is done. */
  readonly act: string;
  readonly grave?: boolean;
  readonly path: string;
  /** What stands in the fields before anybody types. */
  readonly initial?: Values;
  /** What stands between the fields and the button. */
  readonly children?: ReactNode;
  /** The body that is sent; amounts are in fen already. Undefined for an act without one. */
  body(values: Values): object | undefined;
  done(outcome: OutcomeAnswer): void;
}

/** The form as it is being filled in: its values, what is wrong with them, and the sending. */
function useActForm(props: ActFormProps) {
  const { lang, who } = useSetting();
  const [values, setValues] = useState<Values>(props.initial ?? {});
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [reference, setReference] = useState(drawId);
  const fields = typeof props.fields === "function" ? props.fields(values) : props.fields;
  const faults = actFaults(fields, values, sayIn(lang));
  const send = async () => {
    setBusy(true);
    const body = props.body(readValues(fields, values));
    const sent = { lang, csrf: who.csrf, id: reference, ...(body === undefined ? {} : { body }) };
    const answer = await ask<OutcomeAnswer>(props.path, { ...sent, method: "POST" });
    setBusy(false);
    if ("good" in answer) return props.done(answer.good);
    if (!isUnknown(answer.trouble)) setReference(drawId());
    return setTrouble(answer.trouble);
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (faults.length === 0 && !busy) void send();
  };
  const change = (name: string, value: string) =>
    setValues((before) => ({ ...before, [name]: value }));
  return { fields, values, tries, busy, trouble, sent, change, faults: tries ? faults : [] };
}

export function ActForm(props: ActFormProps) {
  const { lang } = useSetting();
  const { act, grave = false, children } = props;
  const { fields, values, tries, busy, trouble, sent, change, faults } = useActForm(props);
  return (
    <form className="fields" noValidate onSubmit={sent}>
      <Faults lang={lang} faults={faults} round={tries} />
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {fields.map((field) => (
        <OneField key={field.name} {...{ field, values, faults, change }} />
      ))}
      {children}
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
