/** The forms of complaints behind the transport: what is sent, and what the page answers. */
import { type Page, type PageAnswer, html as htmlAnswer, page } from "@sandbank/kernel/http";
import { type Refusal, isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { missingPage } from "../routes.ts";
import type { DisclosureReader } from "../ports.ts";
import type { ComplaintDesk } from "../complaint.ports.ts";
import { actOnComplaint, showComplaint } from "../complaint/follow.page.ts";
import { sendComplaint } from "../complaint/form.page.ts";

const typed = z.string().max(20_000).optional();

/** Loose on purpose: what is wrong with it is said on the page, with everything kept. */
const complaintForm = z.strictObject({
  ...{ category: typed, text: typed, wish: typed, name: typed, contact: typed, act: typed },
  ...{ persons: typed, representatives: typed },
});
const receiptForm = z.strictObject({ receipt: typed });
const actForm = z.strictObject({ receipt: typed, act: typed, words: typed, confirmed: typed });

type Shown = { readonly status: 200 | 404 | 422; readonly html: string };

function answered(shown: Shown | Refusal): PageAnswer | Refusal {
  return isRefusal(shown) ? shown : htmlAnswer(shown.html, shown.status);
}

/** POST pages: lodging, showing, acting. Their forms are checked by the transport before. */
export function deskHttp(reader: DisclosureReader, desk: ComplaintDesk): readonly Page[] {
  return [
    page({
      ...{ method: "POST", path: "/{lang}/pilots/{slug}/complain", face: "disclosure" },
      params: z.strictObject({ slug: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/) }),
      form: complaintForm,
      async handle(request) {
        const { lang, params, form, id } = request;
        const sent = { slug: params.slug, id, typed: form, formFields: () => request.formFields };
        const shown = await sendComplaint({ reader, desk, lang }, sent);
        if (shown !== undefined) return answered(shown);
        const missing = await missingPage(reader, lang);
        return "html" in missing ? answered(missing) : htmlAnswer("", 404);
      },
    }),
    page({
      ...{ method: "POST", path: "/{lang}/complaints", face: "disclosure", form: receiptForm },
      async handle(request) {
        const { lang, form } = request;
        const asked = { receipt: form.receipt ?? "", formFields: () => request.formFields };
        return answered(await showComplaint({ reader, desk, lang }, asked));
      },
    }),
    page({
      ...{ method: "POST", path: "/{lang}/complaints/act", face: "disclosure", form: actForm },
      async handle(request) {
        const { lang, form, id } = request;
        const { receipt = "", act = "", words = "", confirmed } = form;
        const acting = { receipt, act, words, confirmed: confirmed === "yes" };
        const sent = { ...acting, id, formFields: () => request.formFields };
        return answered(await actOnComplaint({ reader, desk, lang }, sent));
      },
    }),
  ];
}
