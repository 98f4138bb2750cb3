/** A declaration as it was published, clause by clause, with its hash, its signature and attachments. */
import { type Lang, formatInstant, say, type Text } from "@sandbank/kernel/words";
import { crumbs, facts, type Html, html } from "@sandbank/ui";
import { hearing } from "../consultation/consultation.words.ts";
import type { ClauseText, Version } from "../hearing.ports.ts";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { words } from "../words.ts";

/** Undefined for a version that is not public. */
export async function declarationPage(
  reader: DisclosureReader,
  lang: Lang,
  of: { readonly slug: string; readonly version: number },
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.version(of.slug, of.version);
  if (found === undefined) return undefined;
  const setting = await reader.setting();
  const path = `/pilots/${of.slug}/declaration/${found.version}`;
  const title = `${say(words.declaration, lang)} · ${say(hearing.version, lang, { n: String(found.version) })}`;
  const main = html`${pilotCrumbs(found.pilot, title, lang)}
    <div class="stack-l narrow">
      <div class="stack">
        <h1>${title}</h1>
        <p class="lead">${say(hearing.version_lead, lang)}</p>
        <p class="quiet"><time>${formatInstant(found.at)}</time></p>
        ${otherVersions(found, lang)}
      </div>
      <div class="panel">
        <dl class="facts clauses">${found.clauses.map((one) => clauseOf(one, lang))}</dl>
      </div>
      ${attachments(found, lang)} ${proof(found, lang)}
    </div>`;
  return { status: 200, html: frame(lang, setting, { title, path, main, twin: `${path}.json` }) };
}

/** The way back from a page about a pilot. */
export function pilotCrumbs(
  pilot: { readonly slug: string; readonly name: Text },
  here: string,
  lang: Lang,
): Html {
  return crumbs(
    lang,
    [
      { href: `/${lang}/`, label: say(words.pilots, lang) },
      { href: `/${lang}/pilots/${pilot.slug}`, label: pilot.name[lang] },
    ],
    here,
  );
}

function otherVersions({ pilot, version, versions }: Version, lang: Lang): Html | false {
  const others = versions.filter((one) => one !== version);
  if (others.length === 0) return false;
  const address = `/${lang}/pilots/${pilot.slug}`;
  return html`${others.map((one) => {
    const [from, to] = one < version ? [one, version] : [version, one];
    return html`<p class="row links">
      <a href="${address}/declaration/${one}">${say(hearing.version, lang, { n: String(one) })}</a>
      <a href="${`${address}/differences?from=${from}&to=${to}`}"
        >${say(hearing.compare, lang, { n: String(one) })}</a
      >
    </p>`;
  })}`;
}

function clauseOf(one: ClauseText, lang: Lang): Html {
  return html`<div>
    <dt><span class="mono">${one.number}</span> ${one.title[lang]}</dt>
    <dd class="stack-s">${linesOf(one.lines, lang)}</dd>
  </div>`;
}

/** What a clause says, a paragraph for each thing; hashes stand as code. */
export function linesOf(lines: readonly Text[], lang: Lang): Html {
  return html`${lines.map((line) =>
    line.zh === line.en ? html`<p lang="und">${line[lang]}</p>` : html`<p>${line[lang]}</p>`,
  )}`;
}

function attachments({ attachments: list }: Version, lang: Lang): Html | false {
  if (list.length === 0) return false;
  return html`<section class="stack-s" aria-labelledby="attachments">
    <h2 id="attachments">${say(hearing.attachments, lang)}</h2>
    ${list.map(
      ({ hash, name }) =>
        html`<p class="links"><a href="/${lang}/attachments/${hash}" lang="und">${name}</a></p>
          <p><span class="mono">${hash}</span></p>`,
    )}
  </section>`;
}

function proof({ hash, signed }: Version, lang: Lang): Html {
  const mono = (text: string) => html`<span class="mono">${text}</span>`;
  return html`<section class="panel stack" aria-labelledby="proof">
    <h2 id="proof">${say(words.declaration_hash, lang)}</h2>
    ${signed && html`<p class="quiet">${say(hearing.signature_text, lang)}</p>`}
    ${facts([
      { term: say(hearing.hash, lang), value: mono(hash) },
      { term: say(hearing.public_key, lang), value: signed && mono(signed.publicKey) },
      { term: say(hearing.signature, lang), value: signed && mono(signed.signature) },
      {
        term: say(hearing.signed_text, lang),
        value: signed && html`<pre>${signed.text}</pre>`,
      },
    ])}
  </section>`;
}
