/** Indicators of all pilots that have reached a threshold: to act on at once, to watch folded away. */
import type { BoardAnswer, PilotSummary, Standing } from "@sandbank/sandbox/contract";
import { useAskEach } from "../ask.ts";
import { FigureList, StandingTag } from "../indicator/figure.tsx";
import { Go } from "../parts/go.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { todayWords as words } from "../words/today.words.ts";
import { Counted } from "./counted.tsx";
import { Unread } from "./unread.tsx";

const EVERY_MS = 5_000;

interface Reached {
  readonly pilot: PilotSummary;
  readonly indicator: BoardAnswer["indicators"][number];
}

export function Attention({ pilots }: { readonly pilots: readonly PilotSummary[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const pathOf = (slug: string) => `/api/pilots/${slug}/indicators`;
  const boards = useAskEach<BoardAnswer>(
    pilots.map(({ slug }) => pathOf(slug)),
    { lang, every_ms: EVERY_MS },
  );
  const of = (standing: Standing): readonly Reached[] =>
    pilots.flatMap((pilot) =>
      (boards.of(pathOf(pilot.slug)).value?.indicators ?? [])
        .filter((one) => one.standing === standing)
        .map((indicator) => ({ pilot, indicator })),
    );
  const read = pilots.map(({ slug }) => boards.of(pathOf(slug)));
  const [act, watch] = [of("act"), of("watch")];
  const isKnown = read.some(({ value }) => value !== undefined);
  return (
    <section className="panel flush" aria-labelledby="attention">
      <Counted
        id="attention"
        title={say(words.attention)}
        n={isKnown ? act.length : undefined}
        tone="stop"
      />
      {read.every(({ value, trouble }) => (value ?? trouble) === undefined) && (
        <Waiting lang={lang} lines={2} />
      )}
      {isKnown && act.length === 0 && <p className="empty">{say(words.attention_none)}</p>}
      <List reached={act} />
      {watch.length > 0 && (
        <details className="group">
          <summary>
            <span className="said">{say(words.attention_watch, { n: String(watch.length) })}</span>
          </summary>
          <List reached={watch} />
        </details>
      )}
      <Unread pilots={pilots} troubleOf={(slug) => boards.of(pathOf(slug)).trouble} />
    </section>
  );
}

function List({ reached }: { readonly reached: readonly Reached[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <ul className="list">
      {reached.map(({ pilot, indicator }) => (
        <li key={`${pilot.slug}/${indicator.id}`}>
          <Go to={addressOf(lang, ["indicators", pilot.slug, indicator.id])} className="cover">
            <span>
              <b>{say(indicator.name)}</b>
              <br />
              <span className="small">{say(pilot.name)}</span>
              <FigureList
                figures={indicator.figures.filter(
                  ({ standing }) => standing === "watch" || standing === "act",
                )}
              />
            </span>
            <StandingTag standing={indicator.standing} />
          </Go>
        </li>
      ))}
    </ul>
  );
}
