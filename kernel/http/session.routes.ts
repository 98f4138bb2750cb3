/**
 * Signing in and out over JSON, for every face: one-time links (demo), passkeys, invites, step-up.
 * Secrets of sessions travel in cookies only and never in an answer.
 */
import { z } from "zod";
import { toIso } from "../clock/index.ts";
import { FACES, type Identity, ROLES, type Session, type SignedIn } from "../identity/index.ts";
import { type Refusal, isRefusal } from "../words/index.ts";
import { type Asked, type Route, answerWithSession, route } from "./route.ts";

const text = z.object({ zh: z.string(), en: z.string() });
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const face = z.enum(FACES);
const browser = z.looseObject({});
/** The one thing that is to be confirmed, by its SHA-256; left out, the session is. */
const stepping = z.strictObject({
  about: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
const keyName = z.string().min(1).max(80);

/** Who is signed in, as the face's own pages need it. */
export const whoContract = z.object({
  person: z.string(),
  name: text,
  organisation: z.object({ id: z.string(), kind: z.string(), name: text, fictional: z.boolean() }),
  roles: z.array(z.enum(ROLES)),
  face,
  lang: z.enum(["zh", "en"]),
  csrf: z.string(),
  expires: z.string(),
  stepped_up_until: z.string().nullable(),
  /** The one thing that was confirmed last, by its SHA-256, and until when that counts. */
  confirmed: z.object({ digest: z.string(), until: z.string() }).nullable(),
});
export type Who = z.infer<typeof whoContract>;

/** A session as `whoContract` shows it. */
export function whoOf(session: Session): Who {
  const { principal, organisation, expires } = session;
  const until = principal.steppedUpUntil;
  const { confirmed } = principal;
  return {
    person: principal.id,
    name: session.name,
    organisation,
    roles: [...principal.roles],
    face: session.face,
    lang: session.lang,
    csrf: session.csrf,
    expires: toIso(expires),
    stepped_up_until: until === undefined ? null : toIso(until),
    confirmed: confirmed ? { digest: confirmed.digest, until: toIso(confirmed.until) } : null,
  };
}

function begun(signed: SignedIn | Refusal) {
  return isRefusal(signed) ? signed : answerWithSession(whoOf(signed.session), signed);
}

function visitOf(asked: Asked<unknown, unknown, unknown>) {
  const { session, sessionToken: token } = asked;
  if (session === undefined || token === undefined) throw new Error("a session route without one");
  return { session, token };
}

function signInRoutes(identity: Identity): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/session/link",
      summary: { zh: "用一次性链接登录（仅演示）", en: "Sign in by a one-time link (demo only)" },
      auth: "none",
      body: z.object({ link: secret }),
      answer: whoContract,
      handle: async ({ body }) => begun(await identity.signInByLink(body.link)),
    }),
    route({
      method: "POST",
      path: "/api/session/passkey/options",
      summary: { zh: "开始用通行密钥登录", en: "Begin to sign in by a passkey" },
      auth: "none",
      answer: browser,
      handle: async () => ({ ...(await identity.signInOptions()) }),
    }),
    route({
      method: "POST",
      path: "/api/session/passkey",
      summary: { zh: "用通行密钥登录", en: "Sign in by a passkey" },
      auth: "none",
      body: z.object({ face, response: browser }),
      answer: whoContract,
      handle: async ({ body }) => begun(await identity.signInByPasskey(body.face, body.response)),
    }),
    route({
      method: "POST",
      path: "/api/session/invite/options",
      summary: { zh: "凭邀请开始登记通行密钥", en: "Begin to register a passkey by invite" },
      auth: "none",
      body: z.object({ link: secret }),
      answer: browser,
      handle: async ({ body }) => optionsOf(await identity.registrationOptions(body)),
    }),
    route({
      method: "POST",
      path: "/api/session/invite",
      summary: { zh: "凭邀请登记通行密钥并登录", en: "Register a passkey by invite and sign in" },
      auth: "none",
      body: z.object({ link: secret, name: keyName, response: browser }),
      answer: whoContract,
      handle: async ({ body }) => begun(await identity.registerPasskey({ link: body.link }, body)),
    }),
  ];
}

