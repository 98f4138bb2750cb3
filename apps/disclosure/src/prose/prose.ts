/** Pages of running text: a title, a lead, sections of paragraphs and lists, in two languages. */
import { type Lang, type Text, say } from "@sandbank/kernel/words";
import { type Html, html } from "@sandbank/ui";

export interface Section {
  readonly id: string;
  readonly title: Text;
  readonly text?: readonly Text[];
  readonly points?: readonly Text[];
  /** Points in an order that matters. */
  readonly steps?: readonly { readonly title: Text; readonly text: Text }[];
}

export interface Prose {
  readonly title: Text;
  readonly lead: Text;
  readonly sections: readonly Section[];
}

/** The main part; `after` stands behind the section that it names. */
export function prose(
  content: Prose,
  lang: Lang,
  after: Readonly<Record<string, Html | false>> = {},
): Html {
  return html`<div class="narrow stack-l">
    <div class="stack">
      <h1>${say(content.title, lang)}</h1>
      <p class="lead">${say(content.lead, lang)}</p>
    </div>
    ${content.sections.map(
      (section) =>
        html`<section class="stack" aria-labelledby="${section.id}">
          <h2 id="${section.id}">${say(section.title, lang)}</h2>
          ${sectionBody(section, lang)} ${after[section.id]}
        </section>`,
    )}
  </div>`;
}

function sectionBody(section: Section, lang: Lang): Html {
  const { text = [], points = [], steps = [] } = section;
  return html`${text.map((one) => html`<p>${say(one, lang)}</p>`)}${
    points.length > 0 &&
    html`<ul class="bullets">
      ${points.map((one) => html`<li>${say(one, lang)}</li>`)}
    </ul>`
  }${
    steps.length > 0 &&
    html`<ol class="line">
      ${steps.map(
        (step) =>
          html`<li>
            <h3>${say(step.title, lang)}</h3>
            <p>${say(step.text, lang)}</p>
          </li>`,
      )}
    </ol>`
  }`;
}
