/**
 * Following a complaint by its receipt code, without a script and without an account. The code
 * travels in the body of a form and never in an address. What cannot be undone is asked for twice.
 */
import { fromIso } from "@sandbank/kernel/clock";
import { type Lang, type Refusal, formatInstant, isRefusal, say } from "@sandbank/kernel/words";
import type { ComplaintStep, FollowedComplaint, Following } from "@sandbank/sandbox/contract";
import { choice, errorSummary, facts, field, form, type Html, html, note } from "@sandbank/ui";
import { type PageAnswer, frame } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import type { ComplaintDesk } from "../complaint.ports.ts";
import { ACT_WORDS, complaintWords as words } from "./complaint.words.ts";
import {
  COMPLAINT_STATE_WORDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_GROUNDS,
  COMPLAINT_STEPS,
} from "@sandbank/sandbox/contract";
import { lastDay } from "./numbers.page.ts";

interface Around {
  readonly reader: DisclosureReader;
  readonly desk: ComplaintDesk;
  readonly lang: Lang;
}

type Page = { readonly status: 200 | 422; readonly html: string };

/** Where the code is typed. */
export async function askReceiptPage(
  reader: DisclosureReader,
  lang: Lang,
  formFields: string,
): Promise<PageAnswer> {
  return { status: 200, html: await askHtml({ reader, lang }, { formFields, typed: "" }) };
}

async function askHtml(
  { reader, lang }: Pick<Around, "reader" | "lang">,
  shown: { readonly formFields: string; readonly typed: string; readonly error?: string },
): Promise<string> {
  const setting = await reader.setting();
  const { error, typed, formFields } = shown;
  const title = say(words.follow, lang);
  const main = html`<div class="narrow stack">
    ${errorSummary(lang, error === undefined ? [] : [{ field: "receipt", text: error }])}
    <h1>${title}</h1>
    <p class="lead">${say(words.follow_lead, lang)}</p>
    ${form({
      action: `/${lang}/complaints`,
      formFields,
      fields: field({
        ...{ lang, name: "receipt", label: say(words.receipt, lang), value: typed },
        hint: say(words.receipt_hint, lang),
        autocomplete: "off",
        ...(error === undefined ? {} : { error }),
      }),
      act: say(words.show, lang),
    })}
  </div>`;
  return frame(lang, setting, { title, path: "/complaints", main });
}

/** The complaint of a code, or the question again. */
export async function showComplaint(
  around: Around,
  asked: { readonly receipt: string; readonly formFields: () => string },
): Promise<Page> {
  const { lang, desk } = around;
  const found = await desk.follow(asked.receipt);
  if (isRefusal(found)) {
    const again = { formFields: asked.formFields(), typed: asked.receipt };
    const error = say(words.error_receipt, lang);
    return { status: 422, html: await askHtml(around, { ...again, error }) };
  }
  return { status: 200, html: await statusHtml(around, { ...asked, found }) };
}

export interface Acting {
  readonly receipt: string;
  readonly act: string;
  readonly words: string;
  readonly confirmed: boolean;
}

const ACTS: readonly Following["act"][] = ["add", "request_recheck", "escalate", "withdraw"];

/** What cannot be undone: asked for once more on a page of its own before it is done. */
const FINAL = ["withdraw", "erase"] as const;
type Final = (typeof FINAL)[number];

/** An act by receipt: done, asked again before what cannot be undone, or shown with what is wrong. */
export async function actOnComplaint(
  around: Around,
  sent: Acting & { readonly id: string; readonly formFields: () => string },
): Promise<Page | Refusal> {
  const { lang, desk } = around;
  const { receipt, formFields } = sent;
  const found = await desk.follow(receipt);
  if (isRefusal(found)) return showComplaint(around, sent);
  const final = FINAL.find((one) => one === sent.act && found.may[one]);
  if (final !== undefined && !sent.confirmed) {
    return { status: 200, html: await sureHtml(around, final, { receipt, formFields, found }) };
  }
  if (final === "erase") return carriedOut(around, sent, await desk.eraseWords(sent));
  const act = ACTS.find((one) => one === sent.act);
  const said = sent.words.trim();
  const fault =
    act === undefined
      ? { field: "act", text: say(words.error_act_choice, lang) }
      : (act === "add" && said === "") || said.length > 5000
        ? { field: "words", text: say(words.error_words, lang) }
        : undefined;
  if (act === undefined || fault !== undefined) {
    const typed = { act: sent.act, words: sent.words };
    const shown = { receipt, formFields, found, typed, ...(fault && { fault }) };
    return { status: 422, html: await statusHtml(around, shown) };
  }
  const following = { receipt, act, ...(said === "" ? {} : { words: said }) };
  return carriedOut(around, sent, await desk.act({ id: sent.id, following }));
}

