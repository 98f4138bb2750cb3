/** How this device shows the app: the elder view, and the language. */
import { LANG_TAGS } from "@sandbank/ui";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { keepView, useView } from "../view.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { settingWords as words } from "../words/setting.words.ts";

export default function SettingsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const elder = useView() === "elder";
  const above = [{ to: addressOf(lang, ["me"]), label: say(frameWords.me) }];
  return (
    <Titled title={say(words.settings)} above={above}>
      <section className="panel stack" aria-labelledby="view">
        <h2 id="view">{say(words.view)}</h2>
        <label className="switch">
          <span>
            <b>{say(words.elder)}</b>
            <br />
            <span className="small">{say(words.elder_about)}</span>
          </span>
          <input
            type="checkbox"
            role="switch"
            checked={elder}
            onChange={() => keepView(elder ? "usual" : "elder")}
          />
        </label>
      </section>
      <section className="panel stack" aria-labelledby="language">
        <h2 id="language">{say(words.language)}</h2>
        <ul className="row">
          {(["zh", "en"] as const).map((one) => (
            <li key={one}>
              <a
                className="button"
                href={addressOf(one, ["settings"])}
                lang={LANG_TAGS[one]}
                hrefLang={LANG_TAGS[one]}
                {...(one === lang ? { "aria-current": "true" as const } : {})}
              >
                {words[one][one]}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Titled>
  );
}
