/** What stands around every page: skip link, sign, navigation with counts, demonstration strip. */
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { InboxAnswer, PilotSummary, TaskAnswer } from "@sandbank/sandbox/contract";
import { type Lang, type Text, formatInstant } from "@sandbank/kernel/words";
import { LANG_TAGS, uiWords } from "@sandbank/ui";
import { Sign } from "@sandbank/ui/face/parts";
import { mayApprove, overseesTokens } from "./offices.ts";
import { ask, useAsk } from "./ask.ts";
import { Go } from "./parts/go.tsx";
import { ReadingsContext } from "./readings.ts";
import { TOKENS_PILOT } from "./requestor/acts.ts";
import { mayServe } from "./service/acts.ts";
import { TOKEN_SECTIONS } from "./requestor/ways.tsx";
import { sayIn, SettingContext, type Who } from "./setting.ts";
import { addressOf, readPlace, useAddress } from "./way.ts";
import { frameWords } from "./words/frame.words.ts";
import { requestorWords } from "./words/requestor.words.ts";
import { serviceWords } from "./words/service.words.ts";

const TASKS_EVERY_MS = 5_000;
const INBOX_EVERY_MS = 10_000;
const PILOTS_EVERY_MS = 10_000;
const CLOCK_EVERY_MS = 5_000;

function Brand({ lang }: { readonly lang: Lang }) {
  return (
    <a className="brand" href={`/${lang}/`}>
      <Sign />
      Sandbank<span lang="zh-Hans">沙岸</span>
    </a>
  );
}

function Language({ lang, address }: { readonly lang: Lang; readonly address: string }) {
  const other: Lang = lang === "zh" ? "en" : "zh";
  return (
    <a
      className="lang"
      href={address.replace(/^\/(zh|en)/, `/${other}`)}
      lang={LANG_TAGS[other]}
      hrefLang={LANG_TAGS[other]}
    >
      {sayIn(lang)(uiWords.other_language)}
    </a>
  );
}

/** The frame without navigation, for whoever is not signed in. */
export function PlainFrame({
  lang,
  children,
}: {
  readonly lang: Lang;
  readonly children: ReactNode;
}) {
  const address = useAddress();
  return (
    <>
      <a className="skip" href="#main">
        {sayIn(lang)(uiWords.skip)}
      </a>
      <header className="masthead">
        <div className="wrap">
          <Brand lang={lang} />
          <span className="end">
            <Language lang={lang} address={address} />
          </span>
        </div>
      </header>
      <main id="main" className="wrap stack-l narrow" tabIndex={-1}>
        {children}
      </main>
      <Foot lang={lang} />
    </>
  );
}

function Foot({ lang }: { readonly lang: Lang }) {
  return (
    <footer className="foot">
      <div className="wrap">
        <p>{sayIn(lang)(uiWords.zone)}</p>
      </div>
    </footer>
  );
}

interface FrameProps {
  readonly lang: Lang;
  readonly who: Who;
  readonly children: ReactNode;
  signedOut(): void;
}

/** The frame of everything behind the door. */
export function Frame({ lang, who, children, signedOut }: FrameProps) {
  const address = useAddress();
  const pilots = useAsk<{ pilots: PilotSummary[] }>("/api/pilots", {
    lang,
    every_ms: PILOTS_EVERY_MS,
  });
  const tasks = useAsk<{ tasks: TaskAnswer[] }>("/api/tasks", { lang, every_ms: TASKS_EVERY_MS });
  const setting = useMemo(() => ({ lang, who }), [lang, who]);
  const inbox = useAsk<InboxAnswer>("/api/inbox", { lang, every_ms: INBOX_EVERY_MS });
  const readings = useMemo(() => ({ pilots, tasks, inbox }), [pilots, tasks, inbox]);
  const main = useRef<HTMLElement>(null);
  const path = address.split("?")[0];
  const first = useRef(path);
  useEffect(() => {
    if (first.current !== path) main.current?.focus({ preventScroll: true });
    first.current = path;
  }, [path]);
  const say = sayIn(lang);
  const demo = pilots.value?.pilots.some((pilot) => pilot.demo) ?? false;
  return (
    <SettingContext value={setting}>
      <ReadingsContext value={readings}>
        <div className="console">
          <a className="skip" href="#main">
            {say(uiWords.skip)}
          </a>
          <header className="side">
            <Brand lang={lang} />
            <Navigation
              lang={lang}
              tokens={wayIntoTokens(who, tokensRunBy(pilots.value?.pilots))}
              waiting={waitingFor(tasks.value?.tasks, who)}
              unread={inbox.value?.unread ?? 0}
            />
          </header>
          <div>
            {demo && <Demo lang={lang} />}
            <Topbar lang={lang} who={who} address={address} signedOut={signedOut} />
            <main id="main" className="wrap stack-l" tabIndex={-1} ref={main}>
              {children}
            </main>
            <Foot lang={lang} />
          </div>
        </div>
      </ReadingsContext>
    </SettingContext>
  );
}

