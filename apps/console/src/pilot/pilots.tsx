/** The register for staff: every pilot, its phase, and what is in force on it. */
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { Go } from "../parts/go.tsx";
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
          <table className="cards">
            <caption className="sr">{say(words.table)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.pilot)}</th>
                <th scope="col">{say(words.declared_by)}</th>
                <th scope="col">{say(words.phase)}</th>
                <th scope="col">{say(words.in_force)}</th>
              </tr>
            </thead>
            <tbody>
              {value.pilots.map((pilot) => (
                <tr key={pilot.slug}>
                  <th scope="row">
                    <Go to={addressOf(lang, ["pilots", pilot.slug])} className="go-to">
                      {say(pilot.name)}
                    </Go>
                  </th>
                  <td data-label={say(words.declared_by)}>
                    {pilot.institutions
                      .map((one) => say(one.name))
                      .join(lang === "zh" ? "、" : ", ")}
                  </td>
                  <td data-label={say(words.phase)}>
                    <PhaseTag state={pilot.state} />
                    <br />
                    <span className="small">
                      {say(words.since, { at: momentText(pilot.since).slice(0, 10) })}
                    </span>
                  </td>
                  <td data-label={say(words.in_force)}>
                    {pilot.directivesInForce === 0 ? (
                      say(frameWords.none)
                    ) : (
                      <Tag tone="stop">{String(pilot.directivesInForce)}</Tag>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Titled>
  );
}
