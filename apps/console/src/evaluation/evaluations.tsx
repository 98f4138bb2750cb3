/** Pilots whose test has begun, and the way to the evaluation of each. */
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { PilotTable } from "../pilot/pilot-table.tsx";
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
        <PilotTable
          caption={say(words.table)}
          pilots={begun}
          to={(slug) => addressOf(lang, ["evaluations", slug])}
          more={{ head: say(words.result), cell: ({ state }) => <Result state={state} /> }}
        />
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
