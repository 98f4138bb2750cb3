/**
 * Leaving for good: tokens are deleted, money is settled, then what names the person is erased, by an
 * act that leaves a receipt. What is still to be done stands first, each with the way to it.
 */
import { formatMoney } from "@sandbank/kernel/words";
import type { Erased, HeldCard, TokenAnswer } from "@sandbank/tokens/contract";
import { sayCounted } from "@sandbank/ui";
import { Go, TroubleNote } from "@sandbank/ui/face/parts";
import { type ReactNode, useState } from "react";
import { useAsk } from "../ask.ts";
import { tailOf, tokenName, useScenes, useTokens } from "../held/held.ts";
import { Press, useAct } from "../parts/act.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { leavingWords as words } from "../words/leaving.words.ts";

export default function LeavingPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const tokens = useTokens();
  const cards = useAsk<{ cards: HeldCard[] }>(ofHolder("/api/cards", who), { lang });
  const live = tokens.value?.tokens.filter(({ state }) => state !== "deleted");
  const money = cards.value?.cards.reduce((sum, card) => sum + moneyOf(card), 0n);
  const above = [{ to: addressOf(lang, ["me"]), label: say(frameWords.me) }];
  return (
    <Titled title={say(words.title)} above={above} lead={say(words.lead)}>
      <Step title={say(words.tokens)}>
        <Pending reading={tokens} />
        {live !== undefined && <Tokens live={live} />}
      </Step>
      <Step title={say(words.money)}>
        <Pending reading={cards} />
        {money === 0n && <p>{say(words.money_none)}</p>}
        {cards.value?.cards
          .filter((card) => moneyOf(card) > 0n)
          .map((card) => (
            <Money card={card} done={cards.again} key={card.id} />
          ))}
      </Step>
      <Step title={say(words.erase)}>
        <p>{say(words.erase_about)}</p>
        {live?.length === 0 && money === 0n ? <Erasing /> : <p>{say(words.not_yet)}</p>}
      </Step>
    </Titled>
  );
}

/** What is on a card, held or not, in fen. */
function moneyOf({ available, held }: HeldCard): bigint {
  return BigInt(available) + BigInt(held);
}

/** What is on one card: sent back at a press, but for what is held. */
function Money({ card, done }: { readonly card: HeldCard; done(): void }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const act = useAct<unknown>();
  const { id, last4: tail, available, held } = card;
  const back = async () => {
    const path = `/api/cards/${encodeURIComponent(id)}/returns`;
    const came = await act.send({ path, body: { amount: available } });
    if (came !== undefined) done();
  };
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  return (
    <>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      {available !== "0" && (
        <>
          <p>{say(words.money_card, { tail, amount: money(available) })}</p>
          <p className="acts">
            <Press label={say(words.money_back)} busy={act.busy} press={() => void back()} />
          </p>
        </>
      )}
      {held !== "0" && <p>{say(words.money_held, { amount: money(held) })}</p>}
    </>
  );
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="panel stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Tokens({ live }: { readonly live: readonly TokenAnswer[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const scenes = useScenes().value?.scenes;
  if (live.length === 0) return <p>{say(words.tokens_none)}</p>;
  const n = live.length;
  return (
    <>
      <p>{sayCounted(words.tokens_left, lang, { n, figure: String(n) })}</p>
      <ul className="rows">
        {live.map((token) => (
          <li key={token.id}>
            <Go to={addressOf(lang, ["tokens", token.id, "pause"])} className="go-to">
              {say(words.to_token, { name: tokenName(token, scenes, lang), tail: tailOf(token) })}
            </Go>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The act itself, asked once more since nothing brings it back. */
function Erasing() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<Erased>();
  const [asking, setAsking] = useState(false);
  const erase = async () => {
    const path = `/api/holders/${encodeURIComponent(who.person)}/erasure`;
    const came = await act.send({ path, body: {} });
    if (came !== undefined) go(addressOf(lang, ["receipts", came.receipt]));
  };
  if (!asking) {
    return (
      <p>
        <button type="button" className="button stop" onClick={() => setAsking(true)}>
          {say(words.act)}
        </button>
      </p>
    );
  }
  return (
    <>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      <p role="status">{say(words.sure)}</p>
      <p className="acts">
        <Press label={say(words.yes)} look="stop" busy={act.busy} press={() => void erase()} />
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {say(words.keep)}
        </button>
      </p>
    </>
  );
}
