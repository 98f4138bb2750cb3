/** One regime on a page of its own: what is known of it, and all that it asks for, matter by matter. */
import { type Lang, say } from "@sandbank/kernel/words";
import { crumbs, facts, type Html, html, note, tag } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import type { RegimeColumn } from "../regime.ports.ts";
import { ASPECTS, regimeWords as words } from "../regime.words.ts";
import { settingTwin } from "../twin.ts";
import { itemList, itemsAbout, regimeTwin } from "./items.ts";

/** Undefined for a regime that nobody wrote down. */
export async function regimePage(
  reader: DisclosureReader,
  lang: Lang,
  id: string,
): Promise<PageAnswer | undefined> {
  const [setting, regimes] = await Promise.all([reader.setting(), reader.regimes()]);
  const regime = regimes.find((one) => one.id === id);
  if (regime === undefined) return undefined;
  const path = `/regimes/${id}`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: regime.name[lang],
      summary: say(words.lead_one, lang, { authority: regime.authority[lang] }),
      ...{ path, main: mainOf(regime, lang), twin: `${path}.json` },
    }),
  };
}

/** The same as data; undefined for a regime that nobody wrote down. */
export async function regimeTwinPage(
  reader: DisclosureReader,
  lang: Lang,
  id: string,
): Promise<PageAnswer | undefined> {
  const [setting, regimes] = await Promise.all([reader.setting(), reader.regimes()]);
  const regime = regimes.find((one) => one.id === id);
  if (regime === undefined) return undefined;
  return { status: 200, json: { ...settingTwin(setting), regime: regimeTwin(regime, lang) } };
}

function mainOf(regime: RegimeColumn, lang: Lang): Html {
  const { name, authority, inUse, inForceFrom, compiledOn } = regime;
  const above = [{ href: `/${lang}/regimes`, label: say(words.title, lang) }];
  const aspects = (Object.keys(ASPECTS) as (keyof typeof ASPECTS)[]).filter(
    (aspect) => itemsAbout(regime, aspect).length > 0,
  );
  return html`${crumbs(lang, above, name[lang])}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${name[lang]} ${inUse && tag(say(words.in_use, lang), "live")}</h1>
        <p class="lead">${say(words.lead_one, lang, { authority: authority[lang] })}</p>
      </div>
      ${facts([
        { term: say(words.authority, lang), value: authority[lang] },
        { term: say(words.in_force, lang), value: inForceFrom ?? say(words.unknown, lang) },
        { term: say(words.compiled, lang), value: compiledOn },
      ])}
      ${note("plain", html`<p>${say(words.marks, lang)}</p>`)}
      ${aspects.map(
        (aspect) =>
          html`<section class="stack" aria-labelledby="${aspect}">
            <h2 id="${aspect}">${say(ASPECTS[aspect], lang)}</h2>
            ${itemList(itemsAbout(regime, aspect), lang)}
          </section>`,
      )}
    </div>`;
}
