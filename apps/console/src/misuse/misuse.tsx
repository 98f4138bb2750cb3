/**
 * The risk view of payment tokens: misuse day by day (I26), and what was declined by cause, scene and
 * token. Each figure opens the rows that it counts.
 */
import { NativeSelect } from "@mantine/core";
import { formatCount } from "@sandbank/kernel/words";
import type { MisuseAnswer } from "@sandbank/tokens/contract";
import { indicatorFigure } from "@sandbank/ui";
import { useAsk } from "../ask.ts";
import { IndicatorLine } from "../indicator/line.tsx";
import { useRoom } from "../parts/fold.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { TokenWays } from "../requestor/ways.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { misuseWords as words } from "../words/misuse.words.ts";
import { Tables } from "./tables.tsx";
import { Tries } from "./tries.tsx";
import { FIGURE, windowsOf } from "./windows.ts";

const EVERY_MS = 15_000;
const SPANS = ["7", "30", "90"] as const;
const USUAL = "30";

export type Day = MisuseAnswer["days"][number];

export function MisusePage({ query }: { readonly query: URLSearchParams }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const days = SPANS.find((one) => one === query.get("days")) ?? USUAL;
  const reading = useAsk<MisuseAnswer>(`/api/misuse?days=${days}`, { lang, every_ms: EVERY_MS });
  const { value } = reading;
  const opened = query.get("day") ?? value?.days.findLast(({ declined }) => declined !== "0")?.day;
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <TokenWays here="misuse" />
      <Pending reading={reading} lines={8} />
      {value !== undefined && (
        <>
          {value.cut && <p className="note warn">{say(words.cut)}</p>}
          <Line answer={value} days={days} />
          <Tables answer={value} days={days} day={opened} />
        </>
      )}
      {value !== undefined && opened !== undefined && (
        <Tries day={opened} days={days} query={query} key={`${opened} ${query}`} />
      )}
    </Titled>
  );
}

interface LineProps {
  readonly answer: MisuseAnswer;
  readonly days: string;
}

function Line({ answer, days }: LineProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const last = answer.days.findLast(({ tries }) => tries !== "0");
  return (
    <section className="panel stack" aria-labelledby="plot">
      <div className="row apart">
        <h2 id="plot">{say(words.per10k)}</h2>
        <NativeSelect
          label={say(words.days)}
          value={days}
          onChange={(event) =>
            go(addressOf(lang, ["misuse"], { days: event.currentTarget.value }), "replace")
          }
          data={SPANS.map((n) => ({ value: n, label: say(words.days_n, { n }) }))}
        />
      </div>
      {last === undefined ? (
        <p className="quiet">{say(words.no_tries)}</p>
      ) : (
        <>
          <p>{said(last, say, lang)}</p>
          <IndicatorLine windows={windowsOf(answer.days)} figure={FIGURE} />
          <Twin answer={answer} days={days} />
        </>
      )}
      <p className="small">{say(words.as_of, { at: momentText(answer.asOf) })}</p>
    </section>
  );
}

/** One day in a sentence. */
function said(one: Day, say: Saying, lang: "zh" | "en"): string {
  const { day, tries, declined, outOfScene, overLimit, per10k } = one;
  if (per10k === null) return say(words.says_none, { day });
  const count = (text: string) => formatCount(BigInt(text), lang);
  return say(words.says, {
    ...{ day, tries: count(tries), declined: count(declined) },
    ...{ scene: count(outOfScene), limit: count(overLimit) },
    value: indicatorFigure(BigInt(per10k), "thousandth", lang),
  });
}

function Twin({ answer, days }: LineProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const shown = answer.days.filter(({ tries }) => tries !== "0").toReversed();
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <details open={useRoom()}>
      <summary>{say(words.twin)}</summary>
      <div className="boxed">
        <table className="cards">
          <caption>{say(words.caption)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.day)}</th>
              {(["tries", "declined", "out_of_scene", "over_limit", "i26"] as const).map((head) => (
                <th scope="col" className="num" key={head}>
                  {say(words[head])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ day, tries, declined, outOfScene, overLimit, per10k }) => (
              <tr key={day}>
                <th scope="row">
                  <Go to={addressOf(lang, ["misuse"], { days, day })} className="go-to">
                    {day}
                    <span className="sr"> {say(words.open_rows)}</span>
                  </Go>
                </th>
                <td className="num" data-label={say(words.tries)}>
                  {count(tries)}
                </td>
                <td className="num" data-label={say(words.declined)}>
                  {count(declined)}
                </td>
                <td className="num" data-label={say(words.out_of_scene)}>
                  {count(outOfScene)}
                </td>
                <td className="num" data-label={say(words.over_limit)}>
                  {count(overLimit)}
                </td>
                <td className="num" data-label={say(words.i26)}>
                  {per10k === null
                    ? say(words.none)
                    : indicatorFigure(BigInt(per10k), "thousandth", lang)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
