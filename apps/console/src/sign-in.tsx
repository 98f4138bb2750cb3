/** Whoever is not signed in reads how: by a link in the demonstration, else by a passkey. */
import { useEffect, useState } from "react";
import type { PilotSummary } from "@sandbank/sandbox/contract";
import type { Lang } from "@sandbank/kernel/words";
import { type Trouble, useAsk } from "./ask.ts";
import { signIn as signInByPasskey } from "./passkey/ceremony.ts";
import { TroubleNote } from "./parts/trouble.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { sayIn } from "./setting.ts";
import { frameWords, signInWords as words } from "./words/frame.words.ts";

interface SignInProps {
  readonly lang: Lang;
  again(): void;
}

export function SignIn({ lang, again }: SignInProps) {
  const say = sayIn(lang);
  const pilots = useAsk<{ pilots: PilotSummary[] }>("/api/pilots", { lang });
  useEffect(() => {
    document.title = `${say(words.title)} · Sandbank`;
  });
  const demo = pilots.value?.pilots.some((pilot) => pilot.demo) ?? false;
  return (
    <>
      <div className="stack">
        <h1>{say(words.title)}</h1>
        <p className="lead">{say(words.lead)}</p>
      </div>
      {pilots.waiting ? (
        <Waiting lang={lang} />
      ) : demo ? (
        <DemoLinks lang={lang} />
      ) : (
        <Passkey lang={lang} again={again} />
      )}
      <p>
        <a className="go-to" href={`/${lang}/`}>
          {say(words.site)}
        </a>
      </p>
    </>
  );
}

function DemoLinks({ lang }: { readonly lang: Lang }) {
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="demo-links">
      <h2 id="demo-links">{say(words.demo_title)}</h2>
      <p>{say(words.demo_text)}</p>
      <h3>{say(words.demo_people)}</h3>
      <ul className="rows">
        {[
          ...[words.officer, words.approver, words.operator],
          ...[words.complaints, words.trustees, words.auditor],
        ].map((line) => (
          <li key={line.en}>{say(line)}</li>
        ))}
      </ul>
    </section>
  );
}

function Passkey({ lang, again }: SignInProps) {
  const say = sayIn(lang);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setBusy(true);
    const answer = await signInByPasskey(lang);
    setBusy(false);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    if ("good" in answer) again();
  };
  return (
    <section className="panel stack" aria-labelledby="passkey">
      <h2 id="passkey">{say(words.passkey_title)}</h2>
      <p>{say(words.passkey_text)}</p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <button
        type="button"
        className="button primary"
        disabled={busy}
        onClick={() => void signIn()}
      >
        {say(words.passkey)}
      </button>
      <span className="sr" role="status">
        {busy ? say(frameWords.reading) : ""}
      </span>
    </section>
  );
}
