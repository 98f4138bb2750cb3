/**
 * Today: what waits for you, what you raised, where limits run out, which indicators reached a
 * threshold, what is in force, last acts. What presses stands first and is counted; the rest of each
 * list is folded away behind its number.
 */
import { useEffect } from "react";
import type { LimitsAnswer, TaskAnswer } from "@sandbank/sandbox/contract";
import { useNamed } from "../approval/named.ts";
import { titleOf } from "../approval/task.ts";
import { useAskEach } from "../ask.ts";
import { mayApprove } from "../offices.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { keep } from "../pilot/history.ts";
import { supervised, useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { todayWords as words } from "../words/today.words.ts";
import { Applied } from "./applied.tsx";
import { Attention } from "./attention.tsx";
import { InForce } from "./in-force.tsx";
import { LastActs } from "./last-acts.tsx";
import { Near } from "./near.tsx";

const EVERY_MS = 4_000;
/** Tasks that are shown at once; the rest is folded away. */
const TASKS_SHOWN = 5;

export function TodayPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { tasks, pilots } = useReadings();
  const all = (tasks.value?.tasks ?? []).toSorted((a, b) => a.expires.localeCompare(b.expires));
  const mine = all.filter((task) => task.mine);
  const waiting = all.filter((task) => !task.mine && mayApprove(who, task.command));
  const counts = { count: String(waiting.length), mine: String(mine.length) };
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead, counts)}</p>}>
      <div className="split">
        <Work title={say(words.waiting)} none={say(words.nothing)} tasks={waiting} tone="warn" />
        <Work title={say(words.raised)} none={say(words.raised_none)} tasks={mine} tone="off" />
      </div>
      <Applied />
      <Pending reading={pilots} lines={6} />
      {pilots.value !== undefined && <Watched />}
    </Titled>
  );
}

/** Pilots that are supervised, their most pressing first, whichever of them it is. */
function Watched() {
  const { lang } = useSetting();
  const { pilots } = useReadings();
  const watched = supervised(pilots.value?.pilots ?? []);
  const limits = useAskEach<LimitsAnswer>(
    watched.map(({ slug }) => `/api/pilots/${slug}/limits`),
    { lang, every_ms: EVERY_MS },
  );
  const limitsOf = (slug: string) => limits.of(`/api/pilots/${slug}/limits`);
  useEffect(() => {
    for (const { slug } of watched) {
      const { value } = limitsOf(slug);
      if (value !== undefined) keep(value);
    }
  });
  if (watched.length === 0) {
    return <p className="panel empty">{sayIn(lang)(words.no_pilots)}</p>;
  }
  return (
    <>
      <Near pilots={watched} limitsOf={limitsOf} />
      <div className="split">
        <Attention pilots={watched} />
        <InForce pilots={watched} limitsOf={limitsOf} />
      </div>
      <LastActs pilots={watched} />
    </>
  );
}

interface WorkProps {
  readonly title: string;
  readonly none: string;
  readonly tasks: readonly TaskAnswer[];
  readonly tone: "warn" | "off";
}

function Work({ title, none, tasks, tone }: WorkProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useReadings().tasks;
  const id = `work-${tone}`;
  const rest = tasks.slice(TASKS_SHOWN);
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        <Go to={addressOf(lang, ["approvals"])} className="go-to">
          {say(words.all)}
        </Go>
      </div>
      <Pending reading={reading} lines={2} />
      {reading.value !== undefined && tasks.length === 0 && <p className="empty">{none}</p>}
      <Tasks tasks={tasks.slice(0, TASKS_SHOWN)} tone={tone} />
      {rest.length > 0 && (
        <details className="group">
          <summary>
            <span className="said">{say(words.more_tasks, { n: String(rest.length) })}</span>
          </summary>
          <Tasks tasks={rest} tone={tone} />
        </details>
      )}
    </section>
  );
}

function Tasks({ tasks, tone }: Pick<WorkProps, "tasks" | "tone">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const named = useNamed();
  return (
    <ul className="list">
      {tasks.map((task) => (
        <li key={task.id}>
          <Go to={addressOf(lang, ["approvals", task.id])} className="cover">
            <span>
              <b>{titleOf(task, named, say)}</b>
              <br />
              <span className="small">{say(words.expires, { at: momentText(task.expires) })}</span>
            </span>
            <Tag tone={tone}>{say(tone === "warn" ? words.decide : words.raised_wait)}</Tag>
          </Go>
        </li>
      ))}
    </ul>
  );
}
