/**
 * Pages: routes that answer a browser with HTML, a redirect or a file. Every form of a page carries
 * what `formFields` says; the server checks it before `handle` runs, so no page can forget to.
 */
import assert from "node:assert/strict";
import type { z } from "zod";
import type { Face, Principal, Session, SignedIn } from "../identity/index.ts";
import type { Lang, Refusal } from "../words/index.ts";

export interface PageRequest<Params = unknown, Query = unknown, Form = unknown> {
  readonly lang: Lang;
  readonly params: Params;
  readonly query: Query;
  /** What the form said, without the fields of the server. Empty on GET. */
  readonly form: Form;
  /** Who is signed in on this page's face, or `VISITOR`. */
  readonly principal: Principal;
  readonly session?: Session;
  readonly sessionToken?: string;
  /** On POST the id that the form carried: the command id. On GET an id drawn for this view. */
  readonly id: string;
  /** Hidden inputs that every form of this page must contain, as HTML. */
  readonly formFields: string;
  /** Path of this request in the other language, for the language switch. */
  readonly otherLang: string;
  /** Path as asked, without the query. */
  readonly path: string;
}

export type PageAnswer =
  | {
      readonly kind: "html";
      readonly html: string;
      readonly status: 200 | 404 | 409 | 422;
    }
  /** 303 to a path of this site; `session` begins or ends one. */
  | {
      readonly kind: "redirect";
      readonly to: string;
      readonly session?: SignedIn | { readonly end: Face };
    }
  /** Served as an attachment, or inline for JSON and images that we made ourselves. */
  | {
      readonly kind: "file";
      readonly bytes: Uint8Array | string;
      readonly type: string;
      readonly name?: string;
    };

export interface Page<Params = unknown, Query = unknown, Form = unknown> {
  /** GET unless told. A page that takes a form declares a second one with POST. */
  readonly method?: "GET" | "POST";
  /** `/{lang}/…` with `{name}`; a last `{name*}` takes the rest of the path. */
  readonly path: string;
  readonly face: Face;
  /** `session` asks for somebody signed in on the face. */
  readonly auth?: "none" | "session";
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly form?: z.ZodType<Form>;
  /** A form that signs in has no session yet, and may be sent as quickly as one can press. */
  readonly quick?: boolean;
  /** Seconds that anybody may keep the page; 0 unless told. Only for pages the same for everybody. */
  readonly fresh_seconds?: number;
  handle(request: PageRequest<Params, Query, Form>): Promise<PageAnswer | Refusal>;
}

/** Declares a page; only there so that the types of its contracts flow into `handle`. */
export function page<P, Q, F>(declared: Page<P, Q, F>): Page<P, Q, F> {
  return declared;
}

/** A page of HTML. 422 for a form shown again with what is to be mended. */
export function html(text: string, status: 200 | 404 | 409 | 422 = 200): PageAnswer {
  return { kind: "html", html: text, status };
}

/** On to another page of this site. An address of elsewhere is a bug. */
export function redirect(to: string, session?: SignedIn | { readonly end: Face }): PageAnswer {
  assert.ok(isLocalPath(to), `redirect leaves the site: ${to}`);
  return { kind: "redirect", to, ...(session === undefined ? {} : { session }) };
}

/** A file to keep (with `name`) or to show. */
export function file(
  bytes: Uint8Array | string,
  shown: { readonly type: string; readonly name?: string },
): PageAnswer {
  return { kind: "file", bytes, ...shown };
}

/** True for a path of this site: `/` and then neither a second `/` nor a backslash. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path);
}
