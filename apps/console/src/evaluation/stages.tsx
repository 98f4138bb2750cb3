/** The stages of an evaluation as a line of steps: which are behind, which is now. */
import type { EvaluationFile } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";

const STAGES = ["self_test", "audit", "expert_review", "confirm", "graduation"] as const;

/** How many stages lie behind, by the state of the evaluation. */
const BEHIND: Readonly<Record<EvaluationFile["state"], number>> = {
  ...{ self_test: 0, audit: 1, expert_review: 2, confirm: 3, passed: 4, graduating: 4 },
  ...{ graduated: 5, failed: 4, broken_off: 0 },
};

const ENDS = {
  passed: { word: words.passed, tone: "ok" },
  failed: { word: words.failed, tone: "stop" },
  broken_off: { word: words.broken_off, tone: "stop" },
  graduating: { word: words.graduating, tone: "live" },
  graduated: { word: words.graduated, tone: "ok" },
} as const;

export function Stages({ file }: { readonly file: EvaluationFile }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { state, returns } = file;
  const behind = BEHIND[state];
  const runs = state !== "failed" && state !== "broken_off";
  const end = state in ENDS ? ENDS[state as keyof typeof ENDS] : undefined;
  const shown = state === "failed" ? STAGES.slice(0, 4) : STAGES;
  return (
    <section className="phase stack" aria-label={say(words.stages)}>
      {end !== undefined && (
        <p>
          <Tag tone={end.tone}>{say(end.word)}</Tag>
        </p>
      )}
      <ol className="steps">
        {shown.map((stage, at) => {
          const isNow = at === behind && runs;
          const again = returns.filter(({ to }) => to === stage).length;
          return (
            <li
              key={stage}
              {...(at < behind ? { className: "done" } : {})}
              {...(isNow ? { className: "now", "aria-current": "step" as const } : {})}
            >
              <b>{say(words[stage])}</b>
              <span>
                {at < behind && say(words.stage_done)}
                {isNow && say(words.stage_now)}
                {again > 0 && ` · ${say(words.returned, { n: String(again) })}`}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
