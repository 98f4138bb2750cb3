/** Making a complaint: what it is about, what happened, what should be done. Then its number and code. */
import { COMPLAINT_CATEGORIES } from "@sandbank/sandbox/contract";
import type { Fault } from "@sandbank/ui/face";
import { Faults, Go, TroubleNote } from "@sandbank/ui/face/parts";
import { type SyntheticEvent, useState } from "react";
import { Press, useAct } from "../parts/act.tsx";
import { Choice } from "../parts/choice.tsx";
import { Field } from "../parts/field.tsx";
import { lastDayText } from "../parts/moment.ts";
import { Titled } from "../parts/titled.tsx";
import { PILOT, type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";

const TEXT_MIN = 10;
const TEXT_MAX = 5_000;
const WISH_MAX = 1_000;

interface Lodged {
  readonly complaint: string;
  readonly number: string;
  readonly receipt: string;
  readonly due: string;
}

interface Typed {
  readonly category: string;
  readonly text: string;
  readonly wish: string;
}

const EMPTY: Typed = { category: "", text: "", wish: "" };

/** What is still to be written, in the order of the form. */
function faultsOf({ category, text, wish }: Typed, say: Saying): readonly Fault[] {
  const { length } = text.trim();
  return [
    ...(category === "" ? [{ field: "category", text: say(words.category_fault) }] : []),
    ...(length < TEXT_MIN || length > TEXT_MAX
      ? [{ field: "text", text: say(words.text_fault) }]
      : []),
    ...(wish.trim().length > WISH_MAX ? [{ field: "wish", text: say(words.wish_fault) }] : []),
  ];
}

export default function LodgePage({ query }: { readonly query: URLSearchParams }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [lodged, setLodged] = useState<Lodged>();
  const above = [{ to: addressOf(lang, ["complaints"]), label: say(words.title) }];
  if (lodged !== undefined) return <LodgedPage lodged={lodged} />;
  return (
    <Titled title={say(words.new)} above={above} lead={say(words.new_lead)}>
      <LodgeForm act={query.get("act")} lodged={setLodged} />
    </Titled>
  );
}

interface LodgeFormProps {
  /** The act that it is about, where somebody comes from one. */
  readonly act: string | null;
  lodged(lodged: Lodged): void;
}

function LodgeForm({ act: about, lodged }: LodgeFormProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const act = useAct<Lodged>();
  const [typed, setTyped] = useState(EMPTY);
  const [tries, setTries] = useState(0);
  const found = faultsOf(typed, say);
  const faults = tries > 0 ? found : [];
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (found.length > 0) return;
    const wish = typed.wish.trim();
    const body = {
      ...{ category: typed.category, text: typed.text.trim() },
      ...(wish === "" ? {} : { wish }),
      ...(about === null ? {} : { act: about }),
    };
    const came = await act.send({ path: `/api/pilots/${PILOT}/complaints`, body });
    if (came !== undefined) lodged(came);
  };
  const options = Object.entries(COMPLAINT_CATEGORIES).map(([value, text]) => ({
    ...{ value, label: say(text) },
  }));
  return (
    <form className="stack narrow" noValidate onSubmit={(event) => void send(event)}>
      <Faults lang={lang} faults={faults} round={tries} />
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      {about !== null && <p className="note">{say(words.about_payment, { act: about })}</p>}
      <Choice
        {...{ id: "category", kind: "radio", legend: say(words.category), options, faults }}
        chosen={[typed.category]}
        choose={([category = ""]) => setTyped({ ...typed, category })}
      />
      <Field
        {...{ id: "text", label: say(words.text), hint: say(words.text_hint), rows: 6, faults }}
        value={typed.text}
        change={(text) => setTyped({ ...typed, text })}
      />
      <Field
        {...{ id: "wish", label: say(words.wish), rows: 3, faults }}
        value={typed.wish}
        change={(wish) => setTyped({ ...typed, wish })}
      />
      <p className="acts">
        <Press label={say(words.lodge)} busy={act.busy} />
      </p>
    </form>
  );
}

function LodgedPage({ lodged }: { readonly lodged: Lodged }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { complaint, number, receipt, due } = lodged;
  const above = [{ to: addressOf(lang, ["complaints"]), label: say(words.title) }];
  return (
    <Titled title={say(words.one, { number })} above={above}>
      <p className="note ok" role="status">
        {say(words.lodged, { number, due: lastDayText(due) })}
      </p>
      <section className="panel stack" aria-labelledby="receipt">
        <h2 id="receipt">{say(words.receipt)}</h2>
        <p className="mono big-number">{receipt}</p>
        <p className="small">{say(words.receipt_about)}</p>
      </section>
      <p className="acts">
        <Go to={addressOf(lang, ["complaints", complaint])} className="button primary">
          {say(words.see)}
        </Go>
      </p>
    </Titled>
  );
}
