/** The cards of the person: what is on each, how much of it is held, and the way to a token. */
import { formatMoney } from "@sandbank/kernel/words";
import type { HeldCard } from "@sandbank/tokens/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { lastMonthText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf, readPlace, useAddress } from "../way.ts";
import { cardWords as words, STATE_WORDS } from "../words/card.words.ts";

export default function CardsPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const cards = useAsk<{ cards: HeldCard[] }>(ofHolder("/api/cards", who), { lang });
  const bound = readPlace(useAddress()).query.has("bound");
  const all = cards.value?.cards;
  const newest = all?.find(({ state }) => state === "open");
  return (
    <Titled title={say(words.title)} lead={say(words.lead)}>
      <div className="stack">
        {bound && (
          <p className="note ok" role="status">
            {say(words.bound)}
          </p>
        )}
        {bound && newest !== undefined && (
          <p className="acts">
            <Go
              to={addressOf(lang, ["tokens", "new"], { card: newest.id })}
              className="button primary"
            >
              {say(words.token_now)}
            </Go>
          </p>
        )}
        <Pending reading={cards} />
        {all?.length === 0 && <p className="panel empty">{say(words.none)}</p>}
        {all?.map((card) => (
          <OneCard key={card.id} card={card} />
        ))}
        <p className="acts">
          <Go
            to={addressOf(lang, ["cards", "new"])}
            className={bound ? "button" : "button primary"}
          >
            {say(words.add)}
          </Go>
        </p>
      </div>
    </Titled>
  );
}

function OneCard({ card }: { readonly card: HeldCard }) {
  const { lang, pilot } = useSetting();
  const say = sayIn(lang);
  const { id, last4, expires, state, available, held } = card;
  const isOpen = state === "open";
  return (
    <section className="panel stack" aria-labelledby={`card-${id}`}>
      <div className="row apart">
        <h2 id={`card-${id}`}>{say(words.tail, { tail: last4 })}</h2>
        <Tag tone={STATE_WORDS[state].tone}>{say(STATE_WORDS[state].word)}</Tag>
      </div>
      <p className="row apart">
        <span>{say(words.available)}</span>
        <b className="big">{formatMoney(BigInt(available), lang)}</b>
      </p>
      <p className="small meta">
        <span>{say(words.good_until, { month: lastMonthText(expires) })}</span>
        {held !== "0" && <span>{say(words.held, { held: formatMoney(BigInt(held), lang) })}</span>}
      </p>
      {pilot?.demo === true && available === "0" && held === "0" && (
        <p className="small">{say(words.empty_money)}</p>
      )}
      {isOpen && (
        <p>
          <Go to={addressOf(lang, ["tokens", "new"], { card: id })} className="go-to">
            {say(words.token_for)}
          </Go>
        </p>
      )}
    </section>
  );
}
