/** Where a pilot has been since it became public, what was refused and why, and how it was changed. */
import { type Lang, formatInstant, say } from "@sandbank/kernel/words";
import { empty, facts, type Html, html, phaseTag, table, tag } from "@sandbank/ui";
import { CHANGE_STATES, hearing } from "../consultation/consultation.words.ts";
import type { History } from "../hearing.ports.ts";
import { pilotCrumbs } from "../declaration/declaration.page.ts";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { words } from "../words.ts";

/** Undefined for a pilot that the public does not know. */
export async function historyPage(
  reader: DisclosureReader,
  lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.history(slug);
  if (found === undefined) return undefined;
  const setting = await reader.setting();
  const title = say(hearing.history_title, lang);
  const path = `/pilots/${slug}/history`;
  const main = html`${pilotCrumbs(found.pilot, title, lang)}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${title}</h1>
        <p class="lead">${say(hearing.history_lead, lang)}</p>
        ${
          found.number !== undefined &&
          facts([
            {
              term: say(words.number, lang),
              value: html`<span class="mono">${found.number}</span>`,
            },
          ])
        }
      </div>
      ${found.passages.length === 0 ? empty(say(hearing.none, lang)) : passages(found, lang)}
      ${rulings(found, lang)} ${changes(found, lang)}
    </div>`;
  return { status: 200, html: frame(lang, setting, { title, path, main, twin: `${path}.json` }) };
}

function versionLink(slug: string, version: number, lang: Lang): Html {
  return html`<span class="links"
    ><a href="/${lang}/pilots/${slug}/declaration/${version}"
      >${say(hearing.version, lang, { n: String(version) })}</a
    ></span
  >`;
}

function passages({ pilot, passages: rows }: History, lang: Lang): Html {
  return table<History["passages"][number]>({
    caption: say(hearing.history_title, lang),
    columns: [
      { title: say(hearing.when, lang), cell: (one) => formatInstant(one.at) },
      { title: say(hearing.phase, lang), cell: (one) => phaseTag(one.to, lang) },
      {
        title: say(hearing.about, lang),
        cell: (one) => versionLink(pilot.slug, one.version, lang),
      },
    ],
    rows,
  });
}

function rulings({ rulings: rows }: History, lang: Lang): Html | false {
  if (rows.length === 0) return false;
  return html`<section class="stack" aria-labelledby="rulings">
    <h2 id="rulings">${say(hearing.rulings, lang)}</h2>
    <div class="panel flush">
      <ol class="list">
        ${rows.map(
          (one) =>
            html`<li class="stack-s">
              <p class="row apart">
                <span>${say(hearing[one.kind], lang)}</span>
                <span class="small meta"><time>${formatInstant(one.at)}</time></span>
              </p>
              <ul class="bullets">
                ${one.reasons.map((reason) => html`<li>${reason[lang]}</li>`)}
              </ul>
            </li>`,
        )}
      </ol>
    </div>
  </section>`;
}

function changes({ pilot, changes: rows }: History, lang: Lang): Html | false {
  if (rows.length === 0) return false;
  return html`<section class="stack" aria-labelledby="changes">
    <h2 id="changes">${say(hearing.changes_title, lang)}</h2>
    ${table<History["changes"][number]>({
      caption: say(hearing.changes_title, lang),
      columns: [
        { title: say(hearing.change, lang), numeric: true, cell: (one) => String(one.number) },
        {
          title: say(hearing.about, lang),
          cell: (one) => versionLink(pilot.slug, one.version, lang),
        },
        {
          title: say(hearing.kind, lang),
          cell: (one) => say(one.material ? hearing.kind_material : hearing.kind_editorial, lang),
        },
        { title: say(hearing.asked, lang), cell: (one) => formatInstant(one.at) },
        {
          title: say(hearing.state, lang),
          cell: (one) =>
            tag(say(CHANGE_STATES[one.state], lang), one.state === "adopted" ? "live" : "off"),
        },
      ],
      rows,
    })}
  </section>`;
}
