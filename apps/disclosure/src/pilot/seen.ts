/** What is seen of a pilot: its indicators with source and time, and what went wrong. */
import { type Lang, formatCount, formatInstant, say } from "@sandbank/kernel/words";
import {
  type Html,
  empty,
  html,
  indicatorFigure,
  SOURCE_WORDS,
  STANDING_WORDS,
  table,
  tag,
} from "@sandbank/ui";
import type { IncidentLine, IndicatorLine, PilotDetail } from "../ports.ts";
import { CATEGORIES, INCIDENT_STATES, seenWords as words } from "../seen.words.ts";

/** Nothing is said of indicators of a pilot that does not run yet. */
export function indicatorsSection(pilot: PilotDetail, lang: Lang): Html | false {
  const { indicators } = pilot;
  if (indicators === undefined) return false;
  const { asOf, behind } = indicators;
  const list = table<IndicatorLine>({
    caption: say(words.indicators, lang),
    columns: [
      {
        title: say(words.indicator, lang),
        cell: (one) => html`${one.name[lang]}<p class="small">${one.id}</p>`,
      },
      { title: say(words.today, lang), cell: (one) => figuresOf(one, lang) },
      { title: say(words.standing, lang), cell: (one) => standingOf(one.standing, lang) },
      {
        title: say(words.source, lang),
        cell: (one) => html`<span class="small">${say(SOURCE_WORDS[one.source], lang)}</span>`,
      },
    ],
    rows: indicators.lines,
  });
  const counted =
    asOf === undefined
      ? say(words.counted_never, lang)
      : say(behind === 0n ? words.counted : words.counted_behind, lang, {
          at: formatInstant(asOf),
          behind: formatCount(behind, lang),
        });
  return html`<section class="stack" aria-labelledby="indicators">
    <h2 id="indicators">${say(words.indicators, lang)}</h2>
    <p class="quiet">${say(words.indicators_text, lang)}</p>
    ${list}
    <p class="small">${counted}</p>
    <p class="links"><a href="/api/pilots/${pilot.slug}/indicators">JSON</a></p>
  </section>`;
}

function standingOf(standing: IndicatorLine["standing"], lang: Lang): Html {
  const { word, tone } = STANDING_WORDS[standing];
  return tag(say(word, lang), tone);
}

function figuresOf(one: IndicatorLine, lang: Lang): Html | string {
  const known = one.figures.filter(({ standing }) => standing !== "absent");
  if (known.length === 0) return say(STANDING_WORDS.absent.word, lang);
  return html`<ul class="plain-list">
    ${known.map(
      ({ label, value, unit }) =>
        html`<li>
          <span class="small">${label[lang]}</span>
          <b>${value === undefined ? say(words.nothing_measured, lang) : indicatorFigure(value, unit, lang)}</b>
        </li>`,
    )}
  </ul>`;
}

export function incidentsSection(pilot: PilotDetail, lang: Lang): Html | false {
  const { incidents } = pilot;
  if (incidents === undefined) return false;
  const time = (at: IncidentLine["resolvedAt"]) =>
    at === undefined ? "—" : html`<time>${formatInstant(at)}</time>`;
  const list = table<IncidentLine>({
    caption: say(words.incidents, lang),
    columns: [
      {
        title: say(words.incident, lang),
        cell: (one) =>
          html`${say(words.incident_number, lang, { n: String(one.number) })}
            <p class="small">${say(CATEGORIES[one.category], lang)}</p>
            ${one.summary !== undefined && html`<p>${one.summary[lang]}</p>`}`,
      },
      { title: say(words.severity, lang), numeric: true, cell: (one) => String(one.severity) },
      {
        title: say(words.incident_state, lang),
        cell: (one) => say(INCIDENT_STATES[one.state], lang),
      },
      { title: say(words.detected, lang), cell: (one) => time(one.detectedAt) },
      { title: say(words.resolved, lang), cell: (one) => time(one.resolvedAt) },
      {
        title: say(words.acts_reached, lang),
        numeric: true,
        cell: (one) => (one.affectedActs === undefined ? "—" : formatCount(one.affectedActs, lang)),
      },
    ],
    rows: incidents,
  });
  return html`<section class="stack" aria-labelledby="incidents">
    <h2 id="incidents">${say(words.incidents, lang)}</h2>
    ${incidents.length === 0 ? empty(say(words.incidents_empty, lang)) : list}
  </section>`;
}
