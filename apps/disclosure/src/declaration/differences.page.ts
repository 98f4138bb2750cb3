/** Two published versions of a declaration, clause by clause, and whether the change asks the public. */
import { type Lang, say, type Text } from "@sandbank/kernel/words";
import { empty, type Html, html, note, tag } from "@sandbank/ui";
import { hearing, WEIGHTS } from "../consultation/consultation.words.ts";
import type { Differences } from "../hearing.ports.ts";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { linesOf, pilotCrumbs } from "./declaration.page.ts";

export interface Range {
  readonly slug: string;
  readonly from: number;
  readonly to: number;
}

/** Undefined where one of them is not public. */
export async function differencesPage(
  reader: DisclosureReader,
  lang: Lang,
  of: Range,
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.differences(of.slug, of);
  if (found === undefined) return undefined;
  const setting = await reader.setting();
  const title = say(hearing.differences_title, lang, {
    ...{ from: String(found.from), to: String(found.to) },
  });
  const path = `/pilots/${of.slug}/differences?from=${found.from}&to=${found.to}`;
  const main = html`${pilotCrumbs(found.pilot, title, lang)}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${title}</h1>
        ${weight(found, lang)}
      </div>
      ${found.clauses.map((one) => differenceOf(one, lang))}
    </div>`;
  const twin = `/pilots/${of.slug}/differences.json?from=${found.from}&to=${found.to}`;
  return { status: 200, html: frame(lang, setting, { title, path, main, twin }) };
}

function weight({ weights, clauses }: Differences, lang: Lang): Html {
  if (clauses.length === 0 && weights.length === 0) return empty(say(hearing.same, lang));
  if (weights.length === 0) return note("plain", html`<p>${say(hearing.editorial, lang)}</p>`);
  return note(
    "warn",
    html`<p>${say(hearing.material, lang)}</p>
      <ul class="bullets">
        ${weights.map((one) => html`<li>${say(WEIGHTS[one], lang)}</li>`)}
      </ul>`,
  );
}

function differenceOf(one: Differences["clauses"][number], lang: Lang): Html {
  const { before, after } = one;
  const mark =
    before.length === 0
      ? tag(say(hearing.added, lang), "live")
      : after.length === 0 && tag(say(hearing.removed, lang), "off");
  const side = (lines: readonly Text[], title: string, element: "del" | "ins") =>
    lines.length > 0 &&
    html`<div class="stack-s">
      <h3>${title}</h3>
      <div class="${element === "del" ? "was" : "is"}">${linesOf(lines, lang)}</div>
    </div>`;
  return html`<section class="panel stack">
    <h2 class="row"><span class="mono">${one.number}</span> ${one.title[lang]} ${mark}</h2>
    <div class="halves">
      ${side(before, say(hearing.before, lang), "del")} ${side(after, say(hearing.after, lang), "ins")}
    </div>
  </section>`;
}
