/** The post office of an installation: what the configuration names, and nothing where it names none. */
import type { PostSettings } from "@sandbank/kernel/config";
import { outside } from "@sandbank/kernel/outside";
import type { Identity } from "@sandbank/kernel/identity";
import type { ContactKind, Notice, PostOffice } from "@sandbank/sandbox";
import { mailer } from "./mail.ts";
import { texter } from "./sms.ts";

type Sender = (notice: Notice, signal: AbortSignal) => Promise<"taken" | "refused">;

export interface Joined {
  readonly identity: Pick<Identity, "mode" | "presentRoles">;
  /** Where people reach us. */
  site(): string;
  /** Codes that prove addresses follow from it. */
  readonly codeKey: Uint8Array;
}

/** Joins senders and identity; undefined where nothing is set up. */
export function postOffice(
  settings: PostSettings | undefined,
  joined: Joined,
): PostOffice | undefined {
  if (settings === undefined) return undefined;
  const door = outside(settings);
  const senders = new Map<ContactKind, Sender>();
  if (settings.mail !== undefined) senders.set("mail", mailer(settings.mail, door));
  if (settings.sms !== undefined) senders.set("sms", texter(settings.sms, door));
  if (senders.size === 0) return undefined;
  const { identity } = joined;
  return {
    kinds: [...senders.keys()],
    demo: identity.mode === "demo",
    async send(notice, signal) {
      const sender = senders.get(notice.kind);
      if (sender === undefined) throw new Error(`no way to send ${notice.kind} is set up`);
      return sender(notice, signal);
    },
    rolesOf: (person) => identity.presentRoles({ kind: "person", roles: [], ...person }),
    inbox: (lang) => `${joined.site()}/${lang}/console/inbox`,
    contacts: (lang) => `${joined.site()}/${lang}/console/contacts`,
    codeKey: joined.codeKey,
  };
}
