/** Where an invitation leads, `/{lang}/console/invite/{link}`: a passkey is registered, once. */
import { useEffect } from "react";
import type { Lang } from "@sandbank/kernel/words";
import { sayIn } from "../setting.ts";
import { signInWords } from "../words/frame.words.ts";
import { passkeyWords as words } from "../words/passkey.words.ts";
import { addressOf, go } from "../way.ts";
import { enrol } from "./ceremony.ts";
import { Device } from "./device.tsx";

interface InviteProps {
  readonly lang: Lang;
  readonly link: string;
  /** Looks again at who is signed in. */
  again(): void;
}

export function Invite({ lang, link, again }: InviteProps) {
  const say = sayIn(lang);
  useEffect(() => {
    document.title = `${say(words.invite_title)} · Sandbank`;
  });
  const registered = () => {
    again();
    // The spent link stays in no history.
    go(addressOf(lang, []), "replace");
  };
  return (
    <>
      <div className="stack">
        <h1>{say(words.invite_title)}</h1>
        <p className="lead">{say(words.invite_lead)}</p>
        <p>{say(signInWords.passkey_text)}</p>
      </div>
      <Device
        lang={lang}
        button={say(words.register)}
        register={(name) => enrol(lang, { link, name })}
        registered={registered}
      />
      <p>
        <a className="go-to" href={`/${lang}/`}>
          {say(signInWords.site)}
        </a>
      </p>
    </>
  );
}