/** The complaint as it stands after an act, or why the act was refused. */
async function carriedOut(
  around: Around,
  { receipt, formFields }: Pick<Status, "receipt" | "formFields">,
  done: true | Refusal,
): Promise<Page | Refusal> {
  if (isRefusal(done)) return done;
  const found = await around.desk.follow(receipt);
  if (isRefusal(found)) return found;
  return { status: 200, html: await statusHtml(around, { receipt, formFields, found, done }) };
}

interface Status {
  readonly receipt: string;
  readonly formFields: () => string;
  readonly found: FollowedComplaint;
  readonly done?: boolean;
  readonly typed?: { readonly act: string; readonly words: string };
  readonly fault?: { readonly field: string; readonly text: string };
}

async function statusHtml({ reader, lang }: Around, status: Status): Promise<string> {
  const { found, fault, done } = status;
  const { complaint } = found;
  const [setting, pilot] = await Promise.all([reader.setting(), reader.pilot(found.pilot)]);
  const title = say(words.status_of, lang, { number: complaint.number });
  const main = html`<div class="narrow stack-l">
    ${errorSummary(lang, fault === undefined ? [] : [fault])}
    ${done === true && note("ok", html`<p role="status">${say(words.done, lang)}</p>`)}
    <div class="stack">
      <h1>${title}</h1>
      <div class="panel">${factsOf(lang, found, pilot?.name[lang] ?? found.pilot)}</div>
    </div>
    <section class="stack" aria-labelledby="steps">
      <h2 id="steps">${say(words.steps, lang)}</h2>
      <ol class="panel rows">
        ${found.steps.map((step) => html`<li>${stepHtml(step, lang)}</li>`)}
      </ol>
    </section>
    ${nextSection(lang, status)}
    ${found.may.erase && erasing(lang, status)}
  </div>`;
  return frame(lang, setting, { title, path: "/complaints", main, unlisted: true });
}

function factsOf(lang: Lang, { complaint, may }: FollowedComplaint, pilot: string): Html {
  const { outcome, recheckOutcome, ground, escalatedAt, due, answeredAt } = complaint;
  const when = (at: string | null) => at !== null && formatInstant(fromIso(at));
  return facts(
    [
      { term: say(words.pilot, lang), value: pilot },
      { term: say(words.stage, lang), value: say(COMPLAINT_STATE_WORDS[complaint.state], lang) },
      {
        term: say(words.due, lang),
        value: answeredAt === null && say(words.decided_by, lang, { date: lastDay(due) }),
      },
      {
        term: say(words.outcome, lang),
        value: outcome !== null && say(COMPLAINT_OUTCOMES[outcome], lang),
      },
      {
        term: say(words.ground, lang),
        value: ground !== null && say(COMPLAINT_GROUNDS[ground], lang),
      },
      {
        term: say(words.recheck_outcome, lang),
        value: recheckOutcome !== null && say(COMPLAINT_OUTCOMES[recheckOutcome], lang),
      },
      {
        term: say(words.recheck_until, lang),
        value: may.recheck && may.recheckUntil !== null && lastDay(may.recheckUntil),
      },
      { term: say(words.escalated, lang), value: when(escalatedAt) },
    ],
    "wide",
  );
}

const SIDES = { complainant: words.by_you, staff: words.by_institution, clock: words.by_clock };

