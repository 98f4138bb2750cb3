/**
 * Serves pages: the viewer of the page's face, its forms with their proof of intent, and the answer
 * as HTML, redirect or file. What is personal is never kept by a cache.
 */
import assert from "node:assert/strict";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { machineNow, uuidv7 } from "../clock/index.ts";
import { sameSecret } from "../identity/index.ts";
import { type Refusal, isRefusal, refusalEntry } from "../words/index.ts";
import { type Headers, findViewer, isCommandId } from "./caller.ts";
import { type Edge, chargeRate, languageOf, sendRefusal, setSession } from "./edge.ts";
import { FORM_FIELDS, type FormFields } from "./form.ts";
import { refuse } from "./http.refusals.ts";
import type { Page, PageAnswer, PageRequest } from "./page.ts";
import { escapeHtml } from "./plain.ts";
import { Refused } from "./problem.ts";
import { type Reader, readerOf } from "./reader.ts";
import { VISITOR } from "./route.ts";
import { isCrossSite, policyOf } from "./security.ts";

interface Compiled {
  readonly page: Page;
  readonly reader: Reader;
}

/** The path as Fastify writes it: `{lang}` is zh or en, `{name*}` the rest. */
export function pagePattern(path: string): string {
  return path
    .replace(/\{([A-Za-z0-9_]+)\*\}$/, "*")
    .replaceAll("{lang}", ":lang(^zh$|^en$)")
    .replaceAll(/\{([A-Za-z0-9_]+)\}/g, ":$1");
}

/** Registers one page; answers with what reads its requests. */
export function servePage(app: FastifyInstance, edge: Edge, page: Page): Reader {
  const { params, query, form: body } = page;
  const compiled = { page, reader: readerOf("page", { params, query, body }) };
  const method = page.method ?? "GET";
  const headers = page.face === "till" ? edge.headers.till : edge.headers[policyOf(page.face)];
  const label = `${method} ${page.path}`;
  app.route({
    method,
    url: pagePattern(page.path),
    config: { registered: { kind: "page", label, headers } },
    onRequest: async (request, reply) => {
      const asked = { headers: request.headers as Headers, https: edge.https };
      const fresh = page.fresh_seconds ?? 0;
      if (fresh === 0) request.caller = await findViewer(edge.identity, asked, page.face);
      chargeRate(edge, request, reply);
      if (page.auth === "session" && request.caller?.session === undefined) {
        throw new Refused(notSignedIn());
      }
      if (method === "POST" && isCrossSite(request.headers)) {
        throw new Refused(refuse("form_not_ours"));
      }
    },
    handler: async (request, reply) => {
      const asked = requestOf(edge, compiled, request);
      if (isRefusal(asked)) return sendRefusal(edge, { request, reply }, asked);
      const answer = await page.handle(asked);
      if (isRefusal(answer)) return sendRefusal(edge, { request, reply }, answer);
      return sendPage(edge, { request, reply, page }, answer);
    },
  });
  return compiled.reader;
}

function notSignedIn(): Refusal {
  const category = refusalEntry("not_signed_in")?.category ?? "unauthenticated";
  return { refused: true, code: "not_signed_in", category, failed: [] };
}

function requestOf(edge: Edge, compiled: Compiled, request: FastifyRequest): PageRequest | Refusal {
  const { page, reader } = compiled;
  const { lang: _lang, ...rest } = request.params as Record<string, string>;
  const params = reader.params(namedRest(page.path, rest));
  if (isRefusal(params)) return refuse("page_absent");
  const query = reader.query(request.query);
  if (isRefusal(query)) return query;
  const submitted = page.method === "POST" ? submittedOf(edge, page, request) : undefined;
  if (isRefusal(submitted)) return submitted;
  const form = submitted === undefined ? { value: {} } : reader.body(submitted.fields);
  if (isRefusal(form)) return form;
  const { session, sessionToken, principal } = request.caller ?? { principal: VISITOR };
  const lang = languageOf(request);
  const [path = "/"] = request.url.split("?", 1);
  return {
    lang,
    principal,
    path,
    params: params.value,
    query: query.value,
    form: form.value,
    id: submitted?.id ?? uuidv7(),
    otherLang: request.url.replace(/^\/(zh|en)(?=\/|$)/, lang === "zh" ? "/en" : "/zh"),
    get formFields() {
      return formFieldsOf(edge, page, request);
    },
    ...(session === undefined ? {} : { session }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

/** A `{name*}` at the end arrives as `*` and is handed on under its name. */
function namedRest(path: string, params: Record<string, string>): Record<string, string> {
  const name = /\{([A-Za-z0-9_]+)\*\}$/.exec(path)?.[1];
  if (name === undefined) return params;
  const { "*": rest = "", ...others } = params;
  return { ...others, [name]: rest };
}

/** The form's own fields and the command's id, if the form is proven to be ours. */
function submittedOf(
  edge: Edge,
  page: Page,
  request: FastifyRequest,
): { readonly fields: FormFields; readonly id: string } | Refusal {
  const fields = { ...(request.body as FormFields | undefined) };
  const { [FORM_FIELDS.csrf]: csrf, [FORM_FIELDS.id]: named, [FORM_FIELDS.trap]: trap } = fields;
  for (const name of Object.values(FORM_FIELDS)) delete fields[name];
  const session = request.caller?.session;
  if (session !== undefined) {
    if (!sameSecret(csrf, session.csrf)) return refuse("form_not_ours");
    return { fields, id: isCommandId(named) ? named : uuidv7() };
  }
  if (trap !== undefined && trap !== "") return refuse("form_not_ours");
  const tokens = page.quick === true ? edge.quickForms : edge.forms;
  const id = tokens.read(csrf, machineNow());
  return isRefusal(id) ? id : { fields, id };
}

function formFieldsOf(edge: Edge, page: Page, request: FastifyRequest): string {
  assert.ok((page.fresh_seconds ?? 0) === 0, `a page kept by caches has no form: ${page.path}`);
  const hidden = (name: string, value: string) =>
    `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
  const id = uuidv7();
  const session = request.caller?.session;
  if (session !== undefined) {
    return hidden(FORM_FIELDS.csrf, session.csrf) + hidden(FORM_FIELDS.id, id);
  }
  const trap =
    `<input type="text" name="${FORM_FIELDS.trap}" value="" hidden tabindex="-1" ` +
    `autocomplete="off" aria-hidden="true">`;
  return hidden(FORM_FIELDS.csrf, edge.forms.issue(id, machineNow())) + trap;
}

function sendPage(
  edge: Edge,
  sent: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly page: Page },
  answer: PageAnswer,
): FastifyReply {
  const { request, reply, page } = sent;
  const personal = request.caller?.session !== undefined;
  const fresh = page.fresh_seconds ?? 0;
  const kept = fresh > 0 ? `public, max-age=${fresh}` : "no-cache";
  reply.header("cache-control", personal ? "no-store" : kept);
  if (answer.kind === "redirect") {
    if (answer.session !== undefined) setSession(edge, reply, answer.session);
    return reply.header("cache-control", "no-store").code(303).header("location", answer.to).send();
  }
  if (answer.kind === "html") {
    return reply.code(answer.status).type("text/html; charset=utf-8").send(answer.html);
  }
  if (answer.name !== undefined) {
    const name = encodeURIComponent(answer.name.slice(0, 120));
    reply.header("content-disposition", `attachment; filename*=UTF-8''${name}`);
  }
  const bytes = typeof answer.bytes === "string" ? answer.bytes : Buffer.from(answer.bytes);
  return reply.type(answer.type).send(bytes);
}
