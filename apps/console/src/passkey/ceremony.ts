/**
 * What passes between server, browser and device: the server asks, the device answers, the server
 * judges. A person who says no to the device is told so in the form of any other "no".
 */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { Lang } from "@sandbank/kernel/words";
import { type Answer, ask } from "../ask.ts";
import { sayIn, type Who } from "../setting.ts";
import { passkeyWords as words } from "../words/passkey.words.ts";

interface Ceremony {
  readonly lang: Lang;
  /** The path that takes the answer; what is asked stands at `options` below it, unless told. */
  readonly path: string;
  /** Sent with the answer, and with the question where it needs to know. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly asked?: Readonly<Record<string, unknown>>;
  readonly csrf?: string;
}

type Answering = (options: object) => Promise<object>;

async function hold(ceremony: Ceremony, answering: Answering): Promise<Answer<Who>> {
  const { lang, path, body = {}, asked = {}, csrf } = ceremony;
  const proven = csrf === undefined ? {} : { csrf };
  const options = await ask<object>(`${path}/options`, { lang, body: asked, ...proven });
  if ("trouble" in options) return options;
  let response: object;
  try {
    response = await answering(options.good);
  } catch {
    return { trouble: notCompleted(lang) };
  }
  return ask<Who>(path, { lang, body: { ...body, response }, ...proven });
}

function notCompleted(lang: Lang) {
  const say = sayIn(lang);
  return {
    ...{ status: 0, code: "passkey_not_completed", instance: "" },
    title: say(words.not_completed),
    detail: say(words.not_completed_text),
    remedy: say(words.not_completed_remedy),
  };
}

const create: Answering = (options) =>
  startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
const confirm: Answering = (options) =>
  startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });

/** Signs in by a passkey of this device. */
export function signIn(lang: Lang): Promise<Answer<Who>> {
  return hold({ lang, path: "/api/session/passkey", body: { face: "console" } }, confirm);
}

/** Registers this device by an invitation, and signs in. */
export function enrol(
  lang: Lang,
  { link, name }: { readonly link: string; readonly name: string },
): Promise<Answer<Who>> {
  const path = "/api/session/invite";
  return hold({ lang, path, body: { link, name }, asked: { link } }, create);
}

/** Registers one more device of whoever is signed in. */
export function enrolAnother(
  lang: Lang,
  { name, csrf }: { readonly name: string; readonly csrf: string },
): Promise<Answer<Who>> {
  return hold({ lang, path: "/api/session/passkeys", body: { name }, csrf }, create);
}

/** Confirms that it is still the same person, for five minutes. */
export function stepUp(lang: Lang, csrf: string): Promise<Answer<Who>> {
  return hold({ lang, path: "/api/session/step-up", csrf }, confirm);
}
