/**
 * What all pages of the public site have in common, and how they answer: the kinds of answer, the
 * navigation, the frame, the security policy. Nothing here knows a web server.
 */
import { type Lang, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, page } from "@sandbank/ui";
import { iconAsset, styleAsset } from "./assets.ts";
import type { Setting } from "./ports.ts";
import { words } from "./words.ts";

export interface PageRequest {
  readonly lang: Lang;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Hidden inputs that every form of the page must contain; empty where no form is served. */
  readonly formFields: string;
}

export type PageAnswer =
  | { readonly status: 200 | 404; readonly html: string }
  | { readonly redirect: string }
  | { readonly status: 200 | 404; readonly json: Json };

/** What a twin is made of: amounts and counts are decimal strings, instants RFC 3339. */
export type Json =
  | null
  | boolean
  | string
  | number
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

export interface PageRoute {
  /** True for a page with a form: it is drawn anew for each view and kept by no cache. */
  readonly form?: boolean;
  /** "/{lang}/pilots/{slug}": `{lang}` is zh or en, other holes match one segment. */
  readonly path: string;
  handle(request: PageRequest): Promise<PageAnswer>;
}

/** Content-Security-Policy of every page: own styles, own scripts, nothing else. */
export const PUBLIC_CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const NAV = [
  { path: "/", label: words.pilots },
  { path: "/notices", label: words.notices },
  { path: "/rights", label: words.rights },
  { path: "/verify", label: words.verify },
  { path: "/about", label: words.about },
] as const;

export interface Content {
  readonly title: string;
  readonly summary?: string;
  /** Path after the language, with its query. */
  readonly path: string;
  readonly main: Html;
  /** Path of the JSON twin after the language, if the page has one. */
  readonly twin?: string;
  readonly scripts?: readonly string[];
  readonly unlisted?: boolean;
}

/** The whole page. `under` names the entry of the navigation that a page without its own belongs to. */
export function frame(lang: Lang, setting: Setting, content: Content): string {
  const { twin, ...rest } = content;
  return page({
    lang,
    face: { nav: NAV, styles: [styleAsset.path], icon: iconAsset.path },
    ...rest,
    demoNow: setting.mode === "demo" ? formatInstant(setting.now) : undefined,
    twins:
      twin === undefined
        ? []
        : [{ href: `/${lang}${twin}`, label: say(words.json, lang), type: "application/json" }],
  });
}
