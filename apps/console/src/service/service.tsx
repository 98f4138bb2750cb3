/**
 * A holder asks: found by what he says of himself, for a purpose, and shown in part. What was found
 * stays on this page alone; looking again is another act.
 */
import { useState } from "react";
import type { ServedAnswer } from "@sandbank/tokens/contract";
import { NotOpen } from "../acting/not-open.tsx";
import { ActForm } from "../parts/act-form.tsx";
import type { ActField, Values } from "../parts/act-field.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { useTokensPilot } from "../requestor/acts.ts";
import { TokenWays } from "../requestor/ways.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { PURPOSE_WORDS, serviceWords as words } from "../words/service.words.ts";
import { mayServe } from "./acts.ts";
import { Served } from "./served.tsx";

export function ServicePage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = useTokensPilot();
  const [served, setServed] = useState<ServedAnswer>();
  const title = say(words.title);
  if (pilots.value === undefined) {
    return (
      <Titled title={title}>
        <Pending reading={pilots} />
      </Titled>
    );
  }
  if (pilot === undefined || !mayServe(pilot, who)) {
    return <NotOpen title={title} above={[]} to={addressOf(lang, [])} />;
  }
  return (
    <Titled title={title} lead={<p>{say(words.lead)}</p>}>
      <TokenWays here="holders" />
      {served !== undefined && <Served served={served} />}
      {served !== undefined && (
        <p className="row">
          <button type="button" className="button" onClick={() => setServed(undefined)}>
            {say(words.another)}
          </button>
        </p>
      )}
      {served === undefined && (
        <div className="narrow">
          <ActForm
            act={say(words.look)}
            fields={(values) => fieldsOf(values, say)}
            path="/api/service-looks"
            body={bodyOf}
            done={(answer) => setServed(answer as unknown as ServedAnswer)}
          />
        </div>
      )}
    </Titled>
  );
}

/** Whoever begins to say a payment says it whole. */
function fieldsOf(values: Values, say: Saying): readonly ActField[] {
  const begun = ["merchant", "amount", "day"].some((name) => (values[name] ?? "").trim() !== "");
  const optional = !begun;
  const digits = (name: "card" | "token"): ActField => ({
    ...{ kind: "line", name, label: say(words[name]), optional: true },
    form: { of: /^[0-9]{4}$/, wanted: say(words[`${name}_wanted`]) },
  });
  return [
    {
      ...({ kind: "choice", name: "purpose", label: say(words.purpose) } as const),
      options: Object.entries(PURPOSE_WORDS).map(([value, text]) => ({ value, label: say(text) })),
    },
    {
      ...({ kind: "line", name: "reference", label: say(words.reference) } as const),
      form: { of: /^[A-Za-z0-9_.:-]{1,64}$/, wanted: say(words.reference_wanted) },
    },
    { kind: "head", name: "said", label: say(words.said) },
    {
      ...({ kind: "line", name: "holder", label: say(words.holder), optional: true } as const),
      hint: say(words.said_hint),
      form: { of: /^[A-Za-z0-9_.:-]{1,80}$/, wanted: say(words.holder_wanted) },
    },
    digits("card"),
    digits("token"),
    { kind: "head", name: "paid", label: say(words.paid) },
    {
      ...({ kind: "line", name: "merchant", label: say(words.merchant), optional } as const),
      hint: say(words.paid_all),
      form: { of: /^[A-Za-z0-9._-]{1,40}$/, wanted: say(words.merchant_wanted) },
    },
    { kind: "amount", name: "amount", label: say(words.amount), optional },
    { kind: "day", name: "day", label: say(words.day), optional },
  ];
}

function bodyOf(values: Values): object {
  const { purpose, reference, holder, card, token, merchant, amount, day } = values;
  return {
    ...{ purpose, reference },
    said: {
      ...{ holder, card, token },
      ...(merchant === undefined ? {} : { payment: { merchant, amount, day } }),
    },
  };
}
