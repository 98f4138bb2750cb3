/** Putting an incident on record, and each later step of it. */
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import { mayTake } from "../offices.ts";
import { type ActField, bothOf } from "../parts/act-field.ts";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { supervised, useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { incidentActs, incidentWords as words } from "../words/incident.words.ts";
import { bodyOf, categoryField, fieldsOf, isGrave, type Step, stepsOpen } from "./acts.ts";
import type { IncidentsAnswer } from "./incidents.tsx";

export function NewIncidentPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const to = addressOf(lang, ["incidents"]);
  const options = supervised(pilots.value?.pilots ?? []).map(({ slug, name }) => ({
    ...{ value: slug, label: say(name) },
  }));
  return (
    <ActPage
      title={say(words.open_one)}
      lead={say(words.open_lead)}
      above={[{ to, label: say(words.title) }]}
      to={to}
      open={mayTake(who, "open_incident")}
      fields={openingFields(options, say)}
      path="/api/incidents"
      body={(values) => ({
        ...{ pilot: values["pilot"], category: values["category"] },
        title: bothOf(values, "title"),
      })}
    />
  );
}

function openingFields(
  options: readonly { readonly value: string; readonly label: string }[],
  say: Saying,
): readonly ActField[] {
  return [
    { kind: "choice", name: "pilot", label: say(words.pilot), options },
    categoryField(say),
    { kind: "both", name: "title", label: say(words.title_field) },
  ];
}

interface IncidentStepPageProps {
  readonly id: string;
  readonly step: Step;
}

export function IncidentStepPage({ id, step }: IncidentStepPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<IncidentsAnswer>("/api/incidents", { lang });
  const one = reading.value?.incidents.find((known) => known.id === id);
  const to = addressOf(lang, ["incidents", id]);
  const above = [
    { to: addressOf(lang, ["incidents"]), label: say(words.title) },
    { to, label: one === undefined ? say(words.incident) : say(one.title) },
  ];
  const title = say(incidentActs[step].name);
  if (one === undefined) {
    return (
      <Titled title={reading.value === undefined ? title : say(words.gone)} above={above}>
        <Pending reading={reading} />
        {reading.value !== undefined && <Gone to={addressOf(lang, ["incidents"])} />}
      </Titled>
    );
  }
  return (
    <ActPage
      title={title}
      open={stepsOpen(one, who).includes(step)}
      lead={say(incidentActs[step].lead)}
      {...{ above, to, grave: isGrave(step) }}
      fields={(values) => fieldsOf(step, values, say)}
      path={`/api/incidents/${encodeURIComponent(id)}/steps`}
      body={(values) => bodyOf(step, values)}
    />
  );
}
