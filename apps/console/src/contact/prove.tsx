/** Proving one address: where its code is, six digits to type in, and asking for another code. */
import { type SyntheticEvent, useState } from "react";
import { TextInput } from "@mantine/core";
import type { ContactsAnswer } from "@sandbank/sandbox/contract";
import { sayIn, useSetting, type Saying } from "../setting.ts";
import { contactWords as words } from "../words/contact.words.ts";
import { readCode } from "./typed.ts";

type Contact = ContactsAnswer["contacts"][number];

const MINUTE_S = 60;

/** Where the code of an unproven address is, in one sentence. */
function codeSaid(code: Contact["code"], say: Saying): string {
  if (code === null) return say(words.no_code);
  if (code.triesLeft === 0) return say(words.void);
  if (code.state === "given_up") return say(words.not_sent);
  if (code.holdsSeconds === 0) return say(words.over);
  if (code.state !== "sent") return say(words.sending);
  const minutes = String(Math.ceil(code.holdsSeconds / MINUTE_S));
  return say(words.sent, { minutes, left: String(code.triesLeft) });
}

interface ProveProps {
  readonly contact: Contact;
  /** Sends what was typed in; true if it was the code. */
  prove(code: string): Promise<boolean>;
  another(): void;
}

export function Prove({ contact: { id, code }, prove, another }: ProveProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState(false);
  const [busy, setBusy] = useState(false);
  const field = `code-${id}`;
  const isOpen = code !== null && code.triesLeft > 0 && code.holdsSeconds > 0;
  const send = async (digits: string) => {
    setBusy(true);
    if (!(await prove(digits))) setBusy(false);
    setTyped("");
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    const digits = readCode(typed);
    setFault(digits === undefined);
    if (digits === undefined) document.getElementById(field)?.focus();
    else if (!busy) void send(digits);
  };
  return (
    <div className="stack">
      <p>{codeSaid(code, say)}</p>
      {isOpen && (
        <form className="fields" noValidate onSubmit={sent}>
          <TextInput
            id={field}
            label={say(words.code)}
            description={say(words.code_hint)}
            error={fault ? say(words.code_wanted) : undefined}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <p className="acts">
            <button type="submit" className="button primary" aria-disabled={busy}>
              {say(words.prove)}
            </button>
          </p>
        </form>
      )}
      {code !== null && code.pauseSeconds > 0 ? (
        <p className="small">{say(words.another_in, { seconds: String(code.pauseSeconds) })}</p>
      ) : (
        <p className="acts">
          <button type="button" className="button" onClick={another}>
            {say(words.another)}
          </button>
        </p>
      )}
    </div>
  );
}
