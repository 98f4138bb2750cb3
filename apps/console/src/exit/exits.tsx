/** Pilots that have begun their test, each with the way to its exit and its dry run. */
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitWords as words } from "../words/exit.words.ts";

const SHOWN: ReadonlySet<string> = new Set([
  ...["testing", "restricted", "suspended", "evaluation", "passed", "failed", "exiting", "exited"],
]);
/** Those that are leaving stand first. */
const FIRST: readonly string[] = ["exiting", "failed"];

export function ExitsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const { value } = pilots;
  const rank = (state: string) => (FIRST.includes(state) ? FIRST.indexOf(state) : FIRST.length);
  const shown = (value?.pilots ?? [])
    .filter(({ state }) => SHOWN.has(state))
    .toSorted((a, b) => rank(a.state) - rank(b.state));
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={pilots} lines={6} />
      {value !== undefined && shown.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {shown.length > 0 && (
        <div className="panel flush">
          <table className="cards">
            <caption className="sr">{say(words.table)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.pilot)}</th>
                <th scope="col">{say(words.phase)}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((pilot) => (
                <tr key={pilot.slug}>
                  <th scope="row">
                    <Go to={addressOf(lang, ["exits", pilot.slug])} className="go-to">
                      {say(pilot.name)}
                    </Go>
                  </th>
                  <td data-label={say(words.phase)}>
                    <span>
                      <PhaseTag state={pilot.state} />
                      <br />
                      <time className="small">{momentText(pilot.since).slice(0, 10)}</time>
                    </span>
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
