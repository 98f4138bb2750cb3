/** What went wrong with a pilot. */
import { type Lang, formatCount, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, empty, html, table } from "@sandbank/ui";
import type { IncidentLine, PilotDetail } from "../ports.ts";
import { CATEGORIES, INCIDENT_STATES, seenWords as words } from "../seen.words.ts";

/** Nothing is said of incidents of a pilot that does not run yet. */
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
