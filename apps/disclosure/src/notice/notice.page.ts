/** All notices, newest first, twenty to a page. */
import { type Lang, say } from "@sandbank/kernel/words";
import { empty, html, pagination } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { noticeTwin, settingTwin } from "../twin.ts";
import { words } from "../words.ts";
import { noticeList } from "./notice.ts";

const NOTICES_PER_PAGE = 20;
const PAGE_MAX = 10_000;

/** The page asked for, counted from 1; anything else that is written there means the first. */
function pageOf(asked: string | undefined): number {
  return asked !== undefined && /^[1-9][0-9]{0,3}$/.test(asked)
    ? Math.min(Number(asked), PAGE_MAX)
    : 1;
}

export async function noticesPage(
  reader: DisclosureReader,
  lang: Lang,
  asked: string | undefined,
): Promise<PageAnswer> {
  const at = pageOf(asked);
  const range = { skip: (at - 1) * NOTICES_PER_PAGE, count: NOTICES_PER_PAGE };
  const [setting, { notices, total }] = await Promise.all([
    reader.setting(),
    reader.notices(range),
  ]);
  const main = html`<div class="stack narrow">
    <h1>${say(words.notices_title, lang)}</h1>
    <p class="lead">${say(words.notices_lead, lang)}</p>
    ${
      notices.length === 0
        ? empty(say(words.notices_empty, lang))
        : noticeList(notices, lang, "named")
    }
    ${pagination({
      lang,
      page: at,
      pages: Math.ceil(total / NOTICES_PER_PAGE),
      href: (page) => `/${lang}/notices?page=${page}`,
    })}
  </div>`;
  return {
    status: 200,
    html: frame(lang, setting, {
      title: say(words.notices_title, lang),
      summary: say(words.notices_lead, lang),
      path: at === 1 ? "/notices" : `/notices?page=${at}`,
      main,
      twin: at === 1 ? "/notices.json" : `/notices.json?page=${at}`,
    }),
  };
}

export async function noticesTwin(
  reader: DisclosureReader,
  lang: Lang,
  asked: string | undefined,
): Promise<PageAnswer> {
  const skip = (pageOf(asked) - 1) * NOTICES_PER_PAGE;
  const [setting, { notices, total }] = await Promise.all([
    reader.setting(),
    reader.notices({ skip, count: NOTICES_PER_PAGE }),
  ]);
  return {
    status: 200,
    json: {
      ...settingTwin(setting),
      total,
      notices: notices.map((notice) => noticeTwin(notice, lang)),
    },
  };
}
