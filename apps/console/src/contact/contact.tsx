/** One address for notices: what it is, what became of notices to it, proving it, closing it. */
import type { ContactsAnswer } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";
import { FactList } from "@sandbank/ui/face/parts";
import { AskedTwice } from "../parts/asked-twice.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, type Saying, useSetting } from "../setting.ts";
import { contactWords as words } from "../words/contact.words.ts";
import { Prove } from "./prove.tsx";

type Contact = ContactsAnswer["contacts"][number];

const TONES: Readonly<Record<Contact["state"], Tone>> = {
  unproven: "warn",
  proven: "ok",
  closed: "off",
};

interface ContactProps {
  readonly contact: Contact;
  /** Sends an act about it, such as `close`; true if it was taken. */
  act(verb: "proof" | "codes" | "close", body?: object): Promise<boolean>;
}

export function ContactPanel({ contact, act }: ContactProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { id, kind, state } = contact;
  const address = contact.address ?? say(words.erased);
  const name = `contact-${id}`;
  return (
    <section className="panel stack" aria-labelledby={name}>
      <div className="row apart">
        <h2 id={name}>
          {say(words[kind])} {address}
        </h2>
        <Tag tone={TONES[state]}>{say(words[state])}</Tag>
      </div>
      <Known contact={contact} />
      {state === "unproven" && (
        <Prove
          contact={contact}
          prove={(code) => act("proof", { code })}
          another={() => void act("codes")}
        />
      )}
      {state !== "closed" && (
        <AskedTwice name={address} says={closing(say)} act={() => void act("close")} />
      )}
    </section>
  );
}

function Known({ contact }: Pick<ContactProps, "contact">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { whose, dispatches, openedAt, provenAt, closedAt, failed } = contact;
  const counted = {
    ...{ sent: String(dispatches.sent), waiting: String(dispatches.waiting) },
    failed: String(dispatches.givenUp + dispatches.withdrawn),
  };
  return (
    <FactList
      facts={[
        [say(words.whose), say(words[whose])],
        [say(words.in_lang), say(words[`lang_${contact.lang}`])],
        [say(words.opened), momentText(openedAt)],
        [say(words.proven_at), provenAt && momentText(provenAt)],
        [say(words.closed_at), closedAt && momentText(closedAt)],
        [say(words.letters), provenAt !== null && say(words.letters_n, counted)],
        [say(words.failed), isReason(failed) && say(words[failed])],
      ]}
    />
  );
}

function isReason(failed: string | null): failed is "refused_outside" | "not_taken" {
  return failed === "refused_outside" || failed === "not_taken";
}

/** Closing erases, so it is asked for twice. */
function closing(say: Saying) {
  return {
    ...{ ask: say(words.close), keep: say(words.keep) },
    ...{ sure: say(words.close_sure), yes: say(words.close_yes) },
  };
}
