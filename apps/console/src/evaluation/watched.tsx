/**
 * The watch after a graduation: how long, what waits for a ruling, what was ruled, and each comparing
 * of the thresholds, whose figures unfold and lead to the rows that they sum.
 */
import type { WatchAnswer } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";
import { CriteriaTable } from "./criteria.tsx";
import { boundText } from "./figures.ts";

const TONES = { running: "live", questioned: "warn", ended: "ok", exit_required: "stop" } as const;
const FOUND = { open: "warn", accepted: "ok", extended: "ok", exit_required: "stop" } as const;

const JUDGED = { pending: "live", met: "ok", missed: "stop", lapsed: "off" } as const;

const dayOf = (at: string) => momentText(at).slice(0, 10);

interface WatchedProps {
  readonly watch: WatchAnswer;
}

export function Watched({ watch }: WatchedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { state, begunAt, endsAt, days, daysFrom, checks, findings, nextAt } = watch;
  const range = { from: dayOf(begunAt), to: lastDayOf(endsAt) };
  const open = findings.filter((one) => one.state === "open");
  const ruled = findings.filter((one) => one.state !== "open");
  return (
    <section className="panel flush" aria-labelledby="watch">
      <div className="head">
        <h2 id="watch">{say(words.watch)}</h2>
        <Tag tone={TONES[state]}>{say(words[`watch_${state}`])}</Tag>
      </div>
      <div className="list">
        <p>{say(words.watch_days, range)}</p>
        <p className="small">{say(words[`watch_from_${daysFrom}`], { n: String(days) })}</p>
        {nextAt !== null && (
          <p className="small">{say(words.watch_next, { day: lastDayOf(nextAt) })}</p>
        )}
      </div>
      <ul className="list">
        {[...open, ...ruled.toReversed()].map((one) => (
          <Finding key={one.number} one={one} watch={watch} />
        ))}
      </ul>
      {checks.length === 0 && <p className="empty">{say(words.watch_checks_none)}</p>}
      {checks.toReversed().map((one) => (
        <Check key={one.number} one={one} watch={watch} />
      ))}
    </section>
  );
}

interface CheckProps extends WatchedProps {
  readonly one: WatchAnswer["checks"][number];
}

/** One comparing: how many thresholds were met, and unfolded each with what was measured. */
function Check({ one, watch }: CheckProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { from, to, criteria } = one;
  const met = criteria.filter((each) => each.met).length;
  const range = { from: dayOf(from), to: lastDayOf(to) };
  return (
    <details className="group">
      <summary>
        <span className="said">{say(words.watch_check, range)}</span>
        <Tag tone={met === criteria.length ? "ok" : "stop"}>
          {say(words.watch_met, { met: String(met), of: String(criteria.length) })}
        </Tag>
      </summary>
      <CriteriaTable
        caption={say(words.watch_check, range)}
        slug={watch.pilot}
        criteria={criteria.map((each) => ({ ...each, kind: "threshold", override: null }))}
      />
    </details>
  );
}

interface FindingProps extends WatchedProps {
  readonly one: WatchAnswer["findings"][number];
}

/** What was found: each threshold that was missed, or the silence, and what two people ruled. */
function Finding({ one, watch }: FindingProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const check = watch.checks.find(({ number }) => number === one.check);
  const missed = check?.criteria.filter(({ met }) => !met) ?? [];
  return (
    <li className="stack-s">
      <p className="row apart">
        <b>{say(words[`finding_${one.kind}`], { n: String(one.number) })}</b>
        <Tag tone={FOUND[one.state]}>{say(words[`finding_${one.state}`])}</Tag>
      </p>
      <p className="small">
        <time>{momentText(one.at)}</time>
        {one.silentSince !== null &&
          ` · ${say(words.silent_since, { at: momentText(one.silentSince) })}`}
      </p>
      {missed.length > 0 && (
        <ul className="bullets">
          {missed.map(({ criterion, label }) => (
            <li key={criterion}>{say(label)}</li>
          ))}
        </ul>
      )}
      <Ruled one={one} watch={watch} />
    </li>
  );
}

/** The ruling on a finding, with its reason, its conditions and how much longer the watch lasts. */
function Ruled({ one, watch }: FindingProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const ruling = watch.rulings.find(({ number }) => number === one.ruling);
  if (ruling === undefined) return null;
  return (
    <div className="note stack-s">
      <p>{say(ruling.reason)}</p>
      {ruling.days !== null && <p>{say(words.watch_longer, { n: String(ruling.days) })}</p>}
      {ruling.conditions.map(({ text, by, bound, state }, at) => (
        <p className="small" key={at}>
          {say(words.condition_by, { text: say(text), by })}
          {bound !== null && ` · ${boundText(bound, lang)}`}{" "}
          {state !== null && <Tag tone={JUDGED[state]}>{say(words[`condition_${state}`])}</Tag>}
        </p>
      ))}
      <p className="small">
        <time>{momentText(ruling.at)}</time>
      </p>
    </div>
  );
}
