/**
 * Forms that work without scripts. Every form carries the hidden fields of the server, among them
 * the signed token that is also the id of its command, so that sending it twice acts once. The button
 * says the act. Errors stand on top with the focus and, in the same words, at the field; what was
 * typed is kept.
 */
import { type Lang, formatCount, say } from "@sandbank/kernel/words";
import { type Html, type Printable, attribute, html, nothing, raw } from "./html.ts";
import { sayCounted, uiWords } from "./words.ts";

export interface Form {
  readonly action: string;
  /**
   * The hidden inputs that the server puts into every form of this page: the signed token that names
   * the command, and the trap for machines. Markup of our own server, `formFields` of its request.
   */
  readonly formFields: string;
  readonly fields: Printable;
  /** The act: "批准出金¥200,000.00", "Approve drawdown of …". Never "OK". */
  readonly act: string;
  /** An act that takes away or cannot be undone is drawn apart from the usual one. */
  readonly grave?: boolean;
  /** Where to go without acting. */
  readonly instead?: { readonly href: string; readonly label: string };
}

export function form(content: Form): Html {
  const { instead } = content;
  return html`<form class="stack" method="post" action="${content.action}" novalidate>
    ${raw(content.formFields)} ${content.fields}
    <div class="acts">
      <button class="button ${content.grave ? "stop" : "primary"}">${content.act}</button>
      ${instead && html`<a href="${instead.href}">${instead.label}</a>`}
    </div>
  </form>`;
}

export interface Field {
  readonly lang: Lang;
  /** Both the name that is sent and the id that labels and errors point to. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly error?: string;
  readonly type?: "text" | "search" | "email" | "tel" | "date" | "password";
  readonly inputmode?: "numeric" | "decimal" | "tel" | "email";
  readonly autocomplete?: string;
  /** More than one line: how many. */
  readonly rows?: number;
}

export function field(content: Field): Html {
  const { name, hint, error } = content;
  const described = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`]
    .filter((id) => id !== false)
    .join(" ");
  const rest = html`${attribute("aria-describedby", described || undefined)}${attribute(
    "aria-invalid",
    error !== undefined && "true",
  )}${attribute("autocomplete", content.autocomplete)}${attribute("inputmode", content.inputmode)}`;
  const control =
    content.rows === undefined
      ? html`<input
          id="${name}"
          name="${name}"
          type="${content.type ?? "text"}"
          value="${content.value}"
          ${rest}
        />`
      : html`<textarea id="${name}" name="${name}" rows="${content.rows}" ${rest}>
${content.value}</textarea>`;
  return html`<div class="field">
    <label for="${name}">${content.label}</label>
    ${hint !== undefined && html`<p class="small" id="${name}-hint">${hint}</p>`}
    ${error !== undefined && fieldError(content.lang, name, error)} ${control}
  </div>`;
}

function fieldError(lang: Lang, name: string, error: string): Html {
  return html`<p class="error" id="${name}-error">
    <span class="sr">${say(uiWords.error, lang)}</span>${error}
  </p>`;
}

/** One of a few: radio buttons in a field set, with what is to be corrected between both. */
export function choice(content: {
  readonly lang: Lang;
  readonly name: string;
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string;
  readonly error?: string;
}): Html {
  const { lang, name, error } = content;
  const options = content.options.map(
    ({ value, label }) =>
      html`<label class="choice"
        ><input
          type="radio"
          name="${name}"
          value="${value}"
          ${attribute("checked", value === content.value)}
        /><span>${label}</span></label
      >`,
  );
  const described = attribute("aria-describedby", error !== undefined && `${name}-error`);
  return html`<fieldset class="field" id="${name}" ${described}>
    <legend>${content.legend}</legend>
    ${error !== undefined && fieldError(lang, name, error)} ${options}
  </fieldset>`;
}

/** The list of what is to be corrected, first on the page, focused when the page opens. */
export function errorSummary(
  lang: Lang,
  errors: readonly { readonly field: string; readonly text: string }[],
): Html {
  if (errors.length === 0) return nothing;
  const title = sayCounted(uiWords.errors, lang, {
    n: errors.length,
    figure: formatCount(BigInt(errors.length), lang),
  });
  return html`<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
    <h2 id="errors">${title}</h2>
    <ul>
      ${errors.map((error) => html`<li><a href="#${error.field}">${error.text}</a></li>`)}
    </ul>
  </div>`;
}

/** Links to the pages of a long list; nothing where there is one page. Pages count from 1. */
export function pagination(content: {
  readonly lang: Lang;
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
}): Html {
  const { lang, page, pages, href } = content;
  if (pages <= 1) return nothing;
  const where = say(uiWords.page_of, lang, { page: String(page), pages: String(pages) });
  return html`<nav class="pages" aria-label="${say(uiWords.pages_label, lang)}">
    ${page > 1 && html`<a rel="prev" href="${href(page - 1)}">${say(uiWords.previous, lang)}</a>`}
    <span>${where}</span>
    ${page < pages && html`<a rel="next" href="${href(page + 1)}">${say(uiWords.next, lang)}</a>`}
  </nav>`;
}
