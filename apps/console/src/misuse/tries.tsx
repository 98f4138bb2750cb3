/** The declined payments of one day, of one cause, scene or token where that was chosen. */
import { formatMoney } from "@sandbank/kernel/words";
import type { TriesAnswer } from "@sandbank/tokens/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { misuseWords as words } from "../words/misuse.words.ts";
import { causeText } from "./cause.ts";

interface TriesProps {
  readonly day: string;
  readonly days: string;
  readonly query: URLSearchParams;
}

type Try = TriesAnswer["tries"][number];

export function Tries({ day, days, query }: TriesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const chosen = Object.fromEntries(
    (["cause", "scene", "token"] as const).flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
  const before = query.get("before");
  const asked = new URLSearchParams({ day, ...chosen, ...(before === null ? {} : { before }) });
  const reading = useAsk<TriesAnswer>(`/api/misuse/tries?${asked}`, { lang });
  const { value } = reading;
  const to = (more: Readonly<Record<string, string>>) =>
    addressOf(lang, ["misuse"], { days, day, ...more });
  const { cause, scene, token } = chosen;
  const masked = value?.tries.find((one) => one.token === token)?.number ?? undefined;
  const filter = [cause && causeText(cause, say), scene, token && (masked ?? say(words.token))]
    .filter((one) => one !== undefined && one !== "")
    .join(lang === "zh" ? "、" : ", ");
  return (
    <section className="panel stack" aria-labelledby="rows">
      <h2 id="rows">{say(words.rows, { day })}</h2>
      {filter !== "" && (
        <p className="row">
          <span>{say(words.rows_filtered, { filter })}</span>
          <Go to={to({})} className="go-to">
            {say(words.rows_all)}
          </Go>
        </p>
      )}
      <Pending reading={reading} lines={4} />
      {value?.tries.length === 0 && <p className="quiet">{say(words.rows_none)}</p>}
      {value !== undefined && value.tries.length > 0 && <Rows tries={value.tries} />}
      <p className="row">
        {before !== null && (
          <Go to={to(chosen)} className="go-to">
            {say(words.newest)}
          </Go>
        )}
        {value?.next && (
          <Go to={to({ ...chosen, before: value.next })} className="button">
            {say(words.older)}
          </Go>
        )}
      </p>
    </section>
  );
}

function Rows({ tries }: { readonly tries: readonly Try[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const heads = [words.at, words.token, words.by, words.scene, words.amount, words.why] as const;
  return (
    <div className="boxed">
      <table className="cards">
        <caption className="sr">{say(words.rows_caption)}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" className={head === words.amount ? "num" : undefined} key={say(head)}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tries.map((one) => (
            <Row one={one} key={one.act} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { readonly one: Try }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { at, number, organisation, scene, merchant, amount, cause, failed } = one;
  const misused = cause === "scene" || cause === "limit";
  return (
    <tr>
      <td data-label={say(words.at)}>
        <time>{momentText(at)}</time>
      </td>
      <td className="nowrap" data-label={say(words.token)}>
        {number ?? say(words.not_ours)}
      </td>
      <td data-label={say(words.by)}>{organisation}</td>
      <td data-label={say(words.scene)}>
        <div>
          {scene === "" ? say(words.no_scene) : scene}
          <p className="small">{merchant}</p>
        </div>
      </td>
      <td className="num" data-label={say(words.amount)}>
        {amount === null ? "…" : formatMoney(BigInt(amount), lang)}
      </td>
      <td data-label={say(words.why)}>
        <div>
          <Tag tone={misused ? "warn" : "off"}>{causeText(cause, say)}</Tag>
          <ul className="plain-list">
            {failed.map(({ code, says, figures }) => (
              <li key={code} className="small">
                {says} {figures}
              </li>
            ))}
          </ul>
        </div>
      </td>
    </tr>
  );
}
