/** The register for staff: every pilot, its phase, and what is in force on it. */
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { addressOf } from "../way.ts";
import { pilotWords as words } from "../words/pilot.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { momentText } from "./figures.ts";

export function PilotsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const { value } = pilots;
  return (
    <Titled title={say(words.pilots)} lead={<p>{say(words.pilots_lead)}</p>}>
      <Pending reading={pilots} lines={8} />
      {value !== undefined && value.pilots.length === 0 && (
        <p className="panel empty">{say(words.pilots_none)}</p>
      )}
      {value !== undefined && value.pilots.length > 0 && (
        <div className="panel flush">
          <Listed
            caption={say(words.table)}
            rows={value.pilots}
            keyOf={({ slug }) => slug}
            columns={[
              {
                head: say(words.pilot),
                cell: ({ slug, name }) => (
                  <Go to={addressOf(lang, ["pilots", slug])} className="go-to">
                    {say(name)}
                  </Go>
                ),
              },
              {
                head: say(words.declared_by),
                cell: ({ institutions }) =>
                  institutions.map(({ name }) => say(name)).join(lang === "zh" ? "、" : ", "),
              },
              {
                head: say(words.phase),
                cell: ({ state, since }) => (
                  <>
                    <PhaseTag state={state} />
                    <br />
                    <span className="small">
                      {say(words.since, { at: momentText(since).slice(0, 10) })}
                    </span>
                  </>
                ),
              },
              {
                head: say(words.in_force),
                cell: ({ directivesInForce: n }) =>
                  n === 0 ? say(frameWords.none) : <Tag tone="stop">{String(n)}</Tag>,
              },
            ]}
          />
        </div>
      )}
    </Titled>
  );
}
