/**
 * Complaining without a script: the form, what is wrong with it, and the receipt. The form carries
 * the server's one-time token, which is also the id of the command, so that sending it twice is one
 * complaint with one receipt code.
 */
import { type Lang, isRefusal, say } from "@sandbank/kernel/words";
import { CATEGORIES, type Lodging, lodgingContract } from "@sandbank/sandbox/contract";
import {
  choice,
  crumbs,
  errorSummary,
  facts,
  field,
  form,
  type Html,
  html,
  note,
} from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader, PilotDetail, Setting } from "../ports.ts";
import { words as site } from "../words.ts";
import type { ComplaintDesk, LodgedComplaint } from "../complaint.ports.ts";
import { complaintWords as words } from "./complaint.words.ts";
import { COMPLAINT_CATEGORIES } from "@sandbank/sandbox/contract";
import { lastDay } from "./numbers.page.ts";

/** What the form sends, as it was typed. */
export interface Typed {
  readonly category?: string | undefined;
  readonly text?: string | undefined;
  readonly wish?: string | undefined;
  readonly name?: string | undefined;
  readonly contact?: string | undefined;
  readonly act?: string | undefined;
  readonly persons?: string | undefined;
  readonly representatives?: string | undefined;
}

type Fault = { readonly field: keyof Typed; readonly word: keyof typeof words };

interface Shown {
  readonly lang: Lang;
  readonly setting: Setting;
  readonly pilot: PilotDetail;
  readonly formFields: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
}

/** The empty form; undefined for a pilot that is unknown or takes no complaints here. */
export async function complainPage(
  reader: DisclosureReader,
  lang: Lang,
  of: { readonly slug: string; readonly formFields: string },
): Promise<PageAnswer | undefined> {
  const found = await pilotOf(reader, of.slug);
  if (found === undefined) return undefined;
  const shown = { lang, ...found, formFields: of.formFields, typed: {}, faults: [] };
  return { status: 200, html: formHtml(shown) };
}

async function pilotOf(reader: DisclosureReader, slug: string) {
  const [pilot, numbers, setting] = await Promise.all([
    reader.pilot(slug),
    reader.complaints(slug),
    reader.setting(),
  ]);
  return pilot && numbers?.taken ? { pilot, setting } : undefined;
}

/** The sent form: a receipt, or the form again with what is to be mended. */
export async function sendComplaint(
  of: { readonly reader: DisclosureReader; readonly desk: ComplaintDesk; readonly lang: Lang },
  sent: {
    readonly slug: string;
    readonly id: string;
    readonly typed: Typed;
    readonly formFields: () => string;
  },
) {
  const { reader, desk, lang } = of;
  const found = await pilotOf(reader, sent.slug);
  if (found === undefined) return undefined;
  const read = readTyped(sent.typed);
  if ("faults" in read) {
    const shown = { lang, ...found, formFields: sent.formFields(), typed: sent.typed };
    return { status: 422 as const, html: formHtml({ ...shown, faults: read.faults }) };
  }
  const lodged = await desk.lodge({ pilot: sent.slug, id: sent.id, lodging: read.lodging });
  if (isRefusal(lodged)) return lodged;
  return { status: 200 as const, html: receiptHtml(lang, found, lodged) };
}

const LIMITS = { wish: 1000, name: 100, contact: 200 } as const;

/** What was typed as a complaint, or everything that is to be mended, in the order of the form. */
export function readTyped(
  typed: Typed,
): { readonly lodging: Lodging } | { readonly faults: Fault[] } {
  const value = (name: keyof Typed) => (typed[name] ?? "").trim();
  const faults: Fault[] = [];
  const fault = (at: keyof Typed, word: keyof typeof words) => faults.push({ field: at, word });
  const isCategory = (CATEGORIES as readonly string[]).includes(value("category"));
  if (!isCategory) fault("category", "error_category");
  const text = value("text");
  if (text.length < 10 || text.length > 5000) fault("text", "error_text");
  if (value("wish").length > LIMITS.wish) fault("wish", "error_wish");
  if (value("name").length > LIMITS.name) fault("name", "error_short");
  if (value("contact").length > LIMITS.contact) fault("contact", "error_contact");
  const act = value("act").toLowerCase();
  const isAct = act === "" || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(act);
  if (!isAct) fault("act", "error_act");
  const count = value("persons").replaceAll(/[,，\s]/g, "") || "1";
  const persons = /^[1-9][0-9]{0,5}$/.test(count) ? Number(count) : 0;
  const names = value("representatives")
    .split("\n")
    .map((one) => one.trim());
  const representatives = names.filter((one) => one !== "");
  if (persons < 1 || persons > 100_000) fault("persons", "error_persons");
  else if (persons === 1 && representatives.length > 0) fault("representatives", "error_single");
  else if (persons > 1 && representatives.length === 0) fault("representatives", "error_group");
  else if (representatives.length > 5) fault("representatives", "error_five");
  else if (representatives.some((one) => one.length > 100)) fault("representatives", "error_short");
  if (faults.length > 0) return { faults };
  const optional = (name: "wish" | "name" | "contact") =>
    value(name) === "" ? {} : { [name]: value(name) };
  return {
    lodging: lodgingContract.parse({
      ...{ category: value("category"), text, persons, representatives },
      ...{ ...optional("wish"), ...optional("name"), ...optional("contact") },
      ...(act === "" ? {} : { act }),
    }),
  };
}

