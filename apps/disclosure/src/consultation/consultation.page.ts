/**
 * The page on which anybody comments on a declaration and reads what others said and what was
 * answered. The form works without scripts; a comment is shown as plain text in whatever language
 * its author wrote it.
 */
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import {
  type Lang,
  explain,
  formatCount,
  formatDate,
  formatInstant,
  type Refusal,
  say,
  type Text,
} from "@sandbank/kernel/words";
import {
  attribute,
  crumbs,
  empty,
  errorSummary,
  field,
  form,
  type Html,
  html,
  note,
  pagination,
  sayCounted,
  table,
  tag,
} from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader, Setting } from "../ports.ts";
import { words } from "../words.ts";
import { hearing, ROUND_STATES } from "./consultation.words.ts";
import type { Answer, ClauseName, Comment, Consultation, Round } from "../hearing.ports.ts";

/** A page may weigh 100 kB: so many bytes of comments and answers, and so many of them, stand on one. */
const COMMENT_BYTES_MAX = 40_000;
const COMMENTS_MAX = 20;

export interface Asked {
  readonly slug: string;
  readonly page?: string | undefined;
  /** Hidden inputs that the server puts into the form. */
  readonly formFields: string;
  /** What was typed and why it was not taken. */
  readonly again?: {
    readonly typed: { readonly clause?: string; readonly author?: string; readonly body?: string };
    readonly refusal: Refusal;
  };
}

/** Undefined for a pilot that the public does not know. */
export async function consultationPage(
  reader: DisclosureReader,
  lang: Lang,
  asked: Asked,
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.consultation(asked.slug);
  if (found === undefined) return undefined;
  const setting = await reader.setting();
  const path = `/pilots/${asked.slug}/consultation`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: `${say(hearing.title, lang)} · ${found.pilot.name[lang]}`,
      path,
      main: mainOf({ lang, found, asked, setting }),
      twin: `${path}.json`,
    }),
  };
}

interface Shown {
  readonly lang: Lang;
  readonly found: Consultation;
  readonly asked: Asked;
  readonly setting: Setting;
}

function mainOf({ lang, found, asked, setting }: Shown): Html {
  const { pilot, rounds } = found;
  const last = rounds.at(-1);
  const open = last?.state === "open" && setting.now < last.closes ? last : undefined;
  return html`${crumbs(
    lang,
    [
      { href: `/${lang}/`, label: say(words.pilots, lang) },
      { href: `/${lang}/pilots/${pilot.slug}`, label: pilot.name[lang] },
    ],
    say(hearing.title, lang),
  )}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${say(hearing.title, lang)}</h1>
        <p class="lead">${say(hearing.lead, lang)}</p>
        ${last === undefined ? empty(say(hearing.none, lang)) : standing(last, open, lang)}
      </div>
      ${open && commentForm({ lang, found, asked })}
      ${last !== undefined && commentsSection({ lang, found, asked })}
      ${last !== undefined && roundsSection(found, lang)}
    </div>`;
}

function standing(last: Round, open: Round | undefined, lang: Lang): Html {
  const round = String(last.round);
  if (open === undefined) return html`<p>${say(hearing.closed, lang, { round })}</p>`;
  return note(
    "plain",
    html`<p>${say(hearing.open_until, lang, { round, day: lastDay(open.closes, lang) })}</p>`,
  );
}

/** The last day on which comments are taken: the one that ends at that midnight. */
function lastDay(closes: Instant, lang: Lang): string {
  return formatDate(shanghaiDate((closes - 1) as Instant), lang);
}

type Part = Omit<Shown, "setting">;

function commentForm({ lang, found, asked }: Part): Html {
  const { again, slug } = asked;
  const wrong = again && explain(again.refusal, lang);
  const at = wrong?.field?.slice(1) === "clause" ? "clause" : "body";
  const error = wrong && `${wrong.sentence}${lang === "en" ? " " : ""}${wrong.remedy}`;
  const typed = again?.typed ?? {};
  return html`<section class="stack" aria-labelledby="say">
    <h2 id="say">${say(hearing.say, lang)}</h2>
    ${error !== undefined && errorSummary(lang, [{ field: at, text: error }])}
    ${form({
      action: `/${lang}/pilots/${slug}/consultation`,
      formFields: asked.formFields,
      act: say(hearing.send, lang),
      fields: [
        clauseField({ lang, clauses: found.clauses, chosen: typed.clause }),
        field({
          ...{ lang, name: "body", label: say(hearing.body, lang), rows: 6 },
          ...{ hint: say(hearing.body_hint, lang), value: typed.body ?? "" },
          ...(error !== undefined && at === "body" ? { error } : {}),
        }),
        field({
          ...{ lang, name: "author", label: say(hearing.author, lang), value: typed.author ?? "" },
          autocomplete: "off",
        }),
      ],
    })}
  </section>`;
}

function clauseField(of: {
  readonly lang: Lang;
  readonly clauses: readonly ClauseName[];
  readonly chosen: string | undefined;
}): Html {
  const { lang, clauses, chosen } = of;
  return html`<div class="field">
    <label for="clause">${say(hearing.clause, lang)}</label>
    <select id="clause" name="clause">
      <option value="">${say(hearing.whole, lang)}</option>
      ${clauses.map(
        (one) =>
          html`<option value="${one.key}" ${attribute("selected", one.key === chosen)}>
            ${one.number} ${one.title[lang]}
          </option>`,
      )}
    </select>
  </div>`;
}

