/** Pilots whose test has begun, and the way to the evaluation of each. */
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";

const BEGUN: ReadonlySet<string> = new Set([
  ...["testing", "restricted", "suspended", "evaluation", "passed", "failed"],
  ...["exiting", "graduated", "exited"],
]);

export function EvaluationsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const { value } = pilots;
  const begun = value?.pilots.filter(({ state }) => BEGUN.has(state)) ?? [];
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={pilots} lines={6} />
      {value !== undefined && begun.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {begun.length > 0 && (
        <div className="panel flush">
          <table className="cards">
            <caption className="sr">{say(words.table)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.pilot)}</th>
                <th scope="col">{say(words.phase)}</th>
                <th scope="col">{say(words.result)}</th>
              </tr>
            </thead>
            <tbody>
              {begun.map((pilot) => (
                <tr key={pilot.slug}>
                  <th scope="row">
                    <Go to={addressOf(lang, ["evaluations", pilot.slug])} className="go-to">
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
                  <td data-label={say(words.result)}>
                    <Result state={pilot.state} />
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

function Result({ state }: { readonly state: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (state === "passed" || state === "graduated") {
    return <Tag tone="ok">{say(words.passed)}</Tag>;
  }
  return state === "failed" ? <Tag tone="stop">{say(words.failed)}</Tag> : <>—</>;
}
