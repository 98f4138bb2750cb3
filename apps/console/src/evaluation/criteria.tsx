/** What has to be met, against what was measured: each miss to the exact unit, overrides in words. */
import type { CriterionAnswer, EvaluationFile } from "@sandbank/sandbox/contract";
import { Fold } from "../parts/fold.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { DIMENSION_WORDS, evaluationWords as words } from "../words/evaluation.words.ts";
import { exactText, figureText, missText, requiredText } from "./figures.ts";
import type { Judged } from "./judged.ts";

/** How the server says that no whole day of the test is over. */
const NOTHING_YET = "evaluation_nothing_to_measure";

/** The thresholds of the last measuring, or as they would be measured now. */
export function Thresholds({ judged }: { readonly judged: Judged }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const measurement = judged.file.value?.findings.measurement;
  const { now } = judged;
  const shown = measurement ?? now.value;
  const criteria = shown?.criteria.filter(({ kind }) => kind === "threshold") ?? [];
  const isEarly = shown === undefined && now.trouble?.code === NOTHING_YET;
  const day = (at: string) => momentText(at).slice(0, 10);
  return (
    <section className="panel flush" aria-labelledby="criteria">
      <div className="head">
        <h2 id="criteria">{say(measurement ? words.criteria : words.criteria_now)}</h2>
        {shown && (
          <p className="small">
            {say(words.over, {
              from: day(shown.from),
              to: lastDayOf(shown.to),
            })}
          </p>
        )}
      </div>
      {isEarly && <p className="empty">{say(words.nothing_yet)}</p>}
      {shown === undefined && !isEarly && <Pending reading={now} />}
      {shown !== undefined && criteria.length === 0 && (
        <p className="empty">{say(words.no_criteria)}</p>
      )}
      {criteria.length > 0 && (
        <CriteriaTable criteria={criteria} slug={judged.slug} caption={say(words.criteria)} />
      )}
      {!measurement && now.value?.complete === false && (
        <p className="empty">{say(words.incomplete)}</p>
      )}
    </section>
  );
}

interface TableProps {
  readonly criteria: readonly CriterionAnswer[];
  readonly slug: string;
  readonly caption: string;
}

export function CriteriaTable({ criteria, slug, caption }: TableProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <table className="cards">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.criterion)}</th>
          <th scope="col" className="num">
            {say(words.required)}
          </th>
          <th scope="col" className="num">
            {say(words.measured)}
          </th>
          <th scope="col">{say(words.met)}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map((one) => (
          <tr key={one.criterion}>
            <th scope="row">
              {say(one.label)}
              <p className="small">
                {say(words.clause, { clause: one.clause })}
                {one.indicator !== null && (
                  <>
                    {" · "}
                    <Go to={addressOf(lang, ["indicators", slug, one.indicator])} className="go-to">
                      {say(words.indicator, { indicator: one.indicator })}
                    </Go>
                  </>
                )}
              </p>
            </th>
            <td className="num" data-label={say(words.required)}>
              {requiredText(one, lang)}
            </td>
            <td className="num" data-label={say(words.measured)}>
              <Measured one={one} />
            </td>
            <td data-label={say(words.met)}>
              <Met one={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Measured({ one }: { readonly one: CriterionAnswer }) {
  const { lang } = useSetting();
  const exact = exactText(one, lang);
  if (one.measured === null) return <>—</>;
  return (
    <span>
      {figureText(BigInt(one.measured), one.unit, lang)}
      {exact !== undefined && (
        <>
          <br />
          <span className="small">{exact}</span>
        </>
      )}
    </span>
  );
}

function Met({ one }: { readonly one: CriterionAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const miss = missText(one, lang);
  return (
    <div>
      <p>
        <Tag tone={one.met ? "ok" : one.override === null ? "stop" : "warn"}>
          {say(one.met ? words.met_yes : one.override === null ? words.met_no : words.overridden)}
        </Tag>
      </p>
      {miss !== undefined && <p className="small">{miss}</p>}
      {one.lacks !== null && <p className="small">{say(words[one.lacks])}</p>}
      {one.override !== null && <p className="small">{say(one.override.reason)}</p>}
      {one.override !== null && one.override.evidence !== null && (
        <p className="small">
          {say(words.evidence)} <code>{one.override.evidence.slice(0, 16)}…</code>
        </p>
      )}
    </div>
  );
}

/** The eight dimensions: each expert's score, the median, and whether it is reached. */
export function Dimensions({ file }: { readonly file: EvaluationFile }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { opinions, measurement } = file.findings;
  const names = Object.keys(DIMENSION_WORDS) as (keyof typeof DIMENSION_WORDS)[];
  const criterion = (name: string) =>
    measurement?.criteria.find(({ kind, subject }) => kind === "dimension" && subject === name);
  return (
    <Fold id="dimensions" title={say(words.dimensions)}>
      {opinions.length === 0 && <p className="empty">{say(words.no_scores)}</p>}
      {opinions.length > 0 && (
        <table className="cards">
          <caption className="sr">{say(words.dimensions)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.dimension)}</th>
              {opinions.map((_, at) => (
                <th scope="col" className="num" key={at}>
                  {say(words.opinion_of, { n: String(at + 1) })}
                </th>
              ))}
              <th scope="col" className="num">
                {say(words.median)}
              </th>
              <th scope="col">{say(words.met)}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const found = criterion(name);
              return (
                <tr key={name}>
                  <th scope="row">{say(DIMENSION_WORDS[name])}</th>
                  {opinions.map(({ scores }, at) => (
                    <td
                      className="num"
                      data-label={say(words.opinion_of, { n: String(at + 1) })}
                      key={at}
                    >
                      {scores[name].score}
                    </td>
                  ))}
                  <td className="num" data-label={say(words.median)}>
                    {found?.measured ?? "—"}
                  </td>
                  <td data-label={say(words.met)}>{found ? <Met one={found} /> : "—"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Fold>
  );
}