function optionsOf(options: object | Refusal): Record<string, unknown> | Refusal {
  return isRefusal(options) ? options : { ...options };
}

function stepUpRoutes(identity: Identity): Route[] {
  const shown = (session: Session | Refusal) => (isRefusal(session) ? session : whoOf(session));
  return [
    route({
      method: "POST",
      path: "/api/session/step-up/options",
      summary: { zh: "开始再次确认本人", en: "Begin to confirm again" },
      auth: "session",
      query: stepping,
      answer: browser,
      async handle(asked) {
        const { session } = visitOf(asked);
        return optionsOf(await identity.stepUpOptions(session, asked.query.about));
      },
    }),
    route({
      method: "POST",
      path: "/api/session/step-up",
      summary: { zh: "用通行密钥再次确认本人", en: "Confirm again by a passkey" },
      auth: "session",
      body: z.object({ response: browser }),
      answer: whoContract,
      handle: async (asked) =>
        shown(await identity.stepUpByPasskey(visitOf(asked), asked.body.response)),
    }),
    route({
      method: "POST",
      path: "/api/session/step-up/simulated",
      summary: { zh: "模拟再次确认（仅演示）", en: "Confirm again, simulated (demo only)" },
      auth: "session",
      query: stepping,
      answer: whoContract,
      handle: async (asked) =>
        shown(await identity.stepUpSimulated(visitOf(asked), asked.query.about)),
    }),
  ];
}

const passkeyContract = z.object({
  id: z.string(),
  name: z.string(),
  created: z.string(),
  last_used: z.string().nullable(),
});

function passkeyRoutes(identity: Identity): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/session/passkeys",
      summary: { zh: "我的通行密钥", en: "My passkeys" },
      auth: "session",
      answer: z.object({ passkeys: z.array(passkeyContract) }),
      handle: async ({ principal }) => {
        const known = await identity.listPasskeys(principal.id);
        const passkeys = known.map(({ id, name, created, last_used }) => ({
          id,
          name,
          created: toIso(created),
          last_used: last_used === null ? null : toIso(last_used),
        }));
        return { passkeys };
      },
    }),
    route({
      method: "POST",
      path: "/api/session/passkeys/options",
      summary: { zh: "开始登记一把通行密钥", en: "Begin to register a passkey" },
      auth: "session",
      answer: browser,
      handle: async (asked) => optionsOf(await identity.registrationOptions(visitOf(asked))),
    }),
    route({
      method: "POST",
      path: "/api/session/passkeys",
      summary: { zh: "登记一把通行密钥", en: "Register a passkey" },
      auth: "session",
      body: z.object({ name: keyName, response: browser }),
      answer: whoContract,
      handle: async (asked) => {
        const made = await identity.registerPasskey(visitOf(asked), asked.body);
        return isRefusal(made) ? made : whoOf(made.session);
      },
    }),
    route({
      method: "DELETE",
      path: "/api/session/passkeys/{id}",
      summary: { zh: "停用一把通行密钥", en: "Revoke a passkey" },
      auth: "session",
      params: z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,400}$/) }),
      answer: z.object({ revoked: z.boolean() }),
      handle: async ({ params, principal }) => ({
        revoked: await identity.revokePasskey({ id: params.id, person: principal.id }),
      }),
    }),
  ];
}

/** The routes of signing in and out. */
export function sessionRoutes(identity: Identity): Route[] {
  return [
    ...signInRoutes(identity),
    ...stepUpRoutes(identity),
    ...passkeyRoutes(identity),
    route({
      method: "GET",
      path: "/api/session",
      summary: { zh: "我是谁", en: "Who I am" },
      auth: "session",
      answer: whoContract,
      handle: async (asked) => whoOf(visitOf(asked).session),
    }),
    route({
      method: "DELETE",
      path: "/api/session",
      summary: { zh: "退出登录", en: "Sign out" },
      auth: "session",
      answer: z.object({ signed_out: z.literal(true) }),
      handle: async (asked) => {
        const { session, token } = visitOf(asked);
        await identity.signOut(token);
        return answerWithSession({ signed_out: true as const }, { end: session.face });
      },
    }),
  ];
}
