/** Limits of all pilots by how much of each is used: those near their cap at once, the rest folded. */
import type { LimitsAnswer, PilotSummary } from "@sandbank/sandbox/contract";
import type { Trouble } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
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
    <Listed
      caption={caption}
      rows={rows}
      keyOf={({ pilot, limit }) => `${pilot.slug}/${limit.id}`}
      bars
      columns={[
        {
          head: say(words.limit_and_pilot),
          cell: ({ pilot, limit }) => (
            <>
              <Go to={addressOf(lang, ["pilots", pilot.slug])} className="go-to">
                {say(pilot.name)}
              </Go>
              <p className="small">{say(limit.label)}</p>
            </>
          ),
        },
        {
          ...{ head: say(pilotWords.share), look: "meter" as const, silent: true },
          cell: ({ limit: { used, cap } }) => (
            <TideBar actual={BigInt(used ?? "0")} cap={BigInt(cap)} thin />
          ),
        },
        {
          ...{ head: say(pilotWords.used), look: "num" as const },
          cell: ({ limit: { used, unit } }) => figureOf(used ?? "0", unit, lang),
        },
        {
          ...{ head: say(pilotWords.cap), look: "num" as const },
          cell: ({ limit: { cap, unit } }) => figureOf(cap, unit, lang),
        },
        {
          ...{ head: say(pilotWords.share), look: "num" as const },
          cell: ({ pilot, limit }) => <Share slug={pilot.slug} limit={limit} />,
        },
      ]}
    />
  );
}
