/**
 * Regimes laid side by side on a page of a few screens: which there are, then each number and each
 * matter in a fold of its own with what every regime says of it, source and mark included. Whole on
 * paper, where folds stand open.
 */
import { formatCount, type Lang, say } from "@sandbank/kernel/words";
import { type Html, empty, html, note, sayCounted, tag } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import type { RegimeColumn } from "../regime.ports.ts";
import { ASPECTS, regimeWords as words } from "../regime.words.ts";
import { settingTwin } from "../twin.ts";
import { itemList, itemsAbout, marked, regimeTwin } from "./items.ts";

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
  const json = { ...settingTwin(setting), regimes: regimes.map((one) => regimeTwin(one, lang)) };
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
  return html`<section class="stack" aria-labelledby="regimes">
      <h2 id="regimes">${say(words.regimes, lang)}</h2>
      <ul class="rows panel named">
        ${regimes.map((regime) => head(regime, lang))}
      </ul>
    </section>
    ${note("plain", html`<p>${say(words.marks, lang)}</p>`)}
    <section class="stack" aria-labelledby="figures">
      <h2 id="figures">${say(words.figures, lang)}</h2>
      <p class="quiet">${say(words.figures_text, lang)}</p>
      <div class="panel flush">${figures(regimes, lang)}</div>
    </section>
    <section class="stack" aria-labelledby="asked">
      <h2 id="asked">${say(words.asked, lang)}</h2>
      <div class="panel flush">${aspects.map((aspect) => asked(regimes, aspect, lang))}</div>
    </section>`;
}

/** A regime in two lines, and the way to its own page. */
function head(regime: RegimeColumn, lang: Lang): Html {
  const { id, name, authority, inUse, inForceFrom } = regime;
  const known = [
    authority[lang],
    ...(inForceFrom === undefined ? [] : [`${say(words.in_force, lang)} ${inForceFrom}`]),
    counted(regime.items, lang),
  ];
  return html`<li>
    <p>
      <a href="/${lang}/regimes/${id}">${name[lang]}</a>
      ${inUse && tag(say(words.in_use, lang), "live")}
    </p>
    <p class="small">${known.join(" · ")}</p>
  </li>`;
}

function counted(of: readonly unknown[], lang: Lang): string {
  const figure = formatCount(BigInt(of.length), lang);
  return sayCounted(words.items, lang, { n: of.length, figure });
}

interface Figure {
  readonly key: string;
  readonly label: string;
}

/** Each number that any regime asks for; the fold's head says what the one in use asks. */
function figures(regimes: readonly RegimeColumn[], lang: Lang): Html[] {
  const found = new Map<string, Figure>();
  for (const { figure } of regimes.flatMap(({ items }) => items)) {
    if (figure) found.set(figure.key, { key: figure.key, label: figure.label[lang] });
  }
  return [...found.values()].map(({ key, label }) => {
    const lines = regimes.flatMap(({ name, inUse, items }) =>
      items.filter(({ figure }) => figure?.key === key).map((one) => ({ name, inUse, one })),
    );
    const here = lines.find(({ inUse }) => inUse)?.one.figure?.value[lang];
    const short = here === undefined ? "" : say(words.here, lang, { value: here });
    return html`<details class="group">
      <summary><b>${label}</b> <span class="small">${short}</span></summary>
      <ul class="bullets folded">
        ${lines.map(
          ({ name, one }) =>
            html`<li>
              <b>${one.figure?.value[lang]}</b> · ${name[lang]} ${marked(one, lang)}
            </li>`,
        )}
      </ul>
    </details>`;
  });
}

/** What every regime asks for in one matter. */
function asked(regimes: readonly RegimeColumn[], aspect: keyof typeof ASPECTS, lang: Lang): Html {
  const all = regimes.flatMap((regime) => itemsAbout(regime, aspect));
  return html`<details class="group">
    <summary>
      <b>${say(ASPECTS[aspect], lang)}</b> <span class="small">${counted(all, lang)}</span>
    </summary>
    <div class="folded stack">
      ${regimes.map(
        (regime) =>
          html`<h3>${regime.name[lang]}</h3>
            ${itemList(itemsAbout(regime, aspect), lang)}`,
      )}
    </div>
  </details>`;
}
