/** The plan of an exit as a table: each step, who confirms it, and what is still open for it. */
import type { ExitAnswer, ExitDryRun } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitWords as words } from "../words/exit.words.ts";
import { stepsOf } from "./acts.ts";
import { OpenList } from "./dry-run.tsx";
import { type Leaving, standingOf } from "./leaving.ts";

type Step = ExitDryRun["steps"][number];

export function Plan({ leaving }: { readonly leaving: Leaving }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const exit = leaving.exit.value;
  const steps = leaving.dryRun.value?.steps ?? [];
  const progress = exit && { n: String(exit.progress.closed), m: String(exit.progress.of) };
  if (steps.length === 0) return null;
  return (
    <section className="panel flush" aria-labelledby="plan">
      <div className="head">
        <h2 id="plan">{say(words.steps)}</h2>
        {progress && <p className="small">{say(words.progress, progress)}</p>}
      </div>
      {exit !== undefined && (
        <div className="meter-cell">
          <TideBar
            actual={BigInt(exit.progress.closed)}
            cap={BigInt(Math.max(exit.progress.of, 1))}
            thin
          />
        </div>
      )}
      <table className="cards">
        <caption className="sr">{say(words.steps)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.step)}</th>
            <th scope="col">{say(words.still_open)}</th>
            {exit !== undefined && <th scope="col">{say(words.state)}</th>}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <Row key={step.id} step={step} leaving={leaving} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ step, leaving }: { readonly step: Step; readonly leaving: Leaving }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const exit = leaving.exit.value;
  const found = exit?.steps.find(({ id }) => id === step.id);
  const mine = stepsOf(standingOf(leaving), who).some(({ id }) => id === step.id);
  return (
    <tr>
      <th scope="row">
        {step.number}. {say(step.text)}
        {found !== undefined && <About step={found} />}
        {found !== undefined && <Term step={found} now={leaving.dryRun.value?.at} />}
      </th>
      <td data-label={say(words.still_open)}>
        {found?.state === "closed" ? "—" : <OpenList open={step.open} />}
      </td>
      {found !== undefined && (
        <td data-label={say(words.state)}>
          <div className="stack-s">
            <p>
              <Tag tone={TONES[found.state]}>{say(words[found.state])}</Tag>
            </p>
            {found.closedAt !== null && (
              <p className="small">
                <time>{momentText(found.closedAt)}</time>
              </p>
            )}
            {mine && (
              <p>
                <Go
                  to={addressOf(lang, ["exits", leaving.slug, "close"], { step: step.id })}
                  className="go-to"
                >
                  {say(words.close_this)}
                </Go>
              </p>
            )}
          </div>
        </td>
      )}
    </tr>
  );
}

interface TermProps {
  readonly step: ExitAnswer["steps"][number];
  /** Business time of the latest reading. */
  readonly now: string | undefined;
}

/** How long the plan gives a step and what it expects it to cost; whether it is late. */
function Term({ step, now = "" }: TermProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { days, costFen, dueBy, closedAt } = step;
  if (days === null && costFen === null) return null;
  const said = [
    ...(days === null ? [] : [say(words.step_days, { n: String(days) })]),
    ...(costFen === null
      ? []
      : [say(words.step_cost, { cost: formatMoney(BigInt(costFen), lang) })]),
    ...(dueBy === null || closedAt !== null ? [] : [say(words.due_by, { at: momentText(dueBy) })]),
  ];
  const isLate = dueBy !== null && Date.parse(closedAt ?? now) >= Date.parse(dueBy);
  return (
    <p className="small">
      {said.join(" · ")}{" "}
      {isLate && (
        <Tag tone={closedAt === null ? "stop" : "warn"}>
          {say(closedAt === null ? words.overdue : words.closed_late)}
        </Tag>
      )}
    </p>
  );
}

const TONES = { waiting: "off", open: "live", closed: "ok" } as const;

function About({ step }: { readonly step: ExitAnswer["steps"][number] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { items } = step;
  return (
    <p className="small">
      {say(words.office)}: {say(words[step.by])}
      {items !== null && (
        <>
          <br />
          {say(words.items_done, {
            ...{ kind: say(items.text), listed: String(items.listed) },
            ...{ finished: String(items.finished), transferred: String(items.transferred) },
          })}
        </>
      )}
    </p>
  );
}
