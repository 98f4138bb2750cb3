/** Binding a card, the one time that its number is typed. It goes to the bank's vault and stays nowhere. */
import type { HeldCard } from "@sandbank/tokens/contract";
import { drawBytes } from "@sandbank/ui";
import type { Fault } from "@sandbank/ui/face";
import { Faults, TroubleNote } from "@sandbank/ui/face/parts";
import { type SyntheticEvent, useState } from "react";
import { Press, useAct } from "../parts/act.tsx";
import { Field } from "../parts/field.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { cardWords as words } from "../words/card.words.ts";
import { DEMO_DRAWN, demoNumber, readExpiry, readNumber } from "./typed.ts";

/** Until when a card of the demonstration is good, as it is printed. */
const DEMO_EXPIRES = "12/30";

export default function BindPage() {
  const { lang, pilot } = useSetting();
  const say = sayIn(lang);
  const form = useBinding();
  const { act, faults, tries } = form;
  const above = [{ to: addressOf(lang, ["cards"]), label: say(words.title) }];
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    void form.bind();
  };
  return (
    <Titled title={say(words.add)} above={above} lead={say(words.bind_lead)}>
      <form className="stack narrow" noValidate onSubmit={sent}>
        <Faults lang={lang} faults={faults} round={tries} />
        {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
        <Field
          {...{ id: "number", label: say(words.number), mode: "numeric", faults }}
          hint={say(pilot?.demo === false ? words.number_hint_live : words.number_hint)}
          value={form.number}
          change={form.setNumber}
        />
        <Field
          {...{ id: "expires", label: say(words.expires), hint: say(words.expires_hint), faults }}
          value={form.expires}
          change={form.setExpires}
        />
        <p className="acts">
          <Press label={say(words.bind)} busy={act.busy} />
          {pilot?.demo === true && (
            <button type="button" className="button" onClick={form.fill}>
              {say(words.fill)}
            </button>
          )}
        </p>
      </form>
    </Titled>
  );
}

/** The form as it is being filled in, and its sending. */
function useBinding() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<HeldCard>();
  const [number, setNumber] = useState("");
  const [expires, setExpires] = useState("");
  const [tries, setTries] = useState(0);
  const digits = readNumber(number);
  const month = readExpiry(expires);
  const found: readonly Fault[] = [
    ...(digits === undefined ? [{ field: "number", text: say(words.number_fault) }] : []),
    ...(month === undefined ? [{ field: "expires", text: say(words.expires_fault) }] : []),
  ];
  const bind = async () => {
    setTries((before) => before + 1);
    if (digits === undefined || month === undefined) return;
    const body = { holder: who.person, number: digits, expires: month };
    if ((await act.send({ path: "/api/cards", body })) === undefined) return;
    setNumber("");
    go(addressOf(lang, ["cards"], { bound: "1" }));
  };
  const fill = () => {
    setNumber(demoNumber(drawBytes(DEMO_DRAWN)));
    setExpires(DEMO_EXPIRES);
  };
  const faults = tries > 0 ? found : [];
  return { act, number, setNumber, expires, setExpires, tries, faults, fill, bind };
}
