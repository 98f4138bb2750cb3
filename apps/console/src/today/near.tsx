/** Limits of all pilots by how much of each is used: those near their cap at once, the rest folded. */
import type { LimitsAnswer, PilotSummary } from "@sandbank/sandbox/contract";
import type { Trouble } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { figureOf, type Limit, momentText, shareOf } from "../pilot/figures.ts";
import { NEAR, Share } from "../pilot/share.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { todayWords as words } from "../words/today.words.ts";
import { Counted } from "./counted.tsx";
import { Unread } from "./unread.tsx";

export interface LimitsRead {
  readonly value?: LimitsAnswer;
  readonly trouble?: Trouble;
}

export interface WatchedProps {
  readonly pilots: readonly PilotSummary[];
  limitsOf(slug: string): LimitsRead;
}

interface Used {
  readonly pilot: PilotSummary;
  readonly limit: Limit;
  readonly share: number;
}

/** Limits that have one total, the most used first. */
function usedOf({ pilots, limitsOf }: WatchedProps): readonly Used[] {
  return pilots
    .flatMap((pilot) =>
      (limitsOf(pilot.slug).value?.limits ?? [])
        .filter(({ used }) => used !== null)
        .map((limit) => ({ pilot, limit, share: shareOf(limit) ?? 0 })),
    )
    .toSorted((one, other) => other.share - one.share);
}

/** The earliest of the readings: nothing on the page is older. */
function asOf({ pilots, limitsOf }: WatchedProps): string | undefined {
  return pilots.flatMap(({ slug }) => limitsOf(slug).value?.at ?? []).toSorted()[0];
}

export function Near(props: WatchedProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const read = props.pilots.map(({ slug }) => props.limitsOf(slug));
  const used = usedOf(props);
  const near = used.filter(({ share }) => share >= NEAR);
  const rest = used.filter(({ share }) => share < NEAR);
  const at = asOf(props);
  const isKnown = read.some(({ value }) => value !== undefined);
  return (
    <section className="panel flush" aria-labelledby="near">
      <Counted id="near" title={say(words.near)} n={isKnown ? near.length : undefined} tone="warn">
        {at !== undefined && (
          <p className="small">{say(frameWords.as_of, { at: momentText(at) })}</p>
        )}
      </Counted>
      {read.every(({ value, trouble }) => (value ?? trouble) === undefined) && (
        <Waiting lang={lang} lines={3} />
      )}
      {isKnown && near.length === 0 && <p className="empty">{say(words.near_none)}</p>}
      {near.length > 0 && <Used rows={near} caption={say(words.near_caption)} />}
      {rest.length > 0 && (
        <details className="group">
          <summary>
            <span className="said">{say(words.near_rest, { n: String(rest.length) })}</span>
          </summary>
          <Used rows={rest} caption={say(words.rest_caption)} />
        </details>
      )}
      <Unread pilots={props.pilots} troubleOf={(slug) => props.limitsOf(slug).trouble} />
    </section>
  );
}

function Used({ rows, caption }: { readonly rows: readonly Used[]; readonly caption: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <table className="cards caps">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.limit_and_pilot)}</th>
          <th scope="col">
            <span className="sr">{say(pilotWords.share)}</span>
          </th>
          <th scope="col" className="num">
            {say(pilotWords.used)}
          </th>
          <th scope="col" className="num">
            {say(pilotWords.cap)}
          </th>
          <th scope="col" className="num">
            {say(pilotWords.share)}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row {...row} key={`${row.pilot.slug}/${row.limit.id}`} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ pilot, limit }: Used) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { unit, cap, used } = limit;
  return (
    <tr>
      <th scope="row">
        <Go to={addressOf(lang, ["pilots", pilot.slug])} className="go-to">
          {say(pilot.name)}
        </Go>
        <p className="small">{say(limit.label)}</p>
      </th>
      <td className="meter">
        <TideBar actual={BigInt(used ?? "0")} cap={BigInt(cap)} thin />
      </td>
      <td className="num" data-label={say(pilotWords.used)}>
        {figureOf(used ?? "0", unit, lang)}
      </td>
      <td className="num" data-label={say(pilotWords.cap)}>
        {figureOf(cap, unit, lang)}
      </td>
      <td className="num" data-label={say(pilotWords.share)}>
        <Share slug={pilot.slug} limit={limit} />
      </td>
    </tr>
  );
}
