/** The latest version of a declaration held against a regime that the reader chooses. */
import type { ConformityAnswer, ConformityOutcome, RegimeAnswer } from "@sandbank/sandbox/contract";
import { useState } from "react";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { OUTCOMES, regimeWords as words } from "../words/regime.words.ts";

type Verdict = ConformityAnswer["verdicts"][number];

/** What is shown at once; the rest is folded away. */
const PRESSING: readonly ConformityOutcome[] = [
  "outside",
  "missing",
  "no_clause",
  "other_currency",
];

export function HeldAgainst({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [regime, setRegime] = useState("");
  const regimes = useAsk<{ regimes: RegimeAnswer[] }>("/api/regimes", { lang });
  return (
    <section className="panel stack" aria-labelledby="held">
      <h2 id="held">{say(words.title)}</h2>
      <p className="quiet">{say(words.lead)}</p>
      <label htmlFor="regime">{say(words.choose)}</label>
      <select
        id="regime"
        className="mantine-Input-input"
        value={regime}
        onChange={(event) => setRegime(event.currentTarget.value)}
      >
        <option value="">{say(words.none)}</option>
        {regimes.value?.regimes.map(({ id, name, authority }) => (
          <option value={id} key={id}>
            {say(authority)} · {say(name)}
          </option>
        ))}
      </select>
      {regime !== "" && <Held slug={slug} regime={regime} key={regime} />}
    </section>
  );
}

interface HeldProps {
  readonly slug: string;
  readonly regime: string;
}

function Held({ slug, regime }: HeldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/applications/${encodeURIComponent(slug)}/regimes/${regime}`;
  const reading = useAsk<ConformityAnswer>(path, { lang });
  if (reading.value === undefined) return <Pending reading={reading} lines={4} />;
  const { verdicts } = reading.value;
  const outcomes = Object.keys(OUTCOMES) as ConformityOutcome[];
  const of = (outcome: ConformityOutcome) => verdicts.filter((one) => one.outcome === outcome);
  const rest = outcomes.filter((one) => !PRESSING.includes(one)).flatMap(of);
  return (
    <>
      <p className="row">
        {outcomes
          .filter((outcome) => of(outcome).length > 0)
          .map((outcome) => {
            const { word, tone } = OUTCOMES[outcome];
            const n = String(of(outcome).length);
            return (
              <Tag tone={tone} key={outcome}>
                {say(words.counted, { word: say(word), n })}
              </Tag>
            );
          })}
      </p>
      <Verdicts verdicts={PRESSING.flatMap(of)} />
      {rest.length > 0 && (
        <details>
          <summary>{say(words.rest)}</summary>
          <Verdicts verdicts={rest} />
        </details>
      )}
    </>
  );
}

function Verdicts({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <ul className="rows">
      {verdicts.map((one, at) => {
        const { word, tone } = OUTCOMES[one.outcome];
        const numbers = [
          one.required && say(words.required, { text: say(one.required) }),
          one.stated && say(words.stated, { text: say(one.stated) }),
        ].filter((text) => text !== null);
        return (
          <li key={at} className="stack-s">
            <p className="row">
              <Tag tone={tone}>{say(word)}</Tag>
              {one.mark !== "seen" && <Tag tone="off">{say(words[one.mark])}</Tag>}
            </p>
            <p>
              {one.clause !== null && <span className="mono">{one.clause} </span>}
              {one.title !== null && <b>{say(one.title)} </b>}
              {say(one.text)}
            </p>
            {numbers.length > 0 && <p className="small">{numbers.join(" · ")}</p>}
            <p className="small">{say(words.source, { source: say(one.source) })}</p>
          </li>
        );
      })}
    </ul>
  );
}
