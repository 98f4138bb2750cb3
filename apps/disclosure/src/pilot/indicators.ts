/**
 * The indicators of a pilot in short: how many stand where, those near or past a threshold in the
 * open, all others folded by what they are about. Folds need no script. The address of one indicator
 * opens the fold that it stands in, on the server, so that a link to it leads to something seen.
 */
import { type Lang, formatCount, formatInstant, say } from "@sandbank/kernel/words";
import {
  type Html,
  attribute,
  html,
  indicatorFigure,
  sayCounted,
  SOURCE_WORDS,
  STANDING_WORDS,
  type StandingName,
  tag,
  thresholdText,
} from "@sandbank/ui";
import type { IndicatorBoard, IndicatorLine, PilotDetail } from "../ports.ts";
import { DIMENSIONS, seenWords as words } from "../seen.words.ts";

type Figure = IndicatorLine["figures"][number];

/** The gravest first: in this order they are counted. */
const STANDINGS = ["act", "watch", "good", "none", "nothing", "absent"] as const;

function isReached(standing: StandingName): boolean {
  return standing === "act" || standing === "watch";
}

/**
 * Nothing is said of indicators of a pilot that does not run yet. `asked` is the id of the indicator
 * that the reader came for.
 */
export function indicatorsSection(
  { slug, indicators }: PilotDetail,
  { lang, asked }: { readonly lang: Lang; readonly asked: string | undefined },
): Html | false {
  if (indicators === undefined) return false;
  const lines = indicators.lines.filter(({ dimension }) => dimension !== "grade");
  const near = STANDINGS.filter(isReached).flatMap((standing) =>
    lines.filter((one) => one.standing === standing),
  );
  const rest = lines.filter(({ standing }) => !isReached(standing));
  return html`<section class="stack" aria-labelledby="indicators">
    <h2 id="indicators">${say(words.indicators, lang)}</h2>
    <p class="quiet">${say(words.indicators_text, lang)}</p>
    <div class="panel flush">
      ${head(indicators, lines, lang)}
      ${
        near.length === 0
          ? html`<p class="empty">${say(words.near_none, lang)}</p>`
          : html`<ul class="list" aria-label="${say(words.near, lang)}">
              ${near.map((one) => nearLine(one, lang))}
            </ul>`
      }
      ${groups(rest, lang, asked)}
    </div>
    <p class="small">${countedText(indicators, lang)}</p>
    <p class="links"><a href="/api/pilots/${slug}/indicators">JSON</a></p>
  </section>`;
}

/** The composite grade with what decides it, and how many indicators stand where. */
function head(board: IndicatorBoard, lines: readonly IndicatorLine[], lang: Lang): Html {
  const grade = board.lines.find(({ dimension }) => dimension === "grade");
  const driver = grade?.figures[0]?.label[lang];
  const held = STANDINGS.filter((standing) => standing === "good" || isReached(standing));
  const others = lines.filter(({ standing }) => !held.includes(standing));
  return html`<div class="head">
    ${
      grade &&
      html`<p class="row" id="${grade.id}">
        <b>${grade.name[lang]}</b> ${standingTag(grade.standing, lang)}
        ${
          driver !== undefined &&
          isReached(grade.standing) &&
          html`<span class="small">${say(words.decided_by, lang, { name: driver })}</span>`
        }
      </p>`
    }
    <ul class="row tally" aria-label="${say(words.tally, lang)}">
      ${held.map((standing) => {
        const n = lines.filter((one) => one.standing === standing).length;
        // Red and amber stand only where something asks for it.
        if (n === 0 && isReached(standing)) return false;
        return html`<li>${standingTag(standing, lang)} <b>${formatCount(BigInt(n), lang)}</b></li>`;
      })}
      ${others.length > 0 && html`<li class="small">${tallyText(others, lang)}</li>`}
    </ul>
  </div>`;
}

