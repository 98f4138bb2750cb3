/** The passkeys of whoever is signed in: which there are, one more, and one less. */
import { useState } from "react";
import { momentText } from "../pilot/figures.ts";
import { ask, type Trouble, useAsk } from "../ask.ts";
import { Titled } from "../parts/titled.tsx";
import { ReadingTrouble, TroubleNote } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { passkeyWords as words } from "../words/passkey.words.ts";
import { enrolAnother, stepUp } from "./ceremony.ts";
import { Device } from "./device.tsx";

interface PasskeyShown {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly last_used: string | null;
}

export function PasskeysPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const known = useAsk<{ passkeys: PasskeyShown[] }>("/api/session/passkeys", { lang });
  const [said, setSaid] = useState("");
  const tell = (text: string) => {
    setSaid(text);
    known.again();
  };
  const passkeys = known.value?.passkeys;
  return (
    <Titled title={say(words.mine)} lead={<p>{say(words.mine_lead)}</p>}>
      <p className="note" role="status" hidden={said === ""}>
        {said}
      </p>
      {known.waiting && <Waiting lang={lang} />}
      {known.trouble !== undefined && (
        <ReadingTrouble trouble={known.trouble} lang={lang} again={known.again} />
      )}
      {passkeys?.length === 0 && <p>{say(words.none)}</p>}
      {passkeys !== undefined && passkeys.length > 0 && (
        <ul className="rows panel" aria-label={say(words.mine)}>
          {passkeys.map((passkey) => (
            <One
              key={passkey.id}
              passkey={passkey}
              last={passkeys.length === 1}
              revoked={() => tell(say(words.revoked, { name: passkey.name }))}
            />
          ))}
        </ul>
      )}
      <Another registered={(name) => tell(say(words.done_text, { name }))} />
    </Titled>
  );
}

/** Registers this device; who has not lately confirmed is asked to by a passkey that is there. */
function Another({ registered }: { registered(name: string): void }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [stale, setStale] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [round, setRound] = useState(0);
  const confirm = async () => {
    const answer = await stepUp(lang, who.csrf);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    if ("trouble" in answer) return;
    setStale(false);
    setRound((before) => before + 1);
  };
  return (
    <section className="panel stack" aria-labelledby="another">
      <h2 id="another">{say(words.another)}</h2>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <Device
        key={round}
        lang={lang}
        button={say(words.register)}
        register={(name) => enrolAnother(lang, { name, csrf: who.csrf })}
        registered={registered}
        refused={({ code }) => setStale(code === "step_up_needed")}
      />
      {stale && (
        <p className="acts">
          <button type="button" className="button" onClick={() => void confirm()}>
            {say(words.confirm)}
          </button>
        </p>
      )}
      <p role="status">{round > 0 && !stale ? say(words.confirmed) : ""}</p>
    </section>
  );
}

interface OneProps {
  readonly passkey: PasskeyShown;
  readonly last: boolean;
  revoked(): void;
}

function One({ passkey, last, revoked }: OneProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const { id, name, created, last_used } = passkey;
  const revoke = async () => {
    const path = `/api/session/passkeys/${encodeURIComponent(id)}`;
    const answer = await ask<object>(path, { lang, method: "DELETE", csrf: who.csrf });
    if ("trouble" in answer) return setTrouble(answer.trouble);
    return revoked();
  };
  return (
    <li className="stack">
      <p>
        <b>{name}</b>
        <span className="small">
          {" "}
          {say(words.registered_at, { at: momentText(created) })} ·{" "}
          {last_used === null
            ? say(words.never_used)
            : say(words.used_at, { at: momentText(last_used) })}
        </span>
      </p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {asking ? (
        <>
          <p>
            {say(words.revoke_sure)} {last && say(words.revoke_last)}
          </p>
          <p className="acts">
            <button type="button" className="button" onClick={() => void revoke()}>
              {say(words.revoke_yes)}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {say(words.keep)}
            </button>
          </p>
        </>
      ) : (
        <p className="acts">
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {say(words.revoke, { name })}
          </button>
        </p>
      )}
    </li>
  );
}
