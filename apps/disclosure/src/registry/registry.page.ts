/** The register: every pilot with its phase and main scale, and how to read what is drawn. */
import { type Lang, say } from "@sandbank/kernel/words";
import { type Html, empty, html, registryCard } from "@sandbank/ui";
import { exitLink } from "../exit/exit.link.ts";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader, PilotSummary, Setting } from "../ports.ts";
import { cardScale } from "../scale.ts";
import { settingTwin, summaryTwin } from "../twin.ts";
import { whose } from "../whose.ts";
import { words } from "../words.ts";

export async function registryPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const [setting, pilots] = await Promise.all([reader.setting(), reader.pilots()]);
  const main = html`<div class="stack-l">
    <div class="stack">
      <h1>${say(words.registry_title, lang)}</h1>
      <p class="lead">${say(words.registry_lead, lang)}</p>
    </div>
    <section class="stack" aria-labelledby="list">
      <div class="row apart">
        <h2 id="list">${say(words.registry_list, lang)}</h2>
        ${legend(lang)}
      </div>
      ${
        pilots.length === 0
          ? empty(say(words.registry_empty, lang))
          : html`<div class="cards-of">${pilots.map((pilot) => card(pilot, lang, setting.mode))}</div>`
      }
    </section>
    <div class="halves">
      <section class="stack">
        <h2>${say(words.target_title, lang)}</h2>
        <p class="quiet">${say(words.target_text, lang)}</p>
      </section>
      <section class="stack">
        <h2>${say(words.affected_title, lang)}</h2>
        <p class="quiet">${say(words.affected_text, lang)}</p>
        <p class="links"><a href="/${lang}/rights">${say(words.affected_link, lang)}</a></p>
      </section>
    </div>
  </div>`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(words.registry_title, lang),
      summary: say(words.registry_lead, lang),
      path: "/",
      main,
      twin: "/index.json",
    }),
  };
}

export async function registryTwin(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const [setting, pilots] = await Promise.all([reader.setting(), reader.pilots()]);
  return {
    status: 200,
    json: { ...settingTwin(setting), pilots: pilots.map((pilot) => summaryTwin(pilot, lang)) },
  };
}

function card(pilot: PilotSummary, lang: Lang, mode: Setting["mode"]): Html {
  return registryCard({
    lang,
    href: `/${lang}/pilots/${pilot.slug}`,
    name: pilot.name[lang],
    purpose: pilot.purpose[lang],
    phase: pilot.phase,
    whose: whose(pilot, lang, mode),
    more: exitLink(pilot, lang),
    ...(pilot.mainScale === undefined
      ? {}
      : { scale: cardScale(pilot.slug, pilot.mainScale, lang) }),
  });
}

function legend(lang: Lang): Html {
  return html`<ul class="key" aria-label="${say(words.how_to_read, lang)}">
    ${(
      [
        ["k-water", words.key_water],
        ["k-sand", words.key_room],
        ["k-stake", words.key_stake],
        ["k-wall", words.key_wall],
      ] as const
    ).map(([mark, word]) => html`<li class="${mark}">${say(word, lang)}</li>`)}
  </ul>`;
}
