/**
 * The page of a refusal. A refusal is not an error: it has the sentence, the rule that says no, each
 * limit that did not suffice with used, asked and cap, what can be done, and where to disagree.
 */
import { type Failed, type Lang, type Refusal, refusalEntry } from "@sandbank/kernel/words";
import { type Fact, facts } from "./facts.ts";
import { figure } from "./figures.ts";
import { type Html, html } from "./html.ts";
import { tag } from "./state.ts";
import { tide } from "./tide.ts";
import { say, uiWords } from "./words.ts";

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
  const entry = refusalEntry(refusal.code);
  if (entry === undefined) throw new Error(`refusal code not declared: ${refusal.code}`);
  const clauses = refusal.failed.flatMap(({ clause }) => clause ?? []);
  const rules = [...new Set(clauses)].map((clause) => say(uiWords.rule_clause, lang, { clause }));
  const bars = refusal.failed.map((failed, at) => failedBar(content, failed, at));
  const rows: Fact[] = [
    { term: say(uiWords.rule, lang), value: rules.map((rule) => html`<p>${rule}</p>`) },
    { term: say(uiWords.remedy, lang), value: say(entry.remedy, lang, refusal.params) },
    {
      term: say(uiWords.appeal, lang),
      value: appeal && html`<a href="${appeal.href}">${appeal.label}</a>`,
    },
    {
      term: say(uiWords.reference, lang),
      value: html`<span class="mono">${content.reference ?? refusal.code}</span>`,
    },
  ];
  return html`<div class="narrow stack">
    <p>${tag(say(uiWords.refused, lang), "stop")}</p>
    <h1>${say(entry.text, lang, refusal.params)}</h1>
    ${bars}
    <div class="panel">
      ${facts(
        rows.filter(({ value }) => !Array.isArray(value) || value.length > 0),
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
  const { lang } = content;
  const read = (value: bigint) =>
    failed.unit === "fen" ? figure(value, "fen", lang) : figure(value, "transactions", lang);
  const name = content.nameOf?.(failed) ?? failed.limit ?? failed.code;
  return html`<div class="panel scale">
    <h2 class="small">${name}</h2>
    ${tide({ id: `failed-${at}`, actual: used, cap, asked })}
    <dl class="key">
      <div>
        <dt class="k-water">${say(uiWords.used, lang)}</dt>
        <dd>${read(used)}</dd>
      </div>
      ${
        asked !== undefined &&
        html`<div>
          <dt class="k-ask">${say(uiWords.asked, lang)}</dt>
          <dd>${read(asked)}</dd>
        </div>`
      }
      <div>
        <dt class="k-wall">${say(uiWords.cap, lang)}</dt>
        <dd>${read(cap)}</dd>
      </div>
    </dl>
  </div>`;
}
