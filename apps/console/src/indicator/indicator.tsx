/** One indicator: what it says now in words, its line with thresholds, its table, and its rows. */
import { NativeSelect } from "@mantine/core";
import type { FigureAnswer, SeriesAnswer } from "@sandbank/sandbox/contract";
import { SOURCE_WORDS, thresholdText } from "@sandbank/ui";
import { useAsk } from "../ask.ts";
import { useRoom } from "../parts/fold.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";
import { StandingTag, useFigureText } from "./figure.tsx";
import { AsOf, spanOf, SpanSelect, usePilotName } from "./indicators.tsx";
import { IndicatorLine } from "./line.tsx";
import { Rows } from "./rows.tsx";

const EVERY_MS = 5_000;
const WINDOWS = { hour: 48, day: 30, month: 12 } as const;

interface PageProps {
  readonly slug: string;
  readonly id: string;
  readonly query: URLSearchParams;
}

const keyOf = ({ figure, subject }: Pick<FigureAnswer, "figure" | "subject">) =>
  `${figure}/${subject}`;

export function IndicatorPage({ slug, id, query }: PageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const span = spanOf(query);
  const path = `/api/pilots/${encodeURIComponent(slug)}/indicators/${encodeURIComponent(id)}`;
  const asked = `${path}?span=${span}&n=${WINDOWS[span]}`;
  const series = useAsk<SeriesAnswer>(asked, { lang, every_ms: EVERY_MS });
  const name = usePilotName(slug);
  const { value } = series;
  const to = (more: Readonly<Record<string, string | undefined>>) =>
    addressOf(lang, ["indicators", slug, id], { span, ...more });
  return (
    <Titled
      title={value === undefined ? id : say(value.name)}
      above={[
        { to: addressOf(lang, ["pilots"]), label: say(frameWords.pilots) },
        { to: addressOf(lang, ["pilots", slug]), label: name },
        { to: addressOf(lang, ["indicators", slug], { span }), label: say(words.indicators) },
      ]}
      {...(value === undefined ? {} : { beside: <StandingTag standing={value.standing} /> })}
    >
      <Pending reading={series} lines={8} />
      {value !== undefined && (
        <Shown series={value} query={query} to={to} span={span} key={`${id} ${span}`} />
      )}
    </Titled>
  );
}

interface ShownProps {
  readonly series: SeriesAnswer;
  readonly query: URLSearchParams;
  readonly span: ReturnType<typeof spanOf>;
  to(more: Readonly<Record<string, string | undefined>>): string;
}

/** The figure that the address asks for, else the worst one, else the first. */
function chosenOf(figures: readonly FigureAnswer[], asked: string | null) {
  const worst = figures.find(({ standing }) => standing === "act");
  const watched = figures.find(({ standing }) => standing === "watch");
  return figures.find((one) => keyOf(one) === asked) ?? worst ?? watched ?? figures[0];
}

function Shown({ series, query, span, to }: ShownProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const last = series.windows.at(-1);
  const figures = last?.figures ?? [];
  const chosen = chosenOf(figures, query.get("figure"));
  if (last === undefined || chosen === undefined) {
    return <p className="panel empty">{say(words.no_windows)}</p>;
  }
  const figure = keyOf(chosen);
  const opened = query.get("window");
  return (
    <>
      <section className="panel stack" aria-labelledby="plot">
        <div className="row apart">
          <h2 id="plot">{say(words.plot)}</h2>
          <div className="row">
            <NativeSelect
              label={say(words.which)}
              value={figure}
              onChange={(event) => go(to({ figure: event.currentTarget.value }), "replace")}
              data={figures.map((one) => ({ value: keyOf(one), label: say(one.label) }))}
            />
            <SpanSelect span={span} choose={(next) => go(to({ span: next, figure }), "replace")} />
          </div>
        </div>
        <Said series={series} figure={figure} />
        <IndicatorLine windows={series.windows} figure={figure} />
        <Twin series={series} figure={figure} to={to} />
      </section>
      {opened !== null && (
        <Rows
          {...{ slug: series.pilot, id: series.id, span, begins: opened, subject: chosen.subject }}
        />
      )}
      <Made series={series} figure={chosen} />
    </>
  );
}

/** The last window in one sentence, for whoever does not look at lines. */
function Said({ series, figure }: { readonly series: SeriesAnswer; readonly figure: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const text = useFigureText();
  const last = series.windows.at(-1);
  const one = last?.figures.find((each) => keyOf(each) === figure);
  if (last === undefined || one === undefined) return null;
  const params = { label: say(one.label), from: momentText(last.begins), value: text(one) };
  const said =
    one.standing === "absent"
      ? words.says_absent
      : one.value === null
        ? words.says_none
        : words.says;
  return (
    <p>
      {say(said, params)} {one.watch !== null && say(words.dashed)}
    </p>
  );
}

function Twin({
  series,
  figure,
  to,
}: {
  readonly series: SeriesAnswer;
  readonly figure: string;
  readonly to: ShownProps["to"];
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const text = useFigureText();
  const rows = series.windows.toReversed().map((window) => ({
    window,
    one: window.figures.find((each) => keyOf(each) === figure),
  }));
  const label = rows.find(({ one }) => one !== undefined)?.one?.label;
  return (
    <details open={useRoom()}>
      <summary>{say(words.twin)}</summary>
      <div className="boxed">
        <table>
          <caption>{say(words.caption, { label: label === undefined ? "" : say(label) })}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.begins)}</th>
              <th scope="col" className="num">
                {say(words.value)}
              </th>
              <th scope="col" className="num">
                {say(words.made_of)}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ window, one }) => (
              <tr key={window.begins}>
                <td>
                  <Go to={to({ figure, window: window.begins })} className="go-to">
                    {momentText(window.begins)}
                    <span className="sr"> {say(words.open_rows)}</span>
                  </Go>
                </td>
                <td className="num">{one === undefined ? say(words.no_value) : text(one)}</td>
                <td className="num">{madeOf(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function madeOf(one: FigureAnswer | undefined): string {
  if (one === undefined || one.sums === null || one.over === null) return "—";
  return `${one.sums} ÷ ${one.over}`;
}

/** How it is made, where from, and against which thresholds. */
function Made({
  series,
  figure,
}: {
  readonly series: SeriesAnswer;
  readonly figure: FigureAnswer;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const threshold = thresholdText(figure, lang);
  return (
    <section className="panel stack" aria-labelledby="made">
      <h2 id="made">{say(words.formula)}</h2>
      <p>{say(series.formula)}</p>
      {threshold !== undefined && <p>{say(words.threshold_is, { threshold })}</p>}
      <p className="small">{say(words.source_is, { source: say(SOURCE_WORDS[series.source]) })}</p>
      <AsOf reading={series} />
    </section>
  );
}
