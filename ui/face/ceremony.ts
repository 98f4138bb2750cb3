/**
 * What passes between server, browser and device: the server asks, the device answers, the server
 * judges. A person who says no to the device is told so in the form of any other "no". The library
 * is fetched with the first ceremony, not with the page.
 */
import type { Lang, Text } from "@sandbank/kernel/words";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { Answer, Asking } from "./ask.ts";

interface Ceremony {
  readonly lang: Lang;
  /** The path that takes the answer; what is asked stands at `options` below it, unless told. */
  readonly path: string;
  /** Sent with the answer, and with the question where it needs to know. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly asked?: Readonly<Record<string, unknown>>;
  /** What is confirmed, by its SHA-256; the person himself, where nothing is named. */
  readonly about?: string | undefined;
  readonly csrf?: string;
}

type Answering = (options: object) => Promise<object>;

const library = () => import("@simplewebauthn/browser");

const create: Answering = async (options) =>
  (await library()).startRegistration({
    optionsJSON: options as PublicKeyCredentialCreationOptionsJSON,
  });
const confirm: Answering = async (options) =>
  (await library()).startAuthentication({
    optionsJSON: options as PublicKeyCredentialRequestOptionsJSON,
  });

/** What a face says when the device did not complete a ceremony. */
export interface NotCompleted {
  readonly title: Text;
  readonly detail: Text;
  readonly remedy: Text;
}

/** The ceremonies of one face; each answers with who is signed in. */
export function ceremoniesOf<Who>(face: string, asking: Pick<Asking, "ask">, said: NotCompleted) {
  const hold = async (ceremony: Ceremony, answering: Answering): Promise<Answer<Who>> => {
    const { lang, path, body = {}, asked = {}, about, csrf } = ceremony;
    const proven = csrf === undefined ? {} : { csrf };
    const question = `${path}/options${about === undefined ? "" : `?about=${about}`}`;
    const options = await asking.ask<object>(question, { lang, body: asked, ...proven });
    if ("trouble" in options) return options;
    let response: object;
    try {
      response = await answering(options.good);
    } catch {
      const { title, detail, remedy } = said;
      const told = { title: title[lang], detail: detail[lang], remedy: remedy[lang] };
      return { trouble: { status: 0, code: "passkey_not_completed", instance: "", ...told } };
    }
    return asking.ask<Who>(path, { lang, body: { ...body, response }, ...proven });
  };
  return {
    /** Signs in by a passkey of this device. */
    signIn: (lang: Lang) => hold({ lang, path: "/api/session/passkey", body: { face } }, confirm),
    /** Registers this device by an invitation, and signs in. */
    enrol: (lang: Lang, { link, name }: { readonly link: string; readonly name: string }) =>
      hold({ lang, path: "/api/session/invite", body: { link, name }, asked: { link } }, create),
    /** Registers one more device of whoever is signed in. */
    enrolAnother: (lang: Lang, { name, csrf }: { readonly name: string; readonly csrf: string }) =>
      hold({ lang, path: "/api/session/passkeys", body: { name }, csrf }, create),
    /** Confirms one thing, or that it is still the same person, for five minutes. */
    stepUp: (lang: Lang, csrf: string, about?: string) =>
      hold({ lang, path: "/api/session/step-up", csrf, about }, confirm),
  };
}