/** An indicator in the open: what reached a threshold, and the rest of its figures folded. */
function nearLine(one: IndicatorLine, lang: Lang): Html {
  const reached = one.figures.filter(({ standing }) => isReached(standing));
  const others = known(one).filter(({ standing }) => !isReached(standing));
  const more = sayCounted(words.other_figures, lang, {
    n: others.length,
    figure: formatCount(BigInt(others.length), lang),
  });
  return html`<li class="indicator" id="${one.id}">
    ${title(one, lang)}
    <div>
      ${figureList(reached, lang)}
      ${
        others.length > 0 &&
        html`<details>
          <summary>${more}</summary>
          <div>${figureList(others, lang)}</div>
        </details>`
      }
    </div>
  </li>`;
}

function groups(rest: readonly IndicatorLine[], lang: Lang, asked: string | undefined): Html[] {
  const found = Object.entries(DIMENSIONS).map(([dimension, name]) => ({
    name,
    lines: rest.filter((one) => one.dimension === dimension),
  }));
  return found
    .filter(({ lines }) => lines.length > 0)
    .map(({ name, lines }) => {
      const open = attribute("open", lines.some(({ id }) => id === asked) && "");
      return html`<details class="group"${open}>
        <summary>
          <b>${name[lang]}</b> <span class="small">${tallyText(lines, lang)}</span>
        </summary>
        <ul class="list" aria-label="${name[lang]}">
          ${lines.map((one) => line(one, lang))}
        </ul>
      </details>`;
    });
}

/** "good 4, no threshold 1": how many stand where, in words. */
function tallyText(lines: readonly IndicatorLine[], lang: Lang): string {
  const parts = STANDINGS.flatMap((standing) => {
    const n = lines.filter((one) => one.standing === standing).length;
    const word = say(STANDING_WORDS[standing].word, lang).toLowerCase();
    return n === 0 ? [] : [say(words.of_standing, lang, { n: String(n), word })];
  });
  return parts.join(lang === "zh" ? "，" : ", ");
}

function line(one: IndicatorLine, lang: Lang): Html {
  const figures = known(one);
  return html`<li class="indicator" id="${one.id}">
    ${title(one, lang)} ${figures.length > 0 && figureList(figures, lang)}
  </li>`;
}

/** Figures that have a source. */
function known({ figures }: IndicatorLine): readonly Figure[] {
  return figures.filter(({ standing }) => standing !== "absent");
}

function title(one: IndicatorLine, lang: Lang): Html {
  const source = say(SOURCE_WORDS[one.source], lang);
  return html`<div>
    <p class="row apart">
      <b>${one.name[lang]}</b> ${standingTag(one.standing, lang)}
    </p>
    <p class="small meta">${[one.id, source].map((part) => html`<span>${part}</span>`)}</p>
  </div>`;
}

function standingTag(standing: StandingName, lang: Lang): Html {
  const { word, tone } = STANDING_WORDS[standing];
  return tag(say(word, lang), tone);
}

function figureList(figures: readonly Figure[], lang: Lang): Html {
  return html`<dl class="figures">
    ${figures.map((one) => {
      const { value, unit, threshold } = one;
      const said =
        value === undefined
          ? say(words.nothing_measured, lang)
          : indicatorFigure(value, unit, lang);
      const bounds =
        isReached(one.standing) && threshold && thresholdText({ unit, ...threshold }, lang);
      return html`<div>
        <dt>${one.label[lang]}</dt>
        <dd>${said}</dd>
        ${bounds && html`<dd class="small">${bounds}</dd>`}
      </div>`;
    })}
  </dl>`;
}

function countedText({ asOf, behind }: IndicatorBoard, lang: Lang): string {
  if (asOf === undefined) return say(words.counted_never, lang);
  return say(behind === 0n ? words.counted : words.counted_behind, lang, {
    at: formatInstant(asOf),
    behind: formatCount(behind, lang),
  });
}
