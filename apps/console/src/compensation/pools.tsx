/** Compensation pools of all pilots, with what is free and required of each. */
import type { Compensation, PilotSummary } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { compensationWords as words } from "../words/compensation.words.ts";
import { termsWords } from "../words/terms.words.ts";

const EVERY_MS = 10_000;

/** A pool is funded from the registration on, since nothing is armed without it. */
const BEFORE_POOLS: ReadonlySet<string> = new Set([
  ...["draft", "submitted", "review", "consultation", "answering", "refused", "withdrawn"],
]);

export function PoolsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const running = (pilots.value?.pilots ?? []).filter(({ state }) => !BEFORE_POOLS.has(state));
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={pilots} />
      {pilots.value !== undefined && running.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {running.length > 0 && (
        <div className="panel flush">
          <table className="cards caps">
            <caption className="sr">{say(words.table)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.pilot)}</th>
                <th scope="col">{say(words.pool)}</th>
                <th scope="col" className="num">
                  {say(words.free)}
                </th>
                <th scope="col" className="num">
                  {say(words.required)}
                </th>
                <th scope="col">{say(words.state)}</th>
              </tr>
            </thead>
            <tbody>
              {running.map((pilot) => (
                <Row pilot={pilot} key={pilot.slug} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Titled>
  );
}

function Row({ pilot }: { readonly pilot: PilotSummary }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${pilot.slug}/compensation`;
  const { value, trouble } = useAsk<Compensation>(path, { lang, every_ms: EVERY_MS });
  const hasNone = trouble?.code === NO_POOL;
  const isUnread = trouble !== undefined && !hasNone && value === undefined;
  const money = (fen: string | undefined) =>
    fen === undefined ? (hasNone ? "—" : "…") : formatMoney(BigInt(fen), lang);
  return (
    <tr>
      <th scope="row">
        <Go to={addressOf(lang, ["compensation", pilot.slug])} className="go-to">
          {say(pilot.name)}
        </Go>
      </th>
      <td className="meter">
        {value !== undefined && (
          <TideBar actual={BigInt(value.free)} target={BigInt(value.required)} thin />
        )}
      </td>
      <td className="num" data-label={say(words.free)}>
        {money(value?.free)}
      </td>
      <td className="num" data-label={say(words.required)}>
        {money(value?.required)}
      </td>
      <td data-label={say(words.state)}>
        {value !== undefined && <Adequate pool={value} />}
        {hasNone && <Tag tone="warn">{say(termsWords.none_short)}</Tag>}
        {isUnread && <Tag tone="warn">{say(words.unread)}</Tag>}
      </td>
    </tr>
  );
}

/** How the server says that nobody has set terms. */
export const NO_POOL = "pilot_has_no_pool";

/** Whether the pool is as large as it must be. */
export function Adequate({ pool }: { readonly pool: Compensation }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return pool.adequate ? (
    <Tag tone="ok">{say(words.adequate)}</Tag>
  ) : (
    <Tag tone="stop">{say(words.short)}</Tag>
  );
}