function formHtml(shown: Shown): string {
  const { lang, setting, pilot, faults } = shown;
  const { slug } = pilot;
  const title = say(words.complain_title, lang, { pilot: pilot.name[lang] });
  const list = faults.map((one) => ({ field: one.field, text: say(words[one.word], lang) }));
  const above = [
    { href: `/${lang}/`, label: say(site.pilots, lang) },
    { href: `/${lang}/pilots/${slug}`, label: pilot.name[lang] },
  ];
  const main = html`${crumbs(lang, above, say(words.complain, lang))}
    <div class="narrow stack">
      ${errorSummary(lang, list)}
      <h1>${title}</h1>
      <p class="lead">${say(words.complain_lead, lang)}</p>
      ${note("plain", html`<p>${say(words.complain_privacy, lang)}</p>`)}
      ${form({
        action: `/${lang}/pilots/${slug}/complain`,
        formFields: shown.formFields,
        fields: fieldsOf(shown),
        act: say(words.send, lang),
        instead: { href: `/${lang}/pilots/${slug}`, label: say(words.back_to_pilot, lang) },
      })}
    </div>`;
  return frame(lang, setting, { title, path: `/pilots/${slug}/complain`, main, unlisted: true });
}

function fieldsOf({ lang, typed, faults }: Shown): Html {
  const errorOf = (name: keyof Typed) => {
    const found = faults.find((one) => one.field === name);
    return found === undefined ? {} : { error: say(words[found.word], lang) };
  };
  const input = (
    name: Exclude<keyof Typed, "category">,
    more: { readonly hint?: keyof typeof words; readonly rows?: number } = {},
  ) =>
    field({
      ...{ lang, name, label: say(words[name], lang), value: typed[name] ?? "" },
      ...(more.hint === undefined ? {} : { hint: say(words[more.hint], lang) }),
      ...(more.rows === undefined ? {} : { rows: more.rows }),
      ...errorOf(name),
    });
  const options = CATEGORIES.map((value) => ({
    value,
    label: say(COMPLAINT_CATEGORIES[value], lang),
  }));
  return html`${choice({
    ...{ lang, name: "category", legend: say(words.category, lang), options },
    ...(typed.category === undefined ? {} : { value: typed.category }),
    ...errorOf("category"),
  })}
    ${input("text", { hint: "text_hint", rows: 8 })} ${input("wish", { rows: 3 })} ${input("name")}
    ${input("contact", { hint: "contact_hint" })} ${input("act", { hint: "act_hint" })}
    ${input("persons", { hint: "persons_hint" })}
    ${input("representatives", { hint: "representatives_hint", rows: 3 })}`;
}

function receiptHtml(
  lang: Lang,
  of: { readonly pilot: PilotDetail; readonly setting: Setting },
  lodged: LodgedComplaint,
): string {
  const title = say(words.lodged_title, lang);
  const main = html`<div class="narrow stack">
    <h1>${title}</h1>
    ${note("ok", html`<p>${say(words.decided_by, lang, { date: lastDay(lodged.due) })}</p>`)}
    <div class="panel stack">
      ${facts([
        { term: say(words.number, lang), value: html`<b>${lodged.number}</b>` },
        {
          term: say(words.receipt, lang),
          value: html`<strong class="mono" id="receipt-code">${lodged.receipt}</strong>`,
        },
        { term: say(words.pilot, lang), value: of.pilot.name[lang] },
      ])}
    </div>
    ${note("warn", html`<p>${say(words.lodged_keep, lang)}</p>`)}
    <div class="acts">
      <a class="button primary" href="/${lang}/complaints">${say(words.follow_now, lang)}</a>
      <a href="/${lang}/pilots/${of.pilot.slug}/complaints">${say(words.numbers_title, lang)}</a>
    </div>
  </div>`;
  return frame(lang, of.setting, { title, path: "/complaints", main, unlisted: true });
}
