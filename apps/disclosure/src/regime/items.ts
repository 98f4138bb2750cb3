/** What regimes ask for, drawn the same on every page: items with their sources and marks, and as data. */
import { type Lang, say } from "@sandbank/kernel/words";
import { type Html, html, tag } from "@sandbank/ui";
import type { Json } from "../face.ts";
import type { RegimeColumn, RegimeLine } from "../regime.ports.ts";
import { type ASPECTS, MARKS, regimeWords as words } from "../regime.words.ts";

/** Items of a regime that are about one thing. */
export function itemsAbout(
  { items }: RegimeColumn,
  aspect: keyof typeof ASPECTS,
): readonly RegimeLine[] {
  return items.filter((one) => one.aspect === aspect);
}

/** Nothing beside what was seen; a tag beside what was not. */
export function marked({ mark }: RegimeLine, lang: Lang): Html | false {
  return mark !== "seen" && tag(say(MARKS[mark], lang), mark === "design" ? "off" : "warn");
}

export function itemList(items: readonly RegimeLine[], lang: Lang): Html {
  if (items.length === 0) return html`<p class="quiet">${say(words.none, lang)}</p>`;
  return html`<ul class="bullets">
    ${items.map(
      (one) =>
        html`<li>
          ${one.text[lang]} ${marked(one, lang)}
          <p class="small">${say(words.source, lang, { source: one.source[lang] })}</p>
        </li>`,
    )}
  </ul>`;
}

/** A regime as data, in one language. */
export function regimeTwin(regime: RegimeColumn, lang: Lang): Json {
  const { id, name, authority, inUse, inForceFrom, compiledOn, items } = regime;
  return {
    ...{ id, name: name[lang], authority: authority[lang], in_use: inUse },
    ...{ in_force_from: inForceFrom ?? null, compiled_on: compiledOn },
    items: items.map((one) => ({
      ...{ id: one.id, about: one.aspect, text: one.text[lang], mark: one.mark },
      source: one.source[lang],
      figure: one.figure && { key: one.figure.key, value: one.figure.value[lang] },
    })),
  };
}
