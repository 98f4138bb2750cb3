/**
 * The public site as pages of kernel/http. Routes are registered one by one, so that each is counted
 * under its own name; twins and unknown addresses go through the door at the end.
 */
import {
  type Frame,
  type Page,
  type PageAnswer as Served,
  file,
  html as htmlAnswer,
  page,
  redirect,
} from "@sandbank/kernel/http";
import type { Lang } from "@sandbank/kernel/words";
import { html, raw } from "@sandbank/ui";
import { assets } from "./assets.ts";
import { type PageAnswer, frame } from "./face.ts";
import type { CommentDesk } from "./hearing.ports.ts";
import { deskHttp } from "./desk/desk.http.ts";
import { hearingHttp } from "./desk/hearing.http.ts";
import type { ComplaintDesk } from "./complaint.ports.ts";
import type { DisclosureReader, Setting } from "./ports.ts";
import { answerPage, disclosurePages } from "./routes.ts";

/** Pages are the same for everybody; a directive shows within this time. */
const FRESH_SECONDS = 5;

/** The name of an asset says its content, so it may be kept for a year. */
const ASSET_SECONDS = 31_536_000;

/** What the server registers: the assets, the pages, their twins, the missing page. */
export function disclosureHttp(
  reader: DisclosureReader,
  desk?: ComplaintDesk & CommentDesk,
): readonly Page[] {
  const routes = disclosurePages(reader);
  const named = routes.filter(({ path }) => path !== "/" && !path.endsWith(".json"));
  // A hole takes "payment-tokens.json" too, so whatever comes in is matched by our own rule.
  const door = (path: string) =>
    page({
      path,
      face: "disclosure",
      fresh_seconds: FRESH_SECONDS,
      handle: async (asked: Asked) =>
        served(await answerPage(routes, reader, { path: asked.path, query: plain(asked.query) })),
    });
  // A page with a form carries a token of its own, so no cache may keep it.
  const formDoor = (path: string) =>
    page({
      path,
      face: "disclosure",
      handle: async ({ formFields, ...asked }: Asked & { readonly formFields: string }) => {
        const of = { path: asked.path, query: plain(asked.query), formFields };
        return served(await answerPage(routes, reader, of));
      },
    });
  return [
    ...assets().map((asset) =>
      page({
        path: asset.path,
        face: "disclosure",
        fresh_seconds: ASSET_SECONDS,
        handle: async () => file(asset.body, { type: asset.type }),
      }),
    ),
    // The language of this answer depends on the reader, so no cache may keep it.
    page({
      path: "/",
      face: "disclosure",
      handle: async ({ lang }: Asked) => redirect(`/${lang}/`),
    }),
    ...named.map(({ path, form }) => (form === true ? formDoor(path) : door(path))),
    ...(desk === undefined ? [] : [...deskHttp(reader, desk), ...hearingHttp(reader, desk)]),
    door("/{lang}/{rest*}"),
  ];
}

/**
 * The frame of pages that the transport makes by itself (a refusal, a fault, a sign-in), so that
 * they look like all others. `setting` is asked each time, for the strip of the demonstration.
 */
export function siteFrame(setting: () => Setting): Frame {
  return ({ lang, title, body }) =>
    frame(lang, setting(), {
      title,
      path: "/",
      main: html`<div class="narrow stack">${raw(body)}</div>`,
      unlisted: true,
    });
}

interface Asked {
  readonly lang: Lang;
  readonly path: string;
  readonly query: unknown;
}

/** The values that are one string each; a name given twice counts as not given. */
function plain(values: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    ),
  );
}

function served(answer: PageAnswer): Served {
  if ("redirect" in answer) return redirect(answer.redirect);
  if ("html" in answer) return htmlAnswer(answer.html, answer.status);
  return file(JSON.stringify(answer.json), { type: "application/json; charset=utf-8" });
}
