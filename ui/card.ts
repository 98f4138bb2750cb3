/** A pilot in the register: what it is, where it stands, its main scale as a bar, who declared it. */
import type { Lang } from "@sandbank/kernel/words";
import { type Html, html } from "./html.ts";
import { type PhaseName, phaseTag } from "./state.ts";
import { type ScaleBar, scaleBar } from "./tide.ts";

export interface RegistryCard {
  readonly lang: Lang;
  readonly href: string;
  readonly name: string;
  readonly purpose: string;
  readonly phase: PhaseName;
  /** One line on whose pilot this is. */
  readonly whose: string;
  readonly scale?: Omit<ScaleBar, "lang">;
  /** A way to read on, beside the name's own. */
  readonly more?: Html | false;
}

export function registryCard(card: RegistryCard): Html {
  const { lang } = card;
  return html`<article class="card">
    <div>
      <header>
        <h3><a href="${card.href}">${card.name}</a></h3>
        ${phaseTag(card.phase, lang)}
      </header>
      <p class="small">${card.whose}</p>
    </div>
    <p class="quiet">${card.purpose}</p>
    ${card.scale && scaleBar({ ...card.scale, lang })} ${card.more}
  </article>`;
}
