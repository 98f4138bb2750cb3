/** Where an invitation leads, `/{lang}/bank/invite/{link}`: a passkey is registered, once. */
import type { Lang } from "@sandbank/kernel/words";
import { useEffect } from "react";
import { sayIn } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { deviceWords as words, signInWords } from "../words/device.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { enrol } from "./ceremony.ts";
import { DeviceForm } from "./device-form.tsx";

interface InviteProps {
  readonly lang: Lang;
  readonly link: string;
  /** Looks again at who is signed in. */
  again(): void;
}

export default function Invite({ lang, link, again }: InviteProps) {
  const say = sayIn(lang);
  useEffect(() => {
    document.title = `${say(words.invite_title)} · ${say(frameWords.name)}`;
  });
  const registered = () => {
    again();
    // The spent link stays in no history.
    go(addressOf(lang, []), "replace");
  };
  return (
    <>
      <h1>{say(words.invite_title)}</h1>
      <p className="lead">{say(words.invite_lead)}</p>
      <p>{say(signInWords.passkey_text)}</p>
      <DeviceForm
        lang={lang}
        register={(name) => enrol(lang, { link, name })}
        registered={registered}
      />
    </>
  );
}
