/**
 * The page of one pilot: where it stands, what a directive has closed, its scale against target and
 * cap, who pays, how it ends, the caps in force, the declaration by clause, and the evidence.
 */
import { shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import { type Lang, formatCount, formatInstant, formatMoney, say } from "@sandbank/kernel/words";
import { type Html, crumbs, empty, facts, html, note, phaseBanner, sayHtml } from "@sandbank/ui";
import { verifyAsset } from "../assets.ts";
import { complaintWords } from "../complaint/complaint.words.ts";
import { hearing } from "../consultation/consultation.words.ts";
import { evidencePanel, receiptSection } from "../evidence/evidence.ts";
import { exitLink } from "../exit/exit.link.ts";
import { type PageAnswer, frame } from "../face.ts";
import { noticeList } from "../notice/notice.ts";
import type {
  DirectiveLine,
  DisclosureReader,
  Evidence,
  PilotDetail,
  Setting,
  Statement,
} from "../ports.ts";
import { fullScale } from "../scale.ts";
import { pilotTwin, settingTwin } from "../twin.ts";
import { namesOf, whose } from "../whose.ts";
import { CLASS_CLOSED, ORIGINS, dayOfTest, words } from "../words.ts";
import { incidentsSection } from "./incidents.ts";
import { indicatorsSection } from "./indicators.ts";
import { declarationSection, graduationSection, limitsSection } from "./terms.ts";
import { watchSection } from "./watch.ts";

interface Shown {
  readonly lang: Lang;
  readonly pilot: PilotDetail;
  readonly evidence: Evidence | undefined;
  readonly today: string;
  readonly mode: Setting["mode"];
  /** The indicator that the reader came for. */
  readonly indicator: string | undefined;
}

/** Undefined for an unknown pilot. `indicator` is the id of one whose fold is open. */
export async function pilotPage(
  reader: DisclosureReader,
  lang: Lang,
  { slug, indicator }: { readonly slug: string; readonly indicator?: string | undefined },
): Promise<PageAnswer | undefined> {
  const pilot = await reader.pilot(slug);
  if (pilot === undefined) return undefined;
  const [setting, evidence] = await Promise.all([reader.setting(), reader.evidence(slug)]);
  const today = shanghaiDate(setting.now);
  const known = pilot.indicators?.lines.find(({ id }) => id === indicator)?.id;
  const shown: Shown = { lang, pilot, evidence, today, mode: setting.mode, indicator: known };
  return {
    status: 200,
    html: frame(lang, setting, {
      title: pilot.name[lang],
      summary: pilot.purpose[lang],
      path: `/pilots/${slug}${known === undefined ? "" : `?indicator=${known}`}`,
      main: mainOf(shown),
      twin: `/pilots/${slug}.json`,
      scripts: evidence?.receipt === undefined ? [] : [verifyAsset.path],
    }),
  };
}

export async function pilotTwinPage(
  reader: DisclosureReader,
  lang: Lang,
  { slug }: { readonly slug: string },
): Promise<PageAnswer | undefined> {
  const pilot = await reader.pilot(slug);
  if (pilot === undefined) return undefined;
  const setting = await reader.setting();
  return { status: 200, json: { ...settingTwin(setting), ...pilotTwin(pilot, lang) } };
}

function mainOf(shown: Shown): Html {
  const { lang, pilot, evidence } = shown;
  return html`${crumbs(
    lang,
    [{ href: `/${lang}/`, label: say(words.pilots, lang) }],
    pilot.name[lang],
  )}
    <div class="stack">
      <h1>${pilot.name[lang]}</h1>
      <p class="lead">${pilot.purpose[lang]}</p>
      <p class="small">${whose(pilot, lang, shown.mode)}</p>
      ${phase(shown)} ${pilot.directives.map((directive) => directiveNote(directive, lang))}
    </div>
    <div class="split led below">
      ${keyFacts(shown)}
      <div class="stack-l">
        ${scaleSection(shown)}
        <div class="halves">${statements(shown, "compensation")} ${statements(shown, "exit")}</div>
        ${limitsSection(pilot, lang)} ${indicatorsSection(pilot, { lang, asked: shown.indicator })}
        ${incidentsSection(pilot, lang)} ${graduationSection(pilot, lang)}
        ${watchSection(pilot, lang)} ${notices(shown)}
        ${declarationSection(pilot, lang)} ${receiptSection(evidence, lang)}
      </div>
      <aside class="stack" aria-label="${say(words.evidence, lang)}">
        ${evidencePanel(evidence, pilot.slug, lang)} ${records(shown)} ${rights(pilot.slug, lang)}
      </aside>
    </div>`;
}

function phase({ lang, pilot, today }: Shown): Html {
  const { since } = pilot;
  const closed = say(words.step_closed, lang);
  const day = (date: typeof since.testing) => (date === undefined ? closed : date);
  const testing =
    since.testing === undefined
      ? closed
      : since.evaluation === undefined && since.ended === undefined
        ? dayOfTest(daysBetween(since.testing, today), lang)
        : since.testing;
  return phaseBanner({
    lang,
    phase: pilot.phase,
    notes: [
      day(since.consultation),
      day(since.registered),
      testing,
      day(since.evaluation),
      since.ended === undefined ? say(words.step_open_end, lang) : since.ended,
    ],
  });
}

/** The first day of a test is day 1. */
function daysBetween(from: string, to: string): number {
  const at = (date: string) => shanghaiMidnight(date as Parameters<typeof shanghaiMidnight>[0]);
  return Math.max(1, Math.round((at(to) - at(from)) / 86_400_000) + 1);
}

function directiveNote(directive: DirectiveLine, lang: Lang): Html {
  const { number, effectiveAt } = directive;
  const title = effectiveAt === undefined ? words.directive_pending : words.directive_title;
  const times = [
    say(words.directive_since, lang, { time: formatInstant(directive.issuedAt) }),
    effectiveAt !== undefined &&
      say(words.directive_effective, lang, { time: formatInstant(effectiveAt) }),
  ].filter((line) => line !== false);
  return note(
    "stop",
    html`<h2>${sayHtml(title, lang, { number: html`<span class="nowrap">${number}</span>` })}</h2>
      <ul class="bullets">
        ${directive.closes.map((one) => html`<li>${say(CLASS_CLOSED[one], lang)}</li>`)}
        ${directive.lowers?.map((one) => html`<li>${lowered(one, lang)}</li>`)}
      </ul>
      <p>${directive.reason[lang]}</p>
      ${!directive.closes.includes("SERVICE") && html`<p>${say(words.directive_stays, lang)}</p>`}
      <p class="small meta lines">${times.map((line) => html`<span>${line}</span>`)}</p>`,
    say(title, lang, { number }),
  );
}

function lowered(one: NonNullable<DirectiveLine["lowers"]>[number], lang: Lang): string {
  const money = one.measure === "amount" || one.measure === "single";
  const cap = money ? formatMoney(one.cap, lang) : formatCount(one.cap, lang);
  return say(words.directive_lowers, lang, { label: one.label[lang], cap });
}

function scaleSection({ lang, pilot }: Shown): Html {
  return html`<section class="stack" aria-labelledby="scale">
    <h2 id="scale">${say(words.scale, lang)}</h2>
    ${
      pilot.scales.length === 0
        ? empty(say(words.scale_empty, lang))
        : html`<div class="panel bars">${pilot.scales.map((line) => fullScale(line, lang))}</div>`
    }
  </section>`;
}

function statements({ lang, pilot }: Shown, which: "compensation" | "exit"): Html {
  const list: readonly Statement[] = pilot[which];
  const missing = which === "exit" ? words.exit_empty : words.compensation_empty;
  const origins = [...new Set(list.map(({ origin }) => origin))];
  return html`<section class="stack-s" aria-labelledby="${which}">
    <h2 id="${which}">${say(words[which], lang)}</h2>
    ${list.length === 0 && html`<p class="quiet">${say(missing, lang)}</p>`}
    ${origins.map(
      (origin) =>
        html`<ul class="bullets">
            ${list
              .filter((one) => one.origin === origin)
              .map((one) => html`<li>${one.text[lang]}</li>`)}
          </ul>
          <p class="small">${say(ORIGINS[origin], lang)}</p>`,
    )}
  </section>`;
}

function notices({ lang, pilot }: Shown): Html | false {
  if (pilot.notices.length === 0) return false as const;
  return html`<section class="stack" aria-labelledby="notices">
    <div class="row apart">
      <h2 id="notices">${say(words.notices_of_pilot, lang)}</h2>
      <p class="links"><a href="/${lang}/notices">${say(words.notices_all, lang)}</a></p>
    </div>
    ${noticeList(pilot.notices, lang)}
  </section>`;
}

function keyFacts({ lang, pilot, mode }: Shown): Html {
  const { period, declaration, runBy } = pilot;
  const declared = mode === "live" ? words.declared_by : words.declared_by_reported;
  return html`<section class="panel stack" aria-labelledby="facts">
    <h2 id="facts">${say(words.key_facts, lang)}</h2>
    ${facts([
      { term: say(declared, lang), value: namesOf(pilot, lang) },
      { term: say(words.run_by, lang), value: runBy?.[lang] },
      {
        term: say(words.number, lang),
        value: pilot.number && html`<span class="mono">${pilot.number}</span>`,
      },
      {
        term: say(words.period, lang),
        value:
          period &&
          say(words.period_range, lang, {
            from: period.from,
            to: period.to,
          }),
      },
      {
        term: say(words.declaration, lang),
        value:
          declaration &&
          html`<a href="#declaration"
            >${say(words.declaration_version, lang, { n: String(declaration.version) })}</a
          >`,
      },
    ])}
  </section>`;
}

/** Where the rest of its public record stands. */
function records({ lang, pilot }: Shown): Html {
  const { slug, declaration } = pilot;
  const at = `/${lang}/pilots/${slug}`;
  return html`<section class="panel stack-s" aria-labelledby="records">
    <h2 id="records">${say(hearing.more, lang)}</h2>
    <p class="links"><a href="${at}/consultation">${say(hearing.title, lang)}</a></p>
    <p class="links"><a href="${at}/history">${say(hearing.history_title, lang)}</a></p>
    ${exitLink(pilot, lang)}
    ${
      declaration &&
      html`<p class="links">
        <a href="${at}/declaration/${declaration.version}">${say(words.declaration, lang)}</a>
      </p>`
    }
  </section>`;
}

function rights(slug: string, lang: Lang): Html {
  return html`<section class="panel stack-s" aria-labelledby="rights">
    <h2 id="rights">${say(words.rights, lang)}</h2>
    <p class="quiet">${say(words.affected_text, lang)}</p>
    <p class="links"><a href="/${lang}/rights">${say(words.affected_link, lang)}</a></p>
    <p class="links">
      <a href="/${lang}/pilots/${slug}/complaints">${say(complaintWords.numbers_title, lang)}</a>
    </p>
  </section>`;
}
