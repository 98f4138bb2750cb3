/** What was declined by cause, by scene and by token; each name opens its rows of the chosen day. */
import { formatCount } from "@sandbank/kernel/words";
import type { ReactNode } from "react";
import type { MisuseAnswer } from "@sandbank/tokens/contract";
import { Go } from "../parts/go.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { misuseWords as words } from "../words/misuse.words.ts";
import { causeText } from "./cause.ts";

interface TablesProps {
  readonly answer: MisuseAnswer;
  readonly days: string;
  /** The day whose rows are shown. */
  readonly day: string | undefined;
}

export function Tables({ answer, days, day }: TablesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  const to = (filter: Readonly<Record<string, string>>) =>
    addressOf(lang, ["misuse"], { days, day, ...filter });
  const { causes, scenes, tokens } = answer;
  return (
    <>
      <div className="split">
        <Panel id="causes" title={say(words.causes)}>
          {causes.length === 0 && <p className="empty">{say(words.causes_none)}</p>}
          {causes.length > 0 && (
            <Figures
              caption={say(words.causes_caption)}
              heads={[say(words.cause), say(words.declined)]}
              rows={causes.map(({ cause, declined }) => ({
                ...{ to: to({ cause }), opens: say(words.only_cause) },
                cells: [causeText(cause, say), count(declined)],
              }))}
            />
          )}
        </Panel>
        <Panel id="scenes" title={say(words.scenes)}>
          {scenes.length === 0 && <p className="empty">{say(words.causes_none)}</p>}
          {scenes.length > 0 && (
            <Figures
              caption={say(words.scenes_caption)}
              heads={[words.scene, words.declined, words.out_of_scene, words.over_limit].map((of) =>
                say(of),
              )}
              rows={scenes.map(({ scene, declined, outOfScene, overLimit }) => ({
                ...(scene === "" ? {} : { to: to({ scene }), opens: say(words.only_scene) }),
                cells: [
                  scene === "" ? say(words.no_scene) : scene,
                  ...[declined, outOfScene, overLimit].map(count),
                ],
              }))}
            />
          )}
        </Panel>
      </div>
      <Panel id="tokens" title={say(words.tokens)}>
        {tokens.length === 0 && <p className="empty">{say(words.tokens_none)}</p>}
        {tokens.length > 0 && (
          <Figures
            caption={say(words.tokens_caption)}
            heads={[words.token, words.out_of_scene, words.over_limit, words.last].map((of) =>
              say(of),
            )}
            rows={tokens.map(({ token, number, outOfScene, overLimit, last }) => ({
              ...{ to: to({ token }), opens: say(words.only_token) },
              cells: [unbroken(number), count(outOfScene), count(overLimit), momentText(last)],
            }))}
          />
        )}
      </Panel>
    </>
  );
}

interface PanelProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

function Panel({ id, title, children }: PanelProps) {
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
      </div>
      {children}
    </section>
  );
}

interface FiguresProps {
  readonly caption: string;
  readonly heads: readonly string[];
  /** The first cell names the row; `to` opens what it counts. */
  readonly rows: readonly {
    readonly to?: string;
    readonly opens?: string;
    readonly cells: readonly string[];
  }[];
}

function Figures({ caption, heads, rows }: FiguresProps) {
  return (
    <table className="cards">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, at) => (
            <th scope="col" className={at === 0 ? undefined : "num"} key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ to, opens, cells: [name = "", ...figures] }, at) => (
          <tr key={at}>
            <th scope="row">
              {to === undefined ? (
                name
              ) : (
                <Go to={to} className="go-to">
                  {name}
                  <span className="sr"> {opens}</span>
                </Go>
              )}
            </th>
            {figures.map((figure, column) => (
              <td className="num" data-label={heads[column + 1]} key={heads[column + 1]}>
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A masked number in one piece: its halves do not part at the end of a line. */
function unbroken(number: string): string {
  return number.replace(" ", "\u00a0");
}
