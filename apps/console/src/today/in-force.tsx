/** Directives in force, pilot by pilot; pilots that none binds are not asked about. */
import type { PilotDetail } from "@sandbank/sandbox/contract";
import { useAskEach } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { DirectiveFacts } from "../pilot/bound.tsx";
import { binding } from "../pilot/orders.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { todayWords as words } from "../words/today.words.ts";
import { Counted } from "./counted.tsx";
import type { WatchedProps } from "./near.tsx";
import { Unread } from "./unread.tsx";

const EVERY_MS = 5_000;

export function InForce({ pilots, limitsOf }: WatchedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const bound = pilots.filter(({ directivesInForce }) => directivesInForce > 0);
  const pathOf = (slug: string) => `/api/pilots/${slug}`;
  const details = useAskEach<PilotDetail>(
    bound.map(({ slug }) => pathOf(slug)),
    { lang, every_ms: EVERY_MS },
  );
  const n = bound.reduce((all, { directivesInForce }) => all + directivesInForce, 0);
  return (
    <section className="panel flush" aria-labelledby="bound">
      <Counted id="bound" title={say(words.directives)} n={n} tone="stop">
        <Go to={addressOf(lang, ["directives"])} className="go-to">
          {say(words.all_directives)}
        </Go>
      </Counted>
      {bound.length === 0 && <p className="empty">{say(words.directives_none)}</p>}
      <ul className="list">
        {bound.map(({ slug, name }) => {
          const { value, trouble } = details.of(pathOf(slug));
          return (
            <li key={slug} className="stack">
              <h3>
                <Go to={addressOf(lang, ["pilots", slug])} className="go-to">
                  {say(name)}
                </Go>
              </h3>
              {value === undefined && trouble === undefined && <Waiting lang={lang} lines={2} />}
              {value !== undefined &&
                binding(value).map((directive) => (
                  <DirectiveFacts
                    directive={directive}
                    limits={limitsOf(slug).value}
                    key={directive.id}
                  />
                ))}
            </li>
          );
        })}
      </ul>
      <Unread pilots={bound} troubleOf={(slug) => details.of(pathOf(slug)).trouble} />
    </section>
  );
}
