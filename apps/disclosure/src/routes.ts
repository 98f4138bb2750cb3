/**
 * The public site as pages that know no web server: each route has a path and a handler from a
 * request to an answer. Whoever serves them sends `PUBLIC_CSP` with pages, `ASSET_CACHE` with assets
 * and the missing page, with status 404, for every other address under a language.
 */
import { type Lang, say } from "@sandbank/kernel/words";
import { html, isLang, preferredLang } from "@sandbank/ui";
import { type PageAnswer, type PageRequest, type PageRoute, frame } from "./face.ts";
import { askReceiptPage } from "./complaint/follow.page.ts";
import { complainPage } from "./complaint/form.page.ts";
import { numbersPage, numbersTwin } from "./complaint/numbers.page.ts";
import { noticesPage, noticesTwin } from "./notice/notice.page.ts";
import { pilotPage, pilotTwinPage } from "./pilot/pilot.page.ts";
import { consultationPage } from "./consultation/consultation.page.ts";
import { receiptPage } from "./consultation/receipt.page.ts";
import {
  consultationTwin,
  differencesTwin,
  historyTwin,
  versionTwin,
} from "./consultation/twin.ts";
import { declarationPage } from "./declaration/declaration.page.ts";
import { differencesPage } from "./declaration/differences.page.ts";
import { exitPage } from "./exit/exit.page.ts";
import { exitTwin } from "./exit/exit.twin.ts";
import { historyPage } from "./history/history.page.ts";
import type { DisclosureReader } from "./ports.ts";
import { aboutPage } from "./prose/about.page.ts";
import { rightsPage } from "./prose/rights.page.ts";
import { verifyPage } from "./prose/verify.page.ts";
import { regimePage, regimeTwinPage } from "./regime/regime.page.ts";
import { regimesPage, regimesTwin } from "./regime/regimes.page.ts";
import { registryPage, registryTwin } from "./registry/registry.page.ts";
import { evidenceTwin } from "./twin.ts";
import { words } from "./words.ts";

/** All routes, for one reader. The order does not matter: no address fits two of them. */
export function disclosurePages(reader: DisclosureReader): readonly PageRoute[] {
  const missing = (lang: Lang) => missingPage(reader, lang);
  const ofPilot =
    (find: typeof pilotPage) =>
    async ({ lang, params, query }: PageRequest) => {
      const asked = { slug: params["slug"] ?? "", indicator: query["indicator"] };
      return (await find(reader, lang, asked)) ?? missing(lang);
    };
  const ofRegime =
    (find: typeof regimePage) =>
    async ({ lang, params }: PageRequest) =>
      (await find(reader, lang, params["id"] ?? "")) ?? missing(lang);
  return [
    { path: "/", handle: async ({ lang }) => ({ redirect: `/${lang}/` }) },
    { path: "/{lang}", handle: async ({ lang }) => ({ redirect: `/${lang}/` }) },
    { path: "/{lang}/", handle: ({ lang }) => registryPage(reader, lang) },
    { path: "/{lang}/index.json", handle: ({ lang }) => registryTwin(reader, lang) },
    { path: "/{lang}/pilots", handle: async ({ lang }) => ({ redirect: `/${lang}/` }) },
    { path: "/{lang}/pilots/{slug}", handle: ofPilot(pilotPage) },
    { path: "/{lang}/pilots/{slug}.json", handle: ofPilot(pilotTwinPage) },
    { path: "/{lang}/pilots/{slug}/evidence.json", handle: ofPilot(evidenceJson) },
    {
      path: "/{lang}/notices",
      handle: ({ lang, query }) => noticesPage(reader, lang, query["page"]),
    },
    {
      path: "/{lang}/notices.json",
      handle: ({ lang, query }) => noticesTwin(reader, lang, query["page"]),
    },
    ...complaintPages(reader),
    ...hearingPages(reader),
    ...exitPages(reader),
    { path: "/{lang}/rights", handle: ({ lang }) => rightsPage(reader, lang) },
    { path: "/{lang}/verify", handle: ({ lang }) => verifyPage(reader, lang) },
    { path: "/{lang}/about", handle: ({ lang }) => aboutPage(reader, lang) },
    { path: "/{lang}/regimes", handle: ({ lang }) => regimesPage(reader, lang) },
    { path: "/{lang}/regimes.json", handle: ({ lang }) => regimesTwin(reader, lang) },
    { path: "/{lang}/regimes/{id}", handle: ofRegime(regimePage) },
    { path: "/{lang}/regimes/{id}.json", handle: ofRegime(regimeTwinPage) },
  ];
}

