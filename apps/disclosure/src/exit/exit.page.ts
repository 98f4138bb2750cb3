/**
 * How a pilot leaves: its plan step by step while it runs, and once it is completed the report, with
 * what was open at the beginning, what each step rests on, and the archive that was restored.
 */
import { type Lang, formatCount, formatInstant, formatMoney, say } from "@sandbank/kernel/words";
import { empty, facts, type Html, html, note, sayCounted, table, tag } from "@sandbank/ui";
import { pilotCrumbs } from "../declaration/declaration.page.ts";
import type { Exit, ExitReport, ExitStep, OpenLine } from "../exit.ports.ts";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import {
  CAUSES,
  EXIT_STATES,
  exitWords as words,
  OFFICES,
  OPEN_THINGS,
  STEP_STATES,
} from "./exit.words.ts";

/** Undefined for a pilot that is unknown or has not begun to leave. */
export async function exitPage(
  reader: DisclosureReader,
  lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const exit = await reader.exit(slug);
  if (exit === undefined) return undefined;
  const setting = await reader.setting();
  const { report, pilot } = exit;
  const title = say(report === undefined ? words.title_running : words.title, lang);
  const lead = say(report === undefined ? words.lead_running : words.lead, lang);
  const path = `/pilots/${slug}/exit`;
  const main = html`${pilotCrumbs(pilot, title, lang)}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${title}</h1>
        <p class="lead">${pilot.name[lang]}</p>
        <p class="quiet">${lead}</p>
      </div>
      ${report && conclusion(report, lang)} ${keyFacts(exit, lang)}
      ${report && opening(report, lang)} ${steps(exit, lang)} ${report && archive(report, lang)}
      <p class="row links">
        <a href="/${lang}/pilots/${slug}/complaints">${say(words.complaints_link, lang)}</a>
        <a href="/${lang}/verify">${say(words.verify_link, lang)}</a>
      </p>
    </div>`;
  const content = { title, summary: `${pilot.name[lang]} · ${lead}`, path, main };
  return { status: 200, html: frame(lang, setting, { ...content, twin: `${path}.json` }) };
}

function conclusion(report: ExitReport, lang: Lang): Html {
  return html`<section class="stack-s" aria-labelledby="statement">
    <h2 id="statement">${say(words.statement, lang)}</h2>
    ${note("tide", html`<p>${report.statement[lang]}</p>`)}
  </section>`;
}

function keyFacts(exit: Exit, lang: Lang): Html {
  const { report, runOffUntil } = exit;
  const days = report && { n: report.days, figure: formatCount(report.days, lang) };
  const time = (at: Exit["runOffUntil"]) => at && html`<time>${formatInstant(at)}</time>`;
  return html`<section class="panel stack" aria-labelledby="facts">
    <h2 id="facts">${say(words.key_facts, lang)}</h2>
    ${facts(
      [
        { term: say(words.state, lang), value: say(EXIT_STATES[exit.state], lang) },
        { term: say(words.cause, lang), value: say(CAUSES[exit.cause], lang) },
        { term: say(words.reason, lang), value: exit.reason[lang] },
        { term: say(words.begun, lang), value: time(exit.begunAt) },
        { term: say(words.completed, lang), value: time(report?.completedAt) },
        { term: say(words.took, lang), value: days && sayCounted(words.days, lang, days) },
        { term: say(words.run_off, lang), value: time(runOffUntil) },
        {
          term: say(words.plan, lang),
          value: html`${exit.plan[lang]}
          <p class="small">${plannedText(exit, lang)}</p>`,
        },
      ],
      "wide",
    )}
  </section>`;
}

function plannedText({ planned, version }: Exit, lang: Lang): string {
  return version === undefined
    ? say(words[planned], lang)
    : say(words.declared_in, lang, { version: String(version) });
}

