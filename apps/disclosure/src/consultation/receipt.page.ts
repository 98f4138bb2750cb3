/**
 * The page on which the author of a comment follows what becomes of it, by the receipt that was
 * given once. The receipt stands in the address, so that the page can be kept; no search engine and
 * no other site is told of it.
 */
import { type Lang, formatInstant, say } from "@sandbank/kernel/words";
import { errorSummary, field, form, type Html, html, note, tag } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { answerOf, said } from "./consultation.page.ts";
import { COMMENT_STATES, hearing } from "./consultation.words.ts";
import type { Followed } from "../hearing.ports.ts";

/**
 * `receipt` as asked for, or undefined for the bare form; `fresh` right after the comment came;
 * `formFields` what every form carries.
 */
export async function receiptPage(
  reader: DisclosureReader,
  lang: Lang,
  asked: {
    readonly receipt: string | undefined;
    readonly fresh: boolean;
    readonly formFields: string;
  },
): Promise<PageAnswer> {
  const { receipt, fresh, formFields } = asked;
  const found = receipt === undefined ? undefined : await reader.hearings.followed(receipt);
  const setting = await reader.setting();
  const missing = receipt !== undefined && found === undefined;
  const title = say(found && fresh ? hearing.received : hearing.follow_title, lang);
  const main = html`<div class="narrow stack-l">
    <div class="stack">
      <h1>${title}</h1>
      ${found && fresh ? keep(receipt ?? "", lang) : html`<p class="lead">${say(hearing.follow_lead, lang)}</p>`}
    </div>
    ${found && followed(found, lang)}
    ${found?.body !== undefined && erasing(lang, receipt ?? "", formFields)}
    ${!(found && fresh) && lookFor(lang, receipt, missing)}
  </div>`;
  const query = receipt === undefined ? "" : `?receipt=${encodeURIComponent(receipt)}`;
  return {
    status: missing ? 404 : 200,
    html: frame(lang, setting, { title, path: `/comments${query}`, main, unlisted: true }),
  };
}

function keep(receipt: string, lang: Lang): Html {
  return note(
    "plain",
    html`<p>${say(hearing.keep_receipt, lang)}</p>
      <p class="mono">${receipt}</p>`,
  );
}

function lookFor(lang: Lang, receipt: string | undefined, missing: boolean): Html {
  const error = missing ? say(hearing.receipt_unknown, lang) : undefined;
  return html`<form class="stack" method="get" action="/${lang}/comments" novalidate>
    ${error !== undefined && errorSummary(lang, [{ field: "receipt", text: error }])}
    ${field({
      ...{ lang, name: "receipt", label: say(hearing.receipt, lang), value: receipt ?? "" },
      ...{ autocomplete: "off", ...(error === undefined ? {} : { error }) },
    })}
    <div class="acts"><button class="button primary">${say(hearing.look, lang)}</button></div>
  </form>`;
}

/** What cannot be undone is behind a fold: first what it does, then the act. */
function erasing(lang: Lang, receipt: string, formFields: string): Html {
  return html`<details>
    <summary>${say(hearing.erase, lang)}</summary>
    <div class="stack">
      <p>${say(hearing.erase_lead, lang)}</p>
      ${form({
        ...{ action: `/${lang}/comments`, formFields, grave: true },
        fields: html`<input type="hidden" name="receipt" value="${receipt}" />`,
        act: say(hearing.erase_act, lang),
      })}
    </div>
  </details>`;
}

function followed(found: Followed, lang: Lang): Html {
  const { pilot, state, reason, answer } = found;
  const number = { round: String(found.round), number: String(found.number) };
  return html`<section class="panel stack" aria-labelledby="mine">
    <h2 id="mine">${say(hearing.comment_number, lang, number)}</h2>
    <p class="row">
      ${tag(say(COMMENT_STATES[state], lang), state === "waiting" ? "off" : "live")}
      <span class="small">${say(hearing.said_on, lang, { time: formatInstant(found.at) })}</span>
    </p>
    ${found.body === undefined ? html`<p class="quiet">${say(hearing.erased, lang)}</p>` : said(found.body)}
    ${reason && html`<p>${say(hearing.set_aside, lang)}${reason[lang]}</p>`}
    ${state !== "set_aside" && state !== "waiting" && answerOf(answer, lang)}
    <p class="links">
      <a href="/${lang}/pilots/${pilot.slug}/consultation">${pilot.name[lang]}</a>
    </p>
  </section>`;
}
