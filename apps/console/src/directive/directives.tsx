/** All directives in force, pilot by pilot, and the way to propose one. */
import type { LimitsAnswer, PilotDetail, PilotSummary } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Titled } from "../parts/titled.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { supervised, useReadings } from "../readings.ts";
import { mayPropose, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { DirectiveFacts } from "../pilot/bound.tsx";

const EVERY_MS = 5_000;

export function DirectivesPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const shown = supervised(pilots.value?.pilots ?? []);
  return (
    <Titled
      title={say(words.list)}
      lead={<p>{say(mayPropose(who) ? words.list_lead : words.not_yours)}</p>}
    >
      {pilots.waiting && <Waiting lang={lang} />}
      {shown.map((pilot) => (
        <Pilot pilot={pilot} key={pilot.slug} />
      ))}
    </Titled>
  );
}

function Pilot({ pilot }: { readonly pilot: PilotSummary }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const detail = useAsk<PilotDetail>(`/api/pilots/${pilot.slug}`, { lang, every_ms: EVERY_MS });
  const limits = useAsk<LimitsAnswer>(`/api/pilots/${pilot.slug}/limits`, { lang });
  const bound = detail.value?.directives.filter((one) => one.status !== "lifted") ?? [];
  const to = (kind: string) => addressOf(lang, ["directives", pilot.slug, kind]);
  const suspended = bound.some((one) => one.kind === "suspension");
  return (
    <section className="panel stack" aria-labelledby={`of-${pilot.slug}`}>
      <h2 id={`of-${pilot.slug}`}>{say(words.in_force_on, { pilot: say(pilot.name) })}</h2>
      {detail.waiting && <Waiting lang={lang} lines={2} />}
      {detail.value !== undefined && bound.length === 0 && (
        <p className="quiet">{say(pilotWords.no_directives)}</p>
      )}
      <ul className="rows">
        {bound.map((directive) => (
          <li key={directive.id}>
            <DirectiveFacts directive={directive} limits={limits.value} />
          </li>
        ))}
      </ul>
      {mayPropose(who) && (
        <p className="row">
          <Go to={to("suspension")} className="button stop">
            {say(pilotWords.suspend)}
          </Go>
          <Go to={to("restriction")} className="button">
            {say(pilotWords.restrict)}
          </Go>
          {suspended && (
            <Go to={to("resumption")} className="button">
              {say(pilotWords.resume)}
            </Go>
          )}
          {bound.length > 0 && (
            <Go to={to("lifting")} className="button">
              {say(pilotWords.lift)}
            </Go>
          )}
        </p>
      )}
    </section>
  );
}
