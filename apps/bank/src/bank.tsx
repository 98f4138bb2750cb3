/** The bank's app: who is signed in decides between its pages and the page that says how to sign in. */
import type { Lang } from "@sandbank/kernel/words";
import { Component, lazy, type ReactNode, Suspense, useEffect } from "react";
import { useAsk } from "./ask.ts";
import { Frame, PlainFrame } from "./frame.tsx";
import { Pages } from "./pages.tsx";
import { ReadingTrouble } from "@sandbank/ui/face/parts";
import { Waiting } from "./parts/waiting.tsx";
import { sayIn, type Who } from "./setting.ts";
import { SignIn } from "./sign-in.tsx";
import { readPlace, useAddress } from "./way.ts";
import { frameWords as words } from "./words/frame.words.ts";

const SESSION_EVERY_MS = 60_000;

const Invite = lazy(() => import("./device/invite.tsx"));

export function Bank() {
  const { lang, parts } = readPlace(useAddress());
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  }, [lang]);
  return (
    <Broken lang={lang}>
      <Suspense fallback={<Waiting lang={lang} />}>
        <Door lang={lang} parts={parts} />
      </Suspense>
    </Broken>
  );
}

function Door({ lang, parts }: { readonly lang: Lang; readonly parts: readonly string[] }) {
  const session = useAsk<Who>("/api/session", { lang, every_ms: SESSION_EVERY_MS });
  const [section, link] = parts;
  const { value, trouble, again } = session;
  if (section === "invite" && link !== undefined) {
    return <PlainFrame lang={lang}>{<Invite lang={lang} link={link} again={again} />}</PlainFrame>;
  }
  if (trouble?.status === 401) {
    return <PlainFrame lang={lang}>{<SignIn lang={lang} again={again} />}</PlainFrame>;
  }
  if (value === undefined) {
    return (
      <PlainFrame lang={lang}>
        {trouble === undefined ? (
          <Waiting lang={lang} lines={6} />
        ) : (
          <ReadingTrouble trouble={trouble} lang={lang} again={again} />
        )}
      </PlainFrame>
    );
  }
  return (
    <Frame lang={lang} who={value}>
      <Pages signedOut={again} />
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
          <h1>{say(words.broken)}</h1>
          <p>{say(words.broken_text)}</p>
          <p>
            <button type="button" className="button" onClick={() => location.reload()}>
              {say(words.reload)}
            </button>
          </p>
        </div>
      </PlainFrame>
    );
  }
}
