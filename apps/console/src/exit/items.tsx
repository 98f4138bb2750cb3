/** Single items of an exit: what was listed, what became of each, and the way to end one. */
import type { ExitAnswer } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitWords as words } from "../words/exit.words.ts";
import { isOpen } from "./acts.ts";
import { type Items, type Leaving, standingOf } from "./leaving.ts";

const TONES = { listed: "warn", finished: "ok", transferred: "ok" } as const;

interface ItemTableProps {
  readonly leaving: Leaving;
  readonly exit: ExitAnswer;
}

export function ItemTable({ leaving, exit }: ItemTableProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { items, slug, state = "" } = leaving;
  const ends = isOpen("end", { ...standingOf(leaving), pilot: state }, who);
  const kindOf = (kind: string) =>
    exit.steps.find((step) => step.items?.kind === kind)?.items?.text ?? { zh: kind, en: kind };
  return (
    <section className="panel flush" aria-labelledby="items">
      <div className="head">
        <h2 id="items">{say(words.items)}</h2>
      </div>
      {items.length === 0 && <p className="empty">{say(words.items_none)}</p>}
      {items.length > 0 && (
        <table className="cards">
          <caption className="sr">{say(words.items)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.item)}</th>
              <th scope="col" className="num">
                {say(words.amount)}
              </th>
              <th scope="col">{say(words.ends)}</th>
              <th scope="col">{say(words.state)}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={`${one.kind}/${one.ref}`}>
                <th scope="row">
                  {say(kindOf(one.kind))}
                  <p className="small">
                    <code>{one.ref}</code>
                  </p>
                </th>
                <td className="num" data-label={say(words.amount)}>
                  {one.amountFen === null ? "—" : formatMoney(BigInt(one.amountFen), lang)}
                </td>
                <td data-label={say(words.ends)}>
                  {one.ends === null ? "—" : momentText(one.ends)}
                </td>
                <td data-label={say(words.state)}>
                  <ItemState item={one} slug={slug} ends={ends} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface ItemStateProps {
  readonly item: Items[number];
  readonly slug: string;
  readonly ends: boolean;
}

function ItemState({ item, slug, ends }: ItemStateProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { kind, ref, state } = item;
  return (
    <div className="stack-s">
      <p>
        <Tag tone={TONES[state]}>{say(words[state])}</Tag>
      </p>
      {state === "listed" && ends && (
        <Go to={addressOf(lang, ["exits", slug, "end"], { kind, ref })} className="go-to">
          {say(words.end_item)}
          <span className="sr"> {ref}</span>
        </Go>
      )}
    </div>
  );
}
