/** Enrolling a key for requests: whose it is, how long it holds, and the proof that it is held. */
import { useState } from "react";
import { Faults } from "@sandbank/ui/face/parts";
import type { ActField, Values } from "../parts/act-field.ts";
import { OneField } from "../parts/one-field.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { makeKey, readKey, requestEnrolmentText, type SigningKey } from "../signing/key.ts";
import { Made } from "../signing/keys.tsx";
import { requestKeyWords as words } from "../words/request-key.words.ts";
import { signingWords } from "../words/step.words.ts";

const DAYS_MOST = 731;
const NAME_MOST = 120;

interface EnrolProps {
  readonly organisation: string;
  /** True if it was taken. */
  enrol(body: object): Promise<boolean>;
}

function fieldsOf(say: Saying): readonly ActField[] {
  return [
    { kind: "line", name: "name", label: say(words.name), hint: say(words.name_hint) },
    {
      ...{ kind: "whole", name: "days", least: 1, most: DAYS_MOST },
      ...{ label: say(words.days), hint: say(words.days_hint) },
    },
  ];
}

function faultsOf(values: Values, say: Saying) {
  const { name = "", days = "" } = values;
  const count = /^\d{1,3}$/.test(days) ? Number(days) : 0;
  return [
    ...(name.trim() === "" || name.trim().length > NAME_MOST
      ? [{ field: "name", text: say(words.name_wanted) }]
      : []),
    ...(count < 1 || count > DAYS_MOST ? [{ field: "days", text: say(words.days_wanted) }] : []),
  ];
}

export function EnrolRequestKey({ organisation, enrol }: EnrolProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [values, setValues] = useState<Values>({ name: "", days: "365" });
  const [tries, setTries] = useState(0);
  const [fault, setFault] = useState<string>();
  const [said, setSaid] = useState<{ readonly done: boolean; readonly pem?: string }>();
  const faults = faultsOf(values, say);
  const send = async (key: SigningKey, pem?: string) => {
    const { publicKey } = key;
    const proof = await key.sign(requestEnrolmentText(organisation, publicKey));
    const { name = "", days = "" } = values;
    const done = await enrol({ publicKey, proof, name: name.trim(), days: Number(days) });
    setSaid(pem === undefined ? { done } : { done, pem });
  };
  /** Goes on where name and days are given; else says what is missing, and asks for no key yet. */
  const ready = () => {
    setSaid(undefined);
    setTries((before) => before + 1);
    return faults.length === 0;
  };
  const read = async (file: File | undefined) => {
    if (file === undefined || !ready()) return;
    const key = await readKey(await file.text());
    setFault(key === undefined ? say(signingWords.not_a_key) : undefined);
    if (key !== undefined) await send(key);
  };
  const make = async () => {
    if (!ready()) return;
    const { key, pem } = await makeKey();
    await send(key, pem);
  };
  return (
    <section className="panel stack" aria-labelledby="enrol">
      <h2 id="enrol">{say(words.enrol)}</h2>
      <p className="quiet">{say(words.enrol_lead)}</p>
      <div className="fields">
        <Faults lang={lang} faults={tries === 0 ? [] : faults} round={tries} />
        {fieldsOf(say).map((field) => (
          <OneField
            key={field.name}
            {...{ field, values, faults: tries === 0 ? [] : faults }}
            change={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
        <KeyFile fault={fault} read={(file) => void read(file)} />
        <p className="acts">
          <button type="button" className="button" onClick={() => void make()}>
            {say(signingWords.make)}
          </button>
        </p>
      </div>
      {said?.done === true && <Made pem={said.pem} file="sandbank-request-key.pem" />}
    </section>
  );
}

interface KeyFileProps {
  readonly fault: string | undefined;
  read(file: File | undefined): void;
}

function KeyFile({ fault, read }: KeyFileProps) {
  const say = sayIn(useSetting().lang);
  return (
    <div className="choices narrow">
      <label htmlFor="enrol-file">{say(signingWords.file)}</label>
      {fault !== undefined && (
        <p className="error" role="alert">
          {fault}
        </p>
      )}
      <input
        id="enrol-file"
        type="file"
        accept=".pem"
        className="file"
        onChange={(event) => {
          read(event.currentTarget.files?.[0]);
          // The same file may be chosen again once what was missing is there.
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
