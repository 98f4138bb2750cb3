/** The watch after a graduation: how long, each comparing of the thresholds, findings and rulings. */
import type { WatchAnswer } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";

const TONES = { running: "live", questioned: "warn", ended: "ok", exit_required: "stop" } as const;
const FOUND = { open: "warn", accepted: "ok", extended: "ok", exit_required: "stop" } as const;

const dayOf = (at: string) => momentText(at).slice(0, 10);

export function Watched({ watch }: { readonly watch: WatchAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { state, begunAt, endsAt, days, daysFrom, checks, findings } = watch;
  const range = { from: dayOf(begunAt), to: lastDayOf(endsAt) };
  return (
    <section className="panel stack" aria-labelledby="watch">
      <div className="row apart">
        <h2 id="watch">{say(words.watch)}</h2>
        <Tag tone={TONES[state]}>{say(words[`watch_${state}`])}</Tag>
      </div>
      <p>{say(words.watch_days, range)}</p>
      <p className="small">{say(words[`watch_from_${daysFrom}`], { n: String(days) })}</p>
      {checks.length === 0 && <p className="quiet">{say(words.watch_checks_none)}</p>}
      <ul className="rows">
        {checks.map(({ number, from, to, criteria }) => {
          const met = criteria.filter((one) => one.met).length;
          const counts = { met: String(met), of: String(criteria.length) };
          const compared = { from: dayOf(from), to: lastDayOf(to), ...counts };
          return <li key={number}>{say(words.watch_check, compared)}</li>;
        })}
        {findings.map((one) => (
          <Finding key={one.number} one={one} watch={watch} />
        ))}
      </ul>
    </section>
  );
}

interface FindingProps {
  readonly one: WatchAnswer["findings"][number];
  readonly watch: WatchAnswer;
}

/** What was found: each threshold that was missed, and what two people ruled. */
function Finding({ one, watch }: FindingProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const check = watch.checks.find(({ number }) => number === one.check);
  const missed = check?.criteria.filter(({ met }) => !met) ?? [];
  const ruling = watch.rulings.find(({ number }) => number === one.ruling);
  return (
    <li className="stack-s">
      <p className="row apart">
        <b>{say(words[`finding_${one.kind}`], { n: String(one.number) })}</b>
        <Tag tone={FOUND[one.state]}>{say(words[`finding_${one.state}`])}</Tag>
      </p>
      {missed.length > 0 && <p>{missed.map(({ label }) => say(label)).join(" · ")}</p>}
      {ruling !== undefined && <p className="quiet">{say(ruling.reason)}</p>}
      {ruling?.conditions.map(({ text, by }) => (
        <p className="small" key={by}>
          {say(words.condition_by, { text: say(text), by })}
        </p>
      ))}
    </li>
  );
}
