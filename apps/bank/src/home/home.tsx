/** The first page: every token in one place, how much of its day is used, and all of them paused at once. */
import { formatMoney } from "@sandbank/kernel/words";
import type { TokenAnswer, WindowAnswer } from "@sandbank/tokens/contract";
import { drawId, PHASE_WORDS } from "@sandbank/ui";
import { Go, TideBar, TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { ask, type Trouble, useAsk } from "../ask.ts";
import { phaseOf } from "../frame.tsx";
import { Press } from "../parts/act.tsx";
import { type Line, Lines } from "../parts/lines.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { standingOf, tailOf, tokenName, useScenes, useTokens } from "../held/held.ts";
import { addressOf } from "../way.ts";
import { tokenWords as words } from "../words/token.words.ts";

export function HomePage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useTokens();
  const scenes = useScenes().value?.scenes;
  const all = reading.value?.tokens ?? [];
  const kept = all.filter(({ state }) => state !== "deleted");
  const ended = all.filter(({ state }) => state === "deleted");
  const lineOf = (token: TokenAnswer): Line => ({
    id: token.id,
    to: addressOf(lang, ["tokens", token.id]),
    what: <TokenLine token={token} name={tokenName(token, scenes, lang)} />,
  });
  return (
    <Titled title={say(words.mine)} lead={say(words.lead)}>
      <div className="stack">
        <Pending reading={reading} />
        {reading.value !== undefined && kept.length === 0 && (
          <p className="panel empty">{say(words.none)}</p>
        )}
        {kept.length > 0 && (
          <section className="panel flush">
            <Lines label={say(words.list)} lines={kept.map(lineOf)} />
          </section>
        )}
        {reading.value !== undefined && (
          <Acts live={kept.filter(({ state }) => state === "active")} again={reading.again} />
        )}
        {ended.length > 0 && (
          <details>
            <summary>{say(words.ended)}</summary>
            <section className="panel flush">
              <Lines label={say(words.ended)} lines={ended.map(lineOf)} />
            </section>
          </details>
        )}
      </div>
      <Tested />
    </Titled>
  );
}

function TokenLine({ token, name }: { readonly token: TokenAnswer; readonly name: string }) {
  const say = sayIn(useSetting().lang);
  const { word, tone } = standingOf(token, say);
  return (
    <>
      <span className="row apart">
        <span>
          <b>{name}</b> <span className="quiet">{say(words.tail, { tail: tailOf(token) })}</span>
        </span>
        <Tag tone={tone}>{word}</Tag>
      </span>
      <span className="small">{say(words.of_card, { tail: token.last4 })}</span>
      {token.state === "active" && token.controls.dayAmount !== undefined && (
        <DayUse id={token.id} />
      )}
    </>
  );
}

/** How much of today's amount is used: the bar is silent, its figures stand below it. */
function DayUse({ id }: { readonly id: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = ofHolder(`/api/tokens/${id}/windows`, who);
  const reading = useAsk<{ windows: WindowAnswer[] }>(path, { lang });
  const day = reading.value?.windows.find(({ limit }) => limit === "token_day_amount");
  if (day === undefined) return null;
  return (
    <span className="use">
      <TideBar actual={BigInt(day.used)} cap={BigInt(day.cap)} thin />
      <span className="row apart small">
        <span>{say(words.used_today, { used: formatMoney(BigInt(day.used), lang) })}</span>
        <span>{say(words.left, { left: formatMoney(BigInt(day.left), lang) })}</span>
      </span>
    </span>
  );
}

interface ActsProps {
  /** Tokens that can pay now. */
  readonly live: readonly TokenAnswer[];
  again(): void;
}

function Acts({ live, again }: ActsProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [done, setDone] = useState(false);
  const pauseAll = async () => {
    setBusy(true);
    setTrouble(undefined);
    const body = { cause: "holder", holder: who.person };
    const answers = await Promise.all(
      live.map(({ id }) => {
        const sent = { lang, csrf: who.csrf, id: drawId(), body };
        return ask<object>(`/api/tokens/${id}/suspend`, sent);
      }),
    );
    setBusy(false);
    const failed = answers.find((one) => "trouble" in one);
    setTrouble(failed && "trouble" in failed ? failed.trouble : undefined);
    setDone(failed === undefined);
    again();
  };
  return (
    <>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {done && live.length === 0 && (
        <p className="note ok" role="status">
          {say(words.paused_all)}
        </p>
      )}
      <p className="acts">
        <Go to={addressOf(lang, ["tokens", "new"])} className="button primary">
          {say(words.issue)}
        </Go>
        {live.length > 0 && (
          <Press
            label={say(words.pause_all)}
            look="plain"
            busy={busy}
            press={() => void pauseAll()}
          />
        )}
      </p>
    </>
  );
}

/** That this is a test, what that means in the phase it is in, and where to read on. */
function Tested() {
  const { lang, pilot } = useSetting();
  const say = sayIn(lang);
  if (pilot === undefined) return null;
  return (
    <section className="panel stack" aria-labelledby="tested">
      <h2 id="tested">{say(words.tested)}</h2>
      <p className="quiet">{say(PHASE_WORDS[phaseOf(pilot.state)].sentence)}</p>
      <p className="row links">
        <Go to={addressOf(lang, ["rights"])}>{say(words.your_rights)}</Go>
        <Go to={addressOf(lang, ["complaints", "new"])}>{say(words.complain)}</Go>
      </p>
    </section>
  );
}
