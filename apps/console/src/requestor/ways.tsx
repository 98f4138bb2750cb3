/** The ways between the pages of payment tokens. */
import { overseesTokens } from "../offices.ts";
import { Go } from "../parts/go.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { endingWords } from "../words/ending.words.ts";
import { misuseWords } from "../words/misuse.words.ts";
import { requestorWords as words } from "../words/requestor.words.ts";
import { sceneWords } from "../words/scene.words.ts";
import { useTokensPilot } from "./acts.ts";
import { serviceWords } from "../words/service.words.ts";

const PAGES = [
  { part: "requestors", name: words.title },
  { part: "scenes", name: sceneWords.title },
  { part: "misuse", name: misuseWords.title },
  { part: "holders", name: serviceWords.title },
  { part: "ending", name: endingWords.title },
] as const;

/** Sections of the console that belong together. */
export const TOKEN_SECTIONS: readonly string[] = PAGES.map(({ part }) => part);

/** Nothing for whoever serves holders and does not look over the rest. */
export function TokenWays({ here }: { readonly here: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const pilot = useTokensPilot();
  if (pilot === undefined || !overseesTokens(who, pilot.runBy)) return null;
  return (
    <nav className="row" aria-label={say(words.ways)}>
      {PAGES.map(({ part, name }) => (
        <Go key={part} to={addressOf(lang, [part])} className="go-to" current={part === here}>
          {say(name)}
        </Go>
      ))}
    </nav>
  );
}
