/**
 * Complaints of a pilot in numbers. Each number opens the complaints that it counts, on the same
 * page; the rows say when and how, never what about whom.
 */
import { fromIso, shanghaiDate, type Instant } from "@sandbank/kernel/clock";
import {
  type Lang,
  formatCount,
  formatInstant,
  formatMoney,
  formatPercent,
  say,
} from "@sandbank/kernel/words";
import type { Compensation, PublicComplaint } from "@sandbank/sandbox/contract";
import {
  type Html,
  crumbs,
  empty,
  facts,
  figure,
  html,
  note,
  pagination,
  table,
  tag,
  tide,
} from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { settingTwin } from "../twin.ts";
import { words as site } from "../words.ts";
import type { ComplaintPage } from "../complaint.ports.ts";
import { complaintWords as words, FIGURE_WORDS, SHARE_WORDS } from "./complaint.words.ts";
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_STATE_WORDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_GROUNDS,
} from "@sandbank/sandbox/contract";

const ROWS_PER_PAGE = 30;
const PAGE_MAX = 1000;

type Figure = keyof typeof FIGURE_WORDS;

/** Which complaints a number counts; persons are counted in all of them. */
const COUNTED: Readonly<Record<Figure, (row: PublicComplaint, now: Instant) => boolean>> = {
  received: () => true,
  persons: () => true,
  open: ({ state }) => state === "received" || state === "accepted" || state === "rechecking",
  overdueNow: ({ state, inTime }) =>
    inTime === false && (state === "received" || state === "accepted"),
  everOverdue: ({ inTime }) => inTime === false,
  decided: ({ outcome }) => outcome !== null,
  inTime: ({ outcome, inTime }) => outcome !== null && inTime === true,
  upheld: (row) => last(row) === "upheld",
  partly: (row) => last(row) === "partly",
  rejected: (row) => last(row) === "rejected",
  inadmissible: ({ ground }) => ground !== null,
  withdrawn: ({ state }) => state === "withdrawn",
  escalated: ({ escalatedAt }) => escalatedAt !== null,
  rechecked: ({ recheckOutcome }) => recheckOutcome !== null,
  changed: ({ outcome, recheckOutcome }) => recheckOutcome !== null && recheckOutcome !== outcome,
  extended: ({ days }) => days > 15,
};

function last({ outcome, recheckOutcome }: PublicComplaint): string | null {
  return outcome === null ? null : (recheckOutcome ?? outcome);
}

function isFigure(name: string | undefined): name is Figure {
  return name !== undefined && Object.hasOwn(FIGURE_WORDS, name);
}

interface Asked {
  readonly show: string | undefined;
  readonly page: string | undefined;
}

/** Undefined for an unknown pilot. */
export async function numbersPage(
  reader: DisclosureReader,
  lang: Lang,
  of: Asked & { readonly slug: string },
): Promise<PageAnswer | undefined> {
  const { slug } = of;
  const [pilot, numbers, setting, pool] = await Promise.all([
    reader.pilot(slug),
    reader.complaints(slug),
    reader.setting(),
    reader.compensation(slug),
  ]);
  if (pilot === undefined || numbers === undefined) return undefined;
  const show = isFigure(of.show) ? of.show : undefined;
  const at = /^[1-9][0-9]{0,3}$/.test(of.page ?? "") ? Math.min(Number(of.page), PAGE_MAX) : 1;
  const title = say(words.numbers_of, lang, { pilot: pilot.name[lang] });
  const above = [
    { href: `/${lang}/`, label: say(site.pilots, lang) },
    { href: `/${lang}/pilots/${slug}`, label: pilot.name[lang] },
  ];
  const main = html`${crumbs(lang, above, say(words.numbers_title, lang))}
    <div class="stack-l">
      <div class="stack">
        <h1>${title}</h1>
        <p class="lead">${say(words.numbers_lead, lang)}</p>
        ${!numbers.taken && note("plain", html`<p>${say(words.not_taken, lang)}</p>`)}
        ${acts(lang, slug, numbers.taken)}
      </div>
      ${figures(lang, slug, numbers)} ${pool !== undefined && poolSection(lang, pool)}
      ${rows(lang, numbers, { slug, show, at })}
    </div>`;
  const query = show === undefined ? "" : `?show=${show}`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title,
      summary: say(words.numbers_lead, lang),
      path: `/pilots/${slug}/complaints${query}`,
      main,
      twin: `/pilots/${slug}/complaints.json`,
    }),
  };
}

function acts(lang: Lang, slug: string, taken: boolean): Html {
  return html`<div class="acts">
    ${
      taken &&
      html`<a class="button primary" href="/${lang}/pilots/${slug}/complain"
        >${say(words.complain, lang)}</a
      >`
    }
    <a href="/${lang}/complaints">${say(words.follow, lang)}</a>
  </div>`;
}

/** The twin: the same numbers and rows, as they are. */
export async function numbersTwin(
  reader: DisclosureReader,
  _lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const [numbers, setting] = await Promise.all([reader.complaints(slug), reader.setting()]);
  if (numbers === undefined) return undefined;
  return { status: 200, json: { ...settingTwin(setting), ...numbers } };
}

