/** What stands around every page: skip link, sign, phase of the pilot, the five ways, demo strip. */
import { formatInstant, type Lang } from "@sandbank/kernel/words";
import type { PilotSummary } from "@sandbank/sandbox/contract";
import { LANG_TAGS, PHASE_WORDS, type PhaseName, uiWords } from "@sandbank/ui";
import { Go, Sign } from "@sandbank/ui/face/parts";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useAsk } from "./ask.ts";
import { Tag } from "./parts/tag.tsx";
import { PILOT, sayIn, SettingContext, type Who } from "./setting.ts";
import { addressOf, readPlace, useAddress } from "./way.ts";
import { frameWords as words } from "./words/frame.words.ts";

const PILOT_EVERY_MS = 30_000;
const CLOCK_EVERY_MS = 30_000;

interface PlainProps {
  readonly lang: Lang;
  readonly children: ReactNode;
}

function Masthead({ lang, children }: { readonly lang: Lang; readonly children?: ReactNode }) {
  const other: Lang = lang === "zh" ? "en" : "zh";
  const say = sayIn(lang);
  return (
    <header className="masthead">
      <div className="wrap medium">
        <Go className="brand" to={addressOf(lang, [])}>
          <Sign />
          {say(words.name)}
        </Go>
        {children}
        <a
          className="lang end"
          href={useAddress().replace(/^\/(zh|en)/, `/${other}`)}
          lang={LANG_TAGS[other]}
          hrefLang={LANG_TAGS[other]}
        >
          {say(uiWords.other_language)}
        </a>
      </div>
    </header>
  );
}

function Foot({ lang }: { readonly lang: Lang }) {
  const say = sayIn(lang);
  return (
    <footer className="foot">
      <div className="wrap medium row apart">
        <p>{say(uiWords.zone)}</p>
        <p>
          <a href={`/${lang}/pilots/${PILOT}`}>{say(words.public_page)}</a>
        </p>
      </div>
    </footer>
  );
}

function Skip({ lang }: { readonly lang: Lang }) {
  return (
    <a className="skip" href="#main">
      {sayIn(lang)(uiWords.skip)}
    </a>
  );
}

/** The frame without ways, for whoever is not signed in. */
export function PlainFrame({ lang, children }: PlainProps) {
  return (
    <>
      <Skip lang={lang} />
      <Masthead lang={lang} />
      <main id="main" className="wrap medium stack" tabIndex={-1}>
        {children}
      </main>
      <Foot lang={lang} />
    </>
  );
}

/** The pilot of this app, read again now and then: its phase can change under an open page. */
export function usePilot(lang: Lang): PilotSummary | undefined {
  const all = useAsk<{ pilots: PilotSummary[] }>("/api/pilots", { lang, every_ms: PILOT_EVERY_MS });
  return all.value?.pilots.find(({ slug }) => slug === PILOT);
}

/** The frame of everything behind the door. */
export function Frame({ lang, who, children }: PlainProps & { readonly who: Who }) {
  const address = useAddress();
  const pilot = usePilot(lang);
  const setting = useMemo(() => ({ lang, who, pilot }), [lang, who, pilot]);
  const main = useRef<HTMLElement>(null);
  const path = address.split("?")[0];
  const first = useRef(path);
  useEffect(() => {
    if (first.current !== path) main.current?.focus({ preventScroll: true });
    first.current = path;
  }, [path]);
  return (
    <SettingContext value={setting}>
      <Skip lang={lang} />
      <Masthead lang={lang}>
        {pilot !== undefined && <Phase lang={lang} state={pilot.state} />}
        <Ways lang={lang} />
      </Masthead>
      {pilot?.demo === true && <Demo lang={lang} />}
      <main id="main" className="wrap medium stack-l" tabIndex={-1} ref={main}>
        {children}
      </main>
      <Foot lang={lang} />
    </SettingContext>
  );
}

/** Results of an evaluation are a stage of it on every page. */
export function phaseOf(state: PilotSummary["state"]): PhaseName {
  return state === "passed" || state === "failed" ? "evaluation" : state;
}

function Phase({ lang, state }: { readonly lang: Lang; readonly state: PilotSummary["state"] }) {
  const { word, tone } = PHASE_WORDS[phaseOf(state)];
  return <Tag tone={tone}>{sayIn(lang)(word)}</Tag>;
}

/** Which of the ways a page belongs to. */
const WAY_OF: Readonly<Record<string, string>> = {
  tokens: "",
  rights: "me",
  complaints: "me",
  devices: "me",
  leaving: "me",
  receipts: "me",
  settings: "me",
};

function Ways({ lang }: { readonly lang: Lang }) {
  const say = sayIn(lang);
  const [section = ""] = readPlace(useAddress()).parts;
  const here = WAY_OF[section] ?? section;
  const ways = [
    { part: "", label: words.tokens },
    { part: "cards", label: words.cards },
    { part: "payments", label: words.payments },
    { part: "notices", label: words.notices },
    { part: "me", label: words.me },
  ];
  return (
    <nav className="nav" aria-label={say(uiWords.nav)}>
      {ways.map(({ part, label }) => (
        <Go key={part} to={addressOf(lang, part === "" ? [] : [part])} current={here === part}>
          {say(label)}
        </Go>
      ))}
    </nav>
  );
}

/** Says what is real and what is not, and what time it is in the demonstration. */
function Demo({ lang }: { readonly lang: Lang }) {
  const say = sayIn(lang);
  const clock = useAsk<{ now: string }>("/api/clock", { lang, every_ms: CLOCK_EVERY_MS });
  const at = clock.value?.now;
  const now = at === undefined ? "…" : formatInstant(Date.parse(at)).slice(0, 16);
  return (
    <aside className="demo" aria-label={say(uiWords.demo_label)}>
      <div className="wrap medium">{say(words.demo, { now })}</div>
    </aside>
  );
}
