/** All directives in force, pilot by pilot, and the way to propose one. */
import type { LimitsAnswer, PilotDetail, PilotSummary } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { mayTake } from "../offices.ts";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { DirectiveFacts } from "../pilot/bound.tsx";
import { Orders } from "../pilot/order-links.tsx";
import { binding, ordersOpen } from "../pilot/orders.ts";
import { supervised, useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { pilotWords } from "../words/pilot.words.ts";

const EVERY_MS = 5_000;

export function DirectivesPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const shown = supervised(pilots.value?.pilots ?? []).toSorted(
    (a, b) => b.directivesInForce - a.directivesInForce,
  );
  return (
    <Titled
      title={say(words.list)}
      lead={<p>{say(mayTake(who, "suspend") ? words.list_lead : words.not_yours)}</p>}
    >
      <Pending reading={pilots} lines={6} />
      {pilots.value !== undefined && shown.length === 0 && (
        <p className="panel empty">{say(words.list_none)}</p>
      )}
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
  const bound = detail.value === undefined ? [] : binding(detail.value);
  return (
    <section className="panel stack" aria-labelledby={`of-${pilot.slug}`}>
      <div className="row apart">
        <h2 id={`of-${pilot.slug}`}>{say(words.in_force_on, { pilot: say(pilot.name) })}</h2>
        <PhaseTag state={pilot.state} />
      </div>
      <Pending reading={detail} lines={2} />
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
      {detail.value !== undefined && (
        <Orders slug={pilot.slug} open={ordersOpen(detail.value, who)} />
      )}
    </section>
  );
}
