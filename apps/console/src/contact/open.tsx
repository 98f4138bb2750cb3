/** Opening an address for notices: how, where, whose and in which language. */
import { type SyntheticEvent, useState } from "react";
import type { ContactsAnswer } from "@sandbank/sandbox/contract";
import { Faults } from "@sandbank/ui/face/parts";
import type { ActField, Values } from "../parts/act-field.ts";
import { OneField } from "../parts/one-field.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { contactWords as words } from "../words/contact.words.ts";
import { readAddress } from "./typed.ts";

type Kind = ContactsAnswer["kinds"][number];

function fieldsOf(kinds: readonly Kind[], say: Saying): readonly ActField[] {
  const options = (of: readonly (readonly [string, string])[]) =>
    of.map(([value, label]) => ({ value, label }));
  return [
    {
      ...{ kind: "choice", name: "kind", label: say(words.kind) },
      options: options(kinds.map((kind) => [kind, say(words[kind])])),
    },
    {
      ...{ kind: "line", name: "address", label: say(words.address) },
      hint: say(words.address_hint),
    },
    {
      ...{ kind: "choice", name: "whose", label: say(words.whose) },
      options: options([
        ["own", say(words.own)],
        ["organisation", say(words.organisation)],
      ]),
    },
    {
      ...{ kind: "choice", name: "lang", label: say(words.in_lang) },
      options: options([
        ["zh", say(words.lang_zh)],
        ["en", say(words.lang_en)],
      ]),
    },
  ];
}

interface OpenProps {
  readonly kinds: readonly Kind[];
  /** True if it was taken. */
  open(body: object): Promise<boolean>;
}

export function OpenContact({ kinds, open }: OpenProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const usual = { kind: kinds[0] ?? "mail", whose: "own", lang, address: "" };
  const [values, setValues] = useState<Values & typeof usual>(usual);
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const kind: Kind = values.kind === "sms" ? "sms" : "mail";
  const address = readAddress(kind, values.address);
  const faults =
    tries === 0 || address !== undefined
      ? []
      : [{ field: "address", text: say(words[`address_wanted_${kind}`]) }];
  const send = async () => {
    setBusy(true);
    const { whose, lang: tongue } = values;
    if (await open({ kind, address, whose, lang: tongue })) {
      setValues((before) => ({ ...before, address: "" }));
      setTries(0);
    }
    setBusy(false);
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (address !== undefined && !busy) void send();
  };
  return (
    <section className="panel stack" aria-labelledby="open">
      <h2 id="open">{say(words.open)}</h2>
      <p className="quiet">{say(words.open_lead)}</p>
      <form className="fields" noValidate onSubmit={sent}>
        <Faults lang={lang} faults={faults} round={tries} />
        {fieldsOf(kinds, say).map((field) => (
          <OneField
            key={field.name}
            {...{ field, values, faults }}
            change={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
        <p className="acts">
          <button type="submit" className="button primary" aria-disabled={busy}>
            {say(words.open)}
          </button>
        </p>
      </form>
    </section>
  );
}