function stepHtml(step: ComplaintStep, lang: Lang): Html {
  const known = COMPLAINT_STEPS[step.event];
  const outcome = step.detail["outcome"];
  const days = step.detail["days"];
  return html`<div class="stack-s">
    <p>
      <b>${known === undefined ? step.event : say(known, lang)}</b>
      ${typeof days === "number" && html`· ${say(words.days_given, lang, { n: String(days) })}`}
      ${isOutcome(outcome) && html`· ${say(COMPLAINT_OUTCOMES[outcome], lang)}`}
    </p>
    <p class="small">
      ${say(SIDES[step.side], lang)} · <time>${formatInstant(fromIso(step.at))}</time>
    </p>
    ${
      step.words !== undefined &&
      html`<p class="quiet">${step.words ?? say(words.step_words_erased, lang)}</p>`
    }
  </div>`;
}

function isOutcome(value: unknown): value is keyof typeof COMPLAINT_OUTCOMES {
  return typeof value === "string" && Object.hasOwn(COMPLAINT_OUTCOMES, value);
}

function nextSection(lang: Lang, { found, receipt, formFields, typed, fault }: Status): Html {
  const { may } = found;
  const open = ACTS.filter((act) => (act === "request_recheck" ? may.recheck : may[act]));
  if (open.length === 0) return html`<p>${say(words.nothing_next, lang)}</p>`;
  const options = open.map((value) => ({ value, label: say(ACT_WORDS[value], lang) }));
  const chosen = typed?.act ?? "";
  return html`<section class="stack" aria-labelledby="next">
    <h2 id="next">${say(words.what_next, lang)}</h2>
    ${form({
      action: `/${lang}/complaints/act`,
      formFields: formFields(),
      fields: html`<input type="hidden" name="receipt" value="${receipt}" />
        <div id="act" class="stack-s">
          ${fault?.field === "act" && html`<p class="error">${fault.text}</p>`}
          ${choice({
            ...{ lang, name: "act", legend: say(words.choose_act, lang), options },
            ...(chosen === "" ? {} : { value: chosen }),
          })}
        </div>
        ${field({
          ...{ lang, name: "words", label: say(words.words, lang), rows: 4 },
          ...{ value: typed?.words ?? "", hint: say(words.words_hint, lang) },
          ...(fault?.field === "words" ? { error: fault.text } : {}),
        })}`,
      act: say(words.send_act, lang),
    })}
  </section>`;
}

/** What cannot be undone is behind a fold: first what it does, then the act, which asks once more. */
function erasing(lang: Lang, { receipt, formFields }: Pick<Status, "receipt" | "formFields">) {
  return html`<details>
    <summary>${say(words.erase, lang)}</summary>
    <div class="stack">
      <p>${say(words.erase_text, lang)}</p>
      ${form({
        ...{ action: `/${lang}/complaints/act`, formFields: formFields(), grave: true },
        fields: html`${hidden("receipt", receipt)}${hidden("act", "erase")}`,
        act: say(words.erase_act, lang),
      })}
    </div>
  </details>`;
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

const SURE = {
  withdraw: {
    ...{ title: words.withdraw_title, text: words.withdraw_text },
    ...{ act: words.withdraw_act, instead: words.keep_it },
  },
  erase: {
    ...{ title: words.erase_title, text: words.erase_text },
    ...{ act: words.erase_act, instead: words.keep_words },
  },
} as const;

async function sureHtml(
  { reader, lang }: Around,
  final: Final,
  of: Pick<Status, "receipt" | "formFields" | "found">,
): Promise<string> {
  const setting = await reader.setting();
  const { number, state } = of.found.complaint;
  const { text, act, instead, ...sure } = SURE[final];
  const title = say(sure.title, lang, { number });
  const main = html`<div class="narrow stack">
    <h1>${title}</h1>
    <p class="lead">${say(text, lang)}</p>
    <div class="panel">
      ${facts([
        { term: say(words.number, lang), value: number },
        { term: say(words.stage, lang), value: say(COMPLAINT_STATE_WORDS[state], lang) },
      ])}
    </div>
    ${form({
      action: `/${lang}/complaints/act`,
      formFields: of.formFields(),
      fields: html`${hidden("receipt", of.receipt)}${hidden("act", final)}${hidden("confirmed", "yes")}`,
      act: say(act, lang),
      grave: true,
      instead: { href: `/${lang}/complaints`, label: say(instead, lang) },
    })}
  </div>`;
  return frame(lang, setting, { title, path: "/complaints", main, unlisted: true });
}
