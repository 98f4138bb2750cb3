/** What a pilot is held to: caps in force, conditions of graduation, the declaration by clause. */
import {
  type Lang,
  formatCount,
  formatDate,
  formatMoney,
  formatPercent,
  say,
} from "@sandbank/kernel/words";
import { type Html, attribute, bareFigure, empty, html, note, table, tag } from "@sandbank/ui";
import type { Clause, Condition, LimitLine, PilotDetail } from "../ports.ts";
import { MEASURES, SCOPES, words } from "../words.ts";

export function limitsSection(pilot: PilotDetail, lang: Lang): Html {
  // The column's row names what is counted, so a count stands alone; money is exact, to the fen.
  const amount = (limit: LimitLine, value: bigint) =>
    limit.measure === "amount" || limit.measure === "single"
      ? formatMoney(value, lang)
      : formatCount(value, lang);
  const usedOf = (limit: LimitLine) => {
    if (limit.measure === "single") return "—";
    return limit.used === undefined ? say(words.used_each, lang) : amount(limit, limit.used);
  };
  const whereOf = ({ measure, scope, clause }: LimitLine) => [
    say(measure === "single" ? words.scope_single : SCOPES[scope], lang),
    say(words.clause, lang, { clause }),
  ];
  const list = table<LimitLine>({
    caption: say(words.limits, lang),
    columns: [
      {
        title: say(words.limit, lang),
        cell: (limit) =>
          html`${say(limit.label ?? MEASURES[limit.measure][limit.window], lang)}
            <p class="small meta">${whereOf(limit).map((part) => html`<span>${part}</span>`)}</p>`,
      },
      { title: say(words.used, lang), numeric: true, cell: usedOf },
      {
        title: say(words.cap, lang),
        numeric: true,
        cell: (limit) => html`<b>${amount(limit, limit.cap)}</b>`,
      },
    ],
    rows: pilot.limits,
  });
  return html`<section class="stack" aria-labelledby="limits">
    <h2 id="limits">${say(words.limits, lang)}</h2>
    ${
      pilot.limits.length === 0
        ? empty(say(words.limits_empty, lang))
        : html`<p class="quiet">${say(words.limits_text, lang)}</p>
            ${list}`
    }
  </section>`;
}

export function graduationSection(pilot: PilotDetail, lang: Lang): Html | false {
  if (pilot.graduation.length === 0) return false;
  const read = (value: bigint, unit: Condition["unit"]) =>
    unit === "ppm" ? formatPercent(Number(value)) : bareFigure(value, unit, lang);
  const list = table<Condition>({
    caption: say(words.graduation, lang),
    columns: [
      { title: say(words.condition, lang), cell: (one) => one.label[lang] },
      {
        title: say(words.required, lang),
        numeric: true,
        cell: (one) => say(words[one.relation], lang, { n: read(one.required, one.unit) }),
      },
      {
        title: say(words.current, lang),
        numeric: true,
        cell: (one) =>
          one.current === undefined ? say(words.not_yet, lang) : read(one.current, one.unit),
      },
      {
        title: say(words.result, lang),
        cell: (one) =>
          one.met ? tag(say(words.met, lang), "ok") : tag(say(words.unmet, lang), "off"),
      },
    ],
    rows: pilot.graduation,
  });
  return html`<section class="stack" aria-labelledby="graduation">
    <h2 id="graduation">${say(words.graduation, lang)}</h2>
    <p class="quiet">${say(words.graduation_text, lang)}</p>
    ${list}
  </section>`;
}

export function declarationSection(pilot: PilotDetail, lang: Lang): Html {
  const { declaration } = pilot;
  const title = html`<h2 id="declaration">${say(words.declaration, lang)}</h2>`;
  if (declaration === undefined) {
    return html`<section class="stack">
      ${title} ${empty(say(words.declaration_empty, lang))}
    </section>`;
  }
  const version = say(words.declaration_version, lang, { n: String(declaration.version) });
  const published = say(words.declaration_published, lang, {
    date: formatDate(declaration.publishedOn, lang),
  });
  return html`<section class="stack" aria-labelledby="declaration">
    ${title}
    <p class="quiet meta"><span>${version}</span><span>${published}</span></p>
    <div class="panel">
      <dl class="facts clauses">${declaration.clauses.map((clause, at) => clauseOf(clause, lang, declaration.clauses.slice(0, at)))}</dl>
    </div>
    ${note(
      "plain",
      html`<p class="small">${say(words.declaration_hash, lang)}</p>
        <p class="mono">${declaration.hash}</p>`,
    )}
  </section>`;
}

/** Several entries may share a number; links to it lead to the first, so only that one is named. */
function clauseOf(clause: Clause, lang: Lang, before: readonly Clause[]): Html {
  const first = before.every(({ number }) => number !== clause.number);
  const mark =
    clause.origin === "reported" &&
    html` <span class="small">${say(words.reported_mark, lang)}</span>`;
  return html`<div${attribute("id", first && `clause-${clause.number}`)}>
    <dt><span class="mono">${clause.number}</span> ${clause.title[lang]}${mark}</dt>
    <dd>${clause.text[lang]}</dd>
  </div>`;
}
