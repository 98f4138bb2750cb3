/**
 * The exit of one pilot: what comes next, the plan with what is still open at each step, items,
 * archives; before it begins, what it would meet.
 */
import type { ExitAnswer } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { type Fact, FactList } from "@sandbank/ui/face/parts";
import { NextActs } from "../parts/next-acts.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitActs, exitWords as words } from "../words/exit.words.ts";
import { actsOpen, isGrave, takesTwo } from "./acts.ts";
import { DryRun } from "./dry-run.tsx";
import { ItemTable } from "./items.tsx";
import { type Leaving, standingOf, useLeaving } from "./leaving.ts";
import { Plan } from "./plan.tsx";
import { Report } from "./report.tsx";

export function ExitPage({ slug }: { readonly slug: string }) {
  const leaving = useLeaving(slug);
  const { lang } = useSetting();
  const { title, above, exit, pending, state } = leaving;
  if (state === undefined || pending !== undefined) {
    return (
      <Titled title={title} above={above}>
        {pending === undefined ? (
          <Gone to={addressOf(lang, ["exits"])} />
        ) : (
          <Pending reading={pending} />
        )}
      </Titled>
    );
  }
  return (
    <Titled title={title} above={above} beside={<PhaseTag state={state} />}>
      <Next leaving={leaving} state={state} />
      <div className="split">
        <div className="stack-l">
          {exit.value?.state === "completed" && <Report slug={slug} />}
          <Plan leaving={leaving} />
          {exit.value !== undefined && <ItemTable leaving={leaving} exit={exit.value} />}
        </div>
        <div className="stack-l">
          {leaving.hasPlan && <DryRun reading={leaving.dryRun} />}
          {exit.value !== undefined && <Facts exit={exit.value} />}
          {exit.value !== undefined && <Archives exit={exit.value} />}
        </div>
      </div>
    </Titled>
  );
}

function Next({ leaving, state }: { readonly leaving: Leaving; readonly state: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const exit = leaving.exit.value;
  const acts = actsOpen({ ...standingOf(leaving), pilot: state }, who).map((act) => ({
    ...{ name: say(exitActs[act].name), what: say(exitActs[act].lead) },
    ...{ to: addressOf(lang, ["exits", leaving.slug, act]) },
    ...{ two: takesTwo(act), grave: isGrave(act) },
    blocked: act === "begin" && !leaving.hasPlan ? say(words.no_plan) : undefined,
  }));
  return (
    <section className="panel stack" aria-labelledby="next">
      <div className="row apart">
        <h2 id="next">{say(words.next)}</h2>
        {exit !== undefined && <Tag tone="live">{say(words[exit.state])}</Tag>}
      </div>
      <p>{say(textOf(leaving))}</p>
      <NextActs acts={acts} />
    </section>
  );
}

/** What the exit waits for, or why there is none. */
function textOf({ exit: { value }, hasPlan }: Leaving): Text {
  if (value !== undefined) return words[`next_${value.state}`];
  return hasPlan ? words.not_begun : words.no_plan;
}

function Facts({ exit }: { readonly exit: ExitAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const from = say(words[`from_${exit.planFrom}`], { version: String(exit.planVersion) });
  const facts: readonly Fact[] = [
    [say(words.cause), say(words[exit.cause])],
    [say(words.reason), say(exit.reason)],
    [say(words.begun), momentText(exit.begunAt)],
    [say(words.run_off), exit.runOffUntil && momentText(exit.runOffUntil)],
    [
      say(words.plan),
      <span key="plan">
        {say(exit.plan)} <span className="small">{from}</span>
      </span>,
    ],
    [say(words.completed_at), exit.completedAt && momentText(exit.completedAt)],
  ];
  const done = exit.state === "completed";
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
      <p>
        <a className="go-to" href={`/${lang}/pilots/${encodeURIComponent(exit.pilot)}/exit`}>
          {say(done ? words.public_report : words.public_progress)}
        </a>
      </p>
    </section>
  );
}

const ARCHIVE_TONES = { requested: "warn", written: "warn", verified: "ok" } as const;

function Archives({ exit }: { readonly exit: ExitAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="archives">
      <h2 id="archives">{say(words.archives)}</h2>
      {exit.archives.length === 0 && <p className="quiet">{say(words.archives_none)}</p>}
      <ul className="rows">
        {exit.archives.map((one) => (
          <li key={one.number} className="stack-s">
            <p className="row apart">
              <b>{say(words.archive_n, { number: String(one.number) })}</b>
              <Tag tone={ARCHIVE_TONES[one.state]}>{say(words[one.state])}</Tag>
            </p>
            {one.hash !== null && (
              <p className="small">
                <code>{one.hash.slice(0, 16)}…</code>{" "}
                {one.files !== null && say(words.files, { n: String(one.files) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
