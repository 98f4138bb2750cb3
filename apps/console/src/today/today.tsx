/** Today: what waits for you, what you raised, where limits run out, what is in force, last acts. */
import { useEffect } from "react";
import type {
  JournalAnswer,
  LimitsAnswer,
  PilotDetail,
  PilotSummary,
  TaskAnswer,
} from "@sandbank/sandbox/contract";
import { mayApprove } from "../offices.ts";
import { useAsk } from "../ask.ts";
import { useNamed } from "../approval/named.ts";
import { titleOf } from "../approval/task.ts";
import { DirectiveFacts } from "../pilot/bound.tsx";
import { Attention } from "../indicator/attention.tsx";
import { ActTable } from "../journal/acts.tsx";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Titled } from "../parts/titled.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { figureOf, type Limit, momentText, shareOf, shareText } from "../pilot/figures.ts";
import { keep } from "../pilot/history.ts";
import { supervised, useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { todayWords as words } from "../words/pilot.words.ts";

const EVERY_MS = 4_000;
const NEAR_SHOWN = 5;
const ACTS_SHOWN = 8;
/** From here on a limit is near its cap, in millionths. */
const NEAR = 800_000;

export function TodayPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { tasks, pilots } = useReadings();
  const named = useNamed();
  const all = tasks.value?.tasks ?? [];
  const mine = all.filter((task) => task.mine);
  const waiting = all.filter((task) => !task.mine && mayApprove(who, task.command));
  const counts = { count: String(waiting.length), mine: String(mine.length) };
  const watched = supervised(pilots.value?.pilots ?? []);
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead, counts)}</p>}>
      <div className="split">
        <Work
          title={say(words.waiting)}
          none={say(words.nothing)}
          tasks={waiting}
          named={named}
          busy={tasks.waiting}
          tone="warn"
        />
        <Work
          title={say(words.raised)}
          none={say(words.raised_none)}
          tasks={mine}
          named={named}
          busy={tasks.waiting}
          tone="off"
        />
      </div>
      {pilots.waiting && <Waiting lang={lang} />}
      {watched.map((pilot) => (
        <Watched pilot={pilot} key={pilot.slug} />
      ))}
    </Titled>
  );
}

interface WorkProps {
  readonly title: string;
  readonly none: string;
  readonly tasks: readonly TaskAnswer[];
  readonly named: ReturnType<typeof useNamed>;
  readonly busy: boolean;
  readonly tone: "warn" | "off";
}

function Work({ title, none, tasks, named, busy, tone }: WorkProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const id = `work-${tone}`;
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        <Go to={addressOf(lang, ["approvals"])} className="go-to">
          {say(words.all)}
        </Go>
      </div>
      {busy && <Waiting lang={lang} lines={2} />}
      {!busy && tasks.length === 0 && <p className="empty">{none}</p>}
      <ul className="list">
        {tasks.map((task) => (
          <li key={task.id}>
            <Go to={addressOf(lang, ["approvals", task.id])} className="cover">
              <span>
                <b>{titleOf(task, named, say)}</b>
                <br />
                <span className="small">
                  {say(words.expires, { at: momentText(task.expires) })}
                </span>
              </span>
              <Tag tone={tone}>{say(tone === "warn" ? words.decide : words.raised_wait)}</Tag>
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Watched({ pilot }: { readonly pilot: PilotSummary }) {
  const { lang } = useSetting();
  const asked = { lang, every_ms: EVERY_MS };
  const path = `/api/pilots/${pilot.slug}`;
  const limits = useAsk<LimitsAnswer>(`${path}/limits`, asked);
  const detail = useAsk<PilotDetail>(path, asked);
  const journal = useAsk<JournalAnswer>(`${path}/journal?n=${ACTS_SHOWN}`, asked);
  const answer = limits.value;
  useEffect(() => {
    if (answer !== undefined) keep(answer);
  }, [answer]);
  return (
    <>
      <Near pilot={pilot} answer={answer} />
      <Attention pilot={pilot} />
      <div className="split">
        <Acts pilot={pilot} journal={journal.value} />
        <InForce detail={detail.value} limits={answer} />
      </div>
    </>
  );
}

function Near({
  pilot,
  answer,
}: {
  readonly pilot: PilotSummary;
  readonly answer: LimitsAnswer | undefined;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const measured = (answer?.limits ?? [])
    .filter((limit) => limit.used !== null)
    .toSorted((one, other) => (shareOf(other) ?? 0) - (shareOf(one) ?? 0))
    .slice(0, NEAR_SHOWN);
  return (
    <section className="panel flush" aria-labelledby={`near-${pilot.slug}`}>
      <div className="head">
        <h2 id={`near-${pilot.slug}`}>{say(words.near)}</h2>
        {answer?.at && (
          <p className="small">{say(frameWords.as_of, { at: momentText(answer.at) })}</p>
        )}
      </div>
      {answer === undefined && <Waiting lang={lang} lines={3} />}
      {answer !== undefined && measured.length === 0 && (
        <p className="empty">{say(words.near_none)}</p>
      )}
      {measured.length > 0 && (
        <table className="cards caps">
          <caption className="sr">{say(words.near_caption)}</caption>
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
            {measured.map((limit) => (
              <NearRow pilot={pilot} limit={limit} key={limit.id} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function NearRow({ pilot, limit }: { readonly pilot: PilotSummary; readonly limit: Limit }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { unit, cap, used } = limit;
  const near = (shareOf(limit) ?? 0) >= NEAR;
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
        {near ? <Tag tone="warn">{shareText(limit)}</Tag> : shareText(limit)}
      </td>
    </tr>
  );
}

function InForce({
  detail,
  limits,
}: {
  readonly detail: PilotDetail | undefined;
  readonly limits: LimitsAnswer | undefined;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const bound = detail?.directives.filter((one) => one.status !== "lifted") ?? [];
  return (
    <section className="panel stack" aria-labelledby="bound">
      <h2 id="bound">{say(words.directives)}</h2>
      {detail === undefined && <Waiting lang={lang} lines={2} />}
      {detail !== undefined && bound.length === 0 && (
        <p className="quiet">{say(pilotWords.no_directives)}</p>
      )}
      <ul className="rows">
        {bound.map((directive) => (
          <li key={directive.id}>
            <DirectiveFacts directive={directive} limits={limits} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Acts({
  pilot,
  journal,
}: {
  readonly pilot: PilotSummary;
  readonly journal: JournalAnswer | undefined;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel flush" aria-labelledby="acts">
      <div className="head">
        <h2 id="acts">{say(words.acts)}</h2>
        <Go to={addressOf(lang, ["journal", pilot.slug])} className="go-to">
          {say(pilotWords.journal)}
        </Go>
      </div>
      {journal === undefined && <Waiting lang={lang} lines={3} />}
      {journal !== undefined && journal.entries.length === 0 && (
        <p className="empty">{say(words.acts_none)}</p>
      )}
      {journal !== undefined && journal.entries.length > 0 && (
        <ActTable entries={journal.entries} />
      )}
    </section>
  );
}
