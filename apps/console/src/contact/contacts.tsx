/** Where whoever is signed in, and his organisation, hear outside that a letter waits. */
import { useState } from "react";
import type { ContactsAnswer, OutcomeAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { ask, isUnknown, type Trouble, useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { contactWords as words } from "../words/contact.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { ContactPanel } from "./contact.tsx";
import { OpenContact } from "./open.tsx";

/** A code is on its way for some seconds, and a try is as good as the count that it is shown beside. */
const EVERY_MS = 3_000;

const SAID = {
  open: words.opened_said,
  proof: words.proven_said,
  codes: words.another_said,
  close: words.closed_said,
} as const;
type Verb = keyof typeof SAID;

/** Sends acts; the same reference again where it is not known whether one was taken. */
function useContactAct(again: () => void) {
  const { lang, who } = useSetting();
  const [trouble, setTrouble] = useState<Trouble>();
  const [said, setSaid] = useState<Verb>();
  const [reference, setReference] = useState(drawId);
  const act = async (verb: Verb, path: string, body?: object): Promise<boolean> => {
    const sent = { lang, csrf: who.csrf, id: reference, method: "POST" } as const;
    const answer = await ask<OutcomeAnswer>(path, body === undefined ? sent : { ...sent, body });
    const failed = "trouble" in answer ? answer.trouble : undefined;
    if (failed === undefined || !isUnknown(failed)) setReference(drawId());
    setTrouble(failed);
    setSaid(failed === undefined ? verb : undefined);
    again();
    return failed === undefined;
  };
  return { trouble, said, act };
}

export function ContactsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<ContactsAnswer>("/api/contacts", { lang, every_ms: EVERY_MS });
  const { trouble, said, act } = useContactAct(reading.again);
  const { value } = reading;
  const above = [{ to: addressOf(lang, ["inbox"]), label: say(frameWords.inbox) }];
  return (
    <Titled title={say(words.title)} above={above} lead={<p>{say(words.lead)}</p>}>
      <p className="note ok" role="status" hidden={said === undefined}>
        {said !== undefined && say(SAID[said])}
      </p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <Pending reading={reading} />
      {value !== undefined && <Contacts answer={value} act={act} />}
    </Titled>
  );
}

interface ContactsProps {
  readonly answer: ContactsAnswer;
  act(verb: Verb, path: string, body?: object): Promise<boolean>;
}

function Contacts({ answer: { kinds, mayOpen, contacts }, act }: ContactsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const used = contacts.filter(({ state }) => state !== "closed");
  const closed = contacts.filter(({ state }) => state === "closed");
  const panel = (contact: ContactsAnswer["contacts"][number]) => (
    <ContactPanel
      key={contact.id}
      contact={contact}
      act={(verb, body) => act(verb, `/api/contacts/${contact.id}/${verb}`, body)}
    />
  );
  return (
    <>
      {used.length === 0 && (
        <p className="panel empty">{say(mayOpen ? words.none : words.not_yours)}</p>
      )}
      {used.map(panel)}
      {kinds.length === 0 && <p className="note">{say(words.nowhere)}</p>}
      {mayOpen && kinds.length > 0 && (
        <OpenContact kinds={kinds} open={(body) => act("open", "/api/contacts", body)} />
      )}
      {closed.length > 0 && (
        <details className="panel stack">
          <summary>{say(words.closed_ones, { n: String(closed.length) })}</summary>
          {closed.map(panel)}
        </details>
      )}
    </>
  );
}
