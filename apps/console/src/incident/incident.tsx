/** One incident: what comes next, every step that was taken, what is known of it. */
import type { IncidentAnswer } from "@sandbank/sandbox/contract";
import { formatCount, formatMoney } from "@sandbank/kernel/words";
import { type Fact, FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Gone } from "../parts/gone.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { CATEGORY_WORDS, incidentActs, incidentWords as words } from "../words/incident.words.ts";
import { isGrave, isStep, stepsOpen } from "./acts.ts";
import { EVERY_MS, type IncidentsAnswer, IncidentTag, Severity } from "./incidents.tsx";

export function IncidentPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<IncidentsAnswer>("/api/incidents", { lang, every_ms: EVERY_MS });
  const one = reading.value?.incidents.find((known) => known.id === id);
  const above = [{ to: addressOf(lang, ["incidents"]), label: say(words.title) }];
  if (one === undefined) {
    const title = say(reading.value === undefined ? words.incident : words.gone);
    return (
      <Titled title={title} above={above}>
        <Pending reading={reading} />
        {reading.value !== undefined && <Gone to={addressOf(lang, ["incidents"])} />}
      </Titled>
    );
  }
  return (
    <Titled title={say(one.title)} above={above} beside={<IncidentTag one={one} />}>
      <Next one={one} />
      <div className="split">
        <Steps one={one} />
        <Facts one={one} />
      </div>
    </Titled>
  );
}

function Next({ one }: { readonly one: IncidentAnswer }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const acts = stepsOpen(one, who).map((step) => ({
    ...{ name: say(incidentActs[step].name), what: say(incidentActs[step].lead) },
    ...{ to: addressOf(lang, ["incidents", one.id, step]), grave: isGrave(step) },
  }));
  return (
    <section className="panel stack" aria-labelledby="next">
      <h2 id="next">{say(words.next)}</h2>
      <NextActs acts={acts} />
    </section>
  );
}

function Steps({ one }: { readonly one: IncidentAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="steps">
      <h2 id="steps">{say(words.steps)}</h2>
      {one.steps.length === 0 && <p className="quiet">{say(words.steps_none)}</p>}
      <ol className="rows">
        {one.steps.map((step, at) => (
          <li key={at} className="stack-s">
            <p className="row">
              <b>
                {say(isStep(step.event) ? incidentActs[step.event].taken : words.put_on_record)}
              </b>
              <time className="small">{momentText(step.at)}</time>
            </p>
            {step.note !== null && <p className="quiet">{say(step.note)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ one }: { readonly one: IncidentAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = pilots.value?.pilots.find(({ slug }) => slug === one.pilot);
  const { affected, lossFen, recordsLeaked } = one;
  const range = affected && {
    ...{ partition: String(affected.partition), first: affected.first, last: affected.last },
  };
  const facts: readonly Fact[] = [
    [say(words.pilot), pilot === undefined ? one.pilot : say(pilot.name)],
    [say(words.category), say(CATEGORY_WORDS[one.category])],
    [say(words.severity), <Severity key="severity" one={one} />],
    [say(words.opened_at), momentText(one.openedAt)],
    [say(words.started), one.startedAt && momentText(one.startedAt)],
    [say(words.detected), one.detectedAt && momentText(one.detectedAt)],
    [say(words.resolved), one.resolvedAt && momentText(one.resolvedAt)],
    [say(words.closed_at), one.closedAt && momentText(one.closedAt)],
    [say(words.affected), range && say(words.affected_range, range)],
    [say(words.loss), lossFen !== "0" && formatMoney(BigInt(lossFen), lang)],
    [say(words.leaked), recordsLeaked !== "0" && formatCount(BigInt(recordsLeaked), lang)],
    [say(words.cause), one.cause && say(one.cause)],
    [say(words.summary), one.summary && say(one.summary)],
  ];
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
    </section>
  );
}
