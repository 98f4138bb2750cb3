/** Puts the faces on the web server: pages of the public site, their assets, sign-in. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assets, disclosurePages, type DisclosureReader, type PageRoute } from "@sandbank/disclosure";
import { file, html, type Page, page, redirect, type Statics, statics } from "@sandbank/kernel/http";

/** The public site's routes as pages of the web server. */
export function publicPages(reader: DisclosureReader): Page[] {
  return disclosurePages(reader).map(publicPage);
}

function publicPage(route: PageRoute): Page {
  return page<Record<string, string>, Record<string, string>, unknown>({
    path: route.path,
    face: "disclosure",
    async handle({ lang, params, query }) {
      const answer = await route.handle({ lang, params, query });
      if ("redirect" in answer) return redirect(answer.redirect);
      if ("html" in answer) return html(answer.html, answer.status);
      const text = JSON.stringify(answer.json, null, 2);
      return file(text, { type: "application/json; charset=utf-8" });
    },
  });
}

/** Writes the public site's assets under `<data>/web/assets` and serves them for ever. */
export function publicAssets(dataFolder: string): Statics {
  const folder = join(dataFolder, "web", "assets");
  mkdirSync(folder, { recursive: true });
  for (const { path, body } of assets()) writeFileSync(join(folder, path.split("/").at(-1) ?? ""), body);
  return statics("/assets", folder, { immutable: true });
}
