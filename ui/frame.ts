/**
 * The frame of every server-rendered page: head, skip link, masthead with the language switch,
 * demonstration strip, main, foot. A page works without scripts; what scripts there are come from
 * our own address, so that `default-src 'none'` with `'self'` for styles and scripts holds.
 */
import { type Lang, type Text, say } from "@sandbank/kernel/words";
import { type Html, attribute, html } from "./html.ts";
import { LANG_TAGS, uiWords } from "./words.ts";

export interface NavItem {
  /** Path after the language, such as "/notices"; "/" is the first page. */
  readonly path: string;
  readonly label: Text;
}

/** What all pages of one face have in common. */
export interface Face {
  readonly nav: readonly NavItem[];
  /** Addresses of stylesheets, of the tab's icon, and of scripts that every page loads. */
  readonly styles: readonly string[];
  readonly icon: string;
}

export interface Page {
  readonly lang: Lang;
  readonly face: Face;
  /** What this page is about; the product's name is added. */
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly summary?: string;
  /** Path after the language, with its query if the page has one. The switch keeps it. */
  readonly path: string;
  readonly main: Html;
  /** The time shown in the demonstration strip, already formatted; absent in live operation. */
  readonly demoNow?: string | undefined;
  readonly scripts?: readonly string[];
  /** Machine-readable twins: links in the head and in the foot. */
  readonly twins?: readonly {
    readonly href: string;
    readonly label: string;
    readonly type: string;
  }[];
  /** Pages that are answers to one person or to an error are not for search engines. */
  readonly unlisted?: boolean;
}

/** The sign: a sandbank over two lines of water. Colours come from the tokens. */
export const brandMark: Html = html`<svg viewBox="0 0 32 32" aria-hidden="true">
  <path
    fill="var(--sand)"
    stroke="var(--ink)"
    stroke-width="1.75"
    stroke-linejoin="round"
    d="M3 18.5c4.5 0 6.5-9 13-9s8.5 9 13 9z"
  />
  <path
    fill="none"
    stroke="var(--water)"
    stroke-width="2.25"
    stroke-linecap="round"
    d="M3 23c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0 4.3-1.6 6.5 0 4.3 1.6 6.5 0M9.5 28c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0"
  />
</svg>`;

/** The same sign with its own colours, for the tab. */
export const ICON_SVG =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#ecdfc3" stroke="#75868c" ` +
  `stroke-width="1.75" stroke-linejoin="round" d="M3 18.5c4.5 0 6.5-9 13-9s8.5 9 13 9z"/><path fill="none" ` +
  `stroke="#11808f" stroke-width="2.5" stroke-linecap="round" d="M3 23c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0 ` +
  `4.3-1.6 6.5 0 4.3 1.6 6.5 0M9.5 28c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0"/></svg>`;

/** The whole document. */
export function page(content: Page): string {
  const { lang } = content;
  const other: Lang = lang === "zh" ? "en" : "zh";
  return `<!doctype html>\n${html`<html lang="${LANG_TAGS[lang]}">
    ${head(content, other)}
    <body>
      <a class="skip" href="#main">${say(uiWords.skip, lang)}</a>
      ${masthead(content, other)}
      ${
        content.demoNow !== undefined &&
        html`<aside class="demo" aria-label="${say(uiWords.demo_label, lang)}">
          <div class="wrap">${say(uiWords.demo, lang, { now: content.demoNow })}</div>
        </aside>`
      }
      <main id="main" class="wrap" tabindex="-1">${content.main}</main>
      ${foot(content)}
      ${(content.scripts ?? []).map((src) => html`<script type="module" src="${src}"></script>`)}
    </body>
  </html>`}\n`;
}

function fullTitle(title: string, lang: Lang): string {
  return lang === "zh" ? `${title} · Sandbank沙岸` : `${title} · Sandbank`;
}

function head(content: Page, other: Lang): Html {
  const { lang, face } = content;
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${fullTitle(content.title, lang)}</title>
    ${content.summary && html`<meta name="description" content="${content.summary}" />`}
    ${content.unlisted && html`<meta name="robots" content="noindex" />`}
    <link rel="icon" type="image/svg+xml" href="${face.icon}" />
    <link rel="alternate" hreflang="${LANG_TAGS[other]}" href="${`/${other}${content.path}`}" />
    ${(content.twins ?? []).map(
      (twin) => html`<link rel="alternate" type="${twin.type}" href="${twin.href}" />`,
    )}
    ${face.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
  </head>`;
}

function masthead(content: Page, other: Lang): Html {
  const { lang, face, path } = content;
  const [bare = "/"] = path.split("?", 1);
  const items = face.nav.map((item) => {
    const here = bare === item.path || (item.path !== "/" && bare.startsWith(`${item.path}/`));
    return html`<a href="${`/${lang}${item.path}`}" ${attribute("aria-current", here && "page")}
      >${say(item.label, lang)}</a
    >`;
  });
  return html`<header class="masthead">
    <div class="wrap">
      <a class="brand" href="${`/${lang}/`}"
        >${brandMark}Sandbank<span lang="zh-Hans">${say(uiWords.brand, lang)}</span></a
      >
      <nav class="nav" aria-label="${say(uiWords.nav, lang)}">${items}</nav>
      <a
        class="lang"
        href="${`/${other}${path}`}"
        lang="${LANG_TAGS[other]}"
        hreflang="${LANG_TAGS[other]}"
        >${say(uiWords.other_language, lang)}</a
      >
    </div>
  </header>`;
}

function foot(content: Page): Html {
  const twins = content.twins ?? [];
  return html`<footer class="foot">
    <div class="wrap row apart">
      <p>${say(uiWords.zone, content.lang)}</p>
      ${
        twins.length > 0 &&
        html`<p class="row">
          ${twins.map((twin) => html`<a href="${twin.href}">${twin.label}</a>`)}
        </p>`
      }
    </div>
  </footer>`;
}

/** Where a page stands: links to the pages above it, and its own name. */
export function crumbs(
  lang: Lang,
  above: readonly { readonly href: string; readonly label: string }[],
  here: string,
): Html {
  return html`<nav class="crumbs" aria-label="${say(uiWords.crumbs, lang)}">
    <ol>
      ${above.map((one) => html`<li><a href="${one.href}">${one.label}</a></li>`)}
      <li><span aria-current="page">${here}</span></li>
    </ol>
  </nav>`;
}
