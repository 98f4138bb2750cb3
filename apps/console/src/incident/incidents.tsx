/** Incidents of all pilots, those that are still worked on first. */
import type { IncidentAnswer } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";
import { mayTake } from "../offices.ts";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { usePilotName } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { INCIDENT_STATES, incidentWords as words } from "../words/incident.words.ts";

export const EVERY_MS = 5_000;
const ENDED: readonly string[] = ["closed", "dismissed"];

export interface IncidentsAnswer {
  readonly incidents: readonly IncidentAnswer[];
}

export function IncidentsPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<IncidentsAnswer>("/api/incidents", { lang, every_ms: EVERY_MS });
  const { value } = reading;
  const shown = value?.incidents.toSorted(
    (a, b) =>
      Number(ENDED.includes(a.state)) - Number(ENDED.includes(b.state)) ||
      b.openedAt.localeCompare(a.openedAt),
  );
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      {mayTake(who, "open_incident") && (
        <p className="row">
          <Go to={addressOf(lang, ["incidents", "new"])} className="button">
            {say(words.open_one)}
          </Go>
        </p>
      )}
      <Pending reading={reading} lines={6} />
      {shown?.length === 0 && <p className="panel empty">{say(words.none)}</p>}
      {shown !== undefined && shown.length > 0 && <List incidents={shown} />}
    </Titled>
  );
}

function List({ incidents }: IncidentsAnswer) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const pilotName = usePilotName();
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={incidents}
        keyOf={({ id }) => id}
        columns={[
          {
            head: say(words.incident),
            cell: (one) => (
              <>
                <Go to={addressOf(lang, ["incidents", one.id])} className="go-to">
                  {say(one.title)}
                </Go>
                <p className="small">{pilotName(one.pilot)}</p>
              </>
            ),
          },
          { head: say(words.severity), cell: (one) => <Severity one={one} /> },
          { head: say(words.state), cell: (one) => <IncidentTag one={one} /> },
          { head: say(words.opened_at), cell: (one) => <time>{momentText(one.openedAt)}</time> },
        ]}
      />
    </div>
  );
}

const GRAVE = 2;

export function Severity({ one }: { readonly one: IncidentAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { severity } = one;
  if (severity === null) return <>{say(words.severity_none)}</>;
  const tone: Tone = severity <= GRAVE && !ENDED.includes(one.state) ? "stop" : "off";
  return <Tag tone={tone}>{say(words.severity_n, { n: String(severity) })}</Tag>;
}

const TONES: Readonly<Record<string, Tone>> = {
  ...{ opened: "warn", detected: "warn", classified: "live", mitigated: "live" },
  ...{ resolved: "ok", closed: "off", dismissed: "off" },
};

export function IncidentTag({ one }: { readonly one: IncidentAnswer }) {
  const { lang } = useSetting();
  const word = INCIDENT_STATES[one.state];
  return (
    <Tag tone={TONES[one.state] ?? "off"}>{word === undefined ? one.state : sayIn(lang)(word)}</Tag>
  );
}