function figures(lang: Lang, slug: string, { figures: all, at }: ComplaintPage): Html {
  const link = (name: Figure) =>
    html`<a href="/${lang}/pilots/${slug}/complaints?show=${name}#rows"
      >${formatCount(BigInt(all[name]), lang)}</a
    >`;
  const share = (ppm: number | null) =>
    ppm === null ? say(words.none, lang) : formatPercent(ppm, 1);
  const counts = (Object.keys(FIGURE_WORDS) as Figure[]).map((name) => ({
    term: say(FIGURE_WORDS[name], lang),
    value: link(name),
  }));
  const median = all.medianDays;
  return html`<section class="stack" aria-labelledby="figures">
    <h2 id="figures">${say(words.numbers_title, lang)}</h2>
    <div class="halves">
      <div class="panel">${facts(counts.slice(0, 8), "wide")}</div>
      <div class="panel">${facts(counts.slice(8), "wide")}</div>
    </div>
    <div class="panel">
      ${facts(
        [
          { term: say(SHARE_WORDS.onTime_ppm, lang), value: share(all.onTime_ppm) },
          { term: say(SHARE_WORDS.upheld_ppm, lang), value: share(all.upheld_ppm) },
          { term: say(SHARE_WORDS.repeat_ppm, lang), value: share(all.repeat_ppm) },
          {
            term: say(SHARE_WORDS.medianDays, lang),
            value: median === null ? say(words.none, lang) : figure(BigInt(median), "days", lang),
          },
        ],
        "wide",
      )}
    </div>
    <p class="small">${say(words.as_of, lang, { time: formatInstant(fromIso(at)) })}</p>
  </section>`;
}

function poolSection(lang: Lang, pool: Compensation): Html {
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const adequate = pool.adequate;
  return html`<section class="stack" aria-labelledby="pool">
    <h2 id="pool">${say(words.pool_title, lang)}</h2>
    <div class="panel scale">
      <p>
        ${tag(
          say(adequate ? words.pool_adequate : words.pool_short, lang),
          adequate ? "ok" : "stop",
        )}
      </p>
      ${tide({ id: "pool", actual: BigInt(pool.free), target: BigInt(pool.required) })}
      ${facts(
        [
          { term: say(words.pool_free, lang), value: money(pool.free) },
          { term: say(words.pool_required, lang), value: money(pool.required) },
          { term: say(words.pool_claimed, lang), value: money(pool.claimed) },
          { term: say(words.pool_paid, lang), value: money(pool.paid) },
        ],
        "wide",
      )}
      <p class="small">${say(words.pool_order, lang)}</p>
    </div>
  </section>`;
}

function rows(
  lang: Lang,
  { complaints, at: asOf }: ComplaintPage,
  of: { readonly slug: string; readonly show: Figure | undefined; readonly at: number },
): Html {
  const { slug, show, at } = of;
  const now = fromIso(asOf);
  const chosen =
    show === undefined ? complaints : complaints.filter((one) => COUNTED[show](one, now));
  const shown = chosen.slice((at - 1) * ROWS_PER_PAGE, at * ROWS_PER_PAGE);
  const base = `/${lang}/pilots/${slug}/complaints`;
  const query = show === undefined ? "" : `show=${show}&`;
  return html`<section class="stack" aria-labelledby="rows">
    <div class="row apart">
      <h2 id="rows">${say(words.rows, lang)}</h2>
      ${
        show !== undefined &&
        html`<p class="links"><a href="${base}#rows">${say(words.rows_all, lang)}</a></p>`
      }
    </div>
    ${
      show !== undefined &&
      html`<p class="quiet">${say(words.rows_of, lang, { figure: say(FIGURE_WORDS[show], lang) })}</p>`
    }
    ${shown.length === 0 ? empty(say(words.rows_empty, lang)) : rowsTable(lang, shown)}
    ${pagination({
      lang,
      page: at,
      pages: Math.ceil(chosen.length / ROWS_PER_PAGE),
      href: (page) => `${base}?${query}page=${page}#rows`,
    })}
  </section>`;
}

function rowsTable(lang: Lang, list: readonly PublicComplaint[]): Html {
  const day = (instant: string | null) =>
    instant === null ? say(words.none, lang) : shanghaiDate(fromIso(instant));
  return table<PublicComplaint>({
    caption: say(words.rows, lang),
    columns: [
      {
        title: say(words.row_number, lang),
        cell: (one) => html`<span class="nowrap">${one.number}</span>`,
      },
      {
        title: say(words.row_category, lang),
        cell: (one) => say(COMPLAINT_CATEGORIES[one.category], lang),
      },
      { title: say(words.row_received, lang), cell: (one) => day(one.receivedAt) },
      {
        title: say(words.row_last_day, lang),
        cell: (one) =>
          html`${lastDay(one.due)}
            <p class="small">${say(words.days_given, lang, { n: String(one.days) })}</p>`,
      },
      {
        title: say(words.row_answered, lang),
        cell: (one) =>
          html`${day(one.answeredAt)}
          ${
            one.inTime !== null &&
            html`<p>${tag(say(one.inTime ? words.in_time : words.late, lang), one.inTime ? "ok" : "stop")}</p>`
          }`,
      },
      { title: say(words.row_state, lang), cell: (one) => stage(one, lang) },
    ],
    rows: list,
  });
}

/** The last day on which it is in time. */
export function lastDay(due: string): string {
  return shanghaiDate((fromIso(due) - 1) as Instant);
}

/** Where it stands and how it ended, in words. */
export function stage(one: PublicComplaint, lang: Lang): Html {
  const { outcome, recheckOutcome, ground } = one;
  const ended = recheckOutcome ?? outcome;
  return html`${say(COMPLAINT_STATE_WORDS[one.state], lang)}
  ${ended !== null && html`<p class="small">${say(COMPLAINT_OUTCOMES[ended], lang)}</p>`}
  ${ground !== null && html`<p class="small">${say(COMPLAINT_GROUNDS[ground], lang)}</p>`}`;
}
