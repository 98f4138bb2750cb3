/** The console: who is signed in decides between its pages and the page that says how to sign in. */
import { MantineProvider } from "@mantine/core";
import { Component, type ReactNode, useEffect } from "react";
import type { Lang } from "@sandbank/kernel/words";
import { useAsk } from "./ask.ts";
import { Frame, PlainFrame } from "./frame.tsx";
import { Pages } from "./pages.tsx";
import { Invite } from "./passkey/invite.tsx";
import { ReadingTrouble } from "./parts/trouble.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { sayIn, type Who } from "./setting.ts";
import { SignIn } from "./sign-in.tsx";
import { themeOf } from "./theme.ts";
import { type Place, readPlace, useAddress } from "./way.ts";
import { frameWords } from "./words/frame.words.ts";

const SESSION_EVERY_MS = 60_000;

export function Console() {
  const place = readPlace(useAddress());
  const { lang } = place;
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  }, [lang]);
  return (
    <MantineProvider theme={themeOf(lang)} defaultColorScheme="auto">
      <Broken lang={lang}>
        <Door lang={lang} parts={place.parts} />
      </Broken>
    </MantineProvider>
  );
}

function Door({ lang, parts }: Pick<Place, "lang" | "parts">) {
  const session = useAsk<Who>("/api/session", { lang, every_ms: SESSION_EVERY_MS });
  const [section, link] = parts;
  if (section === "invite" && link !== undefined) {
    return (
      <PlainFrame lang={lang}>
        <Invite lang={lang} link={link} again={session.again} />
      </PlainFrame>
    );
  }
  const signedOut = session.trouble?.status === 401;
  if (signedOut) {
    return (
      <PlainFrame lang={lang}>
        <SignIn lang={lang} again={session.again} />
      </PlainFrame>
    );
  }
  if (session.value === undefined) {
    return (
      <PlainFrame lang={lang}>
        {session.trouble === undefined ? (
          <Waiting lang={lang} lines={6} />
        ) : (
          <ReadingTrouble trouble={session.trouble} lang={lang} again={session.again} />
        )}
      </PlainFrame>
    );
  }
  return (
    <Frame lang={lang} who={session.value} signedOut={session.again}>
      <Pages />
    </Frame>
  );
}

interface BrokenProps {
  readonly lang: Lang;
  readonly children: ReactNode;
}

/** The last resort: a page that fails says so, in words, and sends nothing. */
class Broken extends Component<BrokenProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { lang, children } = this.props;
    if (!this.state.failed) return children;
    const say = sayIn(lang);
    return (
      <PlainFrame lang={lang}>
        <div className="errors stack" role="alert">
          <h1>{say(frameWords.broken)}</h1>
          <p>{say(frameWords.broken_text)}</p>
          <p>
            <button type="button" className="button" onClick={() => location.reload()}>
              {say(frameWords.reload)}
            </button>
          </p>
        </div>
      </PlainFrame>
    );
  }
}
