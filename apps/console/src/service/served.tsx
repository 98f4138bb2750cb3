/** What one look shows of a holder: cards, tokens, payments and declines, all in part. */
import type { ReactNode } from "react";
import { formatMoney } from "@sandbank/kernel/words";
import type { ServedAnswer } from "@sandbank/tokens/contract";
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
    <Listed
      id="cards"
      title={say(words.cards)}
      heads={[words.number, words.expires, words.state].map((of) => say(of))}
      rows={cards.map(({ number, expires, state }) => [
        ...[number, momentText(expires).slice(0, 10)],
        <Tag tone={CARD_STATES[state].tone} key="state">
          {say(CARD_STATES[state].word)}
        </Tag>,
      ])}
    />
  );
}

function Tokens({ served: { tokens } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const join = (texts: readonly string[]) => texts.join(lang === "zh" ? "、" : ", ");
  return (
    <Listed
      id="tokens"
      title={say(words.tokens)}
      heads={[words.number, words.scenes, words.expires, words.state].map((of) => say(of))}
      rows={tokens.map(({ number, scenes, expires, state, causes }) => [
        ...[number, join(scenes), momentText(expires).slice(0, 10)],
        <span key="state">
          <Tag tone={TOKEN_STATES[state].tone}>{say(TOKEN_STATES[state].word)}</Tag>{" "}
          <span className="small">
            {join(causes.map((cause) => say(CAUSE_OF_SUSPENSION[cause])))}
          </span>
        </span>,
      ])}
    />
  );
}

function Payments({ served: { payments } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const heads = [words.at, words.where, words.state, words.sum, words.captured, words.refunded];
  return (
    <Listed
      id="payments"
      title={say(words.payments)}
      heads={heads.map((of) => say(of))}
      figures={3}
      rows={payments.map(({ at, merchant, scene, state, amount, captured, refunded }) => [
        ...[momentText(at), `${merchant} · ${scene}`, say(PAYMENT_STATES[state])],
        ...[money(amount), money(captured), money(refunded)],
      ])}
    />
  );
}

function Declines({ served: { declines } }: ServedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <Listed
      id="declines"
      title={say(words.declines)}
      heads={[words.at, words.where, words.why, words.sum].map((of) => say(of))}
      figures={1}
      rows={declines.map(({ at, merchant, scene, says, amount }) => [
        ...[momentText(at), `${merchant} · ${scene}`, says, formatMoney(BigInt(amount), lang)],
      ])}
    />
  );
}

interface ListedProps {
  readonly id: string;
  readonly title: string;
  readonly heads: readonly string[];
  /** How many columns at the end are figures. */
  readonly figures?: number;
  readonly rows: readonly (readonly ReactNode[])[];
}

function Listed({ id, title, heads, figures = 0, rows }: ListedProps) {
  const { lang } = useSetting();
  const look = (column: number) => (column >= heads.length - figures ? "num" : undefined);
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
      </div>
      {rows.length === 0 && <p className="empty">{sayIn(lang)(words.none)}</p>}
      {rows.length > 0 && (
        <table className="cards">
          <caption className="sr">{title}</caption>
          <thead>
            <tr>
              {heads.map((head, column) => (
                <th scope="col" className={look(column)} key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, at) => (
              <tr key={at}>
                {cells.map((cell, column) => (
                  <td data-label={heads[column]} className={look(column)} key={heads[column]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
