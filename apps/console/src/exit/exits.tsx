/** Pilots that have begun their test, each with the way to its exit and its dry run. */
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { PilotTable } from "../pilot/pilot-table.tsx";
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
        <PilotTable
          caption={say(words.table)}
          pilots={shown}
          to={(slug) => addressOf(lang, ["exits", slug])}
        />
      )}
    </Titled>
  );
}
