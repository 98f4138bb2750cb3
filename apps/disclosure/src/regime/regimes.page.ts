/**
 * Regimes laid side by side: their numbers in one table, then what each asks for, aspect by aspect,
 * with the source of every line and a mark on what nobody could verify.
 */
import { type Lang, say } from "@sandbank/kernel/words";
import { type Html, empty, html, note, table, tag } from "@sandbank/ui";
import { type Json, type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import type { RegimeColumn, RegimeLine } from "../regime.ports.ts";
import { settingTwin } from "../twin.ts";
import { ASPECTS, MARKS, regimeWords as words } from "../regime.words.ts";

export async function regimesPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const [setting, regimes] = await Promise.all([reader.setting(), reader.regimes()]);
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(words.title, lang),
      summary: say(words.lead, lang),
      path: "/regimes",
      main: mainOf(regimes, lang),
      twin: "/regimes.json",
    }),
  };
}

/** The same as data, in one language. */
export async function regimesTwin(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const [setting, regimes] = await Promise.all([reader.setting(), reader.regimes()]);
  const json: Json = {
    ...settingTwin(setting),
    regimes: regimes.map(({ name, authority, inUse, inForceFrom, compiledOn, items, id }) => ({
      ...{ id, name: name[lang], authority: authority[lang], in_use: inUse },
      ...{ in_force_from: inForceFrom ?? null, compiled_on: compiledOn },
      items: items.map((one) => ({
        ...{ id: one.id, about: one.aspect, text: one.text[lang], mark: one.mark },
        source: one.source[lang],
        figure: one.figure && { key: one.figure.key, value: one.figure.value[lang] },
      })),
    })),
  };
  return { status: 200, json };
}

function mainOf(regimes: readonly RegimeColumn[], lang: Lang): Html {
  return html`<div class="stack-l">
    <div class="stack">
      <h1>${say(words.title, lang)}</h1>
      <p class="lead">${say(words.lead, lang)}</p>
    </div>
    ${regimes.length === 0 ? empty(say(words.empty, lang)) : sideBySide(regimes, lang)}
  </div>`;
}

function sideBySide(regimes: readonly RegimeColumn[], lang: Lang): Html {
  const aspects = Object.keys(ASPECTS) as (keyof typeof ASPECTS)[];
  return html`${note("plain", html`<p>${say(words.marks, lang)}</p>`)}
    ${section("regimes", say(words.regimes, lang), heads(regimes, lang))}
    ${section(
      "figures",
      say(words.figures, lang),
      html`<p class="quiet">${say(words.figures_text, lang)}</p>
        ${figures(regimes, lang)}`,
    )}
    ${aspects.map((aspect) =>
      section(aspect, say(ASPECTS[aspect], lang), asked(regimes, aspect, lang)),
    )}`;
}

function section(id: string, title: string, body: Html): Html {
  return html`<section class="stack" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`;
}

function heads(regimes: readonly RegimeColumn[], lang: Lang): Html {
  return table<RegimeColumn>({
    caption: say(words.regimes, lang),
    columns: [
      {
        title: say(words.regime, lang),
        cell: ({ name, inUse }) =>
          html`${name[lang]} ${inUse && tag(say(words.in_use, lang), "live")}`,
      },
      { title: say(words.authority, lang), cell: ({ authority }) => authority[lang] },
      {
        title: say(words.in_force, lang),
        cell: ({ inForceFrom }) => inForceFrom ?? say(words.unknown, lang),
      },
      { title: say(words.compiled, lang), cell: ({ compiledOn }) => compiledOn },
    ],
    rows: regimes,
  });
}

interface Figure {
  readonly key: string;
  readonly label: string;
}

/**
 * Each number that any regime asks for, and what each regime says of it: one line a regime, since
 * the names of five do not fit the heads of columns.
 */
function figures(regimes: readonly RegimeColumn[], lang: Lang): Html {
  const rows = new Map<string, Figure>();
  for (const { figure } of regimes.flatMap(({ items }) => items)) {
    if (figure) rows.set(figure.key, { key: figure.key, label: figure.label[lang] });
  }
  return table<Figure>({
    caption: say(words.figures, lang),
    columns: [
      { title: say(words.figure, lang), cell: ({ label }) => label },
      { title: say(words.by_regime, lang), cell: ({ key }) => figureLines(regimes, key, lang) },
    ],
    rows: [...rows.values()],
  });
}

function figureLines(regimes: readonly RegimeColumn[], key: string, lang: Lang): Html {
  const found = regimes.flatMap(({ name, items }) =>
    items.filter(({ figure }) => figure?.key === key).map((one) => ({ name, one })),
  );
  return html`<ul class="bullets">
    ${found.map(
      ({ name, one }) =>
        html`<li>
          <b>${one.figure?.value[lang]}</b> · ${name[lang]} ${marked(one, lang)}
        </li>`,
    )}
  </ul>`;
}

/** Nothing beside what was seen; a tag beside what was not. */
function marked({ mark }: RegimeLine, lang: Lang): Html | false {
  return mark !== "seen" && tag(say(MARKS[mark], lang), mark === "design" ? "off" : "warn");
}

function asked(regimes: readonly RegimeColumn[], aspect: keyof typeof ASPECTS, lang: Lang): Html {
  return table<RegimeColumn>({
    caption: say(ASPECTS[aspect], lang),
    columns: [
      { title: say(words.regime, lang), cell: ({ name }) => name[lang] },
      {
        title: say(words.asks, lang),
        cell: ({ items }) =>
          lines(
            items.filter((one) => one.aspect === aspect),
            lang,
          ),
      },
    ],
    rows: regimes,
  });
}

function lines(items: readonly RegimeLine[], lang: Lang): Html {
  if (items.length === 0) return html`<span class="quiet">${say(words.none, lang)}</span>`;
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
