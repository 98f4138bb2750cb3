/** What one look shows of a holder: cards, tokens, payments and declines, all in part. */
import { formatMoney } from "@sandbank/kernel/words";
import type { ServedAnswer } from "@sandbank/tokens/contract";
import { ListPanel } from "../parts/listed.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import {
  CARD_STATES,
  CAUSE_OF_SUSPENSION,
  PAYMENT_STATES,
  serviceWords as words,
  TOKEN_STATES,
} from "../words/service.words.ts";

interface ServedProps {
  readonly served: ServedAnswer;
}

export function Served({ served }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { act, at, holder } = served;
  return (
    <>
      <p className="note ok" role="status">
        {say(words.on_record, { at: momentText(at), act: act.slice(0, 8) })}
      </p>
      <h2>{holder}</h2>
      <div className="split">
        <Cards served={served} />
        <Tokens served={served} />
      </div>
      <Payments served={served} />
      <Declines served={served} />
    </>
  );
}

function Cards({ served: { cards } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <ListPanel
      id="cards"
      title={say(words.cards)}
      none={say(words.none)}
      rows={cards}
      keyOf={(_, at) => at}
      columns={[
        { head: say(words.number), cell: ({ number }) => number },
        { head: say(words.expires), cell: ({ expires }) => momentText(expires).slice(0, 10) },
        {
          head: say(words.state),
          cell: ({ state }) => (
            <Tag tone={CARD_STATES[state].tone}>{say(CARD_STATES[state].word)}</Tag>
          ),
        },
      ]}
    />
  );
}

function Tokens({ served: { tokens } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const join = (texts: readonly string[]) => texts.join(lang === "zh" ? "、" : ", ");
  return (
    <ListPanel
      id="tokens"
      title={say(words.tokens)}
      none={say(words.none)}
      rows={tokens}
      keyOf={(_, at) => at}
      columns={[
        { head: say(words.number), cell: ({ number }) => number },
        { head: say(words.scenes), cell: ({ scenes }) => join(scenes) },
        { head: say(words.expires), cell: ({ expires }) => momentText(expires).slice(0, 10) },
        {
          head: say(words.state),
          cell: ({ state, causes }) => (
            <span>
              <Tag tone={TOKEN_STATES[state].tone}>{say(TOKEN_STATES[state].word)}</Tag>{" "}
              <span className="small">
                {join(causes.map((cause) => say(CAUSE_OF_SUSPENSION[cause])))}
              </span>
            </span>
          ),
        },
      ]}
    />
  );
}

function Payments({ served: { payments } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  return (
    <ListPanel
      id="payments"
      title={say(words.payments)}
      none={say(words.none)}
      rows={payments}
      keyOf={(_, at) => at}
      columns={[
        { head: say(words.at), cell: ({ at }) => momentText(at) },
        { head: say(words.where), cell: ({ merchant, scene }) => `${merchant} · ${scene}` },
        { head: say(words.state), cell: ({ state }) => say(PAYMENT_STATES[state]) },
        { head: say(words.sum), look: "num", cell: ({ amount }) => money(amount) },
        { head: say(words.captured), look: "num", cell: ({ captured }) => money(captured) },
        { head: say(words.refunded), look: "num", cell: ({ refunded }) => money(refunded) },
      ]}
    />
  );
}

function Declines({ served: { declines } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <ListPanel
      id="declines"
      title={say(words.declines)}
      none={say(words.none)}
      rows={declines}
      keyOf={(_, at) => at}
      columns={[
        { head: say(words.at), cell: ({ at }) => momentText(at) },
        { head: say(words.where), cell: ({ merchant, scene }) => `${merchant} · ${scene}` },
        {
          head: say(words.why),
          cell: ({ says, figures }) => (
            <>
              {says}
              {figures !== "" && <p className="small">{figures}</p>}
            </>
          ),
        },
        {
          ...{ head: say(words.sum), look: "num" as const },
          cell: ({ amount }) => formatMoney(BigInt(amount), lang),
        },
      ]}
    />
  );
}