function opening({ opening: rows, openingAt }: ExitReport, lang: Lang): Html {
  const amount = ({ unit, amount: of }: OpenLine) =>
    unit === "fen" ? formatMoney(of, lang) : formatCount(of, lang);
  const list = table<OpenLine>({
    caption: say(words.opening, lang),
    columns: [
      {
        title: say(words.what, lang),
        cell: (one) =>
          html`${say(OPEN_THINGS[one.what], lang)}
          ${one.limit && html`<p class="small">${one.limit[lang]}</p>`}`,
      },
      { title: say(words.amount, lang), numeric: true, cell: amount },
      {
        title: say(words.ends, lang),
        cell: ({ ends }) =>
          ends === undefined
            ? say(words.ends_done, lang)
            : html`<time>${formatInstant(ends)}</time>`,
      },
    ],
    rows,
  });
  return html`<section class="stack" aria-labelledby="opening">
    <h2 id="opening">${say(words.opening, lang)}</h2>
    <p class="quiet">${say(words.opening_text, lang, { time: formatInstant(openingAt) })}</p>
    ${rows.length === 0 ? empty(say(words.opening_none, lang)) : list}
  </section>`;
}

const STEP_TONES = { waiting: "off", open: "live", closed: "ok" } as const;

function steps(exit: Exit, lang: Lang): Html {
  const closed = exit.steps.filter(({ state }) => state === "closed").length;
  const progress = { n: String(closed), m: String(exit.steps.length) };
  const list = table<ExitStep>({
    caption: say(words.steps, lang),
    columns: [
      { title: say(words.step, lang), cell: (one) => stepText(one, exit, lang) },
      { title: say(words.done, lang), cell: (one) => doneText(one, lang) },
    ],
    rows: exit.steps,
  });
  return html`<section class="stack" aria-labelledby="steps">
    <h2 id="steps">${say(words.steps, lang)}</h2>
    <p class="quiet">${say(words.progress, lang, progress)}</p>
    ${list}
  </section>`;
}

function stepText(step: ExitStep, { steps: all }: Exit, lang: Lang): Html {
  const { items, evidence } = step;
  const counted = items && {
    ...{ kind: items.text[lang], listed: String(items.listed) },
    ...{ finished: String(items.finished), transferred: String(items.transferred) },
  };
  return html`${all.indexOf(step) + 1}. ${step.text[lang]}
  ${counted && html`<p class="small">${say(words.items, lang, counted)}</p>`} ${termText(step, lang)}
  ${
    evidence &&
    html`<p class="small">
      ${say(words.evidence, lang)}<br /><span class="mono">${evidence}</span>
    </p>`
  }`;
}

/** How long the plan gives a step, what it was expected to cost, and by when it is due. */
function termText({ days, cost, dueBy, closedAt }: ExitStep, lang: Lang): Html | false {
  const said = [
    ...(days === undefined ? [] : [say(words.within, lang, { n: formatCount(days, lang) })]),
    ...(cost === undefined ? [] : [say(words.cost, lang, { cost: formatMoney(cost, lang) })]),
    ...(dueBy === undefined || closedAt !== undefined
      ? []
      : [say(words.due, lang, { time: formatInstant(dueBy) })]),
    ...(dueBy !== undefined && closedAt !== undefined && closedAt >= dueBy
      ? [say(words.late, lang)]
      : []),
  ];
  return said.length > 0 && html`<p class="small">${said.join(" · ")}</p>`;
}

function doneText({ state, closedAt, by }: ExitStep, lang: Lang): Html {
  const done =
    closedAt === undefined
      ? tag(say(STEP_STATES[state], lang), STEP_TONES[state])
      : html`<time>${formatInstant(closedAt)}</time>`;
  return html`${done}<br /><span class="small">${say(OFFICES[by], lang)}</span>`;
}

function archive({ archive: kept }: ExitReport, lang: Lang): Html {
  const { files, bytes, logs } = kept;
  return html`<section class="panel stack" aria-labelledby="archive">
    <h2 id="archive">${say(words.archive, lang)}</h2>
    <p class="quiet">${say(words.archive_text, lang)}</p>
    ${facts([
      {
        term: say(words.archive_hash, lang),
        value: html`<span class="mono">${kept.hash}</span>`,
      },
      { term: say(words.archive_files, lang), value: formatCount(files, lang) },
      { term: say(words.archive_bytes, lang), value: formatCount(bytes, lang) },
      {
        term: say(words.verified, lang),
        value: html`<time>${formatInstant(kept.verifiedAt)}</time>`,
      },
      ...logs.map(({ origin, size, root }) => ({
        term: say(words.log, lang),
        value: html`<span class="mono">${origin}</span>
          <p class="small">${say(words.log_size, lang, { n: formatCount(size, lang) })}</p>
          <span class="mono">${root}</span>`,
      })),
    ])}
  </section>`;
}
