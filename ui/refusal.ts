/**
 * The page of a refusal. A refusal is not an error: it has the sentence, the rule that says no, each
 * limit that did not suffice with used, asked and cap, what can be done, and where to disagree.
 */
import { type Failed, type Lang, type Refusal, explain, say } from "@sandbank/kernel/words";
import { facts } from "./facts.ts";
import { type Html, html } from "./html.ts";
import { tag } from "./state.ts";
import { tide } from "./tide.ts";
import { uiWords } from "./words.ts";

export interface RefusalPage {
  readonly lang: Lang;
  readonly refusal: Refusal;
  /** Number under which the refusal is recorded, if it is. */
  readonly reference?: string;
  /** Names of limits as people know them: "今天的用款额", "the day's total". */
  readonly nameOf?: (failed: Failed) => string | undefined;
  /** Where to disagree: a link of its own. */
  readonly appeal?: { readonly href: string; readonly label: string };
  /** What to do next, drawn as the one act of the page. */
  readonly next?: { readonly href: string; readonly label: string };
}

/** The main part of the page; the caller frames it with the status of the category. */
export function refusalPage(content: RefusalPage): Html {
  const { lang, refusal, appeal, next } = content;
  const explained = explain(refusal, lang);
  const clauses = [...new Set(refusal.failed.flatMap(({ clause }) => clause ?? []))];
  const rules = clauses.map((clause) => html`<p>${say(uiWords.rule_clause, lang, { clause })}</p>`);
  const link = appeal && html`<a href="${appeal.href}">${appeal.label}</a>`;
  const code = html`<span class="mono">${content.reference ?? refusal.code}</span>`;
  return html`<div class="narrow stack">
    <p>${tag(say(uiWords.refused, lang), "stop")}</p>
    <h1>${explained.sentence}</h1>
    ${refusal.failed.map((failed, at) => failedBar(content, failed, at))}
    <div class="panel">
      ${facts(
        [
          { term: say(uiWords.rule, lang), value: rules.length > 0 && rules },
          { term: say(uiWords.remedy, lang), value: explained.remedy },
          { term: say(uiWords.appeal, lang), value: link },
          { term: say(uiWords.reference, lang), value: code },
        ],
        "wide",
      )}
    </div>
    ${
      next &&
      html`<div class="acts"><a class="button primary" href="${next.href}">${next.label}</a></div>`
    }
  </div>`;
}

function failedBar(content: RefusalPage, failed: Failed, at: number): Html | undefined {
  const { used, cap, asked } = failed;
  if (used === undefined || cap === undefined) return undefined;
  const { lang, refusal } = content;
  const figures = explain(refusal, lang).failed[at];
  const name = content.nameOf?.(failed) ?? figures?.sentence ?? failed.code;
  return html`<div class="panel scale">
    <h2 class="small">${name}</h2>
    ${tide({ id: `failed-${at}`, actual: used, cap, asked })}
    <dl class="key">
      <div>
        <dt class="k-water">${say(uiWords.used, lang)}</dt>
        <dd>${figures?.used}</dd>
      </div>
      ${
        asked !== undefined &&
        html`<div>
          <dt class="k-ask">${say(uiWords.asked, lang)}</dt>
          <dd>${figures?.asked}</dd>
        </div>`
      }
      <div>
        <dt class="k-wall">${say(uiWords.cap, lang)}</dt>
        <dd>${figures?.cap}</dd>
      </div>
    </dl>
  </div>`;
}
