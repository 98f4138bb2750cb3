/**
 * Pausing, resuming and deleting a token. Pausing is at once and asks nothing; deleting cannot be
 * undone and therefore says once more what it is. A pause of somebody else is shown with who lifts it.
 */
import type { TokenAnswer } from "@sandbank/tokens/contract";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { Press, useAct } from "../parts/act.tsx";
import { dayText, lastDayText } from "../parts/moment.ts";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { causeWords, tokenWords as words } from "../words/token.words.ts";
import { isPausedByHolder, tailOf, tokenName, useScenes } from "../held/held.ts";

interface LifeProps {
  readonly token: TokenAnswer;
  changed(): void;
}

interface Standing {
  readonly state: string;
  readonly causes: readonly string[];
}

export function Life({ token, changed }: LifeProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<Standing>();
  const [said, setSaid] = useState("");
  const paused = isPausedByHolder(token);
  const turn = async () => {
    const path = `/api/tokens/${token.id}/${paused ? "resume" : "suspend"}`;
    const came = await act.send({ path, body: { cause: "holder", holder: who.person } });
    if (came === undefined) return;
    const still = came.causes.length > 0;
    setSaid(say(paused ? (still ? words.resumed_but : words.resumed) : words.paused));
    changed();
  };
  if (token.state === "deleted") {
    return (
      <p className="note" role="status">
        {say(words.gone)}
      </p>
    );
  }
  return (
    <section className="panel stack" aria-labelledby="pause">
      <h2 id="pause">{say(words.pause)}</h2>
      <Causes token={token} />
      <p className="quiet">{say(words.pause_about)}</p>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      {said !== "" && (
        <p className="note ok" role="status">
          {said}
        </p>
      )}
      <p className="acts">
        <Press
          label={say(paused ? words.resume_this : words.pause_this)}
          look={paused ? "primary" : "plain"}
          busy={act.busy}
          press={() => void turn()}
        />
      </p>
      <Consent token={token} changed={changed} />
      <Deletion token={token} changed={changed} />
    </section>
  );
}

function Causes({ token }: { readonly token: TokenAnswer }) {
  const say = sayIn(useSetting().lang);
  if (token.causes.length === 0) return null;
  return (
    <div className="note warn stack-s">
      <h3>{say(words.causes)}</h3>
      <ul className="rows">
        {token.causes.map((cause) => (
          <li key={cause}>
            <b>{say(causeWords[cause].word)}</b> {say(causeWords[cause].lift)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the token lives by, and how to take it back. */
function Consent({ token, changed }: LifeProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<Standing>();
  const [asking, setAsking] = useState(false);
  const { consent } = token;
  if (consent === null) return null;
  const withdraw = async () => {
    const path = `/api/tokens/${token.id}/consent/withdraw`;
    if (await act.send({ path, body: { holder: who.person } })) changed();
  };
  const { version, given, until } = consent;
  const facts = { version: String(version), at: dayText(given), until: lastDayText(until) };
  return (
    <details open={asking}>
      <summary>{say(words.consent)}</summary>
      <div className="stack">
        <p>{say(words.consent_given, facts)}</p>
        {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
        {asking && <p role="status">{say(words.withdraw_sure)}</p>}
        <p className="acts">
          {asking ? (
            <>
              <Press
                label={say(words.withdraw_yes)}
                look="stop"
                busy={act.busy}
                press={() => void withdraw()}
              />
              <button type="button" className="button" onClick={() => setAsking(false)}>
                {say(words.keep)}
              </button>
            </>
          ) : (
            <button type="button" className="button stop" onClick={() => setAsking(true)}>
              {say(words.withdraw)}
            </button>
          )}
        </p>
      </div>
    </details>
  );
}

function Deletion({ token, changed }: LifeProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<Standing>();
  const scenes = useScenes().value?.scenes;
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    const path = ofHolder(`/api/tokens/${token.id}`, who);
    if (await act.send({ path, method: "DELETE" })) changed();
  };
  const named = { name: tokenName(token, scenes, lang), tail: tailOf(token) };
  return (
    <details open={asking}>
      <summary>{say(words.delete_this)}</summary>
      <div className="stack">
        <p className="quiet">{say(words.delete_about)}</p>
        {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
        {asking && <p role="status">{say(words.delete_sure, named)}</p>}
        <p className="acts">
          {asking ? (
            <>
              <Press
                label={say(words.delete_yes)}
                look="stop"
                busy={act.busy}
                press={() => void remove()}
              />
              <button type="button" className="button" onClick={() => setAsking(false)}>
                {say(words.keep)}
              </button>
            </>
          ) : (
            <button type="button" className="button stop" onClick={() => setAsking(true)}>
              {say(words.delete_this)}
            </button>
          )}
        </p>
      </div>
    </details>
  );
}
