/** Whoever is not signed in reads how: by passkey, and in the demonstration by a link as well. */
import type { Lang } from "@sandbank/kernel/words";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useEffect, useState } from "react";
import type { Trouble } from "./ask.ts";
import { signIn } from "./device/ceremony.ts";
import { usePilot } from "./frame.tsx";
import { sayIn } from "./setting.ts";
import { frameWords } from "./words/frame.words.ts";
import { signInWords as words } from "./words/device.words.ts";

interface SignInProps {
  readonly lang: Lang;
  again(): void;
}

export function SignIn({ lang, again }: SignInProps) {
  const say = sayIn(lang);
  const demo = usePilot(lang)?.demo ?? false;
  useEffect(() => {
    document.title = `${say(words.title)} · ${say(frameWords.name)}`;
  });
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p className="lead">{say(words.lead)}</p>
      <Passkey lang={lang} again={again} />
      {demo && (
        <section className="panel stack" aria-labelledby="demo-link">
          <h2 id="demo-link">{say(words.demo_title)}</h2>
          <p>{say(words.demo_text)}</p>
        </section>
      )}
    </>
  );
}

function Passkey({ lang, again }: SignInProps) {
  const say = sayIn(lang);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    const answer = await signIn(lang);
    setBusy(false);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    if ("good" in answer) again();
  };
  return (
    <section className="panel stack" aria-labelledby="passkey">
      <h2 id="passkey">{say(words.passkey_title)}</h2>
      <p>{say(words.passkey_text)}</p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <p className="acts">
        <button
          type="button"
          className="button primary"
          aria-disabled={busy}
          onClick={() => void (busy || enter())}
        >
          {say(words.passkey)}
        </button>
      </p>
      <span className="sr" role="status">
        {busy ? say(frameWords.sending) : ""}
      </span>
    </section>
  );
}