function waitingFor(tasks: readonly TaskAnswer[] | undefined, who: Who): number {
  return tasks?.filter((task) => !task.mine && mayApprove(who, task.command)).length ?? 0;
}

function tokensRunBy(pilots: readonly PilotSummary[] | undefined): readonly string[] {
  return pilots?.find(({ slug }) => slug === TOKENS_PILOT)?.runBy ?? [];
}

/** An entry of the navigation; `count` is what waits behind it. */
interface WayIn {
  readonly part: string;
  readonly label: Text;
  readonly count?: number;
}

/** Whoever looks over payment tokens comes in at the requestors, who only serves holders at those. */
function wayIntoTokens(who: Who, runBy: readonly string[]): WayIn | undefined {
  if (overseesTokens(who, runBy)) return { part: "requestors", label: requestorWords.section };
  return mayServe({ runBy: [...runBy] }, who)
    ? { part: "holders", label: serviceWords.title }
    : undefined;
}

interface NavigationProps {
  readonly lang: Lang;
  /** The page of payment tokens at which the reader comes in, if any. */
  readonly tokens: WayIn | undefined;
  /** Decisions that wait for the reader, and letters not yet read. */
  readonly waiting: number;
  readonly unread: number;
}

function Navigation({ lang, tokens, waiting, unread }: NavigationProps) {
  const say = sayIn(lang);
  const [section = ""] = readPlace(useAddress()).parts;
  const items: readonly WayIn[] = [
    { part: "", label: frameWords.today },
    { part: "inbox", label: frameWords.inbox, count: unread },
    { part: "approvals", label: frameWords.approvals, count: waiting },
    { part: "applications", label: frameWords.applications },
    { part: "pilots", label: frameWords.pilots },
    { part: "directives", label: frameWords.directives },
    { part: "incidents", label: frameWords.incidents },
    { part: "complaints", label: frameWords.complaints },
    { part: "compensation", label: frameWords.compensation },
    { part: "evaluations", label: frameWords.evaluations },
    { part: "exits", label: frameWords.exits },
    ...(tokens === undefined ? [] : [tokens]),
    { part: "vault", label: frameWords.vault },
    { part: "journal", label: frameWords.journal },
  ];
  return (
    <nav aria-label={say(frameWords.nav)}>
      <ul>
        {items.map(({ part, label, count = 0 }) => (
          <li key={part}>
            <Go to={addressOf(lang, part === "" ? [] : [part])} current={isIn(section, part)}>
              {say(label)}
              {count > 0 && <span className="count">{count}</span>}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Pages of payment tokens stand under one name. */
function isIn(section: string, part: string): boolean {
  return section === part || (part === "requestors" && TOKEN_SECTIONS.includes(section));
}

function Topbar({
  lang,
  who,
  address,
  signedOut,
}: {
  readonly lang: Lang;
  readonly who: Who;
  readonly address: string;
  readonly signedOut: () => void;
}) {
  const say = sayIn(lang);
  const leave = async () => {
    await ask("/api/session", { lang, method: "DELETE", csrf: who.csrf });
    signedOut();
  };
  return (
    <div className="topbar" role="region" aria-label={say(frameWords.console)}>
      <div className="wrap">
        <p className="small">
          {say(frameWords.you, { name: say(who.name), organisation: say(who.organisation.name) })}
        </p>
        <p className="row">
          <Go to={addressOf(lang, ["passkeys"])} className="go-to">
            {say(frameWords.passkeys)}
          </Go>
          <button type="button" className="plain" onClick={() => void leave()}>
            {say(frameWords.sign_out)}
          </button>
          <Language lang={lang} address={address} />
        </p>
      </div>
    </div>
  );
}

/** Says what is real and what is not, and what time it is in the demonstration. */
function Demo({ lang }: { readonly lang: Lang }) {
  const say = sayIn(lang);
  const clock = useAsk<{ now: string }>("/api/clock", { lang, every_ms: CLOCK_EVERY_MS });
  const at = clock.value?.now;
  const now = at === undefined ? "…" : formatInstant(Date.parse(at));
  return (
    <aside className="demo" aria-label={say(frameWords.demo_label)}>
      <div className="wrap">{say(frameWords.demo, { now })}</div>
    </aside>
  );
}
