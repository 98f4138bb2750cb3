/** A declaration held against a regime that the reader chooses; the choice stands in the address. */
import type { ConformityAnswer, ConformityOutcome, RegimeAnswer } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { useRoom } from "../parts/fold.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go, readPlace, useAddress } from "../way.ts";
import { OUTCOMES, regimeWords as words } from "../words/regime.words.ts";

type Verdict = ConformityAnswer["verdicts"][number];

/** Something would have to be done about these. */
const PRESSING: readonly ConformityOutcome[] = [
  "outside",
  "missing",
  "no_clause",
  "other_currency",
];

interface HeldAgainstProps {
  /** What is held against it: the latest version on file, or the one that a pilot stands on. */
  readonly of: "applications" | "pilots";
  readonly slug: string;
}

export function HeldAgainst({ of, slug }: HeldAgainstProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { parts, query } = readPlace(useAddress());
  const regime = query.get("regime") ?? "";
  const regimes = useAsk<{ regimes: RegimeAnswer[] }>("/api/regimes", { lang });
  return (
    <section className="panel flush" aria-labelledby="held">
      <div className="head">
        <h2 id="held">{say(words.title)}</h2>
        <p className="row">
          <label htmlFor="regime">{say(words.choose)}</label>
          <select
            id="regime"
            className="mantine-Input-input"
            value={regime}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              const asked = { regime: chosen === "" ? undefined : chosen };
              go(addressOf(lang, parts, asked), "replace");
            }}
          >
            <option value="">{say(words.none)}</option>
            {regimes.value?.regimes.map(({ id, name, authority }) => (
              <option value={id} key={id}>
                {say(authority)} · {say(name)}
              </option>
            ))}
          </select>
        </p>
        <p className="quiet">{say(words.lead)}</p>
      </div>
      <Pending reading={regimes} lines={2} />
      {regime !== "" && <Held {...{ of, slug, regime }} key={regime} />}
    </section>
  );
}

interface HeldProps extends HeldAgainstProps {
  readonly regime: string;
}

/** Every item of the regime by what came of it; where there is room, what presses is unfolded. */
function Held({ of: section, slug, regime }: HeldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const hasRoom = useRoom();
  const at = [section, encodeURIComponent(slug), "regimes", encodeURIComponent(regime)];
  const reading = useAsk<ConformityAnswer>(`/api/${at.join("/")}`, { lang });
  if (reading.value === undefined) return <Pending reading={reading} lines={4} />;
  const { verdicts } = reading.value;
  return (Object.keys(OUTCOMES) as ConformityOutcome[]).map((outcome) => {
    const found = verdicts.filter((one) => one.outcome === outcome);
    if (found.length === 0) return null;
    const { word, tone } = OUTCOMES[outcome];
    return (
      <details className="group" open={hasRoom && PRESSING.includes(outcome)} key={outcome}>
        <summary>
          <Tag tone={tone}>{say(word)}</Tag>
          <span>{say(words.counted, { n: String(found.length) })}</span>
        </summary>
        <Verdicts verdicts={found} caption={say(word)} />
      </details>
    );
  });
}

interface VerdictsProps {
  readonly verdicts: readonly Verdict[];
  readonly caption: string;
}

function Verdicts({ verdicts, caption }: VerdictsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <table className="cards even">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.asked)}</th>
          <th scope="col">{say(words.clause)}</th>
          <th scope="col">{say(words.numbers)}</th>
        </tr>
      </thead>
      <tbody>
        {verdicts.map((one, at) => (
          <Row one={one} key={at} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ one }: { readonly one: Verdict }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { clause, title, required, stated, mark, text, source } = one;
  return (
    <tr>
      <th scope="row">
        {say(text)}
        <p className="small">
          {say(words.source, { source: say(source) })}
          {mark !== "seen" && ` · ${say(words[mark])}`}
        </p>
      </th>
      <td data-label={say(words.clause)}>
        {clause === null && title === null ? (
          "—"
        ) : (
          <span>
            {clause !== null && <span className="mono">{clause} </span>}
            {title !== null && say(title)}
          </span>
        )}
      </td>
      <td data-label={say(words.numbers)}>
        {required === null && stated === null ? (
          "—"
        ) : (
          <span>
            {required !== null && say(words.required, { text: say(required) })}
            {required !== null && stated !== null && <br />}
            {stated !== null && say(words.stated, { text: say(stated) })}
          </span>
        )}
      </td>
    </tr>
  );
}
