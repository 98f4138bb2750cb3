/** The form of comments behind the transport, and attachments as files to keep. */
import { file, html as htmlAnswer, type Page, page, redirect } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { consultationPage } from "../consultation/consultation.page.ts";
import type { CommentDesk } from "../hearing.ports.ts";
import type { DisclosureReader } from "../ports.ts";
import { missingPage } from "../routes.ts";

const typed = z.string().max(20_000).optional();
const commentForm = z.strictObject({ clause: typed, author: typed, body: typed });
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** POST of a comment and of its erasure; GET of an attachment. The transport has checked forms. */
export function hearingHttp(reader: DisclosureReader, desk: CommentDesk): readonly Page[] {
  return [
    page({
      ...{ method: "POST", path: "/{lang}/pilots/{slug}/consultation", face: "disclosure" },
      params: z.strictObject({ slug }),
      form: commentForm,
      async handle(request) {
        const { lang, params, form, id } = request;
        const { clause = "", author = "", body = "" } = form;
        const said = {
          ...{ slug: params.slug, id, body, author: author.slice(0, 80) },
          ...(clause === "" ? {} : { clause }),
        };
        const came = await desk.comment(said);
        if (!isRefusal(came)) {
          return redirect(`/${lang}/comments?receipt=${came.receipt}&sent=1`);
        }
        const again = { typed: { clause, author, body }, refusal: came };
        const asked = { slug: params.slug, formFields: request.formFields, again };
        const shown =
          (await consultationPage(reader, lang, asked)) ?? (await missingPage(reader, lang));
        return "html" in shown ? htmlAnswer(shown.html, shown.status === 404 ? 404 : 422) : came;
      },
    }),
    page({
      ...{ method: "POST", path: "/{lang}/comments", face: "disclosure" },
      form: z.strictObject({ receipt: typed }),
      async handle({ lang, form: { receipt = "" }, id }) {
        const came = await desk.erase({ receipt, id });
        if (isRefusal(came)) return came;
        return redirect(`/${lang}/comments?receipt=${encodeURIComponent(receipt)}`);
      },
    }),
    page({
      ...{ path: "/{lang}/attachments/{hash}", face: "disclosure" },
      params: z.strictObject({ hash }),
      async handle({ lang, params }) {
        const found = await reader.hearings.attachment(params.hash);
        if (found !== undefined) return file(found.bytes, { type: found.type, name: found.name });
        const missing = await missingPage(reader, lang);
        return htmlAnswer("html" in missing ? missing.html : "", 404);
      },
    }),
  ];
}
