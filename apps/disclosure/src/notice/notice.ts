/** A list of notices: what kind, when, of which pilot, in one sentence each. */
import { type Instant, shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import { type Lang, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, html, tag } from "@sandbank/ui";
import type { Notice } from "../ports.ts";
import { NOTICE_KINDS } from "../words.ts";

/** `named` links each notice to its pilot; on a pilot's own page that would be noise. */
export function noticeList(
  notices: readonly Notice[],
  lang: Lang,
  named: "named" | "own" = "own",
): Html {
  return html`<div class="panel flush">
    <ol class="list">
      ${notices.map((one) => noticeItem(one, lang, named))}
    </ol>
  </div>`;
}

function noticeItem(notice: Notice, lang: Lang, named: "named" | "own"): Html {
  const { word, tone } = NOTICE_KINDS[notice.kind];
  const pilot =
    named === "named" &&
    html`<p class="links">
      <a href="/${lang}/pilots/${notice.pilot.slug}">${notice.pilot.name[lang]}</a>
    </p>`;
  return html`<li class="stack-s" id="${notice.number}">
    <p class="row apart">
      ${tag(say(word, lang), tone)}
      <span class="small meta"
        ><time>${momentOf(notice.at)}</time><span class="mono">${notice.number}</span></span
      >
    </p>
    <p>${notice.text[lang]}</p>
    ${pilot}
  </li>`;
}

/** What is known by its day only stands at midnight; nobody reads 00:00:00 as "some time that day". */
function momentOf(at: Instant): string {
  const day = shanghaiDate(at);
  return shanghaiMidnight(day) === at ? day : formatInstant(at);
}
