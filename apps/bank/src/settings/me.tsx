/** What is the person's own: rights, complaints, devices, settings, and the way out. */
import { Go } from "@sandbank/ui/face/parts";
import { Press, useAct } from "../parts/act.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { settingWords as words } from "../words/setting.words.ts";

const PLACES = [
  { part: "rights", label: words.rights, about: words.rights_about },
  { part: "complaints", label: words.complaints, about: words.complaints_about },
  { part: "devices", label: words.devices, about: words.devices_about },
  { part: "settings", label: words.settings, about: words.settings_about },
  { part: "leaving", label: words.leaving, about: words.leaving_about },
] as const;

export default function MePage({ signedOut }: { signedOut(): void }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<object>();
  const leave = async () => {
    await act.send({ path: "/api/session", method: "DELETE" });
    signedOut();
  };
  return (
    <Titled title={say(frameWords.me)} lead={say(who.name)}>
      <section className="panel flush">
        <ul className="list">
          {PLACES.map(({ part, label, about }) => (
            <li key={part}>
              <Go to={addressOf(lang, [part])} className="cover">
                <span>
                  <b>{say(label)}</b>
                  <br />
                  <span className="small">{say(about)}</span>
                </span>
                <span className="go" aria-hidden="true">
                  ›
                </span>
              </Go>
            </li>
          ))}
        </ul>
      </section>
      <p className="acts">
        <Press
          label={say(words.sign_out)}
          look="plain"
          busy={act.busy}
          press={() => void leave()}
        />
      </p>
    </Titled>
  );
}
