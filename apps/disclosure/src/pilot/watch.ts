/** How a graduated pilot is watched: each comparing of its thresholds, what was found and ruled. */
import { type Lang, type Text, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, empty, html, table, tag } from "@sandbank/ui";
import type { PilotDetail, WatchLine } from "../ports.ts";
import {
  CONDITION_STATES,
  FINDING_STATES,
  seenWords as words,
  WATCH_STATES,
} from "../seen.words.ts";

type Check = WatchLine["checks"][number];
type Finding = WatchLine["findings"][number];

/** Nothing is said of it before a pilot has graduated. */
export function watchSection({ watch }: PilotDetail, lang: Lang): Html | false {
  if (watch === undefined) return false;
  const { from, to, days, daysFrom, state, checks, findings } = watch;
  const length = daysFrom === "terms" ? words.watch_from_terms : words.watch_from_design;
  const tone = { running: "live", questioned: "warn", ended: "ok", exit_required: "stop" } as const;
  return html`<section class="stack" aria-labelledby="watch">
    <h2 id="watch">${say(words.watch, lang)}</h2>
    <p>${tag(say(WATCH_STATES[state], lang), tone[state])}</p>
    <p class="quiet">
      ${say(words.watch_text, lang, { from, to })} ${say(length, lang, { n: String(days) })}
    </p>
    ${checks.length === 0 ? empty(say(words.watch_empty, lang)) : checkTable(checks, lang)}
    ${findings.map((one) => findingNote(one, lang))}
  </section>`;
}

function checkTable(checks: readonly Check[], lang: Lang): Html {
  return table<Check>({
    caption: say(words.watch_checks, lang),
    columns: [
      {
        title: say(words.watch_days, lang),
        cell: ({ from, to }) => say(words.watch_range, lang, { from, to }),
      },
      {
        title: say(words.watch_met, lang),
        numeric: true,
        cell: ({ of, missed }) =>
          say(words.watch_met_of, lang, { met: String(of - missed.length), of: String(of) }),
      },
      {
        title: say(words.watch_missed, lang),
        cell: ({ missed }) =>
          missed.length === 0 ? "—" : missed.map((label) => html`<p>${label[lang]}</p>`),
      },
    ],
    rows: checks,
  });
}

const FOUND = {
  thresholds: words.watch_finding,
  silence: words.watch_silence,
  condition: words.watch_condition_missed,
} as const satisfies Record<Finding["kind"], Text>;

function findingNote(one: Finding, lang: Lang): Html {
  const title = FOUND[one.kind];
  return html`<div class="panel stack-s">
    <h3>${say(title, lang, { n: String(one.number) })}</h3>
    <p class="small meta">
      <span>${say(FINDING_STATES[one.state], lang)}</span><span>${formatInstant(one.at)}</span>
    </p>
    ${one.reason !== undefined && html`<p>${one.reason[lang]}</p>`}
    ${one.conditions?.map(
      ({ text, by, state }) =>
        html`<p class="small">
          ${say(words.watch_condition, lang, { text: text[lang], by })}
          ${state && say(CONDITION_STATES[state], lang)}
        </p>`,
    )}
  </div>`;
}
