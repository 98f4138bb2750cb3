/** What needs attention today: the indicators of a pilot that have reached a threshold. */
import type { BoardAnswer, PilotSummary } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";
import { FigureList, StandingTag } from "./figure.tsx";
import { AsOf } from "./indicators.tsx";

const EVERY_MS = 5_000;

export function Attention({ pilot }: { readonly pilot: PilotSummary }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${pilot.slug}/indicators`;
  const { value } = useAsk<BoardAnswer>(path, { lang, every_ms: EVERY_MS });
  const reached = (value?.indicators ?? []).filter(
    ({ standing }) => standing === "watch" || standing === "act",
  );
  const id = `attention-${pilot.slug}`;
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{say(words.attention)}</h2>
        <Go to={addressOf(lang, ["indicators", pilot.slug])} className="go-to">
          {say(words.all)}
        </Go>
      </div>
      {value === undefined && <Waiting lang={lang} lines={2} />}
      {value !== undefined && reached.length === 0 && (
        <p className="empty">{say(words.attention_none)}</p>
      )}
      <ul className="list">
        {reached.map((one) => (
          <li key={one.id}>
            <Go to={addressOf(lang, ["indicators", pilot.slug, one.id])} className="cover">
              <span>
                <b>{say(one.name)}</b>
                <FigureList
                  figures={one.figures.filter(
                    ({ standing }) => standing === "watch" || standing === "act",
                  )}
                />
              </span>
              <StandingTag standing={one.standing} />
            </Go>
          </li>
        ))}
      </ul>
      {value !== undefined && (
        <div className="head">
          <AsOf reading={value} />
        </div>
      )}
    </section>
  );
}
