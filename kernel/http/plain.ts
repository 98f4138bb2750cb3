/**
 * The plain pages of the transport itself: what a refusal means, and signing in by a link. They work
 * before any face is built; an application passes its own frame to make them look like the rest.
 */
import { z } from "zod";
import type { Identity } from "../identity/index.ts";
import { type Lang, type Text, isRefusal, refusalEntry } from "../words/index.ts";
import { FAULTS, type FaultCode } from "./http.refusals.ts";
import { type Page, html, page, redirect } from "./page.ts";
import type { Problem } from "./problem.ts";

/** Puts a title and a body of HTML into a whole document. */
export type Frame = (part: {
  readonly lang: Lang;
  readonly title: string;
  readonly body: string;
}) => string;

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const LANGUAGES: Readonly<Record<Lang, string>> = { zh: "zh-CN", en: "en" };

/** A document without any style. */
export const plainFrame: Frame = ({ lang, title, body }) =>
  `<!doctype html><html lang="${LANGUAGES[lang]}"><head><meta charset="utf-8">` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${escapeHtml(title)}</title></head><body><main>${body}</main></body></html>`;

const WORDS = {
  code: { zh: "代码", en: "Code" },
  instance: { zh: "编号", en: "Reference" },
  signIn: { zh: "登录演示", en: "Sign in to the demo" },
  signInWhy: {
    zh: "这个链接只能用一次。演示中的人和机构都是虚构的。",
    en: "This link works once. People and firms of the demo are fictional.",
  },
} as const satisfies Record<string, Text>;

/** A refusal as a page of its own: rule, reason, remedy. */
export function problemPage(problem: Problem, lang: Lang, frame: Frame = plainFrame): string {
  const failed = (problem.failed ?? [])
    .filter((one) => one.detail !== problem.detail)
    .map((one) => `<li>${escapeHtml(one.detail)}</li>`);
  const list = failed.length === 0 ? "" : `<ul>${failed.join("")}</ul>`;
  const body =
    `<h1>${escapeHtml(problem.title)}</h1><p>${escapeHtml(problem.detail)}</p>${list}` +
    `<p>${escapeHtml(problem.remedy)}</p><dl><dt>${WORDS.code[lang]}</dt>` +
    `<dd><code>${escapeHtml(problem.code)}</code></dd><dt>${WORDS.instance[lang]}</dt>` +
    `<dd><code>${escapeHtml(problem.instance)}</code></dd></dl>`;
  return frame({ lang, title: problem.title, body });
}

/** What a code means, in both languages, or undefined for an unknown one. */
export function codePage(code: string, lang: Lang, frame: Frame = plainFrame): string | undefined {
  const entry = refusalEntry(code) ?? (isFault(code) ? FAULTS[code] : undefined);
  if (entry === undefined) return undefined;
  const order: readonly Lang[] = lang === "zh" ? ["zh", "en"] : ["en", "zh"];
  const texts = order.map(
    (one) =>
      `<section lang="${LANGUAGES[one]}"><p>${escapeHtml(entry.text[one])}</p>` +
      `<p>${escapeHtml(entry.remedy[one])}</p></section>`,
  );
  const body = `<h1><code>${escapeHtml(code)}</code></h1>${texts.join("")}`;
  return frame({ lang, title: code, body });
}

function isFault(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}

/**
 * The two pages behind a demo link, `/{lang}/sign-in/{link}`: one that shows a button, so that no
 * preview of a link spends it, and one that takes the press. Then on to `landing` of the face.
 */
export function signInPages(settings: {
  readonly identity: Identity;
  readonly landing: (face: string, lang: Lang) => string;
  readonly frame?: Frame;
}): Page[] {
  const { identity, landing, frame = plainFrame } = settings;
  const path = "/{lang}/sign-in/{link}";
  return [
    page({
      path,
      face: "disclosure",
      handle: async ({ lang, formFields }) => {
        const title = WORDS.signIn[lang];
        const body =
          `<h1>${title}</h1><p>${WORDS.signInWhy[lang]}</p>` +
          `<form method="post">${formFields}<p class="acts">` +
          `<button type="submit" class="button primary">${title}</button></p></form>`;
        return html(frame({ lang, title, body }));
      },
    }),
    page({
      method: "POST",
      path,
      params: z.object({ link: z.string() }),
      face: "disclosure",
      quick: true,
      handle: async ({ lang, params }) => {
        const signed = await identity.signInByLink(params.link);
        if (isRefusal(signed)) return signed;
        return redirect(landing(signed.session.face, lang), signed);
      },
    }),
  ];
}