/** Declarations as published, consultations, receipts and history, each with its twin. */
function hearingPages(reader: DisclosureReader): readonly PageRoute[] {
  const or = async (lang: Lang, answer: Promise<PageAnswer | undefined>) =>
    (await answer) ?? missingPage(reader, lang);
  const slugOf = ({ params }: PageRequest) => params["slug"] ?? "";
  const rangeOf = (asked: PageRequest) => ({
    ...{
      slug: slugOf(asked),
      from: numberOf(asked.query["from"]),
      to: numberOf(asked.query["to"]),
    },
  });
  const versionOf = (asked: PageRequest) => ({
    ...{ slug: slugOf(asked), version: numberOf(asked.params["version"]) },
  });
  const of = "/{lang}/pilots/{slug}";
  return [
    {
      ...{ path: `${of}/consultation`, form: true },
      handle({ lang, params, query, formFields }) {
        const asked = { slug: params["slug"] ?? "", page: query["page"], formFields };
        return or(lang, consultationPage(reader, lang, asked));
      },
    },
    {
      path: `${of}/consultation.json`,
      handle: (asked) => or(asked.lang, consultationTwin(reader, asked.lang, slugOf(asked))),
    },
    {
      path: `${of}/declaration/{version}`,
      handle: (asked) => or(asked.lang, declarationPage(reader, asked.lang, versionOf(asked))),
    },
    {
      path: `${of}/declaration/{version}.json`,
      handle: (asked) => or(asked.lang, versionTwin(reader, asked.lang, versionOf(asked))),
    },
    {
      path: `${of}/differences`,
      handle: (asked) => or(asked.lang, differencesPage(reader, asked.lang, rangeOf(asked))),
    },
    {
      path: `${of}/differences.json`,
      handle: (asked) => or(asked.lang, differencesTwin(reader, asked.lang, rangeOf(asked))),
    },
    {
      path: `${of}/history`,
      handle: (asked) => or(asked.lang, historyPage(reader, asked.lang, slugOf(asked))),
    },
    {
      path: `${of}/history.json`,
      handle: (asked) => or(asked.lang, historyTwin(reader, asked.lang, slugOf(asked))),
    },
    {
      ...{ path: "/{lang}/comments", form: true },
      handle({ lang, query: { receipt, sent }, formFields }) {
        const typed = receipt === undefined || receipt === "" ? undefined : receipt.slice(0, 60);
        return receiptPage(reader, lang, { receipt: typed, fresh: sent === "1", formFields });
      },
    },
  ];
}

/** How a pilot leaves, and its report. */
function exitPages(reader: DisclosureReader): readonly PageRoute[] {
  const of =
    (find: typeof exitPage) =>
    async ({ lang, params }: PageRequest) =>
      (await find(reader, lang, params["slug"] ?? "")) ?? missingPage(reader, lang);
  return [
    { path: "/{lang}/pilots/{slug}/exit", handle: of(exitPage) },
    { path: "/{lang}/pilots/{slug}/exit.json", handle: of(exitTwin) },
  ];
}

/** A version as an address gives it; 0, which nothing has, for anything else. */
function numberOf(text: string | undefined): number {
  return text !== undefined && /^[1-9][0-9]{0,4}$/.test(text) ? Number(text) : 0;
}

/** Complaints: their numbers and rows, the form, and where a receipt code is typed. */
function complaintPages(reader: DisclosureReader): readonly PageRoute[] {
  return [
    {
      path: "/{lang}/pilots/{slug}/complaints",
      async handle({ lang, params, query }) {
        const { show, page } = query;
        const of = { slug: params["slug"] ?? "", show, page };
        return (await numbersPage(reader, lang, of)) ?? missingPage(reader, lang);
      },
    },
    {
      path: "/{lang}/pilots/{slug}/complaints.json",
      handle: async ({ lang, params }) =>
        (await numbersTwin(reader, lang, params["slug"] ?? "")) ?? missingPage(reader, lang),
    },
    {
      ...{ path: "/{lang}/pilots/{slug}/complain", form: true },
      async handle({ lang, params, formFields }) {
        const of = { slug: params["slug"] ?? "", formFields };
        return (await complainPage(reader, lang, of)) ?? missingPage(reader, lang);
      },
    },
    {
      ...{ path: "/{lang}/complaints", form: true },
      handle: ({ lang, formFields }) => askReceiptPage(reader, lang, formFields),
    },
  ];
}

async function evidenceJson(
  reader: DisclosureReader,
  _lang: Lang,
  { slug }: { readonly slug: string },
): Promise<PageAnswer | undefined> {
  const evidence = await reader.evidence(slug);
  return evidence === undefined ? undefined : { status: 200, json: evidenceTwin(evidence) };
}

/** The page for every address that is none. */
export async function missingPage(reader: DisclosureReader, lang: Lang): Promise<PageAnswer> {
  const setting = await reader.setting();
  const main = html`<div class="narrow stack">
    <h1>${say(words.missing_title, lang)}</h1>
    <p class="lead">${say(words.missing_text, lang)}</p>
    <div class="acts">
      <a class="button primary" href="/${lang}/">${say(words.missing_link, lang)}</a>
    </div>
  </div>`;
  const title = say(words.missing_title, lang);
  return {
    status: 404,
    html: frame(lang, setting, { title, path: "/", main, unlisted: true }),
  };
}

/**
 * The answer to a GET of `path`, for servers that have one door for all pages. An address that no
 * route fits is answered by the missing page, in the language that it begins with or else prefers.
 */
export async function answerPage(
  routes: readonly PageRoute[],
  reader: DisclosureReader,
  asked: {
    readonly path: string;
    readonly query?: Readonly<Record<string, string | undefined>>;
    readonly acceptLanguage?: string;
    readonly formFields?: string;
  },
): Promise<PageAnswer> {
  const { acceptLanguage, query = {}, formFields = "" } = asked;
  const first = asked.path.split("/", 2)[1];
  const lang = isLang(first) ? first : preferredLang(acceptLanguage);
  for (const route of routes) {
    const params = matchPath(route.path, asked.path);
    if (params === undefined) continue;
    if (params["lang"] !== undefined && !isLang(params["lang"])) continue;
    return route.handle({ lang, params, query, formFields });
  }
  return missingPage(reader, lang);
}

/** The holes of a route's path filled from an address, or undefined where it does not fit. */
export function matchPath(
  pattern: string,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const source = pattern
    .split(/(\{[a-z]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
      names.push(part.slice(1, -1));
      return "([A-Za-z0-9_-]+)";
    })
    .join("");
  const found = new RegExp(`^${source}$`).exec(path);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""]));
}