function commentsSection({ lang, found, asked }: Part): Html {
  const pages = pagesOf(found.comments);
  const page = Math.min(pageOf(asked.page), Math.max(pages.length, 1));
  const { waiting } = found;
  const more =
    waiting > 0 &&
    html`<p class="quiet">
      ${sayCounted(hearing.waiting, lang, { n: waiting, figure: formatCount(BigInt(waiting), lang) })}
    </p>`;
  const href = (at: number) => `/${lang}/pilots/${found.pilot.slug}/consultation?page=${at}`;
  return html`<section class="stack" aria-labelledby="comments">
    <div class="row apart">
      <h2 id="comments">${say(hearing.comments, lang)}</h2>
      <p class="links"><a href="/${lang}/comments">${say(hearing.follow_title, lang)}</a></p>
    </div>
    ${
      found.comments.length === 0
        ? empty(say(hearing.none_yet, lang))
        : html`<div class="panel flush">
            <ol class="list">${(pages[page - 1] ?? []).map((one) => commentItem(one, lang))}</ol>
          </div>`
    }
    ${more} ${pagination({ lang, page, pages: pages.length, href })}
  </section>`;
}

function commentItem(comment: Comment, lang: Lang): Html {
  const { body, erased, reason, duplicateOf, answer, clause, author } = comment;
  return html`<li class="stack-s" id="c${comment.round}-${comment.number}">
    <p class="row apart">
      <span>${named(comment, lang)}</span>
      <span class="small meta"><time>${formatInstant(comment.at)}</time></span>
    </p>
    ${clause && html`<p class="small">${clause.number} ${clause.title[lang]}</p>`}
    ${body !== undefined && said(body)}
    ${erased && html`<p class="quiet">${say(hearing.erased, lang)}</p>`}
    ${
      body !== undefined &&
      (author === undefined
        ? html`<p class="small">${say(hearing.anonymous, lang)}</p>`
        : html`<p class="small" lang="und">${author}</p>`)
    }
    ${reason && html`<p>${say(hearing.set_aside, lang)}${reason[lang]}</p>`}
    ${duplicateOf && html`<p>${say(hearing.duplicate, lang, { of: named(duplicateOf, lang) })}</p>`}
    ${reason === undefined && answerOf(answer, lang)}
  </li>`;
}

/** The words of somebody else, in a language that we do not know. */
export function said(body: string): Html {
  return html`${body.split(/\n+/).map((line) => html`<p lang="und">${line}</p>`)}`;
}

function named(one: { readonly round: number; readonly number: number }, lang: Lang): string {
  return say(hearing.comment_number, lang, {
    ...{ round: String(one.round), number: String(one.number) },
  });
}

export function answerOf(answer: Answer | undefined, lang: Lang): Html {
  if (answer === undefined) return html`<p class="quiet">${say(hearing.unanswered, lang)}</p>`;
  return html`<div class="stack-s">
    <p class="small meta">
      <span>${say(hearing.answered, lang)}</span><time>${formatInstant(answer.at)}</time>
    </p>
    <p>${answer.text[lang]}</p>
    ${answer.changes && html`<p>${tag(say(hearing.changes, lang), "live")}</p>`}
  </div>`;
}

function roundsSection({ pilot, rounds }: Consultation, lang: Lang): Html {
  return html`<section class="stack" aria-labelledby="rounds">
    <h2 id="rounds">${say(hearing.rounds, lang)}</h2>
    ${table<Round>({
      caption: say(hearing.rounds, lang),
      columns: [
        { title: say(hearing.round, lang), numeric: true, cell: (one) => String(one.round) },
        {
          title: say(hearing.about, lang),
          cell: (one) =>
            html`<span class="links"
              ><a href="/${lang}/pilots/${pilot.slug}/declaration/${one.version}"
                >${say(hearing.version, lang, { n: String(one.version) })}</a
              ></span
            >`,
        },
        { title: say(hearing.opened, lang), cell: (one) => formatInstant(one.opens) },
        { title: say(hearing.closes, lang), cell: (one) => formatInstant(one.closes) },
        {
          title: say(hearing.state, lang),
          cell: (one) =>
            tag(say(ROUND_STATES[one.state], lang), one.state === "open" ? "live" : "off"),
        },
      ],
      rows: rounds,
    })}
  </section>`;
}

function pageOf(asked: string | undefined): number {
  return asked !== undefined && /^[1-9][0-9]{0,3}$/.test(asked) ? Number(asked) : 1;
}

/** Comments in pages that keep their weight, whatever the comments' length. */
export function pagesOf(comments: readonly Comment[]): readonly (readonly Comment[])[] {
  const pages: Comment[][] = [];
  let weight = 0;
  for (const comment of comments) {
    const own = weightOf(comment);
    const last = pages.at(-1);
    if (last === undefined || last.length >= COMMENTS_MAX || weight + own > COMMENT_BYTES_MAX) {
      pages.push([comment]);
      weight = own;
    } else {
      last.push(comment);
      weight += own;
    }
  }
  return pages;
}

function weightOf({ body = "", author = "", answer, reason }: Comment): number {
  const longer = (text: Text | undefined) =>
    Math.max(Buffer.byteLength(text?.zh ?? ""), Buffer.byteLength(text?.en ?? ""));
  const own = Buffer.byteLength(body) + Buffer.byteLength(author);
  return own + longer(answer?.text) + longer(reason);
}
