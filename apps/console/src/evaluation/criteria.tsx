/** What has to be met, against what was measured: each miss to the exact unit, overrides in words. */
import type { CriterionAnswer, EvaluationFile } from "@sandbank/sandbox/contract";
import { Fold } from "../parts/fold.tsx";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
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
    <Listed
      caption={caption}
      rows={criteria}
      keyOf={({ criterion }) => criterion}
      columns={[
        {
          head: say(words.criterion),
          cell: ({ label, clause, indicator }) => (
            <>
              {say(label)}
              <p className="small">
                {say(words.clause, { clause })}
                {indicator !== null && (
                  <>
                    {" · "}
                    <Go to={addressOf(lang, ["indicators", slug, indicator])} className="go-to">
                      {say(words.indicator, { indicator })}
                    </Go>
                  </>
                )}
              </p>
            </>
          ),
        },
        { head: say(words.required), look: "num", cell: (one) => requiredText(one, lang) },
        { head: say(words.measured), look: "num", cell: (one) => <Measured one={one} /> },
        { head: say(words.met), cell: (one) => <Met one={one} /> },
      ]}
    />
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

type Dimension = keyof typeof DIMENSION_WORDS;

/** The eight dimensions: each expert's score, the median, and whether it is reached. */
export function Dimensions({ file }: { readonly file: EvaluationFile }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { opinions, measurement } = file.findings;
  const names = Object.keys(DIMENSION_WORDS) as Dimension[];
  const criterion = (name: string) =>
    measurement?.criteria.find(({ kind, subject }) => kind === "dimension" && subject === name);
  return (
    <Fold id="dimensions" title={say(words.dimensions)}>
      {opinions.length === 0 && <p className="empty">{say(words.no_scores)}</p>}
      {opinions.length > 0 && (
        <Listed
          caption={say(words.dimensions)}
          rows={names}
          keyOf={(name) => name}
          columns={[
            { head: say(words.dimension), cell: (name) => say(DIMENSION_WORDS[name]) },
            ...opinions.map(({ scores }, at) => ({
              ...{ head: say(words.opinion_of, { n: String(at + 1) }), look: "num" as const },
              cell: (name: Dimension) => scores[name].score,
            })),
            {
              ...{ head: say(words.median), look: "num" as const },
              cell: (name) => criterion(name)?.measured ?? "—",
            },
            {
              head: say(words.met),
              cell: (name) => {
                const found = criterion(name);
                return found ? <Met one={found} /> : "—";
              },
            },
          ]}
        />
      )}
    </Fold>
  );
}
